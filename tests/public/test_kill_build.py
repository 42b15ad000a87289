"""Power cuts, full disks and two runs at once: what was good stays, and the next run works."""

from __future__ import annotations

import errno
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from est_build.disk import lock
from est_build.disk.lock import locked
from est_build.disk.whole import write_all
from est_build.problems import ProblemsError
from est_build.site.place import workshop
from tests.killing import killed, tree
from tests.killing import refused as refused_at
from tests.public.instances import load, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def broken_off(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return builds that died at 60 steps, and some on a disk that refused (see :mod:`kill_build`)."""
    work = tmp_path_factory.mktemp("avbrott")
    done = subprocess.run(
        [sys.executable, "-m", "tests.public.kill_build", str(work), str(slim_root), "60"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return work


def left(root: Path) -> list[str]:
    """What an unfinished run has left."""
    return sorted(p.name for p in [*root.glob(".*"), *root.glob("build/site-ny*")])


def test_a_killed_build_leaves_the_last_site_or_the_new_one(broken_off: Path) -> None:
    old, new = tree(broken_off / "gammal"), tree(broken_off / "ny")
    assert old != new
    copies = sorted(p for p in broken_off.iterdir() if p.name.isdigit())
    assert len(copies) >= 50
    found = []
    for copy in copies:
        site = tree(copy / "site")
        if int(copy.name) % 2 == 0:
            assert site == new, copy.name
            assert left(copy) == [], copy.name
        elif sys.platform.startswith("linux"):
            # At every moment, before any run has mended anything.
            assert site in (old, new), copy.name
            found.append(site == new)
    assert {True, False} <= set(found)


def test_a_disk_that_refuses_leaves_the_last_site(broken_off: Path) -> None:
    copies = sorted(broken_off.glob("disk-*"))
    for copy in copies:
        whole = (copy / "hel").exists()
        assert tree(copy / "site") == tree(broken_off / ("ny" if whole else "gammal")), copy.name
        assert left(copy) == [], copy.name
    assert sum((copy / "nekad").exists() for copy in copies) > 6


# ---- files of the coordinator -------------------------------------------------------------------

FILES = {"rattelser.yml": b"ny " * 900, "atgarder/2026-017.yml": b"ny\n" * 900, "nytt/djupt/a.yml": b"ny"}


def start(folder: Path) -> dict[str, str]:
    for name in list(FILES)[:2]:
        write(folder / name, b"gammal\n")
    return tree(folder)


def test_several_files_at_every_step(tmp_path: Path) -> None:
    """Killed: each file is old or new, and whole. The next run writes all of them and leaves nothing."""
    for last in itertools.count(1):
        folder = tmp_path / str(last)
        before = start(folder)
        wanted = {folder / name: content for name, content in FILES.items()}
        steps = killed(lambda wanted=wanted: write_all(wanted), last)  # type: ignore[misc]
        for name, content in FILES.items():
            path = folder / name
            assert not path.exists() or path.read_bytes() in (content, b"gammal\n"), (last, name)
        assert before.keys() <= tree(folder).keys()
        write_all(wanted)
        assert {n: (folder / n).read_bytes() for n in tree(folder)} == FILES
        if steps is not None:
            break
    assert last > 20


def test_several_files_on_a_disk_that_fills(tmp_path: Path) -> None:
    """All or none: the old content comes back, although there is no room to write it."""
    for last in range(1, 40):
        folder = tmp_path / str(last)
        before = start(folder)
        wanted = {folder / name: content for name, content in FILES.items()}

        def work(wanted: dict[Path, bytes] = wanted) -> None:
            try:
                write_all(wanted)
            except OSError as error:
                from est_build.disk.reason import refused

                raise refused("x", error) from error

        if not refused_at(work, last, errno.ENOSPC):
            break
        assert tree(folder) == before, last
        assert not (folder / "nytt").exists(), last
    assert last > 10


def test_a_rename_that_fails_takes_back_what_was_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = start(tmp_path)
    real, calls = Path.replace, itertools.count(1)

    def replace(path: Path, target: Path) -> Path:
        if next(calls) == 3:
            raise OSError(errno.EIO, "x")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="x"):
        write_all({tmp_path / name: content for name, content in FILES.items()})
    assert tree(tmp_path) == before


def test_what_a_killed_mend_leaves_stops_nobody(data: Path) -> None:
    """The half of a new file lies beside the old one. It is no stray file, but only there."""
    write(data / "atgarder/.2026-017.yml.ny", b"halv")
    write(data / ".rattelser.yml.gammal", b"hel")
    assert load(data)[1] == ()
    write(data / "atgarder/.svar.csv.ny", b"rad")
    assert [p.code for p in load(data)[1]] == ["EST316"]


def test_a_new_instance_is_whole_or_not_there(tmp_path: Path) -> None:
    def new(number: str) -> list[str]:
        folder, store = tmp_path / number / "sajt", tmp_path / number / "privat"
        return ["new", "sajt", str(folder), "--forrad", str(store), "--kommun", "9999:Norrby:9000",
                "--namn", "Norrby", "--utgivare", "Norrby", "--epost", "a@b.example",
                "--adress", "https://a.example/", "--start", "2026-01-05"]  # fmt: skip

    def work(number: str) -> None:
        main(new(number), standalone_mode=False)

    # Once before it is counted: the first of all runs writes the interpreter's own files too.
    assert killed(lambda: work("varm"), 10**9)
    steps = killed(lambda: work("hel"), 10**9)
    assert steps is not None
    for last in (40, steps // 3, steps // 2, steps - 6, steps - 1):
        number = str(last)
        assert killed(lambda number=number: work(number), last) is None  # type: ignore[misc]
        sajt = tmp_path / number / "sajt"
        if not sajt.exists():
            done = CliRunner().invoke(main, new(number))
            assert done.exit_code == 0, done.output
        assert tree(sajt) == tree(tmp_path / "hel/sajt"), last


# ---- two at once --------------------------------------------------------------------------------

HOLD = (
    "import sys; from pathlib import Path; from est_build.disk.lock import locked\n"
    "with locked(Path(sys.argv[1]), shared=len(sys.argv) > 2):\n"
    "    print('klar', flush=True); sys.stdin.read()"
)
Hold = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Start a process that holds a folder until the test is over."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(path: Path, *more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path), *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"klar\n"
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


COMMANDS = {
    "build": ("build", "--root", "."),
    "build på samma plats": ("build", "--root", "."),
    "new": ("new", "atgard"),
    "liggare": ("liggare",),
    "prepare": ("prepare", "--utan-insamling", "--period", "2026-v47-48", "--forrad", "../privat",
                "--enkat", "../privat/enkat.yml"),
    "demo": ("demo",),
}  # fmt: skip


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_second_run_says_who_is_at_work(
    instance: Path, hold: Hold, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(instance)
    (instance / "build").mkdir(exist_ok=True)
    write(instance.parent / "privat/enkat.yml", 'format: "1"\n')
    write(instance.parent / "privat/medlemmar.csv", "organisation,sektor,kommun,omrade\n")
    other = hold(instance / ("build" if "plats" in name else "data"))
    before = tree(instance / "data")
    done = CliRunner().invoke(main, COMMANDS[name])
    assert done.exit_code == 1
    assert "EST515" in done.stderr
    assert "En annan körning arbetar med" in done.stderr
    if sys.platform.startswith("linux"):
        assert re.search(rf"process {other.pid}, som startade \d{{4}}-\d\d-\d\d \d\d\.\d\d\.", done.stderr)
    assert tree(instance / "data") == before


def test_readers_share_and_the_dead_hold_nothing(tmp_path: Path, hold: Hold) -> None:
    reader = hold(tmp_path, "delat")
    with locked(tmp_path, shared=True):
        pass
    with pytest.raises(ProblemsError, match="EST515"), locked(tmp_path):
        pass
    reader.kill()
    reader.wait()
    with locked(tmp_path), locked(tmp_path), pytest.raises(KeyError):
        # What this run calls may take it again, and a fault lets it go.
        raise KeyError
    with locked(tmp_path):
        pass
    assert lock._held == set()


def test_where_there_are_no_locks_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share in a network may know no locks: that is not to say that somebody else is there."""
    import fcntl

    def nolock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with locked(tmp_path / "finns-inte"):
        pass
    monkeypatch.setattr(fcntl, "flock", nolock)
    with locked(tmp_path):
        pass


def test_a_run_that_still_writes_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """The engine of a killed build may live on for a while. It must not write into the next site."""
    write(tmp_path / "site-ny" / "index.html", "halv")
    write(tmp_path / "site-ny-abc" / "site" / "index.html", "halv")
    with workshop(tmp_path) as site:
        assert not site.exists()
        assert [p.name for p in tmp_path.iterdir()] == [site.parent.name]
        assert site.parent.name != "site-ny-abc"
    assert list(tmp_path.iterdir()) == []

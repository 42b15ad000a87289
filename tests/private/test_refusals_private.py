"""What is private stays private: git, the published folder, locks, a broken store, a full disk."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from est_build.model.published import load_published
from est_build.prepare.guard import git_root, refuse_git

from .instance import FIRST, NORRBY, SECOND, Book, Instance, digest
from .refusal import command, refuse


def rows() -> Book:
    return Book(SECOND).safe(omrade="ekby").add("Söderby skola", omrade="vik")


def export(instance: Instance) -> Path:
    return instance.export(rows().rows)


# ---- git ----------------------------------------------------------------------------------------


def repository(folder: Path, kind: str) -> Path:
    """A folder that is part of a repository, as git itself makes it."""

    def git(*words: str) -> None:
        identity = ["-c", "user.name=prov", "-c", "user.email=prov@prov.example"]
        subprocess.run(["git", *identity, *words], check=True, capture_output=True)

    if kind == "naket":
        git("init", "--quiet", "--bare", str(folder))
        return folder
    main = folder / "huvud"
    git("init", "--quiet", str(main))
    if kind == "arbetsträd":
        git("-C", str(main), "commit", "--quiet", "--allow-empty", "-m", "tom")
        git("-C", str(main), "worktree", "add", "--quiet", str(folder / "gren"))
        assert (folder / "gren" / ".git").is_file()
        return folder / "gren"
    if kind == "inne i .git":
        return main / ".git"
    (main / "djupt" / "ner").mkdir(parents=True)
    return main / "djupt" / "ner"


@pytest.mark.parametrize("kind", ["vanligt", "naket", "arbetsträd", "inne i .git"])
@pytest.mark.parametrize("what", ["export", "enkat", "store", "medlemmar"])
def test_nothing_private_inside_git(begun: Instance, tmp_path: Path, kind: str, what: str) -> None:
    inside = repository(tmp_path / "git", kind)
    good = export(begun)
    if what == "export":
        said = refuse(begun, shutil.copy(good, inside / "svar.csv"))
    elif what == "enkat":
        shutil.copy(begun.members, inside)
        moved = shutil.copy(begun.survey, inside)
        said = refuse(begun, good, "--enkat", str(moved))
    elif what == "medlemmar":
        shutil.copy(begun.members, inside)
        begun.survey.write_text(f'format: "1"\nmedlemmar: {inside}/medlemmar.csv\n', encoding="utf-8")
        said = refuse(begun, good)
    else:
        said = refuse(begun, good, "--forrad", str(inside / "nytt" / "forrad"))
        assert not (inside / "nytt").exists()
    assert said.codes == ["EST501"]
    assert "Svar får aldrig ligga där." in said.text


@pytest.mark.parametrize("way", ["till git", "i git", "mapp till git", "kedja"])
def test_links_do_not_hide_git(begun: Instance, tmp_path: Path, way: str) -> None:
    inside = repository(tmp_path / "git", "vanligt")
    outside = tmp_path / "utanfor"
    outside.mkdir()
    good = export(begun)
    if way == "till git":
        (outside / "e.csv").symlink_to(shutil.copy(good, inside / "e.csv"))
        path = outside / "e.csv"
    elif way == "i git":
        (inside / "e.csv").symlink_to(good)
        path = inside / "e.csv"
    elif way == "mapp till git":
        (outside / "mapp").symlink_to(inside)
        path = Path(shutil.copy(good, outside / "mapp" / "e.csv"))
    else:
        (outside / "a").symlink_to(outside / "b")
        (outside / "b").symlink_to(shutil.copy(good, inside / "e.csv"))
        path = outside / "a"
    assert refuse(begun, path).codes == ["EST501"]


def test_up_and_out_of_a_repository_is_outside(
    begun: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way it is done every fortnight: standing in the repository, the answers beside it."""
    inside = repository(tmp_path / "git", "vanligt")
    monkeypatch.chdir(inside)
    refuse_git(Path("../../../../prov/privat/e.csv"), "Exporten")
    relative = os.path.relpath(export(begun), inside)
    assert relative.startswith("..")
    result = command(begun, Path(relative), "--enkat", os.path.relpath(begun.survey, inside))
    assert result.exit_code == 0, result.output


def test_data_may_be_in_git(begun: Instance) -> None:
    subprocess.run(["git", "init", "--quiet", str(begun.data)], check=True)
    assert command(begun, export(begun)).exit_code == 0
    assert git_root(begun.data / "perioder") == begun.data.resolve()
    assert git_root(begun.private) is None


@pytest.mark.parametrize("what", ["export", "enkat", "store", "länk"])
def test_nothing_private_in_the_published_folder(begun: Instance, what: str, tmp_path: Path) -> None:
    """An instance that was fetched as an archive is no git tree, but its data/ is published."""
    good = export(begun)
    if what == "export":
        said = refuse(begun, shutil.copy(good, begun.data / "perioder" / "svar.csv"))
    elif what == "enkat":
        said = refuse(begun, good, "--enkat", str(shutil.copy(begun.survey, begun.data)))
    elif what == "länk":
        (tmp_path / "l").symlink_to(begun.data)
        said = refuse(begun, good, "--forrad", str(tmp_path / "l" / "forrad"))
    else:
        said = refuse(begun, good, "--forrad", str(begun.data / "forrad"))
    assert said.codes == ["EST502"]


def test_a_link_that_leads_to_itself(begun: Instance) -> None:
    loop = begun.private / "slinga.csv"
    loop.symlink_to(loop)
    assert "länken leder till sig själv" in refuse(begun, loop).text


# ---- locks --------------------------------------------------------------------------------------


@pytest.fixture
def other_process() -> Iterator[Callable[[str, Path], None]]:
    """Start a process that holds a lock until the test is over."""
    running: list[subprocess.Popen[bytes]] = []

    def start(code: str, path: Path) -> None:
        lines = f"import sys\n{code}\nprint('klar', flush=True)\nsys.stdin.read()"
        process = subprocess.Popen(
            [sys.executable, "-c", lines, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"klar\n"

    yield start
    for process in running:
        process.communicate(b"", timeout=10)


HOLD_STORE = (
    "import sqlite3\ndb = sqlite3.connect(sys.argv[1], isolation_level=None)\ndb.execute('BEGIN EXCLUSIVE')"
)
HOLD_DATA = "import fcntl, os\nfcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)"


def test_store_held_by_another_process(
    begun: Instance, other_process: Callable[[str, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **more: real(path, **{**more, "timeout": 0.1}))
    other_process(HOLD_STORE, begun.store / "svar.sqlite3")
    assert refuse(begun, export(begun)).codes == ["EST515"]


def test_data_held_by_another_process(begun: Instance, other_process: Callable[[str, Path], None]) -> None:
    other_process(HOLD_DATA, begun.data)
    assert refuse(begun, export(begun)).codes == ["EST515"]


def test_no_lock_is_left(begun: Instance) -> None:
    refuse(begun, export(begun), period=FIRST)
    handle = os.open(begun.data, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    assert command(begun, export(begun)).exit_code == 0


# ---- a store that is broken ---------------------------------------------------------------------


def _overwrite(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(bytes((i * 37 + 11) % 256 for i in range(length)))


STORES: dict[str, Callable[[Path], object]] = {
    "slumpmässiga byte": lambda p: p.write_bytes(os.urandom(20_000)),
    "en text": lambda p: p.write_text("hej"),
    "huvudet borta": lambda p: _overwrite(p, 0, 64),
    "sidorna skadade": lambda p: [_overwrite(p, at, 900) for at in range(4096, p.stat().st_size - 900, 4096)],
    "schemat skadat": lambda p: _overwrite(p, 100, 3000),
    "kapad": lambda p: os.truncate(p, 9000),
    "annan version": lambda p: _sql(p, "PRAGMA user_version = 7"),
    "en annan databas": lambda p: (p.unlink(), _sql(p, "CREATE TABLE t (a)")),
    "en kolumn borta": lambda p: _sql(p, "ALTER TABLE report DROP COLUMN environment"),
    "en tabell borta": lambda p: _sql(p, "DROP TABLE invited"),
    "fel teckenkodning": lambda p: _sql(
        p, "UPDATE report SET organisation = CAST(x'ff00ff' AS TEXT) WHERE period LIKE '2026%'"
    ),
}


def _sql(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()


@pytest.mark.parametrize("name", STORES)
def test_damaged_store(begun: Instance, name: str) -> None:
    STORES[name](begun.store / "svar.sqlite3")
    said = refuse(begun, export(begun))
    assert said.problems == (("EST516", "svar.sqlite3"),)
    assert "säkerhetskopian" in said.text


def test_empty_file_is_a_new_store(begun: Instance) -> None:
    """As a store looks when the very first run was killed: nothing in it, nothing lost."""
    (begun.store / "svar.sqlite3").write_bytes(b"")
    result = command(begun, export(begun))
    assert result.exit_code == 0
    assert "Kvartal 1, 2027 skrivs inte" in result.stderr


# ---- a disk that refuses ------------------------------------------------------------------------


OPEN = Path.open


class Refusing:
    """Lets the n-th call of something fail, as a disk does; counts the calls."""

    def __init__(self, real: Callable[..., object], number: int, code: int = errno.ENOSPC) -> None:
        self.real, self.number, self.code, self.calls = real, number, code, 0

    def __call__(self, *args: object, **more: object) -> object:
        mode = str(more.get("mode", args[1:2]))
        reading = self.real is OPEN and "w" not in mode and "x" not in mode
        self.calls += not reading
        if not reading and self.calls == self.number:
            raise OSError(self.code, os.strerror(self.code), "x")
        return self.real(*args, **more)


def _attempt(begun: Instance, patch: Callable[[int], Refusing], number: int) -> bool:
    """One run with a failing call; False once the call is never reached."""
    good = export(begun)
    before = digest(begun.data)
    refusing = patch(number)
    result = command(begun, good, "--kommun", NORRBY)
    if refusing.calls < number:
        assert result.exit_code == 0, result.output
        return False
    assert not isinstance(result.exception, OSError)
    assert result.exit_code == 1, result.output
    assert "EST520" in result.stderr
    assert "Inget har ändrats" in result.stderr
    assert digest(begun.data) == before
    return True


@pytest.mark.parametrize("call", ["os.fsync", "Path.replace", "Path.mkdir", "Path.write_text", "Path.open"])
def test_every_refusal_of_the_disk(begun: Instance, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever write fails: exit 1, nothing in data/ has changed, and the next try works."""
    owner, name = (os, "fsync") if call == "os.fsync" else (Path, call.removeprefix("Path."))
    for number in range(1, 60):
        with monkeypatch.context() as inner:

            def patch(n: int, inner: pytest.MonkeyPatch = inner) -> Refusing:
                refusing = Refusing(getattr(owner, name), n)
                # A plain function: it must take part in the class as a method does.
                inner.setattr(owner, name, lambda *a, **k: refusing(*a, **k))
                return refusing

            if not _attempt(begun, patch, number):
                break
    assert len(load_published(begun.data).figures) == 5
    assert not (begun.data / ".est-prepare").exists()


def test_store_that_cannot_be_written(begun: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own refusals: read-only, and full."""
    real = sqlite3.connect
    for pragma in ("query_only = ON", "max_page_count = 1"):

        def connect(path: Path, pragma: str = pragma, **more: object) -> sqlite3.Connection:
            db: sqlite3.Connection = real(path, **more)  # type: ignore[call-overload]
            db.execute(f"PRAGMA {pragma}")
            return db

        monkeypatch.setattr(sqlite3, "connect", connect)
        many = Book(SECOND).safe(omrade="ekby").add("Norrby skola", 900)
        said = refuse(begun, begun.export(many.rows))
        assert said.codes == ["EST520"]
        monkeypatch.undo()


def test_a_disk_that_refuses_to_take_back_too(begun: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half moved and nothing to be done about it now: it is said, and the next run finishes."""
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if NORRBY in (path.name, Path(target).name) and "kvartal" in str(target):
            raise OSError(errno.EROFS, "x")
        if path.name in ("9901", "9902") and ".est-prepare" in str(target):
            raise OSError(errno.EROFS, "x")
        return real(path, target)

    good = export(begun)
    monkeypatch.setattr(Path, "replace", replace)
    result = command(begun, good)
    assert result.exit_code == 1
    assert "EST524" in result.stderr
    assert "kör samma kommando igen" in result.stderr
    load_published(begun.data)
    monkeypatch.undo()
    result = command(begun, good)
    assert result.exit_code == 0, result.output
    assert "En tidigare körning som avbröts är nu avslutad." in result.stderr
    assert len(load_published(begun.data).figures) == 8


def test_interrupted_by_the_keyboard(begun: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(begun.data)
    good = export(begun)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    result = command(begun, good)
    assert result.exit_code == 130
    assert "Avbrutet. Inget är ändrat." in result.stderr
    assert digest(begun.data) == before

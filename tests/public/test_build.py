"""The build as a whole: the same bytes everywhere, all or nothing, and an engine that can be run by hand."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from est_build.disk import swap
from est_build.problems import ProblemsError
from est_build.publish.manifest import MANIFEST
from est_build.site import place
from est_build.site.build import build_site
from est_build.site.checks import check_site
from est_build.site.engine import MARK, _engine_problem
from tests.public.conftest import BuiltSite
from tests.public.dom import parse
from tests.public.instances import edit, linked, write
from tests.public.turned import other_way_round, turned

PYTHON = sys.executable


def tree(folder: Path) -> dict[str, str]:
    """Name -> hash of every file."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def codes(error: pytest.ExceptionInfo[ProblemsError]) -> set[str]:
    return {p.code for p in error.value.problems}


@pytest.fixture(scope="module")
def made(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a slim instance that has been built. Nobody may change it."""
    root = shutil.copytree(slim_root, tmp_path_factory.mktemp("byggd-smal") / "instans")
    build_site(root, root / "site")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """Return a built slim instance to break."""
    return shutil.copytree(made, tmp_path / "instans")


# ---- the same bytes ------------------------------------------------------------------------------


def test_another_place_clock_locale_order_and_no_network_give_the_same_bytes(
    built: BuiltSite, tmp_path: Path
) -> None:
    other = other_way_round(built.root, tmp_path / "en annan mapp åäö")
    log = tmp_path / "natet.txt"
    command, environment = turned(tmp_path / "hem", log)
    done = subprocess.run(
        [*command, "-m", "est_build", "build", "--root", str(other)],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", errors="replace")
    assert not log.exists(), log.read_text(encoding="utf-8")
    assert tree(other / "site") == tree(built.site)
    # One number tells the whole site: the list of files is the same too.
    assert (other / "site" / MANIFEST).read_bytes() == (built.site / MANIFEST).read_bytes()


def test_no_page_knows_where_or_when_it_was_built(built: BuiltSite) -> None:
    words = [str(built.root), str(Path.home()), socket.gethostname(), "site-packages", tempfile.gettempdir()]
    year = str(time.gmtime().tm_year)
    for path in built.site.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".xml", ".js", ".css", ".csv", ".json", ".geojson"}:
            text = path.read_text(encoding="utf-8")
            assert not [w for w in words if len(w) > 3 and w in text], path.name
    if year not in {"2023", "2024", "2025", "2026", "2027"}:
        assert year not in built.page("/").source


def test_a_second_build_changes_nothing(root: Path) -> None:
    before = tree(root / "site")
    stamps = {p: p.stat().st_mtime_ns for p in (root / "build/docs").rglob("*.md")}
    build_site(root, root / "site")
    assert tree(root / "site") == before
    assert {p: p.stat().st_mtime_ns for p in (root / "build/docs").rglob("*.md")} == stamps


# ---- all or nothing ------------------------------------------------------------------------------


def test_broken_data_leave_the_old_site(root: Path) -> None:
    before = tree(root / "site")
    edit(root / "data/atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    with pytest.raises(ProblemsError) as error:
        build_site(root, root / "site")
    assert codes(error) == {"EST204"}
    assert tree(root / "site") == before


ENGINE = {
    "no YAML": ("theme:\n", "theme: [\n"),
    "a plugin that is not there": ("plugins: []", "plugins: [finns-inte]"),
    "a setting of the wrong kind": ("use_directory_urls: true", "use_directory_urls: kanske"),
    "a hook that fails": ("plugins: []", "plugins: []\nhooks: [finns-inte.py]"),
}


@pytest.mark.parametrize("name", list(ENGINE))
def test_an_engine_that_fails_leaves_the_old_site(root: Path, name: str) -> None:
    before = tree(root / "site")
    edit(root / "mkdocs.yml", *ENGINE[name])
    with pytest.raises(ProblemsError) as error:
        build_site(root, root / "site")
    assert codes(error) == {"EST601"}
    message = error.value.problems[0].message()
    assert message.startswith("Sajten gick inte att bygga: ")
    assert message.endswith("Den förra sajten ligger kvar.")
    assert tree(root / "site") == before
    assert not list(root.glob("build/site-ny*"))


def test_what_the_engine_says_is_the_line_that_tells_most() -> None:
    said = "INFO - x\nERROR   -  Config value 'theme': Unrecognised theme\n\nAborted with 1 error!\n"
    assert _engine_problem(said, 1).values["why"] == "Config value 'theme': Unrecognised theme"
    assert (
        _engine_problem("Traceback\n  File x\nValueError: stycket a saknas", 1)
        .values["why"]
        .endswith("a saknas")
    )
    assert _engine_problem("", 3).values["why"] == "motorn avslutade med kod 3"
    assert _engine_problem("/bin/python: No module named mkdocs", 1).code == "EST602"
    theme = "ERROR - Config value 'theme': Unrecognised theme name: 'material'. The available ...\n\nAborted"
    assert _engine_problem(theme, 1).values == {"value": "mkdocs-material"}
    module = "Traceback\nModuleNotFoundError: No module named 'material.templates'"
    assert _engine_problem(module, 1).values == {"value": "material"}
    full = _engine_problem("Traceback\nOSError: [Errno 28] No space left on device: '/x/y'", 1)
    assert (full.code, full.values["why"]) == ("EST520", "disken är full")
    assert _engine_problem("", -9).code == "EST608"


@pytest.mark.parametrize(
    ("broken", "code", "words"),
    [
        (ModuleNotFoundError("No module named 'geopandas'", name="geopandas"), "EST602", "geopandas saknas"),
        (ImportError("libgeos.so: cannot open", name="shapely.lib"), "EST602", "shapely saknas"),
        (MemoryError(), "EST608", "minne räckte inte"),
        (PermissionError(13, "x", "/hemligt/mapp/fil.csv"), "EST520", "du saknar rättigheter"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch, broken: BaseException, code: str, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise broken

    before = tree(root / "site")
    monkeypatch.setattr("est_build.site.build.load_instance", fail)
    done = CliRunner().invoke(main, ["build", "--root", str(root)])
    assert done.exit_code == 1
    assert code in done.stderr
    assert words in done.stderr
    assert "hemligt" not in done.stderr
    assert tree(root / "site") == before


def test_no_settings_for_the_engine(root: Path) -> None:
    before = tree(root / "site")
    (root / "mkdocs.yml").unlink()
    with pytest.raises(ProblemsError) as error:
        build_site(root, root / "site")
    assert codes(error) == {"EST101"}
    assert tree(root / "site") == before


PAGE = "---\ntitle: Prov\ndescription: Prov\n---\n\n# Prov\n\n"
REJECTED = {
    "a dead link": ("[x](/finns-inte/)", "länken ../finns-inte/ leder ingenstans"),
    "a dead anchor": ("[x](/om/#finns-inte)", "en rubrik som inte finns"),
    "a script link": ("[x](javascript:alert(1))", "inte är tillåten"),
    "an http link": ("[x](http://a.example/)", "inte är tillåten"),
    "a picture from elsewhere": ("![x](https://ond.example/x.png)", "annan värd"),
    "the same in single quotes": ("<img src='https://ond.example/x.png' alt='x'>", "annan värd"),
    "the same without a scheme": ('<img srcset="a.png 1x, //ond.example/b.png 2x" alt="x">', "annan värd"),
    "a style sheet from elsewhere": ('<link rel="stylesheet" href="//ond.example/x.css">', "annan värd"),
    "a script": ("<script>alert(1)</script>", "skript eller stil"),
    "a style": ('<p style="color: red">x</p>', "skript eller stil"),
    "a style block": ("<style>p{}</style>", "skript eller stil"),
    "a handler": ("<p onclick='x()'>x</p>", "skript eller stil"),
    "a frame": ('<iframe src="/om/"></iframe>', "<iframe>"),
    "a form": ('<form action="https://ond.example/"></form>', "<form>"),
    "a fragment in a sentence": ("Se <!--est:index--> här", "inte ifylld"),
}


def test_hand_written_pages_that_break_a_promise_are_rejected(root: Path) -> None:
    """All of them in one build: each page is told, with what is wrong, and the old site stays."""
    before = tree(root / "site")
    for number, (text, _) in enumerate(REJECTED.values()):
        write(root / f"content/prov-{number}.md", f"{PAGE}{text}\n".replace("# Prov", f"# Prov {number}"))
    with pytest.raises(ProblemsError) as error:
        build_site(root, root / "site")
    assert codes(error) == {"EST604"}
    told = {p.place.file: p.values["why"] for p in error.value.problems}
    for number, (name, (_, why)) in enumerate(REJECTED.items()):
        assert why in told[f"prov-{number}/index.html"], name
    assert len(error.value.problems) == len(REJECTED)
    assert tree(root / "site") == before


def test_hand_written_words_about_mark_up_are_only_words(root: Path) -> None:
    text = 'Skriv `style="x"`, `<script>` och `onclick="x"` eller {{ x }} och {% y %}. <!-- dolt -->'
    write(root / "content/prov.md", f"{PAGE}{text}\n")
    build_site(root, root / "site")
    assert "{{ x }}" in (root / "site/prov/index.html").read_text(encoding="utf-8")


# ---- where the site is put -----------------------------------------------------------------------


def _foreign(kind: str, out: Path) -> None:
    if kind == "a folder with files":
        write(out / "viktigt.txt", "rör ej")
    elif kind == "a folder in a folder":
        (out / "a").mkdir(parents=True)
    else:
        write(out, "rör ej")


@pytest.mark.parametrize("kind", ["a folder with files", "a folder in a folder", "a file"])
def test_a_foreign_folder_is_refused_and_untouched(root: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "annat"
    _foreign(kind, out)
    before = tree(out) if out.is_dir() else out.read_text(encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        build_site(root, out)
    assert codes(error) == {"EST603"}
    assert "annat" in error.value.problems[0].message()
    assert (tree(out) if out.is_dir() else out.read_text(encoding="utf-8")) == before


def test_the_folders_of_the_instance_are_refused(root: Path) -> None:
    before = tree(root / "data")
    for out in (root, root / "data", root / "content"):
        with pytest.raises(ProblemsError) as error:
            build_site(root, out)
        assert codes(error) == {"EST603"}
    assert tree(root / "data") == before


def test_a_site_can_be_put_where_no_folder_is_yet(root: Path, tmp_path: Path) -> None:
    before = tree(root / "site")
    out = tmp_path / "ny" / "djup" / "site"
    assert build_site(root, out).site == out
    assert tree(out) == before
    assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_a_site_can_be_put_on_another_disk(made: Path, tmp_path: Path) -> None:
    disk = Path("/dev/shm")
    if not disk.is_dir() or disk.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("här finns ingen annan disk att pröva med")
    out = disk / f"est-prov-{os.getpid()}" / "site"
    new = linked(made / "site", tmp_path / "ny")
    try:
        place.swap_in(new, out)
        assert tree(out) == tree(made / "site")
    finally:
        shutil.rmtree(out.parent, ignore_errors=True)


def test_a_link_to_a_site_stays_a_link(made: Path, tmp_path: Path) -> None:
    real = linked(made / "site", tmp_path / "utgåva")
    link = tmp_path / "site"
    link.symlink_to(real, target_is_directory=True)
    root = shutil.copytree(made, tmp_path / "instans")
    build_site(root, link)
    assert link.is_symlink()
    assert tree(real) == tree(made / "site")


def test_a_disk_that_cannot_be_written_is_told_in_swedish(root: Path) -> None:
    before = tree(root / "site")
    shutil.rmtree(root / "build")
    write(root / "build", "en fil i vägen")
    done = CliRunner().invoke(main, ["build", "--root", str(root)])
    assert done.exit_code == 1
    assert "EST520" in done.stderr
    assert "Traceback" not in done.output
    assert tree(root / "site") == before


class Killed(BaseException):
    """The process ends here."""


def _kill_at(monkeypatch: pytest.MonkeyPatch, step: int, way: str) -> None:
    """Let the process die at one of the steps that put the new site in its place."""
    calls = {"n": 0}

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls["n"] += 1
            if calls["n"] == step:
                raise Killed
            return real(*args, **more)

        return call

    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(shutil, "move", counted(shutil.move))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))
    exchange = counted(swap.exchanged) if way == "exchange" else lambda *_: False
    monkeypatch.setattr(swap, "exchanged", exchange)


STEPS = [("exchange", 1), ("exchange", 2), ("exchange", 3), *(("renames", n) for n in (1, 2, 3, 4))]


@pytest.mark.parametrize(("way", "step"), STEPS)
def test_a_kill_at_any_step_leaves_a_whole_site(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: int
) -> None:
    if way == "exchange" and not sys.platform.startswith(("linux", "darwin")):
        pytest.skip("mapparna kan inte byta plats på en gång här")
    out = linked(made / "site", tmp_path / "site")
    write(out / "gammal.txt", "den gamla")
    old = tree(out)
    new = linked(made / "site", tmp_path / "ny")
    fresh = tree(new)
    with monkeypatch.context() as patched:
        _kill_at(patched, step, way)
        with pytest.raises(Killed):
            place.swap_in(new, out)
    # Where folders change places there is a whole site at every moment.
    assert way == "renames" or tree(out) in (old, fresh)
    # The next run begins with this, whatever becomes of it.
    place.refuse_foreign(out)
    place.recover(out)
    assert tree(out) in (old, fresh)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
    if not new.exists():
        linked(made / "site", new)
    place.swap_in(new, out)
    assert tree(out) == fresh
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_after_a_kill_a_build_that_fails_still_brings_the_old_site_back(root: Path) -> None:
    before = tree(root / "site")
    (root / "site").replace(root / ".site-gammal")
    edit(root / "data/atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    with pytest.raises(ProblemsError):
        build_site(root, root / "site")
    assert tree(root / "site") == before
    assert not (root / ".site-gammal").exists()


def test_somebody_else_s_folder_with_our_name_is_left_alone(root: Path) -> None:
    write(root / ".site-gammal/viktigt.txt", "rör ej")
    with pytest.raises(ProblemsError) as error:
        build_site(root, root / "site")
    assert codes(error) == {"EST603"}
    assert (root / ".site-gammal/viktigt.txt").read_text(encoding="utf-8") == "rör ej"


def test_a_page_that_is_missing_is_seen(made: Path, tmp_path: Path) -> None:
    site = linked(made / "site", tmp_path / "site")
    shutil.rmtree(site / "karta")
    with pytest.raises(ProblemsError) as error:
        check_site(site, ["", "karta", "om"])
    told = {(p.place.file, p.values["why"]) for p in error.value.problems}
    assert ("karta", "sidan saknas") in told
    assert any("leder ingenstans" in why for _, why in told)


# ---- the engine by hand --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_hand(made: Path, repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as the repository is: staged by est-build, with the theme where mkdocs.yml says."""
    root = shutil.copytree(made, tmp_path_factory.mktemp("for-hand") / "instans")
    shutil.rmtree(root / "site")
    (root / "est_build").mkdir()
    (root / "est_build/theme").symlink_to(repo_root / "est_build/theme", target_is_directory=True)
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--bara-underlag"])
    assert done.exit_code == 0, done.output
    assert not (root / "site").exists()
    return root


def test_the_engine_builds_the_staged_tree_by_hand(by_hand: Path, made: Path) -> None:
    done = subprocess.run(
        [PYTHON, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "prov"],
        cwd=by_hand,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = {p.relative_to(made / "site") for p in (made / "site").rglob("index.html")}
    assert {p.relative_to(by_hand / "prov") for p in (by_hand / "prov").rglob("index.html")} == pages
    for page in sorted(pages):
        ours = parse((made / "site" / page).read_text(encoding="utf-8"))
        theirs = parse((by_hand / "prov" / page).read_text(encoding="utf-8"))
        assert theirs.title == ours.title
        assert theirs.root.one("main").text() == ours.root.one("main").text(), page


HEIRS = ("properdocs", "zensical")
"""Engines that may take over after MkDocs. Both read its settings and its themes."""


@pytest.mark.parametrize("engine", HEIRS)
def test_other_engines_build_the_same_pages(made: Path, tmp_path: Path, engine: str) -> None:
    """The theme and the pages are bound to no engine: the words of every page are the same."""
    root = linked(made, tmp_path / "instans")
    command = [PYTHON, "-m", engine, "build", "--config-file", "build/mkdocs.yml", "--clean"]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    theirs = root / "build/site"
    pages = {p.relative_to(made / "site") for p in (made / "site").rglob("index.html")}
    assert {p.relative_to(theirs) for p in theirs.rglob("index.html")} == pages
    for page in sorted(pages):
        one, two = ((site / page).read_text(encoding="utf-8") for site in (made / "site", theirs))
        if one == two:
            continue
        # Zensical's templates escape the slashes of an address. Nobody sees that.
        ours, other = parse(one), parse(two)
        assert other.title == ours.title
        assert other.root.one("main").text() == ours.root.one("main").text(), page
        assert engine != "properdocs", f"{page} is the same, but to the byte"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_engine_serves_the_staged_tree(by_hand: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [PYTHON, "-m", "mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"],
        cwd=by_hand,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        body = ""
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/karta/", timeout=5) as answer:
                    body = answer.read().decode("utf-8")
                break
            except OSError:
                assert server.poll() is None, "mkdocs serve gave up"
                time.sleep(0.2)
        assert "<h1>" in body
        assert "<!--est:" not in body
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_the_mark_says_that_the_folder_may_be_replaced(made: Path) -> None:
    assert "får ersättas" in (made / "site" / MARK).read_text(encoding="utf-8")

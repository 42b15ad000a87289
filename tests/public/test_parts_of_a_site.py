"""A site that is built in parts and joined is the site of one build, to the byte; and parts must fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from est_build.cli.main import main
from est_build.pages.page import NOT_DRAWN
from est_build.publish.manifest import write_manifest
from est_build.site import parts
from est_build.site.build import build_site
from est_build.site.parts import TOLD, Share
from tests.public.instances import copy, edit, write


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def whole(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a slim instance with its site in ``site`` and two parts in ``del-1`` and ``del-2``."""
    root = shutil.copytree(slim_root, tmp_path_factory.mktemp("delar") / "instans")
    build_site(root, root / "site")
    for number in (1, 2):
        done = run("build", "--root", root, "--del", f"{number}/2", "--out", root / f"del-{number}")
        assert done.exit_code == 0, done.output
    return root


def join(root: Path, *names: str | Path) -> Result:
    return run("foga", "sajt", *(root / name for name in names), "--root", root, "--out", root / "fogad")


def told(done: Result) -> list[str]:
    return [line.split()[1] for line in done.stderr.splitlines() if line.startswith("FEL ")]


def test_the_parts_joined_are_the_site(whole: Path) -> None:
    one, two = (
        json.loads((whole / name / TOLD).read_text(encoding="utf-8"))["sidor"] for name in ("del-1", "del-2")
    )
    assert not {*one} & {*two}
    assert min(len(one), len(two)) > (len(one) + len(two)) / 3
    done = join(whole, "del-2", "del-1")
    assert done.exit_code == 0, done.output
    assert tree(whole / "fogad") == tree(whole / "site")
    assert not any(NOT_DRAWN.encode() in content for content in tree(whole / "site").values())
    assert not list((whole / "build").glob("del-*")) + list((whole / "build").glob("fogad"))


def test_parts_that_do_not_fit_are_refused_before_anything_is_drawn(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fault of the parts, against the same values: only the parts are looked at."""
    made = parts.ready(whole, lambda _: None, lambda _: False)
    monkeypatch.setattr(parts, "ready", lambda *_: made)
    monkeypatch.setattr(parts, "run_engine", lambda *_: pytest.fail("the engine ran"))
    before = tree(whole / "fogad") if (whole / "fogad").exists() else None

    def changed(name: str) -> Path:
        return shutil.copytree(whole / "del-1", tmp_path / name)

    assert told(join(whole, "del-1")) == ["EST647"]
    assert told(join(whole, "del-1", "del-2", "del-2")) == ["EST647"]
    touched = changed("rord")
    write(touched / "index.html" if (touched / "index.html").exists() else next(touched.rglob("*.html")), "x")
    assert told(join(whole, touched, "del-2")) == ["EST646"]
    more = changed("mer")
    write(more / "ny/index.html", "<script>")
    assert told(join(whole, more, "del-2")) == ["EST646"]
    for name, key, value, codes in (
        ("annan", "underlag", "0" * 64, ["EST646"]),
        ("okand", "sidor", ["ny/"], ["EST646"]),
        ("ut", "sidor", ["../../del-2/"], ["EST646"]),
        ("farre", "sidor", [], ["EST647"]),
        ("utan", "filer", [], ["EST647"]),
        ("form", "format", "2", ["EST207"]),
    ):
        part = changed(name)
        data = json.loads((part / TOLD).read_text(encoding="utf-8"))
        write(part / "ny/index.html", "x")
        write(part / TOLD, json.dumps({**data, key: value}))
        write_manifest(part)
        assert told(join(whole, part, "del-2")) == codes, name
    (touched / TOLD).unlink()
    assert told(join(whole, touched, "del-2")) == ["EST101"]
    assert (tree(whole / "fogad") if (whole / "fogad").exists() else None) == before


def test_a_part_belongs_to_its_data_and_its_program(whole: Path, tmp_path: Path) -> None:
    root = copy(whole, tmp_path / "instans")
    first = parts.digest_of(root)
    assert first == parts.digest_of(whole)
    edit(root / "content/om.md", "title:", "title: ")
    assert parts.digest_of(root) != first


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "1/1001", "a/b", "1/2/3", "-1/2", "01/2"])
def test_a_part_that_is_none_is_wrong_use(whole: Path, tmp_path: Path, text: str) -> None:
    assert Share.of_text(text) is None
    assert run("build", "--root", whole, "--del", text, "--out", tmp_path / "ut").exit_code == 2
    assert run("build", "--root", whole, "--del", "1/2").exit_code == 2
    assert not (tmp_path / "ut").exists()


def test_every_page_is_in_one_part() -> None:
    paths = [f"omraden/o-{number}/" for number in range(300)]
    for of in (1, 2, 7, 21):
        shares = [Share(number, of) for number in range(1, of + 1)]
        counts = [sum(share.takes(path) for path in paths) for share in shares]
        assert sum(counts) == 300
        assert max(counts) < 3 * 300 / of

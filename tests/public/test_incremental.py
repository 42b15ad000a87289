"""What a build remembers never shows: built anew or again, a site is the same byte for byte."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from est_build.analyse.verdicts import Analysis
from est_build.load.memo import Memo, digest
from est_build.model.published import Published, load_published
from est_build.problems import ProblemsError
from est_build.site.build import build_site
from est_build.site.cache import NAME, Cache, program
from tests.public.instances import edit, linked, write

Edit = Callable[[Path, random.Random], None]


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def pick(data: Path, pattern: str, random_: random.Random) -> Path:
    return random_.choice(sorted(data.glob(pattern)))


def rename_action(data: Path, random_: random.Random) -> None:
    path = pick(data, "atgarder/*.yml", random_)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith("titel:"))
    lines[at] = f"titel: Lampor vid gångvägen, försök {random_.randrange(1000)}\n"
    write(path, "".join(lines))


def rename_issue(data: Path, random_: random.Random) -> None:
    path = pick(data, "fragor/*.yml", random_)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith("titel:"))
    lines[at] = f"titel: Mörkt och ödsligt, försök {random_.randrange(1000)}\n"
    write(path, "".join(lines))


def rename_area(data: Path, random_: random.Random) -> None:
    path = data / "omraden.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    areas = [f for f in content["features"] if f["properties"]["niva"] == "omrade"]
    random_.choice(areas)["properties"]["namn"] = f"Byn nummer {random_.randrange(1000)}"
    write(path, json.dumps(content, ensure_ascii=False))


def other_word(data: Path, random_: random.Random) -> None:
    """A word that stands on many pages is explained from now on."""
    path = data.parent / "content" / "ordlista.yml"
    word = random_.choice(("kommunen", "området"))
    more = f"  - ord: {word.capitalize()}\n    former: [{word}]\n    forklaring: Ett ord att förklara.\n"
    write(path, path.read_text(encoding="utf-8").rstrip("\n") + "\n" + more)


def another_page(data: Path, random_: random.Random) -> None:
    page = (
        f"---\ntitle: Ny sida\ndescription: Om nätverket.\navsnitt: metod\n---\n\n# Ny {random_.random()}\n"
    )
    write(data.parent / "content" / "ny-sida.md", page)


def no_release(data: Path, random_: random.Random) -> None:
    """A fortnight that no quarter covers is taken away."""
    for folder in sorted((data / "perioder" / "2026-v43-44").glob("1*")):
        shutil.rmtree(folder)


ROUNDS: tuple[tuple[Edit, ...], ...] = (
    (rename_action, other_word),
    (rename_issue, rename_area),
    (another_page, no_release),
)
"""What is changed together goes into different texts, so that one cannot hide that the other was missed."""


def test_built_again_is_built_anew(slim_root: Path, tmp_path: Path) -> None:
    """Random edits, two by two: what is remembered from before them never shows after."""
    random_ = random.Random(2026)
    root = linked(slim_root, tmp_path / "instans")
    build_site(root, root / "site")
    for changes in ROUNDS:
        for change in changes:
            change(root / "data", random_)
        again = build_site(root, root / "site")
        assert again.made > 1
        # The memory is set aside, not lost: what is built anew must not help what is built again.
        memory = (root / "build" / NAME).read_bytes()
        anew = build_site(root, tmp_path / "ny", fresh=True)
        write(root / "build" / NAME, memory)
        assert anew.made == anew.pages
        assert tree(root / "site") == tree(tmp_path / "ny"), [change.__name__ for change in changes]


def files_of(site: Path) -> dict[Path, tuple[int, int]]:
    """Every file of a site with what tells if it has been written again."""
    found = ((p, p.stat()) for p in site.rglob("*") if p.is_file())
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


def test_the_life_of_a_memory(slim_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = linked(slim_root, tmp_path / "instans")
    site, memory = root / "site", root / "build" / NAME
    first = build_site(root, site)
    assert first.made == first.pages

    before = files_of(site)
    rename_action(root / "data", random.Random(7))
    second = build_site(root, site)
    assert second.made < second.pages / 3
    after = files_of(site)
    same = {path for path in after if after[path] == before.get(path)}
    assert len(same) > 0.8 * len(after)
    # Nothing is linked any more: to change a file of the site changes no other.
    assert all(path.stat().st_nlink == 1 for path in after)

    # A build that is stopped leaves the last memory.
    edit(root / "data" / "skydd.yml", "  rapporter: 5", "  rapporter: 4")
    with pytest.raises(ProblemsError):
        build_site(root, site)
    edit(root / "data" / "skydd.yml", "  rapporter: 4", "  rapporter: 5")
    assert build_site(root, site).made == 1

    # One that has been changed shows nowhere; nor does it show how many pages the engine makes at a time.
    clean = tree(site)
    known = sqlite3.connect(memory)
    with known:
        known.execute("UPDATE minne SET text = replace(text, 'a', 'b')")
    known.close()
    monkeypatch.setattr("est_build.site.render.AT_ONCE", 80)
    third = build_site(root, site)
    assert third.made == third.pages
    assert tree(site) == clean


# ---- the memory itself ---------------------------------------------------------------------------


def test_a_memory_gives_back_what_it_was_given(tmp_path: Path) -> None:
    made: list[str] = []

    def make(text: str) -> Callable[[], str]:
        return lambda: made.append(text) or text  # type: ignore[func-returns-value]

    for _ in range(2):
        memory = Cache(tmp_path / NAME)
        assert memory.text("slag", "nyckel", make("å\u0000\n")) == "å\u0000\n"
        assert memory.text("annat slag", "nyckel", make("b")) == "b"
        memory.save()
        memory.close()
    assert made == ["å\u0000\n", "b"]


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    for keys in (("a", "b"), ("b",)):
        memory = Cache(tmp_path / NAME)
        for key in keys:
            memory.text("slag", key, lambda: "x")
        memory.save()
        memory.close()
    memory = Cache(tmp_path / NAME)
    assert (memory.get("slag", "a"), memory.get("slag", "b")) == (None, "x")


def test_another_program_remembers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Cache(tmp_path / NAME)
    memory.put("slag", "a", "x")
    memory.save()
    memory.close()
    monkeypatch.setattr("est_build.site.cache.program", lambda: "en annan")
    assert Cache(tmp_path / NAME).get("slag", "a") is None
    assert program() == program()


@pytest.mark.parametrize(
    "content", [b"inte en databas" * 99, bytes(4096), b"", b"SQLite format 3\0" + bytes(99)]
)
def test_a_file_that_is_no_memory_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    for asked in range(2):
        memory = Cache(tmp_path / NAME)
        assert memory.get("slag", "a") == (None, "x")[asked]
        memory.put("slag", "a", "x")
        memory.save()
        memory.close()


def test_the_database_of_somebody_else_is_replaced(tmp_path: Path) -> None:
    known = sqlite3.connect(tmp_path / NAME)
    known.execute("CREATE TABLE minne (annat TEXT)")
    known.close()
    memory = Cache(tmp_path / NAME)
    memory.put("slag", "a", "x")
    memory.save()
    memory.close()
    assert Cache(tmp_path / NAME).get("slag", "a") == "x"


def test_a_folder_in_its_place_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / NAME / "x").mkdir(parents=True)
    assert Cache(tmp_path / NAME).text("slag", "a", lambda: "x") == "x"


def test_a_memory_without_a_disk(tmp_path: Path) -> None:
    """Root may write anywhere, so the folder is a file."""
    (tmp_path / "build").write_text("x", encoding="utf-8")
    memory = Cache(tmp_path / "build" / NAME)
    assert memory.text("slag", "a", lambda: "x") == "x"
    memory.save()


def test_parts_cannot_be_moved_from_one_to_the_next() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("")}) == 5
    assert digest("å") == digest("å".encode())


def test_verdicts_are_remembered_whole(repo_root: Path, tmp_path: Path) -> None:
    """Every verdict of the example, with every digit of its numbers."""
    published = load_published(repo_root / "data")
    first = Cache(tmp_path / NAME)
    seen = _verdicts(published, None)
    assert _verdicts(published, first) == seen
    first.save()
    first.close()
    second = Cache(tmp_path / NAME)
    assert _verdicts(published, second) == seen
    assert second.made == 0, "something was judged again"


def _verdicts(published: Published, memo: Memo | None) -> list[Any]:
    analysis = Analysis(published, memo=memo)
    spans = [*published.periods[-30:], *published.quarters[-3:]]
    return [list(analysis.verdicts(span).levels.items()) for span in spans]


def test_the_past_is_remembered_when_something_new_comes(slim_root: Path, tmp_path: Path) -> None:
    """A new fortnight is no reason to judge an old one again."""
    root = linked(slim_root, tmp_path / "instans")
    kept = load_published(root / "data")
    shutil.rmtree(root / "data" / "perioder" / "2026-v45-46")
    path = root / "build" / NAME
    before = load_published(root / "data")
    for published in (before, kept):
        memory = Cache(path)
        analysis = Analysis(published, memo=memory)
        for span in before.periods:
            dict(analysis.verdicts(span).levels)
        new = memory.made
        memory.save()
        memory.close()
    assert new == 0

"""ARCHITECTURE.md tells of the house as it is: every package and no other, and who may import what."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from .test_layers import MAY_USE, PACKAGE

ROOT = PACKAGE.parent
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PICTURE = re.search(r"```mermaid\n(.*?)```", TEXT, re.DOTALL)[1]  # type: ignore[index]


def rows() -> dict[str, tuple[str, set[str]]]:
    """Package -> what it does, and what it may import, by the table."""
    found = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", TEXT, re.MULTILINE)
    told = {name: (what, set(re.findall(r"`(\w+)`", uses))) for name, what, uses in found}
    assert len(told) == len(found)
    assert all(
        uses or told_uses == "nothing"
        for (_, uses), (_, _, told_uses) in zip(told.values(), found, strict=True)
    )
    return told


def arrows() -> set[tuple[str, str]]:
    """(below, above) of every arrow; ``a --> b --> c`` are two."""
    found = set()
    for line in PICTURE.splitlines():
        names = [word.strip() for word in line.split("-->")]
        found |= set(itertools.pairwise(names))
    return found


def packages() -> set[str]:
    """Folders under ``est_build``. One that only an old run left has nothing but caches in it."""
    return {
        path.name
        for path in PACKAGE.iterdir()
        if path.is_dir()
        and path.name != "__pycache__"
        and any(p.name != "__pycache__" for p in path.iterdir())
    }


def test_every_package_is_told_and_no_other() -> None:
    assert set(rows()) == packages()
    drawn = {name for arrow in arrows() for name in arrow} | set(
        re.findall(r"^\s+(\w+)$", PICTURE, re.MULTILINE)
    )
    assert drawn - {"end"} == packages()


def test_the_directions_are_those_of_the_test_of_layers() -> None:
    assert {name: uses for name, (_, uses) in rows().items()} == {
        name: MAY_USE.get(name, set()) for name in packages()
    }


def test_arrows_go_from_what_may_be_used() -> None:
    """An arrow may pass over a package that is used through others, but never goes against the table."""
    above: dict[str, set[str]] = {}
    for below, user in arrows():
        above.setdefault(user, set()).add(below)

    def reached(name: str) -> set[str]:
        direct = above.get(name, set())
        return direct.union(*map(reached, direct))

    for name, (_, uses) in rows().items():
        direct = above.get(name, set())
        assert direct <= uses, name
        assert uses <= reached(name), name


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:est_build|tests|docs|\.github)/[\w./-]+)`", TEXT))
    named |= set(re.findall(r"\]\(([^)#:]+)\)", TEXT))
    assert len(named) > 25
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_commands_that_are_named_are_there() -> None:
    commands = (ROOT / "est_build/desk/kommandon.yml").read_text(encoding="utf-8")
    for words in re.findall(r"`est-build ((?:foga )?\w+)", TEXT):
        assert f"namn: est-build {words}\n" in commands, words


def test_the_private_side_is_marked() -> None:
    assert {name for name, (what, _) in rows().items() if what.startswith("PRIVATE")} == {"prepare", "demo"}
    assert not Path(ROOT / "docs/ARCHITECTURE.md").exists()

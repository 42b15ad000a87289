"""The committed example, as anybody finds it: its figures, its proofs and its site."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from est_build.site.build import build_site
from tests.attacks.reader import Reader
from tests.attacks.test_site import HIDDEN, SHARE, SIGNAL
from tests.attacks.tools import Cell, Published, read_published, read_rows
from tests.attacks.worlds import audited
from tests.conftest import ROOT
from tests.private.instance import Instance
from tests.public.dom import parse
from tests.public.instances import slim
from tests.public.kunskap.prose import FOLLOWED_UP

DATA = ROOT / "data"
TOWNS = [t["kod"] for t in yaml.safe_load((DATA / "webbplats.yml").read_text(encoding="utf-8"))["kommuner"]]
YEARS = sorted({int(r["ar"]) for r in read_rows(DATA / "kalender.csv")})
World = Counter[Cell]


def blocks(town: str, year: int) -> Iterator[tuple[Published, Path]]:
    """What hangs together, and the folder of its proof: a year, or the quarters and fortnights so far."""
    whole = read_published(DATA, town, year)
    covered: set[str] = set()
    quarters = list(dict.fromkeys(whole.quarter_of.values()))
    spans = [("ar", str(year), [*whole.quarter_of, *quarters])]
    spans += [("kvartal", q, [p for p, own in whole.quarter_of.items() if own == q]) for q in quarters]
    spans += [("perioder", p, []) for p in whole.quarter_of]
    for folder, span, inside in spans:
        if (DATA / folder / span / town).is_dir() and span not in covered:
            covered |= {span, *inside}
            yield read_published(DATA, town, year, [span, *inside]), DATA / folder / span / town


def test_every_town_and_year_is_read() -> None:
    found = {(town, year): len(list(blocks(town, year))) for town in TOWNS for year in YEARS}
    assert len(TOWNS) == 5
    assert sum(count == 1 for count in found.values()) == 15
    assert max(found.values()) > 3


# ---- the proofs, by addition --------------------------------------------------------------------


def realities(folder: Path) -> list[World]:
    """The made-up realities, each added up in every box that holds its counts."""
    worlds: dict[str, World] = {}
    for row in read_rows(folder / "verkligheter.csv"):
        cell = Cell(row["spann"], row["omrade"], row["kategori"], row["miljo"], row["tid"])
        worlds.setdefault(row["verklighet"], Counter())[cell] += int(row["antal"])
    return list(worlds.values()) or [Counter()]


def added_up(seen: Published, world: World) -> World:
    held: World = Counter()
    for cell, count in world.items():
        for outer in (cell,) if cell.environment or cell.time else seen.around(cell):
            held[outer] += count
    return held


def unproven(seen: Published, worlds: list[World]) -> list[str]:
    """Published cells that a reality does not fit, and hidden boxes that none of them leaves empty."""
    faults = []
    held = [added_up(seen, world) for world in worlds]
    for number, sums in enumerate(held, 1):
        for cell, (low, high) in seen.shown.items():
            if not low <= sums[cell] <= high:
                faults.append(f"{number}: {cell}")
    always = set.intersection(*({c for c, n in sums.items() if n} for sums in held))
    known = {outer for cell in (*seen.shown, *seen.confirmed) for outer in seen.around(cell)}
    spans = {c.span for c in seen.cells} | set(seen.periods)
    return faults + [f"alltid: {cell}" for cell in always - known if cell.span in spans and cell.area]


@pytest.mark.parametrize("town", TOWNS)
def test_the_proofs_add_up(town: str) -> None:
    """Anybody's own addition, with no solver and none of the project's code: no hidden box is always full."""
    for year in YEARS:
        for published, folder in blocks(town, year):
            worlds = realities(folder)
            assert unproven(published, worlds) == [], folder


def test_addition_would_notice() -> None:
    """One report more in one reality, or one reality less, and it does not add up."""
    published, folder = next(blocks(TOWNS[0], YEARS[0]))
    worlds = realities(folder)
    cell = next(c for c in worlds[0] if not (c.environment or c.time))
    worlds[0][cell] += 500
    assert unproven(published, worlds)
    assert len(worlds) > 1
    assert [f for f in unproven(published, realities(folder)[:1]) if f.startswith("alltid")]


# ---- 4: subtraction -----------------------------------------------------------------------------


def quarter(town: str, span: str) -> tuple[Published, set[Cell]]:
    """A quarter with its fortnights, and its hidden cells that nobody ought to know anything of."""
    year = int(span[:4])
    inside = [p for p, own in read_published(DATA, town, year).quarter_of.items() if own == span]
    published = read_published(DATA, town, year, [span, *inside])
    known = {outer for c in (*published.shown, *published.confirmed) for outer in published.around(c)}
    return published, {c for c in published.hidden if not (c.environment or c.time)} - known


@pytest.mark.parametrize("town", TOWNS)
def test_4_a_quarter_of_the_example(town: str) -> None:
    """Every inequality of a whole quarter at once, and every hidden cell asked about."""
    published, secrets = quarter(town, "2026-kv3")
    assert len(secrets) > 30
    assert Reader(published, secrets).exposed() == []


def test_4_the_tool_would_find_it() -> None:
    """If a quarter said more than its shown fortnights can hold, the hidden one would be known."""
    published, _ = quarter(TOWNS[0], "2026-kv3")
    span = published.quarter_of[published.periods[0]]
    first, *others = [Cell(p, published.town, "trafik") for p in published.periods]
    published.shown = dict.fromkeys(others, (5, 9)) | {Cell(span, published.town, "trafik"): (30, 34)}
    published.confirmed.clear()
    assert len(others) == 3
    assert Reader(published, [first]).exposed() == [first]
    published.shown[Cell(span, published.town, "trafik")] = (25, 29)
    assert Reader(published, [first]).exposed() == []


# ---- 1, 3, 11: what stands in the files ---------------------------------------------------------


@pytest.mark.parametrize("town", TOWNS)
def test_1_11_every_number_is_a_step_and_every_other_cell_is_blank(town: str) -> None:
    ends: set[tuple[str, str]] = set()
    for path in DATA.glob(f"*/*/{town}/rapporter.csv"):
        ends |= {(row["fran"], row["till"]) for row in read_rows(path)}
    assert ("", "") in ends
    assert [
        e for e in ends - {("", "")} if int(e[0]) < 5 or int(e[0]) % 5 or int(e[1]) != int(e[0]) + 4
    ] == []


def test_5_the_history_of_the_repository() -> None:
    """The public audit of all that is committed, and of every version it ever had."""
    if not (ROOT / ".git").exists():
        pytest.skip("inget git-förråd")
    code, words = audited(Instance(ROOT))
    assert code == 0, words[-800:]


# ---- 13, 17: the site of the example ------------------------------------------------------------


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a slim copy of the example, built. Nobody may change it."""
    root = slim(ROOT, tmp_path_factory.mktemp("exempel") / "smal")
    build_site(root, root / "site")
    return root


def hidden_in(root: Path, span: str) -> set[str]:
    """Names of areas whose total is hidden in a time."""
    borders = json.loads((root / "data" / "omraden.geojson").read_text(encoding="utf-8"))["features"]
    names = {f["properties"]["id"]: f["properties"]["namn"] for f in borders}
    rows = (row for path in (root / "data").glob(f"*/{span}/*/rapporter.csv") for row in read_rows(path))
    return {names[row["omrade"]] for row in rows if row["tabell"] == "omrade" and not row["fran"]}


def test_13_17_the_pages_of_the_example(example: Path) -> None:
    """No percentage of reports anywhere, and no sentence of more or less about a hidden area.

    A follow-up tells a change with its uncertainty, and the page of method tells chances: neither is a share.
    """
    seen = 0
    for path in sorted((example / "site").rglob("*.html")):
        words = parse(path.read_text(encoding="utf-8")).root.one("body").words()
        span = next((part for part in path.parts if re.match(r"\d{4}-(?:v|kv)\d", part)), "2026-v45-46")
        secret = hidden_in(example, span)
        seen += HIDDEN in words and bool(secret)
        if not path.match("metod/vanligt/index.html"):
            assert not SHARE.search(FOLLOWED_UP.sub(" ", words)), path
        for sentence in re.split(r"(?<=[.!?])\s", words):
            if SIGNAL.search(sentence):
                assert not [name for name in secret if re.search(rf"\b{name}\b", sentence)], sentence
    assert seen > 10

"""Rule R0: which cells exist, and that nothing else is ever written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from est_build.load.frame import Frame, load_frame
from est_build.load.span import SpanKind
from est_build.protect.plan import CellKey, geography, is_sensitive, planned_cells

from . import recount
from .instance import NORRBY, SODERBY, Instance

CODES = """\
format: "1"
egna_kategorier:
- {id: trafik.ny, sv: Ny, en: New, forald: trafik, kanslighet: oppen, fran_ar: 2027}
- {id: trafik.gammal, sv: Gammal, en: Old, forald: trafik, kanslighet: oppen, till_ar: 2026}
- {id: eget, sv: Eget, en: Own, kanslighet: omrade}
- {id: eget.hemligt, sv: Hemligt, en: Secret, forald: eget, kanslighet: kommun, kanslig: ja}
andringar:
  kategorier:
    rykten: {aktiv: nej}
    stold.cykel: {aktiv: nej}
"""


@pytest.fixture
def frame(tiny: Instance) -> Frame:
    return load_frame(tiny.data)


def cells(frame: Frame, kind: SpanKind, town: str = NORRBY, year: int = 2026) -> tuple[CellKey, ...]:
    return planned_cells(
        kind, year, geography(frame.areas, town, frame.protection), frame.codes, frame.protection
    )


@pytest.mark.parametrize("kind", ["period", "kvartal", "ar"])
@pytest.mark.parametrize("town", [NORRBY, SODERBY])
def test_plan_is_that_of_the_rules(frame: Frame, kind: SpanKind, town: str) -> None:
    expected = recount.release(kind, town, [])
    assert [tuple(key) for key in cells(frame, kind, town)] == list(expected)


@pytest.mark.parametrize(
    ("kind", "tables"),
    [
        ("period", ["kommun", "kommun_grupp", "omrade"]),
        (
            "kvartal",
            ["kommun", "kommun_grupp", "omrade", "kommun_kategori", "omrade_grupp",
             "kommun_miljo_grupp", "kommun_tid"],
        ),
        ("ar", ["kommun", "kommun_grupp", "omrade", "kommun_kategori", "omrade_grupp"]),
    ],
)  # fmt: skip
def test_tables_and_their_order(frame: Frame, kind: SpanKind, tables: list[str]) -> None:
    assert list(dict.fromkeys(key.table for key in cells(frame, kind))) == tables


def test_no_cell_twice(frame: Frame) -> None:
    for kind in ("period", "kvartal", "ar"):
        assert max(Counter(cells(frame, kind)).values()) == 1


def test_what_is_for_the_municipality_only_is_never_in_a_fortnight_or_an_area(frame: Frame) -> None:
    for group in ("hot", "vald", "rykten"):
        assert not any(key.category.startswith(group) for key in cells(frame, "period"))
        longer = cells(frame, "kvartal")
        tables = {key.table for key in longer if key.category.split(".")[0] == group}
        assert tables == {"kommun_grupp", "kommun_kategori"}


def test_environment_only_for_open_groups(frame: Frame) -> None:
    groups = {key.category for key in cells(frame, "kvartal") if key.table == "kommun_miljo_grupp"}
    assert "trafik" in groups
    assert not groups & {"samlingar", "stold", "alkohol-narkotika", "hot"}


def test_merged_areas_are_gone(frame: Frame) -> None:
    areas = {key.area for key in cells(frame, "kvartal")}
    assert areas == {"norrby", "ekby", "asen"}


def test_no_table_of_the_region_and_none_of_another_municipality(frame: Frame) -> None:
    assert {key.area for key in cells(frame, "ar", SODERBY)} == {"soderby", "vik", "berga"}


@pytest.mark.parametrize(("year", "inside", "outside"), [(2026, "gammal", "ny"), (2027, "ny", "gammal")])
def test_categories_change_at_a_new_year(tiny: Instance, year: int, inside: str, outside: str) -> None:
    (tiny.data / "kodlistor.yml").write_text(CODES, encoding="utf-8")
    found = {key.category for key in cells(load_frame(tiny.data), "kvartal", year=year)}
    assert f"trafik.{inside}" in found
    assert f"trafik.{outside}" not in found


def test_switched_off_is_not_planned_and_own_is(tiny: Instance) -> None:
    (tiny.data / "kodlistor.yml").write_text(CODES, encoding="utf-8")
    frame = load_frame(tiny.data)
    found = cells(frame, "ar")
    assert not any(key.category.startswith(("rykten", "stold.cykel")) for key in found)
    assert CellKey("omrade_grupp", "ekby", "eget") in found
    secret = CellKey("kommun_kategori", "norrby", "eget.hemligt")
    assert secret in found
    assert is_sensitive(secret, frame.codes)
    assert not is_sensitive(CellKey("kommun", "norrby", "alla"), frame.codes)


def test_the_plan_can_be_made_smaller(tiny: Instance) -> None:
    path = Path(tiny.data / "skydd.yml")
    path.write_text('format: "1"\ntabeller:\n  period: [kommun]\n', encoding="utf-8")
    assert cells(load_frame(tiny.data), "period") == (CellKey("kommun", "norrby", "alla"),)

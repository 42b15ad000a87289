"""Rule R0: what is planned can be audited, and stays as it is through a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from est_build.load.frame import load_frame
from est_build.prepare.run import PrepareResult
from est_build.problems import ProblemsError
from est_build.protect.release import read_releases
from est_build.protect.structure import plan_fault, ring_of
from est_build.schema.protection import TableId, TablePlan
from tests.private.instance import FIRST, SECOND, Book, Instance, make_instance


@pytest.fixture
def begun(tmp_path: Path) -> Instance:
    instance = make_instance(tmp_path / "prov")
    instance.run(Book(FIRST).safe(omrade="ekby"))
    return instance


def codes(instance: Instance) -> list[str]:
    """Codes of what reading the releases tells."""
    try:
        return [problem.code for problem in read_releases(load_frame(instance.data))[1]]
    except ProblemsError as error:
        return [problem.code for problem in error.problems]


def rules(instance: Instance, text: str, name: str = "skydd.yml") -> None:
    path = instance.data / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'format: "1"\n{text}', encoding="utf-8")


def test_the_default_plan_can_be_audited() -> None:
    assert plan_fault(TablePlan()) is None


@pytest.mark.parametrize(
    ("quarter", "why"),
    [
        (("kommun", "omrade_miljo", "kommun_miljo_grupp"), "ring"),
        (("kommun", "omrade_tid", "kommun_tid_grupp"), "ring"),
        (("kommun", "kommun_miljo", "kommun_miljo_grupp"), "dimensionen miljö"),
        (("kommun", "kommun"), "två gånger"),
    ],
)
def test_plans_that_are_refused(quarter: tuple[TableId, ...], why: str) -> None:
    fault = plan_fault(TablePlan(kvartal=quarter))
    assert fault is not None
    assert why in fault


def test_a_ring_needs_all_its_parts() -> None:
    ring: list[TableId] = ["omrade_miljo", "kommun_miljo_grupp"]
    assert ring_of(ring) is not None
    assert all(ring_of([name]) is None for name in ring)


def test_one_table_for_two_kinds_of_time_is_refused() -> None:
    fault = plan_fault(TablePlan(kvartal=("kommun", "kommun_tid"), ar=("kommun", "kommun_tid")))
    assert fault is not None
    assert "kommun_tid (kvartal) och kommun_tid (ar)" in fault


def test_a_ring_in_the_file_is_told(tmp_path: Path) -> None:
    instance = make_instance(tmp_path / "prov")
    rules(instance, "tabeller: {kvartal: [kommun, omrade_miljo, kommun_miljo_grupp]}\n")
    assert "EST451" in codes(instance)


@pytest.mark.parametrize(
    "change",
    [
        "granser: {rapporter: 10}\n",
        "steg: 10\ngranser: {rapporter: 10}\n",
        "tabeller: {period: [kommun]}\n",
        "kanda_kallor: [polis, skola]\n",
    ],
)
def test_rules_do_not_change_within_a_year(begun: Instance, change: str) -> None:
    assert codes(begun) == []
    rules(begun, change)
    assert set(codes(begun)) & {"EST452", "EST401", "EST402"}


def test_rules_change_at_a_new_year(begun: Instance) -> None:
    old = (begun.data / "skydd.yml").read_text(encoding="utf-8").removeprefix('format: "1"\n')
    rules(begun, f"galler_fran: 2020\n{old}", "skydd/2020.yml")
    rules(begun, "galler_fran: 2028\ngranser: {rapporter: 10}\n")
    assert codes(begun) == []
    frame = load_frame(begun.data)
    assert frame.rules_for(2027).granser.rapporter == 5
    assert frame.rules_for(2028).granser.rapporter == 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("galler_fran: 2021\n", "skydd/2020.yml"), "galler_fran: 2028\n"),
        (("galler_fran: 2028\n", "skydd/2028.yml"), "galler_fran: 2028\n"),
        (("galler_fran: 2020\n", "skydd/2020.yml"), ""),
    ],
)
def test_rules_that_do_not_follow_each_other(begun: Instance, old: tuple[str, str], new: str) -> None:
    rules(begun, *old)
    rules(begun, new)
    assert "EST453" in codes(begun)


def test_the_police_stay_among_the_known_sources(begun: Instance) -> None:
    rules(begun, "kanda_kallor: [skola]\n")
    assert codes(begun) == ["EST218"]


def test_borders_do_not_move_within_a_year(begun: Instance) -> None:
    path = begun.data / "omraden.geojson"
    text = path.read_text(encoding="utf-8")
    moved = text.replace('"namn": "Berga"', '"namn": "Bergaby"')
    path.write_text(moved, encoding="utf-8")
    assert codes(begun) == []  # a new name is no new border
    frame = load_frame(begun.data)
    corner = next(a for a in frame.areas if a.level == "omrade").polygons[0][0][0]
    written = next(f"{x}" for x in (corner[0],))
    path.write_text(text.replace(written, f"{corner[0] + 0.00001:.5f}"), encoding="utf-8")
    assert set(codes(begun)) & {"EST454", "EST308", "EST314"}


def thin(instance: Instance) -> None:
    """Most organisations of Norrby may report from Ekby only from now on: Åsen becomes too thin."""
    lines = instance.members.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    where = head.index("omraden")
    out = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        if cells[head.index("kommun")] == "9901":
            cells[where] = "ekby"
        out.append(",".join(cells))
    instance.members.write_text("\n".join(out) + "\n", encoding="utf-8")


def test_an_area_that_becomes_thin_rests_for_the_rest_of_the_year(begun: Instance) -> None:
    thin(begun)
    result: PrepareResult = begun.run(Book(SECOND).safe(omrade="ekby").safe(omrade="asen"))
    told = [problem.values["value"] for problem in result.notes if problem.code == "EST460"]
    assert "Åsen" in told
    assert begun.cells(SECOND)["omrade", "asen", "alla", "", ""] is None
    assert begun.cells(SECOND)["omrade", "ekby", "alla", "", ""] is not None


def test_an_area_that_is_not_thin_does_not_rest(begun: Instance) -> None:
    begun.run(Book(SECOND).safe(omrade="ekby").safe(omrade="asen"))
    assert begun.cells(SECOND)["omrade", "asen", "alla", "", ""] is not None

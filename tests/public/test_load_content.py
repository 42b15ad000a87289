"""Files beside the hand-written pages: read if they are there, and every fault told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from est_build.model.published import load_published
from tests.public.instances import edit, faults, the_fault, write

CHANGES, AREAS = "andringar.yml", "omradestexter.yml"
PLACES, ACCESS = "platser.yml", "tillganglighet.yml"


def test_the_example_has_them_all(repo_root: Path) -> None:
    texts = load_published(repo_root / "data").texts
    dates = [change.datum for change in texts.changes]
    assert dates == sorted(dates, reverse=True)
    assert {change.kort for change in texts.changes if change.bryter} >= {"ny enkät", "fler svarar"}
    assert texts.strengths["kivik"]
    assert texts.places
    assert texts.accessibility is not None


def test_an_instance_can_do_without(instance: Path) -> None:
    for name in (CHANGES, AREAS, PLACES, ACCESS):
        (instance / "content" / name).unlink()
    texts = load_published(instance / "data").texts
    assert (texts.changes, texts.strengths, texts.places, texts.accessibility) == ((), {}, (), None)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "says"),
    [
        (CHANGES, "kommuner: [1291]", "kommuner: [§1292]", "EST303", "1292"),
        (CHANGES, "trafik.a-traktor]", "§trafik.a-traktorer]", "EST302", "trafik.a-traktorer"),
        (CHANGES, "kort: ny enkät", "kort: §ny enkät med fler frågor och en ny ordning", "EST210", "kort"),
        (AREAS, "omrade: kivik", "omrade: §kiviken", "EST301", "kiviken"),
        (AREAS, "omrade: kivik", "omrade: §simrishamns-tatort", "EST216", "simrishamns-tatort"),
        (PLACES, "omrade: loderup", "omrade: §loderop", "EST301", "loderop"),
        (PLACES, "namn: Vitaby", "namn: §Vik", "EST216", "Vik"),
        (ACCESS, "niva: delvis", "niva: §nästan", "EST207", "nästan"),
        (ACCESS, 'punkt: "9.4.1.2"\n    varfor', "punkt: §fyra\n    varfor", "EST211", "fyra"),
    ],
)
def test_a_fault_is_told_with_its_place(
    instance: Path, name: str, old: str, new: str, code: str, says: str
) -> None:
    place = edit(instance / "content" / name, old, new)
    problem = the_fault(instance / "data", code)
    assert problem.place.file == f"content/{name}"
    assert (problem.place.line, problem.place.column) == place
    assert says in problem.message()


@pytest.mark.parametrize("name", [CHANGES, AREAS, PLACES, ACCESS])
def test_rubbish_is_a_problem_and_never_a_traceback(instance: Path, name: str) -> None:
    for content in (b"", b"\xff\xfe\x00", b"[" * 30_000, b"- a", b"a: b"):
        write(instance / "content" / name, content)
        assert {p.place.file for p in faults(instance / "data")} == {f"content/{name}"}, content[:10]


QUARTER = "kvartal/2026-kv3/utvardering.yml"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("atgard: §2026-071", "EST304"),
        ("§struken: 2026-11-01", "EST320"),
        ("klar: 2026-11-01\n    struken: §2026-11-01\n    struken_varfor: x", "EST320"),
    ],
)
def test_what_became_of_a_decision(instance: Path, new: str, code: str) -> None:
    edit(instance / "data" / QUARTER, "atgard: 2026-017", new)
    assert the_fault(instance / "data", code).place.file == QUARTER

"""Every code: a broken instance that gives it and nothing else, a message, and a page that explains it."""

from __future__ import annotations

import os
import re
import string
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.pages.faults import _parts
from est_build.problems import Kind, Place, Problem
from est_build.problems.all_kinds import all_kinds
from est_build.problems.explain import every
from est_build.problems.render import as_text
from est_build.site.verdict import verdict
from tests.check.broken import ELSEWHERE, EVERY, Broken
from tests.conftest import ROOT
from tests.public.instances import linked

GOLDEN = Path(__file__).parent / "cases" / "meddelanden" / "expected" / "meddelanden.txt"
ALL = list(all_kinds().values())


_TOLD: dict[str, tuple[Problem, ...]] = {}


def of_one(slim_root: Path, broken: Broken) -> tuple[Problem, ...]:
    """What is told of one broken instance; worked out once."""
    if broken.name not in _TOLD:
        _TOLD[broken.name] = told(slim_root, broken)
    return _TOLD[broken.name]


def told(slim_root: Path, *broken: Broken) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory() as folder:
        root = linked(slim_root, Path(folder) / "instans")
        for one in broken:
            one.apply(root)
        return verdict(root)


# ---- broken instances --------------------------------------------------------------------------


@pytest.mark.parametrize("broken", EVERY, ids=[one.name for one in EVERY])
def test_all_that_is_wrong_is_told_and_nothing_else(slim_root: Path, broken: Broken) -> None:
    found = of_one(slim_root, broken)
    assert tuple(problem.code for problem in found) == broken.codes, as_text(found)
    for problem in found:
        for lang in ("sv", "en"):
            assert "?" not in problem.message(lang).replace("Menade du", "").replace("?", "", 1)
            assert problem.cure(lang)
            assert not re.search(r"\{|\}|Traceback|pydantic|None", problem.message(lang))


def test_there_is_a_broken_instance_for_every_code_of_check() -> None:
    reached = {code for one in EVERY for code in one.codes}
    assert len(EVERY) >= 60
    assert reached | ELSEWHERE == set(all_kinds())
    assert reached & ELSEWHERE == set()


def test_the_codes_of_other_commands_are_met_in_their_tests() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    texts = [text for text in texts if "def test_the_codes_of_other_commands" not in text]
    every_test = "\n".join(texts)
    names = {kind.code: name for name, kind in kind_names()}
    for code in sorted(ELSEWHERE):
        assert code in every_test or re.search(rf"\b{names[code]}\b", every_test), code


def kind_names() -> list[tuple[str, Kind]]:
    from est_build.problems import all_kinds as module

    return [(n, k) for m in module._MODULES for n, k in vars(m).items() if isinstance(k, Kind)]


def test_messages_are_the_golden_ones(slim_root: Path) -> None:
    """Set ``EST_NYTT_FACIT`` to write them anew; then read what changed."""
    parts = []
    for one in EVERY:
        found = of_one(slim_root, one)
        parts.append(f"== {one.name}\n{as_text(found)}\n{as_text(found[:1], 'en')}\n")
    text = "\n".join(parts)
    if os.environ.get("EST_NYTT_FACIT"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.sampled_from(range(len(EVERY))), min_size=2, max_size=3, unique=True))
def test_faults_in_different_files_are_all_told_at_once(slim_root: Path, chosen: list[int]) -> None:
    """One fault never hides another of its own stage: reading, values and links of texts."""
    texts = {i: {(p.place.file, p.code) for p in of_one(slim_root, EVERY[i])} for i in chosen}
    files = [{file for file, _ in pairs} for pairs in texts.values()]
    plain = all(file.startswith(("fragor/", "atgarder/", "rattelser")) for names in files for file in names)
    if not plain or sum(map(len, files)) != len(set().union(*files)):
        return
    together = {(p.place.file, p.code) for p in told(slim_root, *(EVERY[i] for i in chosen))}
    # The scanner says nothing of a file that cannot be read.
    scanned = {pair for pair in set().union(*texts.values()) if pair[1].startswith(("EST41", "EST42"))}
    assert together >= set().union(*texts.values()) - scanned
    assert together <= set().union(*texts.values())


# ---- explanations ------------------------------------------------------------------------------


def test_every_code_is_explained_and_nothing_else_is() -> None:
    assert set(every()) == set(all_kinds())


@pytest.mark.parametrize("kind", ALL, ids=[kind.code for kind in ALL])
def test_an_explanation_is_whole(kind: Kind) -> None:
    told = every()[kind.code]
    assert told.cause_sv.endswith(".")
    assert told.cause_en.endswith(".")
    assert told.wrong
    assert told.wrong != told.right
    fields = {
        name
        for text in (kind.sv, kind.cure_sv, kind.en, kind.cure_en)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert fields == set(told.values)


def test_the_page_has_every_code_once() -> None:
    anchors = Counter(fault.anchor for part in _parts(ALL) for fault in part.faults)
    assert anchors == Counter(kind.address.partition("#")[2] for kind in ALL)
    titles = [part.title for part in _parts(ALL)]
    assert len(titles) == len(set(titles))


def test_the_page_shows_whole_messages() -> None:
    for part in _parts(ALL):
        for fault in part.faults:
            assert not re.search(r"(?<!\w)\?|”\?|\?”", fault.message + fault.cure), fault.code


def test_a_problem_knows_its_address() -> None:
    problem = Problem(all_kinds()["EST301"], Place("fragor/2026-004.yml"))
    assert problem.kind.address == "/handbok/fel/#est301"

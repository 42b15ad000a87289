"""Exports of six tools, in every form, in every place: all refused."""

from __future__ import annotations

from collections import Counter

import pytest

from est_build.demo.export import export_bytes
from est_build.demo.survey import members_text
from est_build.protect.rawguard.finding import Finding
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.score import raw_findings
from est_build.protect.rawguard.words import Words, words_from

from .canaries import TOOLS, Table, answers
from .formats import (
    OTHER_FORMS,
    PASTED,
    WHOLE_FILES,
    as_json,
    commas,
    in_page,
    jsonl,
    pretty_json,
    program,
    semicolons,
    tabs,
    yaml_records,
)
from .repo import ROOT, Repo, codes

ROWS = 40
"""Rows of an export: a small network, one fortnight."""
FOLDERS = (
    "",
    "data/",
    "data/perioder/2026-v45-46/",
    "data/perioder/2026-v45-46/1286/",
    "data/fragor/",
    "content/",
    "content/bilder/",
    "docs/",
    "scripts/",
    "est_build/",
    "est_build/demo/",
    "est_build/schema/lists/",
    "tests/",
    "tests/guard/",
    "tests/private/cases/ny/in/",
    "tests/private/cases/ny/in/privat/",
    "tests/private/cases/ny/expected/",
    ".github/",
    "site/",
)
# One of each role (see ``places.Role``): what is refused for a reason of its own in each.
DISGUISES = (
    "uv.lock",
    "content/om.md",
    "content/bilder/karta.png",
    "content/bilder/karta.svg",
    "data/kalender.csv",
    "data/omraden.geojson",
    "data/fragor/2026-004.yml",
    "data/perioder/2026-v45-46/lagesbild.yml",
    "data/perioder/2026-v45-46/bedomning.csv",
    "data/perioder/2026-v45-46/1286/rapporter.csv",
    "data/perioder/2026-v45-46/1286/deltagande.csv",
    "data/perioder/2026-v45-46/1286/intyg.json",
    "est_build/demo/geo/orter.csv",
    "est_build/schema/lists/kategorier.csv",
    "est_build/protect/text/ord/boenden.csv",
    "est_build/theme/assets/text.woff2",
    "est_build/cli/locale/sv/LC_MESSAGES/messages.mo",
    "tests/private/test_export.py",
    "tests/private/cases/ny/in/privat/svar.csv",
    "tests/private/cases/ny/expected/perioder/2026-v45-46/1286/rapporter.csv",
)


def passed(content: bytes, path: str, words: Words) -> bool:
    return not inspect(Entry(path, "100644", len(content), content), words)


@pytest.fixture(scope="module")
def exports() -> dict[tuple[str, str], bytes]:
    """Return every tool in every form, made once."""
    makers = {name: make for name, (_, make) in WHOLE_FILES.items()} | PASTED
    return {(tool, form): makers[form](make(ROWS)) for tool, make in TOOLS.items() for form in makers}


@pytest.mark.parametrize("tool", TOOLS)
def test_with_its_own_name_in_every_folder(
    tool: str, exports: dict[tuple[str, str], bytes], words: Words
) -> None:
    through = [
        (form, folder)
        for form, (suffix, _) in WHOLE_FILES.items()
        for folder in FOLDERS
        if passed(exports[tool, form], f"{folder}svar-2026-v45-46.{suffix}", words)
    ]
    assert through == []


@pytest.mark.parametrize("tool", TOOLS)
def test_renamed_to_every_known_name(tool: str, exports: dict[tuple[str, str], bytes], words: Words) -> None:
    through = [
        (form, path)
        for form in (*WHOLE_FILES, *PASTED)
        for path in DISGUISES
        if passed(exports[tool, form], path, words)
    ]
    assert through == []


@pytest.mark.parametrize("form", [*WHOLE_FILES, *PASTED])
def test_added_then_deleted(form: str, exports: dict[tuple[str, str], bytes], repo: Repo) -> None:
    """All tools at once: as a file of its own, as a page, and in a test; then all gone again."""
    base = repo.git("rev-parse", "HEAD").stdout.strip()
    suffix = WHOLE_FILES[form][0] if form in WHOLE_FILES else "txt"
    places = []
    for i, tool in enumerate(TOOLS):
        for name in (f"data/{i}.{suffix}", f"content/{i}.md", f"tests/guard/test_{i}.py"):
            repo.write(name, exports[tool, form])
            places.append(name)
    repo.git("add", "-f", "--", *places)
    repo.commit("Lägger till")
    repo.git("rm", "-q", "--", *places)
    repo.commit("Tar bort")
    problems = repo.check(base).problems
    assert {p.place.file for p in problems} == set(places)
    assert all("kvar i historiken" in p.message() for p in problems)


# ---- the second net by itself --------------------------------------------------------------------

TEXT_FORMS = (semicolons, commas, tabs, in_page, as_json, program)


def caught(table: Table, words: Words, *, code: bool = False) -> list[bool]:
    texts = (form(table).decode("utf-8-sig") for form in TEXT_FORMS)
    return [bool(raw_findings(text, words, code=code)) for text in texts]


@pytest.mark.parametrize("code", [False, True], ids=["text", "program"])
@pytest.mark.parametrize("tool", TOOLS)
def test_headings_are_not_needed(tool: str, code: bool, words: Words) -> None:
    """Somebody wrote other headings: what the rows hold is enough."""
    head, *rows = TOOLS[tool](ROWS)
    assert all(caught([[f"k{i}" for i in range(len(head))], *rows], words, code=code))


def test_the_words_of_the_instance_are_not_needed() -> None:
    for make in TOOLS.values():
        assert all(caught(make(ROWS), words_from()))


@pytest.mark.parametrize("tool", TOOLS)
def test_few_rows(tool: str, words: Words) -> None:
    """In a page five answers are enough; in a program eight, since tests have small tables."""
    assert all(caught(TOOLS[tool](5), words))
    assert sum(caught(TOOLS[tool](12), words, code=True)) == len(TEXT_FORMS)


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_other_forms(form: str, words: Words) -> None:
    for tool, make in TOOLS.items():
        text = OTHER_FORMS[form](make(ROWS)).decode("utf-8")
        assert raw_findings(text, words, code=False), tool


@pytest.mark.parametrize("tool", TOOLS)
def test_in_the_middle_of_a_long_text(tool: str, words: Words) -> None:
    prose = "Vi går, vi ser; vi skriver | och räknar, sedan, tyst.\n\nEn rad till; kort, bara.\n" * 120
    for form in TEXT_FORMS:
        text = f"{prose}\n{form(TOOLS[tool](ROWS)).decode('utf-8-sig')}\n\n{prose}"
        assert raw_findings(text, words, code=False), form
        assert raw_findings(text, words, code=True), form


def test_among_thousands_of_other_names(words: Words) -> None:
    others = "".join(f"namn: ord {i}\nadress: plats {i}\n" for i in range(3_000))
    for form in (yaml_records, pretty_json, jsonl):
        text = f"{others}{form(TOOLS['Kobo'](ROWS)).decode()}\n{others}"
        assert raw_findings(text, words, code=False), form


def test_one_question(words: Words) -> None:
    """A form with a single question: a moment and a text, two columns."""
    rows = [
        [f"{a.moment:%Y-%m-%d %H:%M}", a.text or f"Bråk vid kiosken igen {a.number}"] for a in answers(20)
    ]
    for form in (semicolons, tabs, as_json):
        assert raw_findings(form([["När", "Vad"], *rows]).decode("utf-8-sig"), words, code=False)


def test_only_what_was_asked(words: Words) -> None:
    """The columns of the tool were taken away before it was pasted, and the free text."""
    for first in (0, 1, 2):
        table = [[str(i) for i in range(first, 6)], *(a.told[first:6] for a in answers(ROWS))]
        assert all(caught(table, words))


@pytest.mark.parametrize("period", ["2025-v05-06", "2024-v37-38", "2026-v43-44", "2026-v45-46"])
def test_the_exports_of_the_example_itself(period: str, words: Words) -> None:
    raw = export_bytes(period)
    for path in (
        "content/om.md",
        "data/kalender.csv",
        "tests/x/cases/y/in/svar.csv",
        "scripts/a.py",
        "svar.xlsx",
    ):
        assert not passed(raw, path, words), path


def test_the_member_register(words: Words) -> None:
    text = members_text().encode()
    for path in ("data/medlemmar.csv", "content/medlemmar.csv", "tests/x/medlemmar.csv", "medlemmar.yml"):
        assert not passed(text, path, words), path


def test_inside_compiled_words(words: Words) -> None:
    path = "est_build/cli/locale/sv/LC_MESSAGES/messages.mo"
    real = (ROOT / path).read_bytes()
    assert passed(real, path, words)
    assert not passed(real + b"\x00" + commas(TOOLS["kodad fil"](ROWS)), path, words)


def test_the_reasons_say_what_was_seen(words: Words) -> None:
    (found,) = inspect_text("content/om.md", in_page(TOOLS["SurveyMonkey"](ROWS)), words)
    assert found.why.sv.startswith("svarets nummer, när svaret kom in, ip-adress, kolumner som bara")
    assert found.why.sv.endswith("en kolumn med fritext och kolumner med enkätens svarsalternativ")
    assert found.line == 9
    (found,) = inspect_text("data/a.xlsx", WHOLE_FILES["xlsx"][1](TOOLS["kodad fil"](3)), words)
    assert found.why.sv == "en kalkylfil"


def inspect_text(path: str, content: bytes, words: Words) -> list[Finding]:
    return list(inspect(Entry(path, "100644", len(content), content), words))


def test_every_kind_of_refusal_is_met(exports: dict[tuple[str, str], bytes], repo: Repo) -> None:
    """The canaries reach each of the checks: place, name, bytes, shape, heuristics, encoding."""
    for i, content in enumerate(exports.values()):
        repo.write(f"data/{i}.md", content)
        repo.write(f"content/{i}.md", content)
    repo.write("data/1.csv", exports["kodad fil", "csv ;"])
    repo.write("data/kalender.csv", exports["kodad fil", "csv ,"])
    repo.git("add", "-f", "-A")
    found = repo.staged()
    assert codes(found) >= {"EST431", "EST432", "EST433", "EST434", "EST435", "EST436"}
    per_file = Counter(p.place.file for p in found.problems)
    assert len(per_file) == 2 * len(exports) + 2

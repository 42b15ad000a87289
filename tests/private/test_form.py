"""The form that ``survey`` writes: valid in each tool, closed, in two languages, with the lists in force."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result
from pyxform.xls2xform import convert

from est_build.cli.main import main
from est_build.demo.survey import members_text
from est_build.load.frame import Frame, load_frame
from est_build.prepare.codes import member_words, short_code
from est_build.prepare.folding import fold
from est_build.prepare.form.limesurvey import limesurvey
from est_build.prepare.form.listing import listing
from est_build.prepare.form.questions import Form, Question, Scope, build_form
from est_build.prepare.form.write import SHOWN, form_files
from est_build.prepare.form.xlsform import xlsform
from est_build.prepare.settings import read_members
from est_build.prepare.words import Words, build_words
from est_build.schema.survey import Member, Survey
from tests.conftest import ROOT

from .instance import AREAS, MEMBERS, Instance, digest, write_members
from .lime_reader import read_lime
from .refusal import ENGLISH, Said, said_of
from .replies import DAY, form_of

TOOLS = tuple(SHOWN)


def survey(instance: Instance, *more: str) -> Result:
    arguments = ["survey", "--data", str(instance.data), "--enkat", str(instance.survey), "--dag", str(DAY)]
    return CliRunner().invoke(main, [*arguments, *more])


def refused(instance: Instance, *more: str) -> Said:
    before = digest(instance.data, instance.private)
    result = survey(instance, *more)
    said = said_of(result)
    assert said.exit_code == 1, said.text
    assert digest(instance.data, instance.private) == before
    assert not ENGLISH.search(re.sub(r"”[^”]*”", "", said.text)), said.text
    return said


@pytest.fixture
def form(tiny: Instance) -> Form:
    return form_of(tiny)


def questions(form: Form) -> Iterator[Question]:
    asked = (form.report, form.town, form.organisation, form.group, *form.observed, form.more)
    yield from (question for question in asked if question is not None)


# ---- what is asked --------------------------------------------------------------------------------


def test_every_list_is_asked_for_as_it_is_counted(tiny: Instance, form: Form) -> None:
    frame = load_frame(tiny.data)
    counted = [leaf.sv for group in frame.codes.groups(2027) for leaf in frame.codes.leaves(group.id, 2027)]
    assert [c.text.sv for c in form.category.choices] == counted
    assert len(counted) > 50
    areas = {c.text.sv for c in form.area.choices if not c.name.startswith("hela_")}
    assert areas == {name for name, _, _ in AREAS.values()}
    assert {c.text.sv for c in form.organisation.choices} == set(MEMBERS)
    assert form.time.choices[0].text.sv == "Vardag förmiddag (måndag till fredag 06–12)"
    assert form.time.choices[0].text.en == "Weekday morning (Monday to Friday 06–12)"
    for question in (form.place, form.time):
        assert question.choices[-1].text.sv == "Vet inte"


def test_nothing_to_report_comes_first(form: Form) -> None:
    assert form.report.choices[0].text.sv == "Inget att rapportera"
    book = openpyxl.load_workbook(io.BytesIO(xlsform(form)))
    asked = [row[0].value for row in book["survey"].iter_rows(min_row=2) if row[0].value != "note"]
    assert asked[0] == "select_one rapport"
    first = next(iter(read_lime(limesurvey(form).encode()).questions.values()))
    assert next(iter(first.answers.values()))["sv"] == "Inget att rapportera"
    # Microsoft Forms leaves at once when it branches: who answers is asked before, all else after.
    order = ("\nVilken organisation svarar du för?\n", "\nInget att rapportera\n", "\nVad har ni sett?\n")
    places = [listing(form, "sv").index(text) for text in order]
    assert places == sorted(places)


def test_no_question_takes_free_text(form: Form) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform(form)))
    kinds = {str(row[0].value).split()[0] for row in book["survey"].iter_rows(min_row=2)}
    assert kinds == {"note", "select_one", "select_multiple", "begin_repeat", "end_repeat"}
    assert "or_other" not in str([[c.value for c in row] for row in book["survey"].iter_rows()])
    for question in read_lime(limesurvey(form).encode()).questions.values():
        assert question.other == "N"
        assert question.mandatory == "Y"
    warning = "Skriv aldrig namn"
    assert warning in form.intro[-1].sv
    for text in (
        limesurvey(form),
        listing(form, "sv"),
        str([c.value for r in book["survey"].rows for c in r]),
    ):
        assert warning in text


def test_both_languages_everywhere(form: Form) -> None:
    swedish = re.compile(r"[åäöÅÄÖ]|\b(?:och|eller|vad|inte)\b", re.IGNORECASE)
    names = {c.text.en for q in (form.organisation, form.area, form.town) if q for c in q.choices}
    for question in questions(form):
        assert question.text.sv != question.text.en
        for choice in question.choices:
            assert choice.text.sv
            if choice.text.en not in names:
                assert not swedish.search(choice.text.en), choice.text.en
    english = listing(form, "en")
    rest = [line for line in english.splitlines() if line not in names and ": " not in line]
    assert not [line for line in rest if swedish.search(line)]


def test_every_choice_is_understood(tiny: Instance, form: Form) -> None:
    """Names, codes and both labels, each as its own code: it does not matter what a tool exports."""
    _check_words(load_frame(tiny.data), form)


def test_every_choice_of_the_example_is_understood() -> None:
    """Five municipalities, many areas, and a category of their own."""
    members = [Member.model_validate(row) for row in csv.DictReader(members_text().splitlines())]
    frame = load_frame(ROOT / "data")
    towns = tuple(t.kod for t in frame.site.kommuner)
    form = build_form(frame, members, Scope(dt.date(2026, 11, 10), towns, 3))
    assert "A-traktorer" in {c.text.sv for c in form.category.choices}
    _check_words(frame, form)
    read_lime(limesurvey(form).encode())
    assert convert(xlsform=xlsform(form), validate=False).xform


def _check_words(frame: Frame, form: Form) -> None:
    words: Words = build_words(frame, Survey(format="1"), form_year(frame))
    lists = {
        "kategori": (form.category, "kategorier"),
        "miljo": (form.place, "miljoer"),
        "tid": (form.time, "tider"),
    }
    for column, (question, name) in lists.items():
        codes = {c.replace(".", "_").replace("-", "_"): c for c in frame.codes.lists[name]}  # type: ignore[index]
        for choice in question.choices:
            code = codes[choice.name]
            for word in (choice.name, choice.short, choice.text.sv, choice.text.en):
                found = words.code(column, word)
                assert found == code or (found in ("", "okand") and code == "okand"), (column, word, found)
    for town in form.towns:
        for choice in (c for c in form.area.choices if c.under in (town.id, town.id.replace("-", "_"))):
            for word in (
                choice.name,
                choice.short,
                choice.text.sv,
                choice.text.en,
                f"{town.namn}: {choice.text.sv}",
            ):
                whole = fold(word) in words.whole[town.kod]
                assert whole == choice.name.startswith("hela_"), word
                assert whole or fold(word) in words.areas[town.kod], word


def form_year(frame: Frame) -> int:
    return frame.calendar.years[-1].start.year if frame.calendar.years else 2026


def test_choices_that_look_the_same_are_told_apart(tiny: Instance) -> None:
    """``Annat`` in two groups gets its group before it; two that cannot be told apart are refused."""
    own = "".join(
        f"  - {{id: {group}.annat, sv: Annat, en: Other, forald: {group}}}\n"
        for group in ("ordning", "trafik")
    )
    (tiny.data / "kodlistor.yml").write_text(f'format: "1"\negna_kategorier:\n{own}', encoding="utf-8")
    form = form_of(tiny)
    labels = [c.text.sv for c in form.category.choices if c.name.endswith("_annat")]
    assert labels == ["Ordningsstörningar och bråk: Annat", "Trafik och motorburen otrygghet: Annat"]
    _check_words(load_frame(tiny.data), form)
    same = "andringar:\n  miljoer:\n    torg: {sv: Park och grönområde}\n"
    (tiny.data / "kodlistor.yml").write_text(f'format: "1"\n{same}', encoding="utf-8")
    said = refused(tiny)
    assert said.problems == (("EST536", "frågan miljo"),)


def test_codes_are_short_lasting_and_different(tiny: Instance) -> None:
    """A digest: nobody's code changes when somebody else comes or goes."""
    assert short_code("kategori", "trafik.buskorning") == short_code("kategori", "trafik.buskorning")
    many = {short_code("organisation", str(n)) for n in range(3000)}
    assert len(many) >= 2999
    assert all(re.fullmatch("[a-z][a-z0-9]{4}", code) for code in many)
    before = {c.text.sv: (c.name, c.short) for c in form_of(tiny).organisation.choices}
    write_members(tiny, {"Norrby skola": {"till": "2026-06-30"}, "Norrby park": {"inbjuden": "nej"}})
    after = {c.text.sv: (c.name, c.short) for c in form_of(tiny).organisation.choices}
    assert set(before) - set(after) == {"Norrby skola", "Norrby park"}
    assert all(before[name] == codes for name, codes in after.items())


def test_members_of_the_same_name(tiny: Instance) -> None:
    """The police of two municipalities, and two names that differ in a sign only."""
    text = tiny.members.read_text(encoding="utf-8")
    text = text.replace("Norrby polis", "Polisen").replace("Söderby polis", "Polisen")
    text = text.replace("Norrby idrott", "Norrby-skola")
    tiny.members.write_text(text, encoding="utf-8")
    form = form_of(tiny)
    names = [c.name for c in form.organisation.choices]
    assert len(set(names)) == len(names)
    assert {"polisen_9901", "polisen_9902"} < set(names)
    assert listing(form, "sv").count("\nPolisen\n") == 1
    members, _ = read_members(tiny.members, load_frame(tiny.data))
    by_word: dict[str, set[tuple[str, str]]] = {}
    for word, member in member_words(members):
        by_word.setdefault(word, set()).add((member.organisation, member.kommun))
    assert len(by_word["polisen"]) == 2
    assert all(len(found) == 1 for word, found in by_word.items() if word != "polisen")


# ---- each tool ------------------------------------------------------------------------------------


def test_xlsform_is_valid(form: Form) -> None:
    warnings: list[str] = []
    result = convert(xlsform=xlsform(form), warnings=warnings, validate=False)
    assert warnings == []
    root = ElementTree.fromstring(result.xform)
    languages = [e.get("lang") for e in root.iter("{http://www.w3.org/2002/xforms}translation")]
    assert languages == ["Svenska (sv)", "English (en)"]
    text = result.xform
    assert text.count("<repeat ") == 1
    assert "/est_enkat/rapport" in text or "/data/rapport" in text
    assert not re.search(r"<input\b", re.sub(r"<input[^>]*(?:inledning|varning)[^>]*>", "", text))


def test_the_form_has_one_municipality_or_several(tiny: Instance) -> None:
    form, one = form_of(tiny), form_of(tiny, towns=["9901"])
    for each in (form, one):
        book = openpyxl.load_workbook(io.BytesIO(xlsform(each)))
        names = [row[1].value for row in book["survey"].iter_rows(min_row=2)]
        assert ("kommun" in names) == (each.town is not None)
        assert convert(xlsform=xlsform(each), validate=False).xform
        read_lime(limesurvey(each).encode())
    assert "Norrby: Ekby\n" in listing(form, "sv")
    assert "\nEkby\n" in listing(one, "sv")


@pytest.mark.parametrize("count", [1, 3, 6])
def test_limesurvey_is_valid(tiny: Instance, count: int) -> None:
    found = read_lime(limesurvey(form_of(tiny, count)).encode())
    assert len(found.groups) == count + 1
    assert [g["en"] for g in found.groups.values()][1] == "Observation 1"
    # Nothing about the one who answers is kept, and an anonymous answer still has its day.
    kept = {
        name: found.settings[name] for name in ("anonymized", "datestamp", "ipaddr", "refurl", "savetimings")
    }
    assert kept == {"anonymized": "Y", "datestamp": "Y", "ipaddr": "N", "refurl": "N", "savetimings": "N"}
    last = found.questions[f"tid{count}"]
    assert found.group_relevance[last.group] == (
        'rapport.NAOK == "ja"' if count == 1 else f'mer{count - 1}.NAOK == "ja"'
    )
    assert f"mer{count}" not in found.questions


def test_the_list_has_an_answer_a_line(form: Form) -> None:
    """Pasted into a form, each line becomes an answer: no bullets, no numbers, nothing else."""
    lines = listing(form, "sv").splitlines()
    start = lines.index("Vad har ni sett?") + 3
    assert lines[start - 1] == "[flera svar, 53 att välja på]"
    assert lines[start : start + 53] == [c.text.sv for c in form.category.choices]
    assert lines[start + 53] == ""
    assert not [line for line in lines if line != line.strip()]


# ---- the command ----------------------------------------------------------------------------------


def test_same_form_same_bytes(tiny: Instance, form: Form, tmp_path: Path) -> None:
    first = form_files(form, TOOLS)
    assert form_files(form_of(tiny), TOOLS) == first
    book = openpyxl.load_workbook(io.BytesIO(first["formular/enkat-xlsform.xlsx"]))
    assert book.properties.created.year == book.properties.modified.year == 2023
    versions = {str(openpyxl.load_workbook(io.BytesIO(xlsform(f)))["settings"]["C2"].value)
                for f in (form, replace(form, towns=form.towns), replace(form, count=2))}  # fmt: skip
    assert len(versions) == 1, "versionen ändras bara med innehållet"


def test_what_is_written_and_said(tiny: Instance) -> None:
    tiny.survey.unlink()
    result = survey(tiny)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    written = sorted(p.relative_to(tiny.private).as_posix() for p in tiny.private.rglob("*") if p.is_file())
    assert written == [
        *(f"enkat-{tool}.yml" for tool in sorted(TOOLS)),
        *("formular/enkat-fragor.txt", "formular/enkat-limesurvey.txt", "formular/enkat-questions.txt"),
        *("formular/enkat-xlsform.xlsx", "medlemmar.csv"),
    ]
    assert all(name in result.stdout for name in written if name != "medlemmar.csv")
    for tool in TOOLS:
        path = tiny.private / f"enkat-{tool}.yml"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        found = Survey.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
        assert found.verktyg.lower().replace(" ", "-") == tool
    again = survey(tiny)
    assert again.exit_code == 0, "samma innehåll igen är inget att säga till om"


def test_one_tool_gets_the_usual_settings_if_there_are_none(tiny: Instance) -> None:
    tiny.survey.unlink()
    assert survey(tiny, "--verktyg", "limesurvey").exit_code == 0
    names = {p.name for p in tiny.private.iterdir()}
    assert names == {"enkat.yml", "formular", "medlemmar.csv"}
    assert survey(tiny, "--verktyg", "odk").exit_code == 0
    assert (tiny.private / "enkat-odk.yml").exists(), "enkat.yml skrivs aldrig över"


def test_the_register_that_the_settings_name(tiny: Instance) -> None:
    tiny.members.rename(tiny.private / "natverket.csv")
    tiny.survey.write_text('format: "1"\nmedlemmar: natverket.csv\n', encoding="utf-8")
    assert survey(tiny, "--verktyg", "odk").exit_code == 0
    text = (tiny.private / "enkat-odk.yml").read_text(encoding="utf-8")
    assert "medlemmar: natverket.csv" in text


def test_nothing_is_written_over(tiny: Instance) -> None:
    assert survey(tiny).exit_code == 0
    path = tiny.private / "formular" / "enkat-fragor.txt"
    path.write_text("ändrad för hand", encoding="utf-8")
    write_members(tiny, {"Norrby skola": {"inbjuden": "nej"}})
    said = refused(tiny)
    assert set(said.codes) == {"EST611"}
    assert len(said.problems) == 4, "fyra filer är ändrade, och alla nämns"
    result = survey(tiny, "--skriv-over")
    assert result.exit_code == 0
    assert "Norrby skola\n" not in path.read_text(encoding="utf-8")


def test_one_municipality(tiny: Instance) -> None:
    assert survey(tiny, "--kommun", "9902", "--verktyg", "microsoft-forms").exit_code == 0
    text = (tiny.private / "formular" / "enkat-fragor.txt").read_text(encoding="utf-8")
    assert "I vilken kommun?" not in text
    assert "Norrby" not in text
    assert "\nVik\n" in text
    assert refused(tiny, "--kommun", "9903").codes == ["EST303"]


def test_without_members_there_is_nobody_to_ask(tiny: Instance) -> None:
    header = tiny.members.read_text(encoding="utf-8").splitlines()[0]
    tiny.members.write_text(f"{header}\n", encoding="utf-8")
    assert refused(tiny).codes == ["EST534"]
    tiny.members.unlink()
    assert refused(tiny).codes == ["EST101"]


def test_the_register_never_leaves_the_private_side(tiny: Instance, tmp_path: Path) -> None:
    (tiny.private / ".git").mkdir()
    assert refused(tiny).codes == ["EST501"]
    (tiny.private / ".git").rmdir()
    inside = tiny.data / "privat"
    inside.mkdir()
    result = survey(replace(tiny), "--enkat", str(inside / "enkat.yml"))
    assert said_of(result).codes == ["EST502"]


@pytest.mark.parametrize("call", ["write_bytes", "replace", "chmod", "mkdir"])
def test_a_disk_that_refuses_leaves_nothing(
    tiny: Instance, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write fails: nothing new is there, and the next try works."""
    before = digest(tiny.private)
    real = getattr(Path, call)
    for number in (1, 4, 9):
        calls = 0

        def refusing(path: Path, *args: object, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == number:  # noqa: B023
                raise OSError(errno.ENOSPC, "x", str(path))
            return real(path, *args, **more)

        with monkeypatch.context() as inner:
            inner.setattr(Path, call, refusing)
            result = survey(tiny)
        if calls < number:
            break
        assert said_of(result).codes == ["EST520"]
        assert digest(tiny.private) == before
    assert survey(tiny, "--skriv-over").exit_code == 0

"""``enkat.yml`` for what our own form gives, in each tool: so that ``prepare`` needs no further work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from est_build.prepare.form import limesurvey as lime
from est_build.prepare.form import xlsform as xls
from est_build.prepare.form.questions import Choice, Form, Question, Text
from est_build.prepare.tools import KOBO, LIMESURVEY, ODK, SURVEY123, Tool
from est_build.schema.survey import Survey

XLSFORM_TOOLS = (KOBO, ODK, SURVEY123)
INGET = ["inget", "inget att rapportera", "Nothing to report"]


def survey_for(form: Form, tool: Tool, register: str) -> Survey:
    """How exports of ``form`` from ``tool`` are read. ``register``: the member register beside the file."""
    if tool in XLSFORM_TOOLS:
        found = _xlsform(form, tool)
    elif tool is LIMESURVEY:
        found = _limesurvey(form)
    else:
        found = _pasted(form)
    more: dict[str, Any] = {"tidszon": "UTC"} if tool.utc else {}
    more |= {"rad_per_svar": True} if tool.rows_are_answers else {}
    more |= {"oavslutade": True} if tool.drafts else {}
    more |= {"medlemmar": register} if register != "medlemmar.csv" else {}
    return Survey(format="1", verktyg=tool.name, inget=tuple(INGET), **found, **more)


def _both(*texts: Text) -> Iterator[str]:
    for text in texts:
        yield from dict.fromkeys((text.sv, text.en))


def _named(question: Question) -> list[str]:
    """The name, and the text in both languages: tools export either."""
    return [question.name, *_both(question.text)]


def _xlsform(form: Form, tool: Tool) -> dict[str, Any]:
    columns: dict[str, list[str]] = {"organisation": _named(form.organisation)}
    if form.town is not None:
        columns["kommun"] = _named(form.town)
    for question in form.observed:
        # With the group before it, if the export is asked to show groups.
        groups = [xls.REPEAT, *_both(xls.REPEAT_TEXT)]
        inside = [f"{group}/{name}" for group, name in zip(groups, _named(question), strict=True)]
        columns[question.name] = [*_named(question), *inside]
        if question.several:
            columns[question.name] += [f"{heading}/*" for heading in (*_named(question), *inside)]
    skipped = [form.group.name, *_both(form.group.text)]
    skipped += [f"*/{name}" for name in _named(form.group)]
    skipped += [*xls.NOTES, *_both(*form.intro), xls.REPEAT, *_both(xls.REPEAT_TEXT)]
    return {
        "kolumner": columns,
        "inget_kolumn": _named(form.report),
        "ignorera": list(dict.fromkeys(skipped)),
    }


def _limesurvey(form: Form) -> dict[str, Any]:
    towns: Sequence[Choice | None] = form.town.choices if form.town is not None else [None]
    columns: dict[str, list[str]] = {"organisation": []}
    for town in towns:
        text = form.organisation.text if town is None else lime.organisation_text(form, town)
        columns["organisation"] += [lime.organisation_code(form, town), *_both(text)]
    if form.town is not None:
        columns["kommun"] = _named(form.town)
    blocks = []
    for number in range(1, form.count + 1):
        asked = lime.numbered(form.category.text, number)
        codes = [f"kat{number}*[*]", f"kat{number}*_*"]
        block = {"kategori": [*codes, *(f"{text}*[*]" for text in _both(asked))]}
        block["omrade"] = [
            heading
            for town in towns
            for heading in (lime.area_code(number, town), *_both(_area_text(form, number, town)))
        ]
        for question, code in ((form.place, "miljo"), (form.time, "tid")):
            block[question.name] = [f"{code}{number}", *_both(lime.numbered(question.text, number))]
        blocks.append(block)
    asides = [lime.numbered(text, 0) for text in (form.group.text, form.more.text)]
    skipped = ["grp*", "mer*", *(text.replace(" 0.", " *.") for text in _both(*asides))]
    return {
        "kolumner": columns,
        "iakttagelser": blocks,
        "inget_kolumn": _named(form.report),
        "ignorera": skipped,
    }


def _area_text(form: Form, number: int, town: Choice | None) -> Text:
    return lime.numbered(form.area.text, number) if town is None else lime.area_text(form, number, town)


def _pasted(form: Form) -> dict[str, Any]:
    """Texts only. A copied section has the same texts, which get a number in the export."""
    columns: dict[str, list[str]] = {"organisation": list(_both(form.organisation.text))}
    if form.town is not None:
        columns["kommun"] = list(_both(form.town.text))
    blocks = []
    for number in range(1, form.count + 1):
        suffix = "" if number == 1 else str(number)
        blocks.append({q.name: [f"{text}{suffix}" for text in _both(q.text)] for q in form.observed})
    skipped = [f"{text}{suffix}" for text in _both(form.more.text) for suffix in ("", "*")]
    return {
        "kolumner": columns,
        "iakttagelser": blocks,
        "inget_kolumn": list(_both(form.report.text)),
        "ignorera": skipped,
    }

"""The form as XLSForm: a workbook that KoboToolbox, ODK and Survey123 open.

Observations are a group that repeats. The group of a category narrows the categories down, and the
municipality narrows organisations and areas down (cascading choices).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence

from est_build.prepare.form.questions import Choice, Form, Question, Text
from est_build.prepare.workbook import timeless

SV, EN = "Svenska (sv)", "English (en)"
REPEAT = "iakttagelse"
REPEAT_TEXT = Text("Iakttagelse", "Observation")
NOTES = ("inledning", "varning")
SURVEY_COLUMNS = (
    *("type", "name", f"label::{SV}", f"label::{EN}", f"hint::{SV}", f"hint::{EN}"),
    *("required", "relevant", "choice_filter", "appearance"),
)
CHOICE_COLUMNS = ("list_name", "name", f"label::{SV}", f"label::{EN}", "under")
LONG = 12
"""Answers from which a list is folded up and can be searched."""
Sheet = list[list[str]]


def xlsform(form: Form) -> bytes:
    """The workbook. Same form, same bytes."""
    import openpyxl

    survey, choices = _survey(form), _choices(form)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (
        ("survey", survey),
        ("choices", choices),
        ("settings", _settings(form, survey, choices)),
    ):
        page = book.create_sheet(title)
        for row in rows:
            page.append([cell or None for cell in row])
        for cells in page.iter_rows():
            for cell in cells:
                # A label that begins with = is a text.
                cell.data_type = "s" if cell.value is not None else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _settings(form: Form, *sheets: Sheet) -> Sheet:
    """A version that changes with the content, and with nothing else."""
    version = hashlib.blake2b(repr(sheets).encode(), digest_size=4).hexdigest()
    return [
        ["form_title", "form_id", "version", "default_language"],
        [form.title.sv, "est_enkat", version, SV],
    ]


def _survey(form: Form) -> Sheet:
    seen = "${rapport} = 'ja'"
    rows: Sheet = [list(SURVEY_COLUMNS)]
    for name, text in zip(NOTES, form.intro, strict=True):
        rows.append(_row("note", name, text))
    rows.append(_select(form.report))
    if form.town is not None:
        rows.append(_select(form.town))
    rows.append(_select(form.organisation, _within(form, "kommun")))
    rows.append(_row("begin_repeat", REPEAT, REPEAT_TEXT, relevant=seen))
    rows.append(_select(form.group))
    rows.append(_select(form.category, f"under = ${{{form.group.name}}}"))
    rows.append(_select(form.area, _within(form, "kommun")))
    rows += [_select(form.place), _select(form.time)]
    rows.append(_row("end_repeat", ""))
    return rows


def _within(form: Form, question: str) -> str:
    return f"under = ${{{question}}}" if form.town is not None else ""


def _select(question: Question, narrowed: str = "") -> list[str]:
    kind = f"select_{'multiple' if question.several else 'one'} {question.name}"
    shown = len(question.choices) > LONG and not question.several and question.name != "grupp"
    look = "minimal autocomplete" if shown else ""
    return _row(kind, question.name, question.text, question.hint, narrowed, required="yes", appearance=look)


def _row(
    kind: str, name: str, text: Text | None = None, hint: Text | None = None, narrowed: str = "", **more: str
) -> list[str]:
    cells = {"type": kind, "name": name, "choice_filter": narrowed, **more}
    if text is not None:
        cells |= {f"label::{SV}": text.sv, f"label::{EN}": text.en}
    if hint is not None:
        cells |= {f"hint::{SV}": hint.sv, f"hint::{EN}": hint.en}
    return [cells.get(column, "") for column in SURVEY_COLUMNS]


def _choices(form: Form) -> Sheet:
    rows: Sheet = [list(CHOICE_COLUMNS)]
    asked = (form.report, form.town, form.organisation, form.group, *form.observed)
    for question in asked:
        if question is not None:
            rows += _listed(question.name, question.choices)
    return rows


def _listed(name: str, choices: Sequence[Choice]) -> Iterator[list[str]]:
    return ([name, c.name, c.text.sv, c.text.en, c.under] for c in choices)

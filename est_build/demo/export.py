"""Exports as a survey tool writes them: Swedish questions, words instead of codes, free text.

Odd years are CSV as a Swedish spreadsheet saves it (semicolon, byte order mark, CRLF), even years
CSV as a survey service gives it (comma, LF), and a few fortnights are workbooks. In 2026 the form
changes, and with it the headings (story n).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from est_build.demo.answers import Answer, Report, answers
from est_build.demo.calendar import calendar, index_of
from est_build.demo.chance import Chance
from est_build.demo.places import BY_CODE, localities
from est_build.demo.profiles import SPLIT_YEAR
from est_build.demo.stories import NEW_FORM
from est_build.demo.words import FREE_TEXTS, category_word, form_words, label
from est_build.prepare.workbook import timeless

WORKBOOKS = frozenset({"2024-v05-06", "2024-v35-36", "2026-v01-02", "2026-v45-46"})
"""Fortnights whose export is a workbook."""
CANARY = "KANARIE-"
"""Begins a mark in some free texts: found anywhere outside the private side, it is a leak."""
SHEET = "Svar"


class Form(NamedTuple):
    """A version of the survey form. Headings by canonical column, in the order of the export."""

    name: str
    headings: dict[str, str]
    ignored: tuple[str, str]
    """Columns that the tool adds and nobody uses: the first stands early, the second last."""


OLD = Form(
    "2023",
    {
        "svar_id": "Svarsnummer",
        "inskickat": "Slutfört",
        "organisation": "Vilken verksamhet svarar du för?",
        "sektor": "Typ av verksamhet",
        "kommun": "I vilken kommun?",
        "omrade": "Var var det ungefär?",
        "kategori": "Vad har ni sett?",
        "miljo": "På vilken sorts plats?",
        "veckodag": "Vilken veckodag?",
        "tid": "Vilken tid på dygnet?",
        "fritext": "Berätta kort med egna ord (skriv inga namn)",
    },
    ("Enkätens språk", "Hur lång tid tog det att svara? (minuter)"),
)
NEW = Form(
    "2026",
    {
        "svar_id": "ID",
        "inskickat": "Tidpunkt för inskick",
        "organisation": "Verksamhet",
        "sektor": "Sektor",
        "kommun": "Kommun",
        "omrade": "I vilken ort eller dess omgivning?",
        "kategori": "Vad gäller det? (flera svar möjliga)",
        "veckodag": "Veckodag",
        "tid": "Tid på dygnet",
        "miljo": "Miljö",
        "fritext": "Egna ord (inga namn, inga adresser)",
    },
    ("Status", "Synpunkter på enkäten"),
)


def form_of(period: str) -> Form:
    """The form that was in use in a fortnight."""
    return NEW if index_of(period) >= index_of(NEW_FORM) else OLD


def is_workbook(period: str) -> bool:
    """True if the fortnight's export is XLSX."""
    return period in WORKBOOKS


def _free_text(chance: Chance, number: int, row: int) -> str:
    """Now and then a harmless sentence with a mark of its own."""
    if not chance.happens(0.06):
        return ""
    sentence = chance.pick(FREE_TEXTS, [1.0] * len(FREE_TEXTS))
    return f"{sentence} {CANARY}{number:05d}{row:02d}"


def _merged(chance: Chance, reports: tuple[Report, ...]) -> Iterator[tuple[Report, str]]:
    """Reports with the words of their category; the new form takes several in one row."""
    waiting = list(reports)
    while waiting:
        first = waiting.pop(0)
        words = [category_word(first.kategori, SPLIT_YEAR)]
        twin = next((r for r in waiting if r._replace(kategori=first.kategori) == first), None)
        if twin is not None and twin.kategori != first.kategori and chance.happens(0.8):
            waiting.remove(twin)
            words.append(category_word(twin.kategori, SPLIT_YEAR))
        yield first, ";".join(words)


def _rows(period: str) -> Iterator[dict[str, str]]:
    """Rows of the export as words, by canonical column (and the two columns nobody uses)."""
    form = form_of(period)
    words = form_words(form.name)
    areas = {place.id: place.namn for place in localities()} | {"": "Hela kommunen"}
    year = calendar()[index_of(period)].ar
    for number, answer in enumerate(answers(period), start=index_of(period) * 200 + 1001):
        chance = Chance("fritext", period, answer.organisation, number)
        common = {
            "svar_id": str(number),
            "inskickat": _moment(answer, form),
            "organisation": answer.organisation,
            "sektor": label("sektorer", answer.sektor),
            "kommun": BY_CODE[answer.kommun].namn,
            form.ignored[0]: "svenska" if form is OLD else "Slutförd",
            form.ignored[1]: str(chance.whole(2, 14)) if form is OLD else "",
        }
        if not answer.rapporter:
            yield common | {"kategori": words.nothing}
            continue
        pairs: list[tuple[Report, str]]
        if form is NEW:
            pairs = list(_merged(chance, answer.rapporter))
        else:
            pairs = [(r, category_word(r.kategori, year)) for r in answer.rapporter]
        for row, (report, category) in enumerate(pairs):
            yield common | {
                "omrade": words.area.get(report.omrade, areas[report.omrade]),
                "kategori": category,
                "miljo": label("miljoer", report.miljo),
                "veckodag": words.weekday[report.veckodag],
                "tid": words.daypart[report.tid],
                "fritext": _free_text(chance, number, row),
            }


def _moment(answer: Answer, form: Form) -> str:
    if form is OLD:
        return answer.inskickat.isoformat(sep=" ", timespec="minutes")
    return answer.inskickat.isoformat(timespec="seconds")


def _table(period: str) -> list[list[str]]:
    """Heading and rows as they stand in the export."""
    form = form_of(period)
    columns = [("", form.ignored[0]), *form.headings.items(), ("", form.ignored[1])]
    columns[0], columns[1] = columns[1], columns[0]
    table = [[heading for _, heading in columns]]
    for row in _rows(period):
        table.append([row.get(canonical or heading, "") for canonical, heading in columns])
    return table


def _csv_bytes(period: str) -> bytes:
    spreadsheet = calendar()[index_of(period)].ar % 2 == 1
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=";" if spreadsheet else ",",
        lineterminator="\r\n" if spreadsheet else "\n",
    )
    writer.writerows(_table(period))
    return out.getvalue().encode("utf-8-sig" if spreadsheet else "utf-8")


def _workbook_bytes(period: str) -> bytes:
    """A workbook with real dates in their cells and a sheet of information after the answers."""
    table = _table(period)
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("En ny arbetsbok saknar blad.")
    sheet.title = SHEET
    sheet.append(table[0])
    moment = table[0].index(form_of(period).headings["inskickat"])
    for row in table[1:]:
        cells: list[str | int | dt.datetime | None] = [cell or None for cell in row]
        cells[0] = int(row[0])
        cells[moment] = dt.datetime.fromisoformat(row[moment])
        sheet.append(cells)
    about = book.create_sheet("Om enkäten")
    about.append(["Exempel med påhittade svar"])
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def export_bytes(period: str) -> bytes:
    """The export of one fortnight, as CSV or as a workbook."""
    return _workbook_bytes(period) if is_workbook(period) else _csv_bytes(period)


def write_export(period: str, folder: Path) -> Path:
    """Write the export of one fortnight into a private folder and return its path."""
    path = folder / f"svar-{period}{'.xlsx' if is_workbook(period) else '.csv'}"
    path.write_bytes(export_bytes(period))
    return path

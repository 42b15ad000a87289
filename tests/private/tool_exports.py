"""The same answers as each survey tool exports them, in the forms that its documentation describes.

Everything is invented and made from a seed. What is odd here is odd in the tools: semicolons after every
choice, dates as numbers, headings that occur twice, hard blanks, translated headings, empty rows at the end.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from est_build.prepare.form import limesurvey as lime
from est_build.prepare.form.listing import areas
from est_build.prepare.form.questions import Choice, Form, Question, Text

from .replies import Chosen, Reply, chosen, local, organisation, town

Table = list[list[Any]]
Files = dict[str, bytes]
"""File name -> content: what the coordinator hands to ``prepare``."""
Export = Callable[[Form, Sequence[Reply]], Files]


def sent(answers: Sequence[Reply]) -> list[Reply]:
    return [reply for reply in answers if not reply.draft]


def say(text: Text, lang: str) -> str:
    return str(getattr(text, lang))


# ---- writing -------------------------------------------------------------------------------------


def book_bytes(sheets: dict[str, Table], *, dates: str = "", blank_rows: int = 0) -> bytes:
    """A workbook. ``dates``: the number format of real dates; without one they become serial numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append([_serial(c) if isinstance(c, dt.datetime) and not dates else c for c in row])
        for cells in page.iter_rows():
            for cell in cells:
                if isinstance(cell.value, dt.datetime):
                    cell.number_format = dates
                elif isinstance(cell.value, str):
                    cell.data_type = "s"
        for _ in range(blank_rows):
            page.append(["" for _ in rows[0]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _serial(moment: dt.datetime) -> float:
    return (moment - local(1899, 12, 30, 0)) / dt.timedelta(days=1)


def csv_bytes(
    rows: Table, *, delimiter: str = ",", quoting: int = csv.QUOTE_ALL, bom: bool = False, newline: str = "\n"
) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=newline).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def zip_bytes(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


# ---- Microsoft Forms and Google Forms: the pasted list ----------------------------------------------


def _pasted(form: Form, lang: str) -> list[str]:
    """Headings as they were pasted: those of an observation once more for each."""
    assert form.town is not None
    block = [say(q.text, lang) for q in (form.category, form.area, form.place, form.time, form.more)]
    headings = [say(q.text, lang) for q in (form.town, form.organisation, form.report)]
    for number in range(1, form.count + 1):
        headings += block if number < form.count else block[:-1]
    return headings


def _pasted_cells(form: Form, reply: Reply, lang: str, joined: Callable[[Iterable[str]], str]) -> list[str]:
    flat = areas(form)
    cells = [
        say(town(form, reply).text, lang),
        reply.organisation,
        say(form.report.choices[bool(reply.told)].text, lang),
    ]
    for number in range(1, form.count + 1):
        more = [say(form.more.choices[number < len(reply.told)].text, lang)] if number < form.count else []
        if number > len(reply.told):
            cells += ["", "", "", "", *("" for _ in more)]
            continue
        seen = chosen(form, reply, reply.told[number - 1])
        area = next(c for c in flat.choices if c.name == seen.area.name)
        cells += [joined(say(c.text, lang) for c in seen.categories), say(area.text, lang)]
        cells += [say(seen.place.text, lang), say(seen.time.text, lang), *more]
    return cells


def _again(headings: Sequence[str]) -> list[str]:
    """A heading that has come before gets a number: ``Fråga``, ``Fråga2``."""
    return [
        h if headings[:i].count(h) == 0 else f"{h}{headings[:i].count(h) + 1}" for i, h in enumerate(headings)
    ]


def microsoft(lang: str, dates: str) -> Export:
    """Excel from Microsoft Forms, in the language of the one who exports."""
    own = {
        "sv": ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"],
        "en": ["ID", "Start time", "Completion time", "Email", "Name"],
    }[lang]

    def made(form: Form, answers: Sequence[Reply]) -> Files:
        # A hard blank after a question, as when it was pasted from a document.
        rows: Table = [[*own, *(f"{h}\xa0" for h in _again(_pasted(form, lang)))]]
        for reply in sent(answers):
            cells = _pasted_cells(form, reply, lang, lambda words: "".join(f"{w};" for w in words))
            begun = reply.moment - dt.timedelta(minutes=4)
            rows.append([reply.number, begun, reply.moment, "anonymous", None, *(c or None for c in cells)])
        return {"Enkat(1-52).xlsx": book_bytes({"Sheet1": rows}, dates=dates, blank_rows=40)}

    return made


def _forms_clock(moment: dt.datetime) -> str:
    """``2026/12/30 3:08:44 em CET``."""
    half = "em" if moment.hour >= 12 else "fm"
    return f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}{moment:%M:%S} {half} CET".replace(
        f"{moment.hour % 12 or 12}{moment:%M}", f"{moment.hour % 12 or 12}:{moment:%M}"
    )


def google_download(form: Form, answers: Sequence[Reply]) -> Files:
    """CSV from Google Forms itself: headings that occur again are the same."""
    rows: Table = [["Tidstämpel", *_pasted(form, "sv")]]
    for reply in sent(answers):
        rows.append([_forms_clock(reply.moment), *_pasted_cells(form, reply, "sv", ", ".join)])
    return {"Enkat.csv": csv_bytes(rows)}


def google_sheet(form: Form, answers: Sequence[Reply]) -> Files:
    """CSV from the sheet that the form is tied to, with the times of a Swedish sheet."""
    rows: Table = [["Timestamp", "Email Address", *_pasted(form, "en")]]
    for reply in sent(answers):
        cells = _pasted_cells(form, reply, "en", ", ".join)
        rows.append([f"{reply.moment:%Y-%m-%d %H.%M.%S}", "", *cells])
    return {"Svar - Formulärsvar 1.csv": csv_bytes(rows, quoting=csv.QUOTE_MINIMAL, newline="\r\n")}


# ---- XLSForm tools --------------------------------------------------------------------------------


def _said(choice: Choice, how: str) -> str:
    return choice.name if how == "names" else say(choice.text, how)


def _asked(question: Question, how: str) -> str:
    return question.name if how == "names" else say(question.text, how)


def _answer(form: Form, reply: Reply, how: str) -> list[str]:
    report = form.report.choices[bool(reply.told)]
    return [_said(c, how) for c in (report, town(form, reply), organisation(form, reply))]


def _answer_headings(form: Form, how: str) -> list[str]:
    assert form.town is not None
    return [_asked(q, how) for q in (form.report, form.town, form.organisation)]


KOBO_TAIL = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
             "__version__", "_tags", "_index"]  # fmt: skip


def kobo(how: str, several: str, *, groups: bool = False, dates: str = "") -> Export:
    """XLS from KoboToolbox: names or labels, and several choices as ``both``, ``summary`` or ``details``."""

    def made(form: Form, answers: Sequence[Reply]) -> Files:
        before = (
            f"{'iakttagelse' if how == 'names' else 'Iakttagelse' if how == 'sv' else 'Observation'}/"
            * groups
        )
        heading = before + _asked(form.category, how)
        split = [f"{heading}/{_said(c, how)}" for c in form.category.choices] if several != "summary" else []
        whole = [heading] if several != "details" else []
        rest = [before + _asked(q, how) for q in (form.area, form.place, form.time)]
        main: Table = [[*_answer_headings(form, how), *KOBO_TAIL]]
        tied = [
            "_index",
            "_parent_table_name",
            "_parent_index",
            *(f"_submission_{h}" for h in KOBO_TAIL[:-1]),
        ]
        child: Table = [[before + _asked(form.group, how), *whole, *split, *rest, *tied]]
        for index, reply in enumerate(sent(answers), start=1):
            moment = reply.utc.replace(tzinfo=None)
            when = moment if dates else f"{moment:%Y-%m-%dT%H:%M:%S}"
            tail = [900 + index, reply.uuid, when, "", "", "submitted_via_web", "", "vQ2x", ""]
            main.append([*_answer(form, reply, how), *tail, index])
            for told in reply.told:
                seen = chosen(form, reply, told)
                marks = [int(c in seen.categories) for c in form.category.choices] if split else []
                joined = [" ".join(_said(c, how) for c in seen.categories)] if whole else []
                places = [_said(c, how) for c in (seen.area, seen.place, seen.time)]
                tie = [len(child), "Enkät till nätverket_ Provnätet", index, *tail]
                child.append([_said(seen.group, how), *joined, *marks, *places, *tie])
        name = "Enkät till nätverket_ Provnätet"
        return {"enkat.xlsx": book_bytes({name: main, "iakttagelse": child}, dates=dates)}

    return made


def kobo_flat(form: Form, answers: Sequence[Reply]) -> Files:
    """CSV from KoboToolbox has semicolons and no groups that repeat: here three groups beside each other."""
    asked = (form.category, form.area, form.place, form.time)
    split = [f"kategori/{c.name}" for c in form.category.choices]
    names = ["kategori", *split, *(q.name for q in asked[1:])]
    blocks = [f"iakttagelse_{n}/{name}" for n in range(1, form.count + 1) for name in names]
    rows: Table = [["start", "end", *_answer_headings(form, "names"), *blocks, *KOBO_TAIL]]
    for index, reply in enumerate(sent(answers), start=1):
        cells: list[Any] = []
        for number in range(form.count):
            if number >= len(reply.told):
                cells += ["" for _ in names]
                continue
            seen = chosen(form, reply, reply.told[number])
            marks = [int(c in seen.categories) for c in form.category.choices]
            places = [c.name for c in (seen.area, seen.place, seen.time)]
            cells += [" ".join(c.name for c in seen.categories), *marks, *places]
        when = f"{reply.utc:%Y-%m-%dT%H:%M:%S}"
        local = reply.moment.isoformat(timespec="milliseconds") + "+01:00"
        tail = [900 + index, reply.uuid, when, "", "", "submitted_via_web", "", "vQ2x", "", index]
        rows.append([local, local, *_answer(form, reply, "names"), *cells, *tail])
    return {"enkat.csv": csv_bytes(rows, delimiter=";")}


def odk(packed: bool) -> Export:
    """ODK Central: a CSV of the answers and one of the repeats, in a zip or unpacked."""

    def made(form: Form, answers: Sequence[Reply]) -> Files:
        tail = ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "ReviewState",
                "DeviceID", "Edits", "FormVersion"]  # fmt: skip
        main: Table = [["SubmissionDate", *_answer_headings(form, "names"), "SET-OF-iakttagelse", *tail]]
        names = [q.name for q in (form.group, form.category, form.area, form.place, form.time)]
        child: Table = [[*names, "PARENT_KEY", "KEY", "SET-OF-iakttagelse"]]
        for reply in sent(answers):
            key = f"uuid:{reply.uuid}"
            ties = [f"{key}/iakttagelse", key, key, "4", "enkat", "0", "", "", "0", "a1b2"]
            main.append([f"{reply.utc:%Y-%m-%dT%H:%M:%S.123Z}", *_answer(form, reply, "names"), *ties])
            for number, told in enumerate(reply.told, start=1):
                seen = chosen(form, reply, told)
                joined = " ".join(c.name for c in seen.categories)
                cells = [seen.group.name, joined, *(c.name for c in (seen.area, seen.place, seen.time))]
                child.append([*cells, key, f"{key}/iakttagelse[{number}]", f"{key}/iakttagelse"])
        files = {"est_enkat.csv": csv_bytes(main, quoting=csv.QUOTE_MINIMAL),
                 "est_enkat-iakttagelse.csv": csv_bytes(child, quoting=csv.QUOTE_MINIMAL)}  # fmt: skip
        return {"est_enkat.csv.zip": zip_bytes(files)} if packed else files

    return made


def survey123(kind: str) -> Export:
    """ArcGIS Survey123: a sheet or a file for each table; ``xlsx``, ``zip`` or ``csv``."""

    def made(form: Form, answers: Sequence[Reply]) -> Files:
        edited = ["CreationDate", "Creator", "EditDate", "Editor"]
        main: Table = [["ObjectID", "GlobalID", *_answer_headings(form, "sv"), *edited, "x", "y"]]
        asked = (form.group, form.category, form.area, form.place, form.time)
        child: Table = [
            ["ObjectID", "GlobalID", *(_asked(q, "sv") for q in asked), "ParentGlobalID", *edited]
        ]
        for reply in sent(answers):
            when = reply.utc.replace(tzinfo=None)
            clock: Any = when if kind == "xlsx" else _american(when)
            tail = [clock, "", clock, ""]
            main.append([reply.number, reply.uuid, *_answer(form, reply, "sv"), *tail, None, None])
            for told in reply.told:
                seen = chosen(form, reply, told)
                how = "sv" if kind == "xlsx" else "names"
                joined = ",".join(_said(c, how) for c in seen.categories)
                cells = [_said(c, "sv") for c in (seen.area, seen.place, seen.time)]
                # The tie is written in capitals and braces where the id itself is not.
                tie = f"{{{reply.uuid.upper()}}}"
                child.append(
                    [len(child), f"c-{len(child)}", _said(seen.group, "sv"), joined, *cells, tie, *tail]
                )
        if kind == "xlsx":
            sheets = {"Enkat_0": main, "iakttagelse_1": child}
            return {"S123_enkat_EXCEL.xlsx": book_bytes(sheets, dates="m/d/yyyy h:mm:ss AM/PM")}
        files = {"Enkat_0.csv": csv_bytes(main, quoting=csv.QUOTE_MINIMAL, bom=True),
                 "iakttagelse_1.csv": csv_bytes(child, quoting=csv.QUOTE_MINIMAL, bom=True)}  # fmt: skip
        return {"S123_enkat_CSV.zip": zip_bytes(files)} if kind == "zip" else dict(reversed(files.items()))

    return made


def _american(moment: dt.datetime) -> str:
    """``1/5/2027 1:22:44 PM``."""
    half = "PM" if moment.hour >= 12 else "AM"
    day = f"{moment.month}/{moment.day}/{moment.year}"
    return f"{day} {moment.hour % 12 or 12}:{moment:%M:%S} {half}"


# ---- LimeSurvey -----------------------------------------------------------------------------------


def limesurvey(how: str, joint: str = "[]", delimiter: str = ",") -> Export:
    """CSV of responses. ``how``: ``codes``, or question and answer texts in ``sv`` or ``en``."""

    def made(form: Form, answers: Sequence[Reply]) -> Files:
        table = [_lime_row(form, reply, how) for reply in [None, *answers]]
        keys = list(table[0])
        rows: Table = [[_lime_heading(key, table[0][key], how, joint) for key in keys]]
        rows += [[row.get(key, "" if how == "codes" else "N/A") for key in keys] for row in table[1:]]
        return {"results-survey158192.csv": csv_bytes(rows, delimiter=delimiter, bom=True)}

    return made


Key = tuple[str, str]
LIME_OWN = {
    "codes": ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"],
    "sv": ["Svars-ID", "Datum inskickat", "Sista sidan", "Startspråk", "Frö", "Datum startat",
           "Datum senaste åtgärd"],
    "en": ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started",
           "Date last action"],
}  # fmt: skip


def _lime_heading(key: Key, text: Any, how: str, joint: str) -> str:
    code, sub = key
    if not sub:
        return code if how == "codes" or isinstance(text, str) else say(text, how)
    if how == "codes":
        return f"{code}[{sub}]" if joint == "[]" else f"{code}_{sub}"
    question, choice = text
    return f"{say(question, how)} [{say(choice, how)}]"


def _lime_row(form: Form, reply: Reply | None, how: str) -> dict[Key, Any]:
    """The row of an answer; without one, what each column is called."""
    assert form.town is not None
    yes, no = {"codes": ("Y", ""), "sv": ("Ja", "Nej"), "en": ("Yes", "No")}[how]
    row: dict[Key, Any] = {}

    def said(choice: Choice) -> str:
        return choice.short if how == "codes" else say(choice.text, how)

    if reply is not None:
        stamp = f"{reply.moment:%Y-%m-%d %H:%M:%S}"
        own = [reply.number, "" if reply.draft else stamp, 4, "sv", 1234, stamp, stamp]
        row |= {(name, ""): value for name, value in zip(LIME_OWN[how], own, strict=True)}
        here = town(form, reply)
        row["rapport", ""] = said(form.report.choices[bool(reply.told)])
        row["kommun", ""] = said(here)
        row[lime.organisation_code(form, here), ""] = said(organisation(form, reply))
    else:
        row |= {(name, ""): name for name in LIME_OWN[how]}
        row["rapport", ""], row["kommun", ""] = form.report.text, form.town.text
        for one in form.town.choices:
            row[lime.organisation_code(form, one), ""] = lime.organisation_text(form, one)
    for number in range(1, form.count + 1):
        if reply is None:
            row |= _lime_block_headings(form, number)
        elif number <= len(reply.told):
            seen = chosen(form, reply, reply.told[number - 1])
            row |= _lime_block(form, seen, number, (said, yes, no))
            row[lime.area_code(number, town(form, reply)), ""] = said(seen.area)
            row[f"mer{number}", ""] = said(form.more.choices[number < len(reply.told)])
    return row


def _lime_block_headings(form: Form, number: int) -> dict[Key, Any]:
    assert form.town is not None
    row: dict[Key, Any] = {(f"grp{number}", ""): lime.numbered(form.group.text, number)}
    for group in form.group.choices:
        for c in (c for c in form.category.choices if c.under == group.name):
            row[f"kat{number}{group.short}", c.short] = (lime.category_text(form, number, group), c.text)
    for one in form.town.choices:
        row[lime.area_code(number, one), ""] = lime.area_text(form, number, one)
    row[f"miljo{number}", ""] = lime.numbered(form.place.text, number)
    row[f"tid{number}", ""] = lime.numbered(form.time.text, number)
    if number < form.count:
        row[f"mer{number}", ""] = lime.numbered(form.more.text, number)
    return row


def _lime_block(
    form: Form, seen: Chosen, number: int, how: tuple[Callable[[Choice], str], str, str]
) -> dict[Key, Any]:
    said, yes, no = how
    row: dict[Key, Any] = {(f"grp{number}", ""): said(seen.group)}
    groups = {c.under for c in seen.categories}
    for group in form.group.choices:
        for c in (c for c in form.category.choices if c.under == group.name):
            if group.name in groups:
                row[f"kat{number}{group.short}", c.short] = yes if c in seen.categories else no
    row[f"miljo{number}", ""], row[f"tid{number}", ""] = said(seen.place), said(seen.time)
    return row


# ---- a tool that nobody knows ---------------------------------------------------------------------


def unknown_rows(form: Form, answers: Sequence[Reply]) -> Files:
    """A row for each observation, own questions, dates as Britons write them, a sheet before it."""
    asked = ("Vilken verksamhet?", "Ort", "Vad gäller det?", "Typ av plats", "Vilken tid?", "Övrigt")
    rows: Table = [["Svarsnummer", "Inskickat", *asked]]
    for reply in sent(answers):
        start: list[Any] = [reply.number, f"{reply.moment:%d/%m/%Y %H:%M}", reply.organisation]
        for told in reply.told:
            seen = chosen(form, reply, told)
            cells = ["|".join(c.text.sv for c in seen.categories), seen.place.text.sv, seen.time.text.sv]
            rows.append([*start, seen.area.text.sv, *cells, "Hej KANARIEFRITEXT"])
        if not reply.told:
            rows.append([*start, "", "Inget den här gången", "", "", ""])
    about = [["Om enkäten"], ["Påhittade svar"]]
    return {"export.xlsx": book_bytes({"Om": about, "Svar": rows})}


def unknown_tables(form: Form, answers: Sequence[Reply]) -> Files:
    """Two files that are tied by a column of the same name."""
    main: Table = [["Svarsid", "Svarsdatum", "Organisation"]]
    child: Table = [["Svarsid", "Område", "Kategori", "Miljö", "Tid på dygnet"]]
    for reply in sent(answers):
        main.append([f"S{reply.number}", f"{reply.moment:%Y-%m-%d %H:%M}", reply.organisation])
        for told in reply.told:
            seen = chosen(form, reply, told)
            joined = "; ".join(c.text.sv for c in seen.categories)
            cells = [seen.area.text.sv, joined, seen.place.text.sv, seen.time.text.sv]
            child.append([f"S{reply.number}", *cells])
    return {"iakttagelser.csv": csv_bytes(child), "svar.csv": csv_bytes(main)}


DATES = "m/d/yy h:mm:ss"
EXPORTS: dict[str, tuple[str, Export]] = {
    # name: the tool whose settings ``survey`` writes ("" for a form that is not ours), and the export
    "Microsoft Forms": ("microsoft-forms", microsoft("sv", DATES)),
    "Microsoft Forms på engelska, datum som tal": ("microsoft-forms", microsoft("en", "")),
    "Google Forms": ("google-forms", google_download),
    "Google Forms, kalkylarket": ("google-forms", google_sheet),
    "KoboToolbox": ("kobotoolbox", kobo("names", "both")),
    "KoboToolbox med etiketter": ("kobotoolbox", kobo("sv", "summary", groups=True, dates=DATES)),
    "KoboToolbox på engelska": ("kobotoolbox", kobo("en", "details")),
    "KoboToolbox CSV": ("", kobo_flat),
    "ODK i zip": ("odk", odk(packed=True)),
    "ODK i två filer": ("odk", odk(packed=False)),
    "Survey123 Excel": ("survey123", survey123("xlsx")),
    "Survey123 zip": ("survey123", survey123("zip")),
    "Survey123 i två filer": ("survey123", survey123("csv")),
    "LimeSurvey koder": ("limesurvey", limesurvey("codes")),
    "LimeSurvey koder med understreck": ("limesurvey", limesurvey("codes", "_")),
    "LimeSurvey hela texter": ("limesurvey", limesurvey("sv", delimiter=";")),
    "LimeSurvey på engelska": ("limesurvey", limesurvey("en")),
    "okänt verktyg, en tabell": ("", unknown_rows),
    "okänt verktyg, två tabeller": ("", unknown_tables),
}

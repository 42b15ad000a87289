"""The form for LimeSurvey: its tab-separated survey structure, which needs no ids that fit together.

LimeSurvey has no group that repeats. The observations stand after one another, each shown when the one
before says that there is more. Question codes have letters and digits only, answer codes five at most.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from est_build.prepare.form.questions import Choice, Form, Question, Text

COLUMNS = (
    *("class", "type/scale", "name", "relevance", "text", "help", "language", "validation"),
    *("mandatory", "other", "default", "same_default"),
)
RADIO, DROPDOWN, SEVERAL = "L", "!", "M"
LONG = 12
LANGUAGES = ("sv", "en")
_SETTINGS = {
    "language": "sv",
    "additional_languages": "en",
    "format": "G",
    "anonymized": "Y",
    # Without it an anonymous answer is given the year 1980.
    "datestamp": "Y",
    "ipaddr": "N",
    "refurl": "N",
    "savetimings": "N",
    "usecookie": "N",
    "allowsave": "N",
    "allowprev": "Y",
    "allowregister": "N",
    "alloweditaftercompletion": "N",
    "tokenanswerspersistence": "N",
    "printanswers": "N",
    "publicstatistics": "N",
    "publicgraphs": "N",
    "listpublic": "N",
    "htmlemail": "N",
    "sendconfirmation": "N",
    "assessments": "N",
    "usecaptcha": "N",
    "usetokens": "N",
    "showxquestions": "N",
    "showgroupinfo": "B",
    "shownoanswer": "N",
    "showqnumcode": "X",
    "showwelcome": "Y",
    "showprogress": "Y",
    "nokeyboard": "N",
}
"""What must not depend on the server's own settings: above all that nothing about the respondent is kept.

They come first in the file: LimeSurvey guesses its encoding from the first thousand bytes, so they are ASCII.
"""
_LANGUAGE_SETTINGS = {"surveyls_language": "", "surveyls_dateformat": "6", "surveyls_numberformat": "1"}
"""The language itself, dates as 2026-11-05, decimals with a comma."""
END = Text("Tack! Svaren räknas ihop. Ingen enskild rapport visas.",
           "Thank you! The answers are added up. No single report is shown.")  # fmt: skip


def limesurvey(form: Form) -> str:
    """The survey structure as text. Same form, same text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", restval="")
    writer.writeheader()
    for name, value in {**_SETTINGS, "adminemail": form.contact}.items():
        writer.writerow({"class": "S", "name": name, "text": value})
    for name, value in _LANGUAGE_SETTINGS.items():
        for lang in LANGUAGES:
            writer.writerow({"class": "SL", "name": name, "text": value or lang, "language": lang})
    for lang in LANGUAGES:
        texts = {
            "surveyls_title": _in(form.title, lang),
            "surveyls_welcometext": "<br />".join(_in(text, lang) for text in form.intro),
            "surveyls_endtext": _in(END, lang),
        }
        for name, value in texts.items():
            writer.writerow({"class": "SL", "name": name, "text": value, "language": lang})
    # One language after the other, groups and questions with the same names and in the same order.
    for lang in LANGUAGES:
        for row in _groups(form):
            writer.writerow({key: _in(value, lang) for key, value in row.items()} | {"language": lang})
    return out.getvalue()


Row = dict[str, str | Text]


def _in(value: str | Text, lang: str) -> str:
    return value if isinstance(value, str) else str(getattr(value, lang))


def _groups(form: Form) -> Iterator[Row]:
    yield _group("G0", Text("Vem svarar", "Who is answering"), "1")
    yield from _question(form.report, "rapport")
    if form.town is not None:
        yield from _question(form.town, "kommun")
    for town in form.town.choices if form.town is not None else [None]:
        code, asked = organisation_code(form, town), form.organisation
        if town is not None:
            asked = _of(asked, town)
        yield from _question(asked, code, _if("kommun", town))
    for number in range(1, form.count + 1):
        yield from _observation(form, number)


def _observation(form: Form, number: int) -> Iterator[Row]:
    before = "rapport" if number == 1 else f"mer{number - 1}"
    yield _group(f"G{number}", numbered(Text("", ""), number), f'{before}.NAOK == "ja"')
    yield from _question(_called(form.group, number), f"grp{number}")
    for group in form.group.choices:
        asked = replace(_of(form.category, group), text=category_text(form, number, group))
        yield from _question(asked, f"kat{number}{group.short}", _if(f"grp{number}", group))
    for town in form.town.choices if form.town is not None else [None]:
        asked = _called(form.area, number)
        if town is not None:
            asked = replace(_of(form.area, town), text=area_text(form, number, town))
        yield from _question(asked, area_code(number, town), _if("kommun", town))
    yield from _question(_called(form.place, number), f"miljo{number}")
    yield from _question(_called(form.time, number), f"tid{number}")
    if number < form.count:
        yield from _question(_called(form.more, number), f"mer{number}")


def organisation_code(form: Form, town: Choice | None) -> str:
    """Code of the question who is answering: one for each municipality if there are several."""
    return "org" if town is None else f"org{town.short}"


def area_code(number: int, town: Choice | None) -> str:
    """Code of the question where it was."""
    return f"omr{number}" if town is None else f"omr{number}{town.short}"


def numbered(text: Text, number: int) -> Text:
    """A text with the number of the observation before it: exports have texts as headings."""
    return Text(
        f"Iakttagelse {number}. {text.sv}".rstrip(". "), f"Observation {number}. {text.en}".rstrip(". ")
    )


def category_text(form: Form, number: int, group: Choice) -> Text:
    """``Iakttagelse 1. Vad har ni sett? Klotter och skadegörelse``."""
    text = Text(f"{form.category.text.sv} {group.text.sv}", f"{form.category.text.en} {group.text.en}")
    return numbered(text, number)


def area_text(form: Form, number: int, town: Choice) -> Text:
    """``Iakttagelse 1. Var var det? Ystad``."""
    return numbered(
        Text(f"{form.area.text.sv} {town.text.sv}", f"{form.area.text.en} {town.text.en}"), number
    )


def organisation_text(form: Form, town: Choice) -> Text:
    """``Vilken organisation svarar du för? Ystad``."""
    asked = form.organisation.text
    return Text(f"{asked.sv} {town.text.sv}", f"{asked.en} {town.text.en}")


def _called(question: Question, number: int) -> Question:
    return replace(question, text=numbered(question.text, number))


def _of(question: Question, above: Choice) -> Question:
    """The question with the choices that belong to another one's answer."""
    text = Text(f"{question.text.sv} {above.text.sv}", f"{question.text.en} {above.text.en}")
    return replace(question, text=text, choices=tuple(c for c in question.choices if c.under == above.name))


def _if(question: str, choice: Choice | None) -> str:
    return "1" if choice is None else f'{question}.NAOK == "{choice.short}"'


def _group(name: str, title: Text, relevance: str) -> Row:
    return {"class": "G", "type/scale": name, "name": title, "relevance": relevance}


def _question(question: Question, code: str, relevance: str = "1") -> Iterator[Row]:
    kind = SEVERAL if question.several else DROPDOWN if len(question.choices) > LONG else RADIO
    row: Row = {"class": "Q", "type/scale": kind, "name": code, "relevance": relevance}
    row |= {"text": question.text, "mandatory": "Y", "other": "N", "same_default": "0"}
    if question.hint is not None:
        row["help"] = question.hint
    yield row
    for choice in question.choices:
        which = "SQ" if question.several else "A"
        yield {"class": which, "type/scale": "0", "name": choice.short, "text": choice.text}

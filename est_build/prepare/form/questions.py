"""The questions of the form and their answers, in Swedish and English. All are closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from est_build.figures.text import swedish_key
from est_build.load.area import Area
from est_build.load.codebook import CodeBook
from est_build.load.frame import Frame
from est_build.prepare.codes import (
    UNKNOWN,
    WHOLE_EN,
    WHOLE_SV,
    described,
    form_name,
    member_code,
    member_names,
    short_code,
    town_code,
    whole_code,
    whole_name,
)
from est_build.prepare.folding import fold
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_import as kinds
from est_build.schema.codes import Code
from est_build.schema.site import Municipality
from est_build.schema.survey import Member


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. ``under``: the choice of the question above that it belongs to."""

    name: str
    """Small letters, digits and underscores."""
    short: str
    """At most five letters and digits."""
    text: Text
    under: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; an answer must be given."""

    name: str
    text: Text
    choices: tuple[Choice, ...]
    several: bool = False
    """True if more than one may be chosen."""
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form: questions on the answer, and the questions on each observation."""

    title: Text
    intro: tuple[Text, ...]
    """Before the first question; the last is the warning."""
    contact: str
    report: Question
    town: Question | None
    """``None`` with a single municipality."""
    organisation: Question
    group: Question
    """Narrows ``category`` down; ``under`` of its choices is the name of a group."""
    category: Question
    area: Question
    """``under`` of its choices is the name of a municipality."""
    place: Question
    time: Question
    more: Question
    towns: tuple[Municipality, ...]
    count: int
    """Observations that fit in one answer where they stand side by side."""

    @property
    def observed(self) -> tuple[Question, ...]:
        """What is asked of each observation and counted."""
        return (self.category, self.area, self.place, self.time)


INTRO = (
    Text(
        "Enkäten tar några minuter. Svara för de senaste två veckorna. "
        "Svara också när ni inte har något att rapportera.",
        "The survey takes a few minutes. Answer for the last two weeks. "
        "Answer also when you have nothing to report.",
    ),
    Text(
        "Skriv aldrig namn eller annat som kan peka ut någon. "
        "Därför har enkäten inga rutor för egen text: välj bland svaren. Pågår ett brott, ring 112.",
        "Never write names or anything else that could point out a person. "
        "That is why there is nowhere to write: choose among the answers. If a crime is going on, call 112.",
    ),
)
NOTHING = Text("Inget att rapportera", "Nothing to report")
REPORT = Question(
    "rapport",
    Text("Har ni något att rapportera?", "Do you have anything to report?"),
    (
        Choice("inget", "inget", NOTHING),
        Choice("ja", "ja", Text("Ja, vi har sett något", "Yes, we have seen something")),
    ),
)
MORE = Question(
    "mer",
    Text("Har ni sett något mer?", "Have you seen anything more?"),
    (Choice("nej", "nej", Text("Nej", "No")), Choice("ja", "ja", Text("Ja", "Yes"))),
)
TOWN = Text("I vilken kommun?", "In which municipality?")
ORGANISATION = Text("Vilken organisation svarar du för?", "Which organisation are you answering for?")
GROUP = Text("Vilken sorts iakttagelse gäller det?", "What kind of observation is it?")
CATEGORY = Text("Vad har ni sett?", "What have you seen?")
SEVERAL = Text(
    "Välj det som ni såg på samma plats vid samma tid. Flera svar går bra.",
    "Choose what you saw in the same place at the same time. You may choose several.",
)
AREA = Text("Var var det?", "Where was it?")
PLACE = Text("På vilken sorts plats?", "In what kind of place?")
TIME = Text("När var det?", "When was it?")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the form is for."""

    day: dt.date
    """The categories of its year are asked for, of the members that have not left by then."""
    towns: tuple[str, ...]
    """Codes of municipalities."""
    count: int
    """Observations in one answer, where the tool has no questions that repeat."""


def build_form(frame: Frame, members: Sequence[Member], scope: Scope) -> Form:
    """The form for some of the municipalities.

    Raises :class:`ProblemsError`: EST534 without members, EST536 if two answers have the same text.
    """
    included = tuple(t for t in frame.site.kommuner if t.kod in scope.towns)
    asked = [m for m in members if m.inbjuden and m.kommun in scope.towns]
    asked = [m for m in asked if m.till is None or m.till >= scope.day]
    if not asked:
        raise ProblemsError([Problem(kinds.NO_MEMBERS, Place("medlemmar.csv"), {"value": "medlemmar.csv"})])
    year = scope.day.year
    codes = frame.codes
    name = frame.site.namn
    form = Form(
        title=Text(f"Enkät till nätverket: {name}", f"Survey of the network: {name}"),
        intro=INTRO,
        contact=frame.site.kontakt.epost,
        report=REPORT,
        town=Question("kommun", TOWN, tuple(map(_town, included))) if len(included) > 1 else None,
        organisation=Question("organisation", ORGANISATION, _organisations(asked, members, included)),
        group=Question("grupp", GROUP, _groups(codes, year)),
        category=Question("kategori", CATEGORY, _categories(codes, year), several=True, hint=SEVERAL),
        area=Question("omrade", AREA, tuple(_areas(frame.areas, included))),
        place=Question("miljo", PLACE, tuple(_plain("miljo", codes.lists["miljoer"].values()))),
        time=Question("tid", TIME, tuple(_plain("tid", codes.lists["tider"].values()))),
        more=MORE,
        towns=included,
        count=scope.count,
    )
    problems = [problem for question in _every(form) for problem in _clashes(question)]
    if problems:
        raise ProblemsError(problems)
    return form


def _every(form: Form) -> Iterator[Question]:
    yield from (q for q in (form.town, form.organisation, form.group, *form.observed) if q is not None)


def _clashes(question: Question) -> Iterator[Problem]:
    """Two answers that nobody could tell apart."""
    for lang in ("sv", "en"):
        seen: set[tuple[str, str]] = set()
        for choice in question.choices:
            key = (choice.under, fold(getattr(choice.text, lang)))
            if key in seen:
                values = {"value": getattr(choice.text, lang)}
                yield Problem(kinds.CHOICES_CLASH, Place(f"frågan {question.name}"), values)
            seen.add(key)


def _town(town: Municipality) -> Choice:
    return Choice(form_name(town.id), town_code(town), Text(town.namn, town.namn))


def _organisations(
    asked: Sequence[Member], members: Sequence[Member], towns: Sequence[Municipality]
) -> tuple[Choice, ...]:
    """Those who are asked, by municipality and name. Their names stay the same whoever else is asked."""
    names = member_names(members)
    found: list[Choice] = []
    for town in towns:
        local = sorted((m for m in asked if m.kommun == town.kod), key=lambda m: swedish_key(m.organisation))
        for member in local:
            name = names[member.organisation, member.kommun]
            text = Text(member.organisation, member.organisation)
            found.append(Choice(name, member_code(member), text, form_name(town.id)))
    return tuple(found)


def _groups(codes: CodeBook, year: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(form_name(g.id), short_code("grupp", g.id), Text(g.sv, g.en)) for g in codes.groups(year)
    )


def _categories(codes: CodeBook, year: int) -> tuple[Choice, ...]:
    """What is counted: the categories of each group, and a group that has none itself."""
    found: list[Choice] = []
    for group in codes.groups(year):
        for code in codes.leaves(group.id, year) or [group]:
            short = short_code("kategori", code.id)
            found.append(Choice(form_name(code.id), short, Text(code.sv, code.en), form_name(group.id)))
    labels = {form_name(g.id): g for g in codes.groups(year)}
    return tuple(_told_apart(choice, found, labels[choice.under]) for choice in found)


def _told_apart(choice: Choice, every: Sequence[Choice], group: Code) -> Choice:
    """A label that several groups use ("Annat") gets the group before it."""
    sv = [fold(c.text.sv) for c in every].count(fold(choice.text.sv)) > 1
    en = [fold(c.text.en) for c in every].count(fold(choice.text.en)) > 1
    text = Text(
        f"{group.sv}: {choice.text.sv}" if sv else choice.text.sv,
        f"{group.en}: {choice.text.en}" if en else choice.text.en,
    )
    return replace(choice, text=text)


def _areas(areas: Sequence[Area], towns: Sequence[Municipality]) -> Iterator[Choice]:
    """The small areas of each municipality, and last the whole of it."""
    for town in towns:
        under = form_name(town.id)
        small = [a for a in areas if a.municipality == town.kod and a.level == "omrade"]
        for area in sorted(small, key=lambda a: swedish_key(a.name)):
            text = Text(area.name, area.name)
            yield Choice(form_name(area.id), short_code("omrade", area.id), text, under)
        yield Choice(whole_name(town), whole_code(town), Text(WHOLE_SV, WHOLE_EN), under)


def _plain(name: str, codes: Iterable[Code]) -> Iterator[Choice]:
    """The active codes of a list, "not sure" last."""
    active = [code for code in codes if code.aktiv]
    for code in sorted(active, key=lambda c: c.id == UNKNOWN):
        sv, en = described(code)
        yield Choice(form_name(code.id), short_code(name, code.id), Text(sv, en))

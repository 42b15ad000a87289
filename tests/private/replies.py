"""Invented answers to our own form, from a seed, and the plain export that says the same."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from est_build.load.frame import load_frame
from est_build.prepare.form.questions import Choice, Form, Question, Scope, build_form
from est_build.prepare.settings import read_members

from .instance import MEMBERS, TOWNS, Instance, Row

SWEDEN = ZoneInfo("Europe/Stockholm")
DAY = dt.date(2027, 1, 5)
"""A day in the fortnight of the answers."""


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment as a Swedish clock shows it."""
    return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001


MIDNIGHTS = (
    # In UTC it is still, or already, another day: the first two lie in the fortnight, the others do not.
    local(2026, 12, 28, 0, 20),
    local(2027, 1, 10, 23, 50),
    local(2027, 1, 11, 0, 20),
    local(2026, 12, 27, 23, 50),
)


@dataclass(frozen=True)
class Told:
    """One observation, by the ids of our code lists; ``area`` empty: the whole municipality."""

    categories: tuple[str, ...]
    area: str
    place: str
    time: str


@dataclass(frozen=True)
class Reply:
    """One answer."""

    number: int
    organisation: str
    moment: dt.datetime
    """Swedish local time."""
    told: tuple[Told, ...]
    draft: bool = False
    """Begun and never sent in: only some tools export those."""

    @property
    def town(self) -> str:
        return MEMBERS[self.organisation][1]

    @property
    def utc(self) -> dt.datetime:
        return self.moment.replace(tzinfo=SWEDEN).astimezone(dt.UTC)

    @property
    def uuid(self) -> str:
        """In capitals where the tool writes it so."""
        return f"{self.number:08x}-5b1c-4e0f-9d2a-{self.number * 7919:012x}"


SEEN = (
    "skadegorelse.klotter",
    "nedskrapning.trasig-utrustning",  # labels with a comma
    "trafik.buskorning",
    "otrygg-utformning.sikt",
    "ordning.inomhus",
)
AREAS = {"9901": ("ekby", "asen", "lilla-hult", ""), "9902": ("vik", "berga", "")}
PLACES = ("torg", "strand-hamn", "bostadsomrade", "okand")
TIMES = ("vardag-kvall", "helg-natt", "vardag-formiddag", "okand")


def replies(seed: int = 7) -> list[Reply]:
    """Enough that something may be shown, with none to three observations of one to three categories."""
    chance = random.Random(seed)
    found = []
    for round_ in range(3):
        for organisation in MEMBERS:
            town = MEMBERS[organisation][1]
            told = tuple(
                Told(
                    tuple(chance.sample(SEEN[: 3 if i else 5], chance.choice((1, 1, 2, 3)))),
                    chance.choice(AREAS[town]),
                    chance.choice(PLACES),
                    chance.choice(TIMES),
                )
                for i in range(chance.choice((0, 1, 1, 2, 3)))
            )
            day = local(2026, 12, 28 + round_, 8) + dt.timedelta(minutes=chance.randrange(3, 700))
            found.append(Reply(len(found) + 1, organisation, day, told))
    some = Told(("skadegorelse.klotter",), "ekby", "torg", "vardag-kvall")
    for moment in MIDNIGHTS:
        found.append(Reply(len(found) + 1, "Norrby handel", moment, (some,)))
    draft = Reply(len(found) + 1, "Norrby park", local(2026, 12, 30, 9), (some,), draft=True)
    return [*found, draft]


def plain_rows(answers: Sequence[Reply]) -> list[Row]:
    """The same answers in our own columns and codes."""
    rows = []
    for reply in answers:
        if reply.draft:
            continue
        sector = MEMBERS[reply.organisation][0]
        moment = f"{reply.moment:%Y-%m-%d %H:%M}"
        base = Row(str(reply.number), moment, reply.organisation, sector, reply.town)
        for told in reply.told:
            place = {"omrade": told.area, "miljo": told.place, "tid": told.time}
            rows += [base.with_(kategori=category, **place) for category in told.categories]
        if not reply.told:
            rows.append(base)
    return rows


def form_of(instance: Instance, count: int = 3, towns: Sequence[str] = tuple(TOWNS)) -> Form:
    """Our form for the tiny instance."""
    frame = load_frame(instance.data)
    members, problems = read_members(instance.members, frame)
    assert not problems
    return build_form(frame, members, Scope(DAY, tuple(towns), count))


def write(path: Path, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def choice(question: Question, wanted: str, under: str = "") -> Choice:
    """The choice whose name or text is wanted."""
    found = [c for c in question.choices if wanted in (c.name, c.text.sv) and (not under or c.under == under)]
    assert len(found) == 1, (question.name, wanted, found)
    return found[0]


def name_of(code: str) -> str:
    """The id of a code as a name in a form."""
    return code.replace(".", "_").replace("-", "_")


@dataclass(frozen=True)
class Chosen:
    """One observation as choices of the form."""

    group: Choice
    categories: tuple[Choice, ...]
    area: Choice
    place: Choice
    time: Choice


def chosen(form: Form, reply: Reply, told: Told) -> Chosen:
    town = TOWNS[reply.town][0]
    categories = tuple(choice(form.category, name_of(code)) for code in told.categories)
    area = choice(form.area, name_of(told.area) if told.area else f"hela_{reply.town}", town)
    return Chosen(
        choice(form.group, categories[0].under),
        categories,
        area,
        choice(form.place, told.place.replace("-", "_")),
        choice(form.time, told.time.replace("-", "_")),
    )


def organisation(form: Form, reply: Reply) -> Choice:
    return choice(form.organisation, reply.organisation)


def town(form: Form, reply: Reply) -> Choice:
    assert form.town is not None
    return choice(form.town, TOWNS[reply.town][0])

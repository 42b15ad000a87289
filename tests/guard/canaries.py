"""Survey exports that must never pass: invented answers, in the shapes in which six tools save them.

Everything is made here from a seed; no export lies in the repository.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

AREAS = ("Ystads tätort", "Svarte", "Köpingebro", "Tomelilla tätort", "Brösarp", "Sjöbo tätort", "Kivik")
AREA_IDS = ("ystads-tatort", "svarte", "kopingebro", "tomelilla-tatort", "brosarp", "sjobo-tatort", "kivik")
TOWNS = ("Ystad", "Ystad", "Ystad", "Tomelilla", "Tomelilla", "Sjöbo", "Simrishamn")
CODES = ("1286", "1286", "1286", "1270", "1270", "1265", "1291")
SECTORS = (("skola", "Skola och förskola"), ("fritid-kultur", "Fritid och kultur"), ("polis", "Polis"))
SEEN = (
    ("skadegorelse.klotter", "Klotter"),
    ("trafik.buskorning", "Buskörning (moped, mc, A-traktor)"),
    ("otrygg-utformning.belysning", "Bristande belysning"),
    ("nedskrapning.skrap", "Nedskräpning"),
)
DAYS = ("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag")
PARTS = ("Morgon", "Förmiddag (06–12)", "Eftermiddag", "Kväll (17–22)", "Natt")
ORGANISATIONS = ("Norrskolan", "Biblioteket", "Fältgruppen", "Bostadsbolaget", "Fritidsgården")
TEXTS = (
    "Ungdomar på moped, flera gånger; de kör fort förbi skolan",
    'Någon ropade "nu igen" och sprang mot stationen',
    "Lampan vid gångvägen har varit trasig sedan i måndags, mörkt",
    "Ett gäng stod vid affären\noch skrek åt dem som gick förbi",
    "",
    "",
)
PLACES = ("bänken", "busskuren", "muren", "porten", "rampen", "trappan")
QUESTIONS = (
    "Vilken verksamhet svarar du för?",
    "I vilken kommun?",
    "Var var det ungefär?",
    "Vad har ni sett?",
    "Vilken veckodag?",
    "Vilken tid på dygnet?",
    "Berätta kort med egna ord",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One invented answer."""

    number: int
    moment: dt.datetime
    uuid: str
    organisation: str
    place: int
    sector: int
    seen: int
    day: str
    part: str
    text: str

    @property
    def told(self) -> list[str]:
        """What the questions were answered with."""
        return [
            self.organisation,
            TOWNS[self.place],
            AREAS[self.place],
            SEEN[self.seen][1],
            self.day,
            self.part,
            self.text,
        ]

    @property
    def mail(self) -> str:
        """An address that cannot exist: the guard must not need it."""
        return f"svarande{self.number}@kommunen.example"

    @property
    def ip(self) -> str:
        """An address of the block that is kept for examples."""
        return f"203.0.113.{self.number % 250}"


def answers(count: int, seed: int = 19) -> list[Answer]:
    """``count`` answers of one fortnight."""
    chance = random.Random(seed)
    start = dt.datetime(2026, 11, 2, 7, 0, tzinfo=dt.UTC)
    made = []
    for number in range(1, count + 1):
        start += dt.timedelta(minutes=chance.randint(3, 400))
        made.append(
            Answer(
                number=1000 + number,
                moment=start,
                uuid=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                organisation=chance.choice(ORGANISATIONS),
                place=chance.randrange(len(AREAS)),
                sector=chance.randrange(len(SECTORS)),
                seen=chance.randrange(len(SEEN)),
                day=chance.choice(DAYS),
                part=chance.choice(PARTS),
                text=_free_text(chance),
            )
        )
    return made


def _free_text(chance: random.Random) -> str:
    """A sentence that nobody else wrote, or nothing."""
    text = chance.choice(TEXTS)
    return f"{text}, {chance.choice(PLACES)} vid {chance.randint(2, 58)} steg" if text else ""


Table = list[list[str]]


def microsoft_forms(count: int) -> Table:
    """As Microsoft Forms opens in Excel, Swedish."""
    head = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Tid för senaste ändring", *QUESTIONS]
    rows = []
    for a in answers(count):
        begun = a.moment - dt.timedelta(minutes=4)
        moments = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in (begun, a.moment)]
        rows.append([str(a.number), *moments, "anonymous", "", "", *a.told])
    return [head, *rows]


def google_forms(count: int) -> Table:
    """As a linked Google sheet, Swedish."""
    rows = [[f"{a.moment:%Y-%m-%d %H.%M.%S}", a.mail, *a.told] for a in answers(count)]
    return [["Tidstämpel", "E-postadress", *QUESTIONS], *rows]


def survey_monkey(count: int) -> Table:
    """All individual answers, condensed columns: English headings, and a second row of headings."""
    fixed = ["Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address", "Email Address"]
    fixed += ["First Name", "Last Name", "Custom Data 1"]
    second = [""] * len(fixed) + ["Response"] * 6 + ["Open-Ended Response"]
    rows = []
    for a in answers(count):
        moment = f"{a.moment:%m/%d/%Y %I:%M:%S %p}"
        rows.append([f"1145{a.number:07d}", "431258890", moment, moment, a.ip, "", "", "", "", *a.told])
    return [[*fixed, *QUESTIONS], second, *rows]


def kobo(count: int) -> Table:
    """KoboToolbox, XML values and headings."""
    names = [
        "grupp/organisation",
        "grupp/kommun",
        "grupp/omrade",
        "grupp/kategori",
        "veckodag",
        "tid",
        "fritext",
    ]
    head = ["start", "end", "username", *names, "__version__", "_id", "_uuid", "_submission_time"]
    head += ["_validation_status", "_status", "_submitted_by", "_index"]
    rows = []
    for i, a in enumerate(answers(count), 1):
        moment = f"{a.moment:%Y-%m-%dT%H:%M:%S}"
        zoned = f"{moment}.000+01:00"
        told = [a.organisation, CODES[a.place], AREA_IDS[a.place], SEEN[a.seen][0]]
        told += [a.day.lower(), a.part.lower(), a.text]
        about = ["vYq3HxPc", f"{312_000 + a.number}", a.uuid, moment, "", "submitted_via_web", "", str(i)]
        rows.append([zoned, zoned, "natverk", *told, *about])
    return [head, *rows]


def lime_survey(count: int) -> Table:
    """LimeSurvey, question codes, answer codes."""
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
    head += ["org", "kommun", "omrade", "kategori", "veckodag", "tid", "fritext"]
    chance = random.Random(7)
    rows = []
    for a in answers(count):
        moment, seed = f"{a.moment:%Y-%m-%d %H:%M:%S}", str(chance.randrange(10**8, 10**9))
        coded_as = [f"AO{a.sector + 1}", f"A{a.place + 1}", f"A{a.place + 3}", f"A{a.seen + 1}"]
        coded_as += [f"A{DAYS.index(a.day) + 1}", f"A{PARTS.index(a.part) + 1}", a.text]
        rows.append([str(a.number), moment, "3", "sv", seed, moment, moment, *coded_as])
    return [head, *rows]


def coded(count: int) -> Table:
    """Coded, one report a row, no moment and no text: what heuristics alone let through."""
    rows = [
        [str(a.number), "2026-v45-46", AREA_IDS[a.place], SEEN[a.seen][0], SECTORS[a.sector][0]]
        for a in answers(count)
    ]
    return [["svars_id", "period", "omrade", "kategori", "sektor"], *rows]


TOOLS: dict[str, Callable[[int], Table]] = {
    "Microsoft Forms": microsoft_forms,
    "Google Forms": google_forms,
    "SurveyMonkey": survey_monkey,
    "Kobo": kobo,
    "LimeSurvey": lime_survey,
    "kodad fil": coded,
}


def as_records(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Rows as mappings, as tools save them for programs."""
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]

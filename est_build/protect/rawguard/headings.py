"""What survey tools write over their columns, in Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from est_build.protect.rawguard.finding import Said
from est_build.protect.rawguard.words import folded


class Group(NamedTuple):
    """Headings that mean the same. Each group counts once, however many columns it has."""

    weight: float
    pattern: re.Pattern[str]
    said: Said | None = None
    """How the reason is told; None for headings that every other table has as well."""
    single: bool = False
    """True if a table only has such a column when each row is one answer."""


_TOOL: tuple[tuple[str, str, str], ...] = (
    (
        "svarets nummer",
        "the number of the answer",
        r"svars? ?(?:id|nr|nummer)|svarande ?id|id svar|respondent(?: ?(?:id|nr))?|response ?id"
        r"|(?:submission|collector|insamlar[ei]?|enkat|sbm) ?id|deltagar ?(?:id|nr)"
        r"|(?:meta )?(?:instance|root ?uu) ?id|meta root ?uuid|formhub uuid|uuid",
    ),
    (
        "när svaret kom in",
        "when the answer came in",
        r"tidsta?mpel|timestamp|slutforande ?tid|completion time|last modified time"
        r"|(?:tid for )?senast(?:e)? (?:andrad|andring).*|submitdate|datestamp|submission time"
        r"|date (?:submitted|started|last action|created|modified)|recorded ?date"
        r"|datum (?:inskickat|startat|senaste atgard)|inskicka[td]|svarsdatum|svarstid|besvarad",
    ),
    ("ip-adress", "IP address", r"ip ?adress|ip ?address|ip ?addr"),
    (
        "kolumner som bara enkätverktyg har",
        "columns that only survey tools have",
        r"last ?page|sista sidan?|start ?language|startsprak|seed|fro|ref ?url|referrer url"
        r"|hanvisande url|device ?id|xform id string|validation status|submitted by|custom data \d"
        r"|anpassade data \d|open ended response|oppet svar|enkatens sprak|user ?language"
        r"|distribution ?channel|duration in seconds|synpunkter pa enkaten",
    ),
)
_TOLD: tuple[tuple[str, str, str], ...] = (
    ("e-post eller användare", "e-mail or user", r"e ?post(?: ?adress)?|e ?mail(?: ?address)?|anvandarnamn"),
    (
        "fritext",
        "free text",
        r".*\b(?:fritext|fri text|egna ord|beratta|beskriv|kommentar(?:er)?|synpunkter|ovrigt att|comments?"
        r"|describe|please specify|free text)\b.*",
    ),
    (
        "vem som svarade",
        "who answered",
        r"organisation(?:en)?|verksamhet(?:en)?|arbetsplats|uppgiftslamnare|svarande|reporter"
        r"|vilken (?:verksamhet|organisation|arbetsplats).*|which organi[sz]ation.*|organi[sz]ation",
    ),
    ("sektor", "sector", r"sektor(?:n)?|typ av verksamhet|sector"),
    (
        "kategori",
        "category",
        r"kategori(?:er)?|handelse(?:typ)?|typ av handelse|vad har (?:ni|du) sett.*|vad galler det.*|category"
        r"|what did you see.*",
    ),
    (
        "område",
        "area",
        r"omraden?|ort|plats|var|var var det.*|i vil(?:ken|ket) (?:ort|omrade).*|area|where.*",
    ),
    ("veckodag", "weekday", r"veckodag|vilken (?:vecko)?dag.*|weekday"),
)
_WEAK = (
    r"miljo|typ av plats|(?:pa )?vilken sorts plats.*|environment",
    r"tid|klockslag|tid(?:punkt)? pa dygnet|vilken tid.*|time of day|starttid|start time",
    r"(?:i )?(?:vilken )?kommun(?:en)?|municipality",
    r"period|vecka|veckor|fortnight",
    r"id|nr|nummer|lopn(?:umme)?r|index",
    r"datum|date|start|end|(?:start|end) ?date|(?:start|slut)datum|today|idag|skapad",
    r"namn|name|fornamn|efternamn|(?:first|last) name|telefon(?:nummer)?|phone",
)
_GROUPS: tuple[Group, ...] = (
    *(Group(2.0, re.compile(words), Said(sv, en), single=True) for sv, en, words in _TOOL),
    *(Group(1.0, re.compile(words), Said(sv, en)) for sv, en, words in _TOLD),
    *(Group(0.5, re.compile(words)) for words in _WEAK),
)
_TOTALS = re.compile(r"antal|fran|till|summa|andel|procent|count|total|medel|svar (?:fran|till)|minst|hogst")
_QUESTION = Said("frågor som rubriker", "questions as headings")


class Reading(NamedTuple):
    """What the headings of a table say: a score, and the groups that gave it."""

    score: float
    reasons: tuple[Said, ...]
    hits: int
    single: bool
    """True if a row must be one answer."""


def read_headings(headings: Sequence[str]) -> Reading:
    """Score the headings of one table. Four and up: no other table has such headings."""
    names = [_folded_name(heading) for heading in headings if heading.strip()]
    score = 0.0
    reasons: list[Said] = []
    hits, single = 0, False
    for group in _GROUPS:
        if any(group.pattern.fullmatch(name) for name in names):
            score += group.weight
            hits += 1
            single |= group.single
            if group.said is not None:
                reasons.append(group.said)
    if sum(h.strip().endswith("?") and " " in h.strip() for h in headings) >= 2:
        score += 1.5
        hits += 1
        reasons.append(_QUESTION)
    if any(_TOTALS.fullmatch(name) for name in names):
        # A table of totals has a column that says how many.
        score -= 1.5
    return Reading(score, tuple(reasons), hits, single)


def _folded_name(heading: str) -> str:
    """``meta/instanceID`` -> ``meta instanceid``; Kobo's ``groupA/omrade`` also as its last part."""
    name = folded(heading[:200])
    if "/" in heading and " " not in heading.strip():
        last = folded(heading.rsplit("/", 1)[-1])
        return last if last and not name.startswith(("meta", "formhub")) else name
    return name

"""Numbers, and words for reports and events, in one sentence: what counts.py and events.py look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from est_build.protect.text.finding import Token, View
from est_build.protect.text.numbers import number_of

MONTH = r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_REPORT = re.compile(
    r"(?P<first>[^\W\d_]*?)-?(?:"
    r"rapport(?:s|er|en|erna|ers|ernas|ens)?|iakttagelse(?:r|n|rna|s|rnas|rs)?|observation(?:er|en|erna)?"
    r"|händelse(?:r|n|rna|s|rnas|rs)?|incident(?:er|en|erna)?|anmäl(?:an|ningar|ningarna|ningen)|tips(?:en|et)?"
    r"|svar(?:en|et|s|ens)?|svarande|klagomål(?:en|et)?|larm(?:en|et)?"
    r"|reports?|observations?|incidents?|sightings?|answers?|responses?|tip-?offs?|complaints?)"
)
_OTHER_FIRST = {
    # ansvar, försvar; documents; faults told to the municipality are public and not the network's answers.
    "an", "för", "gen", "till", "åter", "års", "kvartals", "del", "slut", "läges", "arbets", "forsknings",
    "väder", "trafik", "fel", "medels", "hus", "brand", "inbrotts", "falsk", "bok", "mät", "möjlighets",
    "intresse", "im", "ex", "sup", "pass", "trans", "projekt", "revisions", "månads", "res", "natur", "köp",
}  # fmt: skip
_OTHER_NEXT = {
    "brå", "brås", "scb", "socialstyrelsen", "folkhälsomyndigheten", "boverket", "trafikverket", "msb",
    "länsstyrelsen", "riksrevisionen", "regeringen", "universitetet", "universitet", "forskare",
    "forskningen",
}  # fmt: skip
"""A report from one of these is a document."""
_ADVICE = {"för", "om", "till", "på", "att", "så", "från", "for", "on"}
_AMOUNT = ("antalet", "antal", "summan", "summa")
_LABELS = {
    "vecka", "veckorna", "veckor", "v", "kvartal", "kl", "klockan", "år", "åren", "§", "kapitel", "kap",
    "punkt", "åtgärd", "åtgärden", "fråga", "frågan", "nummer", "nr", "sida", "sidan", "version", "ring",
    "bilaga", "regel", "steg", "week", "weeks", "year", "quarter", "number", "page", "call", "period", "kv",
}  # fmt: skip
_UNITS = re.compile(
    r"(?:veck|dag|arbetsdag|period|kvartal|år|månad|kväll|timm|timmar|minut|gång|område|kommun|verksamhet|"
    r"organisation|sektor|stolp|lamp|person|plats|steg|bänk|papperskorg|meter|km|kilometer|krono|punkt|"
    r"invånare|week|day|period|month|year|hour|minute|organi|sector|time|area|step|municipal|klockan|"
    rf"paragraf|{MONTH}|january|february|march|may|june|july|august|october|skol|skäl|sätt|del|ord|fråg|"
    r"språk|sid|rad|tecken)"
)
_NO_COUNT = re.compile(
    r"\d{4}-(?:kv|v)?\d{1,3}(?:-(?:\d{4}-v)?\d{1,2})?|\d{4}:\d+|(?:kl\.?|klockan)\s\d{1,2}(?:[:.]\d\d)?"
)
"""Dates, periods, running numbers, statutes and times of day."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number or an interval in a sentence: token indices ``first`` to ``last``, and its ends."""

    first: int
    last: int
    low: int
    high: int


@dataclass(frozen=True)
class Sentence:
    """The tokens of one sentence, and what in them counts or can be counted."""

    view: View
    tokens: tuple[Token, ...]

    def low(self, index: int) -> str:
        """A word in small letters; empty outside the sentence."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands before a token, without the space around it."""
        return self.view.gap(self.tokens[index - 1], self.tokens[index]).strip() if index else ""

    def words(self, first: int, last: int) -> str:
        """The text of some tokens."""
        return " ".join(token.text for token in self.tokens[first : last + 1])

    @cached_property
    def nouns(self) -> tuple[int, ...]:
        """Where a word for a report stands."""
        return tuple(i for i in range(len(self.tokens)) if self._is_report(i))

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """Where ``antalet`` or a compound of it stands."""
        return tuple(i for i, token in enumerate(self.tokens) if token.low.endswith(_AMOUNT))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers and intervals that may count something."""
        passed = [
            m.span() for m in _NO_COUNT.finditer(self.view.text, self.tokens[0].start, self.tokens[-1].end)
        ]
        found: list[Number] = []
        i = 0
        while i < len(self.tokens):
            number = self._number(i)
            if number is None or any(a <= self.tokens[i].start < b for a, b in passed):
                i += 1
                continue
            if not self._labels(i, number.low):
                found.append(number)
            i = number.last + 1
        return tuple(found)

    def joined(self, first: int, last: int) -> bool:
        """True if nothing but space, commas and marks stands between the tokens."""
        gaps = (self.view.gap(self.tokens[k], self.tokens[k + 1]) for k in range(first, last))
        return all(not set(gap) & set(".;:()|/%") for gap in gaps)

    def unit(self, index: int) -> bool:
        """True if the word is a thing that numbers count and that is no report: weeks, lamps, areas."""
        return _UNITS.match(self.low(index)) is not None

    def free(self, number: Number) -> bool:
        """True for a published interval; where rules are explained, for their own numbers and steps."""
        rules, interval = self.view.rules, number.first != number.last or number.low != number.high
        if interval and (number.low, number.high) in rules.shown:
            return True
        if not self.view.page:
            return False
        if interval:
            on_step = number.low > 0 and number.low % rules.step == 0
            return on_step and number.high == number.low + rules.step - 1
        before = {self.low(number.first - 1), self.low(number.first - 2)}
        return bool(before & {"minst", "least"}) and number.low in rules.limits

    def _is_report(self, i: int) -> bool:
        word, following = self.low(i), self.low(i + 1)
        if not _report_word(word):
            return False
        if word.startswith("tips") and following in _ADVICE:
            return following == "från"
        return not (following in {"från", "av", "hos", "from", "by"} and self.low(i + 2) in _OTHER_NEXT)

    def _number(self, i: int) -> Number | None:
        word = self.low(i)
        low = number_of(word)
        if low is None:
            left, dash, right = word.partition("-")
            ends = number_of(left), number_of(right)
            if dash and ends[0] is not None and ends[1] is not None:
                return Number(i, i, ends[0], ends[1])
            return None
        j = i + 1 if "-" in (self.gap(i + 1) if i + 1 < len(self.tokens) else "") else 0
        j = i + 2 if not j and self.low(i + 1) in self._joins(i) else j
        high = number_of(self.low(j)) if j else None
        return Number(i, i, low, low) if high is None else Number(i, j, low, high)

    def _joins(self, i: int) -> set[str]:
        """``mellan 5 och 9``, ``5 till 9``; but "från 4 till 9" tells two numbers, not an interval."""
        before = self.low(i - 1)
        if before in {"mellan", "between"}:
            return {"och", "and"}
        return set() if before in {"från", "from"} else {"till", "to", "eller", "or"}

    def _labels(self, i: int, value: int) -> bool:
        """True for the number of a week, a paragraph, a year or a day: it counts nothing."""
        if self.low(i - 1) in _LABELS or (1900 <= value <= 2100 and self.low(i).isdecimal()):
            return True
        if self.low(i - 1) in {"och", "till", "and", "to"} and self.low(i - 3) in _LABELS:
            return True
        return re.fullmatch(MONTH, self.low(i + 1)) is not None


@cache
def _report_word(low: str) -> bool:
    match = _REPORT.fullmatch(low)
    return match is not None and match["first"].rstrip("-") not in _OTHER_FIRST

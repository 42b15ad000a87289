"""What every checker needs: the recount, the page, and how numbers are worded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.public.dom import Document, Table
from tests.public.recount import Recount, number

INTERVAL = re.compile(r"(?<![\d\u202f])(\d[\d\u202f]*)–(\d[\d\u202f]*)(?![\d\u202f])")
TRENDS = ("Period", "Rapporter", "Svarade")
Head = tuple[str, ...]


def kind_of(address: str) -> tuple[str, str]:
    """First and second part of an address."""
    parts = [*address.strip("/").split("/"), "", ""]
    return parts[0], parts[1]


@dataclass(frozen=True)
class Check:
    """A page beside the recount of its numbers."""

    counted: Recount
    address: str
    page: Document

    @property
    def section(self) -> str:
        """First part of the address."""
        return kind_of(self.address)[0]

    @property
    def own(self) -> str:
        """Second part of the address."""
        return kind_of(self.address)[1]

    def span_of(self, table: Table) -> str:
        """The span that a caption names, or that of the page."""
        found = [i for words, i in self.counted.spans_by_words.items() if words in table.caption]
        if found:
            return found[0]
        if self.section in {"lage", "utvardering", "ar"} and self.own:
            return self.own
        return self.counted.published[-1]

    def area(self) -> str:
        """The area of an area's page."""
        assert self.section == "omraden"
        return self.own

    def quarter(self) -> str:
        """The latest quarter with figures: what the lower tables of an area page show."""
        return self.counted.published_spans("kvartal")[-1]


Rule = Callable[[Check, Table], None]


def sum_words(low: int, high: int | None) -> str:
    """``mellan 205 och 229``; ``minst 85`` when a part is hidden."""
    return f"mellan {number(low)} och {number(high)}" if high is not None else f"minst {number(low)}"


def share(c: Recount, span: str, code: str, sector: str = "alla") -> str:
    """Participation in words, counted again by the rules that stand in the manual."""
    invited, answered = c.people[span, code, sector]
    if not invited:
        return "Ingen insamling"
    if answered is None:
        return "Antalet svar visas inte"
    if invited < 20:
        return f"{c.answers(span, code, sector)} svarade"
    words = share_words(answered[0], answered[1], invited)
    return words[:1].upper() + words[1:] + " svarade"


def share_cell(c: Recount, span: str, code: str, sector: str = "alla") -> str:
    """The share in a column whose head says what it is: the same tenths, and a dash where none is given."""
    invited, answered = c.people[span, code, sector]
    if invited < 20 or answered is None:
        return "–"
    found = re.fullmatch(r"mellan (\d+) och (\d+) av 10", share_words(*answered, invited))
    return f"{found[1]}–{found[2]} av 10" if found else share_words(*answered, invited)


def share_words(low: int, high: int | None, invited: int) -> str:
    """Tenths, rounded half upwards; downwards for "minst", upwards for "högst"."""
    if high is None:
        return f"minst {10 * low // invited} av 10"
    a, b = (int(10 * min(end, invited) / invited + 0.5) for end in (low, high))
    if a == 10:
        return "alla" if low >= invited else "nästan alla"
    if b == 10:
        return f"minst {10 * low // invited} av 10"
    if b == 0:
        return "färre än 1 av 10"
    if a == 0:
        return f"högst {-(-10 * high // invited)} av 10"
    return f"{a} av 10" if a == b else f"mellan {a} och {b} av 10"


def ends(text: str) -> tuple[int, int]:
    """Both ends of a shown interval; a single number is both."""
    low, _, high = text.replace("\u202f", "").partition("–")
    return int(low), int(high or low)

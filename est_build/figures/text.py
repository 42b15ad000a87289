"""Numbers in words. Nothing here says more than the published interval allows.

How participation is worded (``low`` to ``high`` answered out of ``invited``):

* no one invited: "Ingen insamling".
* fewer than 20 invited: the numbers themselves, "10–11 av 11 svarade". A share of so few would look
  more exact than it is.
* the number of answers is hidden: "Antalet svar visas inte".
* both ends give the same tenth (rounded): "7 av 10 svarade".
* the ends give different tenths: "mellan 6 och 7 av 10 svarade".
* both ends round to ten tenths: "alla svarade" if the lower end is everyone, otherwise "nästan alla
  svarade". Only the upper end does: "minst 8 av 10 svarade", rounded downwards.
* both ends round to nought: "färre än 1 av 10 svarade"; only the lower end does: "högst 2 av 10
  svarade", rounded upwards.
"""

from __future__ import annotations

import re

from est_build.model.cell import HIDDEN_MARK, Cell, Shown, Sum
from est_build.model.series import Participation, Point

NARROW_SPACE = "\u202f"
"""Between groups of three digits; does not break."""
UNDER_LIMIT = "under visningsgränsen"
NO_COLLECTION = "ingen insamling"
NO_RELEASE = "inte publicerad"
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])")
FEW_INVITED = 20
"""Below this many invited, no share is given."""


def number(value: int) -> str:
    """A whole number as Swedish writes it: ``1 234`` with a narrow space that does not break."""
    return f"{value:,}".replace(",", NARROW_SPACE)


def decimal(value: float, digits: int = 1) -> str:
    """A number with decimal comma: ``1 234,5``."""
    whole, _, rest = f"{value:,.{digits}f}".partition(".")
    return whole.replace(",", NARROW_SPACE) + (f",{rest}" if rest else "")


def capital(words: str) -> str:
    """The words with a capital first letter, the rest untouched."""
    return words[:1].upper() + words[1:]


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence and the rest: a full stop, and a capital letter after it."""
    found = _SENTENCE_END.search(text)
    return (text[: found.start() + 1], text[found.end() :]) if found else (text, "")


def interval(low: int, high: int) -> str:
    """``35–39``; a single number when both ends are the same."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def cell_text(cell: Cell | None) -> str:
    """``35–39``, or two dots for a hidden cell, or a dash where nothing is published."""
    if cell is None:
        return "–"
    return interval(cell.low, cell.high) if isinstance(cell, Shown) else HIDDEN_MARK


def cell_words(cell: Cell | None) -> str:
    """``35–39 rapporter``, ``under visningsgränsen`` or ``ingen uppgift``."""
    if cell is None:
        return "ingen uppgift"
    return f"{cell_text(cell)} rapporter" if isinstance(cell, Shown) else UNDER_LIMIT


def point_words(point: Point) -> str:
    """Like :func:`cell_words`, and tells apart a missing release from a period without collection."""
    if point.participation is not None and not point.collected:
        return NO_COLLECTION
    return NO_RELEASE if point.cell is None else cell_words(point.cell)


def point_text(point: Point) -> str:
    """The same for a narrow column: ``35–39``, two dots, ``ingen insamling``, ``inte publicerad``."""
    if point.participation is not None and not point.collected:
        return NO_COLLECTION
    return NO_RELEASE if point.cell is None else cell_text(point.cell)


def sum_text(value: Sum) -> str:
    """``mellan 205 och 229``, ``minst 85`` when a part is hidden, ``under visningsgränsen``."""
    if value.high is None:
        return f"minst {number(value.low)}" if value.low else UNDER_LIMIT
    if value.high == 0:
        return "ingen uppgift"
    if value.low == value.high:
        return number(value.low)
    return f"mellan {number(value.low)} och {number(value.high)}"


def tenths(low: int, high: int, invited: int) -> tuple[int, int]:
    """Both ends as tenths of ``invited``, rounded half upwards, the upper end clipped at everyone.

    Raises:
        ValueError: if no one is invited.
    """
    if invited <= 0:
        raise ValueError("a share needs someone invited")
    top = min(high, invited)
    return tuple((20 * end + invited) // (2 * invited) for end in (min(low, top), top))  # type: ignore[return-value]


def share_words(low: int, high: int | None, invited: int) -> str:
    """``7 av 10``, ``mellan 6 och 7 av 10``, ``nästan alla`` … ``high`` is None when it is not known."""
    down = 10 * min(low, invited) // invited
    if high is None:
        return f"minst {down} av 10" if down else "okänt hur många"
    first, last = tenths(low, high, invited)
    if first == 10:
        return "alla" if low >= invited else "nästan alla"
    if last == 10:
        return f"minst {down} av 10"
    if last == 0:
        return "färre än 1 av 10"
    if first == 0:
        return f"högst {-(-10 * high // invited)} av 10"
    return f"{first} av 10" if first == last else f"mellan {first} och {last} av 10"


def participation_words(value: Participation) -> str:
    """``7 av 10 svarade`` and its kin: see the head of this module."""
    if value.invited == 0:
        return capital(NO_COLLECTION)
    if not isinstance(value.answered, Shown):
        return "Antalet svar visas inte"
    if value.invited < FEW_INVITED:
        return f"{participation_count(value)} svarade"
    words = share_words(value.answered.low, value.answered.high, value.invited)
    return f"{capital(words)} svarade"


def share_cell(value: Participation) -> str:
    """The share for a narrow column whose head says the rest: ``7 av 10``, ``6–8 av 10``, ``minst 7 av 10``.

    A dash where no share is given: nobody invited, too few invited, or the answers are hidden.
    """
    if value.invited < FEW_INVITED or not isinstance(value.answered, Shown):
        return "–"
    words = share_words(value.answered.low, value.answered.high, value.invited)
    return words.removeprefix("mellan ").replace(" och ", "–") if words.startswith("mellan ") else words


def participation_count(value: Participation) -> str:
    """``60–64 av 82``. The upper end is never above those invited."""
    if value.invited == 0:
        return NO_COLLECTION
    if not isinstance(value.answered, Shown):
        return f"{HIDDEN_MARK} av {number(value.invited)}"
    high = min(value.answered.high, value.invited)
    return f"{interval(min(value.answered.low, high), high)} av {number(value.invited)}"


def participation_sum_words(answered: Sum, invited: int) -> str:
    """Like :func:`participation_words` for several municipalities together."""
    if invited == 0:
        return capital(NO_COLLECTION)
    if answered.high is None and not answered.low:
        return "Antalet svar visas inte"
    if invited < FEW_INVITED:
        return f"{capital(participation_sum_count(answered, invited))} svarade"
    return f"{capital(share_words(answered.low, answered.high, invited))} svarade"


def participation_sum_count(answered: Sum, invited: int) -> str:
    """``mellan 195 och 215 av 283``, ``minst 130 av 283``."""
    if invited == 0:
        return NO_COLLECTION
    if answered.high is None:
        words = sum_text(answered) if answered.low else HIDDEN_MARK
    else:
        high = min(answered.high, invited)
        words = sum_text(Sum(min(answered.low, high), high, answered.hidden_parts))
    return f"{words} av {number(invited)}"


def swedish_key(words: str) -> str:
    """Sorting key of the Swedish alphabet: å, ä and ö last."""
    return words.casefold().translate(_ALPHABET)

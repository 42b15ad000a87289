"""Personnummer and samordningsnummer, also masked ones, and registration plates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.digits import Run, runs
from est_build.protect.text.finding import NOTHING, Hit, View

_SHAPES = {
    (6, 4), (8, 4), (2, 2, 2, 4), (4, 2, 2, 4), (2, 6, 4), (6, 2, 2), (8, 2, 2), (2, 8), (4, 8), (4, 4, 4),
    (6, 3, 1), (8, 3, 1),
}  # fmt: skip
_LENGTHS = frozenset({10, 12})
_MASKED = re.compile(r"(?<!\d)(\d{6}|\d{8})\s?[-+]\s?(?:[xX*_#?•·]{2,4}\d{0,2}|(?:n{4}|N{4}))(?![^\W_])")
# A number given before a person has one of her own: a letter stands for the seventh digit.
_INTERIM = re.compile(r"(?<!\d)(\d{6}|\d{8})[-+ ]?[TRSUWXJKLMN](\d{3})(?![^\W_])")
# The number in two parts with words between: 701231, de sista fyra är 1234.
_PARTED = re.compile(
    r"(?<!\d)(?:18|19|20)?(\d{6})(?!\d)[^\d\n]{0,30}\bsist\w*[^\d\n]{1,30}(\d{4})(?!\d)", re.IGNORECASE
)
_LETTERS = "ABCDEFGHJKLMNOPRSTUWXYZ"
"""All but I, Q, V, Å, Ä, Ö, which no plate has."""
_L, _LAST = f"[{_LETTERS}]", f"[{_LETTERS.replace('O', '')}\\d]"
_PLATE = re.compile(
    rf"(?<![^\W_])(?P<joined>{_L}{{3}})[ \-·.]{{0,2}}\d\d{_LAST}(?![^\W_])"
    rf"|(?<![^\W_])(?P<apart>{_L}(?:[ .\-]{_L}){{2}})[ .\-]{{0,2}}\d[ .\-]?\d[ .\-]?{_LAST}(?![^\W_])"
)
_SMALL = re.compile(
    rf"(?<![^\W_.@/-])(?P<l>[{_LETTERS.lower()}A-Z]{{3}})(?P<s>[ \-]?)(?P<d>\d\d[{_LETTERS.lower()}A-Z\d])"
    r"(?![^\W_]|[-@.:/]\w|[:.,]\d)"
)
_NEAR_PLATE = re.compile(
    r"(?:reg\b|regnr|registrering|skylt|nummer|bil(?:en|ar)?\b|moped|traktor|epa|skoter|släp|"
    r"motorcykel|\bmc\b|volvo|fordon|plåt)[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_NO_PLATE = {"EST", "SFS", "SOU", "RFC", "SEK", "DOM", "CET"}
"""Letters before a number that are something else: codes of messages, statutes, standards, money."""
_NO_SMALL_PLATE = {
    "och", "den", "det", "med", "som", "ett", "har", "kan", "ska", "sen", "men", "hos", "ban", "dag",
    "nya", "ser", "tog", "tre", "sex", "alla", "max", "per", "typ", "nor", "lag", "kap", "hus", "rad",
    "rum", "sal", "lgh", "kod", "fas", "nej", "ort", "del", "mer", "get", "and", "the", "for", "top",
    "san", "str", "ler",
}  # fmt: skip


def national_ids(view: View) -> Iterator[Hit]:
    """EST411: a valid personnummer or samordningsnummer in any spelling, or one with the end masked."""
    for folded in view.digit_views:
        for start, end in _everywhere(folded.text):
            yield kinds.NATIONAL_ID, folded.back(start), folded.back(end - 1) + 1, NOTHING


def _everywhere(text: str) -> Iterator[tuple[int, int]]:
    for run in runs(text, 10):
        yield from _ids(run)
    for match in _MASKED.finditer(text):
        if is_birth(match[1][-6:]):
            yield match.span()
    for match in _PARTED.finditer(text):
        if valid_id(match[1] + match[2]):
            yield match.span()
    for match in _INTERIM.finditer(text):
        if is_birth(match[1][-6:]) and luhn(f"{match[1][-6:]}1{match[2]}"):
            yield match.span()


def _ids(run: Run) -> Iterator[tuple[int, int]]:
    last = len(run.groups) - 1
    for i, j, digits in run.spans(_LENGTHS):
        if not valid_id(digits):
            continue
        shape = tuple(len(group) for group, _, _ in run.groups[i : j + 1])
        if shape[:3] == (4, 2, 2) and (len(shape) != 4 or " - " in run.before(j)):
            continue  # A date, and then a time or another year.
        # Two dates in a row are no number: what is joined on goes on in the next date.
        open_ended = run.after(j) in {"-", "."} or run.before(i)[-1:] in {"-", "."}
        if len(shape) == 1 or (i == 0 and j == last) or (shape in _SHAPES and not open_ended):
            yield run.groups[i][1], run.groups[j][2]


def valid_id(digits: str) -> bool:
    """True for 10 or 12 digits with a day that exists (60 more in a samordningsnummer) and a right Luhn."""
    century, short = digits[:-10], digits[-10:]
    if century not in {"", "18", "19", "20"} or short[6:9] == "000":
        return False
    return is_birth(short[:6], century) and luhn(short)


def is_birth(six: str, century: str = "") -> bool:
    """True if ``YYMMDD`` is a day, in the century or in any."""
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:6])
    if day > 60:
        day -= 60
    for base in [int(century) * 100] if century else [1800, 1900, 2000]:
        try:
            dt.date(base + year, month, day)
        except ValueError:
            continue
        return True
    return False


def luhn(digits: str) -> bool:
    """True if the last digit is the Luhn check digit of those before it."""
    total = 0
    for i, char in enumerate(reversed(digits)):
        value = int(char) * (1 + i % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def plates(view: View) -> Iterator[Hit]:
    """EST414: a Swedish registration plate, old (ABC 123) or new (ABC 12D)."""
    text = view.text
    if not view.has_digits:
        return
    for match in _PLATE.finditer(text):
        letters = re.sub(r"[^A-Z]", "", match["joined"] or match["apart"])
        if letters not in _NO_PLATE:
            yield kinds.PLATE, match.start(), match.end(), NOTHING
    for match in _SMALL.finditer(text):
        letters = match["l"]
        if letters.isupper() or letters.lower() in _NO_SMALL_PLATE:
            continue
        joined = not match["s"] and any(map(str.isdigit, match["d"]))
        if joined or _NEAR_PLATE.search(text[max(0, match.start() - 60) : match.start()]):
            yield kinds.PLATE, match.start(), match.end(), NOTHING

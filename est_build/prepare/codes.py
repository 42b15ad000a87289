"""What our own form calls a choice: names and codes that every tool accepts, the same every year.

``prepare`` understands them all, so that it does not matter whether a tool exports names or labels.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from est_build.load.area import Area
from est_build.load.codebook import CodeBook
from est_build.prepare.folding import fold
from est_build.schema.codes import Code
from est_build.schema.site import Municipality
from est_build.schema.survey import Member

WHOLE_SV, WHOLE_EN = "Hela kommunen, eller vet inte", "The whole municipality, or not sure"
NOT_SURE = ("Vet inte", "Not sure")
UNKNOWN = "okand"
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def form_name(text: str) -> str:
    """A name of small letters, digits and underscores, which is what XLSForm tools agree on."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    letters = plain.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_") or "x"


def short_code(name: str, key: str) -> str:
    """Five letters and digits for a choice of the list ``name``: LimeSurvey has no room for more.

    A digest, so that the code of a choice never becomes another's when a list changes.
    """
    number = int.from_bytes(hashlib.blake2b(f"{name}/{key}".encode(), digest_size=8).digest(), "big")
    found = "abcdefghijklmnopqrstuvwxyz"[number % 26]
    number //= 26
    for _ in range(4):
        number, rest = divmod(number, 36)
        found += _ALPHABET[rest]
    return found


def member_names(members: Sequence[Member]) -> dict[tuple[str, str], str]:
    """Name in a form of each member, by organisation and municipality."""
    names: dict[tuple[str, str], str] = {}
    for spell in (_plain_name, _town_name, _exact_name):
        left = [m for m in members if (m.organisation, m.kommun) not in names]
        given = [spell(m) for m in left]
        taken = set(names.values())
        for member, name in zip(left, given, strict=True):
            if given.count(name) == 1 and name not in taken:
                names[member.organisation, member.kommun] = name
    return names


def _plain_name(member: Member) -> str:
    return form_name(member.organisation)


def _town_name(member: Member) -> str:
    return f"{form_name(member.organisation)}_{member.kommun}"


def _exact_name(member: Member) -> str:
    return f"{form_name(member.organisation)}_{member_code(member)}"


def member_code(member: Member) -> str:
    """Short code of a member."""
    return short_code("organisation", f"{member.kommun}/{fold(member.organisation)}")


def member_words(members: Sequence[Member]) -> Iterator[tuple[str, Member]]:
    """Every word for each member, folded: its own name, and what our form calls it."""
    own = {fold(member.organisation) for member in members}
    names = member_names(members)
    for member in members:
        yield fold(member.organisation), member
        extra = {names.get((member.organisation, member.kommun), ""), member_code(member)}
        yield from ((word, member) for word in sorted(extra - own - {""}))


def code_words(name: str, codes: Iterable[Code], book: CodeBook) -> dict[str, str]:
    """What our form calls the codes of a list, folded -> id. What is ambiguous has no word."""
    found: dict[str, set[str]] = {}
    for code in codes:
        words = [code.en, form_name(code.id), short_code(name, code.id), *described(code)]
        if code.forald:
            words += [f"{book.label('kategorier', code.forald, lang)}: {label}"
                      for lang, label in (("sv", code.sv), ("en", code.en))]  # fmt: skip
        for word in words:
            found.setdefault(fold(word), set()).add(code.id)
    return {word: ids.pop() for word, ids in found.items() if len(ids) == 1}


def described(code: Code) -> tuple[str, str]:
    """Labels with the explanation that a time of the week needs: Swedish and English."""
    if code.id == UNKNOWN:
        return NOT_SURE
    if not re.match(r"(?:vardag|helg)-", code.id) or not code.beskrivning:
        return code.sv, code.en
    sv = f"{code.sv} ({code.beskrivning[0].lower()}{code.beskrivning[1:]})"
    return sv, f"{code.en} ({_english_days(code.beskrivning)})"


_DAYS = (("måndag", "Monday"), ("fredag", "Friday"), ("söndag", "Sunday"), ("torsdag", "Thursday"),
         ("lördag", "Saturday"), (" till ", " to "), (" och ", " and "))  # fmt: skip


def _english_days(text: str) -> str:
    found = text.lower()
    for sv, en in _DAYS:
        found = found.replace(sv, en)
    return found


def area_words(area: Area, town: Municipality) -> tuple[str, ...]:
    """What our form calls a small area."""
    return (form_name(area.id), short_code("omrade", area.id), f"{town.namn}: {area.name}")


def whole_words(town: Municipality) -> tuple[str, ...]:
    """What our form calls the whole of a municipality."""
    labels = (WHOLE_SV, WHOLE_EN)
    return (*labels, *(f"{town.namn}: {label}" for label in labels), whole_name(town), whole_code(town))


def whole_name(town: Municipality) -> str:
    """Name of the choice "the whole municipality"."""
    return f"hela_{town.kod}"


def whole_code(town: Municipality) -> str:
    """Short code of that choice."""
    return short_code("omrade", whole_name(town))


def town_code(town: Municipality) -> str:
    """Short code of a municipality."""
    return short_code("kommun", town.kod)

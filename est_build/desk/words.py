"""Words that people write for a code: its label, or the code with å, ä, ö and capital letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from est_build.load.area import Area
from est_build.load.codebook import CodeBook
from est_build.schema.action import Action
from est_build.schema.codes import ListName
from est_build.schema.issue import Issue

_LISTS: Mapping[str, ListName] = {
    "kategorier": "kategorier",
    "miljoer": "miljoer",
    "typ": "atgardstyper",
    "strategier": "strategier",
    "genomforande": "genomforande",
    "effekt": "effekter",
    "grund": "grund",
}
_STATUS: Mapping[type[BaseModel], ListName] = {Action: "statusar", Issue: "fragestatus"}
_AREAS = frozenset({"omraden", "omrade", "jamforelse", "flytt"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What codes there are in an instance."""

    codes: CodeBook
    areas: tuple[Area, ...]

    def code(self, model: type[BaseModel], key: str, word: str) -> str | None:
        """The code that ``word`` stands for under ``key``; ``None`` if it is one, or if none is meant."""
        if key in _AREAS:
            return meant(word, ((area.id, (area.name,)) for area in self.areas))
        name = _STATUS.get(model) if key == "status" else _LISTS.get(key)
        if name is None:
            return None
        entries = self.codes.lists[name]
        return meant(word, ((code, (entry.sv,)) for code, entry in entries.items()))


def choice(annotation: Any, word: str) -> str | None:
    """The choice of a ``Literal`` that ``word`` stands for: ``lång`` -> ``lang``."""
    choices = [str(one) for one in get_args(annotation)]
    return meant(word, ((one, ()) for one in choices))


def meant(word: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    """The only code whose own form or label is ``word``, but for accents, capitals and blanks."""
    wanted, found = plain(word), set()
    for code, labels in known:
        if code == word:
            return None
        if wanted and wanted in {plain(code), *map(plain, labels)}:
            found.add(code)
    return found.pop() if len(found) == 1 else None


def plain(word: str) -> str:
    """Small letters without accents; blanks, hyphens and underscores are one thing."""
    letters = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode("ascii")
    return "-".join(letters.replace("_", " ").replace("-", " ").split())

"""The words of an instance: which areas, categories and sectors a protected file may name."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FRAME_FILES = ("data/webbplats.yml", "data/kodlistor.yml", "data/omraden.geojson")
"""The files that :func:`words_from` reads: every version that the checked commits have."""
PLACE = "plats"
_LISTS = {"kategori": "kategorier", "sektor": "sektorer", "miljo": "miljoer", "tid": "tider"}
"""What an answer tells -> the packaged list of its choices."""
_DAYS = """
mandag tisdag onsdag torsdag fredag lordag sondag man tis ons tor tors fre lor son
monday tuesday wednesday thursday friday saturday sunday
"""
_ASIDE = re.compile(r"\([^()]*(?:\)|$)")
_PARTS = "morgon formiddag eftermiddag kvall natt dag morning afternoon evening night"


@dataclass(frozen=True, slots=True)
class Words:
    """Codes by kind. An empty ``areas`` means that the instance has none yet: then any slug will do."""

    categories: frozenset[str]
    sectors: frozenset[str]
    environments: frozenset[str]
    times: frozenset[str]
    areas: frozenset[str]
    told: Mapping[str, frozenset[str]]
    """What an answer tells -> its choices, ids and names, folded. ``plats``: codes and names of the areas."""


@functools.lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case, no accents, single spaces instead of everything that is no letter or digit."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in plain)
    return " ".join(kept.split())


def choice(text: str) -> str:
    """As :func:`folded`, without what stands in brackets: ``Kväll (17–22)`` is ``kvall``."""
    return folded(_ASIDE.sub(" ", text)) or folded(text)


def words_from(files: Iterable[tuple[str, bytes]] = ()) -> Words:
    """The packaged codes with what ``files`` (path and content of frame files) add to them.

    A file that cannot be read adds nothing: ``est-build check`` tells what is wrong with it.
    """
    ids, labels = _packaged()
    own: set[str] = set()
    areas: set[str] = set()
    told = {question: set(words) for question, words in labels.items()}
    for path, content in files:
        if path.endswith("kodlistor.yml"):
            found = [c for c in _maps(_yaml(content)) if "id" in c]
            own |= {str(c["id"]) for c in found}
            told["kategori"] |= {choice(str(c.get(key, ""))) for c in found for key in ("id", "sv", "en")}
        elif path.endswith("webbplats.yml"):
            rows = [m for m in _maps(_yaml(content)) if "kod" in m]
            told[PLACE] |= {choice(str(m.get(key, ""))) for m in rows for key in ("kod", "namn", "id")}
        else:
            rows = [m for m in _maps(_json(content)) if "niva" in m]
            areas |= {str(m["id"]) for m in rows if "id" in m}
            told[PLACE] |= {choice(str(m.get(key, ""))) for m in rows for key in ("namn", "id")}
    return Words(
        categories=ids["kategori"] | own,
        sectors=ids["sektor"],
        environments=ids["miljo"],
        times=ids["tid"],
        areas=frozenset(areas),
        told={question: frozenset(words - {""}) for question, words in told.items()},
    )


@functools.cache
def _packaged() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    ids: dict[str, frozenset[str]] = {}
    labels: dict[str, frozenset[str]] = {PLACE: frozenset(), "dag": frozenset(_DAYS.split())}
    folder = importlib.resources.files("est_build.schema") / "lists"
    for question, name in _LISTS.items():
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        ids[question] = frozenset(row["id"] for row in rows)
        labels[question] = frozenset(choice(row[key]) for row in rows for key in ("id", "sv", "en"))
    labels["tid"] |= frozenset(_PARTS.split())
    return ids, labels


def _yaml(content: bytes) -> Any:
    from est_build.load.yaml_file import parse_yaml

    tree, _ = parse_yaml(content.decode("utf-8", errors="replace"), "")
    return None if tree is None else tree.data


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _maps(data: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside ``data``; what was read has at most forty levels, or is small."""
    waiting = [data]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield current
            waiting.extend(current.values())
        elif isinstance(current, list) and not (current and isinstance(current[0], int | float)):
            waiting.extend(current)

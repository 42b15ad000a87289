"""What the protected files say, read with nothing of the program: the tests' own count."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

NARROW = "\u202f"
HIDDEN = "··"
NONE = "ingen insamling"
DASH = "–"
SPANS = {"perioder": "period", "kvartal": "kvartal", "ar": "ar"}


def number(value: int) -> str:
    """``1 234`` with a narrow space."""
    return f"{value:,}".replace(",", NARROW)


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as it is."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@dataclass
class Recount:
    """The data folder of the example."""

    data: Path
    lists: Path
    """Folder of the packaged code lists."""
    cells: dict[tuple[str, str, str, str, str, str], tuple[int, int] | None] = field(default_factory=dict)
    """(span, table, area, category, environment, time) -> interval, or None if hidden."""
    people: dict[tuple[str, str, str], tuple[int, tuple[int, int] | None]] = field(default_factory=dict)
    """(span, municipality code, sector) -> invited and the interval of answers."""

    def __post_init__(self) -> None:
        for folder in SPANS:
            for path in sorted((self.data / folder).glob("*/*/rapporter.csv")):
                span = path.parent.parent.name
                for row in rows(path):
                    key = (span, row["tabell"], row["omrade"], row["kategori"], row["miljo"], row["tid"])
                    assert key not in self.cells
                    self.cells[key] = _interval(row["fran"], row["till"])
                for row in rows(path.with_name("deltagande.csv")):
                    who = (span, row["kommun"], row["sektor"])
                    self.people[who] = int(row["inbjudna"]), _interval(row["svar_fran"], row["svar_till"])

    # ---- names -----------------------------------------------------------------------------

    @cached_property
    def areas(self) -> dict[str, dict[str, Any]]:
        """Id -> properties of the outline file."""
        collection = json.loads((self.data / "omraden.geojson").read_text(encoding="utf-8"))
        return {f["properties"]["id"]: f["properties"] for f in collection["features"]}

    @cached_property
    def merged(self) -> dict[str, str]:
        """Areas that are counted in another."""
        rules = yaml.safe_load((self.data / "skydd.yml").read_text(encoding="utf-8"))
        return dict(rules.get("sammanslagna") or {})

    @cached_property
    def area_ids(self) -> dict[str, str]:
        """Name -> id."""
        names = {p["namn"]: i for i, p in self.areas.items()}
        assert len(names) == len(self.areas)
        return names

    @cached_property
    def towns(self) -> list[str]:
        """Ids of the municipalities in Swedish order of their names."""
        found = [i for i, p in self.areas.items() if p["niva"] == "kommun"]
        return sorted(found, key=lambda i: swedish(self.areas[i]["namn"]))

    def small(self, town: str | None = None) -> list[str]:
        """Small areas that stand by themselves, in Swedish order."""
        found = [
            i
            for i, p in self.areas.items()
            if p["niva"] == "omrade" and i not in self.merged and town in (None, p["foralder"])
        ]
        return sorted(found, key=lambda i: swedish(self.areas[i]["namn"]))

    def code(self, area: str) -> str:
        """Municipality code of an area."""
        return str(self.areas[area]["kommun"])

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """List -> id -> Swedish label, with the instance's own changes."""
        found = {p.stem: {r["id"]: r["sv"] for r in rows(p)} for p in self.lists.glob("*.csv")}
        own = yaml.safe_load((self.data / "kodlistor.yml").read_text(encoding="utf-8"))
        for row in own.get("egna_kategorier") or ():
            found["kategorier"][row["id"]] = row["sv"]
        for name, changes in (own.get("andringar") or {}).items():
            for code, change in changes.items():
                found[name][code] = change.get("sv", found[name][code])
        return found

    def code_of(self, name: str, label: str) -> str:
        """Code of a label."""
        found = [code for code, text in self.labels[name].items() if text == label]
        assert len(found) == 1, (name, label, found)
        return found[0]

    @cached_property
    def groups(self) -> list[str]:
        """Ids of the category groups in use."""
        every = rows(self.lists / "kategorier.csv")
        return [r["id"] for r in every if not r["forald"] and r["aktiv"] == "ja"]

    # ---- time ------------------------------------------------------------------------------

    @cached_property
    def calendar(self) -> list[dict[str, str]]:
        """Rows of the calendar."""
        return rows(self.data / "kalender.csv")

    @cached_property
    def published(self) -> list[str]:
        """Fortnights with at least one release, in order."""
        known = {span for span, *_ in self.cells}
        return [r["period"] for r in self.calendar if r["period"] in known]

    def published_spans(self, folder: str) -> list[str]:
        """Quarters or years with figures, in order."""
        return sorted({p.parent.parent.name for p in (self.data / folder).glob("*/*/rapporter.csv")})

    def before(self, period: str) -> str | None:
        """The published fortnight before."""
        index = self.published.index(period)
        return self.published[index - 1] if index else None

    @cached_property
    def spans_by_words(self) -> dict[str, str]:
        """``vecka 45–46, 2026`` / ``kvartal 3, 2026`` / ``år 2025`` -> id."""
        found = {}
        for row in self.calendar:
            parts = row["period"].split("-")
            weeks = [int(p.removeprefix("v")) for p in parts if len(p) < 4]
            years = [p for p in parts if len(p) == 4]
            found[f"vecka {weeks[0]}–{weeks[-1]}, {'/'.join(years)}"] = row["period"]
            found[f"kvartal {row['kvartal'][-1]}, {row['ar']}"] = row["kvartal"]
            found[f"år {row['ar']}"] = row["ar"]
        return found

    def words(self, span: str) -> str:
        """The other way round."""
        return next(words for words, i in self.spans_by_words.items() if i == span)

    def proven(self, year: str, code: str) -> tuple[list[Path], list[Path]]:
        """Releases of a municipality in a year: those that no longer span covers, and all of them."""
        own = [row for row in self.calendar if row["ar"] == year]
        periods = {self.data / "perioder" / r["period"] / code: r["kvartal"] for r in own}
        quarters = {self.data / "kvartal" / r["kvartal"] / code: r["kvartal"] for r in own}
        whole = self.data / "ar" / year / code
        inside = [p for p in (*periods, *quarters, whole) if p.is_dir()]
        if whole.is_dir():
            return [whole], inside
        last = [p for p in quarters if p.is_dir()]
        done = {quarters[p] for p in last}
        return last + [p for p, q in periods.items() if p.is_dir() and q not in done], inside

    # ---- cells as they must be written -----------------------------------------------------

    def collected(self, span: str, code: str) -> bool:
        """True if somebody was asked."""
        return self.people.get((span, code, "alla"), (0, None))[0] > 0

    def text(self, *key: str) -> str:
        """``35–39``, two dots, or a dash where there is no such cell. ``key`` may leave the end out."""
        full = (*key, "", "", "")[:6]
        if full not in self.cells:
            return DASH
        return interval(self.cells[full])  # type: ignore[index]

    def total(self, span: str, area: str) -> str:
        """All reports of an area; words where nobody was asked."""
        if (span, self.code(area), "alla") in self.people and not self.collected(span, self.code(area)):
            return NONE
        table = "kommun" if self.areas[area]["niva"] == "kommun" else "omrade"
        return self.text(span, table, area, "alla")

    def group(self, span: str, area: str, group: str) -> str:
        """The reports of a group in an area."""
        table = "kommun_grupp" if self.areas[area]["niva"] == "kommun" else "omrade_grupp"
        return self.text(span, table, area, group)

    def answers(self, span: str, code: str, sector: str = "alla") -> str:
        """``10–14 av 24``, never above those invited."""
        invited, answered = self.people[span, code, sector]
        if not invited:
            return NONE
        if answered is None:
            return f"{HIDDEN} av {number(invited)}"
        low, high = answered[0], min(answered[1], invited)
        return f"{interval((low, high))} av {number(invited)}"

    def region(self, span: str) -> tuple[int, int | None] | None:
        """Both ends of the sum of what the municipalities have published."""
        cells = [
            self.cells[span, "kommun", town, "alla", "", ""]
            for town in self.towns
            if self.collected(span, self.code(town))
        ]
        return summed(cells) if cells else None

    def region_answers(self, span: str) -> tuple[int, tuple[int, int | None]] | None:
        """Invited, and both ends of those who answered."""
        known = [self.people[span, self.code(t), "alla"] for t in self.towns]
        asked = [row for row in known if row[0]]
        return (sum(i for i, _ in asked), summed([a for _, a in asked])) if asked else None


def summed(cells: list[tuple[int, int] | None]) -> tuple[int, int | None]:
    """Both ends of a sum; the upper one is unknown when a part is hidden."""
    low = sum(c[0] for c in cells if c)
    return low, None if None in cells else sum(c[1] for c in cells if c)


def interval(cell: tuple[int, int] | None) -> str:
    """``35–39`` or two dots."""
    if cell is None:
        return HIDDEN
    low, high = cell
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def swedish(name: str) -> tuple[int, ...]:
    """Sorting key: a–z, å, ä, ö."""
    order = "abcdefghijklmnopqrstuvwxyzåäö"
    folded = name.lower().replace("é", "e").replace("ü", "y")
    return tuple(order.find(c) for c in folded)


def _interval(low: str, high: str) -> tuple[int, int] | None:
    return (int(low), int(high)) if low else None

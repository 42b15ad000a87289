"""The texts of the example as they are written, read with nothing of the program."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Arrow = tuple[str, str, str]
"""From, to (with an anchor if it has one), and what the arrow stands for."""


@dataclass(frozen=True)
class Raw:
    """A data folder."""

    data: Path

    def _all(self, pattern: str) -> dict[str, dict[str, Any]]:
        found = {}
        for path in sorted(self.data.glob(pattern)):
            name = path.stem if path.parent.parent == self.data else path.parent.name
            found[name] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def actions(self) -> dict[str, dict[str, Any]]:
        every = self._all("atgarder/*.yml")
        return {n: a for n, a in every.items() if a["status"] != "foreslagen"}

    @cached_property
    def issues(self) -> dict[str, dict[str, Any]]:
        return self._all("fragor/*.yml")

    @cached_property
    def quarters(self) -> dict[str, dict[str, Any]]:
        return self._all("kvartal/*/utvardering.yml")

    @cached_property
    def pictures(self) -> dict[str, dict[str, Any]]:
        return self._all("perioder/*/lagesbild.yml")

    @cached_property
    def plans(self) -> dict[str, dict[str, Any]]:
        return self._all("plan/*.yml")

    @cached_property
    def years(self) -> list[str]:
        return sorted(p.name for p in (self.data / "ar").iterdir())

    @cached_property
    def calendar(self) -> list[dict[str, str]]:
        with (self.data / "kalender.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def days(self, quarter: str) -> tuple[dt.date, dt.date]:
        """First and last day of a quarter."""
        own = [r for r in self.calendar if r["kvartal"] == quarter]
        return dt.date.fromisoformat(own[0]["start"]), dt.date.fromisoformat(own[-1]["slut"])

    def meeting(self, day: dt.date) -> str | None:
        """The quarter whose meeting was the first from a day on."""
        held = sorted((q["motesdag"], name) for name, q in self.quarters.items())
        return next((name for meeting, name in held if meeting >= day), None)

    def quarters_of(self, number: str) -> set[str]:
        """Quarters that decided on an action, saw something happen with it, or took up its result."""
        action = self.actions[number]
        dates = [e["datum"] for e in action["historik"]]
        dates += [f["datum"] for f in action.get("uppfoljningar", [])]
        found = set()
        for name, quarter in self.quarters.items():
            first, last = self.days(name)
            if any(first <= d <= last for d in dates):
                found.add(name)
            if any(row.get("atgard") == number for row in quarter.get("beslut", [])):
                found.add(name)
        found |= {m for f in action.get("uppfoljningar", []) if (m := self.meeting(f["datum"]))}
        return found

    # ---- the arrows ----------------------------------------------------------------------------

    def arrows(self) -> Iterator[Arrow]:
        """Every arrow of the loop, each in both directions."""
        yield from self._of_pictures()
        for number in self.actions:
            yield from self._of_action(number)
        for name in self.quarters:
            yield from self._of_quarter(name)
        yield from self._of_plans()

    @staticmethod
    def _both(one: str, other: str, what: str) -> Iterator[Arrow]:
        yield one, other, what
        yield other, one, f"{what}, back"

    def _of_pictures(self) -> Iterator[Arrow]:
        for period, picture in self.pictures.items():
            page = f"/lage/{period}/"
            for row in picture.get("andrat", []):
                if "fraga" in row:
                    yield from self._both(page, f"/fragor/{row['fraga']}/", "fortnight-issue")
                if "atgard" in row and row["atgard"] in self.actions:
                    yield from self._both(page, f"/atgarder/{row['atgard']}/", "fortnight-action")

    def _of_action(self, number: str) -> Iterator[Arrow]:
        action, page = self.actions[number], f"/atgarder/{number}/"
        for issue in action.get("fragor", []):
            yield from self._both(page, f"/fragor/{issue}/", "issue-action")
            known = {c["id"] for c in self.issues[issue].get("orsaker", [])}
            for cause in action.get("orsaker", []):
                if cause in known:
                    yield page, f"/fragor/{issue}/#orsak-{cause}", "action-cause"
        for row in action.get("uppfoljningar", []):
            meeting = self.meeting(row["datum"])
            if meeting is not None:
                yield page, f"/utvardering/{meeting}/", "follow-up-quarter"
                yield f"/utvardering/{meeting}/", f"{page}#uppfoljning-{row['datum']}", "quarter-follow-up"
            for issue in action.get("fragor", []):
                yield f"/fragor/{issue}/", f"{page}#uppfoljning-{row['datum']}", "issue-follow-up"
        for quarter in self.quarters_of(number):
            yield from self._both(page, f"/utvardering/{quarter}/", "action-quarter")

    def _of_quarter(self, name: str) -> Iterator[Arrow]:
        quarter, page = self.quarters[name], f"/utvardering/{name}/"
        for issue in quarter.get("prioriterade", []):
            yield from self._both(page, f"/fragor/{issue}/", "issue-quarter")
        for row in self.calendar:
            if row["kvartal"] == name:
                yield from self._both(page, f"/lage/{row['period']}/", "fortnight-quarter")
        if name[:4] in self.years:
            yield from self._both(page, f"/ar/{name[:4]}/", "quarter-year")

    def _of_plans(self) -> Iterator[Arrow]:
        for town, plan in self.plans.items():
            page = f"/plan/{town}/"
            yield from self._both("/plan/", page, "plans-plan")
            for number in (plan.get("atgardsplan") or {}).get("atgarder", []):
                yield from self._both(page, f"/atgarder/{number}/", "action-plan")
                for issue in self.actions[number].get("fragor", []):
                    yield from self._both(page, f"/fragor/{issue}/", "issue-plan")
                for quarter in self.quarters_of(number):
                    yield from self._both(page, f"/utvardering/{quarter}/", "quarter-plan")
            for year in self.years:
                yield from self._both(page, f"/ar/{year}/", "year-plan")

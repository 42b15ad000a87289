"""What points at what, looked up backwards, so that every arrow of the loop can be walked both ways."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.links import Link
from est_build.schema.action import Action
from est_build.schema.correction import Correction
from est_build.schema.issue import Issue
from est_build.schema.plan import MunicipalPlan


class Relations:
    """Reverse look-ups over published texts. Only what has a page is linked; the newest comes first."""

    def __init__(self, published: Published) -> None:
        self.published = published

    # ---- spans ------------------------------------------------------------------------------

    def picture_link(self, span: Span) -> Link:
        """A fortnight: ``Vecka 45–46, 2026``."""
        return Link(f"{span.label.capitalize()}, {span.end.year}", addresses.picture(span.id))

    def quarter_link(self, span: Span) -> Link:
        """A quarter: ``Kvartal 3 2026``."""
        return Link(span.label.capitalize(), addresses.quarter(span.id))

    def year_link(self, span: Span) -> Link:
        """A year: ``Året 2025``."""
        return Link(f"Året {span.id}", addresses.year(span.id))

    def quarter_of(self, period: Span) -> Link | None:
        """The quarter that a fortnight is counted in, if it has a page."""
        calendar = self.published.calendar
        found = (q for q in self.published.quarters if period in calendar.periods_in(q))
        return next((self.quarter_link(q) for q in found), None)

    def year_of(self, span: Span) -> Link | None:
        """The year of a fortnight or a quarter, if it has a page."""
        calendar = self.published.calendar
        inner = [span] if span.kind == "period" else calendar.periods_in(span)
        found = (y for y in self.published.years if inner and inner[0] in calendar.periods_in(y))
        return next((self.year_link(y) for y in found), None)

    @cached_property
    def next_meeting(self) -> dt.date | None:
        """The next quarterly meeting that has been announced and not been held."""
        dates = [e.nasta_mote for e in self.published.texts.evaluations.values() if e.nasta_mote]
        return min((d for d in dates if d > self.published.date), default=None)

    # ---- from actions and issues to what names them -------------------------------------------

    def periods_of_action(self, number: str) -> tuple[Link, ...]:
        """Pictures that told of the action."""
        return self._periods[0].get(number, ())

    def periods_of_issue(self, number: str) -> tuple[Link, ...]:
        """Pictures that told of the issue."""
        return self._periods[1].get(number, ())

    def quarters_of_action(self, number: str) -> tuple[Link, ...]:
        """Quarters whose meeting decided on the action, or during which something happened with it."""
        action = self.published.texts.actions[number]
        return tuple(
            self.quarter_link(q)
            for q in reversed(self.published.quarters)
            if touched(action, q) or self._decided(q, number)
        )

    def quarters_of_issue(self, number: str) -> tuple[Link, ...]:
        """Quarters whose meeting put the issue first."""
        evaluations = self.published.texts.evaluations
        return tuple(
            self.quarter_link(q)
            for q in reversed(self.published.quarters)
            if q.id in evaluations and number in evaluations[q.id].prioriterade
        )

    def plans_of_action(self, number: str) -> tuple[MunicipalPlan, ...]:
        """Plans (5 §) that the action belongs to."""
        plans = self.published.texts.plans.values()
        return tuple(p for p in plans if p.atgardsplan is not None and number in p.atgardsplan.atgarder)

    @cached_property
    def plan_links(self) -> tuple[Link, ...]:
        """What the law asks of each municipality that has told of it, in alphabetical order."""
        codes = {p.kommun for p in self.published.texts.plans.values()}
        towns = (t for t in self.published.municipalities if t.municipality in codes)
        return tuple(Link(f"Plan och lag i {t.name}", addresses.plan(t.id)) for t in towns)

    def plans_of_issue(self, number: str) -> tuple[MunicipalPlan, ...]:
        """Plans that one of the issue's actions belongs to."""
        found = {p.id: p for a in self.actions_of_issue(number) for p in self.plans_of_action(a.id)}
        return tuple(found[key] for key in sorted(found))

    def actions_of_issue(self, number: str) -> tuple[Action, ...]:
        """Actions that the issue led to, by number."""
        return tuple(a for a in self.published.texts.actions.values() if number in a.fragor)

    def actions_of_cause(self, issue: str, cause: str) -> tuple[Action, ...]:
        """Actions that work on one cause of an issue."""
        return tuple(a for a in self.actions_of_issue(issue) if cause in a.orsaker)

    # ---- from a span, an area or a category to actions and issues -----------------------------

    def actions_touched(self, span: Span) -> tuple[Action, ...]:
        """Actions with which something happened in the span."""
        return tuple(a for a in self.published.texts.actions.values() if touched(a, span))

    def issues_opened(self, span: Span) -> tuple[Issue, ...]:
        """Issues that the network began to follow in the span."""
        issues = self.published.texts.issues.values()
        return tuple(i for i in issues if i.historik and _in(span, i.historik[0].datum))

    def issues_closed(self, span: Span) -> tuple[Issue, ...]:
        """Issues that were closed in the span."""
        issues = self.published.texts.issues.values()
        return tuple(i for i in issues if i.stangd is not None and _in(span, i.stangd))

    def actions_in(self, areas: Iterable[str]) -> tuple[Action, ...]:
        """Actions, ended or not, that concern one of the areas."""
        wanted = set(areas)
        return tuple(a for a in self.published.texts.actions.values() if wanted & set(a.omraden))

    def issues_in(self, areas: Iterable[str]) -> tuple[Issue, ...]:
        """Issues, closed ones too, that concern one of the areas; newest first."""
        wanted = set(areas)
        issues = self.published.texts.issues.values()
        return tuple(sorted((i for i in issues if wanted & set(i.omraden)), key=_number, reverse=True))

    def issues_about(self, group: str) -> tuple[Issue, ...]:
        """Issues, closed ones too, in a category group; newest first."""
        codes = self.published.codes
        issues = self.published.texts.issues.values()
        found = (i for i in issues if group in {codes.group_of(c) for c in i.kategorier})
        return tuple(sorted(found, key=_number, reverse=True))

    def actions_about(self, group: str) -> tuple[Action, ...]:
        """Actions, ended or not, that an issue in the category group led to."""
        numbers = {i.id for i in self.issues_about(group)}
        return tuple(a for a in self.published.texts.actions.values() if numbers & set(a.fragor))

    # ---- corrections --------------------------------------------------------------------------

    def corrections_of(self, address: str) -> tuple[Correction, ...]:
        """Corrections of the page at an address; the start page has those of the newest picture."""
        if address == addresses.START:
            address = addresses.picture(self.published.periods[-1].id)
        return tuple(c for c in self.published.texts.corrections if c.galler == address)

    # ---- inside -------------------------------------------------------------------------------

    @cached_property
    def _periods(self) -> tuple[Mapping[str, tuple[Link, ...]], Mapping[str, tuple[Link, ...]]]:
        """Action -> pictures that told of it, issue -> the same."""
        actions: dict[str, dict[str, Link]] = defaultdict(dict)
        issues: dict[str, dict[str, Link]] = defaultdict(dict)
        for span in reversed(self.published.periods):
            picture = self.published.texts.pictures.get(span.id)
            for change in picture.andrat if picture else ():
                if change.atgard is not None:
                    actions[change.atgard][span.id] = self.picture_link(span)
                if change.fraga is not None:
                    issues[change.fraga][span.id] = self.picture_link(span)
        return (
            {key: tuple(found.values()) for key, found in actions.items()},
            {key: tuple(found.values()) for key, found in issues.items()},
        )

    def _decided(self, quarter: Span, number: str) -> bool:
        evaluation = self.published.texts.evaluations.get(quarter.id)
        return evaluation is not None and any(row.atgard == number for row in evaluation.beslut)


def touched(action: Action, span: Span) -> bool:
    """True if something happened with the action in the span."""
    dates = [e.datum for e in action.historik] + [f.datum for f in action.uppfoljningar]
    return any(_in(span, d) for d in dates)


def _in(span: Span, day: dt.date) -> bool:
    return span.start <= day <= span.end


def _number(issue: Issue) -> str:
    return issue.id

"""What all page builders share: the published values, the state of actions, ready-made pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from est_build.analyse.actions import ActionState, action_state, by_urgency
from est_build.analyse.followup import DISPERSION, Outcome
from est_build.analyse.followup import FollowUp as Measured
from est_build.analyse.late import LatePicture, late_picture
from est_build.analyse.promises import Promise, promises
from est_build.analyse.protocol import follow_up
from est_build.analyse.verdicts import Analysis
from est_build.figures.ground import Ground
from est_build.figures.icons import status_mark
from est_build.figures.phrases import finding, next_step, notes
from est_build.figures.text import participation_sum_count, participation_sum_words
from est_build.figures.thread import action_dots
from est_build.load.memo import Memo
from est_build.model.area import Area
from est_build.model.prints import Prints
from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.links import Link, anchor, listed, render
from est_build.pages.relations import Relations
from est_build.schema.action import Action, FollowUp, Protocol
from est_build.schema.codes import Category
from est_build.schema.issue import Issue

__all__ = ["ActionCard", "Context", "Link", "anchor", "listed", "render"]

STATUS_FOLLOWED_UP = "Uppföljd"
_AGREES = {
    "forbattring": Outcome.FARRE,
    "flyttat": Outcome.FARRE,
    "forsamring": Outcome.FLER,
    "oforandrat": Outcome.KAN_EJ,
}
"""What the figures must say for a finding to speak of the reports."""


@dataclass(frozen=True, slots=True)
class ActionCard:
    """An action as it stands in lists and cards."""

    id: str
    title: str
    href: str
    status: Markup
    dots: Markup
    place: str
    responsible: str
    why: Link | None
    when: tuple[str, str]
    """Label and text of the next date or the outcome."""


class Context:
    """Published values and look-ups that every builder needs. Nothing in it changes."""

    def __init__(
        self,
        published: Published,
        memo: Memo | None = None,
        draws: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """``memo``: where pieces that are slow to make may be remembered."""
        self.published = published
        self.memo = memo or Memo()
        self.draws = draws
        """Says of the path of a page if it is to be drawn here: a build may be shared out."""

    @cached_property
    def latest(self) -> Span:
        """The newest fortnight with figures."""
        return self.published.periods[-1]

    @cached_property
    def states(self) -> Mapping[str, ActionState]:
        """State of each action on the data's date."""
        texts, today = self.published.texts, self.published.date
        return {a.id: action_state(a, texts.issues, today) for a in texts.actions.values()}

    @cached_property
    def ground(self) -> Ground:
        """The land of the instance, the same object for all its maps."""
        published = self.published
        small = tuple(a for a in published.areas if a.level == "omrade")
        waters = tuple((w.name, *w.point) for w in published.waters)
        return Ground(small, published.municipalities, published.background, waters)

    @cached_property
    def relations(self) -> Relations:
        """What points at what, looked up backwards: the periods of an action, the plans of an issue …"""
        return Relations(self.published)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise that the network has made, in the order of their dates."""
        texts = self.published.texts
        return promises(texts.actions.values(), texts.evaluations)

    @cached_property
    def late_picture(self) -> LatePicture | None:
        """The picture that should have been here on the data's date, or ``None``."""
        pictures = {p.id: self.published.texts.pictures.get(p.id) for p in self.published.periods}
        return late_picture(pictures, self.published.date)

    @cached_property
    def analysis(self) -> Analysis:
        """What can be said of the numbers, from published values only."""
        return Analysis(self.published, memo=self.memo)

    @cached_property
    def prints(self) -> Prints:
        """Checksums of what pieces of pages are made of."""
        return Prints(self.published)

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        """What the published figures say of each action with a protocol."""
        published = self.published
        every = ((a.id, a.protokoll) for a in published.texts.actions.values())
        return {number: follow_up(published, plan, self._spread(plan)) for number, plan in every if plan}

    def _spread(self, plan: Protocol) -> float:
        """Dispersion of the level that an action is followed up on, when its stretch after ends."""
        after = self.published.calendar.span(plan.efter_till)
        span = after if after in self.published.periods else self.latest
        levels = self.analysis.verdicts(span).levels
        return max(DISPERSION, levels["kommun_grupp" if plan.kategorier else "omrade"].level.pool.plain)

    def finding(self, action: Action, row: FollowUp) -> str:
        """What a follow-up found, in a sentence that says no more than the figures can carry."""
        measured = self.measured.get(action.id)
        agrees = measured is not None and _AGREES.get(row.effekt) is measured.outcome
        return finding(action, row, comparable=agrees)

    @cached_property
    def current_actions(self) -> list[Action]:
        """All actions, what comes soonest first; those that have ended last."""
        return by_urgency(self.published.texts.actions.values(), self.states)

    def area_href(self, area: Area) -> str:
        """Address of an area's page (of the area it is counted in, if merged)."""
        return addresses.area(area)

    def area_link(self, area_id: str) -> Link:
        """Name and address of an area."""
        area = self.published.area(area_id)
        return Link(area.name, self.area_href(area))

    def area_names(self, ids: Iterable[str]) -> str:
        """``Kivik och Skillinge``; all municipalities together read as ``Alla kommuner``."""
        every = list(ids)
        towns = {a.id for a in self.published.municipalities}
        if towns <= set(every):
            return "Alla kommuner"
        return listed([self.published.area(i).name for i in every])

    def place_names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Names of areas and of the municipalities around them, each once: what the search filters by."""
        areas = [self.published.area(i) for i in ids]
        around = [self.published.area(a.parent) for a in areas if a.level == "omrade"]
        return tuple(dict.fromkeys(a.name for a in (*areas, *around)))

    def category_link(self, group: Category) -> Link:
        """Label and address of a category group."""
        return Link(group.sv, addresses.category(group.id))

    def issue_link(self, number: str) -> Link:
        """Title and address of an issue."""
        return Link(self.published.texts.issues[number].titel, addresses.issue(number))

    def action_link(self, number: str) -> Link:
        """Title and address of an action."""
        return Link(self.published.texts.actions[number].titel, addresses.action(number))

    def status(self, action: Action) -> Markup:
        """Sign, word and notes of an action's status."""
        state = self.states[action.id]
        return status_mark(state.status, self.status_word(state.status), *notes(state))

    def status_word(self, status: str) -> str:
        """Word of a status code; ``uppfoljd`` is derived and has no code of its own."""
        if status == "uppfoljd":
            return STATUS_FOLLOWED_UP
        return self.published.codes.label("statusar", status)

    def card(self, action: Action) -> ActionCard:
        """The action as a card."""
        state = self.states[action.id]
        why = self.issue_link(action.fragor[0]) if action.fragor else None
        return ActionCard(
            action.id,
            action.titel,
            addresses.action(action.id),
            self.status(action),
            action_dots(state.thread, reason=not action.fragor and bool(action.allman_varfor)),
            self.area_names(action.omraden),
            action.ansvarig,
            why,
            self._result(action) or next_step(action, state, self.published.date),
        )

    def _result(self, action: Action) -> tuple[str, str] | None:
        rows = action.uppfoljningar
        return ("Resultat", self.finding(action, rows[-1])) if rows else None

    def issues_of(self, areas: Iterable[str]) -> list[Issue]:
        """Open issues of the areas, newest first."""
        wanted = set(areas)
        found = [
            i
            for i in self.published.texts.issues.values()
            if wanted & set(i.omraden) and i.status != "stangd"
        ]
        return sorted(found, key=lambda i: i.id, reverse=True)

    def answered(self, span: Span) -> tuple[str, str] | None:
        """Participation of the region in words: share, and numbers."""
        known = self.published.region_participation(span)
        if known is None:
            return None
        invited, answers = known
        return participation_sum_words(answers, invited), participation_sum_count(answers, invited)

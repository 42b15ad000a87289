"""The actions narrowed by one thing at a time: ``/atgarder/avslutade/``, by status,
municipality, who is responsible, and sort.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.figures.loop_words import result_rows
from est_build.pages import addresses
from est_build.pages.action_choices import Narrowing, narrowings
from est_build.pages.action_list import ActionList, action_list
from est_build.pages.context import Context
from est_build.pages.links import render
from est_build.pages.page import Page
from est_build.schema.action import Action


@dataclass(frozen=True, slots=True)
class FilteredList:
    """A narrowed list, with how the ended ones went."""

    list: ActionList
    results: tuple[tuple[str, str], ...]


def action_filter_pages(context: Context) -> list[Page]:
    """A page per choice that holds at least one action."""
    return [_page(context, n) for rows in narrowings(context).values() for n in rows]


def _page(context: Context, narrowing: Narrowing) -> Page:
    actions = [a for a in context.current_actions if narrowing.takes(a)]
    shown = action_list(context, narrowing.title, actions, narrowing.href)
    counts = Counter(result_of(context, a) for a in actions if a.status in ENDED)
    html = render("action_filter.html.j2", FilteredList(shown, result_rows(counts)))
    return Page(
        addresses.path(narrowing.href),
        narrowing.title,
        narrowing.description,
        "atgarder",
        html,
        kind="Åtgärd",
        # What the other choices hold is found by itself; the ended ones are worth finding as such.
        searchable=narrowing.href == addresses.ENDED_ACTIONS,
    )


def empty_list(address: str) -> Page:
    """A choice that nothing falls under any more: its address has been published, and still answers."""
    title = "Inga åtgärder just nu"
    html = Markup(
        f'<h1>{title}</h1>\n<p class="ingress">Urvalet som fanns på den här adressen har inga åtgärder nu. '
        f'Alla åtgärder finns på <a href="{addresses.ACTIONS}">Det här gör vi</a>.</p>'
    )
    words = "Urvalet har inga åtgärder just nu. Alla åtgärder finns på sidan Det här gör vi."
    return Page(addresses.path(address), title, words, "atgarder", html, kind="Åtgärd", searchable=False)


def result_of(context: Context, action: Action) -> str:
    """Code of what came out of an ended action: an effect, or why there is none."""
    if action.status in {"avbruten", "overlamnad"}:
        return action.status
    if action.uppfoljningar:
        effect = action.uppfoljningar[-1].effekt
        return "vantar" if effect == "ej-uppfoljt" else effect
    return "saknas" if context.states[action.id].follow_up_missing else "vantar"

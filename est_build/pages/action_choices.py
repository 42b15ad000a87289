"""By what the actions can be narrowed, one thing at a time: status, municipality, sort, responsible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from est_build.analyse.actions import ENDED
from est_build.figures.text import swedish_key
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.loop import Choice, Choices
from est_build.schema.action import Action

ALL = addresses.ACTIONS
_ORDER = ("beslutad", "planerad", "pagar", "pausad", "genomford", "uppfoljd", "avbruten", "overlamnad")
_SORTS = {"snabb": ("Snabba", "Snabba åtgärder"), "lang": ("På lång sikt", "Åtgärder på lång sikt")}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One choice: what it is called among the others, as a page, and which actions it takes."""

    text: str
    title: str
    href: str
    description: str
    takes: Callable[[Action], bool]


def narrowings(context: Context) -> dict[str, tuple[Narrowing, ...]]:
    """Every choice that holds something, by sort."""
    actions = context.published.texts.actions.values()

    def some(found: list[Narrowing]) -> tuple[Narrowing, ...]:
        return tuple(n for n in found if any(n.takes(a) for a in actions))

    return {
        "Status": some(_statuses(context)),
        "Kommun": some(_towns(context)),
        "Sort": some(_sorts()),
        "Ansvarig": some(_responsible(context)),
    }


def choices(context: Context, here: str) -> tuple[Choices, ...]:
    """The choices as they stand on the page with the address ``here``."""
    every = list(context.published.texts.actions.values())
    found = []
    for name, rows in narrowings(context).items():
        shown = [Choice("Alla", ALL, len(every), here=here == ALL)] if name == "Status" else []
        for n in rows:
            count = sum(n.takes(a) for a in every)
            shown.append(Choice(n.text, n.href, count, here=here == n.href))
        if shown:
            found.append(Choices(name, tuple(shown), folded=len(shown) > 9 and name == "Ansvarig"))
    return tuple(found)


def _statuses(context: Context) -> list[Narrowing]:
    def of(code: str) -> Callable[[Action], bool]:
        return lambda action: context.states[action.id].status == code

    found = []
    for code in _ORDER:
        word = context.status_word(code)
        found.append(
            Narrowing(
                word,
                f"Åtgärder: {word.lower()}",
                addresses.actions_by_status(code),
                f"De åtgärder som har status {word.lower()}.",
                of(code),
            )
        )
    found.append(
        Narrowing(
            "Avslutade",
            "Avslutade åtgärder",
            addresses.ENDED_ACTIONS,
            "Åtgärder som är klara, avbrutna eller överlämnade, och hur det gick.",
            lambda action: action.status in ENDED,
        )
    )
    return found


def _towns(context: Context) -> list[Narrowing]:
    def of(code: str) -> Callable[[Action], bool]:
        return lambda action: any(context.published.area(i).municipality == code for i in action.omraden)

    return [
        Narrowing(
            f"{town.name}",
            f"Åtgärder i {town.name}",
            addresses.actions_of_town(town.id),
            f"Vad som görs i {town.name} och dess orter, varför, och hur det gick.",
            of(town.municipality),
        )
        for town in context.published.municipalities
    ]


def _sorts() -> list[Narrowing]:
    def of(code: str) -> Callable[[Action], bool]:
        return lambda action: action.horisont == code

    return [
        Narrowing(
            text, title, addresses.actions_of_sort(code), f"{title}: varför, vem och hur det gick.", of(code)
        )
        for code, (text, title) in _SORTS.items()
    ]


def _responsible(context: Context) -> list[Narrowing]:
    def of(slug: str) -> Callable[[Action], bool]:
        return lambda action: addresses.slug(organisation(action)) == slug

    # Two spellings of one organisation share an address: the first one names it.
    names: dict[str, str] = {}
    for action in context.published.texts.actions.values():
        names.setdefault(addresses.slug(organisation(action)), organisation(action))
    return [
        Narrowing(
            name,
            f"Ansvarig: {name}",
            addresses.actions_by_responsible(name),
            f"Vad {name} ansvarar för, varför, och hur det gick.",
            of(slug),
        )
        for slug, name in sorted(names.items(), key=lambda item: swedish_key(item[1]))
    ]


def organisation(action: Action) -> str:
    """Who answers for an action, without the unit."""
    return action.ansvarig.partition(",")[0].strip()

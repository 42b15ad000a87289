"""Everything that people write, compared: issues, actions, texts, areas, rules, hand-written pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from est_build.diff.change import Change, Detail, Group
from est_build.diff.records import details
from est_build.load.area import Area
from est_build.load.calendar import Calendar
from est_build.load.frame import Frame
from est_build.load.texts import Texts
from est_build.model.published import Instance
from est_build.pages import addresses
from est_build.pages.page import MarkdownPage
from est_build.pages.written import written_pages
from est_build.schema.base import Record

PROPOSED = "foreslagen"
PROSE = "brödtext"
"""What the text of a hand-written page is called in a comparison."""


MARK = 8
"""Characters of the mark by which an outline is known from another."""


class Piece(NamedTuple):
    """One thing that somebody has written, with all that a change of it is told by."""

    group: Group
    title: str
    file: str
    address: str | None
    content: Any
    """Plain types, as they are compared."""


def text_changes(before: Instance | None, after: Instance) -> Iterator[Change]:
    """What is new, changed or gone of everything but figures."""
    old = {} if before is None else dict(_pieces(before))
    new = dict(_pieces(after))
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield Change("nytt", now.group, now.title, now.file, now.address)
        elif was is not None and now is None:
            yield Change("bort", was.group, was.title, was.file, was.address)
        elif was is not None and now is not None and was.content != now.content:
            rows = tuple(_of_text(was.content, now.content))
            yield Change("andrat", now.group, now.title, now.file, now.address, rows)


def _of_text(before: Any, after: Any) -> Iterator[Detail]:
    """A page is compared by its paragraphs, everything else by its fields."""
    yield from details({**before, PROSE: None}, {**after, PROSE: None})
    yield from _paragraphs(before.get(PROSE) or "", after.get(PROSE) or "")


def _paragraphs(before: str, after: str) -> Iterator[Detail]:
    old, new = ([" ".join(p.split()) for p in text.split("\n\n") if p.strip()] for text in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from paired(old[a:b], new[c:d], PROSE)


def paired(old: list[str], new: list[str], what: str) -> Iterator[Detail]:
    """Lines that stand in the place of others, side by side; those without a partner by themselves."""
    for n in range(max(len(old), len(new))):
        yield Detail(what, old[n] if n < len(old) else None, new[n] if n < len(new) else None, listed=True)


def _pieces(instance: Instance) -> Iterator[tuple[tuple[str, str], Piece]]:
    for piece in (*_loop(instance.texts), *_time(instance), *_lists(instance), *_frame(instance.frame)):
        yield (piece.file, piece.content["id"] if piece.group == "omrade" else ""), piece
    for page in written_pages(instance.frame.root.parent / "content"):
        yield (page.file, ""), _page(page)


def _loop(texts: Texts) -> Iterator[Piece]:
    for number, issue in texts.issues.items():
        title, where = f"{number} {issue.titel}", addresses.issue(number)
        yield Piece("fraga", title, f"data/fragor/{number}.yml", where, _plain(issue))
    for number, action in texts.actions.items():
        # A proposal has no page before somebody has decided on it.
        seen = None if action.status == PROPOSED else addresses.action(number)
        title = f"{number} {action.titel}"
        yield Piece("atgard", title, f"data/atgarder/{number}.yml", seen, _plain(action))
    for town, plan in texts.plans.items():
        where = addresses.plan(town)
        yield Piece("text", f"planen för {town}", f"data/plan/{town}.yml", where, _plain(plan))
    for name, indicator in texts.indicators.items():
        title = f"indikatorn {name}"
        yield Piece("text", title, f"data/indikatorer/{name}.yml", None, _plain(indicator))


def _time(instance: Instance) -> Iterator[Piece]:
    """Texts of a fortnight, a quarter, a year."""
    texts, calendar = instance.texts, instance.frame.calendar
    kinds: tuple[tuple[str, str, str, Mapping[str, Record], Callable[[str], str]], ...] = (
        ("lägesbilden", "perioder", "lagesbild.yml", texts.pictures, addresses.picture),
        ("utvärderingen", "kvartal", "utvardering.yml", texts.evaluations, addresses.quarter),
        ("uppföljningen", "ar", "uppfoljning.yml", texts.reviews, addresses.year),
    )
    for what, folder, file, found, address in kinds:
        for span, record in found.items():
            title = f"{what} {_label(calendar, span)}"
            yield Piece("text", title, f"data/{folder}/{span}/{file}", address(span), _plain(record))
    for span, rows in texts.assessments.items():
        title = f"bedömningen {_label(calendar, span)}"
        rows_by_area = {row.omrade: _plain(row) for row in rows}
        file = f"data/perioder/{span}/bedomning.csv"
        yield Piece("text", title, file, addresses.picture(span), rows_by_area)


def _label(calendar: Calendar, name: str) -> str:
    span = calendar.span(name)
    if span is None:
        return name
    return f"{span.label}, {span.end.year}" if span.kind == "period" else span.label


def _lists(instance: Instance) -> Iterator[Piece]:
    """Files that hold a list of their own."""
    texts = instance.texts
    named: tuple[tuple[str, str, str | None, Iterable[Record]], ...] = (
        ("rättelser", "data/rattelser.yml", addresses.CORRECTIONS, texts.corrections),
        ("ändringar av metoden", "content/andringar.yml", addresses.CHANGES, texts.changes),
        ("ortnamn", "content/platser.yml", addresses.FIND_AREA, texts.places),
        ("ordlistan", "content/ordlista.yml", addresses.GLOSSARY, texts.glossary),
    )
    for title, file, address, rows in named:
        yield Piece("text", title, file, address, {"": [_plain(row) for row in rows]})
    strengths = {area: list(rows) for area, rows in texts.strengths.items()}
    yield Piece("text", "områdenas egna texter", "content/omradestexter.yml", addresses.AREAS, strengths)
    if texts.accessibility is not None:
        file, content = "content/tillganglighet.yml", _plain(texts.accessibility)
        yield Piece("text", "tillgänglighetsredogörelsen", file, addresses.ACCESSIBILITY, content)


def _frame(frame: Frame) -> Iterator[Piece]:
    for area in frame.areas:
        yield Piece("omrade", area.name, "data/omraden.geojson", addresses.area(area), _area(area))
    yield Piece("regel", "webbplatsen", "data/webbplats.yml", addresses.WHO, _plain(frame.site))
    yield Piece("regel", "skyddet", "data/skydd.yml", addresses.PROTECTION, _plain(frame.protection))
    for start, rules in frame.rules[:-1]:
        title = f"skyddet från {start}"
        yield Piece("regel", title, f"data/skydd/{start}.yml", addresses.PROTECTION, _plain(rules))
    lists = {
        name: {code: _plain(value) for code, value in codes.items()}
        for name, codes in frame.codes.lists.items()
    }
    yield Piece("regel", "kodlistorna", "data/kodlistor.yml", addresses.CATEGORIES, lists)
    days = {span.id: f"{span.start} till {span.end}, ut {span.publishes}" for span in frame.calendar.periods}
    yield Piece("regel", "kalendern", "data/kalender.csv", addresses.FOLLOW, days)


def _area(area: Area) -> dict[str, Any]:
    corners = sum(len(ring) for polygon in area.polygons for ring in polygon)
    mark = hashlib.sha256(repr(area.polygons).encode("ascii")).hexdigest()[:MARK]
    return {
        "id": area.id,
        "namn": area.name,
        "kommun": area.municipality,
        "befolkning": area.population,
        "räknas med": area.merged_into,
        "gräns": f"{corners} hörn, märke {mark}",
    }


def _page(page: MarkdownPage) -> Piece:
    content = {"titel": page.title, "beskrivning": page.description, PROSE: page.text}
    return Piece("text", f"sidan {page.title}", page.file, f"/{page.path}", content)


def _plain(record: Record) -> Any:
    return record.model_dump(mode="json", by_alias=True)

"""A comparison as one file that needs nothing beside it: everything that changes, before and after."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from est_build.diff.change import Change
from est_build.diff.lines import Review, audit_line, details_line, pages_line, sections, unread_line
from est_build.diff.marked import beside, marked
from est_build.diff.pages import PageChange, Swap
from est_build.problems import Problem

CHANGES = 400
"""Changes that are told with their details."""
DETAILS = 60
"""Details of one change that are shown."""
PAGES = 60
"""Pages that are shown before and after. The rest are listed."""
SWAPS = 40
"""Pieces of one page that are shown."""
PICTURES = 4_000_000
"""Characters of pictures in the file. A file with all maps of a new fortnight would not open."""

_ENV = jinja2.Environment(
    loader=jinja2.PackageLoader("est_build.diff", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Something before and after."""

    what: str
    before: Markup
    after: Markup
    picture: bool = False


@dataclass(frozen=True, slots=True)
class ChangeBlock:
    """A change with its details."""

    lead: str
    title: str
    address: str | None
    target: str | None
    """Where in the file its page is shown."""
    facts: str
    """What a new or removed thing says, in a line."""
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A page before and after."""

    anchor: str
    address: str
    title: str
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """Changes of one way."""

    title: str
    changes: tuple[ChangeBlock, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What the checks say of a place."""

    code: str
    place: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class DiffPage:
    """Everything in the file."""

    name: str
    base: str
    example: bool
    style: Markup
    policy: str
    empty: bool
    unread: str
    sections: tuple[SectionBlock, ...]
    pages_line: str
    lost: tuple[str, ...]
    pages: tuple[PageBlock, ...]
    others: tuple[str, ...]
    audit: str
    problems: tuple[ProblemLine, ...]


def as_html(review: Review, lang: str = "sv") -> str:
    """The whole comparison. No script, no request; opens in a browser from wherever it is saved."""
    comparison = review.comparison
    shown, others = _chosen(comparison.changes, comparison.pages)
    anchors = {page.address: f"sida-{n}" for n, page in enumerate(shown)}
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = DiffPage(
        name=comparison.name,
        base=review.base,
        example=comparison.example,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        empty=comparison.is_empty,
        unread=unread_line(review),
        sections=tuple(_section_blocks(review, anchors)),
        pages_line=pages_line(comparison.pages),
        lost=tuple(page.address for page in comparison.pages if page.how == "bort"),
        pages=tuple(_page_blocks(shown, anchors, comparison.home)),
        others=tuple(f"{page.address} {page.title}" for page in others),
        audit=audit_line(review),
        problems=tuple(_problem(problem, lang) for problem in review.problems),
    )
    return _ENV.get_template("diff.html.j2").render(p=page)


@cache
def _style() -> str:
    return (files("est_build.diff") / "templates" / "diff.css").read_text(encoding="utf-8")


def _chosen(
    changes: tuple[Change, ...], pages: tuple[PageChange, ...]
) -> tuple[list[PageChange], list[PageChange]]:
    """The pages that are shown and those that are listed: first those that a change is about."""
    own = {change.address for change in changes}
    there = [page for page in pages if page.how != "bort"]
    looks = [page for page in there if page.how == "andrat" or page.address in own]
    ordered = sorted(looks, key=lambda page: page.address not in own)
    shown = ordered[:PAGES]
    return shown, [page for page in there if page not in shown]


def _section_blocks(review: Review, anchors: dict[str, str]) -> Iterator[SectionBlock]:
    left = CHANGES
    for section in sections(review.comparison):
        blocks = tuple(_change_block(change, anchors) for change in section.changes[:left])
        yield SectionBlock(section.title, blocks, len(section.changes) - len(blocks))
        left -= len(blocks)


def _change_block(change: Change, anchors: dict[str, str]) -> ChangeBlock:
    target = anchors.get(change.address or "")
    head = change.lead, change.title, change.address, target
    if change.how != "andrat":
        return ChangeBlock(*head, details_line(change), (), 0)
    rows = tuple(Row(d.what, *marked(d.before, d.after)) for d in change.details[:DETAILS])
    return ChangeBlock(*head, "", rows, len(change.details) - len(rows))


def _page_blocks(pages: list[PageChange], anchors: dict[str, str], home: str) -> Iterator[PageBlock]:
    room = PICTURES
    for page in pages:
        rows: list[Row] = []
        for n, swap in enumerate(page.swaps[:SWAPS]):
            row = _row(swap, f"{anchors[page.address]}-{n}", home)
            if row.picture:
                size = len(row.before) + len(row.after)
                if size > room:
                    row = Row("Bild", Markup("En bild."), Markup("Får inte plats här. Se förhandsvisningen."))
                else:
                    room -= size
            rows.append(row)
        more = len(page.swaps) - len(rows)
        yield PageBlock(anchors[page.address], page.address, page.title, tuple(rows), more)


def _row(swap: Swap, prefix: str, home: str) -> Row:
    before, after = swap.before, swap.after
    pictures = [block.picture for block in (before, after) if block is not None]
    if any(pictures):
        first, second = (
            Markup() if b is None else beside(b.picture, f"{prefix}{side}-", home) if b.picture else b.text
            for b, side in ((before, "a"), (after, "b"))
        )
        return Row("", Markup.escape(first), Markup.escape(second), picture=True)
    return Row("", *marked(*(None if block is None else block.text for block in (before, after))))


def _problem(problem: Problem, lang: str) -> ProblemLine:
    return ProblemLine(problem.code, problem.place.text(lang), problem.message(lang), problem.cure(lang))

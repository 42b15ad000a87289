"""The newest picture in other words: ``/lattlast/`` and ``/en/``; ``/en/method/`` from the file of rules.

The frame of the first two is written by hand in ``content/``. The picture's own text comes after the heading
that names it; a frame without that heading gets it last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from est_build.figures.text import capital, first_sentence
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import MarkdownPage, Page
from est_build.schema.picture import SituationPicture

EASY_HEADING = "## Läget nu"
ENGLISH_HEADING = "## The situation now"
PAIRS = ((addresses.START, addresses.ENGLISH), (addresses.METHOD, addresses.ENGLISH_METHOD))
"""The same page in Swedish and English."""
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class EnglishMethod:
    """The rules in numbers, from ``skydd.yml``."""

    reports: int
    organisations: int
    sectors: int
    without_largest: int
    sensitive: int
    residents: int
    area_organisations: int
    area_sectors: int
    first: str
    second: str
    since: str
    municipalities: str
    merged: tuple[tuple[str, str], ...]


def plain_pages(context: Context) -> list[Page]:
    """The method in English."""
    rules, site = context.published.protection, context.published.site
    g, step = rules.granser, rules.steg
    names = [a.name for a in context.published.municipalities]
    page = EnglishMethod(
        g.rapporter,
        g.organisationer,
        g.sektorer,
        g.utan_storsta,
        g.rapporter_kanslig,
        g.omrade_invanare,
        g.omrade_organisationer,
        g.omrade_sektorer,
        f"{step}–{2 * step - 1}",
        f"{2 * step}–{3 * step - 1}",
        english_day(site.metod_sedan),
        _and(names),
        tuple(
            (context.published.area(a).name, context.published.area(b).name)
            for a, b in sorted(rules.sammanslagna.items())
        ),
    )
    html = render("en_method.html.j2", page)
    words = "How the figures are made, how people are protected, and what the figures cannot say."
    path = addresses.path(addresses.ENGLISH_METHOD)
    return [Page(path, "The method in English", words, "metod", html, language="en")]


def in_other_words(context: Context, pages: Iterable[Page | MarkdownPage]) -> list[Page | MarkdownPage]:
    """The pages, with the newest picture's text in its frames and translations that name each other."""
    every = list(pages)
    paths = {page.path for page in every}
    pairs = [pair for pair in PAIRS if {addresses.path(a) for a in pair} <= paths]
    return [_translated(_filled(context, page), pairs) for page in every]


def _translated(page: Page | MarkdownPage, pairs: Iterable[tuple[str, str]]) -> Page | MarkdownPage:
    for swedish, english in pairs:
        if page.path == addresses.path(swedish):
            return replace(page, translations=(("en", english),))
        if page.path == addresses.path(english):
            return replace(page, translations=(("sv", swedish),))
    return page


def _filled(context: Context, page: Page | MarkdownPage) -> Page | MarkdownPage:
    if not isinstance(page, MarkdownPage):
        return page
    if page.path == addresses.path(addresses.EASY):
        return replace(page, text=_after(page.text, EASY_HEADING, easy(context)))
    if page.path == addresses.path(addresses.ENGLISH):
        return replace(page, text=_after(page.text, ENGLISH_HEADING, english(context)))
    return page


def _after(text: str, heading: str, html: Markup) -> str:
    """``html`` on lines of its own after the heading; it is mark-up already and no Markdown."""
    before, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    if not found:
        before, rest = before.rstrip("\n"), "\n"
        found = f"\n\n{heading}\n"
    return f"{before}{found}\n{html}\n{rest}".removeprefix("\n")


def easy(context: Context) -> Markup:
    """The newest picture in easy Swedish. If nobody has written one, that is said."""
    newest, found = _newest(context, lambda picture: picture.lattlast)
    if found is None:
        return _block([f"Vi har inte skrivit någon lättläst text om {newest.label}."])
    span, picture = found
    rows = Markup("<br> ").join(_sentences(picture.lattlast or ""))
    lines: list[str] = [f"{capital(span.label)}. Texten kom den {day(picture.publicerad)}.", rows]
    if span != newest:
        lines.insert(0, f"Vi har inte skrivit någon lättläst text om {newest.label}. Det här är den förra.")
    if picture.nasta is not None and span == newest:
        lines.append(f"Nästa text kommer den {day(picture.nasta)}.")
    return _block(lines)


def _sentences(text: str) -> Iterator[str]:
    """A sentence a line: that is how easy Swedish is set."""
    rest = " ".join(text.split())
    while rest:
        sentence, rest = first_sentence(rest)
        yield sentence


def english(context: Context) -> Markup:
    """The newest picture's summary in English. If there is none, that is said."""
    newest, found = _newest(context, lambda picture: picture.sammanfattning_en)
    if found is None:
        return _block([f"There is no summary in English for {_weeks(newest)} yet."])
    span, picture = found
    lines = [
        f"{capital(_weeks(span))}, published {english_day(picture.publicerad)}.",
        picture.sammanfattning_en or "",
    ]
    if span != newest:
        lines.insert(0, f"There is no summary in English for {_weeks(newest)} yet. This is the one before.")
    if picture.nasta is not None and span == newest:
        lines.append(f"The next picture comes on {english_day(picture.nasta)}.")
    return _block(lines)


def english_day(date: dt.date) -> str:
    """``19 November 2026``."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _weeks(span: Span) -> str:
    return f"{span.label.replace('vecka', 'weeks')}, {span.end.year}"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _newest(
    context: Context, text: Callable[[SituationPicture], str | None]
) -> tuple[Span, tuple[Span, SituationPicture] | None]:
    """The newest fortnight with a picture, and the newest whose picture has the text."""
    pictures = context.published.texts.pictures
    written = [(p, pictures[p.id]) for p in reversed(context.published.periods) if p.id in pictures]
    newest = written[0][0] if written else context.latest
    return newest, next((row for row in written if text(row[1])), None)


def _block(lines: Iterable[str]) -> Markup:
    """Paragraphs on one line together: an empty line would end the block of mark-up."""
    body = Markup(" ").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Markup('<div class="ruta lagenu">{}</div>').format(Markup(" ".join(body.split())))

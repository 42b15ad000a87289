"""Hand-written pages with what the data knows: dates, mailboxes, the host. What is typed by hand goes stale.

The piece comes right after the heading that names it. A page without that heading is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.about import contacts
from est_build.pages.context import Context
from est_build.pages.finish import marked
from est_build.pages.glossary import Marker
from est_build.pages.links import Link, anchor
from est_build.pages.page import MarkdownPage

Piece = Callable[[Context], Markup]
FEWEST: Final = 4
"""A page with fewer headings than this needs no list of them."""
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def filled(context: Context, pages: Iterable[MarkdownPage]) -> list[MarkdownPage]:
    """The pages with their pieces, and with the first use of each explained word as a link."""
    marker = Marker(context.published.texts.glossary)
    found = []
    for page in pages:
        text = marker.markdown(page.text) if marked(page) else page.text
        for heading, piece in PIECES.get(page.path, {}).items():
            text = _after(text, f"## {heading}", piece(context))
        if (over := _over(page.path)) is not None:
            text = framed(text, over)
        found.append(replace(page, text=text))
    return found


def _over(path: str) -> Link | str | None:
    """What stands over the title of a page: the way up, in the handbook too."""
    return _HANDBOOK if path.startswith(_CHAPTERS) and path != _CHAPTERS else OVER.get(path)


def _after(text: str, heading: str, html: Markup) -> str:
    """``html`` after the first paragraph under the heading, on lines of its own: it is no Markdown."""
    before, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    if not found or not html:
        return text
    first, gap, rest = rest.lstrip("\n").partition("\n\n")
    if not gap:
        first = first.rstrip("\n")
    return f"{before}{found}\n{first}\n\n{html}\n\n{rest}".removeprefix("\n")


def framed(text: str, over: Link | str) -> str:
    """The page with what stands over its title, and its headings as links beside the text."""
    title, _, body = text.partition("\n")
    if not title.startswith("# "):
        return text
    above = anchor(over) if isinstance(over, Link) else Markup("{}").format(over)
    top = Markup('<p class="overrad">{}</p>').format(above)
    heads = _HEADING.findall(body)
    if len(heads) < FEWEST:
        return f"{top}\n\n{title}\n{body}"
    rows = Markup("").join(
        Markup('<li><a href="#{}">{}</a></li>').format(addresses.slug(h), h) for h in heads
    )
    aside = Markup(
        '<nav class="pasidan" aria-label="På den här sidan"><p>På den här sidan</p><ul>{}</ul></nav>'
    )
    return f"{top}\n\n{title}\n\n{aside.format(rows)}\n{body}"


def _block(name: str, rows: Iterable[Markup]) -> Markup:
    """A list on one line: an empty line would end the block of mark-up."""
    body = Markup("").join(Markup("<li>{}</li>").format(row) for row in rows)
    return Markup('<ul class="{}">{}</ul>').format(name, body) if body else Markup("")


def mailboxes(context: Context) -> Markup:
    """The coordinator of each municipality."""
    rows = []
    for town in context.published.site.kommuner:
        mail = next((c.email for c in contacts(town) if c.email), town.kontakt)
        rows.append(_mailbox(town.namn, mail))
    return _block("kontakt", rows)


def dates(context: Context) -> Markup:
    """When the next picture comes, when the running period ends, when the network meets."""
    published = context.published
    rows = []
    coming = [p for p in published.calendar.periods if p.end >= published.date]
    if coming:
        rows.append(Markup("Enkäten om {} stänger {}.").format(coming[0].label, day(coming[0].end)))
    picture = published.texts.pictures.get(context.latest.id)
    if picture is not None and picture.nasta is not None:
        rows.append(Markup("Nästa lägesbild kommer {}.").format(day(picture.nasta)))
    meeting = context.relations.next_meeting
    if meeting is not None:
        rows.append(Markup("Nästa kvartalsmöte är {}.").format(day(meeting)))
    if not rows:
        rows.append(Markup("Inga datum är bestämda."))
    rows.append(Markup("{}").format(anchor(Link("Följ oss, så ser du nästa datum", addresses.FOLLOW))))
    return _block("datum", rows)


def hosting(context: Context) -> Markup:
    """Who runs the server, where, and how long the logs are kept."""
    host = context.published.site.drift
    if host is None:
        return Markup('<p class="tomt">Vem som driver servern är inte skrivet än.</p>')
    if host.loggdagar:
        days = "en dag" if host.loggdagar == 1 else f"{host.loggdagar} dagar"
        logs = f"Loggarna sparas i {days} och används bara för säkerhet. Sedan tas de bort."
    else:
        logs = "Inga loggar sparas."
    rows = [
        Markup("Servern drivs av {}. Den står i {}.").format(host.vard, host.land),
        Markup("{}").format(logs),
    ]
    if host.bitrade:
        rows.append(Markup("Personuppgiftsbiträde: {}.").format(host.bitrade))
    return _block("rakt", rows)


def officer(context: Context) -> Markup:
    """The mailbox of the data protection officer."""
    found = context.published.site.dataskydd
    return Markup("") if found is None else _block("kontakt", [_mailbox(found.funktion, found.epost)])


def alarm(context: Context) -> Markup:
    """Whom to reach when something that should not be there has been published."""
    site = context.published.site
    rows = [_mailbox(site.kontakt.funktion, site.kontakt.epost)]
    if site.dataskydd is not None:
        rows.append(_mailbox(site.dataskydd.funktion, site.dataskydd.epost))
    return _block("kontakt", rows)


def _mailbox(name: str, mail: str) -> Markup:
    return Markup('{}: <a href="mailto:{}">{}</a>').format(name, mail, mail)


def changes(context: Context) -> Markup:
    """The latest changes of the method, each with its day."""
    rows = [
        Markup('{}: <a href="{}#{}">{}</a>').format(
            day(c.datum), addresses.CHANGES, f"andring-{c.datum.isoformat()}", c.vad.rstrip(".")
        )
        for c in context.published.texts.changes[:4]
    ]
    return _block("rakt", rows)


_WAY: Final = (
    ("En verksamhet ser något", "Det kan vara en trasig lampa eller en plats som känns otrygg."),
    ("Den svarar på enkäten", "Vad, var, ungefär när och i vilken sorts miljö. Inga namn."),
    ("Svaren räknas", "Det sker på en sluten sida. Inget svar lämnar den."),
    ("Siffrorna skyddas", "Små tal döljs, och andra visas i steg om fem."),
    ("Minst två granskar", "De skriver lägesbilden och ser till att ingen pekas ut."),
    ("Du läser", "Fyra dagar efter periodens slut, på samma dag som nätverket."),
)


def way(context: Context) -> Markup:
    """The way of an answer, from the place to the site."""
    rows = Markup("").join(Markup("<li><b>{}</b> {}</li>").format(name, text) for name, text in _WAY)
    return Markup('<ol class="vag">{}</ol>').format(rows)


_HOW: Final = "Så gör vi"
_SITE: Final = Link("Om webbplatsen", addresses.ABOUT)
_HANDBOOK: Final = Link("Handboken", addresses.HANDBOOK)
_CHAPTERS: Final = addresses.path(addresses.HANDBOOK)
OVER: Final[dict[str, Link | str]] = {
    addresses.path(addresses.METHOD): "Metoden",
    addresses.path(addresses.JOIN): "Nätverket",
    addresses.path(addresses.PRIVACY): _SITE,
    addresses.path(addresses.ABOUT): _HOW,
    addresses.path(addresses.ABOUT_EST): _SITE,
    _CHAPTERS: _SITE,
}
"""What stands over the title of hand-written pages, each in the frame of :func:`framed`."""
PIECES: Final[dict[str, dict[str, Piece]]] = {
    addresses.path(addresses.JOIN): {"Viktiga datum": dates, "Anmäl er": mailboxes},
    addresses.path(addresses.PRIVACY): {"Servern och loggarna": hosting, "Dina rättigheter": officer},
    addresses.path(addresses.MISTAKE): {"Vem du kontaktar": alarm},
    addresses.path(addresses.METHOD): {"Ett svars väg": way, "När metoden ändras": changes},
}
"""Page -> heading -> what comes after it."""

"""``/tillganglighetsredogorelse/`` from ``content/tillganglighet.yml`` and the last test run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Content, data_table
from est_build.figures.text import number
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import Page
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds
from est_build.schema.accessibility import Accessibility, AccessRun, ClauseResult

OLDEST = 365
"""An assessment may be this many days old on the data's date."""
FILE = "content/tillganglighet.yml"
_LEVEL = {"helt": "helt förenlig", "delvis": "delvis förenlig", "inte": "inte förenlig"}
_RESULT = {
    "uppfyllt": "Uppfyllt",
    "delvis": "Delvis uppfyllt",
    "inte": "Inte uppfyllt",
    "galler_inte": "Gäller inte",
    "inte_provat": "Inte provat",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that does not meet the demands, as it stands on the page."""

    what: str
    clause: str | None
    why: str
    mended: str | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Everything on the page."""

    publisher: str
    home: str
    example: bool
    level: str
    own: bool
    statement: Accessibility
    lacks: tuple[Lack, ...]
    assessed: str
    updated: str
    mailbox: str
    run: str
    """About the last run of the tests, in a sentence; empty if it has not been recorded."""
    tools: tuple[str, ...]
    clauses: Markup


def accessibility_pages(context: Context) -> list[Page]:
    """The statement, where the instance has the file for it.

    Raises :class:`ProblemsError` if the assessment is more than a year old on the data's date, or if it says
    more than the last run of the tests allows.
    """
    statement, site = context.published.texts.accessibility, context.published.site
    if statement is None:
        return []
    too_old(statement, context.published.date)
    too_good(statement)
    run = statement.korning
    page = StatementPage(
        site.utgivare,
        site.bas_url,
        site.exempeldata,
        _LEVEL[statement.niva],
        statement.bedomning == "egen",
        statement,
        tuple(
            Lack(b.vad, b.punkt, b.varfor, day(b.klart) if b.klart else None, b.i_stallet)
            for b in statement.brister
        ),
        day(statement.bedomd),
        day(statement.uppdaterad),
        site.kontakt.epost,
        run_words(run) if run else "",
        run.verktyg if run else (),
        clause_table(rows_of(statement)),
    )
    html = render("statement.html.j2", page)
    words = "Hur webbplatsen uppfyller lagen om tillgänglighet, vad som brister och hur du klagar."
    path = addresses.path(addresses.ACCESSIBILITY)
    return [Page(path, "Tillgänglighetsredogörelse", words, "metod", html)]


def too_old(statement: Accessibility, today: dt.date) -> None:
    """Raise :class:`ProblemsError` if nobody has assessed the site for a year."""
    if (today - statement.bedomd).days <= OLDEST:
        return
    hint = f"Bedömningen gjordes {day(statement.bedomd)}. Gör en ny, och skriv dagen här."
    values = {"key": "bedomd", "value": statement.bedomd.isoformat(), "hint": hint}
    raise ProblemsError([Problem(kinds.FORM_WRONG, Place(FILE), values)])


def too_good(statement: Accessibility) -> None:
    """Raise :class:`ProblemsError` if the site is said to meet everything, and something is known to fail."""
    rows = statement.korning.rader if statement.korning else ()
    failed = [row.punkt for row in rows if row.resultat in {"inte", "delvis"}]
    if statement.niva != "helt" or not (failed or statement.brister):
        return
    about = f"Provet säger annat om punkt {', '.join(failed)}." if failed else "Det står brister i filen."
    values = {"key": "niva", "value": statement.niva, "hint": f"{about} Skriv delvis."}
    raise ProblemsError([Problem(kinds.FORM_WRONG, Place(FILE), values)])


def run_words(run: AccessRun) -> str:
    """``Automatiska test av 266 sidor kördes 19 november 2026.``"""
    pages = "en sida" if run.sidor == 1 else f"{number(run.sidor)} sidor"
    return f"Automatiska test av {pages} kördes {day(run.datum)}."


def rows_of(statement: Accessibility) -> tuple[ClauseResult, ...]:
    """The clauses: those of the last run, or those that can be told from the file alone."""
    if statement.korning is not None:
        return statement.korning.rader
    return _assessed(statement)


def _assessed(statement: Accessibility) -> tuple[ClauseResult, ...]:
    """Without a run, only what the file says: each lack with a clause, all else as not tried."""
    return tuple(
        ClauseResult(
            punkt=lack.punkt,
            krav=_DEMANDS.get(lack.punkt, "Se standarden"),
            resultat="inte_provat",
            hur=lack.varfor,
        )
        for lack in statement.brister
        if lack.punkt is not None
    )


_DEMANDS = {"9.4.1.2": "Namn, roll och värde"}


def clause_table(rows: tuple[ClauseResult, ...]) -> Markup:
    """Clause, demand, result and how it was tested."""
    body: list[list[Content]] = [
        [row.punkt, row.krav, _RESULT[row.resultat], row.hur] for row in sorted(rows, key=_order)
    ]
    if not body:
        return Markup("")
    columns = ["Punkt", "Krav", "Resultat", "Hur det provades"]
    return data_table("EN 301 549, punkt för punkt", columns, body, hide_caption=True)


def _order(row: ClauseResult) -> tuple[int, ...]:
    return tuple(int(part) for part in row.punkt.split("."))

"""``/om/vilka/``: who takes part, and who answers for what."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import number
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.links import Link
from est_build.pages.page import Page
from est_build.pages.participation import sector_sums, silent_sectors
from est_build.pages.parts import FunctionLine
from est_build.schema.site import Contact, Hosting, Municipality


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with those to turn to."""

    name: str
    id: str
    page: Link
    plan: Link | None
    contacts: tuple[FunctionLine, ...]
    report_fault: str | None
    """Where to tell of a broken lamp."""


@dataclass(frozen=True, slots=True)
class WhoPage:
    """Everything on the page."""

    publisher: str
    contact: Contact
    officer: Contact | None
    hosting: Hosting | None
    towns: tuple[Town, ...]
    sectors: Markup | None
    together: tuple[str, ...]
    """Sectors that are not shown by themselves."""
    told_on: str
    since: str
    roles: Markup
    example: bool


_ROLES = (
    ("Verksamheterna i nätverket", "Svarar på enkäten varannan vecka. Väljer vad som ska göras."),
    ("Trygghetssamordnaren", "Samlar in, granskar, skriver lägesbilden och svarar nätverket."),
    ("Fältsekreterarna", "Läser lägesbilden innan den publiceras. Känner platserna."),
    ("Kommunpolisen", "Läser lägesbilden innan den publiceras. Bestämmer över polisens uppgifter."),
    ("Den som ansvarar för en åtgärd", "Gör det som är beslutat. Berättar när något blir sent."),
    ("Kommunens strategiska råd", "Beslutar om det som är större. Kallas också lokalt brå."),
    ("Kommunstyrelsen", "Ansvarar för arbetet enligt lagen. Antar lägesbild och plan."),
)


def about_pages(context: Context) -> list[Page]:
    """The municipalities, the sectors and their contacts."""
    site = context.published.site
    page = WhoPage(
        site.utgivare,
        site.kontakt,
        site.dataskydd,
        site.drift,
        tuple(_town(context, site_town) for site_town in site.kommuner),
        _sectors(context),
        _together(context),
        day(context.published.date),
        day(site.metod_sedan),
        data_table(
            "Vem gör vad", ["Roll", "Ansvar"], [list(r) for r in _ROLES], hide_caption=True, fold=True
        ),
        site.exempeldata,
    )
    html = render("who.html.j2", page)
    words = "Vilka kommuner och verksamheter som är med, vem som ansvarar för vad och hur du når oss."
    return [Page(addresses.path(addresses.WHO), "Vilka vi är", words, "metod", html)]


def _town(context: Context, town: Municipality) -> Town:
    published = context.published
    area = next(a for a in published.municipalities if a.municipality == town.kod)
    plans = {p.kommun: p.id for p in published.texts.plans.values()}
    plan = plans.get(town.kod)
    return Town(
        town.namn,
        town.id,
        Link(f"Läget i {town.namn}", addresses.area(area)),
        Link(f"Plan och lag i {town.namn}", addresses.plan(plan)) if plan else None,
        contacts(town),
        town.felanmalan,
    )


def contacts(town: Municipality) -> tuple[FunctionLine, ...]:
    """Functions to turn to; without a list of them, the mailbox of the municipality."""
    if town.kontakter:
        return tuple(FunctionLine(k.funktion, k.epost, k.telefon) for k in town.kontakter)
    return (FunctionLine("Trygghetssamordnaren", town.kontakt, town.telefon),)


def _sectors(context: Context) -> Markup | None:
    """Sectors that were asked in the latest quarter with figures. Only invitations are counted."""
    published = context.published
    spans = [q for q in published.quarters if sector_sums(context, q)]
    if not spans:
        return None
    sums = sector_sums(context, spans[-1])
    rows: list[list[Content]] = [
        [published.codes.label("sektorer", sector), number(sums[sector][0])]
        for sector in published.codes.ids("sektorer")
        if sector in sums
    ]
    columns: list[Column | str] = ["Sektor", Column(f"Utskick {spans[-1].label}", "tal")]
    return data_table("Sektorer som får enkäten", columns, rows, hide_caption=True, css="tabell--smal")


def _together(context: Context) -> tuple[str, ...]:
    spans = [q for q in context.published.quarters if sector_sums(context, q)]
    return silent_sectors(context, spans[-1]) if spans else ()

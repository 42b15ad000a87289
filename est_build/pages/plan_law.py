"""Lag (2023:196), 4-14 §§, paragraph by paragraph: what it asks, and how it stands in a municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from est_build.analyse import law
from est_build.analyse.law import Clock, Standing
from est_build.figures.delivery import clock_bar, square_mark
from est_build.figures.loop_words import STANDINGS, clock_words
from est_build.figures.phrases import how_many
from est_build.figures.text import capital
from est_build.model.span import day
from est_build.pages.links import Link, anchor, listed
from est_build.schema.action import Action
from est_build.schema.plan import MunicipalPlan

LAW: Final = "https://lagen.nu/2023:196"
SECTIONS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "4 §",
        "Lägesbild",
        "Kommunen ska ta fram en lägesbild över brotten. Den ska kartlägga brotten och deras följder, "
        "ta med annat som är viktigt och innehålla en analys.",
    ),
    ("5 §", "Åtgärdsplan", "Kommunen ska ha en plan för sina åtgärder. Planen ska bygga på lägesbilden."),
    (
        "6 §",
        "Minst vartannat år",
        "Lägesbilden ska uppdateras och planen följas upp minst vartannat år.",
    ),
    ("7 §", "Tillsammans med andra planer", "Arbetet ska samordnas med annan planering där det passar."),
    (
        "8–9 §§",
        "Överenskommelser",
        "Kommunen ska verka för skriftliga överenskommelser. De ska ha minst syften och områden.",
    ),
    ("10 §", "Råd", "Kommunen ska ha ett strategiskt råd där andra aktörers ledningar är med."),
    (
        "11–12 §§",
        "Samordning",
        "Kommunen ska ha en funktion som samordnar, är kontakt utåt och hjälper till att sprida information.",
    ),
    (
        "13 §",
        "Rapport",
        "Kommunstyrelsen leder arbetet och ska löpande rapportera till kommunfullmäktige.",
    ),
    ("14 §", "Kamerabevakning", "Kommunen får kamerabevaka för att platser ska vara trygga."),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the law in a municipality."""

    number: str
    title: str
    asks: str
    standing: Standing
    here: Markup
    """What there is, with dates and links."""

    @property
    def mark(self) -> Markup:
        """Sign and word."""
        return square_mark(self.standing, STANDINGS[self.standing])


def paragraphs(plan: MunicipalPlan, actions: Sequence[Action], today: dt.date) -> tuple[Paragraph, ...]:
    """All paragraphs for a municipality. ``actions`` are those of the municipality."""
    found = (
        _picture(plan),
        _plan(plan, today),
        _cycle(plan, today),
        ("okant", _text("Det står i kommunens egna planer.")),
        _agreements(plan, today),
        _council(plan),
        _contact(plan),
        _reports(plan),
        _camera(actions),
    )
    return tuple(
        Paragraph(number, title, asks, standing, here)  # type: ignore[arg-type]
        for (number, title, asks), (standing, here) in zip(SECTIONS, found, strict=True)
    )


def clock_line(clock: Clock) -> Markup:
    """The months of the cycle as a bar with its words."""
    return Markup('<span class="klocka">{} <span>{}</span></span>').format(
        clock_bar(clock.passed, law.CYCLE, clock.state), capital(clock_words(clock))
    )


def _text(words: str) -> Markup:
    return Markup("<p>{}</p>").format(words)


def _document(words: str, address: str | None) -> Markup:
    link = anchor_out(words, address) if address else Markup("")
    return Markup("<p>{}</p>").format(link) if link else link


def anchor_out(words: str, address: str) -> Markup:
    """A link to another site, told as one."""
    return Markup('<a href="{}" rel="noopener noreferrer">{} (annan webbplats)</a>').format(address, words)


def _picture(plan: MunicipalPlan) -> tuple[Standing, Markup]:
    standing, own = law.picture_standing(plan), plan.lagesbild
    if own is None:
        return standing, _text("Ingen lägesbild är antagen.")
    parts = {
        "kartläggning": own.kartlaggning,
        "följder av brotten": own.konsekvenser,
        "annan information": own.annan_information,
        "analys": own.analys,
    }
    body = _text(f"Antagen {day(own.antagen)} av {_small(own.antagen_av)}.")
    body += _text(f"{capital(listed([n for n, there in parts.items() if there]))} finns med.")
    lacking = [n for n, there in parts.items() if not there]
    if lacking:
        body += _text(f"Saknas: {listed(lacking)}.")
    return standing, body + _number(own.diarienummer) + _document("Läs lägesbilden", own.adress)


def _small(name: str) -> str:
    """``Kommunstyrelsen`` inside a sentence."""
    return name[:1].lower() + name[1:]


def _number(number: str | None) -> Markup:
    return Markup('<p class="svag">Diarienummer: {}</p>').format(number) if number else Markup("")


def _plan(plan: MunicipalPlan, today: dt.date) -> tuple[Standing, Markup]:
    standing, own = law.plan_standing(plan, today), plan.atgardsplan
    if own is None:
        return standing, _text("Ingen åtgärdsplan är antagen.")
    body = _text(f"Antagen {day(own.antagen)} av {_small(own.antagen_av)}.")
    verb = "Gällde" if own.galler_till < today else "Gäller"
    body += _text(f"{verb} {day(own.galler_fran)} till {day(own.galler_till)}.")
    if standing == "delvis":
        body += _text("Planen är äldre än lägesbilden.")
    return standing, body + _number(own.diarienummer) + _document("Läs planen", own.adress)


def _cycle(plan: MunicipalPlan, today: dt.date) -> tuple[Standing, Markup]:
    body = Markup("")
    picture, own = law.picture_clock(plan, today), law.plan_clock(plan, today)
    if picture is not None:
        body += Markup("<p>Lägesbilden ska uppdateras senast {}.</p>{}").format(
            day(picture.due), clock_line(picture)
        )
    if own is not None:
        body += Markup("<p>Planen ska följas upp senast {}.</p>{}").format(day(own.due), clock_line(own))
    return law.cycle_standing(plan, today), body or _text("Det finns inget att följa upp än.")


def _agreements(plan: MunicipalPlan, today: dt.date) -> tuple[Standing, Markup]:
    standing = law.agreements_standing(plan, today)
    if not plan.overenskommelser:
        return standing, _text("Ingen överenskommelse är undertecknad.")
    items = [
        Markup("<li>{}, {}</li>").format(
            listed(a.parter), f"till {day(a.galler_till)}" if a.galler_till else "tills vidare"
        )
        for a in plan.overenskommelser
    ]
    return standing, Markup("<ul>{}</ul>").format(Markup("").join(items))


def _council(plan: MunicipalPlan) -> tuple[Standing, Markup]:
    if not plan.radsmoten:
        return "saknas", _text("Inget möte är redovisat.")
    last = max(m.datum for m in plan.radsmoten)
    link = anchor(Link("Rådets möten", "#rad"))
    return "finns", Markup("<p>Rådet möttes senast {}. {}</p>").format(day(last), link)


def _contact(plan: MunicipalPlan) -> tuple[Standing, Markup]:
    own = plan.samordning
    mail = anchor(Link(own.epost, f"mailto:{own.epost}"))
    return "finns", Markup("<p>{}: {}</p>").format(own.funktion, mail)


def _reports(plan: MunicipalPlan) -> tuple[Standing, Markup]:
    rows = sorted(plan.rapporter_till_fullmaktige, key=lambda r: r.datum, reverse=True)
    if not rows:
        return "saknas", _text("Ingen rapport är redovisad.")
    items = [Markup("<li>{}: {}</li>").format(day(r.datum), _small(r.avser)) for r in rows]
    return "finns", Markup("<ul>{}</ul>").format(Markup("").join(items))


def _camera(actions: Sequence[Action]) -> tuple[Standing, Markup]:
    found = [a for a in actions if a.typ == "kamera"]
    if not found:
        return "frivilligt", _text("Ingen åtgärd här gäller kamerabevakning.")
    links = [anchor(Link(a.titel, f"/atgarder/{a.id}/")) for a in found]
    head = f"{capital(how_many(len(found), 'atgard'))}: "
    return "frivilligt", Markup("<p>{}{}</p>").format(head, Markup(", ").join(links))

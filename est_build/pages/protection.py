"""``/metod/skydd/``: why few reports are not shown, the rules with their numbers, and the proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.village import FEW, PLACES, Village, in_words
from est_build.figures.protection_picture import few_figure, realities_figure, subtraction_figure
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import interval, number
from est_build.model.cell import HIDDEN_MARK, Shown
from est_build.model.proof import Proof
from est_build.model.published import Published
from est_build.pages.context import Context, listed, render
from est_build.pages.page import Page
from est_build.schema.protection import Protection, TableId
from est_build.schema.site import Contact

ADDRESS = "metod/skydd/"
STYLE = "assets/est-skydd.css"
_TABLES: dict[TableId, str] = {
    "kommun": "Kommunen, alla kategorier tillsammans",
    "kommun_grupp": "Kommunen, varje kategori",
    "kommun_kategori": "Kommunen, varje underkategori",
    "omrade": "Området, alla kategorier tillsammans",
    "omrade_grupp": "Området, varje kategori",
    "kommun_miljo": "Kommunen, varje miljö",
    "kommun_miljo_grupp": "Kommunen, varje miljö och kategori",
    "omrade_miljo": "Området, varje miljö",
    "kommun_tid": "Kommunen, tid på dygnet och i veckan",
    "kommun_tid_grupp": "Kommunen, tid på dygnet och kategori",
    "omrade_tid": "Området, tid på dygnet och i veckan",
}
"""What each table of the plan is called, in the order in which they stand."""


@dataclass(frozen=True, slots=True)
class YearProofs:
    """All proofs of a year."""

    year: int
    table: Markup


@dataclass(frozen=True, slots=True)
class Command:
    """The answer of ``est-build audit``: what it counts when all is well."""

    releases: int
    shown: int
    boxes: int


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """Everything on the page. Numbers are those of the rules in force."""

    rules: Protection
    village: Village
    hidden: str
    few: str
    limit: str
    step: str
    sample: tuple[str, str]
    """A count above the limit in words, and how it is shown."""
    steps: tuple[str, str]
    middle: str
    telling: tuple[str, str, str]
    """Shown of the whole and of a place when the steps are not enough, and the least that is left."""
    pictures: tuple[Markup, Markup, Markup]
    merged: tuple[str, ...]
    sensitive: tuple[str, ...]
    broad: tuple[str, ...]
    """Categories that are shown for whole municipalities only."""
    sources: str
    others: str
    """Name of the sector that thin sectors are counted in."""
    plan: Markup
    towns: int
    proofs: tuple[YearProofs, ...]
    """The newest year first."""
    worlds: int
    confirmed: int
    latest: str
    command: Command
    contact: Contact


def protection_page(context: Context) -> Page:
    """The page of how people are protected."""
    html = render("protection.html.j2", _page(context))
    words = "Varför få rapporter inte visas, reglerna med sina gränser, och beviset för att de räcker."
    return Page(ADDRESS, "Så skyddas människor", words, "metod", html, styles=(STYLE,))


def _page(context: Context) -> ProtectionPage:
    published = context.published
    rules, codes = published.protection, published.codes
    village = Village(rules.granser.rapporter, rules.steg)
    shown = sum(isinstance(c, Shown) for f in published.figures.values() for c in f.cells.values())
    categories = codes.categories(published.calendar.year(context.latest))
    first, second = village.place, (village.place[1] + 1, village.place[1] + rules.steg)
    return ProtectionPage(
        rules=rules,
        village=village,
        hidden=HIDDEN_MARK,
        few=in_words(FEW),
        limit=in_words(village.limit),
        step=in_words(rules.steg),
        sample=(in_words(village.limit + 2), interval(*first)),
        steps=(interval(*first), interval(*second)),
        middle=PLACES[1],
        telling=(interval(*village.telling), interval(*first), in_words(village.left)),
        pictures=(few_figure(village), subtraction_figure(village), realities_figure(village)),
        merged=_merged(published),
        sensitive=tuple(c.sv for c in categories if c.kanslig),
        broad=tuple(c.sv for c in categories if c.forald is None and c.kanslighet == "kommun"),
        sources=listed([codes.label("sektorer", code) for code in rules.kanda_kallor]),
        others=codes.label("sektorer", "ovriga"),
        plan=_plan(rules),
        towns=len(published.site.kommuner),
        proofs=_years(published),
        worlds=sum(proof.worlds for proof in published.proofs),
        confirmed=sum(proof.confirmed for proof in published.proofs),
        latest=f"{context.latest.label}, {context.latest.id[:4]}",
        command=Command(len(published.figures), shown, sum(p.every_box for p in published.proofs)),
        contact=published.site.kontakt,
    )


def _merged(published: Published) -> tuple[str, ...]:
    """``Slimminge räknas ihop med Rydsgård``."""
    return tuple(
        f"{area.name} räknas ihop med {published.area(area.merged_into).name}"
        for area in published.areas
        if area.merged_into is not None
    )


def _plan(rules: Protection) -> Markup:
    """Two columns only: they fit the narrowest phone, also with wide letters."""
    spans = (
        ("två veckor", rules.tabeller.period),
        ("kvartal", rules.tabeller.kvartal),
        ("år", rules.tabeller.ar),
    )
    rows: list[list[Content]] = []
    for table, words in _TABLES.items():
        when = [name for name, tables in spans if table in tables]
        if when:
            rows.append([words, listed(when)])
    return data_table("Tabellerna i planen", ["Tabell", "Räknas för"], rows, hide_caption=True)


# ---- proofs ------------------------------------------------------------------------------------


def worlds_file(proof: Proof) -> str:
    """Name under ``/data/`` of the made-up realities of a proof."""
    return f"bevis/pahittade-verkligheter-{proof.name}.csv"


def attestation_file(proof: Proof) -> str:
    """Name under ``/data/`` of the attestation of a proof."""
    return f"bevis/intyg-{proof.name}.json"


def _years(published: Published) -> tuple[YearProofs, ...]:
    by_year: dict[int, dict[str, list[Proof]]] = {}
    for proof in published.proofs:
        by_year.setdefault(proof.year, {}).setdefault(proof.municipality, []).append(proof)
    return tuple(
        YearProofs(year, _table(published, year, towns))
        for year, towns in sorted(by_year.items(), reverse=True)
    )


def _table(published: Published, year: int, towns: dict[str, list[Proof]]) -> Markup:
    rows: list[list[Content]] = []
    for area in published.municipalities:
        proofs = towns.get(area.municipality)
        if proofs is None:
            rows.append([area.name, "inget publicerat", "–", "–", "–", "–", "–"])
            continue
        sums = zip(*((p.boxes, p.worlds, p.confirmed) for p in proofs), strict=True)
        rows.append(
            [
                area.name,
                _together(proofs),
                *(_many(sum(counts)) for counts in sums),
                "Godkänt",
                _links(area.name, proofs),
            ]
        )
    columns: list[Column | str] = [
        "Kommun",
        "Granskat",
        Column("Dolda rutor som kan vara tomma", "tal"),
        Column("Påhittade verkligheter", "tal"),
        Column("Bekräftade rutor", "tal"),
        "Resultat",
        "Filer",
    ]
    return data_table(f"Granskningen av år {year}", columns, rows, hide_caption=True, css="skyddstabell")


def _many(count: int) -> str:
    """A number; none in a word, so that it cannot be taken for a count of reports."""
    return number(count) if count else "inga"


def _together(proofs: Sequence[Proof]) -> str:
    """``hela året``, or ``3 kvartal och 4 perioder``."""
    words = []
    for kind, one, many in (("ar", "hela året", ""), ("kvartal", "kvartal", "kvartal"),
                            ("period", "period", "perioder")):  # fmt: skip
        count = sum(proof.span.kind == kind for proof in proofs)
        if count:
            words.append(one if kind == "ar" else f"{count} {one if count == 1 else many}")
    return listed(words)


def _links(town: str, proofs: Sequence[Proof]) -> Markup:
    """The files of each proof, its realities and its attestation; folded if there are several proofs."""
    form = Markup(
        '<a href="/data/{}">verkligheter<span class="dold">, {}</span></a> '
        '<a href="/data/{}">intyg<span class="dold">, {}</span></a>'
    )
    pairs = [
        form.format(worlds_file(p), where, attestation_file(p), where)
        for p, where in ((proof, f"{town} {_when(proof)}") for proof in proofs)
    ]
    if len(proofs) == 1:
        return Markup('<span class="bevis">{}</span>').format(pairs[0])
    lines = Markup("").join(
        Markup("<li>{}: {}</li>").format(_short(proof), pair)
        for proof, pair in zip(proofs, pairs, strict=True)
    )
    head = Markup('{} filer<span class="dold">, {} {}</span>').format(2 * len(proofs), town, proofs[0].year)
    return Markup('<details><summary>{}</summary><ul class="bevis">{}</ul></details>').format(head, lines)


def _when(proof: Proof) -> str:
    """``vecka 45–46, 2026``: alone on the page."""
    label = proof.span.label
    return f"{label}, {proof.year}" if proof.span.kind == "period" else label


def _short(proof: Proof) -> str:
    """``Kvartal 3``; the year stands above."""
    label = proof.span.label if proof.span.kind != "kvartal" else f"kvartal {proof.span.id[-1]}"
    return label[:1].upper() + label[1:]

# ruff: noqa: E501 -- pieces of HTML
"""A page with every component, with invented values: ``python -m tests.theme.gallery OUT_DIR``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from markupsafe import Markup

from est_build.figures import icons
from est_build.figures.figure import figure, numbers_details
from est_build.figures.ground import Ground
from est_build.figures.legend import map_legend, trend_legend
from est_build.figures.locator_map import locator_map
from est_build.figures.map_table import map_table
from est_build.figures.symbol_map import MapLook, symbol_map, symbol_scale
from est_build.figures.table import Column, data_table
from est_build.figures.text import participation_count
from est_build.figures.thread import Station, Step, thread_story, thread_strip
from est_build.figures.trend import trend_chart, trend_figure
from est_build.figures.web_map import (
    SCRIPTS,
    MapAction,
    MapChoice,
    MapExtras,
    geometry_json,
    values_json,
    web_map,
)
from est_build.model.cell import HIDDEN, Shown
from est_build.model.series import Participation
from est_build.pages.styles import STYLE_ASSET, style_sheet
from tests.theme import sample
from tests.theme.render import THEME, render_page

P = Participation


def head() -> str:
    return f"""
<div class="tva tva--topp"><div>
<p class="overrad">Lägesbild · 2–15 november 2026</p>
<h1>Läget vecka 45–46</h1>
<dl class="svar">
<div><dt>Läget</dt><dd>Som vanligt i de flesta områden.</dd></div>
<div><dt>Ändrat</dt><dd>Fler har rapporterat dålig belysning i <a href="#a1">Ystads tätort</a>.</dd></div>
<div><dt>Vi gör</dt><dd>Ny belysning på gångvägen till stationen. <a href="#a2">Klart senast 12 december</a>.</dd></div>
<div><dt>Vet inte</dt><dd>I 16 mindre områden är underlaget för litet för att bedöma.</dd></div>
<div><dt>Svarade</dt><dd>{icons.participation_dots(P(283, Shown(195, 204)))}<small>Mellan 195 och 204 av 283 i nätverket</small></dd></div>
</dl></div>
<aside aria-label="Om lägesbilden"><dl class="fakta">
<div><dt>Publicerad</dt><dd>19 november 2026</dd></div><div><dt>Nästa</dt><dd>3 december 2026</dd></div>
<div><dt>Version</dt><dd>1, inga rättelser</dd></div></dl><p class="liten"><a href="#p">Så många svarade i din kommun</a></p>
</aside></div>"""


def card(state: str, label: str, dots: list[str], title: str, *notes: str) -> str:
    return f"""<li class="kort__del"><div class="kort__topp">{icons.status_mark(state, label, *notes)}{icons.thread_dots(dots)}</div>
<h3><a href="#{state}">{title}</a></h3><p class="kort__plats">Ystads tätort · Ystads kommun, gata och park</p>
<dl class="fakta"><div><dt>Varför</dt><dd><a href="#f{state}">Mörka gångvägar vid stationer</a></dd></div>
<div><dt>Klart</dt><dd>Senast 12 december</dd></div></dl></li>"""


def band() -> str:
    cards = "".join(
        (
            card(
                "pagar",
                "Pågår",
                ["klar", "klar", "klar", "pagar", "tom"],
                "Ny belysning på gångvägen till stationen",
            ),
            card(
                "genomford",
                "Genomförd",
                ["klar", "klar", "klar", "klar", "tom"],
                "Fältsekreterare ute på helgkvällar",
                "Försenad",
            ),
            card(
                "planerad",
                "Planerad",
                ["klar", "klar", "klar", "planerad", "tom"],
                "Samtal och regler om smällare inför nyår",
            ),
        )
    )
    strip = thread_strip(
        (
            Station("Rapporter", "150–170"),
            Station("Frågor", "6"),
            Station("Orsaker", "9"),
            Station("Åtgärder", "14", "pagar"),
            Station("Uppföljt", "5", "planerad", "#u"),
        ),
        3,
    )
    return f"""<section class="band"><h2>Det här gör vi</h2><p class="under">Nytt, pågående och det som snart följs upp.</p>
<ul class="kort">{cards}</ul><p><a href="#alla">Alla 14 åtgärder</a></p>
<h3>Tråden från rapport till uppföljning</h3>{strip}</section>"""


def signs() -> str:
    statuses = " ".join(str(icons.status_mark(s, icons.KNOT_WORDS[s].capitalize())) for s in icons.KNOT_WORDS)
    signals = " ".join(str(icons.signal_badge(k)) for k in icons.SIGNAL_WORDS)
    plain = " ".join(str(icons.signal_badge(k, tinted=False)) for k in icons.SIGNAL_WORDS)
    dots = " ".join(
        str(icons.thread_dots(d))
        for d in (
            ["klar", "klar", "tom", "tom", "tom"],
            ["klar", "klar", "klar", "avbruten", "tom"],
            ["klar", "klar", "tom", "klar", "saknas"],
            ["klar", "klar", "klar", "klar", "uppfoljd"],
        )
    )
    part = "<br>".join(
        f"{icons.participation_dots(p)} <span class='svag'>{participation_count(p)}</span>"
        for p in (
            P(283, Shown(195, 204)),
            P(82, Shown(60, 64)),
            P(0, HIDDEN),
            P(11, Shown(10, 14)),
            P(40, HIDDEN),
        )
    )
    return f"""<section class="del"><h2>Tecken</h2><p>{statuses}</p><p>{signals}</p><p>{plain}</p><p>{dots}</p>
<p>{part}</p><p>{icons.promise_row(9, 3, 1)}</p><p>{icons.hidden_mark()} visas inte</p>
<p class="antal"><b>35–39</b> rapporter</p></section>"""


def pieces() -> str:
    table = data_table(
        "Rapporter per område",
        ["Område", Column("Rapporter", "tal"), "Ansvarig", "Nästa steg"],
        [
            [Markup('<a href="#b">Borrby</a>'), "··", "Simrishamns kommun", "Klart senast 12 december"],
            [Markup('<a href="#s">Simrishamns tätort</a>'), "15–19", "Tillgänglighetsredogörelsen", "–"],
        ],
    )
    story = thread_story(
        (
            Step(
                "Rapporter",
                "Fler rapporter om skadegörelse",
                Markup("<p>25–29 rapporter i Tomelilla tätort.</p>"),
            ),
            Step(
                "Fråga 2026-002",
                Markup('<a href="#q">Skadegörelse vid idrottsplatser</a>'),
                Markup("<p>Sedan februari.</p>"),
            ),
            Step(
                "Orsak",
                "Mörkt, skymt och folktomt",
                Markup(
                    '<p>Platsen är mörk efter 17. <span class="etikett">Sett på plats</span> <span class="etikett etikett--osaker">Antagande</span></p>'
                ),
            ),
            Step(
                "Åtgärd",
                "Ljus, sikt och tid",
                Markup("<p>Mål: åtta stolpar.</p>"),
                "pagar",
                Markup(
                    '<h4>Så har det gått</h4><ul class="rader"><li><b>23 mars</b> Beslutad</li><li><b>7 april</b> Röjning</li></ul>'
                ),
            ),
            Step("Nästa uppföljning", "9 april 2027", Markup("<p>Vi frågar nätverket.</p>"), "planerad"),
        )
    )
    return f"""<section class="del"><div class="tva"><div><h2>Delar</h2>
<nav class="val" aria-label="Status"><p>Status</p><ul><li><a href="#x1" aria-current="true">Alla 14</a></li><li><a href="#x2">Pågår 6</a></li><li><a href="#x3">Uppföljd 2</a></li></ul></nav>
{table}<div class="notis"><p><strong>Rättad 23 november.</strong> Fel datum för belysningen. <a href="#r">Se rättelsen</a></p></div>
<p class="tomt">Inga åtgärder pågår här just nu.</p></div>
<aside class="sida" aria-label="Kontakt"><div class="ruta"><h2>Det här vet vi inte</h2><ul><li>Rapporter är iakttagelser. De är inte anmälda brott.</li></ul></div></aside></div>
{story}</section>"""


def charts() -> str:
    year = sample.series("ystad/alla", 22)
    low = sample.series("borrby/alla", 4, area="Borrby")
    small = "".join(
        str(
            trend_figure(
                sample.series(f"k{n}", m, area=a),
                title=f"{a}: senast",
                top=59,
                markers=sample.MARKERS,
                size="liten",
                example=True,
            )
        )
        for n, (a, m) in enumerate(
            (("Simrishamn", 24), ("Sjöbo", 38), ("Skurup", 12), ("Tomelilla", 7), ("Ystad", 45))
        )
    )
    return f"""<section class="del"><h2>Utveckling</h2><div class="tva"><div>
{trend_figure(year, markers=sample.MARKERS, example=True)}
{trend_figure(low)}
{trend_figure(sample.series("langa/alla", 30, 101), markers=sample.MARKERS, example=True)}
{trend_figure(sample.quarters(), example=True)}
</div><aside class="sida" aria-label="Små">{trend_chart(sample.series("g1", 22, 13), size="gnista", example=True)}
{trend_chart(sample.series("g2", 6, 13), size="gnista")}</aside></div>
<div class="serier">{small}</div></section>"""


NUMBERS = {"ystads-tatort": 1, "sjobo-tatort": 2, "tomelilla-tatort": 3, "kivik": 4, "skurups-tatort": 5}


def maps(ground: Ground) -> str:
    values = sample.map_values(ground)
    links = {a.id: f"#omrade-{a.id}" for a in ground.areas}
    picture = symbol_map(
        ground,
        values,
        title="Flest rapporter kom från tätorterna",
        description="Cirklar för varje område.",
        look=MapLook("var", example=True, links=links, numbers=NUMBERS),
    )
    table = numbers_details(
        map_table(ground, values, caption="rapporter vecka 45–46", links=links),
        "var",
        "Alla områden i tabell",
    )
    legend = map_legend(symbol_scale(ground, values), list(values.values()), actions=True)
    return f"""<section class="del"><h2>Var?</h2><div class="tva"><div>
{figure("Flest rapporter kom från tätorterna", picture, subtitle="Rapporter per område, vecka 45–46. Antal i steg om fem.")}{table}</div>
<aside class="sida" aria-label="Så läser du">{legend}{trend_legend(invited=82, actions=True)}
{locator_map(ground, "ystads-tatort", key="lage", example=True)}</aside></div></section>"""


def explore(out: Path, ground: Ground) -> None:
    """The page of the map to explore, with its files."""
    values = sample.map_values(ground)
    links = {a.id: f"index.html#omrade-{a.id}" for a in ground.areas}
    still = symbol_map(
        ground,
        values,
        title="Rapporter",
        description="Cirklar.",
        look=MapLook("stilla", example=True, links={k: f"../{v}" for k, v in links.items()}),
    )
    web = web_map(
        ground,
        key="karta",
        still=still,
        outlines="assets/omraden.json",
        values="assets/varden.json",
        example=True,
    )
    choices = [
        MapChoice("p", "v. 45–46", "Vecka 45–46, 2–15 november 2026", values),
        MapChoice("k", "Kvartal 3", "Kvartal 3, 2026", sample.map_values(ground, 160, 4)),
    ]
    (out / "assets" / "omraden.json").write_text(geometry_json(ground), encoding="utf-8")
    actions = [MapAction(number, f"Åtgärd {number}", "#", (area,)) for area, number in NUMBERS.items()]
    (out / "assets" / "varden.json").write_text(
        values_json(ground, choices, links, MapExtras(actions)), encoding="utf-8"
    )
    (out / "assets" / "karta.js").write_text(web.script, encoding="utf-8")
    (out / "karta").mkdir(exist_ok=True)
    (out / "karta" / "index.html").write_text(
        render_page(
            f"<h1>Karta</h1>{web.html}",
            {"title": "Karta", "avsnitt": "laget", "skript": [*SCRIPTS, "assets/karta.js"]},
            url="karta/",
        ),
        encoding="utf-8",
    )


def build(out: Path) -> Path:
    """Writes the gallery with its assets and gives the page's path."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(THEME / "assets", out / "assets", dirs_exist_ok=True)
    (out / STYLE_ASSET).write_text(style_sheet(), encoding="utf-8")
    ground = sample.demo_ground()
    explore(out, ground)
    body = head() + band() + charts() + maps(ground) + signs() + pieces()
    target = out / "index.html"
    target.write_text(render_page(body, {"title": "Delar och lägen", "avsnitt": "metod"}), encoding="utf-8")
    return target


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))

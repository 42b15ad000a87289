"""``/metod/vanligt/``: what "more than usual" means, and how anyone can compute a verdict again."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from est_build.analyse import negbin
from est_build.analyse.lines import LevelName
from est_build.analyse.observed import Observed
from est_build.analyse.rule import PUBLIC
from est_build.analyse.usual import KeyTest
from est_build.analyse.verdict import LevelVerdicts, Verdict
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import interval, number
from est_build.figures.verdict_text import reports, usual_sentence
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import Page

LEVELS: Final[dict[LevelName, str]] = {
    "kommun": "Alla rapporter i en kommun",
    "omrade": "Alla rapporter i ett område",
    "kommun_grupp": "En kategori i en kommun",
    "region": "Alla rapporter i hela nätverket",
    "region_grupp": "En kategori i hela nätverket",
    "kommun_kategori": "En underkategori i en kommun",
    "omrade_grupp": "En kategori i ett område",
}
KEYS: Final = {"svar": "Räknat per svar", "antal": "Som antal"}
METHODS: Final = {
    "publicerat": "Vår regel",
    "plus25": "Mer än 25 procent upp",
    "xmr": "XmR",
    "ears_c2": "EARS C2",
}
"""Rules that are compared, as the measurement names them."""
REALISTIC: Final = "B verklighetsnära"
COUNTS: Final = (4, 6, 5, 3, 7, 5, 6, 4, 5, 8, 5, 4, 6)
ANSWERS: Final = (80, 78, 82, 75, 85, 79, 80, 77, 76, 83, 81, 78, 80)
NOW, ANSWERS_NOW, SPREAD, SERIES = 14, 82, 1.5, 600
"""The training case of ``signals.md`` 2.4: fourteen where five are usual, one series of six hundred."""


@dataclass(frozen=True, slots=True)
class Example:
    """The training case, computed."""

    counts: str
    total: int
    weights: str
    mean: str
    ratio: str
    chance: str
    plain_mean: str
    plain_chance: str
    alpha: str
    limit: int


@dataclass(frozen=True, slots=True)
class Real:
    """A verdict of the latest fortnight with all its numbers."""

    name: str
    text: str
    now: str
    periods: str
    table: Markup


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Everything on the page."""

    span: Span
    example: Example
    real: Real | None
    levels: Markup | None
    false: Markup | None
    power: Markup | None
    steps: int
    shown_share: str


def method_pages(context: Context) -> list[Page]:
    """The page of the usual range."""
    html = render("usual.html.j2", _page(context))
    words = "Vad vi menar med fler och färre än vanligt, och hur du räknar efter själv."
    return [Page(addresses.path(addresses.USUAL), "Vad är vanligt?", words, "metod", html, kind="Metod")]


def _page(context: Context) -> MethodPage:
    verdicts = context.analysis.verdicts(context.latest)
    return MethodPage(
        context.latest,
        worked_example(),
        _real(context, [v for level in verdicts.levels.values() for v in level.verdicts]),
        _levels(list(verdicts.levels.values())),
        false_table(),
        power_table(),
        PUBLIC.longest,
        decimal(100 * PUBLIC.shown_share, 0),
    )


def decimal(value: float, digits: int) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def worked_example() -> Example:
    """The training case by the same functions as every verdict."""
    total, weights, many = sum(COUNTS), sum(ANSWERS), len(COUNTS)
    alpha = 1 / SERIES
    mean, ratio = (total + 0.5) * ANSWERS_NOW / weights, SPREAD * (1 + ANSWERS_NOW / weights)
    plain_mean, plain_ratio = (total + 0.5) / many, SPREAD * (1 + 1 / many)
    limit = max(
        PUBLIC.floor,
        negbin.upper_limit(mean, ratio, alpha),
        negbin.upper_limit(plain_mean, plain_ratio, alpha),
    )
    return Example(
        ", ".join(map(str, COUNTS)),
        total,
        number(weights),
        decimal(mean, 2),
        decimal(ratio, 2),
        decimal(100 * negbin.upper_tail(NOW, mean, ratio), 1),
        decimal(plain_mean, 2),
        decimal(100 * negbin.upper_tail(NOW, plain_mean, plain_ratio), 1),
        decimal(100 * alpha, 2),
        limit,
    )


def _real(context: Context, every: list[Verdict]) -> Real | None:
    """A signal of the fortnight, or else the first series that was judged."""
    judged = [v for v in every if v.usual.judged]
    verdict = next((v for v in judged if v.usual.marked), judged[0] if judged else None)
    if verdict is None or verdict.usual.now is None:
        return None
    usual, series = verdict.usual, verdict.series
    where = "Hela nätverket" if series.area == "region" else context.published.area(series.area).name
    what = "alla rapporter"
    if series.category is not None:
        label = context.published.codes.label("kategorier", series.category)
        what = label[:1].lower() + label[1:]
    tests = usual.down if usual.state.value == "farre" else usual.up
    return Real(
        f"{where}, {what}",
        usual_sentence(verdict.usual),
        reports(verdict.usual.now.count),
        ", ".join(_shown(o) for o in usual.history),
        _tests(tests, usual.alpha),
    )


def _shown(seen: Observed) -> str:
    return interval(seen.count.low, seen.count.high) if seen.count.shown else "··"


def _tests(tests: tuple[KeyTest, ...], alpha: float) -> Markup:
    names = [Column("Steg"), *(Column(KEYS[t.key], "tal") for t in tests)]
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Rapporter innan (s)", tuple(decimal(t.total, 1) for t in tests)),
        ("Svar eller perioder innan (M)", tuple(decimal(t.weights, 1) for t in tests)),
        ("Svar eller period nu (w)", tuple(decimal(t.weight, 1) for t in tests)),
        ("Väntat antal", tuple(decimal(t.mean, 2) for t in tests)),
        ("Spridning (D)", tuple(decimal(t.dispersion, 2) for t in tests)),
        ("Spridning för nästa antal (V)", tuple(decimal(t.ratio, 2) for t in tests)),
        ("Slumpens chans", tuple(f"{decimal(100 * t.p, 2)}\u00a0%" for t in tests)),
        ("Gräns för chansen", tuple(f"{decimal(100 * alpha, 2)}\u00a0%" for _ in tests)),
    )
    rows: list[list[Content]] = [[name, *values] for name, values in lines]
    return data_table("Uträkningen steg för steg", names, rows, hide_caption=True, css="tabell--tat")


def _levels(levels: list[LevelVerdicts]) -> Markup | None:
    rows: list[list[Content]] = [
        [
            LEVELS[level.name],
            number(level.level.tested),
            number(level.judged),
            number(len(level.marks)) if level.marks else "ingen",
            f"{decimal(100 * level.level.alpha, 2)}\u00a0%",
            decimal(max(1.0, level.level.pool.plain), 2),
        ]
        for level in levels
        if level.level.tested
    ]
    if not rows:
        return None
    columns = [
        Column("Nivå"),
        Column("Serier", "tal"),
        Column("Bedömda", "tal"),
        Column("Markeringar", "tal"),
        Column("Gräns", "tal"),
        Column("Spridning", "tal"),
    ]
    return data_table("Så många serier prövas på varje nivå", columns, rows, hide_caption=True, fold=True)


def _csv(name: str) -> list[dict[str, str]]:
    """Rows of what ``make bench-signals`` has written; none if it has not been run."""
    place = files("est_build.analyse").joinpath(name)
    if not place.is_file():
        return []
    return list(csv.DictReader(place.read_text(encoding="utf-8").splitlines()))


def false_table() -> Markup | None:
    """False signals per fortnight where nothing has changed: a hundred areas, ours beside other rules."""
    found: dict[str, dict[str, str]] = {}
    for row in _csv("simulated.csv"):
        if row["niva"] == "omrade":
            found.setdefault(row["fall"], {})[row["metod"]] = row["falska"]
    if not found:
        return None
    columns = [Column("Påhittat fall"), *(Column(name, "tal") for name in METHODS.values())]
    rows: list[list[Content]] = [
        [_case(case), *(figure(cells.get(method)) for method in METHODS)] for case, cells in found.items()
    ]
    return data_table(
        "Falska markeringar per period, hundra områden", columns, rows, hide_caption=True, fold=True
    )


def _case(name: str) -> str:
    """``Nätverket växer`` of ``C nätverket växer``; no span of numbers that could be taken for a count."""
    words = name.split(" ", 1)[1].replace("6–9 perioder", "kort historik")
    return words[:1].upper() + words[1:]


def power_table() -> Markup | None:
    """How often a doubling and a tripling are seen, by how many reports are usual."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in _csv("simulated_power.csv"):
        if row["fall"] == REALISTIC and row["niva"] == "omrade" and row["metod"] == "publicerat":
            found.setdefault((row["medel_fran"], row["medel_till"]), {})[row["faktor"]] = row["funna"]
    if not found:
        return None
    columns = [
        Column("Vanligt antal"),
        Column("En fördubbling syns", "tal"),
        Column("En tredubbling syns", "tal"),
    ]
    rows: list[list[Content]] = [
        [f"från {low} till {high}", *(_share(cells.get(factor)) for factor in ("2", "3"))]
        for (low, high), cells in sorted(found.items(), key=lambda item: float(item[0][0]))
    ]
    return data_table("Så ofta syns en ökning", columns, rows, hide_caption=True, fold=True)


def figure(text: str | None) -> str:
    """A figure of the table with a decimal comma; a dash where it is missing."""
    return "–" if text is None else decimal(float(text), 2 if float(text) < 10 else 0)


def _share(text: str | None) -> str:
    return "–" if text is None else f"{round(100 * float(text))} gånger av 100"

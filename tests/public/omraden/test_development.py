"""Trends: posts, breaks, the season, categories and years."""

from __future__ import annotations

import datetime as dt

import pytest

from est_build.pages.context import Context
from est_build.pages.trends import break_markers, recent, same_weeks_last_year, started, whole_quarters
from tests.public.conftest import BuiltSite
from tests.public.dom import Node


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    """Return the published values as the builders see them."""
    return Context(built.published)


def figure(page: Node, start: str) -> Node:
    return next(f for f in page.all("figure") if f.by_class("figur__titel")[0].text().startswith(start))


def test_breaks_are_drawn_where_they_belong(context: Context) -> None:
    """Story lines a, f, g and n, and none of them where it does not belong."""
    published = context.published
    quarters = whole_quarters(context)

    def words(town: str, group: str | None) -> list[str]:
        return [m.text for m in break_markers(context, published.area(town), group, quarters)]

    assert words("skurup", None) == ["fler svarar", "ny enkät"]
    assert words("simrishamn", None) == ["näringslivet svarar inte", "ny enkät"]
    assert words("ystad", None) == ["ny enkät"]
    assert words("ystad", "trafik") == ["A-traktorer för sig", "ny enkät"]
    assert words("ystad", "skadegorelse") == ["ny enkät"]
    # A change before the first value has nothing to be compared with.
    after = tuple(q for q in quarters if q.start >= dt.date(2026, 1, 1))
    assert break_markers(context, published.area("ystad"), None, after) == []


def test_the_page_draws_posts_and_breaks(built: BuiltSite) -> None:
    page = built.page("/utveckling/").root
    small = [f for f in page.all("figure") if f.has("figur--liten")]
    assert len(small) == 10
    for one in small[:5]:
        assert "ny enkät" in [t.text() for t in one.one("svg").all("text")]
    numbers = [li for ol in page.by_class("poster") for li in ol.all("li")]
    drawn = {t.text() for f in small for t in f.one("svg").all("text", where=lambda n: not n.has("x"))}
    assert numbers and {str(n) for n in range(1, len(numbers) + 1)} <= drawn
    assert f"{len(numbers)} åtgärder är märkta" in page.text()
    skurup = [f for f in small if f.text().startswith("Skurup")]
    assert any("fler svarar" in f.text() for f in skurup)


def test_only_what_has_started_is_a_post(context: Context) -> None:
    found = {a.id for a, _ in started(context, context.published.texts.actions.values(), recent(context))}
    assert "2026-018" not in found, "starts in December"
    assert "2026-017" in found
    assert "2025-009" not in found, "was cancelled before it began"


def test_the_same_weeks_last_year(context: Context) -> None:
    now = context.latest
    then = same_weeks_last_year(context, now)
    assert then is not None and (now.start - then.start).days == 364
    assert same_weeks_last_year(context, context.published.periods[0]) is None


def test_choices_are_links_without_script(built: BuiltSite) -> None:
    page = built.page("/utveckling/").root
    chosen = [n for n in page.all("nav") if n.has("val")]
    hrefs = [a.attrs["href"] for nav in chosen for a in nav.all("a")]
    assert sum("kategorier/" in h for h in hrefs) == 13 or sum("kategorier/" in h for h in hrefs) >= 10
    assert {"#kommuner", "#arstid", "#kvartal", "#ar"} <= set(hrefs)
    for anchor in ("kommuner", "arstid", "kvartal", "ar"):
        assert anchor in built.page("/utveckling/").ids


def test_a_category_page_answers_its_four_questions(built: BuiltSite) -> None:
    codes = built.published.codes
    for group in codes.groups(2026):
        page = built.page(f"/kategorier/{group.id}/").root
        main = page.one("main").text()
        rows = [n.text() for n in page.by_class("svar")[0].all("dt")]
        assert rows[1:3] == ["Vi gör", "Vet inte"] or rows[:2] == ["Vi gör", "Vet inte"], group.id
        assert "Vad kan du göra?" in main and "Räknas inte hit" in main, group.id


def test_a_category_tells_of_what_has_ended_too(built: BuiltSite) -> None:
    page = built.page("/kategorier/nedskrapning/").root.one("main").text()
    assert "Stängda frågor" in page
    assert "Avslutade åtgärder" in page
    assert "tolv av sjutton" in built.page("/kategorier/otrygg-utformning/").root.one("main").text()


def test_a_year_tells_good_and_bad_alike_and_leads_on(built: BuiltSite) -> None:
    for span in built.published.years:
        page = built.page(f"/ar/{span.id}/").root
        main = page.one("main")
        hrefs = {a.attrs["href"] for a in main.all("a") if "href" in a.attrs}
        for quarter in built.published.quarters:
            inside = quarter.id.startswith(span.id)
            assert any(f"utvardering/{quarter.id}/" in h for h in hrefs) == inside, (span.id, quarter.id)
        assert any("plan/" in h for h in hrefs), span.id
        made = [
            (a.id, f.datum)
            for a in built.published.texts.actions.values()
            for f in a.uppfoljningar
            if span.start <= f.datum <= span.end
        ]
        told = [h for h in main.all("h3") if h.all("a") and h.parent and h.parent.tag == "li"]
        assert len(told) == len(made), span.id
    text = built.page("/ar/2025/").root.one("main").text()
    assert "ströks" in text and "blev sena" in text

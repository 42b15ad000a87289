"""Quarters: promises kept, late and dropped with equal weight; the past stays as it was; corrections."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from est_build.analyse.promises import outcome
from est_build.pages.action_list import judged_on, quarter_tally
from est_build.pages.context import Context
from est_build.pages.loop import settling_day
from est_build.pages.quarters import quarter_page
from tests.public.conftest import BuiltSite
from tests.public.dom import Node, tables
from tests.public.slingan.raw import Raw

HEADS = ("hölls i tid", "blev sen", "ströks")


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    """Return the look-ups of the example."""
    return Context(built.published)


def shape(node: Node) -> tuple[str, ...]:
    """Tags and classes inside an element, but for what a sign draws."""
    return tuple(
        f"{n.tag}.{n.attrs.get('class', '')}" for n in node.walk() if n.tag != "a" and not n.inside("svg")
    )


def test_every_promise_is_counted_once(context: Context) -> None:
    """However late it is: the quarters together hold each promise that has been settled, and none twice."""
    quarters = context.published.quarters
    counted = sum(quarter_tally(context, q).settled for q in quarters)
    settled = [
        p
        for p in context.promises
        if p.counted
        for q in quarters
        if q.start <= settling_day(p) <= q.end and outcome(p, judged_on(context, q)) != "ej_an"
    ]
    assert len(settled) == len({(p.sort, p.about, p.text) for p in settled})
    assert counted == len(settled) > 30


def test_kept_late_and_dropped_stand_in_the_same_form(built: BuiltSite, context: Context) -> None:
    seen = {"hallet": 0, "sent": 0, "struket": 0}
    for span in context.published.quarters:
        page = built.page(f"/utvardering/{span.id}/").root
        columns = page.by_class("loftesspalt")
        tally = quarter_tally(context, span)
        if not tally.settled and not columns:
            continue
        assert len(columns) == 3, span.id
        counts = (tally.kept, tally.late, tally.dropped)
        for column, count, words, key in zip(columns, counts, HEADS, seen, strict=True):
            head = column.one("h3").text()
            assert head.startswith(f"{count} "), (span.id, head)
            assert words in head
            # Every promise is named, the bad ones as fully as the good.
            rows = column.all("li")
            assert len(rows) == count, (span.id, head)
            seen[key] += count
            assert len({shape(row) for row in rows if row.all("span")}) <= 1
        assert len({shape(c.one("h3")) for c in columns}) == 1
        knots = page.by_class("loften")[0].all("svg")
        assert len(knots) == tally.settled
    assert all(seen.values()), seen


def test_results_stand_in_the_same_form(built: BuiltSite, context: Context) -> None:
    """A follow-up that found nothing or worse looks like one that found something better."""
    shapes, findings = set(), set()
    for span in context.published.quarters:
        page = built.page(f"/utvardering/{span.id}/").root
        places = [
            n for n in page.all("section") if any(h.attrs.get("id") == "uppfoljningar" for h in n.all("h2"))
        ]
        for place in places:
            for row in place.by_class("rader")[0].all("li"):
                shapes.add(tuple(x for x in shape(row)))
                findings.add(row.all("strong")[-1].text())
    assert len(shapes) == 1, shapes
    assert {"Det har blivit bättre. Vi vet inte säkert varför.", "Vi ser ingen förändring."} <= findings
    assert any("sämre" in words or "fler" in words for words in findings)


def test_a_page_of_the_past_does_not_change(built: BuiltSite) -> None:
    """An action that ends later, and is followed up later, leaves the earlier quarter's table alone."""
    published = built.published
    span = next(q for q in published.quarters if q.id == "2026-kv1")
    before = str(quarter_page(Context(published), span).html)
    texts = published.texts
    meeting = texts.evaluations[span.id].motesdag
    action = texts.actions["2026-009"]
    assert action.klar is not None and action.klar > meeting
    later = action.model_copy(
        update={
            "status": "avbruten",
            "klar": None,
            "avbruten_varfor": "Ny orsak.",
            "historik": (
                *(e for e in action.historik if e.datum <= meeting),
                action.historik[-1].model_copy(update={"status": "avbruten", "datum": dt.date(2026, 11, 10)}),
            ),
        }
    )
    changed = dataclasses.replace(texts, actions={**texts.actions, action.id: later})
    after = str(quarter_page(Context(dataclasses.replace(published, texts=changed)), span).html)
    end = "</section>"
    for part in ('<h2 id="atgarder">', '<h2 id="tradar">'):
        one, two = (text[text.index(part) :] for text in (before, after))
        assert one[: one.index(end)] == two[: two.index(end)], part


def test_decisions_say_what_became_of_them(built: BuiltSite) -> None:
    raw = Raw(built.root / "data")
    for name, quarter in raw.quarters.items():
        page = built.page(f"/utvardering/{name}/").root
        rows = quarter.get("beslut", [])
        if not rows:
            continue
        table = next(t for t in tables(page) if t.head == ("Beslut", "Ansvarig", "Senast", "Så har det gått"))
        assert len(table.rows) == len(rows)
        for row, cells in zip(rows, table.rows, strict=True):
            assert cells[0].startswith(row["text"])
            assert cells[1] == row["ansvarig"]
            assert ("Blev åtgärden" in cells[0]) == ("atgard" in row), (name, row)
            assert cells[3], (name, row)


def test_a_correction_stands_on_the_page_that_it_corrects(built: BuiltSite) -> None:
    """Criterion 65: not only on fortnights."""
    found = [c for c in built.published.texts.corrections if c.galler.startswith("/utvardering/")]
    assert found
    for row in found:
        notice = built.page(row.galler).root.by_class("notis")[0].text()
        assert row.vad_var_fel in notice
        assert row.vad_andrades in notice


def test_the_matrix_holds_every_open_issue_once(built: BuiltSite, context: Context) -> None:
    for span in context.published.quarters:
        page = built.page(f"/utvardering/{span.id}/").root
        matrix = [t for t in tables(page) if t.node.has("matris")]
        threads = [t for t in tables(page) if t.node.has("tradtabell")]
        assert len(matrix) == len(threads) <= 1
        if not matrix:
            continue
        links = sorted(a.text() for a in matrix[0].node.all("a"))
        assert links == sorted(threads[0].column("Fråga vi följer")), span.id
        assert len(matrix[0].node.by_class("matris__forst")) == 1


def test_the_list_tells_of_every_quarter(built: BuiltSite, context: Context) -> None:
    page = built.page("/utvardering/").root.one("main")
    for span in context.published.quarters:
        rows = [
            li for li in page.all("li") if any(a.attrs["href"].endswith(f"{span.id}/") for a in li.all("a"))
        ]
        assert len(rows) == 1, span.id
        assert "löfte" in rows[0].text().lower(), span.id

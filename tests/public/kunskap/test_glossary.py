"""Words that are explained: a page with anchors, and the first use of each word elsewhere leads there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from est_build.pages.glossary import Marker, anchor_of
from est_build.schema.glossary import Term
from tests.public.conftest import BuiltSite
from tests.public.dom import Node, parse

TERMS = (
    Term(ord="Rapport", former=("rapport", "rapporter"), forklaring="En iakttagelse."),
    Term(
        ord="Under visningsgränsen", former=("under visningsgränsen", "visningsgränsen"), forklaring="För få."
    ),
    Term(ord="Effekt", forklaring="Märks inte ut."),
)


def test_every_word_has_an_anchor_of_its_own(built: BuiltSite) -> None:
    page = built.page("/metod/ord/")
    terms = built.published.texts.glossary
    assert len(terms) > 30
    assert {anchor_of(t) for t in terms} <= set(page.ids)
    names = [n.text() for n in page.root.one("main").all("dt")]
    assert sorted(names) == sorted(t.ord for t in terms)
    assert {"Ruta", "Påhittad verklighet"} <= set(names)
    protected = [n for n in page.root.all("a") if n.attrs.get("href", "").endswith("metod/skydd/")]
    assert len(protected) > 3


def test_the_first_use_leads_to_the_word_and_only_the_first(built: BuiltSite) -> None:
    ids = set(built.page("/metod/ord/").ids)
    seen: Counter[str] = Counter()
    for address, page in built.every():
        marks = [n for n in page.root.one("main").all("a") if n.has("ord")]
        anchors = [n.attrs["href"].partition("#")[2] for n in marks]
        assert len(anchors) == len(set(anchors)), address
        assert set(anchors) <= ids, address
        assert not marks or page.root.one("html").attrs["lang"] == "sv", address
        assert not [n for n in marks if n.inside("h1", "h2", "h3", "table", "svg", "nav")], address
        seen.update(anchors)
    for word in ("rapport", "lagesbild", "natverket", "atgard", "under-visningsgransen"):
        assert seen[word] > 3, (word, seen)


LABELS = frozenset(
    [
        "overrad",
        "fakta",
        "kort",
        "trad",
        "lankrad",
        "dold",
        "berattelse__over",
        "citera",
        "val",
        "status",
        "ordlista",
        "felruta",
        "kommando",
        "etikett",
        "figur__titel",
    ]
)
"""What stands short beside something else: no running text."""
APART = ("nav", "table", "svg", "summary", "label", "h1", "h2", "h3", "h4", "a", "code", "figcaption", "dt")


def running(node: Node, prose: bool = False) -> Iterator[str]:
    """Pieces of running text: outside links, headings, tables, pictures and labels."""
    for child in node.children:
        if isinstance(child, str):
            if prose:
                yield child
        elif child.tag not in APART and not any(child.has(css) for css in LABELS):
            yield from running(child, prose or child.tag in {"p", "li", "dd"})


def unexplained(main: Node, terms: Iterable[Term]) -> set[str]:
    """Words that a page uses in its text without leading to what they mean."""
    linked = {n.attrs["href"].partition("#")[2] for n in main.all("a") if n.has("ord")}
    text = [piece for piece in running(main) if len(piece.split()) > 1]
    found = set()
    for term in terms:
        forms = "|".join(re.escape(form) for form in term.former)
        if forms and anchor_of(term) not in linked:
            used = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
            # A word that stands alone is a label.
            if any(m and m[0] != p.strip(" .,:;\n") for p in text for m in [used.search(p)]):
                found.add(term.ord)
    return found


def test_every_page_that_uses_a_word_explains_it(built: BuiltSite) -> None:
    checked = 0
    terms = built.published.texts.glossary
    for address, page in built.every():
        if page.root.one("html").attrs["lang"] == "sv" and address != "/metod/ord/":
            assert not unexplained(page.root.one("main"), terms), address
            checked += 1
    assert checked > 250


def test_a_word_without_its_explanation_is_found() -> None:
    def told(body: str) -> set[str]:
        return unexplained(parse(f"<main>{body}</main>").root.one("main"), TERMS)

    assert told("<p>Det kom en rapport i går.</p>") == {"Rapport"}
    assert told("<ul><li>Talet är <b>under visningsgränsen här</b>.</li></ul>") == {"Under visningsgränsen"}
    assert not told('<p>Det kom en <a class="ord" href="/metod/ord/#rapport">rapport</a>, en rapport.</p>')
    assert not told("<h2>En rapport i går</h2><table><tr><td><p>en rapport här</p></td></tr></table>")
    assert not told(Marker(TERMS).html("<p>En rapport är under visningsgränsen.</p>"))


@pytest.mark.parametrize(
    ("before", "marked"),
    [
        ("<p>En rapport och en rapport.</p>", 1),
        ("<p>Talet är under visningsgränsen.</p>", 1),
        ("<h2>Rapporter</h2>", 0),
        ("<p><a href='/x/'>rapporter</a></p>", 0),
        ("<table><tr><td><p>rapporter</p></td></tr></table>", 0),
        ("<p>rapportera, trafikrapport, rapport-nummer</p>", 0),
        ("<p>Effekt är en sak</p>", 0),
        ("<li>Rapporter: </li>", 0),
        ("<p><img alt='rapport'>Två rapporter <br>rapport</p>", 1),
        ("<svg><text>en rapport</text></svg><p>en rapport</p>", 1),
    ],
)
def test_only_running_text_is_marked(before: str, marked: int) -> None:
    after = Marker(TERMS).html(before)
    assert after.count('class="ord"') == marked
    assert re.sub(r'<a class="ord"[^>]*>([^<]*)</a>', r"\1", after) == before


def test_hand_written_text_is_marked_outside_links_and_headings() -> None:
    text = "## Rapporter\n\n[En rapport](/x/) och `rapport`. Sedan en rapport, och en rapport till.\n"
    after = Marker(TERMS).markdown(text)
    assert after.count("{.ord}") == 1
    assert "Sedan en [rapport](/metod/ord/#rapport){.ord}, och en rapport till" in after


def test_without_words_nothing_happens() -> None:
    assert Marker(()).html("<p>rapport</p>") == "<p>rapport</p>"
    assert Marker(()).markdown("rapport") == "rapport"

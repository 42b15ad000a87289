"""The shared pieces of the templates: escaped, honest when there is nothing, and whole."""

from __future__ import annotations

from typing import Any

from est_build.figures.icons import signal_badge
from est_build.pages.links import _ENV, Link
from est_build.pages.parts import Answer, Citation, Count, Download, FunctionLine
from est_build.pages.verdicts import VerdictLine
from tests.public.dom import parse

NASTY = '<img src=x onerror="alert(1)">"&\''


def draw(name: str, *values: Any) -> str:
    module: Any = _ENV.get_template("parts.html.j2").module
    return str(getattr(module, name)(*values))


def test_everything_is_escaped() -> None:
    link = Link(NASTY, f"/{NASTY}/")
    drawn = [
        draw("svar", [Answer(NASTY, NASTY, link, NASTY)]),
        draw("fakta", [(NASTY, NASTY)]),
        draw("trad", "", NASTY),
        draw("hamta", [Download(NASTY, f"/{NASTY}", NASTY)]),
        draw("citera", Citation(NASTY, NASTY, NASTY, NASTY)),
        draw("tomt", NASTY, link),
        draw("kontakt", [FunctionLine(NASTY, NASTY, NASTY)]),
        draw("lasa", [NASTY], NASTY),
        draw("antal", Count(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY)),
    ]
    for html in drawn:
        page = parse(f"<main>{html}</main>")
        assert page.faults == (), html
        assert not page.root.all("img"), html
        assert not [n for n in page.root.walk() if any(key.startswith("on") for key in n.attrs)], html


def test_a_number_never_stands_alone() -> None:
    """Criterion 87: what, where, when, compared with what, how many answered, how people are protected."""
    for text in ("35–39", None):
        n = Count(text, "Kivik", "vecka 45–46", "Förra perioden: 30–34.", "7 av 10 svarade", "Närmast: x.")
        said = parse(f"<main>{draw('antal', n)}</main>").root.text()
        for words in ("Kivik", "vecka 45–46", "Förra perioden: 30–34.", "7 av 10 svarade", "Så skyddar vi"):
            assert words in said, (text, words)
        assert ("Det kan vara noll" in said) == (text is None)
        assert ("35–39 rapporter" in said) == (text is not None)


def test_no_verdict_is_drawn_before_it_is_computed() -> None:
    assert draw("omdome", None).strip() == ""
    line = VerdictLine(signal_badge("fler"), "25–29 rapporter.", ("Det kan bero på årstiden.",))
    drawn = draw("omdome", line)
    assert "Fler än vanligt" in drawn
    assert "25–29 rapporter. Det kan bero på årstiden." in drawn


def test_nothing_to_show_leaves_no_empty_list() -> None:
    assert draw("hamta", []).strip() == ""
    assert draw("notis_rattad", []).strip() == ""
    assert "<dt>" not in draw("fakta", [("Plan", "")])


def test_a_telephone_number_does_not_break() -> None:
    html = draw("kontakt", [FunctionLine("Områdespolisen", None, "114 14")])
    assert '<a href="tel:11414">114\u00a014</a>' in html

"""Numbers as Swedish writes them, and no percentage of a few."""

from __future__ import annotations

import re

import pytest

from tests.public.conftest import BuiltSite
from tests.public.dom import QUOTED, Node
from tests.public.kunskap.prose import FOLLOWED_UP

MACHINE = frozenset({"code", "pre", "script", "style", "svg", QUOTED})
VERSIONS = re.compile(
    r"\bEN 301 549\b|\b(?:WCAG|axe-core|CC0|CC BY|version)[ \w]*? ?\d+(?:\.\d+)+|\b\d(?:\.\d+){3}\b"
)
"""Names of standards, licences and clauses."""
FAULTS = {
    "decimal point": re.compile(r"(?<![\w.])\d+\.\d+(?![\w]|\.\d)"),
    "no space between thousands": re.compile(r"(?<![\w./-])\d{5,}(?![\w-])"),
    "a space that may break": re.compile(r"(?<![\w\u202f,–-])\d{1,3} \d{3}(?!\d)"),
    "a percentage": re.compile(r"\d\s?(?:%|procent\b)"),
    "an exact small number": re.compile(r"(?:<|≤|&lt;)\s?5\b|\bmindre än 5\b"),
    "circa shortened": re.compile(r"\bca\.? \d|\bc:a\b"),
}


def written_wrong(text: str) -> dict[str, str]:
    """Sort of fault -> what stands there."""
    plain = VERSIONS.sub(" ", FOLLOWED_UP.sub(" ", text))
    return {sort: match[0] for sort, pattern in FAULTS.items() if (match := pattern.search(plain))}


def pieces(node: Node) -> list[str]:
    """Every text by itself, so that two cells never make one number; a paragraph in one piece."""
    found = []
    for child in node.children:
        if isinstance(child, str):
            found.append(child)
        elif child.tag not in MACHINE and child.attrs.get("translate") != "no":
            found += [child.text(MACHINE)] if child.tag == "p" else pieces(child)
    return found


def test_numbers_are_written_as_in_swedish(built: BuiltSite) -> None:
    for address, page in built.every():
        # The chances on the page of method are no shares of reports.
        if page.root.one("html").attrs["lang"] == "sv" and address != "/metod/vanligt/":
            for text in pieces(page.root.one("main")):
                assert not written_wrong(text), (address, text.strip(), written_wrong(text))


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Värdet var 1.78.", "decimal point"),
        ("Vi har fått 12345 rapporter.", "no space between thousands"),
        ("Under 100 000 kronor", "a space that may break"),
        ("77,8 % svarade", "a percentage"),
        ("Sju procent av 9 procent", "a percentage"),
        ("<5 rapporter", "an exact small number"),
        ("ca 10 meter", "circa shortened"),
    ],
)
def test_what_is_written_wrong_is_found(text: str, sort: str) -> None:
    assert sort in written_wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,78",
        "1\u202f234",
        "100\u202f000 kronor",
        "cirka 10",
        "WCAG 2.2 nivå AA",
        "2026-11-22",
        "114\u00a014",
    ],
)
def test_what_is_written_right_is_left(text: str) -> None:
    assert not written_wrong(text)

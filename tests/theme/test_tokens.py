"""The colours: one source, enough contrast in both schemes, no red and no green."""

from __future__ import annotations

import colorsys
import math
import re
from itertools import pairwise

import pytest

from est_build.figures.tokens import DARK, LIGHT
from est_build.pages.styles import rules
from tests.theme.render import THEME

CSS = rules()
SCHEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    a, b = sorted((luminance(one), luminance(two)))
    return (b + 0.05) / (a + 0.05)


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def test_the_style_sheet_has_the_tokens_of_the_figures() -> None:
    light, dark, _ = CSS.split(":root {", 2)[1], CSS.split(":root {")[2], None
    assert LIGHT.items() <= declared(light.split("\n}")[0]).items()
    assert DARK.items() <= declared(dark.split("\n  }")[0]).items()
    assert LIGHT.keys() == DARK.keys()


def test_every_colour_class_of_a_figure_has_a_rule() -> None:
    for path in (THEME.parent / "figures").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        for kind, token in re.findall(r"\b(fill|stroke)=[\"']([a-z][\w-]*)[\"']", code):
            if token in LIGHT:
                assert f".{kind[0]}-{token} {{" in CSS, (path.name, kind, token)


TEXT = [
    ("ink", "papper"), ("ink", "sand"), ("ink", "sand2"), ("ink2", "papper"), ("ink2", "sand"),
    ("lank", "papper"), ("lank", "sand"), ("lank", "sand2"), ("papper", "ink"),
    ("trad-text", "papper"), ("trad-text", "trad-ton"), ("papper", "trad"),
    ("fler", "papper"), ("fler", "fler-ton"), ("farre", "papper"), ("farre", "farre-ton"),
    ("vanligt", "papper"), ("vanligt", "vanligt-ton"),
    ("fot-text", "fot"), ("fot-lank", "fot"),
    ("ink", "land"), ("ink2", "land"), ("ink2", "hav"), ("ink", "hojd"),
]  # fmt: skip
SHAPES = [
    ("data", "papper"), ("tidigare", "papper"), ("linje2", "papper"), ("linje2", "sand"),
    ("linje2", "land"), ("data", "land"), ("data", "hav"), ("trad", "papper"), ("trad", "sand"),
    ("trad-linje", "papper"), ("trad-linje", "sand"), ("fler", "papper"), ("farre", "papper"),
    ("grans", "land"), ("grans", "hav"), ("grans", "grannland"), ("bandlinje", "papper"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(tokens[front], tokens[back]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_can_be_seen(scheme: str, front: str, back: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(tokens[front], tokens[back]) >= 3.0


def test_the_focus_ring_can_be_seen_in_both_schemes() -> None:
    assert contrast(LIGHT["ink"], "#ffd84d") >= 3
    assert contrast(LIGHT["papper"], LIGHT["ink"]) >= 3
    assert contrast(DARK["papper"], "#ffd84d") >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_red_and_no_green(scheme: str) -> None:
    """Teal (fewer) is the only colour near green, and it leans to blue."""
    for token, colour in SCHEMES[scheme].items():
        r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        hue, light, strength = colorsys.rgb_to_hls(r, g, b)
        if strength < 0.25 or not 0.08 < light < 0.92:
            continue
        degrees = hue * 360
        assert 25 < degrees < 345, f"{token} is red"
        assert not 75 < degrees < 165, f"{token} is green"


def test_the_earlier_and_the_latest_block_differ_in_more_than_hue() -> None:
    for tokens in SCHEMES.values():
        assert contrast(tokens["data"], tokens["tidigare"]) > 1.4


# Machado, Oliveira & Fernandes 2009, full strength: what is left of red, green and blue light.
SIGHT = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}  # fmt: skip
# Colours that stand beside each other and mean different things.
NEIGHBOURS = [
    ("data", "tidigare"), ("data", "band"), ("data", "trad"), ("data", "trad-linje"), ("data", "dataton"),
    ("tidigare", "band"), ("fler", "farre"), ("fler", "vanligt"), ("farre", "vanligt"), ("trad", "fler"),
    ("trad", "farre"), ("trad", "vanligt"), ("hojd", "land"), ("hojd", "grannland"), ("dataton", "land"),
]  # fmt: skip


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    seen = [min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in SIGHT[sight]]
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1), (0.0193, 0.1192, 0.9505, 1.089))
    xyz = [sum(m * c for m, c in zip(row, seen, strict=False)) / row[3] for row in rows]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, two: str, sight: str) -> float:
    """Difference of two colours (CIE 1976) to somebody with that sight."""
    return math.dist(lab(one, sight), lab(two, sight))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_neighbours_differ_to_every_sight(scheme: str, sight: str) -> None:
    tokens = SCHEMES[scheme]
    near = {
        pair: round(difference, 1)
        for pair in NEIGHBOURS
        if (difference := apart(tokens[pair[0]], tokens[pair[1]], sight)) < 12
    }
    assert near == {}


def test_the_measure_of_sight_can_fail() -> None:
    """Red and green of the same lightness: far apart to most, near to many."""
    assert apart("#a05000", "#5f7000", "all") > 30
    assert apart("#a05000", "#5f7000", "deutan") < 12


def test_no_class_is_told_twice_and_braces_match() -> None:
    assert CSS.count("{") == CSS.count("}")
    rules = re.findall(r"^\.(?:f|s)-([\w-]+) \{", CSS, re.MULTILINE)
    assert not any(a == b for a, b in pairwise(sorted(rules)) if CSS.count(f".f-{a} {{") > 1)

"""The colours of the site, light and dark. ``theme/css/00-grund.css`` says the same; a test compares them.

A figure carries the light colours as presentation attributes, so that an SVG that is saved alone
still looks right, and a class per colour, so that the style sheet can change them in the dark.
"""

from __future__ import annotations

from typing import Final

LIGHT: Final[dict[str, str]] = {
    "papper": "#ffffff",
    "sand": "#f6f3ec",
    "sand2": "#ebe6da",
    "ink": "#17242e",
    "ink2": "#4b5a65",
    "linje": "#d8d2c4",
    "linje2": "#76828c",
    "lank": "#0b4a82",
    "data": "#2b648f",
    "dataton": "#c9d6e1",
    "tidigare": "#5686ad",
    "band": "#e7eef3",
    "bandlinje": "#71879a",
    "fler": "#490092",
    "fler-ton": "#f1ebf8",
    "farre": "#006d5b",
    "farre-ton": "#e2f2ee",
    "vanligt": "#3b444c",
    "vanligt-ton": "#eef0f1",
    "trad": "#9e6a00",
    "trad-linje": "#b07c0f",
    "trad-text": "#7a5500",
    "trad-ton": "#fbf3dc",
    "hav": "#dde8ee",
    "havlinje": "#c9d9e2",
    "grannland": "#f0ede6",
    "land": "#ffffff",
    "grans": "#5a6872",
    "cell": "#cfc8b9",
    "hojd": "#f3dfa6",
    "fot": "#14242f",
    "fot-text": "#eef3f6",
    "fot-lank": "#bfe0ff",
}
"""Token to colour on paper and in the light scheme."""

DARK: Final[dict[str, str]] = {
    "papper": "#10181e",
    "sand": "#18232b",
    "sand2": "#22303a",
    "ink": "#e8edf1",
    "ink2": "#b2bec8",
    "linje": "#32414c",
    "linje2": "#7d8d9a",
    "lank": "#9ccbff",
    "data": "#82b8e6",
    "dataton": "#35526a",
    "tidigare": "#5b8db6",
    "band": "#1e2c37",
    "bandlinje": "#73899a",
    "fler": "#c9a7ff",
    "fler-ton": "#2b2140",
    "farre": "#6fd3c1",
    "farre-ton": "#12302c",
    "vanligt": "#949ca3",
    "vanligt-ton": "#222d35",
    "trad": "#e6bd5c",
    "trad-linje": "#c79a33",
    "trad-text": "#e6bd5c",
    "trad-ton": "#2c2616",
    "hav": "#0a1a25",
    "havlinje": "#16303f",
    "grannland": "#18222a",
    "land": "#24313a",
    "grans": "#8496a3",
    "cell": "#3b4a55",
    "hojd": "#5a4a1c",
    "fot": "#0a1116",
    "fot-text": "#dfe7ec",
    "fot-lank": "#9ccbff",
}
"""Token to colour in the dark scheme."""

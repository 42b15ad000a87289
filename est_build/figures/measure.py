"""How wide a line of text will be, without a font: a table of glyph widths of a wide sans serif.

The reader's system font is unknown. The table is that of a generous one (Noto Sans, rounded upwards), so
that text in the common system fonts is narrower than reckoned, never wider.
"""

from __future__ import annotations

from typing import Final

_REGULAR: Final = (
    (200, "’"),
    (280, "'ijlJ .,·:;\u202f\u00a0"),
    (320, "()"),
    (360, "fI-"),
    (400, "t/"),
    (440, "r"),
    (480, "csz"),
    (520, "vyF–"),
    (560, "kxELSTÉ"),
    (600, "aeVXYZ0123456789åäé+"),
    (640, "bdghnopquACKPRöÅÄü"),
    (680, "B"),
    (760, "DGHNUÜ&"),
    (800, "wOQÖ"),
    (920, "M"),
    (960, "mW"),
)
_BOLD: Final = (
    (240, "’"),
    (320, " 'ijl.,·:;\u202f\u00a0"),
    (360, "J-()"),
    (400, "fI"),
    (440, "t/"),
    (480, "r"),
    (520, "csz–"),
    (560, "EFSÉ"),
    (600, "evxyLTZ0123456789é+"),
    (640, "abdgkopqCPYåäö"),
    (680, "hnuBKRVXü"),
    (720, "AÅÄ"),
    (760, "DGUÜ&"),
    (800, "HOQÖ"),
    (840, "N"),
    (880, "w"),
    (960, "M"),
    (1000, "mW"),
)
_WIDTHS: Final[dict[bool, dict[str, float]]] = {
    bold: {glyph: width / 1000 for width, glyphs in table for glyph in glyphs}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_UNKNOWN: Final = 0.7
_UNKNOWN_WIDE: Final = 1.05


def text_width(content: str, size: float, *, bold: bool = False) -> float:
    """The width of ``content`` at font size ``size``, in the same unit as ``size``."""
    table = _WIDTHS[bold]
    total = 0.0
    for glyph in content:
        width = table.get(glyph)
        if width is None:
            # Beyond the European letters glyphs may be as wide as they are high.
            width = _UNKNOWN if ord(glyph) < 0x250 else _UNKNOWN_WIDE
        total += width
    return total * size

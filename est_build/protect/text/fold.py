"""Folding a text to the few characters that detectors look for, with the way back to where each stood.

Whoever hides a number behind full-width digits, a Cyrillic letter or a space of no width must fail, so
detectors never see the text itself but its folded form.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_PLAIN = re.compile("[^\n\t -~åäöÅÄÖéÉüÜ–—…”“’‘»«§·°′″×]")
"""A character outside this set needs the slow way."""
_SAME_LENGTH = str.maketrans(
    {
        "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "⁃": "-",
        "’": "'", "‘": "'", "“": '"', "”": '"', "»": '"', "«": '"', "„": '"', "‚": "'",
        "\t": " ", "\u00a0": " ", "。": ".", "٫": ",", "⋅": "·", "∙": "·", "•": "·",
        "′": "'", "″": '"', "º": "°", "˚": "°",
    }
)  # fmt: skip
# Letters of other alphabets that look like ours. What NFKC folds (full width, bold, circled) is not here.
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁӏԛԝкмтвнАВЕКМНОРСТХУІЈЅԚԜαβειικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧӓӧӒӦıɑɡᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
    "aeopcyxijshdlqwkmtbhABEKMHOPCTXYIJSQWabeiikvoptuxABEZHIKMNOPTYXäöÄÖiagabcdeghijklmnoprtuvwyz",
)
_SKIPPED = {"Cf", "Mn", "Me", "Cc", "Co", "Cn"}
# Bounded, here and below: what is longer is no number and no link, and would be read again and again.
_LEET = re.compile(r"(?<![^\W_])(?=[OoIl|\d]{0,40}\d)[OoIl|\d]{2,40}(?![^\W_])")
_LEET_DIGITS = str.maketrans("OoIl|", "00111")
# A line that goes on in the next one is one line; a list item, a row or an empty line is a break.
_SOFT_BREAK = re.compile(r"(?<![\n|])\n(?=[ \t]*(?!\s|[-*+][ \t]|[#|>]|\d{1,2}[.)][ \t])\S)")
_MARKUP = re.compile(
    r"<!--.{0,5000}?-->|</?[a-zA-Z][^<>]*>|\*+|`+|\\(?=[!-/:-@\[-`{-~])|(?<!\w)_+|_+(?!\w)"
    r"|!?\[(?=[^\]\n]{0,400}\]\()|(?<=\])\((?:[^()\s]|\([^()]*\))*\)|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);"
    r"|\](?=\()",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` and, for each of its characters and its end, the index in what it came from.

    ``at`` is ``None`` while nothing has moved. ``odd`` holds where a character was dropped or replaced
    that no keyboard writes by mistake.
    """

    text: str
    at: tuple[int, ...] | None = None
    odd: tuple[int, ...] = ()

    def back(self, index: int) -> int:
        """Index in the original text."""
        return index if self.at is None else self.at[index]


def fold(text: str) -> Folded:
    """Letters, digits, dashes and spaces in one form each; what has no width is left out."""
    folded = Folded(text) if _PLAIN.search(text) is None else _slow(text)
    plain = folded.text.translate(_SAME_LENGTH)
    plain = _SOFT_BREAK.sub(" ", plain)
    if "%40" in plain:
        plain = plain.replace("%40", "  @")
    plain = _LEET.sub(lambda match: match[0].translate(_LEET_DIGITS), plain)
    return Folded(plain, folded.at, folded.odd)


def visible(text: str) -> Folded:
    """The words of a Markdown text as a reader sees them: no marks, tags or link addresses."""
    out: list[str] = []
    at: list[int] = []
    end = 0
    for match in _MARKUP.finditer(text):
        out.append(text[end : match.start()])
        at.extend(range(end, match.start()))
        if match[0].startswith("&"):
            written = html.unescape(match[0])
            out.append(written)
            at.extend([match.start()] * len(written))
        end = match.end()
    if not at and end == 0:
        return Folded(text)
    out.append(text[end:])
    at.extend(range(end, len(text) + 1))
    return Folded("".join(out), tuple(at))


def chain(outer: Folded, inner: Folded) -> Folded:
    """``outer`` was folded from ``inner.text``: the way back through both."""
    if inner.at is None:
        return outer
    size = len(outer.text) + 1
    at = tuple(inner.at[i] for i in (outer.at if outer.at is not None else range(size)))
    return Folded(outer.text, at, tuple(inner.at[i] for i in outer.odd))


def _slow(text: str) -> Folded:
    out: list[str] = []
    at: list[int] = []
    odd: list[int] = []
    for i, char in enumerate(text):
        if _PLAIN.match(char) is None:
            out.append(char)
            at.append(i)
            continue
        if unicodedata.combining(char):
            whole = unicodedata.normalize("NFC", out[-1] + char) if out else ""
            if len(whole) == 1:
                out[-1] = whole
            continue
        found = _one(char)
        if found != char and (not found or found[0].isalnum()) and char not in "\u00ad\ufeff\ufe0f":
            odd.append(i)
        if found:
            out.append(found)
            at.extend([i] * len(found))
    return Folded("".join(out), (*at, len(text)), tuple(odd))


def _one(char: str) -> str:
    """What one unusual character stands for; empty if it has no width of its own."""
    written = []
    for part in unicodedata.normalize("NFKC", char):
        if unicodedata.category(part) in _SKIPPED:
            continue
        digit = unicodedata.decimal(part, None)
        written.append(str(digit) if digit is not None else " " if part.isspace() else part)
    return "".join(written).translate(_ALIKE)

"""Bytes as a Swedish spreadsheet or an old editor leaves them, and the same as UTF-8 with plain line ends."""

from __future__ import annotations

import re

# Two bytes that are one letter in UTF-8: a file that has any is no cp1252, only damaged.
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_C1 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")


def decoded(raw: bytes) -> tuple[str, list[str]] | None:
    """The text and what was done to get it; ``None`` if it cannot be known what the bytes mean."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), ["UTF-16 blev UTF-8"]
        except UnicodeDecodeError:
            return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        if _UTF8_LETTER.search(raw):
            return None
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            return None
        return None if _C1.search(text) else (text, ["cp1252 blev UTF-8"])
    if text.startswith("\ufeff"):
        return text.removeprefix("\ufeff"), ["osynligt märke först i filen (BOM) är borta"]
    return text, []


def one_line_end(text: str) -> tuple[str, list[str]]:
    """The text with LF."""
    if "\r" not in text:
        return text, []
    return text.replace("\r\n", "\n").replace("\r", "\n"), ["radslut är LF"]


def without_blanks(text: str) -> tuple[str, list[str]]:
    """The text without blanks at the ends of lines, and with one line end last."""
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    new = "\n".join(lines).rstrip("\n") + "\n" if any(lines) else ""
    return (new, ["blanksteg sist på raden är borta"]) if new != text else (text, [])

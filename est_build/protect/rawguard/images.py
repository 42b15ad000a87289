"""Images without anything but the image: no EXIF, GPS, XMP, author, comment, and nothing after the end.

Only what is known to be needed for showing an image is let through; an unknown part is refused, so that
a part invented tomorrow is too. What the picture shows (a photographed table, a face) no walker can see.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard.finding import Finding, Said, joined

_EXIF = Said("uppgifter från kameran (EXIF, kanske plats)", "camera data (EXIF, perhaps a place)")
_XMP = Said("uppgifter om filen och upphovet (XMP)", "data on the file and its author (XMP)")
_TEXT = Said("en text eller kommentar", "a text or comment")
_TIME = Said("när den gjordes", "when it was made")
_AFTER = Said("något efter bildens slut", "something after the end of the image")
_UNKNOWN = Said("en del av okänt slag", "a part of unknown kind")
_PROFILE = Said("en ovanligt stor färgprofil", "an unusually large colour profile")
_BROKEN = Said(
    "den går inte att läsa som den bild den säger sig vara", "it cannot be read as the image it claims to be"
)

PROFILE_LIMIT = 20_000
"""Bytes of a colour profile. Those of screens and cameras have some hundred to a few thousand."""

_PNG_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs hIST acTL fcTL fdAT cICP mDCV cLLI".split()
)
_PNG_TOLD = {b"eXIf": _EXIF, b"tEXt": _TEXT, b"zTXt": _TEXT, b"iTXt": _TEXT, b"tIME": _TIME}
_WEBP_SHOWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_TOLD = {b"EXIF": _EXIF, b"XMP ": _XMP}


class _BrokenError(Exception):
    """The image ends too early or does not follow its format."""


def image_findings(content: bytes, kind: str) -> list[Finding]:
    """What ``content`` (``png``, ``jpeg`` or ``webp``) carries besides the picture."""
    walk = {"png": _png, "jpeg": _jpeg, "webp": _webp}[kind]
    found: dict[Said, None] = {}
    try:
        for said in walk(content):
            found[said] = None
    except (_BrokenError, IndexError):
        return [Finding(kinds.IMAGE_METADATA, _BROKEN)]
    return [Finding(kinds.IMAGE_METADATA, joined(list(found)))] if found else []


def _part(content: bytes, start: int, length: int) -> bytes:
    part = content[start : start + length]
    if len(part) != length:
        raise _BrokenError
    return part


def _png(content: bytes) -> Iterator[Said]:
    at, name = 8, b""
    while name != b"IEND":
        length = int.from_bytes(_part(content, at, 4), "big")
        name = _part(content, at + 4, 4)
        body = _part(content, at + 8, length)
        if int.from_bytes(_part(content, at + 8 + length, 4), "big") != zlib.crc32(name + body):
            raise _BrokenError
        if name == b"iCCP":
            if length > PROFILE_LIMIT:
                yield _PROFILE
        elif name not in _PNG_SHOWN:
            yield _PNG_TOLD.get(name, _UNKNOWN)
        at += 12 + length
    if at != len(content):
        yield _AFTER


def _jpeg(content: bytes) -> Iterator[Said]:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise _BrokenError
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker == 0xD9:
            break
        length = int.from_bytes(_part(content, at, 2), "big")
        yield from _segment(marker, _part(content, at + 2, length - 2))
        at += length
        if marker == 0xDA:
            at = _after_scan(content, at)
    if at != len(content):
        yield _AFTER


def _segment(marker: int, body: bytes) -> Iterator[Said]:
    """One segment of a JPEG: tables and frames are the picture, APPn and COM what is said about it."""
    if marker == 0xFE:
        yield _TEXT
    elif marker == 0xE1:
        yield _EXIF if body.startswith(b"Exif") else _XMP if b"ns.adobe.com" in body[:64] else _UNKNOWN
    elif marker == 0xED:
        yield _XMP
    elif marker == 0xE2 and body.startswith(b"ICC_PROFILE"):
        if len(body) > PROFILE_LIMIT:
            yield _PROFILE
    elif marker == 0xE0 and body.startswith(b"JFIF\x00"):
        if len(body) > 14:
            yield _UNKNOWN
    elif marker == 0xEE and body.startswith(b"Adobe") and len(body) == 12:
        return
    elif 0xE0 <= marker <= 0xEF or marker in {0xF0, 0xFD}:
        yield _UNKNOWN


def _after_scan(content: bytes, at: int) -> int:
    """The next marker after the coded picture: FF not followed by 00 or a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _BrokenError
        following = content[at + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _webp(content: bytes) -> Iterator[Said]:
    end = 8 + int.from_bytes(_part(content, 4, 4), "little")
    if end > len(content):
        raise _BrokenError
    at = 12
    while at < end:
        name, length = _part(content, at, 4), int.from_bytes(_part(content, at + 4, 4), "little")
        _part(content, at + 8, length)
        if name == b"ICCP":
            if length > PROFILE_LIMIT:
                yield _PROFILE
        elif name not in _WEBP_SHOWN:
            yield _WEBP_TOLD.get(name, _UNKNOWN)
        at += 8 + length + length % 2
    if len(content) > end:
        yield _AFTER

"""Long encoded stretches in a text (base64, hexadecimal): a table can hide in one, so can a workbook."""

from __future__ import annotations

import base64
import binascii
import re

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard import magic
from est_build.protect.rawguard.finding import Finding, Said
from est_build.protect.rawguard.images import image_findings

MOST = 600
"""Characters of a stretch that nobody can read. A checksum has 64, a public key up to about 500."""
MOST_READ = 160
"""Characters of a stretch that turns out to be a packed file or a text of several lines."""
_LINE = 44
"""Characters that the unbroken pieces have on average: encoders fill lines of 64 or 76."""
_LINES = 3
"""Lines of a decoded text from which it may be a table."""
_BLOCK = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}(?:[ \t\"'>#*,\r\n]{1,12}[A-Za-z0-9+/_-]{12,}={0,2})*")
_JUNK = re.compile(r"[^A-Za-z0-9+/_-]+")
_OPAQUE = Said("vakten kan inte se vad det är", "the guard cannot see what it is")
_TEXT = Said("det rymmer en text", "it holds a text")


def encoded_findings(text: str) -> list[Finding]:
    """A finding for each long encoded stretch that is no clean image or font."""
    if len(text) <= MOST_READ:
        return []
    findings = []
    # A line break written out inside a string is a line break; the length stays, for the line numbers.
    text = text.replace("\\n", "  ")
    for match in _BLOCK.finditer(text):
        if match.end() - match.start() <= MOST_READ or not _is_encoding(match.group()):
            continue
        if (why := _refused(match.group())) is not None:
            findings.append(Finding(kinds.ENCODED, why, text.count("\n", 0, match.start()) + 1))
    return findings


def _is_encoding(block: str) -> bool:
    """Words and paths in a row are of these characters too, but have no long line without a break."""
    tokens = [token for token in _JUNK.split(block) if token]
    letters = "".join(tokens)
    if len(letters) <= MOST_READ or len(letters) < _LINE * len(tokens):
        return False
    if "-" in letters or "_" in letters:
        # The alphabet for addresses has both, but so have names of files and rules under headings.
        longest = max(tokens, key=len)
        return len(set(longest)) > 30 and any(c.isdigit() for c in longest)
    return len(set(letters)) >= 12


def _refused(block: str) -> Said | None:
    letters = _JUNK.sub("", block)
    opaque = _OPAQUE if len(letters) > MOST else None
    raw = _bytes_of(letters)
    if raw is None:
        return opaque
    if (kind := magic.image_kind(raw)) is not None:
        return None if not image_findings(raw, kind) else opaque
    if magic.is_font(raw):
        return None
    if (what := magic.by_bytes(raw)) is not None:
        return Said(f"det rymmer {what.sv}", f"it holds {what.en}")
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return opaque
    return (
        _TEXT if len(lines) > _LINES and all(line.isprintable() or "\t" in line for line in lines) else opaque
    )


def _bytes_of(letters: str) -> bytes | None:
    try:
        return bytes.fromhex(letters)
    except ValueError:
        pass
    try:
        plain = letters.replace("-", "+").replace("_", "/")
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return None

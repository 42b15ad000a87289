"""One file, all checks: its place, its bytes, its shape, and last what its text looks like."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard import magic, places
from est_build.protect.rawguard.encoded import encoded_findings
from est_build.protect.rawguard.finding import Finding, Said, size
from est_build.protect.rawguard.images import image_findings
from est_build.protect.rawguard.known_tables import table_findings
from est_build.protect.rawguard.known_trees import (
    fits,
    outline_findings,
    sealed_findings,
    yaml_findings,
)
from est_build.protect.rawguard.listing import LINK, SUBMODULE
from est_build.protect.rawguard.places import Role
from est_build.protect.rawguard.score import raw_findings
from est_build.protect.rawguard.shapes import has_columns, has_keys
from est_build.protect.rawguard.svg import svg_findings
from est_build.protect.rawguard.words import PLACE, Words, folded, words_from

MESSAGE_LIMIT = 200_000
UNPACKED_LIMIT = 50_000_000
"""Bytes of what a packed file of a release may hold."""
GOLDEN_BYTES, GOLDEN_ROWS = 4_000, 40
"""A golden case shows how something is counted. What is larger is no example any more."""

_STRICT = frozenset({Role.CALENDAR, Role.LEDGER, Role.CODE_LIST, Role.GAZETTEER, Role.AREAS, Role.OUTLINES})
"""Checked to the last value, as the files of a release: nothing is left for the heuristics to find."""
_MAY_BE = {magic.HTML: {Role.CODE, Role.GOLDEN}, magic.XML: {Role.SVG}}

_UTF16 = Said("text i UTF-16, som kalkylprogram exporterar", "text in UTF-16, as spreadsheets export it")
_PACKED = Said("den är inte packad som den ska", "it is not packed as it should be")
_NOT_EMPTY = Said("den ska vara tom", "it should be empty")
_REAL_PLACE = Said(
    "ett prov har namn på en kommun eller ett område som finns på webbplatsen",
    "a test case names a municipality or an area of the site",
)
_LARGE_CASE = Said("ett prov ska vara litet", "a test case should be small")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_CONTACT = re.compile(
    r"[^@\s;,]+@(?![\w.-]*example)[^@\s;,]+\.[a-z]{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b", re.IGNORECASE
)
_CLAUSE = re.compile(r'(?<=\bpunkt: )"9(?:\.[0-9]{1,2}){3}"')
"""A clause of EN 301 549 about the web: four numbers with points between, as an IP address has."""
_CELL = re.compile(r"[;,\t|\n\"'<>=(){}\[\]:]| {2,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as git has it. ``content`` is None when it is larger than its place allows."""

    path: str
    mode: str
    size: int
    content: bytes | None


def inspect(entry: Entry, words: Words, *, gone: bool = False) -> list[Finding]:
    """Everything that speaks against having ``entry`` in the repository.

    ``gone``: the file is not in the checked commit any more, only in its history. A text file of format 1
    that had a wrong name for a while is then no fault.
    """
    if entry.mode == LINK:
        return [Finding(kinds.LINK)]
    if entry.mode == SUBMODULE:
        return [Finding(kinds.SUBMODULE)]
    role = places.role_of(entry.path)
    if role is None:
        return _without_place(entry, words, gone=gone)
    if entry.content is None or entry.size > places.limit(role):
        most = places.limit(role)
        if role is Role.EMPTY:
            return [Finding(kinds.NOT_AS_KNOWN, _NOT_EMPTY)]
        said = Said(
            f"{size(entry.size)}, men högst {size(most)}", f"{size(entry.size)}, at most {size(most)}"
        )
        return [Finding(kinds.TOO_LARGE, said)]
    return _content_findings(entry, role, words)


def read_limit(path: str, mode: str) -> int:
    """How many bytes of a file are worth reading: none when its place already says no."""
    if mode in {LINK, SUBMODULE}:
        return 0
    role = places.role_of(path)
    return places.limit(role) if role is not None else 100_000


def inspect_message(text: str, words: Words) -> list[Finding]:
    """A commit or tag message is published too."""
    text = text[:MESSAGE_LIMIT]
    return [*raw_findings(text, words, code=False), *encoded_findings(text)]


def _without_place(entry: Entry, words: Words, *, gone: bool) -> list[Finding]:
    by_bytes = magic.by_bytes(entry.content or b"")
    if by_bytes is magic.LFS:
        return [Finding(kinds.LFS_POINTER)]
    what = by_bytes or magic.by_name(entry.path)
    if what is not None:
        return [Finding(kinds.DATA_FORMAT, what)]
    if gone and entry.content is not None and _was_misnamed(entry.path, entry.content, words):
        return []
    return [Finding(kinds.PLACE_UNKNOWN, places.why_refused(entry.path))]


def _was_misnamed(path: str, content: bytes, words: Words) -> bool:
    roles = places.misnamed_kinds(path)
    text = _decoded(content) if roles else None
    if text is None or not fits(text, roles):
        return False
    return not raw_findings(text, words, code=False) and not encoded_findings(text)


def _content_findings(entry: Entry, role: Role, words: Words) -> list[Finding]:
    content = entry.content or b""
    if entry.path.endswith(".gz"):
        unpacked = _unpacked(content)
        if unpacked is None:
            return [Finding(kinds.NOT_AS_KNOWN, _PACKED)]
        content = unpacked
    what = magic.by_bytes(content)
    if what is magic.LFS:
        return [Finding(kinds.LFS_POINTER)]
    if what is not None:
        return [Finding(kinds.DISGUISED, what)]
    if role in _BINARY:
        return _BINARY[role](content)
    text = _decoded(content)
    if text is None:
        utf16 = content[:2] in {b"\xff\xfe", b"\xfe\xff"} or content[1:2] == b"\x00"
        return [Finding(kinds.DISGUISED, _UTF16 if utf16 else magic.BINARY)]
    kind = magic.text_kind(text)
    if kind is not None and role not in _MAY_BE.get(kind, ()):
        return [Finding(kinds.DISGUISED, kind)]
    return _text_findings(text, entry.path, role, words)


def _unpacked(content: bytes) -> bytes | None:
    """What a gzip holds; None if it has more than that (a name, a moment, a second part), or too much."""
    if content[:8] != b"\x1f\x8b\x08" + b"\x00" * 5:
        return None
    stream = zlib.decompressobj(wbits=31)
    try:
        unpacked = stream.decompress(content, UNPACKED_LIMIT)
    except zlib.error:
        return None
    return unpacked if stream.eof and not stream.unused_data else None


def _text_findings(text: str, path: str, role: Role, words: Words) -> list[Finding]:
    findings = _shape_findings(text, path, role, words)
    if role in _STRICT or role in places.RELEASES.values() or role is Role.LOCK:
        return findings
    if role is Role.GOLDEN_IN:
        return [*findings, *encoded_findings(text), *_golden(text, words)]
    read = _CLAUSE.sub('"krav"', text) if role is Role.ACCESSIBILITY else text
    found = raw_findings(read, words, code=role is Role.CODE)
    return [*findings, *found, *encoded_findings(text)]


def _shape_findings(text: str, path: str, role: Role, words: Words) -> list[Finding]:
    if role in {Role.AREAS, Role.OUTLINES}:
        return outline_findings(text, role)
    if has_columns(role):
        return table_findings(text, role, words)
    if has_keys(role):
        return yaml_findings(text, role) if path.endswith(".yml") else sealed_findings(text, role)
    if role is Role.SVG:
        return svg_findings(text)
    return _lock_findings(text) if role is Role.LOCK else []


def _golden(text: str, words: Words) -> list[Finding]:
    """An answer-shaped file may be a golden case if it is small and everything in it is invented."""
    looks_raw = raw_findings(text, words, code=False)
    if not looks_raw:
        return []
    if len(text) > GOLDEN_BYTES or text.count("\n") > GOLDEN_ROWS or _CONTACT.search(text):
        return [Finding(kinds.LOOKS_RAW, _LARGE_CASE), *looks_raw]
    if any(folded(cell) in words.told[PLACE] for cell in _CELL.split(text)):
        return [Finding(kinds.LOOKS_RAW, _REAL_PLACE, looks_raw[0].line)]
    return []


def _lock_findings(text: str) -> list[Finding]:
    """``uv.lock`` has a moment on every other line; what it must be is a lock, and nothing more."""
    import tomllib

    try:
        names = set(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        names = {"?"}
    known = {"version", "revision", "requires-python", "resolution-markers", "supported-markers", "options"}
    if names - known - {"package", "manifest", "required-markers", "conflicts"}:
        return [Finding(kinds.NOT_AS_KNOWN, Said("den är ingen låsfil", "it is no lock file"))]
    return []


def _image(content: bytes) -> list[Finding]:
    kind = magic.image_kind(content)
    return [Finding(kinds.DISGUISED, magic.BINARY)] if kind is None else image_findings(content, kind)


def _font(content: bytes) -> list[Finding]:
    return [] if magic.is_font(content) else [Finding(kinds.DISGUISED, magic.BINARY)]


def _compiled(content: bytes) -> list[Finding]:
    if not magic.is_compiled_words(content):
        return [Finding(kinds.DISGUISED, magic.BINARY)]
    text = content.replace(b"\x00", b"\n").decode("utf-8", errors="replace")
    return raw_findings(text, words_from(), code=False)


_BINARY: dict[Role, Callable[[bytes], list[Finding]]] = {
    Role.IMAGE: _image,
    Role.FONT: _font,
    Role.WORDS: _compiled,
}


def _decoded(content: bytes) -> str | None:
    """The text, also in the Swedish Windows encoding; None for what is no text."""
    if b"\x00" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if text.count("\ufffd") > 5:
            return None
    control = len(content) - len(content.translate(None, _CONTROLS))
    return None if control > 5 else text

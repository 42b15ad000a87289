"""Drawings (SVG): shapes and words only. No scripts, nothing fetched, no data on who drew it."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard import magic
from est_build.protect.rawguard.finding import Finding, Said, joined
from est_build.protect.rawguard.images import image_findings

_SCRIPT = Said("den kan köra program (script)", "it can run programs (script)")
_ELSEWHERE = Said("den hämtar något från en annan plats", "it fetches something from elsewhere")
_DECLARED = Said("den har egna entiteter eller instruktioner", "it declares entities or instructions")
_FOREIGN = Said("den har delar som inte hör till en ritning", "it has parts that do not belong to a drawing")
_INSIDE = Said("den har en annan fil inbäddad", "it has another file inside")
_AUTHOR = Said("uppgifter om den som ritade den", "data on who drew it")

_SHAPES = """
svg g a defs symbol use switch view title desc style path rect circle ellipse line polyline polygon text tspan
textpath image marker lineargradient radialgradient stop pattern clippath mask filter
"""
_SHOWN = frozenset(_SHAPES.split())
_TOLD = frozenset({"metadata", "rdf", "work", "creator", "rights", "namedview", "agent"})
_ELEMENT = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)")
_START = re.compile(r"\s*(?:<\?xml\s[^>]*\?>)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:svg:)?svg[\s>]", re.DOTALL)
_ACTIVE = re.compile(r"\son\w+\s*=|javascript:", re.IGNORECASE)
_DECLARATION = re.compile(r"<!DOCTYPE|<!ENTITY|<\?(?!xml\s)|<!\[CDATA\[", re.IGNORECASE)
_REFERENCE = re.compile(
    r"""(?:\s(?:xlink:)?href|\ssrc)\s*=\s*["']?\s*([^"'\s>]*)|url\(\s*["']?([^"')]*)|@import\s*["']?(\S+)""",
    re.IGNORECASE,
)
_AUTHORED = re.compile(r"\ssodipodi:docname|\s\w+:export-filename")
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|webp)(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)


def svg_findings(text: str) -> list[Finding]:
    """What the drawing holds besides shapes and words."""
    active: dict[Said, None] = {}
    carried: dict[Said, None] = {}
    if not _START.match(text):
        active[_FOREIGN] = None
    if _ACTIVE.search(text):
        active[_SCRIPT] = None
    if _DECLARATION.search(text):
        active[_DECLARED] = None
    if _AUTHORED.search(text):
        carried[_AUTHOR] = None
    for match in _ELEMENT.finditer(text):
        prefix, name = (match[1] or "svg").lower(), match[2].lower()
        if name in _TOLD or prefix in {"rdf", "dc", "cc", "sodipodi", "inkscape"}:
            carried[_AUTHOR] = None
        elif prefix != "svg" or (name not in _SHOWN and not name.startswith("fe")):
            active[_SCRIPT if name in {"script", "foreignobject", "set"} else _FOREIGN] = None
    for match in _REFERENCE.finditer(text):
        target = next(group for group in match.groups() if group is not None)
        if target.startswith("data:"):
            if (said := _embedded(target)) is not None:
                carried[said] = None
        elif target and not target.startswith("#"):
            active[_ELSEWHERE] = None
    findings = [Finding(kinds.IMAGE_ACTIVE, joined(list(active)))] if active else []
    if carried:
        findings.append(Finding(kinds.IMAGE_METADATA, joined(list(carried))))
    return findings


def _embedded(target: str) -> Said | None:
    """What is wrong with a ``data:`` address: only clean images may be inside a drawing."""
    match = _EMBEDDED.fullmatch(target)
    if match is None:
        return _INSIDE
    try:
        plain = unquote_to_bytes(match[2])
        content = base64.b64decode(plain, validate=True) if match[1] else plain
    except (binascii.Error, ValueError):
        return _INSIDE
    kind = magic.image_kind(content)
    if kind is None:
        return _INSIDE
    findings = image_findings(content, kind)
    return findings[0].why if findings else None

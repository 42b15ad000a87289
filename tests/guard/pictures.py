"""Small images of three kinds, clean or with something riding along. Made by code, byte by byte."""

from __future__ import annotations

import zlib


def chunk(name: bytes, body: bytes = b"") -> bytes:
    """A chunk of a PNG."""
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png(*extra: bytes) -> bytes:
    """One grey point, with ``extra`` chunks before the picture."""
    head = chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    data = chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + data + chunk(b"IEND")


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


JFIF = segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x00\x00")


def jpeg(*extra: bytes, tail: bytes = b"") -> bytes:
    """The frame of a JPEG with two scans; nothing here decodes the picture itself."""
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    tables = segment(0xDB, b"\x00" + b"\x01" * 64) + segment(0xC4, b"\x00" + b"\x00" * 16)
    frame = segment(0xC2, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
    return b"\xff\xd8" + JFIF + b"".join(extra) + tables + frame + scan + scan + b"\xff\xd9" + tail


def riff(name: bytes, body: bytes) -> bytes:
    """A chunk of a WebP."""
    return name + len(body).to_bytes(4, "little") + body + b"\x00" * (len(body) % 2)


def webp(*extra: bytes, tail: bytes = b"") -> bytes:
    """A WebP whose picture nobody decodes."""
    body = b"WEBP" + riff(b"VP8X", b"\x00" * 10) + riff(b"VP8L", b"\x2f\x00\x00") + b"".join(extra)
    return b"RIFF" + len(body).to_bytes(4, "little") + body + tail


CLEAN = {"png": png(), "jpeg": jpeg(), "webp": webp()}
EXIF = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08GPSLatitude"
XMP = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>"
CARRYING = {
    "png text": png(chunk(b"tEXt", b"Author\x00Prov")),
    "png packad text": png(chunk(b"zTXt", b"Comment\x00\x00x")),
    "png xmp": png(chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x/>")),
    "png exif": png(chunk(b"eXIf", b"MM\x00*")),
    "png tid": png(chunk(b"tIME", b"\x07\xea\x0b\x13\x09\x00\x00")),
    "png okänd del": png(chunk(b"svAr", b"1;2026-v45-46;skola")),
    "png stor profil": png(chunk(b"iCCP", b"x" * 30_000)),
    "png med zip efter": png() + b"PK\x03\x04",
    "jpeg exif": jpeg(segment(0xE1, EXIF)),
    "jpeg xmp": jpeg(segment(0xE1, XMP)),
    "jpeg iptc": jpeg(segment(0xED, b"Photoshop 3.0\x00")),
    "jpeg kommentar": jpeg(segment(0xFE, b"Prov")),
    "jpeg flera bilder": jpeg(segment(0xE2, b"MPF\x00")),
    "jpeg okänd del": jpeg(segment(0xE5, b"svar")),
    "jpeg miniatyr": jpeg(segment(0xE0, b"JFXX\x00\x10")),
    "jpeg med mer efter": jpeg(tail=b"svar"),
    "webp exif": webp(riff(b"EXIF", EXIF)),
    "webp xmp": webp(riff(b"XMP ", b"<x/>")),
    "webp okänd del": webp(riff(b"SVAR", b"1;2")),
    "webp med mer efter": webp(tail=b"svar"),
}
SHOWN = {
    "png": png(chunk(b"sRGB", b"\x00"), chunk(b"pHYs", b"\x00" * 9), chunk(b"iCCP", b"x" * 500)),
    "jpeg": jpeg(segment(0xE2, b"ICC_PROFILE\x00\x01\x01xx"), segment(0xEE, b"Adobe\x00\x64" + b"\x00" * 5)),
    "webp": webp(riff(b"ICCP", b"x" * 501), riff(b"ANIM", b"\x00" * 6)),
}

"""Pictures beside the hand-written pages: the files, and how large they are."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

KINDS: Final = (".png", ".jpg", ".jpeg", ".webp")
"""Endings of pictures. A drawing is not among them: it may hold scripts."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIZE: Final = slice(16, 24)


def pictures(content: Path) -> dict[str, bytes]:
    """Path under the site -> bytes, for every picture in ``content`` and its folders."""
    found = (path for path in sorted(content.rglob("*")) if path.suffix in KINDS and path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in found}


def size(picture: Path) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG; ``None`` for what is none."""
    with picture.open("rb") as file:
        head = file.read(_SIZE.stop)
    if not head.startswith(_PNG) or len(head) < _SIZE.stop:
        return None
    width, height = struct.unpack(">II", head[_SIZE])
    return width, height

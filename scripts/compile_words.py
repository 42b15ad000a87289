"""Compile the Swedish words for the command line (``.po`` -> ``.mo``). Run after changing the ``.po``."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "est_build" / "cli" / "locale" / "sv" / "LC_MESSAGES"


def compiled() -> bytes:
    """The bytes that ``messages.mo`` should have."""
    with (FOLDER / "messages.po").open("rb") as file:
        catalog = read_po(file, locale="sv")
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


if __name__ == "__main__":
    (FOLDER / "messages.mo").write_bytes(compiled())

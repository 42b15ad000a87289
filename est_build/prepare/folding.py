"""Words as they are looked up."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A word as it is looked up: whatever its case, its spaces and how its letters are composed."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()

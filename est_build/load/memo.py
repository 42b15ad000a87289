"""Texts that are slow to make, remembered by everything that they are made of.

A piece of a page (a map, the signals of a fortnight) is the same as long as what it is made of is the same.
Builders ask a memo for it and say what goes in; the plain memo of this module makes it anew each time. The
build has one that remembers on disk (:mod:`est_build.site.cache`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable


class Memo:
    """Remembers nothing."""

    def text(self, kind: str, key: str, make: Callable[[], str]) -> str:
        """A text of a kind.

        Args:
            kind: what it is, so that no two kinds share a key.
            key: a digest (:func:`digest`) of everything that the text is made of, beside the program itself.
            make: makes the text.
        """
        return make()


def digest(*parts: str | bytes) -> str:
    """SHA-256 of several parts, as hexadecimal. Where one ends and the next begins goes in too."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()

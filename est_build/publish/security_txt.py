"""``/.well-known/security.txt`` (RFC 9116): whom to tell of a hole in the site."""

from __future__ import annotations

import datetime as dt
from typing import Final

ADDRESS: Final = ".well-known/security.txt"
DAYS: Final = 364
"""How long the file holds, from the data's date: the standard asks for less than a year."""


def security_txt(mailbox: str, home: str, date: dt.date) -> str:
    """The file.

    Args:
        mailbox: a functional mailbox.
        home: address of the site, ending in ``/``.
        date: the data's date, never the clock: the same data gives the same file.
    """
    lines = (
        f"Contact: mailto:{mailbox}",
        f"Expires: {date + dt.timedelta(days=DAYS)}T00:00:00Z",
        "Preferred-Languages: sv, en",
        f"Canonical: {home}{ADDRESS}",
    )
    return "\n".join(lines) + "\n"

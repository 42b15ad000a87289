"""Two texts with what differs marked, and pictures that can stand beside each other."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST = 1_500
"""Characters of a text that are shown. Longer ones are read on the page itself."""
_DEL, _INS = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def marked(before: str | None, after: str | None) -> tuple[Markup, Markup]:
    """Both texts, escaped; the words that only one of them has stand in ``del`` or ``ins``."""
    if before is None or after is None:
        first = _DEL.format(_whole(before)) if before else Markup()
        return first, _INS.format(_whole(after)) if after else Markup()
    old, new = _WORDS.findall(before[:LONGEST]), _WORDS.findall(after[:LONGEST])
    first, second = Markup(), Markup()
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        first += Markup.escape(gone) if kind == "equal" else _DEL.format(gone) if gone else ""
        second += Markup.escape(come) if kind == "equal" else _INS.format(come) if come else ""
    return first + _more(before), second + _more(after)


def _whole(text: str) -> str:
    return text[:LONGEST] + _more(text)


def _more(text: str) -> str:
    return "…" if len(text) > LONGEST else ""


_ID = re.compile(r'(\bid="|href="#|url\(#)([^")]+)')
_NAMED = re.compile(r'(\baria-(?:labelledby|describedby)=")([^"]+)"')
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")/(?!/)')


def beside(picture: str, prefix: str, home: str) -> Markup:
    """A picture that can stand in one document with its other version.

    Its ids get ``prefix``, its links lead to the published site (``home``). ``picture`` is markup that the
    figures have written, where text from data is escaped.
    """
    own = _ID.sub(rf"\g<1>{prefix}\g<2>", picture)
    own = _NAMED.sub(lambda m: m[1] + " ".join(prefix + name for name in m[2].split()) + '"', own)
    return Markup(_LINK.sub(lambda m: m[1] + home.rstrip("/") + "/", own))

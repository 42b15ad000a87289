"""The style sheet of the site: the parts in ``theme/css/`` joined, in the order of their names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

STYLE_ASSET = "assets/est.css"
"""Where the joined sheet stands in the site: one file, so one request."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n+")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_SPACES = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};>~!]) ?")
_AFTER = re.compile(r"([:,]) ")


@cache
def style_sheet() -> str:
    """All rules as readers get them, the same bytes every time."""
    return compact(rules()) + "\n"


@cache
def rules() -> str:
    """All rules as they are written, without comments: those are for whoever writes the parts."""
    folder = files("est_build") / "theme" / "css"
    parts = sorted((p for p in folder.iterdir() if p.name.endswith(".css")), key=lambda p: p.name)
    joined = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return _BLANK.sub("\n", _COMMENT.sub("", joined)).strip() + "\n"


def compact(css: str) -> str:
    """The same rules without the spaces that mean nothing. What stands in quotes is left as it is."""
    parts = _QUOTED.split(css)
    for n in range(0, len(parts), 2):
        short = _AROUND.sub(r"\1", _SPACES.sub(" ", parts[n]))
        parts[n] = _AFTER.sub(r"\1", short).replace(";}", "}")
    return "".join(parts).strip()

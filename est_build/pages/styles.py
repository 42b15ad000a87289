"""The style sheet of the site: the parts in ``theme/css/`` joined, in the order of their names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

STYLE_ASSET = "assets/est.css"
"""Where the joined sheet stands in the site: one file, so one request."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n+")


@cache
def style_sheet() -> str:
    """All rules, the same bytes every time. Comments are for those who write the parts, not for readers."""
    folder = files("est_build") / "theme" / "css"
    parts = sorted((p for p in folder.iterdir() if p.name.endswith(".css")), key=lambda p: p.name)
    joined = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return _BLANK.sub("\n", _COMMENT.sub("", joined)).strip() + "\n"

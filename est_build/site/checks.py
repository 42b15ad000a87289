"""Checks on the finished site before it replaces the last good one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

_CANONICAL = re.compile(r'<link rel="canonical" href="https://[^"]*">')
# Anything that could be a fault. A page that has none of it needs no closer look, and few pages do.
_SUSPECT = re.compile(
    r"<script|<style|<base|<form|<iframe|<embed|<object|http-equiv=.?refresh|\son[a-z]+\s*=|\sstyle\s*="
    r"|\s(?:src|srcset|poster|data|background)\s*=\s*[\"']?[^\"'>]*//|<(?:link|use|image)\b[^>]*//",
    re.IGNORECASE,
)
_FETCHED = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "body": ("background",),
}
_FORBIDDEN = {"style", "base", "form", "iframe", "embed", "object"}
_ELSEWHERE = re.compile(r"(?:^|[\s,])(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
_SCHEMES = {"https", "mailto", "tel"}
ELSEWHERE = "sidan hämtar något från en annan värd"
INLINE = "sidan har skript eller stil inuti"


def check_site(site: Path, pages: Iterable[str]) -> None:
    """Every page is there, every link leads somewhere, nothing is inline or fetched from somebody else.

    Raises :class:`ProblemsError` (EST604) with everything that is wrong.
    """
    problems = [_problem(p, "sidan saknas") for p in pages if not (site / p / "index.html").is_file()]
    texts = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
    }
    links = _Links(site, texts)
    for name, text in texts.items():
        faults = [*_mark_up_faults(text), *links.faults(name)]
        problems += [_problem(name, why) for why in dict.fromkeys(faults)]
    if problems:
        raise ProblemsError(problems)


def _mark_up_faults(text: str) -> list[str]:
    faults = ["en del av sidan är inte ifylld"] if "<!--est:" in text else []
    if _SUSPECT.search(_CANONICAL.sub("", text)):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        faults += reader.faults
    return faults


class _Reader(HTMLParser):
    """Reads a page as a browser does: text and attribute values are not taken for mark-up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _FORBIDDEN or "style" in values or any(name.startswith("on") for name in values):
            self.faults.append(INLINE if tag not in _FORBIDDEN - {"style"} else f"sidan har <{tag}>")
        if tag == "script" and not values.get("src"):
            self.faults.append(INLINE)
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            self.faults.append("sidan skickar vidare")
        if tag == "link" and values.get("rel") == "canonical":
            return
        if any(_ELSEWHERE.search(values.get(name) or "") for name in _FETCHED.get(tag, ())):
            self.faults.append(ELSEWHERE)


class _Links:
    """Links of all pages against the pages, files and anchors that there are."""

    def __init__(self, site: Path, texts: dict[str, str]) -> None:
        self.texts = texts
        self.files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
        self.ids: dict[str, set[str]] = {}

    def faults(self, name: str) -> Iterator[str]:
        # 404.html is shown at any address, so its links stand from the root.
        for raw in dict.fromkeys(_LINK.findall(self.texts[name])):
            href = unescape(raw)
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                if parts.scheme not in _SCHEMES:
                    yield f"länken {href} har en form som inte är tillåten"
                continue
            target = self._target(name, parts.path)
            if target is None:
                yield f"länken {href} leder ingenstans"
            elif parts.fragment and target.endswith(".html") and not self._has(target, parts.fragment):
                yield f"länken {href} leder till en rubrik som inte finns"

    def _target(self, name: str, path: str) -> str | None:
        path = unquote(path)
        if not path:
            return name
        if path.startswith("/"):
            full = posixpath.normpath(path.lstrip("/")) if name == "404.html" else None
        else:
            full = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if full is None or full.startswith(".."):
            return None
        index = "index.html" if full == "." else f"{full}/index.html"
        if full in self.files:
            return full
        return index if index in self.files else None

    def _has(self, target: str, fragment: str) -> bool:
        if target not in self.ids:
            self.ids[target] = set(_ID.findall(self.texts.get(target, "")))
        return unquote(fragment) in self.ids[target]


def _problem(name: str, why: str) -> Problem:
    return Problem(kinds.CHECK_FAILED, Place(name or "startsidan"), {"why": why})

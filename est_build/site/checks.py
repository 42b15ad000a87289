"""Checks on the finished site before it replaces the last good one."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from est_build.load.memo import Memo, digest
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

_NOT_FETCHED = re.compile(r'<link rel="(?:canonical|alternate)"(?: hreflang="[a-z]+")? href="https://[^"]*">')
ALONE = "rapport.html"
"""Name of the page that needs nothing beside it, not even a style sheet."""
LETTER = "brev.html"
"""Name of the letters, which e-mail programs read: they know styles on the elements and nothing else."""
_LETTER_STYLES = re.compile(r'(<[a-z0-9]+(?:\s[a-z-]+="[^"<>]*")*)\sstyle="[a-zA-Z0-9#:;,.%&\' -]*"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_EXTERNAL = re.compile(r'<a\s[^>]*?href="(https://[^"]*)"[^>]*>')
_REL = re.compile(r'\srel="noopener noreferrer"')
# Anything that could be a fault, in small letters. A page that has none of it needs no closer look, and few
# pages do. Words and patterns apart: a search for all of them at once takes three times as long.
_SUSPECT_WORDS = ("<script", "<style", "<base", "<form", "<iframe", "<embed", "<object")
_SUSPECT = tuple(
    re.compile(pattern)
    for pattern in (
        r"http-equiv=.?refresh",
        r"<(?:link|use|image)\b[^>]*//",
        r"\s(?:on[a-z]+\s*=|style\s*=|(?:src|srcset|poster|data|background)\s*=\s*[\"']?[^\"'>]*//)",
    )
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


def check_site(site: Path, pages: Iterable[str], root: str = "/", memo: Memo | None = None) -> None:
    """Every page is there, every link leads somewhere, nothing is inline or fetched from somebody else.

    Args:
        site: the folder of the site.
        pages: addresses that must be there.
        root: path of the site's root on its host.
        memo: remembers what was found in pages that are as they were.

    Raises :class:`ProblemsError` (EST604) with everything that is wrong.
    """
    problems = [_problem(p, "sidan saknas") for p in pages if not (site / p / "index.html").is_file()]
    memo = memo or Memo()
    read = {
        path.relative_to(site).as_posix(): _read(path.relative_to(site).as_posix(), path, memo)
        for path in sorted(site.rglob("*.html"))
    }
    links = _Links(site, read, root)
    for name, page in read.items():
        faults = [*page.faults, *links.faults(name)]
        problems += [_problem(name, why) for why in dict.fromkeys(faults)]
    if problems:
        raise ProblemsError(problems)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the check needs of a page: the page itself is not kept, for a site has thousands."""

    faults: tuple[str, ...]
    """What is wrong whatever the other pages are."""
    links: tuple[str, ...]
    ids: frozenset[str]


def _read(name: str, path: Path, memo: Memo) -> _Read:
    text = path.read_text(encoding="utf-8")

    def look() -> str:
        links = [unescape(raw) for raw in dict.fromkeys(_LINK.findall(text))]
        return json.dumps([_mark_up_faults(name, text), links, _ID.findall(text)], ensure_ascii=False)

    faults, links, ids = json.loads(memo.text("granskad", digest(name, text), look))
    return _Read(tuple(faults), tuple(links), frozenset(ids))


def _mark_up_faults(name: str, text: str) -> list[str]:
    faults = ["en del av sidan är inte ifylld"] if "<!--est:" in text else []
    faults += [
        f'länken {match[1]} saknar rel="noopener noreferrer"'
        for match in _EXTERNAL.finditer(text)
        if not _REL.search(match[0])
    ]
    if name.endswith(f"/{ALONE}"):
        text = _without_own_style(text)
    if name.endswith(f"/{LETTER}"):
        text = _LETTER_STYLES.sub(r"\1", text)
    if _suspect(_NOT_FETCHED.sub("", text).lower()):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        faults += reader.faults
    return faults


def _suspect(text: str) -> bool:
    return any(word in text for word in _SUSPECT_WORDS) or any(p.search(text) for p in _SUSPECT)


def _without_own_style(text: str) -> str:
    """A page that stands alone may hold one style sheet, if its own policy names the hash of it."""
    found = _STYLE.search(text)
    if found is None:
        return text
    digest = base64.b64encode(hashlib.sha256(found[1].encode("utf-8")).digest()).decode("ascii")
    return text.replace(found[0], "", 1) if f"style-src 'sha256-{digest}'" in text[: found.start()] else text


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
        if tag == "link" and (values.get("rel") == "canonical" or "hreflang" in values):
            return
        if any(_ELSEWHERE.search(values.get(name) or "") for name in _FETCHED.get(tag, ())):
            self.faults.append(ELSEWHERE)


class _Links:
    """Links of all pages against the pages, files and anchors that there are."""

    def __init__(self, site: Path, read: Mapping[str, _Read], root: str) -> None:
        self.read = read
        self.root = root
        self.files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}

    def faults(self, name: str) -> Iterator[str]:
        for href in self.read[name].links:
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
            # 404.html is shown at any address, and some tools follow only links from the root.
            inside = path.startswith(self.root)
            full = posixpath.normpath(path.removeprefix(self.root) or ".") if inside else None
        else:
            full = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if full is None or full.startswith(".."):
            return None
        index = "index.html" if full == "." else f"{full}/index.html"
        if full in self.files:
            return full
        return index if index in self.files else None

    def _has(self, target: str, fragment: str) -> bool:
        return target in self.read and unquote(fragment) in self.read[target].ids


def _problem(name: str, why: str) -> Problem:
    return Problem(kinds.CHECK_FAILED, Place(name or "startsidan"), {"why": why})

"""Links, and how a template becomes markup: what every page builder needs and nothing of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from est_build.model.span import day

_ENV = jinja2.Environment(
    loader=jinja2.PackageLoader("est_build.pages", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENV.filters["dag"] = day
_ENV.filters["siffror"] = lambda words: "".join(c for c in words if c.isdigit() or c == "+")
_ENV.filters["hel"] = lambda words: words.replace(" ", "\u00a0")


def render(template: str, page: object) -> Markup:
    """A template with one value, ``p``: the dataclass of its page kind."""
    return Markup(_ENV.get_template(template).render(p=page))


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads."""

    text: str
    href: str


def anchor(link: Link) -> Markup:
    """A link as markup."""
    return Markup('<a href="{}">{}</a>').format(link.href, link.text)


_PROPER = re.compile(r"[A-ZÅÄÖ](?![a-zåäö])")
"""A first letter that is more than the start of a label: ``A-traktorer``, ``EST``."""


def listed_labels(labels: Iterable[str]) -> str:
    """Labels as one heading: lower case after the first, and only commas if one of them holds an *och*.

    ``Glaskross och krossade rutor, skadegörelse på allmän egendom``; ``Klotter och nedskräpning``.
    """
    first, *rest = [*labels] or [""]
    words = [first, *(w if _PROPER.match(w) else w[:1].lower() + w[1:] for w in rest)]
    return ", ".join(words) if any(" och " in w for w in words) else listed(words)


def listed(words: Iterable[str]) -> str:
    """``a, b och c``."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} och {every[-1]}"

"""Renders the theme's own templates without the engine, for the gallery and the tests of the theme."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2

THEME = Path(__file__).resolve().parents[2] / "est_build" / "theme"

MENU = [
    {"text": "Läget nu", "href": "./", "avsnitt": "laget"},
    {"text": "Det här gör vi", "href": "atgarder/", "avsnitt": "atgarder"},
    {"text": "Ditt område", "href": "omraden/", "avsnitt": "omraden"},
    {"text": "Utveckling", "href": "utveckling/", "avsnitt": "utveckling"},
    {"text": "Så gör vi", "href": "metod/", "avsnitt": "metod"},
    {"text": "Öppna data", "href": "oppna-data/", "avsnitt": "data"},
]


@dataclass
class Config:
    site_name: str = "Tryggt i sydöstra Skåne"
    site_description: str = "Öppen lägesbild av upplevd otrygghet."
    site_url: str = "https://exempel.invalid/"
    extra_css: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(
        default_factory=lambda: {
            "exempeldata": True,
            "om_exemplet": "om/exemplet/",
            "kortnamn": "Tryggt",
            "meny": MENU,
            "tjanster": [
                {"text": "Sök A–Ö", "href": "sok/"},
                {"text": "Lättläst", "href": "lattlast/"},
                {"text": "In English", "href": "en/", "sprak": "en"},
            ],
            "fot": [
                {"text": "Tillgänglighetsredogörelse", "href": "tillganglighetsredogorelse/"},
                {"text": "Integritet", "href": "integritet/"},
                {"text": "Rättelser", "href": "rattelser/"},
                {"text": "Om", "href": "om/"},
            ],
            "felanmalan": [
                {"text": "Sjöbo", "href": "https://sjobo.invalid/fel"},
                {"text": "Ystad", "href": "https://ystad.invalid/fel"},
            ],
            "kontakt": {
                "text": "Frågor om sidan:",
                "href": "mailto:trygghet@exempel.invalid",
                "lank": "trygghet@exempel.invalid",
            },
            "krediter": ["Kommungränser: SCB. Små områden är ritade som exempel. Data: CC0."],
            "floden": [{"text": "Alla lägesbilder", "href": "flode.atom"}],
        }
    )


@dataclass
class Page:
    content: str
    meta: dict[str, Any]
    url: str = ""
    title: str = ""

    @property
    def canonical_url(self) -> str:
        return f"https://exempel.invalid/{self.url}"


def render_page(
    content: str,
    meta: dict[str, Any],
    *,
    url: str = "",
    config: Config | None = None,
    template: str = "main.html",
) -> str:
    """A whole page of the theme. ``url`` is the page's own address under the site's root."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME), undefined=jinja2.Undefined, autoescape=False
    )

    def to_url(path: str) -> str:
        if "://" in path or path.startswith(("#", "/", "mailto:", "tel:")):
            return path
        relative = posixpath.relpath(path or ".", url or ".")
        return f"{relative}/" if path.endswith("/") or path in {".", ""} else relative

    env.filters["url"] = to_url
    page = None if template == "404.html" else Page(content, meta, url)
    html = env.get_template(template).render(page=page, config=config or Config())
    return html

"""Deny by default: every path that a file may have, and what it then must be.

The registry follows format 1. To give a new kind of file a place: a role and a row here (for a file of a
release: its name in ``protect.files.RELEASE_FILES`` and a row in ``RELEASES``), and, if it holds data, its
model in ``shapes``. Its columns and keys are then checked against the model.
"""

from __future__ import annotations

import re
from enum import Enum

from est_build.protect.files import RELEASE_FILES
from est_build.protect.rawguard.finding import Said


class Role(Enum):
    """What a file is for, and so what it may hold."""

    # Made by a machine, checked to the last value.
    REPORTS = "rapporter.csv"
    PARTICIPATION = "deltagande.csv"
    ATTESTATION = "intyg.json"
    WORLDS = "verkligheter.csv"
    CONFIRMED = "bekraftade_rutor.csv"
    AREAS = "omraden.geojson"
    OUTLINES = "outlines without data"
    # Written by people: keys are checked, slips are left to ``est-build check``.
    CALENDAR = "kalender.csv"
    LEDGER = "liggare.csv"
    ASSESSMENT = "bedomning.csv"
    SITE = "webbplats.yml"
    PROTECTION = "skydd.yml"
    CODES = "kodlistor.yml"
    CORRECTIONS = "rattelser.yml"
    PICTURE = "lagesbild.yml"
    QUARTER = "utvardering.yml"
    YEAR = "uppfoljning.yml"
    ISSUE = "fragor/*.yml"
    ACTION = "atgarder/*.yml"
    PLAN = "plan/*.yml"
    INDICATOR = "indikatorer/*.yml"
    APPROVALS = "godkannanden.yml"
    METHOD_CHANGES = "andringar.yml"
    AREA_TEXTS = "omradestexter.yml"
    PLACE_NAMES = "platser.yml"
    ACCESSIBILITY = "tillganglighet.yml"
    GLOSSARY = "ordlista.yml"
    # The rest of a repository.
    PAGE = "Markdown"
    IMAGE = "image"
    SVG = "drawing"
    PROSE = "text for people"
    CODE = "text for machines"
    CODE_LIST = "packaged code list"
    CATEGORY_NOTES = "packaged texts about categories"
    EVIDENCE = "packaged texts about kinds of actions"
    WORD_LIST = "words that a text should not have"
    GAZETTEER = "places of the example"
    FALSE_SIGNALS = "false signals of a simulation"
    POWER = "signals found in a simulation"
    LOCK = "uv.lock"
    WORDS = "compiled translations"
    FONT = "font"
    GOLDEN_IN = "input of a golden case"
    GOLDEN = "expected output of a golden case"
    EMPTY = "empty"


_YEAR = r"[0-9]{4}"
_PERIOD = rf"{_YEAR}-v[0-9]{{2}}-(?:{_YEAR}-v)?[0-9]{{2}}"
_RELEASE = rf"data/(?:perioder/{_PERIOD}|kvartal/{_YEAR}-kv[1-4]|ar/{_YEAR})/[0-9]{{2}}(?:[0-9]{{2}})?"
_SLUG = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
_PICTURE = r"(?i:png|jpe?g|webp)"

RELEASES: dict[str, Role] = {
    "rapporter.csv": Role.REPORTS,
    "deltagande.csv": Role.PARTICIPATION,
    "intyg.json": Role.ATTESTATION,
    "verkligheter.csv": Role.WORLDS,
    "bekraftade_rutor.csv": Role.CONFIRMED,
}
"""What each of ``protect.files.RELEASE_FILES`` is. One that ends with ``.gz`` is unpacked before it is read.

A file that stands in that list only is refused: nobody has said what it may hold."""

_DATA: tuple[tuple[str, Role], ...] = (
    (r"data/webbplats\.yml", Role.SITE),
    (r"data/skydd\.yml", Role.PROTECTION),
    (rf"data/skydd/{_YEAR}\.yml", Role.PROTECTION),
    (r"data/kodlistor\.yml", Role.CODES),
    (r"data/rattelser\.yml", Role.CORRECTIONS),
    (r"data/kalender\.csv", Role.CALENDAR),
    (r"data/liggare\.csv", Role.LEDGER),
    (r"data/omraden\.geojson", Role.AREAS),
    (r"data/omgivning\.geojson", Role.OUTLINES),
    (rf"data/perioder/{_PERIOD}/lagesbild\.yml", Role.PICTURE),
    (rf"data/perioder/{_PERIOD}/bedomning\.csv", Role.ASSESSMENT),
    (rf"data/kvartal/{_YEAR}-kv[1-4]/utvardering\.yml", Role.QUARTER),
    (rf"data/ar/{_YEAR}/uppfoljning\.yml", Role.YEAR),
    (rf"data/fragor/{_YEAR}-[0-9]{{3}}\.yml", Role.ISSUE),
    (rf"data/atgarder/{_YEAR}-[0-9]{{3}}\.yml", Role.ACTION),
    (rf"data/plan/{_SLUG}\.yml", Role.PLAN),
    (rf"data/indikatorer/{_SLUG}\.yml", Role.INDICATOR),
)
_CONTENT: tuple[tuple[str, Role], ...] = (
    (r"content/godkannanden\.yml", Role.APPROVALS),
    (r"content/andringar\.yml", Role.METHOD_CHANGES),
    (r"content/omradestexter\.yml", Role.AREA_TEXTS),
    (r"content/platser\.yml", Role.PLACE_NAMES),
    (r"content/tillganglighet\.yml", Role.ACCESSIBILITY),
    (r"content/ordlista\.yml", Role.GLOSSARY),
    (r"content/.+\.md", Role.PAGE),
    (rf"content/.+\.{_PICTURE}", Role.IMAGE),
    (r"content/.+\.svg", Role.SVG),
)
_TOOL: tuple[tuple[str, Role], ...] = (
    (r"uv\.lock", Role.LOCK),
    # Help for editors, made from the models.
    (r"(?:scheman/[a-z-]+|\.vscode/(?:settings|extensions))\.json", Role.CODE),
    # Files to copy: empty but for the comments.
    (r"mallar/[a-z-]+\.yml", Role.PROSE),
    (r"(?:\.github|est_build/desk/mall/github)/rulesets/[a-z-]+\.json", Role.CODE),
    # They stood among the code lists for a while, and the history has them there for ever.
    (r"est_build/schema/(?:texts|lists)/kategoritexter\.csv", Role.CATEGORY_NOTES),
    (r"est_build/schema/(?:texts|lists)/atgardsstod\.csv", Role.EVIDENCE),
    (r"est_build/schema/lists/[a-z]+\.csv", Role.CODE_LIST),
    (r"est_build/protect/text/ord/[a-z-]+\.csv", Role.WORD_LIST),
    (r"est_build/protect/text/listor/[a-z_]+\.txt", Role.PROSE),
    (r"est_build/demo/geo/[a-z]+\.csv", Role.GAZETTEER),
    (r"est_build/analyse/simulated\.csv", Role.FALSE_SIGNALS),
    (r"est_build/analyse/simulated_power\.csv", Role.POWER),
    # Words that a spelling test knows, and what a page is made of as a screen reader tells it.
    (r"tests/public/kunskap/ord\.txt|tests/public/disposition/[a-z-]+\.txt", Role.PROSE),
    # How long builds took: a table that the benchmark writes.
    (r"tests/bench/results/[a-z-]+\.txt", Role.PROSE),
    (r"est_build/demo/geo/[a-z]+\.geojson", Role.OUTLINES),
    (r"est_build/(?:.+/)?LC_MESSAGES/[a-z]+\.mo", Role.WORDS),
    (r"est_build/theme/.+\.woff2?", Role.FONT),
    (r"est_build/theme/.+\.html", Role.CODE),
    (r"est_build/theme/.+\.txt", Role.PROSE),
    (r"(?:est_build|docs|scripts)/.+\.(?:css|js|mjs|j2|po|pot|pyi|typed)", Role.CODE),
    # Small golden cases; all other data of tests are made by code.
    (r"tests/[^/]+/cases/[^/]+/in/.+\.(?:csv|json|geojson|md|yml)", Role.GOLDEN_IN),
    (r"tests/[^/]+/cases/[^/]+/.+\.(?:csv|json|geojson|md|yml|html|txt)", Role.GOLDEN),
    (rf"(?:docs|est_build/theme|\.github)/.+\.{_PICTURE}", Role.IMAGE),
    (r"(?:docs|est_build/theme|\.github)/.+\.svg", Role.SVG),
    (r"\.ci/[a-z-]+", Role.CODE),
    (r"(?:mkdocs|zensical|\.pre-commit-config)\.yml|\.github/.+\.yml|est_build/.+\.yml", Role.PROSE),
)
_ANYWHERE: tuple[tuple[str, Role], ...] = (
    (r"(?!(?i:data|content)/).*\.(?:py|sh|toml|cfg|ini)", Role.CODE),
    (r"(?!(?i:data|content)/).*\.(?:md|cff)", Role.PROSE),
    (
        r"(?:\.github/)?(?:Makefile|LICENSE|NOTICE|CODEOWNERS|CNAME|Dockerfile|\.gitignore|\.gitattributes"
        r"|\.editorconfig|\.mailmap|\.nojekyll|\.python-version|\.dockerignore|\.git-blame-ignore-revs)",
        Role.PROSE,
    ),
    (r"(?:.+/)?\.gitkeep", Role.EMPTY),
)
_REGISTRY = tuple((re.compile(pattern), role) for pattern, role in (*_DATA, *_CONTENT, *_TOOL, *_ANYWHERE))
_OF_RELEASE = re.compile(rf"{_RELEASE}/([^/]+)")

_FOLDER_KINDS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("data/perioder/", (Role.PICTURE,)),
    ("data/kvartal/", (Role.QUARTER,)),
    ("data/ar/", (Role.YEAR,)),
    ("data/fragor/", (Role.ISSUE,)),
    ("data/atgarder/", (Role.ACTION,)),
    ("data/plan/", (Role.PLAN,)),
    ("data/indikatorer/", (Role.INDICATOR,)),
    ("data/", (Role.SITE, Role.PROTECTION, Role.CODES, Role.CORRECTIONS)),
)

KB, MB = 1_000, 1_000_000
_LIMITS = {
    Role.REPORTS: 2 * MB,
    Role.WORLDS: 10 * MB,
    Role.CONFIRMED: 2 * MB,
    Role.AREAS: 20 * MB,
    Role.OUTLINES: 20 * MB,
    Role.LOCK: 5 * MB,
    Role.IMAGE: 3 * MB,
    Role.FONT: 500 * KB,
    Role.CODE: 1 * MB,
    Role.PROSE: 1 * MB,
    Role.GOLDEN: 1 * MB,
    Role.CALENDAR: 200 * KB,
    Role.LEDGER: 2 * MB,
    Role.SITE: 500 * KB,
    Role.INDICATOR: 1 * MB,
    Role.EMPTY: 0,
}
_LIMIT = 200 * KB


def role_of(path: str) -> Role | None:
    """What the file at ``path`` (``/`` between parts, from the top of the repository) is; None: no place."""
    if any(ord(char) < 32 or ord(char) == 127 for char in path):
        return None
    released = _OF_RELEASE.fullmatch(path)
    if released:
        return RELEASES.get(released[1]) if released[1] in RELEASE_FILES else None
    for pattern, role in _REGISTRY:
        if pattern.fullmatch(path):
            return role
    return None


def limit(role: Role) -> int:
    """The greatest number of bytes that a file may have: far above what is ever needed."""
    return _LIMITS.get(role, _LIMIT)


def misnamed_kinds(path: str) -> tuple[Role, ...]:
    """What a YAML file with a wrong name in ``data/`` may have been meant as."""
    if path.lower().endswith((".yml", ".yaml")):
        for folder, roles in _FOLDER_KINDS:
            if path.startswith(folder):
                return roles
    return ()


def why_refused(path: str) -> Said:
    """Why a path without a role is refused."""
    if path.startswith("data/"):
        return Said("I data/ får bara de kända filerna ligga", "Only the known files may be in data/")
    if path.startswith("content/"):
        return Said(
            "I content/ får bara sidor (.md), bilder och de kända listorna (.yml) ligga",
            "Only pages (.md), images and the known lists (.yml) may be in content/",
        )
    if path.startswith("tests/"):
        return Said(
            "Provdata görs av koden i testet, eller är små fall i tests/*/cases/",
            "Test data is made by code, or is a small case in tests/*/cases/",
        )
    return Said("Filer av det slaget har inget att göra här", "Files of that kind have no business here")

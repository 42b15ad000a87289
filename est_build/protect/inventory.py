"""What may lie in ``data/``: everything else is refused, or a raw export could be published unseen."""

from __future__ import annotations

from pathlib import Path

from est_build.load.frame import RULES_FOLDER, Frame
from est_build.problems import Place, Problem
from est_build.problems import catalogue as base
from est_build.protect.files import RELEASE_FILES

FOLDERS = {"period": "perioder", "kvartal": "kvartal", "ar": "ar"}
"""Kind of span -> the folder with its releases."""
_TOP = {
    "webbplats.yml",
    "skydd.yml",
    "kodlistor.yml",
    "kalender.csv",
    "omraden.geojson",
    "omgivning.geojson",
    "rattelser.yml",
}
_TEXTS = {"fragor", "atgarder", "plan", "indikatorer"}
"""Folders with one YAML file for each issue, action, plan, indicator."""
_BESIDE = {
    "perioder": {"lagesbild.yml", "bedomning.csv"},
    "kvartal": {"utvardering.yml"},
    "ar": {"uppfoljning.yml"},
}
"""What people write about a span, beside the releases of the municipalities."""
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"}
"""What computers leave behind; git ignores it."""
_WORKSHOP = ".est-prepare"
"""What an interrupted ``prepare`` left: the next run finishes it or throws it away."""


def unknown_files(frame: Frame) -> list[Problem]:
    """A problem (EST316) for every file in ``data/`` whose place and name are not known."""
    codes = {m.kod for m in frame.site.kommuner}
    problems = []
    for path in sorted(frame.root.rglob("*")):
        parts = path.relative_to(frame.root).parts
        if parts[0] == _WORKSHOP or path.name in _LITTER:
            continue
        # A link is shown as its name only, and could lead to the private side.
        if path.is_symlink() or (not path.is_dir() and not _known(path, parts, codes)):
            place = Place("/".join(parts))
            problems.append(Problem(base.FOLDER_UNKNOWN, place, {"value": path.name}))
    return problems


def _known(path: Path, parts: tuple[str, ...], codes: set[str]) -> bool:
    if len(parts) == 1:
        return parts[0] in _TOP
    if parts[0] == RULES_FOLDER:
        return len(parts) == 2 and path.suffix == ".yml" and path.stem.isascii() and path.stem.isdigit()
    if parts[0] in _TEXTS:
        return len(parts) == 2 and path.suffix == ".yml"
    if parts[0] not in _BESIDE:
        return False
    if len(parts) == 3:
        return parts[2] in _BESIDE[parts[0]]
    return len(parts) == 4 and parts[2] in codes and parts[3] in RELEASE_FILES

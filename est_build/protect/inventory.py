"""What may lie in ``data/``: everything else is refused, or a raw export could be published unseen."""

from __future__ import annotations

import os
from collections.abc import Iterator

from est_build.disk.whole import written_for
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
    "liggare.csv",
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
    found = sorted(parts for parts, fit in _files(str(frame.root), ()) if not (fit and _known(parts, codes)))
    return [Problem(base.FOLDER_UNKNOWN, Place("/".join(p)), {"value": p[-1]}) for p in found]


def _files(folder: str, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Every file as parts of its path, and False for a link: it is shown as its name only, and could lead
    to the private side.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            parts = (*above, entry.name)
            if parts[0] == _WORKSHOP or entry.name in _LITTER:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, parts)
            else:
                yield parts, not entry.is_symlink()


def _known(parts: tuple[str, ...], codes: set[str]) -> bool:
    # What a killed run left beside a file that may be there; the next one that writes it takes it away.
    parts = (*parts[:-1], written_for(parts[-1]) or parts[-1])
    stem, _, suffix = parts[-1].rpartition(".")
    if len(parts) == 1:
        return parts[0] in _TOP
    if parts[0] == RULES_FOLDER:
        return len(parts) == 2 and suffix == "yml" and stem.isascii() and stem.isdigit()
    if parts[0] in _TEXTS:
        return len(parts) == 2 and suffix == "yml" and stem != ""
    if parts[0] not in _BESIDE:
        return False
    if len(parts) == 3:
        return parts[2] in _BESIDE[parts[0]]
    return len(parts) == 4 and parts[2] in codes and parts[3] in RELEASE_FILES

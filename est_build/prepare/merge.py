"""Joining what was prepared in parts: each part has the frame of the instance, and releases of its own.

A release belongs to one municipality, and its proof looks at no other. Municipalities can therefore be
prepared apart, on as many machines as there are. The parts hold only what is protected: no answers are moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from est_build.disk.lock import locked
from est_build.load.frame import RULES_FOLDER, Frame, load_frame
from est_build.prepare.guard import in_history
from est_build.prepare.publish import publish, recover, stage_releases
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_site as kinds
from est_build.problems import catalogue_steps as steps
from est_build.protect.files import RELEASE_FILES
from est_build.protect.release import read_releases, release_folder

FRAME = ("webbplats.yml", "skydd.yml", "kodlistor.yml", "kalender.csv", "omraden.geojson")
"""Files that a release depends on: they must be the same, to the byte."""
Contents = Mapping[str, Mapping[str, bytes]]
"""Folder of a release, from ``data`` -> name of a file -> its content."""


def merge_data(data: Path, parts: Sequence[Path]) -> list[Path]:
    """Put the releases of all parts into ``data``, all or none. Returns the folders that are new.

    Args:
        data: the folder to join into. What it has already stays.
        parts: ``data`` folders, each with the same frame files as ``data``.

    Raises :class:`ProblemsError`: everything that is wrong with a part; EST646 if its frame differs, or if a
    release is there with another content; EST526 if a release was public and then removed.
    """
    with locked(data):
        recover(data)
        frame = load_frame(data)
        new: dict[str, Mapping[str, bytes]] = {}
        problems: list[Problem] = []
        for part in parts:
            differs = _frame_faults(data, part)
            problems += differs
            if differs:
                continue
            for name, files in _releases(part).items():
                present = _files(data / name) if (data / name).exists() else new.get(name)
                if present is not None and present != files:
                    problems.append(_differs(f"{part.name}/{name}", "den finns redan med annat innehåll"))
                elif not (data / name).exists():
                    new[name] = files
        problems += _removed(frame, new)
        if problems:
            raise ProblemsError(problems)
        if not new:
            return []
        stage_releases(data, new)
        return publish(data, sorted(new))


def _frame_faults(data: Path, part: Path) -> list[Problem]:
    names = {*FRAME, *(f"{RULES_FOLDER}/{p.name}" for root in (data, part) for p in _earlier(root))}
    return [
        _differs(f"{part.name}/{name}", f"{name} är inte densamma")
        for name in sorted(names)
        if _content(data / name) != _content(part / name)
    ]


def _earlier(root: Path) -> Iterable[Path]:
    return (root / RULES_FOLDER).glob("*.yml")


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _releases(part: Path) -> Contents:
    """The releases of a part, read and checked as the build does. Raises :class:`ProblemsError`."""
    frame = load_frame(part, drawn=False)
    releases, problems = read_releases(frame)
    if problems:
        raise ProblemsError(problems)
    folders = (release_folder(part, release.span, release.municipality) for release in releases.values())
    return {folder.relative_to(part).as_posix(): _files(folder) for folder in folders}


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in RELEASE_FILES if (folder / name).is_file()}


def _removed(frame: Frame, new: Iterable[str]) -> list[Problem]:
    """What was public and then removed is not brought back by a part (R6). An example may be."""
    if frame.site.exempeldata:
        return []
    gone = (name for name in new if in_history(frame.root, frame.root / name))
    return [Problem(steps.RELEASE_GONE, Place(name)) for name in gone]


def _differs(name: str, why: str) -> Problem:
    return Problem(kinds.PART_DIFFERS, Place(name), {"why": why})

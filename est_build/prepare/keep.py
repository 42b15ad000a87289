"""Writing files of the coordinator's own into the private folder, all or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from est_build.disk.reason import refused
from est_build.disk.whole import write_all
from est_build.prepare.store import PRIVATE_FILE
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_desk as desk


def keep_files(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write all files (path from ``folder`` -> content), or none. Those with the same content stay.

    Raises :class:`ProblemsError`: EST611 for a file that is there with another content, unless
    ``overwrite``; EST520 if the disk refuses.
    """
    before = {name: _content(folder / name) for name in files}
    changed = [name for name in files if before[name] != files[name]]
    taken = [name for name in changed if before[name] is not None and not overwrite]
    if taken:
        raise ProblemsError(Problem(desk.ALREADY_THERE, Place(name), {"value": name}) for name in taken)
    try:
        write_all({folder / name: files[name] for name in changed}, mode=PRIVATE_FILE)
    except OSError as error:
        raise refused(folder.name, error) from error
    return tuple(folder / name for name in files)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(path.name, error) from error

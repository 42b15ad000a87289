"""Writing files of the coordinator's own into the private folder, all or none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from est_build.prepare.disk import refused
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
    done: list[str] = []
    try:
        for name in changed:
            fresh = _beside(folder / name)
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(files[name])
            fresh.chmod(PRIVATE_FILE)
        for name in changed:
            _beside(folder / name).replace(folder / name)
            done.append(name)
    except BaseException as error:
        _undo(folder, changed, {name: before[name] for name in done})
        if isinstance(error, OSError):
            raise refused(folder.name, error) from error
        raise
    return tuple(folder / name for name in files)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(path.name, error) from error


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.ny")


def _undo(folder: Path, changed: Sequence[str], done: Mapping[str, bytes | None]) -> None:
    """Leave what was there. A disk that refuses this too leaves files that can be written again."""
    with contextlib.suppress(OSError):
        for name in changed:
            _beside(folder / name).unlink(missing_ok=True)
        for name, content in done.items():
            if content is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(content)
        for made in {(folder / name).parent for name in changed} - {folder}:
            made.rmdir()  # only if it is empty: then it was made for this

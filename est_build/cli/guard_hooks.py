"""The guard's hooks on disk: written beside what is there, taken away without a trace. No git in here."""

from __future__ import annotations

from pathlib import Path

from est_build.protect.rawguard.finding import Said
from est_build.protect.rawguard.hooks import CHAINED, HOOKS, is_ours, script


class HookError(Exception):
    """The folder of hooks cannot be used; nothing was changed."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def write_hooks(folder: Path, *, shared: bool) -> list[str]:
    """Write every hook of the guard. A hook of somebody else is kept under a new name, and runs first.

    Returns the names of those that were there. Doing it again changes nothing. Raises :class:`HookError`.
    """
    others = [name for name in HOOKS if _exists(folder / name) and not _is_ours(folder / name)]
    for name in others:
        if _exists(folder / f"{name}{CHAINED}"):
            both = f"{name}, {name}{CHAINED}"
            raise HookError(
                Said(f"det finns redan två andra krokar ({both})", f"two other hooks exist ({both})")
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in others:
            (folder / name).rename(folder / f"{name}{CHAINED}")
        for name in HOOKS:
            fresh = folder / f"{name}.ny"
            fresh.write_bytes(script(name, shared=shared).encode("utf-8"))
            fresh.chmod(0o755)
            fresh.replace(folder / name)
    except OSError as error:
        from est_build.disk.reason import reason

        raise HookError(Said(f"{reason(error)} ({folder})", f"{error.strerror} ({folder})")) from None
    return others


def remove_hooks(folder: Path) -> None:
    """Take the guard's hooks away and put back those that were there before."""
    for name in HOOKS:
        path, before = folder / name, folder / f"{name}{CHAINED}"
        if not _is_ours(path):
            continue
        path.unlink()
        if _exists(before):
            before.rename(path)


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _is_ours(path: Path) -> bool:
    return path.is_file() and is_ours(path.read_text(encoding="utf-8", errors="replace"))

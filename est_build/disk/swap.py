"""A finished folder in the place of an older one, in one step where the system has it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are from where the process stands."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS."""


def swap(new: Path, target: Path, old: Path) -> None:
    """Put the folder ``new`` in the place of ``target``, on the same disk; what was there goes away.

    Where folders can be exchanged, ``target`` is whole at every moment. Elsewhere it is set aside as
    ``old`` for a moment: a kill just then is for :func:`recover`. Raises ``OSError``; then ``target`` is
    as it was.
    """
    if not target.exists():
        new.replace(target)
    elif exchanged(new, target):
        shutil.rmtree(new, ignore_errors=True)
    else:
        target.replace(old)
        try:
            new.replace(target)
        except OSError:
            old.replace(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def recover(new: Path, target: Path, old: Path) -> None:
    """Finish what a killed run left: its last good folder goes back, what it had half done goes away."""
    if new.exists():
        shutil.rmtree(new)
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.replace(target)


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places at once. False if the system or the disk cannot; then nothing is done."""
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    here, there = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(here, there, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, here, _HERE, there, _EXCHANGE) == 0)
    except (AttributeError, OSError):
        # A C library that is older than the call, or another one.
        return False

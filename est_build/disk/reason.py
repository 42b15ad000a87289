"""What the disk says when it refuses, in words that a coordinator can act on."""

from __future__ import annotations

import errno
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

_WORDS = {
    errno.ENOENT: "platsen finns inte",
    errno.EACCES: "du saknar rättigheter",
    errno.EPERM: "du saknar rättigheter",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EROFS: "platsen är skrivskyddad",
    errno.EISDIR: "det är en mapp, ingen fil",
    errno.ENOTDIR: "det är en fil, ingen mapp",
    errno.EEXIST: "där ligger redan något annat",
    errno.ENOTEMPTY: "där ligger redan något annat",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länken leder till sig själv",
    errno.EFBIG: "filen är större än vad som är tillåtet här",
    errno.EIO: "disken svarar inte som den ska",
    errno.ENXIO: "det är ingen vanlig fil",
    errno.EMFILE: "för många filer är öppna på en gång",
    errno.ENFILE: "för många filer är öppna på en gång",
    errno.ENOMEM: "datorns minne räcker inte",
    errno.EXDEV: "mapparna ligger på olika diskar",
    errno.EBUSY: "något annat program använder den",
    errno.ETIMEDOUT: "disken svarar inte",
    errno.ESTALE: "nätverksmappen har försvunnit",
}


def reason(error: OSError) -> str:
    """Why the disk refused, in a few Swedish words."""
    return _WORDS.get(error.errno or 0, "okänt fel")


def name_of(error: OSError, otherwise: str) -> str:
    """The name of the file that the disk refused; never the folders above it."""
    return Path(error.filename).name if isinstance(error.filename, str) else otherwise


def refused(name: str, error: OSError) -> ProblemsError:
    """EST520 for ``name``: nothing was changed."""
    return ProblemsError([Problem(kinds.DISK_FAILED, Place(name), {"why": reason(error)})])

"""The proofs to fetch: made-up realities and attestations as they stand in ``data/``, byte for byte.

A reality holds small and exact numbers, but none that was reported: it is made of the published figures
alone, and every row of it begins with the word ``påhittad``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from est_build.model.proof import Proof
from est_build.model.published import Published
from est_build.pages.datafiles import DataFile, FileSet
from est_build.pages.protection import attestation_file, worlds_file
from est_build.protect.files import ATTESTATION, CONFIRMED, WORLDS
from est_build.protect.inventory import FOLDERS
from est_build.schema.opendata import tables

_TEXT = (
    "Till varje granskning hör en fil med påhittade verkligheter och ett intyg. De visar att ingen kan räkna "
    "ut att något finns i en dold ruta.",
    "Antalen i filerna är påhittade. De är gjorda av det som redan är publicerat och säger inget om svaren. "
    "Använd dem aldrig som statistik.",
)


def proof_files(published: Published, data: Path) -> FileSet:
    """The files of the proofs that no wider one covers. ``data`` is where they are read."""
    names = {m.kod: m.namn for m in published.site.kommuner}
    found = tuple(
        file for proof in published.proofs for file in _files(proof, names[proof.municipality], data)
    )
    return FileSet("Bevis: påhittade verkligheter och intyg", _TEXT, tables.WORLDS, found)


def _files(proof: Proof, town: str, data: Path) -> Iterator[DataFile]:
    folder = data / proof.folder
    worlds = (folder / WORLDS).read_bytes()
    when = f"{town}, {proof.span.label}" + (f", {proof.year}" if proof.span.kind == "period" else "")
    rows = worlds.count(b"\n") - 1
    yield DataFile(worlds_file(proof), f"Påhittade verkligheter, {when}", worlds, rows)
    yield DataFile(attestation_file(proof), f"Intyg, {when}", (folder / ATTESTATION).read_bytes())


def confirmed_rows(published: Published, data: Path) -> Iterator[tuple[str, ...]]:
    """(release, municipality, box) of every confirmed box, in the order of the releases."""
    spans = (*published.periods, *published.quarters, *published.years)
    for span in spans:
        for municipality in published.site.kommuner:
            if (span.id, municipality.kod) not in published.figures:
                continue
            path = data / FOLDERS[span.kind] / span.id / municipality.kod / CONFIRMED
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
            for row in rows[1:]:
                yield (span.id, municipality.kod, *row)

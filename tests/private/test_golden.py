"""Known answers: the bytes of whole releases, as they were when a person last read them.

``cases/NAME/in`` is an instance's frame with the private folder beside it; ``cases/NAME/expected``
is what ``prepare`` must write. After a change that is meant, look at the difference and write the
new answers with ``EST_NYTT_FACIT=1``.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from est_build.prepare.run import prepare
from est_build.protect.files import sha256

from .instance import Instance, digest

CASES = Path(__file__).parent / "cases"
RELEASES = ("perioder", "kvartal", "ar")


def exports(folder: Path) -> list[Path]:
    """The exports of a case; the file is named after its fortnight."""
    return sorted((folder / "privat").glob("*-v*.csv"))


def run_case(folder: Path, work: Path) -> Instance:
    shutil.copytree(folder / "in", work)
    instance = Instance(work)
    for export in exports(work):
        prepare(instance.request(export.stem, export))
    return instance


def files(root: Path) -> dict[str, bytes]:
    found = (p for kind in RELEASES for p in sorted((root / kind).rglob("*")) if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.iterdir()))
def test_bytes_of_a_case(name: str, tmp_path: Path) -> None:
    instance = run_case(CASES / name, tmp_path / "prov")
    found = files(instance.data)
    expected = CASES / name / "expected"
    if os.environ.get("EST_NYTT_FACIT"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)
    assert found == files(expected)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    name = sorted(p.name for p in CASES.iterdir())[0]
    one, two = (run_case(CASES / name, tmp_path / folder / "prov") for folder in ("a", "b"))
    assert digest(one.data) == digest(two.data)


def test_expected_attestations_are_true() -> None:
    """The known answers agree with themselves: checksums, rows and shown cells."""
    attestations = sorted(CASES.rglob("expected/**/intyg.json"))
    assert attestations
    for path in attestations:
        text = json.loads(path.read_text(encoding="utf-8"))
        for name, wanted in text["filer"].items():
            assert sha256((path.parent / name).read_bytes()) == wanted
        rows = (path.parent / "rapporter.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert text["rader"] == len(rows)
        assert text["visade"] == sum(not row.endswith(",,") for row in rows)
        assert text["kommun"] == path.parent.name
        assert text["tid"] == path.parent.parent.name
        assert text["granskning"]["resultat"] == "godkand"

"""An audit in shares says what one audit says, to the byte; and a receipt holds for its own files only."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from est_build.cli.main import main
from tests.public.instances import attest, edit, slim, write

TOWNS = ("1264", "1265", "1270", "1286", "1291")
SHARES = (TOWNS[:2], TOWNS[2:3], TOWNS[3:])


@pytest.fixture(scope="module")
def kept(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the slim example; nobody may change it."""
    return slim(repo_root, tmp_path_factory.mktemp("delad") / "instans")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def share(root: Path, towns: tuple[str, ...], out: Path, *more: str) -> Result:
    codes = [word for code in towns for word in ("--kommun", code)]
    return run("audit", "--root", root, *codes, "--kvitto", out, *more)


def receipts(root: Path, out: Path) -> list[Path]:
    paths = [out / f"kvitto-{number}.json" for number in range(len(SHARES))]
    for towns, path in zip(SHARES, paths, strict=True):
        assert share(root, towns, path).exit_code in (0, 1)
    return paths


def both(root: Path, paths: list[Path], *more: str) -> tuple[Result, Result]:
    whole = run("audit", "--root", root, "--utan-historik", *more)
    joined = run("foga", "granskning", *paths, "--root", root, "--utan-historik", *more)
    return whole, joined


def test_shares_say_what_one_audit_says(kept: Path, tmp_path: Path) -> None:
    paths = receipts(kept, tmp_path)
    whole, joined = both(kept, paths[::-1])
    assert whole.exit_code == joined.exit_code == 0, joined.output
    assert (whole.stdout, whole.stderr) == (joined.stdout, joined.stderr)
    assert "Godkänt" in joined.stdout
    # The same files give the same receipt.
    before = paths[0].read_bytes()
    share(kept, SHARES[0], paths[0])
    assert paths[0].read_bytes() == before


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_shares_find_what_one_audit_finds(kept: Path, tmp_path: Path, form: str) -> None:
    """Proofs of two shares that do not hold, a file that is not read in a third, and one that is unknown."""
    root = Path(shutil.copytree(kept, tmp_path / "instans"))
    for code in ("1264", "1286"):
        folder = root / f"data/perioder/2026-v45-46/{code}"
        rows = (folder / "verkligheter.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        write(folder / "verkligheter.csv", "".join(rows[:1]))
        attest(folder)
    edit(root / "data/perioder/2026-v43-44/1270/deltagande.csv", "alla", "alle")
    write(root / "data/okand.txt", "x")
    whole, joined = both(root, receipts(root, tmp_path), "--format", form)
    assert whole.exit_code == joined.exit_code == 1
    assert (whole.stdout, whole.stderr) == (joined.stdout, joined.stderr)
    for code in ("EST316", "EST404"):
        assert code in whole.output
    assert whole.output.count("verkligheter.csv") >= 2


def test_a_share_tells_its_own_faults(kept: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(kept, tmp_path / "instans"))
    folder = root / "data/perioder/2026-v45-46/1286"
    write(folder / "verkligheter.csv", "verklighet,tid,omrade,kategori,miljo,dygnsdel,antal\n")
    attest(folder)
    done = share(root, ("1286",), tmp_path / "k.json")
    assert done.exit_code == 1
    assert (tmp_path / "k.json").exists()
    assert share(root, ("1264",), tmp_path / "k.json").exit_code == 0


def told(done: Result) -> set[str]:
    return {row["code"] for row in json.loads(done.stdout)}


def test_receipts_that_do_not_cover_are_refused(kept: Path, tmp_path: Path) -> None:
    paths = receipts(kept, tmp_path)
    more = ("--root", kept, "--utan-historik", "--format", "json")
    assert told(run("foga", "granskning", *paths[1:], *more)) == {"EST647"}
    assert told(run("foga", "granskning", *paths, paths[0], *more)) == {"EST647"}
    text = paths[0].read_text(encoding="utf-8")
    paths[0].write_text(text.replace('"1264"', '"9999"'), encoding="utf-8")
    assert told(run("foga", "granskning", *paths, *more)) == {"EST646", "EST647"}
    paths[0].write_text("{}", encoding="utf-8")
    assert run("foga", "granskning", *paths, *more).exit_code == 1
    paths[0].write_text("[" * 100_000, encoding="utf-8")
    assert run("foga", "granskning", *paths, *more).exit_code == 1


@pytest.mark.parametrize("name", ["skydd.yml", "ar/2025/1264/rapporter.csv"])
def test_a_receipt_of_other_files_is_refused(kept: Path, tmp_path: Path, name: str) -> None:
    paths = receipts(kept, tmp_path)
    root = Path(shutil.copytree(kept, tmp_path / "instans"))
    path = root / "data" / name
    write(path, path.read_text(encoding="utf-8") + ("# mer\n" if name == "skydd.yml" else ""))
    if name != "skydd.yml":
        folder = path.parent
        edit(folder / "deltagande.csv", "\n1264,alla,", "\n1264,alla,1")
        attest(folder)
    done = run("foga", "granskning", *paths, "--root", root, "--utan-historik", "--format", "json")
    assert "EST646" in told(done)


def test_wrong_use(kept: Path, tmp_path: Path) -> None:
    assert run("audit", "--root", kept, "--kommun", "1286").exit_code == 2
    assert run("audit", "--root", kept, "--kvitto", tmp_path / "k.json").exit_code == 2
    done = share(kept, ("1287",), tmp_path / "k.json", "--format", "json")
    assert done.exit_code == 1
    assert told(done) == {"EST303"}
    assert not (tmp_path / "k.json").exists()

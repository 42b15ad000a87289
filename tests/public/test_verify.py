"""``est-build verify``: what differs is told, and nobody is led anywhere by a list."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.cli.main import main
from est_build.problems import ProblemsError
from est_build.publish import manifest
from est_build.publish.manifest import MANIFEST, read_manifest, write_manifest
from tests.public.conftest import BuiltSite

DIGEST = hashlib.sha256(b"x").hexdigest()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small folder with a list."""
    folder = tmp_path / "site"
    for name in ("index.html", "karta/index.html", "data/rapporter.csv", ".htaccess", "en sida/å.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"innehåll i {name}", encoding="utf-8")
    write_manifest(folder)
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def told(done: Result) -> list[str]:
    """``EST643 karta/index.html`` of everything that was told."""
    lines = [line.split(maxsplit=2)[1:] for line in done.stderr.splitlines() if line.startswith("FEL ")]
    return [" ".join(words) for words in lines]


# ---- what is right -------------------------------------------------------------------------------


def test_the_built_site_is_what_its_list_says(built: BuiltSite) -> None:
    done = run(built.site)
    assert done.exit_code == 0, done.output
    rows, digest = read_manifest(built.site / MANIFEST)
    files = {p.relative_to(built.site).as_posix() for p in built.site.rglob("*") if p.is_file()}
    assert set(rows) == files - {MANIFEST}
    assert f"{len(rows)} filer" in done.stdout
    assert digest in done.stdout
    assert {"index.html", "sitemap.xml", ".htaccess", ".well-known/security.txt", "assets/sok.json"} <= set(
        rows
    )


def test_the_tool_that_everybody_has_reads_the_list(site: Path) -> None:
    tool = shutil.which("sha256sum")
    assert tool, "sha256sum hör till varje Linux"
    command = [tool, "--check", "--strict", "--quiet", MANIFEST]
    assert subprocess.run(command, cwd=site, capture_output=True, check=False).returncode == 0
    (site / "index.html").write_text("annat", encoding="utf-8")
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "index.html" in done.stdout


def test_the_list_is_in_the_order_of_bytes_and_names_itself_not(site: Path) -> None:
    names = [line[66:] for line in (site / MANIFEST).read_text(encoding="utf-8").splitlines()]
    assert names == sorted(names, key=str.encode)
    assert MANIFEST not in names
    before = (site / MANIFEST).read_bytes()
    write_manifest(site)
    assert (site / MANIFEST).read_bytes() == before


# ---- what differs --------------------------------------------------------------------------------


def test_changed_missing_and_added_are_told_apart(site: Path) -> None:
    (site / "index.html").write_text("annat", encoding="utf-8")
    (site / "karta/index.html").unlink()
    (site / "ny.txt").write_text("ny", encoding="utf-8")
    done = run(site)
    assert done.exit_code == 1
    assert told(done) == ["EST643 index.html", "EST644 karta/index.html", "EST645 ny.txt"]
    assert told(run(site, "--utan-saknade")) == ["EST643 index.html", "EST645 ny.txt"]
    assert '"EST644"' in run(site, "--format", "json").stdout


def test_one_bit_is_enough(site: Path) -> None:
    raw = bytearray((site / "data/rapporter.csv").read_bytes())
    raw[3] ^= 1
    (site / "data/rapporter.csv").write_bytes(raw)
    assert told(run(site)) == ["EST643 data/rapporter.csv"]


def test_a_part_of_the_site_is_told_as_a_part(site: Path) -> None:
    (site / "karta/index.html").unlink()
    done = run(site, "--utan-saknade")
    assert done.exit_code == 0
    assert "4 av 5 filer" in done.stdout
    assert "4 of 5 files" in run(site, "--utan-saknade", "--lang", "en").stdout


def test_another_list_may_be_compared_with(site: Path, tmp_path: Path) -> None:
    """Whoever changes the site and its list is found out by the list of somebody who built it."""
    own = tmp_path / "egen.txt"
    shutil.copy(site / MANIFEST, own)
    (site / "index.html").write_text("annat", encoding="utf-8")
    write_manifest(site)
    assert run(site).exit_code == 0
    assert told(run(site, "--lista", own)) == ["EST643 index.html"]


def test_wrong_use(site: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "finns-inte").exit_code == 2
    (site / MANIFEST).unlink()
    done = run(site)
    assert done.exit_code == 1
    assert told(done) == [f"EST641 {MANIFEST}"]
    assert told(run(site, "--lista", tmp_path / "inte.txt")) == ["EST641 inte.txt"]


# ---- those who mean harm -------------------------------------------------------------------------

HOSTILE = {
    "out of the folder": (f"{DIGEST}  ../../etc/passwd\n", "leder ut"),
    "out by a detour": (f"{DIGEST}  karta/../../x\n", "leder ut"),
    "from the root": (f"{DIGEST}  /etc/passwd\n", "inte är tillåtna"),
    "a home": (f"{DIGEST}  ~/x\n", "inte är tillåtna"),
    "a drive": (f"{DIGEST}  C:/x\n", "inte är tillåtna"),
    "a back slash": (f"{DIGEST}  a\\b\n", "inte är tillåtna"),
    "a control character": (f"{DIGEST}  a\x1b[31mb\n", "inte är tillåtna"),
    "text turned around": (f"{DIGEST}  a\u202eb\n", "inte är tillåtna"),
    "twice": (f"{DIGEST}  a\n{DIGEST}  a\n", "två gånger"),
    "nothing between": (f"{DIGEST}  a//b\n", "inte rätt skrivet"),
    "a dot": (f"{DIGEST}  ./a\n", "inte rätt skrivet"),
    "a long name": (f"{DIGEST}  {'a' * 1001}\n", "för långt"),
    "no digest": ("abc  index.html\n", "inte en sha256"),
    "another digest": (f"{'a' * 128}  index.html\n", "inte en sha256"),
    "no end": (f"{DIGEST}  index.html", "avklippt"),
    "nothing": ("", "avklippt"),
    "an empty row": (f"\n{DIGEST}  index.html\n", "inte en sha256"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_is_refused(site: Path, name: str) -> None:
    text, why = HOSTILE[name]
    (site / MANIFEST).write_bytes(text.encode("utf-8"))
    done = run(site)
    assert done.exit_code == 1
    assert told(done) == [f"EST642 {MANIFEST}"]
    assert why in done.stderr
    assert "\x1b" not in done.output


def test_a_list_that_is_no_text_or_too_long_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / MANIFEST).write_bytes(b"\xff\xfe\n")
    assert "inte text" in run(site).stderr
    write_manifest(site)
    monkeypatch.setattr(manifest, "MOST_BYTES", 100)
    assert "för stor" in run(site).stderr


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=80).map(lambda t: f"{DIGEST}  {t}\n".encode())))
def test_no_list_gives_anything_but_an_answer(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "lista.txt"
    path.write_bytes(raw)
    try:
        rows, _ = read_manifest(path)
    except ProblemsError:
        return
    for name in rows:
        assert (tmp_path / name).resolve().is_relative_to(tmp_path)


def test_links_are_never_followed(site: Path, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt"
    secret.mkdir()
    (secret / "index.html").write_text("innehåll i karta/index.html", encoding="utf-8")
    shutil.rmtree(site / "karta")
    (site / "karta").symlink_to(secret, target_is_directory=True)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(secret / "index.html")
    (site / "runt").symlink_to(site, target_is_directory=True)
    assert told(run(site)) == [
        "EST643 index.html",
        "EST644 karta/index.html",
        "EST645 karta",
        "EST645 runt",
    ]


def test_what_is_no_file_stops_nobody(site: Path) -> None:
    (site / "index.html").unlink()
    os.mkfifo(site / "index.html")
    assert told(run(site)) == ["EST643 index.html"]
    (site / MANIFEST).unlink()
    os.mkfifo(site / MANIFEST)
    assert told(run(site)) == [f"EST641 {MANIFEST}"]


def test_a_site_with_a_name_that_no_list_can_hold_is_not_built(site: Path) -> None:
    (site / "a\nb").write_text("x", encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        write_manifest(site)
    assert [p.code for p in error.value.problems] == ["EST604"]

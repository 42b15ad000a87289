"""What the program is made of: all of it locked by hash, named in the bill, and under a licence that fits."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT, load_script

sbom = load_script("sbom")


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    """Return the bill of materials."""
    found: dict[str, Any] = json.loads(sbom.bill())
    return found


def lock() -> dict[str, Any]:
    return tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))


def installed() -> set[str]:
    """Names of all in the lock that somebody gets without asking for the group ``geo``."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for package in lock()["package"]:
        by_name.setdefault(package["name"], []).append(package)
    own = by_name.pop("est-build")[0]
    groups = own["dev-dependencies"]
    left = [d["name"] for d in [*own["dependencies"], *groups["dev"], *groups["setup"]]]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            for needed in (d for package in by_name[name] for d in package.get("dependencies", ())):
                left.append(needed["name"])
                more = [p.get("optional-dependencies", {}) for p in by_name[needed["name"]]]
                left += [d["name"] for some in more for e in needed.get("extra", ()) for d in some.get(e, ())]
    return found


# ---- the bill ------------------------------------------------------------------------------------


def test_the_bill_follows_its_schema() -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_5)
    text = sbom.bill().decode("utf-8")
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"required"', '"behövs"')) is not None


def test_the_same_lock_gives_the_same_bill() -> None:
    assert sbom.bill() == sbom.bill()
    assert b"timestamp" not in sbom.bill()


def test_the_bill_names_everything(bill: dict[str, Any]) -> None:
    named = {part["name"]: part for part in bill["components"]}
    vendored = {one.name for one in sbom.VENDORED}
    assert set(named) == installed() | vendored
    assert all(part["licenses"] for part in bill["components"])
    needed = {name for name, part in named.items() if part["scope"] == "required"} - vendored
    assert {"mkdocs-material", "highspy", "markupsafe"} <= needed
    assert not {"pytest", "ruff", "uv", "hatchling"} & needed
    known = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    refs = {ref for row in bill["dependencies"] for ref in (row["ref"], *row.get("dependsOn", ()))}
    assert refs <= known
    for part in bill["components"]:
        if part["name"] not in vendored:
            assert all(file["hashes"] for file in part["externalReferences"]), part["name"]


def test_files_of_others_are_in_the_bill() -> None:
    """Whatever bears somebody else's mark, or lies beside a licence."""
    ours = {name for one in sbom.VENDORED for name in sbom.files_of(one)}
    assert "est_build/theme/assets/leaflet/leaflet.js" in ours
    foreign = set()
    for path in (ROOT / "est_build").rglob("*"):
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        name = path.relative_to(ROOT).as_posix()
        head = path.read_bytes()[:2000].lower()
        if path.stem.upper() in ("LICENSE", "LICENCE", "COPYING", "NOTICE"):
            foreign |= {p.relative_to(ROOT).as_posix() for p in path.parent.rglob("*") if p.is_file()}
        if b"(c) 2" in head or b"copyright (" in head or "©".encode() in head or b"@license" in head:
            foreign.add(name)
    assert foreign - ours == set()


# ---- licences ------------------------------------------------------------------------------------


def test_licences_are_listed_and_fit(bill: dict[str, Any]) -> None:
    assert sbom.LICENCES.read_text(encoding="utf-8") == sbom.licences(), (
        "kör .venv/bin/python scripts/sbom.py --licences och läs vad som ändrades"
    )
    for part in bill["components"]:
        free = sbom.USED | {"CC-BY-4.0"} if part["scope"] == "required" else sbom.TOOLS
        expression = part["licenses"][0]["expression"]
        assert sbom.allowed(expression, free), f"{part['name']}: {expression}"


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("MIT OR AGPL-3.0-only", True),
        ("MIT AND AGPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("LGPL-3.0-only", False),
        ("(MIT OR GPL-2.0-only) AND Apache-2.0", True),
    ],
)
def test_what_fits(expression: str, fits: bool) -> None:
    assert sbom.allowed(expression, sbom.USED) is fits


def test_a_package_that_does_not_say_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sbom.STATED, "jinja2")
    with pytest.raises(sbom.UnknownLicenceError, match="jinja2"):
        sbom.bill()
    with pytest.raises(sbom.UnknownLicenceError, match="inte installerat"):
        sbom.licence_of("finns-inte-alls")


def test_nothing_is_stated_that_the_package_says_itself() -> None:
    for name in sbom.STATED:
        assert not importlib.metadata.metadata(name).get("License-Expression"), name
        assert sbom.spdx().validate(sbom.STATED[name]).errors == []
    assert set(sbom.STATED) <= installed()


# ---- how it is installed -------------------------------------------------------------------------


def test_what_builds_the_package_is_locked_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["no-build-isolation-package"] == ["est-build"]
    assert "setup" in project["tool"]["uv"]["default-groups"]
    assert set(project["build-system"]["requires"]) <= set(project["dependency-groups"]["setup"])


FAKE = """#!/bin/sh
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && chmod +x "$3/bin/python" ;;
"-m pip") printf '%s\\n' "$@" >> pip.txt; exit 1 ;;
*) exec {python} "$@" ;;
esac
"""


def test_setup_fetches_nothing_without_a_hash(tmp_path: Path) -> None:
    """Up to where it would fetch: the interpreter that it is given writes down what pip is asked for."""
    (tmp_path / "scripts").mkdir()
    for name in ("scripts/setup.sh", "pyproject.toml", "uv.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    python = tmp_path / "python3"
    python.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "hashes" in done.stderr
    asked = (tmp_path / "pip.txt").read_text(encoding="utf-8").split()
    assert asked[:3] == ["-m", "pip", "install"]
    assert "--require-hashes" in asked
    assert asked[-2:] == ["-r", ".venv/uv.txt"]
    (uv,) = (package for package in lock()["package"] if package["name"] == "uv")
    wanted = f"uv=={uv['version']} " + " ".join(f"--hash={wheel['hash']}" for wheel in uv["wheels"])
    assert (tmp_path / ".venv/uv.txt").read_text(encoding="utf-8").strip() == wanted
    text = (ROOT / "scripts/setup.sh").read_text(encoding="utf-8")
    assert '"$venv/bin/uv" sync --quiet --locked' in text

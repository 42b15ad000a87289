"""The repository itself: what stands beside the code holds what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_HOSTS = {"https://pypi.org/", "https://files.pythonhosted.org/"}

# What setup and CI are made of. Here an address of a package index has no business.
SETUP_FILES = ("pyproject.toml", "uv.lock", "Makefile", ".ci/", ".github/", "scripts/")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def our_files() -> list[str]:
    """Names of the files in git, and of those that would be added."""
    done = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if not (ROOT / ".git").exists():
        pytest.skip("ingen git-katalog (ett uppackat arkiv): reglerna gäller filerna i git")
    assert done.returncode == 0, done.stderr
    return sorted(name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())


def our_texts() -> dict[str, str]:
    texts = {}
    for name in our_files():
        try:
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


# ---- layout ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
        "uv.lock",
        "mkdocs.yml",
        ".ci/run",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        "content",
        "data",
        "est_build",
        "scripts",
        "tests",
    ],
)
def test_top_level(name: str) -> None:
    assert (ROOT / name).exists()


def test_programs_can_be_run() -> None:
    for name in (".ci/run", "scripts/setup.sh"):
        assert os.access(ROOT / name, os.X_OK), name


def test_no_code_file_is_over_400_lines() -> None:
    for name, text in our_texts().items():
        if name.endswith(".py") and name.startswith(("est_build/", "scripts/")):
            assert len(text.splitlines()) <= 400, name


def test_the_code_of_the_site_package_is_not_ignored() -> None:
    """``/site/`` is what the build makes; ``est_build/site/`` is code."""
    checked = run("git", "check-ignore", "-q", "--no-index", "est_build/site/engine.py")
    assert checked.returncode == 1


# ---- nothing of one machine --------------------------------------------------------------------


def test_no_path_of_a_machine() -> None:
    folders = "|".join(("work", "root", "tmp", "home/[a-z]"))
    path = re.compile(rf"(?<![\w.~/)}}-])/(?:{folders})/")
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in our_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if path.search(line)
    ]
    assert found == []


def test_no_address_of_a_package_index() -> None:
    index = re.compile(
        r"(?:--?(?:extra-)?index-url|--default-index|--find-links|(?:UV|PIP)_\w*(?:INDEX|LINKS)\w*)\b"
        r"|\[\[tool\.uv\.index\]\]|file:///|https?://(?:localhost|127\.|10\.|192\.168\.)"
    )
    for name, text in our_texts().items():
        if name.startswith(SETUP_FILES):
            assert not index.search(text), name


# ---- packages ----------------------------------------------------------------------------------


def test_lock_has_a_hash_for_every_file_and_no_foreign_address() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    addresses = set()
    for package in lock["package"]:
        if package["source"] == {"editable": "."}:
            continue
        addresses.add(package["source"]["registry"])
        files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        assert files, package["name"]
        for file in files:
            assert file["hash"].startswith("sha256:"), file
            addresses.add(file["url"])
    hosts = {re.match(r"[a-z]+://[^/]*/", a + "/").group() for a in addresses}  # type: ignore[union-attr]
    assert hosts == PUBLIC_HOSTS


def test_dependencies_are_bounded_on_both_sides() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    for wanted in [*project["project"]["dependencies"], *(item for g in groups for item in g)]:
        assert re.fullmatch(r"[a-z0-9-]+>=[\d.]+,<[\d.]+( ; .+)?", wanted), wanted


def test_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = (ROOT / "est_build" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{project["version"]}"' in code
    assert f"[{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project["scripts"] == {"est-build": "est_build.cli.main:main"}


# ---- git ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "eol"),
    [
        ("data/kalender.csv", "set", "lf"),
        ("data/skydd.yml", "set", "lf"),
        ("data/omraden.geojson", "set", "lf"),
        ("data/perioder/2026-v45-46/1286/intyg.json", "set", "lf"),
        ("content/metod.md", "set", "lf"),
        ("scripts/setup.sh", "set", "lf"),
        ("est_build/theme/assets/bild.png", "unset", None),
        ("docs/karta.jpg", "unset", None),
    ],
)
def test_line_ends(name: str, text: str, eol: str | None) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("ingen git-katalog")
    out = run("git", "check-attr", "text", "eol", "--", name).stdout.splitlines()
    values = dict(line.rsplit(": ", 2)[1:] for line in out)
    assert values["text"] == text
    if eol:
        assert values["eol"] == eol


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("enkatexport-v45.csv", True),
        ("data/enkätexport.csv", True),
        ("data/perioder/2026-v45-46/svar.csv", True),
        ("svar_november.csv", True),
        ("Svar.xlsx", True),
        ("est.sqlite3", True),
        ("site/index.html", True),
        ("build/docs/index.md", True),
        ("data/perioder/2026-v45-46/1286/rapporter.csv", False),
        ("data/perioder/2026-v45-46/1286/deltagande.csv", False),
        ("est_build/site/stage.py", False),
        ("est_build/theme/base.html", False),
        ("tests/prepare/svar.csv", False),
        (".github/workflows/kontroll.yml", False),
    ],
)
def test_first_net_under_survey_answers(name: str, ignored: bool) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("ingen git-katalog")
    done = run("git", "check-ignore", "-q", "--no-index", name)
    assert done.returncode == (0 if ignored else 1)


# ---- commands ----------------------------------------------------------------------------------


def test_make_has_the_targets_that_the_documents_name() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    wanted = {"site", "serve", "test", "test-national", "lint", "demo", "bench", "clean", "format"}
    assert wanted <= targets
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets, name


def test_setup_scripts_are_sound() -> None:
    assert run("sh", "-n", "scripts/setup.sh").returncode == 0
    assert run("bash", "-n", ".ci/run").returncode == 0


def test_setup_does_nothing_when_all_is_in_place() -> None:
    stamp = ROOT / ".venv" / "est-build-test"
    if not stamp.exists() or Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        pytest.skip("miljön är inte gjord av make test")
    before = stamp.stat().st_mtime_ns
    done = run("sh", "scripts/setup.sh", "test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stamp.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("3.9.2", "Här finns Python 3.9.2"), (None, "/ingen/python finns inte")],
    ids=["old", "none"],
)
def test_setup_says_in_swedish_that_python_is_too_old(
    tmp_path: Path, answer: str | None, expected: str
) -> None:
    copy = tmp_path / "en kopia"
    (copy / "scripts").mkdir(parents=True)
    for name in ("scripts/setup.sh", "pyproject.toml", "uv.lock"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    python = Path("/ingen/python")
    if answer:
        python = tmp_path / "python3"
        python.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {answer}" || exit 1\n',
            encoding="utf-8",
        )
        python.chmod(0o755)
    done = subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "est-build behöver Python 3.11 eller nyare" in done.stderr
    assert expected in done.stderr
    assert not (copy / ".venv").exists()


def test_no_merge_was_left_half_done() -> None:
    """Marks of a conflict in any of our texts."""
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    left = [name for name, text in our_texts().items() if any(f"\n{mark}" in f"\n{text}" for mark in marks)]
    assert left == []

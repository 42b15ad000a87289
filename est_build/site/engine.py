"""Running the engine (mkdocs-material) on the staging tree, and putting the new site in place."""

from __future__ import annotations

import calendar
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from est_build.disk.reason import refused
from est_build.model.published import Published
from est_build.pages import addresses
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as base
from est_build.problems import catalogue_steps as kinds
from est_build.schema.site import Contact

ENGINE_ONLY = ("assets/javascripts", "assets/stylesheets", "assets/images", "css", "sitemap.xml.gz")
"""What the theme leaves in a site although no page asks for it (``css`` holds the parts of our sheet)."""
_MISSING = (
    ("No module named mkdocs", "mkdocs"),
    ("Unrecognised theme name: 'material'", "mkdocs-material"),
)
"""What is said when a tool is missing, and the tool."""
_NOT_FOUND = re.compile(r"^ModuleNotFoundError: No module named '([^']+)'")
_REFUSED = re.compile(r"^\w*Error: \[Errno (\d+)\]")
MARK = ".est-build"
"""File that says: this folder is a built site and may be replaced."""


def write_config(root: Path, build: Path, published: Published) -> Path:
    """``build/mkdocs.yml``: the instance's own mkdocs.yml with what its data says filled in.

    Raises :class:`ProblemsError` (EST101) if the instance has no mkdocs.yml.
    """
    own = root / "mkdocs.yml"
    if not own.exists():
        raise ProblemsError([Problem(base.FILE_MISSING, Place("mkdocs.yml"))])
    site = published.site
    config: dict[str, Any] = {
        "INHERIT": os.path.relpath(own, build),
        "site_name": site.namn,
        "site_url": site.bas_url,
        "site_description": site.beskrivning,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {"name": "material", "custom_dir": str(files("est_build") / "theme")},
        "markdown_extensions": [
            "attr_list",
            "tables",
            "toc",
            {"est_build.site.fragments": {"root": str((build / "fragments").resolve())}},
        ],
        "extra": {
            "exempeldata": site.exempeldata,
            "floden": [{"text": "Allt nytt", "href": addresses.path(addresses.feed("allt"))}],
            "rot": root_of(site.bas_url),
            "kortnamn": site.kortnamn,
            "felanmalan": [{"text": m.namn, "href": m.felanmalan} for m in site.kommuner if m.felanmalan],
            "kontakt": _contact(site.kontakt),
            "krediter": [
                f"{site.utgivare} ger ut sidan. Sidan har inga kakor och hämtar inget från andra.",
                *(f"{c.vad}: {c.kalla}, {c.licens}." for c in site.kallor),
                f"Data: {'CC0' if site.licens_data == 'CC0-1.0' else 'CC BY 4.0'}.",
            ],
        },
    }
    path = build / "mkdocs.yml"
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def root_of(address: str) -> str:
    """Path of the site's root on its host: ``/``, or ``/a/`` for ``https://x.example/a/``."""
    return urlsplit(address).path or "/"


def _contact(contact: Contact) -> dict[str, str]:
    return {
        "text": f"Frågor? Skriv till {contact.funktion}:",
        "href": f"mailto:{contact.epost}",
        "lank": contact.epost,
    }


def run_engine(config: Path, target: Path, published: Published) -> None:
    """Render the staging tree into ``target``.

    Raises :class:`ProblemsError` (EST601) with the engine's own words if it fails, EST602 if it is missing.
    """
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(calendar.timegm(published.date.timetuple())),
        "PYTHONHASHSEED": "0",
        # Whatever the machine's locale: the files are UTF-8, and so is what the engine says.
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
    command += ["--config-file", str(config), "--site-dir", str(target.resolve())]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise ProblemsError([_engine_problem(done.stderr or done.stdout, done.returncode)])
    for name in ENGINE_ONLY:
        path = target / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (target / MARK).write_text("En sajt byggd av est-build. Mappen får ersättas.\n", encoding="utf-8")


def _engine_problem(said: str, code: int) -> Problem:
    """What is missing, what the disk refused, what the engine calls an error; else its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    if missing := next((tool for words, tool in _MISSING if any(words in line for line in lines)), None):
        return Problem(kinds.TOOL_MISSING, Place("mkdocs.yml"), {"value": missing})
    if found := _NOT_FOUND.search(last):
        return Problem(kinds.TOOL_MISSING, Place("mkdocs.yml"), {"value": found[1].partition(".")[0]})
    if found := _REFUSED.search(last):
        return refused("build", OSError(int(found[1]), "")).problems[0]
    if last.startswith("MemoryError") or code == -9:
        # The system stops what takes more memory than there is, with this signal.
        return Problem(kinds.MEMORY_FULL, Place("mkdocs.yml"))
    errors = [line.removeprefix("ERROR").lstrip(" -") for line in lines if line.startswith("ERROR")]
    why = (errors or lines[-1:] or [f"motorn avslutade med kod {code}"])[0].rstrip(".")
    return Problem(kinds.ENGINE_FAILED, Place("mkdocs.yml"), {"why": why})

"""What the program is made of: a software bill of materials (CycloneDX 1.5), and a list of licences.

    python scripts/sbom.py build/sbom.cdx.json     writes the bill
    python scripts/sbom.py --licences              writes docs/beroenden.md

Packages, versions, hashes and who needs whom come out of uv.lock (by ``uv export``); licences out of what
each package says of itself; vendored files from ``VENDORED``. The same lock gives the same bytes: the bill
bears no time, and its serial number is made of its content.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from license_expression import get_spdx_licensing

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ROOT / "docs" / "beroenden.md"
_RUNTIME = ("--no-default-groups",)
_TOOLS = ("--group", "dev", "--group", "setup")

STATED = {
    "axe-playwright-python": "MIT",
    "check-jsonschema": "Apache-2.0",
    "chunspell": "MIT AND (MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later)",
    "colorama": "BSD-3-Clause",
    "csvw": "Apache-2.0",
    "deepmerge": "MIT",
    "defusedxml": "PSF-2.0",
    "editables": "MIT",
    "ghp-import": "Apache-2.0",
    "html5rdf": "MIT",
    "isodate": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "mergedeep": "MIT",
    "owlrl": "W3C-20150513",
    "pathspec": "MPL-2.0",
    "petl": "MIT",
    "pyogrio": "MIT",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyshacl": "Apache-2.0",
    "pyxform": "BSD-2-Clause",
    "rfc3986": "Apache-2.0",
    "shellingham": "ISC",
    "sortedcontainers": "Apache-2.0",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "trove-classifiers": "Apache-2.0",
    "uritemplate": "BSD-3-Clause OR Apache-2.0",
    "warcio": "Apache-2.0",
    "wcwidth": "MIT",
    "xlrd": "BSD-3-Clause",
}
"""For packages whose own words are no SPDX expression. Read in the licence file of each."""

_FREE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "PSF-2.0"}
USED = frozenset({*_FREE, "Unlicense", "Zlib", "MPL-1.1", "MPL-2.0"})
"""What a program under MIT may need without asking more of those who spread it."""
_SHARED = {"Artistic-1.0-Perl", "EUPL-1.2", "LGPL-2.1-or-later", "LGPL-3.0-only", "W3C-20150513"}
TOOLS = frozenset({*USED, *_SHARED})
"""What a tool may have that we run but do not spread."""


class Vendored(NamedTuple):
    """Files of others that stand in the package itself."""

    name: str
    version: str
    licence: str
    purl: str
    paths: tuple[str, ...]
    what: str


VENDORED = (
    Vendored(
        "leaflet",
        "1.9.4",
        "BSD-2-Clause",
        "pkg:npm/leaflet@1.9.4",
        ("est_build/theme/assets/leaflet",),
        "kartan i webbläsaren",
    ),
    Vendored(
        "scb-kommungranser",
        "",
        "CC-BY-4.0",
        "pkg:generic/scb-kommungranser",
        ("est_build/demo/geo/kommuner.geojson", "est_build/demo/geo/omgivning.geojson"),
        "exemplets gränser (SCB)",
    ),
    Vendored(
        "geonames",
        "",
        "CC-BY-4.0",
        "pkg:generic/geonames",
        ("est_build/demo/geo/orter.csv",),
        "exemplets orter (GeoNames)",
    ),
)


class UnknownLicenceError(Exception):
    """A package says nothing that can be understood of its licence."""


@cache
def spdx() -> Any:
    """What knows the licences of SPDX."""
    return get_spdx_licensing()


def licence_of(name: str) -> str:
    """The licence of an installed package as an SPDX expression.

    Raises :class:`UnknownLicenceError` if it does not say, and ``STATED`` does not either.
    """
    if name in STATED:
        return STATED[name]
    try:
        told: Mapping[str, object] = importlib.metadata.metadata(name).json
    except importlib.metadata.PackageNotFoundError:
        raise UnknownLicenceError(f"{name} är inte installerat: kör make setup-test") from None
    found = str(told.get("license_expression") or told.get("license") or "")
    if not found or spdx().validate(found).errors:
        raise UnknownLicenceError(f"{name} säger {found[:40]!r}: läs dess licens och skriv den i STATED")
    return found


def allowed(expression: str, free: frozenset[str]) -> bool:
    """True if what an expression asks for is among ``free``: one side of OR, both sides of AND."""
    tree = spdx().parse(expression, validate=True, strict=True)
    return _holds(tree, lambda licence: licence in free)


def _holds(tree: Any, free: Callable[[str], bool]) -> bool:
    parts = [_holds(part, free) for part in getattr(tree, "args", ())]
    if not parts:
        return free(str(tree))
    return any(parts) if type(tree).__name__ == "OR" else all(parts)


def exported(*groups: str) -> dict[str, Any]:
    """What ``uv export`` says of the lock, without the network."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "export", "--quiet", "--locked", "--offline", "--format", "cyclonedx1.5", *groups]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def packages() -> tuple[dict[str, Any], frozenset[str]]:
    """The lock as a bill, and the names of what the program itself needs."""
    return exported(*_TOOLS), frozenset(part["name"] for part in exported(*_RUNTIME)["components"])


def bill() -> bytes:
    """The bill of materials as JSON.

    Raises :class:`UnknownLicenceError`.
    """
    found, needed = packages()
    own = found["metadata"]["component"]
    own |= {"type": "application", "licenses": [{"expression": "MIT"}]}
    parts = [_package(part, needed) for part in found["components"]] + [_vendored(one) for one in VENDORED]
    value: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": sorted(parts, key=lambda part: str(part["bom-ref"])),
        "dependencies": found["dependencies"],
    }
    mark = hashlib.sha256(_json(value)).hexdigest()
    serial = f"urn:uuid:{mark[:8]}-{mark[8:12]}-8{mark[13:16]}-8{mark[17:20]}-{mark[20:32]}"
    return _json({**value, "serialNumber": serial})


def _package(part: dict[str, Any], needed: frozenset[str]) -> dict[str, Any]:
    scope = "required" if part["name"] in needed else "excluded"
    return {**part, "scope": scope, "licenses": [{"expression": licence_of(part["name"])}]}


def _vendored(one: Vendored) -> dict[str, Any]:
    return {
        "type": "data" if one.purl.startswith("pkg:generic") else "library",
        "bom-ref": one.purl,
        "name": one.name,
        **({"version": one.version} if one.version else {}),
        "purl": one.purl,
        "scope": "required",
        "licenses": [{"expression": one.licence}],
        "components": [
            {
                "type": "file",
                "bom-ref": name,
                "name": name,
                "hashes": [
                    {"alg": "SHA-256", "content": hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}
                ],
            }
            for name in files_of(one)
        ],
    }


def files_of(one: Vendored) -> Iterator[str]:
    """Names of the files, from the top of the repository, in order."""
    for path in map(ROOT.joinpath, one.paths):
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        yield from (p.relative_to(ROOT).as_posix() for p in inside)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def licences() -> str:
    """The list of licences for people. Without versions, which change every week."""
    found, needed = packages()
    names = dict.fromkeys(part["name"] for part in found["components"])
    rows = {name: f"| [{name}](https://pypi.org/project/{name}/) | {licence_of(name)} |" for name in names}
    lines = ["# Vad est-build är gjort av", ""]
    lines += ["Listan skrivs av `.venv/bin/python scripts/sbom.py --licences`. Versionerna står i `uv.lock`."]
    lines += ["`make sbom` skriver en innehållsförteckning för program (SBOM) i formen CycloneDX.", ""]
    for title, wanted in (
        ("Det som behövs för att bygga", True),
        ("Det som bara testerna och installationen använder", False),
    ):
        lines += [f"## {title}", "", "| paket | licens |", "|---|---|"]
        lines += [row for name, row in rows.items() if (name in needed) is wanted] + [""]
    lines += ["## Filer av andra i förrådet", "", "| vad | licens | var |", "|---|---|---|"]
    for one in VENDORED:
        where = ", ".join(f"`{path}`" for path in one.paths)
        lines.append(f"| {one.name}: {one.what} | {one.licence} | {where} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=re.sub(r"\n.*", "", __doc__ or ""))
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--licences", action="store_true")
    asked = parser.parse_args()
    if asked.licences:
        LICENCES.write_text(licences(), encoding="utf-8", newline="\n")
        print(f"Licenserna står i {LICENCES.relative_to(ROOT)}.")
    if asked.out is not None:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_bytes(bill())
        print(f"Innehållsförteckningen ligger i {asked.out}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

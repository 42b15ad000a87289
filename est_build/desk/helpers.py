"""What ``est-build scheman`` writes into an instance: schemas, settings of editors, files to copy."""

from __future__ import annotations

import json
from pathlib import Path

from est_build.desk.samples import FOLDER as SAMPLES
from est_build.desk.samples import samples
from est_build.desk.schemas import FOLDER as SCHEMAS
from est_build.desk.schemas import KINDS, schemas

EDITOR = ".vscode"
_ALSO = {"skydd": ["data/skydd/*.yml"]}
"""More places for a kind of file: the rules of other years."""
_JSON = {"intyg": "data/**/intyg.json", "omraden": "data/omraden.geojson"}
NO_AREA = "omrade"
"""Stands where an area should, in an instance whose map cannot be read."""


def helpers(area: str) -> dict[str, str]:
    """Path from the folder of the instance -> content. ``area``: id of one of its areas."""
    found = {f"{SCHEMAS}/{name}": text for name, text in schemas().items()}
    found |= {f"{SAMPLES}/{name}": text for name, text in samples(area).items()}
    found[f"{EDITOR}/settings.json"] = _json(editor_settings())
    # The extension that shows the schemas; the editor asks whether it may be installed.
    found[f"{EDITOR}/extensions.json"] = _json({"recommendations": ["redhat.vscode-yaml"]})
    return found


def editor_settings() -> dict[str, object]:
    """Which schema belongs to which files, for an editor on a computer.

    In an editor in the browser only the first line of a file (``yaml-language-server``) does the same.
    """
    yaml = {name: [files, *_ALSO.get(name, ())] for name, (_, files) in KINDS.items() if _is_written(files)}
    return {
        "yaml.schemas": {f"./{SCHEMAS}/{name}.json": files for name, files in yaml.items()},
        "json.schemas": [
            {"fileMatch": [f"/{files}"], "url": f"./{SCHEMAS}/{name}.json"} for name, files in _JSON.items()
        ],
        "files.associations": {"*.geojson": "json"},
        # Attestations hold checksums: an editor must not tidy a file that it only shows.
        "files.eol": "\n",
        "[yaml]": {"editor.formatOnSave": False},
        "[json]": {"editor.formatOnSave": False},
    }


def area_of(root: Path) -> str:
    """Id of an area of the instance, for an example."""
    try:
        return area_in((root / "data/omraden.geojson").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return NO_AREA


def area_in(areas: str) -> str:
    """Id of the first small area in the text of a map, or of its first municipality."""
    try:
        features = json.loads(areas)["features"]
        places = [(one["properties"]["niva"], str(one["properties"]["id"])) for one in features]
    except (ValueError, KeyError, TypeError):
        return NO_AREA
    small = [name for level, name in places if level == "omrade"]
    return (small or [name for _, name in places] or [NO_AREA])[0]


def _is_written(files: str) -> bool:
    """True for the YAML of an instance, written by people; what is private is read by no editor here."""
    return files.startswith(("data/", "content/")) and files.endswith(".yml")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

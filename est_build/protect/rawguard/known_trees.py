"""The YAML and JSON files of format 1: known keys only, outlines only, nothing that is out of proportion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard.finding import Finding, Said
from est_build.protect.rawguard.known_tables import SLIPS
from est_build.protect.rawguard.places import Role
from est_build.protect.rawguard.shapes import free, keys

LONGEST_TEXT = 4_000
"""Characters in one value: as the models have it."""
LONGEST_SEAL = 100
"""Characters in one value of a file that a machine wrote: ids, codes and checksums."""
_OWN_NAME = re.compile(r"[a-z0-9_.|;:,/-]{1,150}")
"""A name in a mapping with names of its own: a code, or several joined."""
_DIGITS = re.compile(r"[0-9 ,;.-]*")

_KEY = Said("den har namn som filen inte ska ha", "it has keys that the file should not have")
_LONG = Said("en text är för lång", "a text is too long")
_JSON = Said("den är ingen giltig JSON", "it is no valid JSON")
_SHAPE = Said("den har inte den form som filen ska ha", "it does not have the shape of the file")
_MAP = Said("den är ingen samling av ytor", "it is no collection of polygons")
_POINT = Said("den har punkter eller linjer: en punkt pekar ut någon", "it has points: a point singles out")
_MEMBER = Said("en yta har uppgifter som den inte ska ha", "an area has data that it should not have")
_SURFACES = {"Polygon", "MultiPolygon"}


def yaml_findings(text: str, role: Role) -> list[Finding]:
    """What in a YAML file of ``role`` is not as format 1 has it.

    A file that cannot be parsed gives nothing here: the heuristics still read it as text.
    """
    from est_build.load.yaml_file import parse_yaml

    tree, _ = parse_yaml(text, "")
    if tree is None:
        return []
    unknown = list(_unknown_keys(tree.data, role))
    if len(unknown) > SLIPS or not isinstance(tree.data, dict):
        line = tree.place(unknown[0], of_key=True).line if unknown else 1
        return [Finding(kinds.NOT_AS_KNOWN, _KEY, line)]
    if any(len(value) > LONGEST_TEXT for value in _texts(tree.data)):
        return [Finding(kinds.NOT_AS_KNOWN, _LONG)]
    return []


def fits(text: str, roles: tuple[Role, ...]) -> bool:
    """True if the file could be one of ``roles``, and is not empty."""
    from est_build.load.yaml_file import parse_yaml

    tree, _ = parse_yaml(text, "")
    if tree is None or not isinstance(tree.data, dict):
        return False
    return any(not yaml_findings(text, role) for role in roles)


def _unknown_keys(data: Any, role: Role) -> Iterator[tuple[str | int, ...]]:
    known, open_below = keys(role), free(role)
    waiting: list[tuple[tuple[str | int, ...], Any, int]] = [((), data, 0)]
    while waiting:
        path, current, levels = waiting.pop()
        if isinstance(current, dict):
            for key, value in current.items():
                here = (*path, key)
                if levels and _OWN_NAME.fullmatch(key):
                    waiting.append((here, value, levels - 1))
                    continue
                if key not in known:
                    yield here
                waiting.append((here, value, open_below.get(key, 0)))
        elif isinstance(current, list):
            waiting.extend(((*path, i), value, 0) for i, value in enumerate(current))


def _texts(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def sealed_findings(text: str, role: Role) -> list[Finding]:
    """JSON of a release: ids, numbers and checksums under known keys, and nothing that could be a row.

    As many unknown keys as in a file by hand are let pass: a newer version may have a few more.
    """
    data = _read(text)
    if isinstance(data, Finding):
        return [data]
    known = isinstance(data, dict) and len(list(_unknown_keys(data, role))) <= SLIPS
    if not known or any(len(v) > LONGEST_SEAL and not _DIGITS.fullmatch(v) for v in _texts(data)):
        return [Finding(kinds.NOT_AS_KNOWN, _SHAPE)]
    return []


def outline_findings(text: str, role: Role) -> list[Finding]:
    """A GeoJSON of areas (or of the ground around them): polygons with the few known properties."""
    data = _read(text)
    if isinstance(data, Finding):
        return [data]
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not set(data) <= {"type", "features", "name", "crs", "vatten"}:
        return [Finding(kinds.NOT_AS_KNOWN, _MAP)]
    known = keys(Role.AREAS) if role is Role.AREAS else frozenset({"id", "namn"})
    for feature in features:
        if (said := _feature(feature, known)) is not None:
            return [Finding(kinds.NOT_AS_KNOWN, said)]
    if not _are_waters(data.get("vatten", [])):
        return [Finding(kinds.NOT_AS_KNOWN, _POINT)]
    return []


def _feature(feature: Any, known: frozenset[str]) -> Said | None:
    if not isinstance(feature, dict) or not set(feature) <= {"type", "properties", "geometry", "id", "bbox"}:
        return _MAP
    geometry, properties = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        return _MAP
    if geometry.get("type") not in _SURFACES or not set(geometry) <= {"type", "coordinates"}:
        return _POINT
    if not set(properties) <= known or any(len(str(value)) > 200 for value in properties.values()):
        return _MEMBER
    return None if _is_coordinates(geometry.get("coordinates")) else _MAP


def _is_coordinates(data: Any) -> bool:
    """Numbers only, in lists inside lists: no text can hide among them."""
    waiting = [data]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, list):
            return False
        if all(isinstance(value, int | float) for value in current):
            continue
        waiting.extend(current)
    return True


def _are_waters(waters: Any) -> bool:
    """Names of seas and lakes with a point each: a handful, and the names are short."""
    return (
        isinstance(waters, list)
        and len(waters) <= 30
        and all(
            isinstance(w, list) and len(w) == 3 and isinstance(w[0], str) and len(w[0]) <= 60 for w in waters
        )
    )


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return Finding(kinds.NOT_AS_KNOWN, _JSON)

"""JSON of an instance: strict, and with the position of a value when a problem needs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from est_build.load.tree import MAX_DEPTH, Tree, control_character, first_of, read_text
from est_build.load.yaml_file import parse_yaml
from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds

MAX_LOCATED = 5_000_000
"""Characters of a file in which positions are looked for: it takes some seconds."""
_BRACKET = re.compile(r"[\[\]{}]")


def read_json(path: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """Read a file. Call :func:`located` before a place in it is told to somebody."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    return parse_json(text, name)


def parse_json(text: str, name: str) -> tuple[Tree | None, list[Problem]]:
    """As :func:`read_json`, from text. ``NaN`` and a key that stands twice are faults."""
    if not text.strip():
        return None, [Problem(kinds.FILE_EMPTY, Place(name))]
    if _depth(text) > MAX_DEPTH:
        return None, [Problem(kinds.TOO_DEEP, Place(name))]
    problems: list[Problem] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in found:
            if key in result:
                problems.append(Problem(kinds.DUPLICATE_KEY, Place(name), {"key": key}))
            elif isinstance(value, str) and (control := control_character(value)) is not None:
                values = {"value": control[1]}
                problems.append(Problem(kinds.CONTROL_CHARACTER, Place(name), values))
            result.setdefault(key, value)
        return result

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=_refused)
    except json.JSONDecodeError as error:
        return None, [Problem(kinds.JSON_SYNTAX, Place(name, error.lineno, error.colno))]
    except ValueError:
        # NaN, or a number of thousands of digits.
        return None, [Problem(kinds.JSON_SYNTAX, Place(name))]
    return Tree(name, data), first_of(problems, name)


def located(tree: Tree, path: Path) -> Tree:
    """The same tree with the line and column of every value.

    Positions cost a second reading (JSON is YAML), so it is only done when there is something to tell.
    """
    text = read_text(path, tree.file)
    if isinstance(text, Problem) or len(text) > MAX_LOCATED:
        return tree
    found, _ = parse_yaml(text, tree.file)
    return tree if found is None else Tree(tree.file, tree.data, found.values, found.keys)


def _refused(word: str) -> Any:
    raise ValueError(word)


def _depth(text: str) -> int:
    """Greatest number of open brackets. Those inside texts count too: more than enough for a guard."""
    depth = most = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        most = max(most, depth)
    return most

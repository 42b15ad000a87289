"""Repairs of a YAML file, each of a few characters in its line: comments and order stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from est_build.desk.dates import swedish_date
from est_build.desk.leaf import keys_at, types_at
from est_build.desk.mend_csv import decimal_point
from est_build.desk.words import Vocabulary, choice, plain
from est_build.load.tree import Path_, Tree
from est_build.load.yaml_file import parse_yaml


class Edit(NamedTuple):
    """Other characters at a place (line and column from 1)."""

    line: int
    column: int
    old: str
    new: str
    said: str


def mended_yaml(text: str, model: type[BaseModel], words: Vocabulary | None) -> tuple[str, list[str]]:
    """The text with what is plainly meant; as it was if it cannot be read, or if more would change."""
    tree, problems = parse_yaml(text, "")
    if tree is None or problems:
        return text, []
    edits = [*_keys(tree, model), *_values(tree, model, words)]
    lines = text.split("\n")
    done: list[str] = []
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        at = edit.column - 1
        # A quoted value begins with its quote.
        at += line[at : at + 1] in {'"', "'"}
        if line[at : at + len(edit.old)] != edit.old:
            continue
        lines[edit.line - 1] = line[:at] + edit.new + line[at + len(edit.old) :]
        done.append(edit.said)
    new = "\n".join(lines)
    return (new, list(dict.fromkeys(reversed(done)))) if done and _same(tree, new) else (text, [])


def _same(before: Tree, text: str) -> bool:
    """True if the new text has the same names (but for accents) and as many values in each."""
    after, problems = parse_yaml(text, "")
    return after is not None and not problems and _frame(before.data) == _frame(after.data)


def _frame(data: Any) -> Any:
    if isinstance(data, dict):
        return {plain(key): _frame(value) for key, value in data.items()}
    return [_frame(value) for value in data] if isinstance(data, list) else ""


def _keys(tree: Tree, model: type[BaseModel]) -> Iterator[Edit]:
    """Names with å, ä, ö or capitals, as the model has them."""
    for path, (line, column) in tree.keys.items():
        allowed, key = keys_at(model, path[:-1]), str(path[-1])
        if not allowed or key in allowed:
            continue
        meant = [name for name in allowed if plain(name) == plain(key)]
        taken = {p[-1] for p in tree.keys if p[:-1] == path[:-1]}
        if len(meant) == 1 and meant[0] not in taken:
            yield Edit(line, column, key, meant[0], "namn är skrivna utan å, ä och ö")


def _values(tree: Tree, model: type[BaseModel], words: Vocabulary | None) -> Iterator[Edit]:
    for path, value in _scalars(tree.data, ()):
        if "\n" in value or path not in tree.values:
            continue
        found = types_at(model, path)
        new, said = None, ""
        if dt.date in found.plain:
            new, said = swedish_date(value), "datum är skrivna år-månad-dag"
        elif float in found.plain:
            new, said = decimal_point(value), "decimalkomma blev punkt"
        elif found.choices is not None:
            new, said = choice(found.choices, value), "koder är skrivna som i listan"
        elif words is not None and str in found.plain:
            key = next((part for part in reversed(path) if isinstance(part, str)), "")
            new, said = words.code(model, key, value), "koder är skrivna som i listan"
        if new is not None and new != value:
            yield Edit(*tree.values[path], value, new, said)


def _scalars(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _scalars(value, (*path, i))
    elif isinstance(data, str):
        yield path, data

"""One more row in a list of a YAML file, with everything else as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from est_build.load.tree import Tree


def last_in_list(text: str, tree: Tree, key: str, rows: Sequence[str]) -> str:
    """The text with ``rows`` at the end of the list ``key`` of the top level, which is made if need be."""
    lines = text.rstrip("\n").split("\n")
    if (key,) not in tree.keys:
        return "\n".join([*lines, f"{key}:", *rows]) + "\n"
    start = tree.keys[key,][0]
    if not _is_block(tree, key):
        lines[start - 1] = f"{key}:"
        return "\n".join([*lines[:start], *rows, *lines[start:]]) + "\n"
    below = [line for path, (line, _) in tree.keys.items() if len(path) == 1 and line > start]
    end = min(below, default=len(lines) + 1) - 1
    # Comments and blank lines before the next key belong to it.
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return "\n".join([*lines[:end], *rows, *lines[end:]]) + "\n"


def first_in_list(text: str, tree: Tree, key: str, rows: Sequence[str]) -> str:
    """The text with ``rows`` first in the list."""
    if (key,) not in tree.keys or not _is_block(tree, key):
        return last_in_list(text, tree, key, rows)
    lines = text.rstrip("\n").split("\n")
    start = tree.keys[key,][0]
    return "\n".join([*lines[:start], *rows, *lines[start:]]) + "\n"


def indent_of(tree: Tree, key: str) -> int:
    """Blanks before the dashes of the list."""
    first = tree.values.get((key, 0))
    return 2 if first is None else max(first[1] - 3, 0)


def _is_block(tree: Tree, key: str) -> bool:
    """True for a list with a row for each dash."""
    first = tree.values.get((key, 0))
    return first is not None and first[0] > tree.keys[key,][0]

"""YAML without guessing: every scalar stays text, so that ``no`` is not False and 2026:45 not 121605."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from est_build.load.tree import Path_, Tree, read_text
from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = {"", "~", "null"}


def read_yaml(path: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """Read one document. An empty value (``klar:``) counts as a key left out."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> tuple[Tree | None, list[Problem]]:
    """As :func:`read_yaml`, from text."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        return None, [Problem(kinds.YAML_SYNTAX, place, {"why": error.problem or "okänt fel"})]
    except (yaml.YAMLError, ValueError) as error:
        why = str(error).splitlines()[0]
        return None, [Problem(kinds.YAML_SYNTAX, Place(name), {"why": why})]
    if node is None:
        return None, [Problem(kinds.FILE_EMPTY, Place(name))]
    walker = _Walker(name)
    data = walker.value(node, ())
    return Tree(name, data, walker.values, walker.keys), walker.problems


class _Walker:
    """Turns nodes into values and remembers positions; repeated keys and aliases are problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path_) -> Any:
        mark = node.start_mark
        self.values[path] = (mark.line + 1, mark.column + 1)
        if not isinstance(node, yaml.ScalarNode):
            # An alias hands back the same node: expanding it could grow without end.
            if id(node) in self._seen:
                self._add(kinds.YAML_ALIAS, node)
                return None
            self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            here = (*path, key)
            if here in self.keys:
                self._add(kinds.DUPLICATE_KEY, key_node, key=key)
                continue
            self.keys[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if _is_empty(value_node):
                continue
            result[key] = self.value(value_node, here)
        return result

    def _add(self, kind: Any, node: yaml.Node, **values: str) -> None:
        place = Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(Problem(kind, place, values))


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _EMPTY

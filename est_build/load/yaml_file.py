"""YAML without guessing: every scalar stays text, so that ``no`` is not False and 2026:45 not 121605.

The file is read event by event: a tree of nodes would be built by recursion inside the C library, and a
file of ten thousand brackets would take the whole program down.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from est_build.load.tree import MAX_DEPTH, MOST_TOLD, Path_, Tree, control_character, first_of, read_text
from est_build.problems import Kind, Place, Problem
from est_build.problems import catalogue as kinds

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_WRITTEN = 2_000_000
"""Characters of a file that a person writes. The position of every word in it is kept."""
_EMPTY = {"", "~", "null"}
_OPENED = ("flow sequence", "flow mapping", "quoted scalar", "simple key")
"""Contexts in which the place where something was opened says more than the place where it was missed."""
_WHY = (
    ("mapping values are not allowed", "ett kolon för mycket, eller fel indrag"),
    ("found character", "ett värde eller en rad börjar med ett tecken som kräver citattecken runt värdet"),
    ("found a tab", "indraget har tabb; använd mellanslag"),
    ("found unexpected end of stream", "ett citattecken stängs aldrig"),
    ("did not find expected ',' or ']'", "en klammer [ stängs aldrig, eller ett komma saknas"),
    ("did not find expected ',' or '}'", "en klammer { stängs aldrig, eller ett komma saknas"),
    ("did not find expected '-' indicator", "en rad i en lista saknar bindestreck, eller har fel indrag"),
    ("did not find expected key", "raden passar inte in: fel indrag, eller text efter ett citattecken"),
    ("could not find expected ':'", "ett kolon saknas efter namnet"),
    ("block sequence entries", "en lista ska börja på en egen rad"),
    ("but found another document", "filen har flera dokument, skilda av ---"),
    ("found unknown escape", "omvänt snedstreck inom dubbla citattecken"),
    ("found invalid Unicode", "ett felaktigt \\u inom dubbla citattecken"),
    ("did not find expected comment", "text efter > eller | ska stå på nästa rad"),
    ("found undefined tag", "en tagg (!) som inte är tillåten här"),
)


def read_yaml(path: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """Read one document. An empty value (``klar:``) counts as a key left out."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    if len(text) > MAX_WRITTEN:
        why = f"den har fler än {MAX_WRITTEN // 10**6} miljoner tecken"
        return None, [Problem(kinds.FILE_TOO_LARGE, Place(name), {"why": why})]
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> tuple[Tree | None, list[Problem]]:
    """As :func:`read_yaml`, from text. Nobody changes a tree: two readers of a text get the same one."""
    tree, problems = _parsed(text, name)
    return tree, list(problems)


@functools.lru_cache(maxsize=512)
def _parsed(text: str, name: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Within one run a text is read for its values, and then once more for what its words say."""
    walker = _Walker(name)
    try:
        found, data = walker.document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        return None, (_syntax(error, text, name),)
    except (yaml.YAMLError, ValueError):
        return None, (Problem(kinds.YAML_SYNTAX, Place(name), {"why": "ett tecken som inte är tillåtet"}),)
    except _TooDeepError as error:
        return None, (Problem(kinds.TOO_DEEP, Place(name, error.line, error.column)),)
    if not found:
        return None, (Problem(kinds.FILE_EMPTY, Place(name)),)
    tree = Tree(name, data, walker.values, walker.keys, tuple(walker.empty))
    return tree, tuple(first_of(walker.problems, name))


def _syntax(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    opened = error.context is not None and any(word in error.context for word in _OPENED)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    problem = error.problem or ""
    why = next((words for start, words in _WHY if problem.startswith(start)), "ett oväntat tecken")
    if mark is None:
        return Problem(kinds.YAML_SYNTAX, Place(name), {"why": why})
    lines = text.splitlines()
    line = min(mark.line, max(len(lines) - 1, 0))
    column = mark.column if line == mark.line else len(lines[line]) if lines else 0
    if problem.startswith("found character") and lines and lines[line][column : column + 1] == "\t":
        why = "raden har tabb; använd mellanslag"
    return Problem(kinds.YAML_SYNTAX, Place(name, line + 1, column + 1), {"why": why})


class _TooDeepError(Exception):
    def __init__(self, event: Any) -> None:
        super().__init__()
        self.line, self.column = event.start_mark.line + 1, event.start_mark.column + 1


class _Walker:
    """Turns events into values and remembers positions; repeated keys, anchors and tags are problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.empty: list[Path_] = []
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> tuple[bool, Any]:
        """The only document of the stream; ``(False, None)`` if there is none."""
        found, data = False, None
        for event in events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if found:
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(problem="but found another document", problem_mark=mark)
            found, data = True, self._value(next(events), events, ())
        if data == "" and not self.problems:
            return False, None
        return found, data

    def _value(self, event: Any, events: Iterator[Any], path: Path_, *, keep: bool = True) -> Any:
        """``keep`` False: read on, but remember nothing (the value of a repeated key)."""
        if keep:
            self.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        if len(path) > MAX_DEPTH:
            raise _TooDeepError(event)
        if getattr(event, "anchor", None) is not None:
            self._add(kinds.YAML_ALIAS, event)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._add(kinds.YAML_TAG, event, value=tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.AliasEvent):
            return ""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            for child in events:
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                items.append(self._value(child, events, (*path, len(items)), keep=keep))
            return items
        return self._mapping(events, path, keep=keep)

    def _scalar(self, event: Any) -> str:
        if (found := control_character(event.value)) is not None:
            self._add(kinds.CONTROL_CHARACTER, event, value=found[1])
        return "" if _is_empty(event) else str(event.value)

    def _mapping(self, events: Iterator[Any], path: Path_, *, keep: bool) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_event in events:
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            value = self._value(key_event, events, (*path, "?"), keep=False)
            key = value if isinstance(value, str) else "?"
            here, child = (*path, key), next(events)
            if not keep or here in self.keys:
                if keep:
                    self._add(kinds.DUPLICATE_KEY, key_event, key=key)
                self._value(child, events, here, keep=False)
                continue
            self.keys[here] = (key_event.start_mark.line + 1, key_event.start_mark.column + 1)
            if _is_empty(child) and child.tag is None and child.anchor is None:
                self.empty.append(here)
                continue
            result[key] = self._value(child, events, here)
        return result

    def _add(self, kind: Kind, event: Any, **values: str) -> None:
        if len(self.problems) > MOST_TOLD:
            return
        place = Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(kind, place, values))


def _is_empty(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.style in {None, ""} and event.value in _EMPTY

"""What the model of a file says of one of its values."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel


class Leaf(NamedTuple):
    """The types that a value may have, and its choices if it has some."""

    plain: frozenset[Any]
    choices: Any
    """The ``Literal``, or ``None``."""


def types_at(model: type[BaseModel], path: Sequence[str | int]) -> Leaf:
    """The leaf at ``path`` (keys, and indices of lists)."""
    current: list[Any] = [model]
    for part in path:
        current = [inner for one in current for inner in _inside(one, part)]
    every = [inner for one in current for inner in flat(one)]
    choices = next((one for one in every if get_origin(one) is Literal), None)
    return Leaf(frozenset(one for one in every if isinstance(one, type)), choices)


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> tuple[str, ...]:
    """The names that may stand at ``path``."""
    current: list[Any] = [model]
    for part in path:
        current = [inner for one in current for inner in _inside(one, part)]
    found = [one for each in current for one in flat(each) if isinstance(one, type)]
    return tuple(key for one in found if issubclass(one, BaseModel) for key in one.model_fields)


def flat(annotation: Any) -> list[Any]:
    """The types of an annotation, without ``Annotated``; those of a union each for itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return flat(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return [inner for one in get_args(annotation) for inner in flat(one)]
    return [annotation]


def _inside(annotation: Any, part: str | int) -> list[Any]:
    found: list[Any] = []
    for one in flat(annotation):
        origin = get_origin(one)
        if isinstance(one, type) and issubclass(one, BaseModel) and part in one.model_fields:
            found.append(one.model_fields[str(part)].annotation)
        elif origin is dict and isinstance(part, str):
            found.append(get_args(one)[1])
        elif origin in {tuple, list} and isinstance(part, int):
            found.append(get_args(one)[0])
    return found

"""What each field means, in Swedish: for editors and for the comments of new files."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterator
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from est_build.desk.leaf import flat

COMMON = "alla"


@functools.cache
def _texts() -> dict[str, dict[str, str]]:
    file = importlib.resources.files("est_build.desk") / "falten.yml"
    found: dict[str, dict[str, str]] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def described() -> frozenset[tuple[str, str]]:
    """Every model and field that has words of its own; the model of common words is ``alla``."""
    return frozenset((model, field) for model, fields in _texts().items() for field in fields)


def field_text(model: type[BaseModel], field: str) -> str:
    """What ``field`` of ``model`` means; nothing if nobody has said it (a test holds that somebody has)."""
    return marked_text(model, field).replace("`", "")


def marked_text(model: type[BaseModel], field: str) -> str:
    """The same, with words for machines between grave accents."""
    texts = _texts()
    return texts.get(model.__name__, {}).get(field, texts[COMMON].get(field, ""))


def models_in(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The model and every model inside it, by name."""
    found: dict[str, type[BaseModel]] = {}
    _gather(model, found)
    return found


def _gather(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> None:
    if model.__name__ in found:
        return
    found[model.__name__] = model
    for info in model.model_fields.values():
        for inner in models_of(info.annotation):
            _gather(inner, found)


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation, those in lists too, but not what they hold."""
    for one in flat(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one
        else:
            for inner in get_args(one):
                yield from models_of(inner)

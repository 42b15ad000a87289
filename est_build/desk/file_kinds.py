"""What each kind of file may hold, field by field, from the same models and words as the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from est_build.desk.fields import marked_text, models_of
from est_build.desk.leaf import types_at
from est_build.desk.schemas import KINDS, code_list, must_be_there
from est_build.load.codebook import packaged


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a file, or a column of a table."""

    name: str
    needed: bool
    text: str
    """What it means, with words for machines between grave accents."""
    choices: tuple[str, ...]
    """The words that it may have; empty if it is free."""


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of the file itself, or of each row of a list in it."""

    within: str
    """Names of the fields that it stands in: ``protokoll``, or empty for the file."""
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file."""

    name: str
    """Of its schema: ``atgard``."""
    files: str
    """Where such files are: ``data/atgarder/*.yml``."""
    parts: tuple[Part, ...]


def file_kind(name: str) -> FileKind:
    """What the files of the schema called ``name`` may hold (``KeyError`` if there is none)."""
    model, files = KINDS[name]
    return FileKind(name, files, tuple(_parts(model)))


def _parts(model: type[BaseModel]) -> Iterator[Part]:
    """The file, and each model in it once, where it is met first."""
    waiting: list[tuple[str, type[BaseModel]]] = [("", model)]
    seen = {model}
    while waiting:
        within, one = waiting.pop(0)
        yield Part(within, tuple(_field(one, name) for name in one.model_fields))
        for name, info in one.model_fields.items():
            for inner in models_of(info.annotation):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append((f"{within}: {name}" if within else name, inner))


def _field(model: type[BaseModel], name: str) -> Field:
    leaf = types_at(model, (name,))
    listed = code_list(model, name)
    if listed:
        choices = tuple(entry.id for entry in packaged()[listed])
    elif bool in leaf.plain:
        choices = ("ja", "nej")
    else:
        choices = tuple(str(one) for one in getattr(leaf.choices, "__args__", ()))
    some = choices if len(choices) > 1 else ()
    return Field(name, must_be_there(model, name), marked_text(model, name), some)

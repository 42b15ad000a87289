"""New files: what must be filled in first, each field with what it means; what may be added stands last.

A field without a value is left empty: ``check`` tells that it is missing, so nothing is published half done.
What may be added has a ``#`` first on every line. Take the first one away, and the line is YAML.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from est_build.desk.fields import field_text
from est_build.desk.leaf import flat, keys_at, types_at
from est_build.desk.schemas import FIXED_LISTS
from est_build.load.codebook import packaged

Value = str | Sequence[str]
EMPTY = ""
MORE = "# Det här kan du lägga till. Ta bort det första # på raderna."
_WIDTH = 92
_FILLED_IN = {("Action", "historik")}
"""What a file has even if nobody writes it: an action without history is decided."""


def new_file(model: type[BaseModel], schema: str, values: Mapping[str, Value], *, brief: bool = False) -> str:
    """The text of a new file.

    Args:
        model: what the file is.
        schema: path of its JSON Schema from the file.
        values: field -> value, or a list; ``""`` leaves the field empty. They come in this order.
        brief: only the fields of ``values``, without comments.
    """
    lines = [f"# yaml-language-server: $schema={schema}"]
    for field, value in values.items():
        if brief:
            lines += _written(field, value)
        elif value:
            lines += [*_explained(model, field), *_written(field, value)]
        else:
            told = _field(model, field)
            lines += told[:-1] if told[-1] == "  -" else told
    rest = [field for field in model.model_fields if field not in values]
    if rest and not brief:
        lines += ["", MORE]
        for field in rest:
            lines += [f"#{line}" for line in _field(model, field)]
    return "\n".join(lines) + "\n"


def new_row(model: type[BaseModel], values: Mapping[str, Value], indent: int) -> list[str]:
    """Lines of one more row of a list, each field with what it means."""
    pad = " " * indent
    lines = []
    for i, (field, value) in enumerate(values.items()):
        mark = "- " if i == 0 else "  "
        # The dash must come first: the comment of the first field goes above it.
        lines += [f"{pad}  {line}" for line in _explained(model, field)]
        first, *more = _written(field, value)
        lines += [f"{pad}{mark}{first}", *(f"{pad}  {line}" for line in more)]
    return lines


def must(model: type[BaseModel]) -> dict[str, Value]:
    """The fields that a file cannot be without, empty but for those with one possible value."""
    found: dict[str, Value] = {}
    for field, info in model.model_fields.items():
        if info.is_required() and (model.__name__, field) not in _FILLED_IN:
            found[field] = _only(model, field)
    return found


def fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of the fields, in order."""
    return keys_at(model, ())


def _field(model: type[BaseModel], field: str) -> list[str]:
    """A field to fill in: what it means, its key, and the fields inside it."""
    info = model.model_fields[field]
    if _is_codes(info.annotation):
        # One that is needed is left quite empty: check tells the line of its key.
        return [*_explained(model, field), f"{field}:" if info.is_required() else f"{field}: []"]
    below = [f"  {line}" for line in _below(info.annotation)]
    return [*_explained(model, field), f"{field}: {_only(model, field)}".rstrip(), *below]


def _fields(model: type[BaseModel]) -> list[str]:
    """All fields of what stands inside a file, those that may be left out last and in comments."""
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    needed = needed or list(model.model_fields)[:1]
    lines = [line for name in needed for line in _field(model, name)]
    for name in model.model_fields:
        if name not in needed:
            lines += [f"#{line}" for line in _field(model, name)]
    return lines


def _below(annotation: Any) -> list[str]:
    """What stands below the key of a value: nothing, the fields of a model, a row of a list, an entry."""
    for one in flat(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return _fields(one)
        if get_origin(one) in {tuple, list}:
            rows = _below(get_args(one)[0])
            first = next((i for i, row in enumerate(rows) if not row.startswith("#")), 0)
            # The dash stands at the first key: the comment of that goes above it.
            return [f"{'- ' if i == first else '  '}{row}" for i, row in enumerate(rows)] or ["-"]
        if get_origin(one) is dict:
            key, value = get_args(one)
            name = next(iter(get_args(flat(key)[0])), "kod")
            return [f"{name}:", *(f"  {line}" for line in _below(value))]
    return []


def _explained(model: type[BaseModel], field: str) -> list[str]:
    """The comment above a field."""
    told = field_text(model, field)
    told = f"{told}{_choices(model, field, told)}{_how(model, field)}"
    return textwrap.wrap(told, _WIDTH, initial_indent="# ", subsequent_indent="# ",
                         break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _written(field: str, value: Value) -> list[str]:
    if isinstance(value, str):
        return [f"{field}: {_scalar(value)}".rstrip()]
    return [f"{field}:", *(f"  - {_scalar(one)}" for one in value)]


def _scalar(text: str) -> str:
    """A text that YAML reads as it is: in quotes where it must."""
    plain = text and text == text.strip() and text[0].isalnum() and ": " not in text and " #" not in text
    if not text or (plain and not text.endswith(":") and "\n" not in text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _words(model: type[BaseModel], field: str) -> list[str]:
    """What may be chosen: of the model, or of a list that no instance adds to."""
    found = types_at(model, (field,)).choices
    if found is not None:
        return [str(one) for one in get_args(found)]
    name = FIXED_LISTS.get((model.__name__, field))
    return [one.id for one in packaged()[name]] if name else []


def _choices(model: type[BaseModel], field: str, told: str) -> str:
    words = _words(model, field)
    named = set(re.findall(r"[\w.-]*\w", told))
    return f" Välj: {', '.join(words)}." if len(words) > 1 and not named >= set(words) else ""


def _is_codes(annotation: Any) -> bool:
    """True for a list of codes: they may stand on one line. Lines of words may hold a comma."""
    items = [get_args(one)[0] for one in flat(annotation) if get_origin(one) in {tuple, list}]
    if not items or _below(items[0]) != []:
        return False
    limits = getattr(items[0], "__metadata__", ())
    patterns = [str(one.pattern) for one in limits if isinstance(one, StringConstraints)]
    return not patterns or any(pattern.startswith("^[a-z0-9]") or "{" in pattern for pattern in patterns)


def _how(model: type[BaseModel], field: str) -> str:
    """How a list of plain values is written."""
    annotation = model.model_fields[field].annotation
    if _is_codes(annotation):
        return " Skriv inom hakparenteser: [ett, två]."
    return " En rad för varje, med bindestreck först." if _below(annotation) == ["-"] else ""


def _only(model: type[BaseModel], field: str) -> str:
    """The value of a field that can have one only."""
    words = _words(model, field)
    return words[0] if len(words) == 1 else EMPTY

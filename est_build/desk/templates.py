"""New files: what must be filled in first, each field with what it means; what may be added stands last.

A field without a value is left empty: ``check`` tells that it is missing, so nothing is published half done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from est_build.desk.fields import field_text
from est_build.desk.leaf import keys_at, types_at

Value = str | Sequence[str]
EMPTY = ""


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
        if not brief:
            lines.append(f"# {field_text(model, field)}{_choices(model, field)}")
        lines += _written(field, value)
    rest = [field for field in model.model_fields if field not in values]
    if rest and not brief:
        lines += ["", "# Det här kan du lägga till. Ta bort # först på raden."]
        lines += [f"# {field}: – {field_text(model, field)}" for field in rest]
    return "\n".join(lines) + "\n"


def new_row(model: type[BaseModel], values: Mapping[str, Value], indent: int) -> list[str]:
    """Lines of one more row of a list, each field with what it means."""
    pad = " " * indent
    lines = []
    for i, (field, value) in enumerate(values.items()):
        mark = "- " if i == 0 else "  "
        lines.append(f"{pad}  # {field_text(model, field)}{_choices(model, field)}")
        first, *more = _written(field, value)
        lines += [f"{pad}{mark}{first}", *(f"{pad}  {line}" for line in more)]
    # The dash must come first: the comment of the first field goes above it.
    return lines


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


def _choices(model: type[BaseModel], field: str) -> str:
    found = types_at(model, (field,)).choices
    words = [str(one) for one in getattr(found, "__args__", ())] if found is not None else []
    return f" Välj: {', '.join(words)}." if len(words) > 1 else ""


def fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of the fields, in order."""
    return keys_at(model, ())

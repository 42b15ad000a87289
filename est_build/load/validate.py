"""From pydantic's errors to our problems: place, Swedish text, nearest match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from est_build.load.tree import Tree
from est_build.problems import Kind, Place, Problem, nearest
from est_build.problems import catalogue as kinds

M = TypeVar("M", bound=BaseModel)

_OWN: dict[str, Kind] = {
    "datum": kinds.DATE_FORM,
    "datum_finns_inte": kinds.DATE_NONE,
    "ja_nej": kinds.NOT_YES_NO,
    "period": kinds.PERIOD_FORM,
    "kvartal": kinds.QUARTER_FORM,
    "upprepad": kinds.VALUE_REPEATED,
}
_OWN_WORDS = {"grans_mellan_steg": "gränsen måste vara ett jämnt antal steg på stegen"}
_BY_TYPE: dict[str, Kind] = {
    "missing": kinds.KEY_MISSING,
    "int_parsing": kinds.NOT_WHOLE,
    "int_type": kinds.NOT_WHOLE,
    "int_from_float": kinds.NOT_WHOLE,
    "float_parsing": kinds.NOT_A_NUMBER,
    "float_type": kinds.NOT_A_NUMBER,
    "greater_than_equal": kinds.OUT_OF_RANGE,
    "less_than_equal": kinds.OUT_OF_RANGE,
    "string_too_short": kinds.TEXT_EMPTY,
    "string_too_long": kinds.TEXT_LONG,
}
_SHAPES = {
    "tuple_type": "en lista, med ett bindestreck per rad",
    "list_type": "en lista, med ett bindestreck per rad",
    "dict_type": "rader av formen namn: värde",
    "model_type": "rader av formen namn: värde",
    "string_type": "en text",
    "too_short": "en lista med minst en rad",
}
_HINTS = {
    r"^\d{4}-\d{3}$": "Skriv år och löpnummer, till exempel 2026-017.",
    r"^https://[^\s]+$": "Skriv en hel adress som börjar med https://.",
    r"^https://[^\s]+/$": "Skriv en hel adress som börjar med https:// och slutar med /.",
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$": "Skriv med små bokstäver a–z, siffror och bindestreck.",
    r"^\d{2}(?:\d{2})?$": "Skriv kommunens kod med fyra siffror, till exempel 1286.",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "Skriv en funktionsadress, till exempel trygghet@kommunen.se.",
    r"^[^\n]*$": "Skriv på en rad.",
}


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Problem]]:
    """The tree as ``model``, or every problem in it with line and column."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        problems = []
        for item in error.errors(include_url=False):
            path = tuple(part for part in item["loc"] if not _is_noise(part, tree))
            of_key = item["type"] in {"extra_forbidden", "missing"}
            problems.append(problem_of(item, tree.place(path, of_key=of_key), model))
        return None, problems


def _is_noise(part: str | int, tree: Tree) -> bool:
    """Pydantic names union branches and dict keys inside the path; they have no place in a file."""
    return isinstance(part, str) and (part == "[key]" or part.startswith("function-"))


def problem_of(item: Mapping[str, Any], place: Place, model: type[BaseModel]) -> Problem:
    """One pydantic error as a problem at ``place``."""
    loc = [part for part in item["loc"] if part != "[key]"]
    key = str(loc[-1]) if loc else "filen"
    if isinstance(loc[-1] if loc else "", int) and len(loc) > 1:
        key = f"{loc[-2]}, rad {int(loc[-1]) + 1}"
    kind_name, ctx = str(item["type"]), item.get("ctx", {})
    value = _short(item.get("input"))
    if kind_name == "extra_forbidden":
        allowed = _fields_at(model, loc[:-1])
        return Problem(
            kinds.KEY_UNKNOWN, place, {"key": key, "allowed": ", ".join(allowed)}, nearest(key, allowed)
        )
    if kind_name in {"value_error", "assertion_error"}:
        return _own(str(ctx.get("error", "")), key, value, place)
    if kind_name == "literal_error":
        choices = _choices(str(ctx.get("expected", "")))
        return Problem(
            kinds.NOT_A_CHOICE,
            place,
            {"key": key, "value": value, "allowed": ", ".join(choices)},
            nearest(value, choices),
        )
    if kind_name == "string_pattern_mismatch":
        hint = _HINTS.get(str(ctx.get("pattern", "")), "Se exemplet i handboken.")
        return Problem(kinds.FORM_WRONG, place, {"key": key, "value": value, "hint": hint})
    if kind_name in _SHAPES:
        return Problem(kinds.WRONG_SHAPE, place, {"key": key, "expected": _SHAPES[kind_name]})
    kind = _BY_TYPE.get(kind_name, kinds.RULE_BROKEN)
    limit = _limit(ctx)
    return Problem(kind, place, {"key": key, "value": value, "limit": limit, "why": str(item.get("msg", ""))})


def _own(code: str, key: str, value: str, place: Place) -> Problem:
    if code in _OWN:
        return Problem(_OWN[code], place, {"key": key, "value": value})
    return Problem(kinds.RULE_BROKEN, place, {"key": key, "why": _OWN_WORDS.get(code, code)})


def _limit(ctx: Mapping[str, Any]) -> str:
    if "ge" in ctx:
        return f"minst {ctx['ge']}"
    if "le" in ctx:
        return f"högst {ctx['le']}"
    return str(ctx.get("max_length", ctx.get("min_length", "")))


def _choices(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _fields_at(model: type[BaseModel], path: list[str | int]) -> list[str]:
    """The field names that are allowed where ``path`` points."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        info = getattr(current, "model_fields", {}).get(part)
        found = _model_in(info.annotation) if info is not None else None
        if found is None:
            return []
        current = found
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None

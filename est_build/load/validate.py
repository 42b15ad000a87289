"""From pydantic's errors to our problems: place, Swedish text, nearest match."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from est_build.load.tree import MOST_TOLD, Path_, Tree, first_of
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
_OWN_WORDS = {
    "grans_mellan_steg": "gränsen måste vara ett jämnt antal steg på stegen",
    "polis_saknas": "polis måste stå kvar bland kända källor",
    "organisationsnummer": "kontrollsiffran stämmer inte; skriv om numret, tio siffror",
}
_BY_TYPE: dict[str, Kind] = {
    "missing": kinds.KEY_MISSING,
    "int_parsing": kinds.NOT_WHOLE,
    "int_type": kinds.NOT_WHOLE,
    "int_from_float": kinds.NOT_WHOLE,
    "int_parsing_size": kinds.OUT_OF_RANGE,
    "float_parsing": kinds.NOT_A_NUMBER,
    "float_type": kinds.NOT_A_NUMBER,
    "finite_number": kinds.NOT_A_NUMBER,
    "date_type": kinds.DATE_FORM,
    "date_parsing": kinds.DATE_FORM,
    "bool_type": kinds.NOT_YES_NO,
    "bool_parsing": kinds.NOT_YES_NO,
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
    "too_short": "en lista med minst {least}",
}
_SCALAR_KINDS = {"int_type", "float_type", "date_type", "bool_type"}
_HINTS = {
    r"^\d{4}-\d{3}$": "Skriv år och löpnummer, till exempel 2026-017.",
    r"^https://[^\s]+$": "Skriv en hel adress som börjar med https://.",
    r"^https://[^\s]+/$": "Skriv en hel adress som börjar med https:// och slutar med /.",
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$": "Skriv med små bokstäver a–z, siffror och bindestreck.",
    r"^\d{2}(?:\d{2})?$": "Skriv kommunens kod med fyra siffror, till exempel 1286.",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "Skriv en funktionsadress, till exempel trygghet@kommunen.se.",
    r"^[^\n]*$": "Skriv på en rad.",
    r"^https?://[^\s<>\"{}|^`\\]+$": "Skriv en hel adress som börjar med http:// eller https://.",
    r"^[0-9]{6}-?[0-9]{4}$": "Skriv tio siffror, med eller utan bindestreck före de fyra sista.",
    r"^[0-9]{3} ?[0-9]{2}$": "Skriv fem siffror, till exempel 271 80.",
    r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$": (
        "Skriv 32 tecken 0–9 och a–f i fem grupper med bindestreck."
    ),
}
# The contract may write a digit as [0-9]: the same hints.
_HINTS |= {pattern.replace(r"\d", "[0-9]"): hint for pattern, hint in _HINTS.items()}
_BRANCHES = {"str", "int", "float", "bool"}
"""Names that pydantic gives to the branches of a union; they have no place in a file."""


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Problem]]:
    """The tree as ``model``, or every problem in it with line and column."""
    problems = first_of(_empty_problems(model, tree), tree.file)
    try:
        record = model.model_validate(tree.data)
    except ValidationError as error:
        misspelt: set[tuple[Path_, str | None]] = set()
        missing: list[tuple[Path_, Problem]] = []
        # One more than are told, so that it shows.
        for item in islice(error.errors(include_url=False), MOST_TOLD + 1):
            # Faulty rows are told each for itself; that the rest are too few is no fault of its own.
            if item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]:
                continue
            path = tuple(part for part in item["loc"] if not _is_noise(part))
            # An unknown name is shown where the name stands, and so is a wrong key of a mapping.
            of_key = item["type"] == "extra_forbidden" or "[key]" in item["loc"] or path in tree.empty
            problem = problem_of(item, tree.place(path, of_key=of_key), model)
            if problem.kind is kinds.KEY_MISSING:
                missing.append((path, problem))
                continue
            if problem.kind is kinds.KEY_UNKNOWN:
                misspelt.add((path[:-1], problem.near))
            problems.append(problem)
        # A misspelt name is one fault, not also a missing one.
        problems += [p for path, p in missing if (path[:-1], str(path[-1])) not in misspelt]
        return None, first_of(problems, tree.file)
    return (None if problems else record), problems


def _empty_problems(model: type[BaseModel], tree: Tree) -> list[Problem]:
    """Names without a value: one that is not known is a slip, one in a free mapping lacks its value."""
    problems = []
    for path in tree.empty[: MOST_TOLD + 1]:
        key, inside = str(path[-1]), _type_at(model, path[:-1])
        place = tree.place(path, of_key=True)
        allowed = list(getattr(inside, "model_fields", {}))
        if allowed and key not in allowed:
            values = {"key": key, "allowed": ", ".join(allowed)}
            problems.append(Problem(kinds.KEY_UNKNOWN, place, values, nearest(key, allowed)))
        elif get_origin(inside) is dict:
            problems.append(Problem(kinds.TEXT_EMPTY, place, {"key": key}))
    return problems


def _is_noise(part: str | int) -> bool:
    """Pydantic names dict keys and validators inside the path; they have no place in a file."""
    return isinstance(part, str) and (part == "[key]" or part.startswith("function-"))


def problem_of(item: Mapping[str, Any], place: Place, model: type[BaseModel]) -> Problem:
    """One pydantic error as a problem at ``place``."""
    loc = [part for part in item["loc"] if not _is_noise(part)]
    while len(loc) > 1 and loc[-1] in _BRANCHES:
        loc.pop()
    key = _key(loc)
    kind_name, ctx = str(item["type"]), item.get("ctx", {})
    value = _short(item.get("input"))
    if kind_name == "extra_forbidden":
        allowed = list(getattr(_type_at(model, loc[:-1]), "model_fields", {}))
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
        if not str(item.get("input")).strip():
            return Problem(kinds.TEXT_EMPTY, place, {"key": key})
        hint = _HINTS.get(str(ctx.get("pattern", "")), "Se exemplet i handboken.")
        return Problem(kinds.FORM_WRONG, place, {"key": key, "value": value, "hint": hint})
    if kind_name in _SHAPES or (kind_name in _SCALAR_KINDS and isinstance(item.get("input"), dict | list)):
        return Problem(kinds.WRONG_SHAPE, place, {"key": key, "expected": _shape_words(kind_name, ctx)})
    kind = _BY_TYPE.get(kind_name, kinds.RULE_BROKEN)
    values = {"key": key, "value": value, "limit": _limit(ctx), "why": "värdet godtas inte"}
    return Problem(kind, place, values)


def _key(loc: Sequence[str | int]) -> str:
    """What the value is called: ``titel``; ``omraden, rad 2``; ``filen`` for the whole of it."""
    if not loc:
        return "filen"
    if isinstance(loc[-1], int):
        return f"{loc[-2]}, rad {loc[-1] + 1}" if len(loc) > 1 else f"rad {loc[-1] + 1}"
    return loc[-1]


def _shape_words(kind_name: str, ctx: Mapping[str, Any]) -> str:
    least = int(ctx.get("min_length", 1))
    words = _SHAPES.get(kind_name, "ett enda värde")
    return words.format(least="en rad" if least == 1 else f"{least} rader")


def _own(code: str, key: str, value: str, place: Place) -> Problem:
    if code in _OWN:
        return Problem(_OWN[code], place, {"key": key, "value": value})
    return Problem(kinds.RULE_BROKEN, place, {"key": key, "why": _OWN_WORDS.get(code, code)})


def _limit(ctx: Mapping[str, Any]) -> str:
    if "ge" in ctx:
        return f"minst {ctx['ge']:g}"
    if "le" in ctx:
        return f"högst {ctx['le']:g}"
    return str(ctx.get("max_length", ctx.get("min_length", "för stort")))


def _choices(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _type_at(model: type[BaseModel], path: Sequence[str | int] | Path_) -> Any:
    """The type that a model has where ``path`` points (a model, ``dict[…]`` …), or ``None``."""
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            info = current.model_fields.get(str(part))
            current = None if info is None else _plain(info.annotation)
        elif get_origin(current) is dict:
            current = _plain(get_args(current)[1])
        elif get_origin(current) in {tuple, list} and isinstance(part, int):
            current = _plain(get_args(current)[0])
        else:
            return None
    return current


def _plain(annotation: Any) -> Any:
    """An annotation without ``Annotated`` and ``| None``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        inner = [a for a in get_args(annotation) if a is not type(None)]
        return _plain(inner[0]) if inner else None
    return annotation

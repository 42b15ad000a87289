"""The columns and keys of format 1, as the models of ``est_build.schema`` have them.

A new kind of file: a role in ``places``, and its model here.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from est_build.protect.rawguard.places import Role
from est_build.schema import (
    accessibility,
    action,
    areas,
    attestation,
    changes,
    codes,
    correction,
    evaluation,
    glossary,
    guidance,
    indicator,
    issue,
    picture,
    places,
    plan,
    protection,
    site,
    tables,
)

ROWS: dict[Role, type[BaseModel]] = {
    Role.REPORTS: tables.ReportRow,
    Role.PARTICIPATION: tables.ParticipationRow,
    Role.WORLDS: tables.WorldRow,
    Role.CONFIRMED: tables.ConfirmedRow,
    Role.CALENDAR: tables.CalendarRow,
    Role.LEDGER: tables.LedgerRow,
    Role.ASSESSMENT: tables.AssessmentRow,
    Role.CATEGORY_NOTES: guidance.CategoryNote,
    Role.EVIDENCE: guidance.ActionEvidence,
}
TREES: dict[Role, type[BaseModel]] = {
    Role.SITE: site.Site,
    Role.PROTECTION: protection.Protection,
    Role.CODES: codes.CodeLists,
    Role.CORRECTIONS: correction.Corrections,
    Role.PICTURE: picture.SituationPicture,
    Role.QUARTER: evaluation.QuarterEvaluation,
    Role.YEAR: evaluation.AnnualReview,
    Role.ISSUE: issue.Issue,
    Role.ACTION: action.Action,
    Role.PLAN: plan.MunicipalPlan,
    Role.INDICATOR: indicator.Indicator,
    Role.ATTESTATION: attestation.Attestation,
    Role.AREAS: areas.AreaProperties,
    Role.METHOD_CHANGES: changes.MethodChanges,
    Role.AREA_TEXTS: places.AreaTexts,
    Role.PLACE_NAMES: places.PlaceNames,
    Role.ACCESSIBILITY: accessibility.Accessibility,
    Role.GLOSSARY: glossary.Glossary,
}
CODE_COLUMNS = (*codes.Category.model_fields, *codes.ActionType.model_fields)
"""A code list has some of these, in any order."""
_COLUMNS: dict[Role, tuple[str, ...]] = {
    **{role: tuple(model.model_fields) for role, model in ROWS.items()},
    Role.CODE_LIST: CODE_COLUMNS,
    Role.WORD_LIST: ("ord", "niva", "skal", "forslag"),
    Role.FALSE_SIGNALS: (
        "fall",
        "niva",
        "metod",
        "falska",
        "medelfel",
        "falska_upp",
        "falska_ned",
        "bedomda",
        "serier",
        "natverk",
    ),
    Role.POWER: (
        "fall",
        "niva",
        "metod",
        "faktor",
        "medel_fran",
        "medel_till",
        "funna",
        "medelfel",
        "drojsmal",
        "utbrott",
    ),
    Role.GAZETTEER: ("namn", "id", "kommun", "lat", "lon", "folkmangd", "kalla"),
}
_KEYS: dict[Role, tuple[str, ...]] = {
    # Its model stands beside the text scanner, which imports what every commit should not wait for.
    Role.APPROVALS: ("format", "godkannanden", "fil", "uttryck", "godkant_av", "datum", "skal"),
}
FORMER: dict[Role, frozenset[str]] = {}
"""Keys that older versions of a file had: the history has them for ever."""


def has_columns(role: Role) -> bool:
    """True for a table."""
    return role in _COLUMNS


def columns(role: Role) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return _COLUMNS[role]


def has_keys(role: Role) -> bool:
    """True for YAML or JSON with known keys."""
    return role in TREES or role in _KEYS


@functools.cache
def keys(role: Role) -> frozenset[str]:
    """Every key that may stand anywhere in a file. Keys of free mappings are not here: see :func:`free`."""
    model = TREES.get(role)
    inside = _KEYS[role] if model is None else {name for m in _models(model) for name in m.model_fields}
    return frozenset(inside) | FORMER.get(role, frozenset())


@functools.cache
def free(role: Role) -> dict[str, int]:
    """Keys whose value is a mapping with names of its own, and how many levels of it are so."""
    found = {}
    for model in [] if role not in TREES else _models(TREES[role]):
        for name, field in model.model_fields.items():
            depth, current = 0, field.annotation
            while get_origin(current) is dict:
                depth, current = depth + 1, get_args(current)[1]
            if depth:
                found[name] = depth
    return found


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model in it."""
    yield model
    for field in model.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _models(part)


def _parts(annotation: Any) -> Iterator[Any]:
    """Every type inside an annotation."""
    if get_origin(annotation) in {Annotated, Union, types.UnionType, tuple, list, dict}:
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation

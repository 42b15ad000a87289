"""The compact, hand-written sources beside this module, read as plain values (all scalars text)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from est_build.schema.action import Action
from est_build.schema.base import Record
from est_build.schema.correction import Corrections
from est_build.schema.evaluation import AnnualReview, QuarterEvaluation
from est_build.schema.indicator import Indicator
from est_build.schema.issue import Issue
from est_build.schema.plan import MunicipalPlan

R = TypeVar("R", bound=Record)

_ISSUES = ("fragor-2023-2025.yml", "fragor-2026.yml")
_ACTIONS = (
    "atgarder-2023.yml",
    "atgarder-2024.yml",
    "atgarder-2025.yml",
    "atgarder-2026-var.yml",
    "atgarder-2026-host.yml",
)
_EVALUATIONS = (
    "utvarderingar-2023.yml",
    "utvarderingar-2024.yml",
    "utvarderingar-2025.yml",
    "utvarderingar-2026.yml",
)


def read_source(name: str) -> Any:
    """One source file. Nothing is guessed: ``2026-017`` and ``ja`` stay text, as in the loader."""
    text = files("est_build.demo.texts").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def read_list(*names: str) -> list[dict[str, Any]]:
    """The entries of several source files, in order."""
    return [entry for name in names for entry in read_source(name)]


def _record(model: type[R], entry: dict[str, Any]) -> R:
    return model.model_validate({"format": "1", **entry})


def _keyed(model: type[R], *names: str) -> dict[str, R]:
    """Records that have no id of their own: it stands in the source and names the file."""
    return {
        str(entry["id"]): _record(model, {k: v for k, v in entry.items() if k != "id"})
        for entry in read_list(*names)
    }


@cache
def issues() -> dict[str, Issue]:
    """Issues by id."""
    return {issue.id: issue for issue in (_record(Issue, e) for e in read_list(*_ISSUES))}


@cache
def actions() -> dict[str, Action]:
    """Actions by id."""
    return {action.id: action for action in (_record(Action, e) for e in read_list(*_ACTIONS))}


@cache
def evaluations() -> dict[str, QuarterEvaluation]:
    """Quarterly evaluations by quarter."""
    return _keyed(QuarterEvaluation, *_EVALUATIONS)


@cache
def reviews() -> dict[str, AnnualReview]:
    """Annual reviews by year."""
    return _keyed(AnnualReview, "arsuppfoljningar.yml")


@cache
def plans() -> dict[str, MunicipalPlan]:
    """What the law asks for, by municipality (the id in URLs)."""
    records = [_record(MunicipalPlan, e) for e in read_list("plan.yml")]
    return {plan.id: plan for plan in records}


@cache
def indicators() -> dict[str, Indicator]:
    """External indicators by id."""
    records = [_record(Indicator, e) for e in read_list("indikatorer.yml")]
    return {indicator.id: indicator for indicator in records}


@cache
def corrections() -> Corrections:
    """Corrections, in the order of the source: the newest first."""
    return _record(Corrections, read_source("rattelser.yml"))

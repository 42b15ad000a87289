"""Packaged texts about categories and kinds of actions: what is not counted, advice, what research says."""

from __future__ import annotations

import csv
import functools
import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from est_build.schema.base import Record
from est_build.schema.guidance import ActionEvidence, CategoryNote

R = TypeVar("R", bound=Record)


@functools.cache
def category_notes() -> Mapping[str, CategoryNote]:
    """What is not counted in a category group, and advice to residents; by id of the group."""
    return MappingProxyType({row.id: row for row in _rows("kategoritexter.csv", CategoryNote)})


@functools.cache
def action_evidence() -> Mapping[str, ActionEvidence]:
    """What research says of a kind of action; by id of the kind. Most kinds have nothing to say."""
    return MappingProxyType({row.id: row for row in _rows("atgardsstod.csv", ActionEvidence)})


def _rows(name: str, model: type[R]) -> list[R]:
    file = importlib.resources.files("est_build.schema") / "texts" / name
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return [model.model_validate(row) for row in rows]

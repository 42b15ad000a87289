"""The code lists in force: packaged defaults with the instance's own changes."""

from __future__ import annotations

import csv
import functools
import importlib.resources
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from est_build.schema.codes import ActionType, Category, Code, CodeLists, ListName

_MODELS: dict[str, type[Code]] = {"kategorier": Category, "atgardstyper": ActionType}


@dataclass(frozen=True, slots=True)
class CodeBook:
    """All lists, each as id -> code in the order of the list."""

    lists: Mapping[str, Mapping[str, Code]]

    def get(self, name: ListName, code: str) -> Code | None:
        """The entry, or ``None``."""
        return self.lists[name].get(code)

    def label(self, name: ListName, code: str, lang: str = "sv") -> str:
        """The label, or the code itself if it is unknown."""
        entry = self.lists[name].get(code)
        return (entry.en if lang == "en" else entry.sv) if entry else code

    def ids(self, name: ListName) -> list[str]:
        """Ids in list order."""
        return list(self.lists[name])

    def categories(self, year: int | None = None) -> list[Category]:
        """Active categories (of a year), groups and leaves, in tree order."""
        found = [c for c in self.lists["kategorier"].values() if isinstance(c, Category) and c.aktiv]
        if year is not None:
            found = [
                c for c in found if (c.fran_ar or year) <= year and (c.till_ar is None or year <= c.till_ar)
            ]
        return found

    def groups(self, year: int | None = None) -> list[Category]:
        """Top level of the tree."""
        return [c for c in self.categories(year) if c.forald is None]

    def leaves(self, group: str, year: int | None = None) -> list[Category]:
        """The categories of a group."""
        return [c for c in self.categories(year) if c.forald == group]

    def category(self, code: str) -> Category | None:
        """A category by id, active or not."""
        found = self.lists["kategorier"].get(code)
        return found if isinstance(found, Category) else None

    def group_of(self, code: str) -> str:
        """The group that a category belongs to (itself, for a group)."""
        found = self.category(code)
        return found.forald if found is not None and found.forald else code


@functools.cache
def packaged() -> Mapping[str, tuple[Code, ...]]:
    """The default lists that ship with the package."""
    folder = importlib.resources.files("est_build.schema") / "lists"
    result: dict[str, tuple[Code, ...]] = {}
    for name in get_args(ListName):
        model = _MODELS.get(name, Code)
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        rows = csv.DictReader(text.splitlines())
        result[name] = tuple(model.model_validate({k: v for k, v in row.items() if v != ""}) for row in rows)
    return MappingProxyType(result)


def codebook(changes: CodeLists | None) -> CodeBook:
    """Defaults plus the instance's changes."""
    lists: dict[str, dict[str, Code]] = {
        name: {code.id: code for code in codes} for name, codes in packaged().items()
    }
    if changes is None:
        return CodeBook(lists)
    if changes.bara_egna_kategorier:
        lists["kategorier"] = {}
    own = [Category.model_validate(c.model_dump()) for c in changes.egna_kategorier]
    lists["kategorier"] = _in_tree_order([*lists["kategorier"].values(), *own])
    for name, rows in changes.andringar.items():
        for code, change in rows.items():
            if (entry := lists[name].get(code)) is not None:
                update = change.model_dump(exclude_none=True)
                lists[name][code] = entry.model_copy(
                    update={k: v for k, v in update.items() if k in type(entry).model_fields}
                )
    return CodeBook(lists)


def _in_tree_order(codes: Iterable[Code]) -> dict[str, Code]:
    """Groups in order of appearance, each followed by its leaves."""
    every = list(codes)
    ordered: dict[str, Code] = {}
    for code in every:
        if code.forald is None:
            ordered[code.id] = code
            ordered.update({c.id: c for c in every if c.forald == code.id})
    ordered.update({c.id: c for c in every if c.id not in ordered})
    return ordered

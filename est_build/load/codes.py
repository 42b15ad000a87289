"""``kodlistor.yml`` against the packaged lists: what an instance changes must exist and hang together."""

from __future__ import annotations

from collections.abc import Iterator

from est_build.load.codebook import codebook
from est_build.load.tree import Tree
from est_build.problems import Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.codes import CodeLists, NewCategory


def code_problems(changes: CodeLists, tree: Tree) -> list[Problem]:
    """Changes of codes that do not exist, and own categories that take an id or hang in the air."""
    packaged = codebook(None)
    own = [c.id for c in changes.egna_kategorier]
    kept = [] if changes.bara_egna_kategorier else packaged.ids("kategorier")
    groups = [c.id for c in packaged.groups() if c.id in kept]
    groups += [c.id for c in changes.egna_kategorier if c.forald is None]
    problems = []
    for name, rows in changes.andringar.items():
        known = [*kept, *own] if name == "kategorier" else packaged.ids(name)
        for code, change in rows.items():
            path = ("andringar", name, code)
            if code not in known:
                values = {"value": code, "list": name}
                place = tree.place(path, of_key=True)
                problems.append(Problem(kinds.CODE_UNKNOWN, place, values, nearest(code, known)))
            if change.ersatt_av is not None and change.ersatt_av not in known:
                values = {"value": change.ersatt_av, "list": name}
                place, near = tree.place((*path, "ersatt_av")), nearest(change.ersatt_av, known)
                problems.append(Problem(kinds.CODE_UNKNOWN, place, values, near))
    for i, category in enumerate(changes.egna_kategorier):
        for key, why, near in _faults(category, own[:i], kept, (groups, own)):
            values = {"value": category.id, "why": why}
            place = tree.place(("egna_kategorier", i, key))
            problems.append(Problem(kinds.CATEGORY_WRONG, place, values, near))
    return problems


def _faults(
    category: NewCategory, before: list[str], kept: list[str], new: tuple[list[str], list[str]]
) -> Iterator[tuple[str, str, str | None]]:
    """Key, fault and nearest match. The tree has two levels: a group and its categories."""
    groups, own = new
    if category.id in kept:
        yield "id", "id finns redan i de färdiga kodlistorna", None
    elif category.id in before:
        yield "id", "den står två gånger", None
    if category.forald is not None and category.forald not in groups:
        known = category.forald in kept or category.forald in own
        why = "är själv en underkategori" if known else "finns inte"
        yield "forald", f"forald {category.forald} {why}", nearest(category.forald, groups)
    if category.ersatt_av is not None and category.ersatt_av not in [*kept, *own]:
        why = f"ersatt_av {category.ersatt_av} finns inte"
        yield "ersatt_av", why, nearest(category.ersatt_av, [*kept, *own])
    if category.fran_ar is not None and category.till_ar is not None and category.till_ar < category.fran_ar:
        yield "till_ar", "den slutar räknas innan den börjar", None

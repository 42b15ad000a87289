"""The places that a fortnight or a category tells something of: what the search can be narrowed by.

A place whose number is hidden, and of which nothing else is said, is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages.context import Context
from est_build.schema.codes import Category


def places_of_period(context: Context, span: Span) -> tuple[str, ...]:
    """Names of areas with a shown number, a judgement or an event in the fortnight; and municipalities."""
    published = context.published
    ids = [area.id for area in _every(published) if isinstance(published.total_cell(span, area), Shown)]
    ids += [row.omrade for row in published.texts.assessments.get(span.id) or ()]
    picture = published.texts.pictures.get(span.id)
    for event in picture.handelser if picture else ():
        ids += event.omraden
    return context.place_names(ids)


def places_of_category(context: Context, group: Category, quarter: Span | None) -> tuple[str, ...]:
    """Names of areas with a shown number in the quarter, or with an issue or an action in the category."""
    published, related = context.published, context.relations
    ids = []
    if quarter is not None:
        shown = (area for area in _every(published) if _is_shown(published, quarter, area, group))
        ids += [area.id for area in shown]
    for issue in related.issues_about(group.id):
        ids += issue.omraden
    for action in related.actions_about(group.id):
        ids += action.omraden
    return context.place_names(ids)


def _every(published: Published) -> Iterator[Area]:
    yield from published.municipalities
    yield from published.small_areas()


def _is_shown(published: Published, span: Span, area: Area, group: Category) -> bool:
    return isinstance(published.group_cell(span, area, group.id), Shown)

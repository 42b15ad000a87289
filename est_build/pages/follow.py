"""``/folj/``: when the next picture and the next meeting come."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import Page


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Dates to wait for; empty when none is set."""

    picture: str
    meeting: str


def follow_pages(context: Context) -> list[Page]:
    """The page about how to follow the work."""
    picture = context.published.texts.pictures.get(context.latest.id)
    meeting = context.relations.next_meeting
    page = FollowPage(
        day(picture.nasta) if picture and picture.nasta else "",
        day(meeting) if meeting else "",
    )
    html = render("follow.html.j2", page)
    words = "När nästa lägesbild och nästa kvartalsmöte kommer."
    return [Page(addresses.path(addresses.FOLLOW), "Följ arbetet", words, "", html)]

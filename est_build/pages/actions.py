"""Actions: the list, and a page per action that follows the thread from report to follow-up."""

from __future__ import annotations

from est_build.pages.action_list import action_list_page
from est_build.pages.action_page import one_action_page
from est_build.pages.context import Context
from est_build.pages.page import Page


def action_pages(context: Context) -> list[Page]:
    """List and a page per action."""
    actions = context.published.texts.actions.values()
    return [action_list_page(context), *(one_action_page(context, action) for action in actions)]

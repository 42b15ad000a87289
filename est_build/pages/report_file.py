"""``/lage/<id>/rapport.html``: a fortnight as one file that needs nothing beside it."""

from __future__ import annotations

from est_build.pages.context import Context


def report_files(context: Context) -> dict[str, bytes]:
    """Path under the site -> the file, one for each fortnight.

    The style sheet (``styles.style_sheet``) stands in the file; its hash stands in the file's own policy.
    """
    return {}

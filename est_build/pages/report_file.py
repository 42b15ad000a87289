"""``/lage/<id>/rapport.html``: a fortnight as one file that needs nothing beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from markupsafe import Markup

from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import NOT_DRAWN
from est_build.pages.period import period_html, summary_of
from est_build.pages.provenance import source_note
from est_build.pages.styles import style_sheet

_FROM_ROOT = re.compile(r'(<a\s[^>]*?href=")/(?!/)([^"]*)"')
_OUT = re.compile(r'(<a\s[^>]*?href="https://[^"]*")(?![^>]*\srel=)')
_OWN_REL = re.compile(r'\srel="(?:prev|next)"')


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Everything in the file."""

    title: str
    summary: str
    site: str
    home: str
    address: str
    example: bool
    style: Markup
    policy: str
    body: Markup
    credits: tuple[str, ...]
    licence: str


def report_files(context: Context) -> dict[str, bytes]:
    """Path under the site -> the file, one for each fortnight.

    The style sheet (``styles.style_sheet``) stands in the file; its hash stands in the file's own policy.
    Links lead to the published site, so that they work from wherever the file has been saved. One whose page
    is not drawn here holds :data:`NOT_DRAWN`.
    """
    return {
        addresses.path(addresses.report_file(span.id)): _report(context, span).encode("utf-8")
        if context.draws(addresses.path(addresses.picture(span.id)))
        else NOT_DRAWN.encode("utf-8")
        for span in context.published.periods
    }


def _report(context: Context, span: Span) -> str:
    site = context.published.site
    style, path = style_sheet(), addresses.path(addresses.picture(span.id))
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = ReportFile(
        title=f"Läget {span.label}, {span.end.year}",
        summary=summary_of(context, span),
        site=site.namn,
        home=site.bas_url,
        address=f"{site.bas_url}{path}",
        example=site.exempeldata,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        body=period_html(context, span) + source_note(context.published, path),
        credits=tuple(f"{c.vad}: {c.kalla} ({c.licens})" for c in site.kallor),
        licence="CC0 1.0" if site.licens_data == "CC0-1.0" else "CC BY 4.0",
    )
    return _whole_addresses(str(render("report.html.j2", page)), site.bas_url)


def _whole_addresses(html: str, home: str) -> str:
    html = _FROM_ROOT.sub(rf'\g<1>{home}\g<2>"', _OWN_REL.sub("", html))
    return _OUT.sub(r'\g<1> rel="noopener noreferrer"', html)

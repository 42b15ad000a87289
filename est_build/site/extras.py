"""What a site has besides its pages: the search's index, header files, sitemap, robots and security files,
and last the list of them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from est_build.pages.context import Context
from est_build.publish.headers import header_files
from est_build.publish.manifest import write_manifest
from est_build.publish.robots_txt import ROBOTS, robots_txt
from est_build.publish.security_txt import ADDRESS, security_txt
from est_build.publish.sitemap import SITEMAP, sitemap_xml
from est_build.site.engine import root_of
from est_build.site.search import write_index


def add_extras(site: Path, context: Context, paths: Iterable[str]) -> None:
    """Write the extras into ``site``, the engine's ready output, before it is checked.

    ``paths``: of every page, as :attr:`PageHead.path` has them.
    """
    published = context.published
    about = published.site
    write_index(site, context.memo)
    files = header_files(root_of(about.bas_url))
    files[ROBOTS] = robots_txt(about.bas_url)
    files[SITEMAP] = sitemap_xml(context, paths)
    files[ADDRESS] = security_txt(about.kontakt.epost, about.bas_url, published.date)
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    # Last: it names every file. Nothing may be written after it.
    write_manifest(site)

"""The whole public build: published data to a finished site, all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from est_build.model.published import load_published
from est_build.pages.build import all_pages
from est_build.publish.downloads import downloads
from est_build.site.checks import check_site
from est_build.site.engine import refuse_foreign, run_engine, swap_in, write_config
from est_build.site.staging import stage


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    pages: int
    site: Path | None


def build_site(
    root: Path,
    out: Path,
    *,
    only_stage: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build the instance in ``root`` into ``out``.

    Raises :class:`est_build.problems.ProblemsError`; then ``out`` is as it was.
    """
    refuse_foreign(out)
    build = root / "build"
    progress("Läser och kontrollerar data")
    published = load_published(root / "data")
    progress("Skriver sidorna")
    files = downloads(published, root / "data")
    pages, assets = all_pages(published, root / "content", files)
    paths = stage(build, pages, {**assets, **{f"data/{f.name}": f.content for f in files}})
    config = write_config(root, build, published)
    if only_stage:
        return Built(len(paths), None)
    progress("Bygger sajten")
    new = build / "site-ny"
    if new.exists():
        shutil.rmtree(new)
    run_engine(config, new, published)
    check_site(new, paths)
    swap_in(new, out)
    return Built(len(paths), out)

"""The whole public build: published data to a finished site, all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from est_build.model.published import load_instance, published, refuse_texts
from est_build.pages.build import all_pages
from est_build.pages.finish import finisher
from est_build.pages.styles import STYLE_ASSET, style_sheet
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.publish.dcat import catalogue_files
from est_build.publish.downloads import open_data
from est_build.site.checks import check_site
from est_build.site.engine import root_of, run_engine, write_config
from est_build.site.extras import add_extras
from est_build.site.place import recover, refuse_foreign, swap_in
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
    """Build the instance in ``root`` into ``out``; with ``only_stage`` just the engine's input.

    Raises :class:`est_build.problems.ProblemsError`; then ``out`` is as it was.
    """
    try:
        return _build(root, out.resolve(), only_stage, progress)
    except OSError as error:
        place = Place(Path(error.filename).name if isinstance(error.filename, str) else out.name)
        why = error.strerror or type(error).__name__
        raise ProblemsError([Problem(kinds.DISK_FAILED, place, {"why": why})]) from error


def _build(root: Path, out: Path, only_stage: bool, progress: Callable[[str], None]) -> Built:
    if not only_stage:
        refuse_foreign(out)
        recover(out)
    build = root / "build"
    progress("Läser och kontrollerar data")
    instance = load_instance(root / "data", proven=True)
    progress("Läser texterna")
    refuse_texts(instance)
    public = published(instance)
    progress("Skriver sidorna")
    data = open_data(public, root / "data")
    pages, assets = all_pages(public, root / "content", data)
    fetched = {file.path: file.content for file in data.files} | catalogue_files(public, data)
    assets = {STYLE_ASSET: style_sheet().encode("utf-8"), **assets, **fetched}
    paths = stage(build, pages, assets, finisher(root / "content"))
    config = write_config(root, build, public)
    if only_stage:
        return Built(len(paths), None)
    progress("Bygger sajten")
    new = build / "site-ny"
    try:
        if new.exists():
            shutil.rmtree(new)
        run_engine(config, new, public)
        add_extras(new, public)
        progress("Granskar sajten")
        check_site(new, paths, root_of(public.site.bas_url))
        swap_in(new, out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Built(len(paths), out)

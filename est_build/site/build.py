"""The whole public build: published data to a finished site, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from est_build.disk.lock import locked
from est_build.disk.reason import name_of, refused
from est_build.model.published import Published, load_instance, published, refuse_texts
from est_build.pages.action_filters import empty_list
from est_build.pages.build import all_pages
from est_build.pages.context import Context
from est_build.pages.finish import finisher
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.pictures import KINDS as PICTURES
from est_build.pages.styles import STYLE_ASSET, style_sheet
from est_build.problems import ProblemsError
from est_build.publish.downloads import downloads
from est_build.publish.feeds import feed_files
from est_build.publish.ical import calendar_files
from est_build.publish.ledger import NARROWED, ledger_problems, missing, read_ledger, rows_of
from est_build.publish.letter import letter_files
from est_build.publish.proofs import proof_files
from est_build.schema.tables import LedgerRow
from est_build.site.checks import check_site
from est_build.site.engine import root_of, run_engine, write_config
from est_build.site.extras import add_extras
from est_build.site.pieces import pieces
from est_build.site.place import recover, refuse_foreign, swap_in, workshop
from est_build.site.staging import stage

Assets = dict[str, bytes]
"""Path under the site -> content."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    pages: int
    site: Path | None
    behind: int = 0
    """Addresses that the ledger lacks; nought without a ledger."""


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
        raise refused(name_of(error, out.name), error) from error


def _build(root: Path, out: Path, only_stage: bool, progress: Callable[[str], None]) -> Built:
    if not only_stage:
        refuse_foreign(out)
        recover(out)
    build = root / "build"
    build.mkdir(parents=True, exist_ok=True)
    with locked(build):
        # Nobody publishes or mends while the files are read: they belong together.
        with locked(root / "data", shared=True):
            public, pages, assets, behind = _read(root, progress)
        paths = stage(build, pages, assets, finisher(root / "content"))
        config = write_config(root, build, public)
        if only_stage:
            return Built(len(paths), None, behind)
        progress("Bygger sajten")
        with workshop(build) as new:
            run_engine(config, new, public)
            add_extras(new, public, paths)
            progress("Granskar sajten")
            check_site(new, paths, root_of(public.site.bas_url))
            swap_in(new, out)
    return Built(len(paths), out, behind)


def _read(
    root: Path, progress: Callable[[str], None]
) -> tuple[Published, list[Page | MarkdownPage], Assets, int]:
    """What is published, every page and file of it, and how many addresses the ledger lacks."""
    progress("Läser och kontrollerar data")
    instance = load_instance(root / "data", proven=True)
    progress("Läser texterna")
    refuse_texts(instance)
    public = published(instance)
    progress("Skriver sidorna")
    pages, assets = everything(root, public)
    ledger, problems = read_ledger(root / "data")
    pages += kept_lists(ledger, pages)
    now = rows_of(public, lasting(pages, assets))
    problems += ledger_problems(ledger, now)
    if problems:
        raise ProblemsError(problems)
    return public, pages, assets, missing(ledger, now) if ledger else 0


def everything(root: Path, public: Published) -> tuple[list[Page | MarkdownPage], Assets]:
    """Every page, and every other file by its path under the site."""
    files, proofs = downloads(public, root / "data"), proof_files(public, root / "data")
    context = Context(public)
    pages, assets = all_pages(context, root / "content", files, proofs, pieces())
    fetched = {f"data/{f.name}": f.content for f in (*files, *proofs.files)}
    assets = {STYLE_ASSET: style_sheet().encode("utf-8"), **assets, **fetched}
    assets |= {**feed_files(context), **calendar_files(context), **letter_files(context)}
    return pages, assets


def kept_lists(ledger: Iterable[LedgerRow], pages: Iterable[Page | MarkdownPage]) -> list[Page]:
    """Pages for the choices of actions that have been published and that nothing falls under any more."""
    there = {f"/{page.path}" for page in pages}
    gone = (row.adress for row in ledger if row.adress.startswith(NARROWED))
    return [empty_list(address) for address in gone if address not in there]


def lasting(pages: Iterable[Page | MarkdownPage], assets: Iterable[str]) -> Iterator[str]:
    """Addresses that somebody may have saved: pages and files to fetch, not what pages are drawn with."""
    yield from (f"/{page.path}" for page in pages)
    files = (name for name in assets if not name.startswith("assets/") and not name.endswith(PICTURES))
    yield from (f"/{name}" for name in files)

"""The whole public build: published data to a finished site, all or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from est_build.disk.lock import locked
from est_build.disk.reason import name_of, refused
from est_build.load.memo import Memo
from est_build.model.published import load_instance, published, refuse_texts
from est_build.pages.action_filters import empty_list
from est_build.pages.build import all_pages
from est_build.pages.context import Context
from est_build.pages.finish import finisher
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.pictures import KINDS as PICTURES
from est_build.pages.styles import STYLE_ASSET, style_sheet
from est_build.problems import ProblemsError
from est_build.publish.dcat import catalogue_files
from est_build.publish.downloads import open_data
from est_build.publish.feeds import feed_files
from est_build.publish.ical import calendar_files
from est_build.publish.ledger import NARROWED, ledger_problems, missing, read_ledger, rows_of
from est_build.publish.letter import letter_files
from est_build.schema.tables import LedgerRow
from est_build.site.cache import NAME, Cache
from est_build.site.checks import check_site
from est_build.site.engine import root_of, write_config
from est_build.site.extras import add_extras
from est_build.site.pieces import pieces
from est_build.site.place import recover, refuse_foreign, swap_in, workshop
from est_build.site.render import Workshop, render
from est_build.site.staging import refuse_pages, stage

Assets = dict[str, bytes]
"""Path under the site -> content."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    pages: int
    site: Path | None
    behind: int = 0
    """Addresses that the ledger lacks; nought without a ledger."""
    made: int = 0
    """Pages that the engine had to make; the others were remembered."""


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a site is made of, before anything is written."""

    context: Context
    pages: list[Page | MarkdownPage]
    assets: dict[str, bytes]
    """Every other file, by its path under the site."""
    behind: int


def build_site(
    root: Path,
    out: Path,
    *,
    only_stage: bool = False,
    fresh: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build the instance in ``root`` into ``out``; with ``only_stage`` just the engine's input.

    ``fresh``: forget what the last build has left to be remembered.
    Raises :class:`est_build.problems.ProblemsError`; then ``out`` is as it was.
    """
    try:
        with uncollected():
            return _build(root, out.resolve(), only_stage, fresh, progress)
    except OSError as error:
        raise refused(name_of(error, out.name), error) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """A build makes a million small values that all live until it ends: looking for dead ones is in vain."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _build(root: Path, out: Path, only_stage: bool, fresh: bool, progress: Callable[[str], None]) -> Built:
    if not only_stage:
        refuse_foreign(out)
        recover(out)
    build = root / "build"
    build.mkdir(parents=True, exist_ok=True)
    with locked(build):
        if fresh:
            (build / NAME).unlink(missing_ok=True)
        cache = Cache(build / NAME)
        try:
            built = _built(root, out, only_stage, progress, cache)
            cache.save()
        finally:
            cache.close()
    return built


def _built(root: Path, out: Path, only_stage: bool, progress: Callable[[str], None], cache: Cache) -> Built:
    build = root / "build"
    made = ready(root, progress, memo=cache)
    public, pages, assets = made.context.published, made.pages, made.assets
    config, finish = write_config(root, build, public), finisher(root / "content")
    if only_stage:
        stage(build, pages, assets, finish)
        return Built(len(pages), None, made.behind)
    progress("Bygger sajten")
    with workshop(build) as new:
        rendered = render(Workshop(public, build, config, finish, cache, out), pages, assets, new)
        paths = [page.path for page in pages]
        add_extras(new, made.context, paths)
        progress("Granskar sajten")
        check_site(new, paths, root_of(public.site.bas_url), cache)
        swap_in(new, out)
    return Built(len(pages), out, made.behind, rendered)


def ready(
    root: Path,
    progress: Callable[[str], None],
    draws: Callable[[str], bool] = lambda _: True,
    memo: Memo | None = None,
) -> Ready:
    """Read and check the instance in ``root``, and draw the pages that ``draws`` says.

    ``memo``: where what is slow to make or to check may be remembered.
    Raises :class:`est_build.problems.ProblemsError` with everything that is wrong.
    """
    # Nobody publishes or mends while the files are read: they belong together.
    with locked(root / "data", shared=True):
        return _ready(root, progress, draws, memo)


def _ready(
    root: Path, progress: Callable[[str], None], draws: Callable[[str], bool], memo: Memo | None
) -> Ready:
    progress("Läser och kontrollerar data")
    instance = load_instance(root / "data", proven=True, memo=memo)
    progress("Läser texterna")
    refuse_texts(instance, memo)
    public = published(instance)
    progress("Skriver sidorna")
    context = Context(public, memo, draws)
    pages, assets = everything(root, context)
    ledger, problems = read_ledger(root / "data")
    pages += kept_lists(ledger, pages)
    now = rows_of(public, lasting(pages, assets))
    problems += ledger_problems(ledger, now)
    if problems:
        raise ProblemsError(problems)
    refuse_pages(pages)
    return Ready(context, pages, assets, missing(ledger, now) if ledger else 0)


def everything(root: Path, context: Context) -> tuple[list[Page | MarkdownPage], Assets]:
    """Every page, and every other file by its path under the site. A page that the context does not draw may
    come without its body.
    """
    public = context.published
    data = open_data(public, root / "data")
    pages, assets = all_pages(context, root / "content", data, pieces())
    fetched = {file.path: file.content for file in data.files} | catalogue_files(public, data)
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

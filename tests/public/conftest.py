"""The built example, made once for all tests of the public side, and slim copies to break."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from est_build.model.published import Published, load_published
from est_build.site.build import Built, build_site
from est_build.site.checks import ALONE, LETTER
from tests.public import instances
from tests.public.browse import Visit, served, visit_all
from tests.public.checkers import TEMPLATES
from tests.public.dom import Document, parse


@dataclass
class BuiltSite:
    """The example as a finished site, with every page read."""

    root: Path
    site: Path
    built: Built
    seconds: float
    _documents: dict[str, Document] = field(default_factory=dict)

    @cached_property
    def published(self) -> Published:
        """The published values that the site was built from."""
        return load_published(self.root / "data")

    @cached_property
    def pages(self) -> list[str]:
        """Addresses of all pages: ``/``, ``/lage/2026-v45-46/``, ``/404.html``."""
        names = (
            p.relative_to(self.site).as_posix()
            for p in self.site.rglob("*.html")
            if p.name not in (ALONE, LETTER)
        )
        return sorted("/" + name.removesuffix("index.html") for name in names)

    @cached_property
    def reports(self) -> list[Path]:
        """The fortnights as files that need nothing beside them."""
        return sorted(self.site.rglob(ALONE))

    def path(self, address: str) -> Path:
        """The file of an address."""
        return self.site / address.strip("/") / ("index.html" if address.endswith("/") else "")

    def page(self, address: str) -> Document:
        """A page, read once."""
        if address not in self._documents:
            self._documents[address] = parse(self.path(address).read_text(encoding="utf-8"))
        return self._documents[address]

    def every(self) -> Iterator[tuple[str, Document]]:
        """All pages with their addresses."""
        for address in self.pages:
            yield address, self.page(address)
        # A million small objects that stay: the collector need not walk them again and again.
        gc.freeze()


@pytest.fixture(scope="session")
def built(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the example as a finished site. Nobody may change it."""
    root = instances.copy(repo_root, tmp_path_factory.mktemp("byggd") / "exempel")
    start = time.perf_counter()
    result = build_site(root, root / "site")
    return BuiltSite(root, root / "site", result, time.perf_counter() - start)


@pytest.fixture(scope="session")
def slim_root(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the slim example. Nobody may change it."""
    return instances.slim(repo_root, tmp_path_factory.mktemp("smal") / "exempel")


@pytest.fixture
def data(slim_root: Path, tmp_path: Path) -> Path:
    """Return a ``data`` folder of the slim example to break (with :mod:`tests.public.instances`)."""
    return instances.linked(slim_root / "data", tmp_path / "data")


@pytest.fixture
def instance(slim_root: Path, tmp_path: Path) -> Path:
    """Return a whole slim instance to break."""
    return instances.linked(slim_root, tmp_path / "instans")


@pytest.fixture(scope="session")
def visits(built: BuiltSite, chromium_path: str) -> dict[str, Visit]:
    """Return what came out of visiting a page of every kind."""
    # Another process may be testing on the other core.
    hands = 1 if os.environ.get("PYTEST_XDIST_WORKER") else 2
    with served(built.site) as home:
        return visit_all(chromium_path, home, list(TEMPLATES), hands)

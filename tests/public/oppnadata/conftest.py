"""The open data of the slim example as a folder, made without the engine: quick to make and to check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from est_build.model.published import Published, load_published
from est_build.pages.datafiles import OpenData
from est_build.publish.dcat import catalogue_files
from est_build.publish.downloads import open_data


@dataclass(frozen=True)
class Slim:
    """The slim example: its values, its open data, and those as files."""

    published: Published
    made: OpenData
    site: Path

    @property
    def data(self) -> Path:
        """The folder ``/data/``."""
        return self.site / "data"


def written(published: Published, root: Path, target: Path) -> Slim:
    """Open data and catalogue of an instance, as files under ``target``."""
    made = open_data(published, root / "data")
    files = {file.path: file.content for file in made.files} | catalogue_files(published, made)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Slim(published, made, target)


@pytest.fixture(scope="package")
def slim(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Slim:
    """Return the open data of the slim example. Nobody may change them."""
    return written(load_published(slim_root / "data"), slim_root, tmp_path_factory.mktemp("oppna-data"))

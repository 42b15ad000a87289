"""A fresh copy of the tiny instance for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .instance import FIRST, Book, Instance, make_instance


def first_book() -> Book:
    """What the template instance has published for its first fortnight."""
    book = Book(FIRST).safe(omrade="ekby").safe(kategori="nedskrapning.skrap", omrade="asen")
    book.add("Söderby skola", 4, omrade="vik").add("Söderby handel", 3, omrade="vik")
    return book.add("Söderby bibliotek", 2, omrade="vik").nothing("Norrby idrott", "Söderby hembygd")


@pytest.fixture
def tiny(tmp_path: Path) -> Instance:
    """Return an instance with nothing published."""
    return make_instance(tmp_path / "prov")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Return an instance with the first fortnight published; never changed."""
    instance = make_instance(tmp_path_factory.mktemp("mall") / "prov")
    instance.run(first_book())
    return instance


@pytest.fixture
def begun(template: Instance, tmp_path: Path) -> Instance:
    """Return a copy of an instance with the first fortnight published."""
    shutil.copytree(template.root, tmp_path / "prov")
    return Instance(tmp_path / "prov")

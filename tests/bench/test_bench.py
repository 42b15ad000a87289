"""The benchmark measures what it says: the same pages in three ways."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import load_script


@pytest.fixture(scope="module")
def modules() -> tuple[Any, Any]:
    """Return the two scripts."""
    return load_script("bench"), load_script("bench_pages")


def test_all_three_ways_make_the_same_pages(modules: tuple[Any, Any], tmp_path: Path) -> None:
    _, pages = modules
    pages.est(3, tmp_path)
    pages.material(3, tmp_path)
    pages.split(0, tmp_path)
    pages.floor(0, tmp_path)
    made = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("index.html")}
    assert len(made) == 3
    # The shell of all is that of the first page.
    assert (tmp_path / "floor/index.html").read_bytes() == (tmp_path / "site/index.html").read_bytes()
    assert {path.relative_to(tmp_path / "floor") for path in (tmp_path / "floor").rglob("index.html")} == made
    ours = (tmp_path / "site/sida/2/index.html").read_text(encoding="utf-8")
    theirs = (tmp_path / "material/docs/sida-2.md").read_text(encoding="utf-8")
    assert ours.count("<svg") - ours.partition("<main")[0].count("<svg") >= theirs.count("<svg") >= 3
    assert theirs.count("\n| ") == pages.POINTS + 2
    assert len(ours) < 2 * len(theirs)


def test_a_page_as_markdown_has_its_texts_links_tables_and_pictures(
    modules: tuple[Any, Any], tmp_path: Path
) -> None:
    _, pages = modules
    inside = (
        '<h1>Läget</h1><p>Se <a href="../a/">listan</a> | nu.</p><svg><title>Karta</title></svg>'
        "<table><tr><th>Område</th><th>Antal</th></tr><tr><td>Kivik</td><td>5–9</td></tr></table>"
    )
    (tmp_path / "site/x").mkdir(parents=True)
    (tmp_path / "site/x/index.html").write_text(f"<main id=a>{inside}</main>", encoding="utf-8")
    pages.markdown(0, tmp_path)
    text = (tmp_path / "material/docs/x/index.md").read_text(encoding="utf-8")
    picture = "<svg><title>Karta</title></svg>"
    wanted = ("# Läget\n", "Se [listan](../a/) | nu.", "| Kivik | 5–9 |", picture)
    assert all(part in text for part in wanted)


def test_ratios_are_of_work_and_not_of_waiting(modules: tuple[Any, Any]) -> None:
    bench, _ = modules
    rows = [
        bench.Row(f"{n} sidor", way, n, bench.Run(wall, cpu, 1), 3)
        for n, way, wall, cpu in (
            (200, "est-build", 9, 2.0),
            (200, "mkdocs-material", 1, 4.0),
            (1000, "est-build", 9, 9.0),
            (1000, "golv: jinja2", 9, 0.5),
        )
    ]
    assert bench.ratios(rows) == {
        "200 sidor: est-build / mkdocs-material": 0.5,
        "1000 sidor: est-build / golv: jinja2": 18.0,
        "1000 / 200 sidor": 4.5,
    }


def test_a_command_that_fails_stops_the_benchmark(modules: tuple[Any, Any], tmp_path: Path) -> None:
    bench, _ = modules
    one = bench.run([sys.executable, "-c", "print(sum(range(10**6)))"], tmp_path)
    assert one.cpu > 0
    assert one.peak_mb > 1
    with pytest.raises(SystemExit, match="misslyckades"):
        bench.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)

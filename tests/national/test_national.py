"""The whole country on one site: large, clumped, real input through the whole chain.

21 "kommuner" (län), 290 areas, 47 fortnights, from public police notices written as a survey export
(invented organisations). The input lies beside the repository and is only read.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from est_build.model.published import load_published
from est_build.prepare.run import PrepareRequest, prepare
from est_build.site.build import build_site
from tests.pages_of_others import lend_pages

from .instance import FORTNIGHTS, National, make_national

SLICE = 8
"""Fortnights of the run that every CI makes."""
MEGABYTE = 1024
"""``ru_maxrss`` is in kB."""


@dataclass
class Meter:
    """CPU seconds of this process and its children, and peak memory, step by step."""

    rows: list[dict[str, object]] = field(default_factory=list)
    _cpu: float = 0.0
    _wall: float = 0.0

    def start(self) -> None:
        self._cpu, self._wall = cpu(), time.perf_counter()

    def stop(self, step: str, **more: object) -> None:
        row = {"steg": step, "cpu_s": round(cpu() - self._cpu, 1),
               "vagg_s": round(time.perf_counter() - self._wall, 1), "minne_mb": peak()}  # fmt: skip
        self.rows.append({**row, **more})
        print(json.dumps(self.rows[-1], ensure_ascii=False))


def cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def peak() -> int:
    """The largest of this process and its children, in MB. It never falls."""
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(both) // MEGABYTE


def prepared(national: National, periods: int, meter: Meter) -> None:
    meter.start()
    for period in national.periods[:periods]:
        export = national.exports / f"{period}.csv"
        prepare(PrepareRequest(national.data, national.survey, national.store, period, export))
    meter.stop("prepare", perioder=periods)


def built(national: National, root: Path, meter: Meter) -> Path:
    """The site, from a root that holds only what is published."""
    public = national.data.parent
    lend_pages(root, public)
    site = public / "site"
    meter.start()
    pages = build_site(public, site).pages
    size = sum(p.stat().st_size for p in site.rglob("*") if p.is_file())
    meter.stop("build", sidor=pages, sajt_mb=round(size / 1e6, 1))
    return site


def check_figures(national: National, spans: int) -> None:
    """Every release is read back and is whole; real input is sparse, so that much must be hidden."""
    published = load_published(national.data)
    assert len(published.figures) == spans * 21
    cells = [cell for figures in published.figures.values() for cell in figures.cells.values()]
    shown = sum(type(cell).__name__ == "Shown" for cell in cells)
    assert 0.02 < shown / len(cells) < 0.6
    print(json.dumps({"celler": len(cells), "visade": shown}))


def check_site(site: Path, areas: list[str]) -> None:
    assert (site / "index.html").is_file()
    for area in areas:
        assert (site / "omraden" / area / "index.html").is_file()
    private = [p for p in site.rglob("*") if p.suffix in (".sqlite3", ".xlsx", ".yml")]
    assert private == []


def areas_of(national: National) -> list[str]:
    features = json.loads((national.data / "omraden.geojson").read_text(encoding="utf-8"))["features"]
    return [feature["properties"]["id"] for feature in features]


@pytest.fixture
def source(need_shared: Callable[[str], Path]) -> Path:
    """Return the folder of the real input."""
    return need_shared("real/polisen")


def test_slice_of_the_country(source: Path, repo_root: Path, tmp_path: Path) -> None:
    """Eight fortnights, two quarters and all of the site: the scale of every step, in CI."""
    meter = Meter()
    national = make_national(source, tmp_path / "land")
    prepared(national, SLICE, meter)
    # The first quarter of the calendar holds one fortnight, the second seven: both are whole.
    check_figures(national, SLICE + 2)
    site = built(national, repo_root, meter)
    check_site(site, areas_of(national))


@pytest.mark.national
def test_the_whole_country(source: Path, repo_root: Path, tmp_path: Path) -> None:
    """47 fortnights, 8 quarters, 2 years, 311 areas: well under ten minutes, small memory."""
    meter = Meter()
    meter.start()
    national = make_national(source, tmp_path / "land")
    meter.stop("instans")
    prepared(national, FORTNIGHTS, meter)
    check_figures(national, FORTNIGHTS + 8 + 2)
    site = built(national, repo_root, meter)
    check_site(site, areas_of(national))
    path = tmp_path / "national.json"
    path.write_text(json.dumps(meter.rows, ensure_ascii=False, indent=1), encoding="utf-8")
    print(path)
    assert sum(float(str(row["cpu_s"])) for row in meter.rows) < 300
    assert peak() < 700


@pytest.mark.national
def test_the_same_bytes_twice(source: Path, repo_root: Path, tmp_path: Path) -> None:
    """Two folders, two runs: the same releases and the same site."""
    sites = []
    for name in ("a", "b"):
        national = make_national(source, tmp_path / name / "land")
        prepared(national, 2, Meter())
        sites.append(built(national, repo_root, Meter()))
    for folder in (".", "../data"):
        one, two = ((site / folder).resolve() for site in sites)
        names = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
        assert names == sorted(p.relative_to(two) for p in two.rglob("*") if p.is_file())
        assert [n for n in names if (one / n).read_bytes() != (two / n).read_bytes()] == []

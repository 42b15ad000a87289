"""Measures whole builds against a floor and a peer, in one table.

    make bench                                      everything but the whole country
    make bench BENCH_ARGS="--runs 5 --pages 1000"   other sizes
    make bench BENCH_ARGS="--national 47"           the country too, with so many fortnights

Every figure is the median of processes of their own: what a person waits for, what the processor works, and
the most memory that was held. Beside ours stand the *floor* (Jinja alone writes the same HTML) and the *peer*
(plain mkdocs-material renders the same pages from Markdown with tables and inline SVG, without search). A
machine that is busy makes all three slower, so the ratios are what can be compared. The table is printed
and written to ``tests/bench/results/``.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "tests" / "bench" / "results"
PAGES = Path(__file__).with_name("bench_pages.py")
LARGE = 2000
"""So many pages are made once: the others have said how much a run differs from the next."""
EST = (sys.executable, "-m", "est_build")
ASSET = re.compile(
    r'<(?:script|img|iframe|source)\b[^>]*?\bsrc="([^"#?]+)'
    r'|<link\b(?=[^>]*\brel="(?:stylesheet|icon|preload|shortcut icon|manifest)")'
    r'[^>]*?\bhref="([^"#?]+)'
)


@dataclass(frozen=True)
class Run:
    """One process."""

    wall: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True)
class Row:
    """A line of the table: the median of some runs."""

    what: str
    way: str
    pages: int
    run: Run
    runs: int


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a process of its own, and read what the system says that it cost."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    log = folder / "log.txt"
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        with log.open("w", encoding="utf-8") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            os.chdir(folder)
            os.execve(command[0], list(command), environment)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} misslyckades:\n{log.read_text(encoding='utf-8')}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(statistics.median(getattr(r, name) for r in runs) for name in ("wall", "cpu", "peak_mb")))


class Bench:
    """Collects the rows of a table."""

    def __init__(self, work: Path, runs: int) -> None:
        self.work, self.runs = work, runs
        self.rows: list[Row] = []

    def measure(self, what: str, way: str, pages: int, once: Callable[[], Run]) -> Row:
        """Run something so many times and keep the median."""
        runs = self.runs if pages < LARGE else 1
        row = Row(what, way, pages, median([once() for _ in range(runs)]), runs)
        self.rows.append(row)
        print(line(row), flush=True)
        return row

    def pages_of(self, way: str, count: int, folder: Path) -> Run:
        """A way of ``bench_pages.py``."""
        return run([sys.executable, str(PAGES), way, str(count), str(folder)], folder)

    def others(self, what: str, pages: int, folder: Path) -> None:
        """The floor and the peer of the site in a folder."""
        self.pages_of("split", 0, folder)

        def floor() -> Run:
            shutil.rmtree(folder / "floor", ignore_errors=True)
            return self.pages_of("floor", 0, folder)

        def peer() -> Run:
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
            return run(command, folder / "material")

        self.measure(what, "golv: jinja2", pages, floor)
        self.measure(what, "mkdocs-material", pages, peer)

    # ---- (a) the example -------------------------------------------------------------------------

    def instance(self, what: str, root: Path) -> None:
        """A whole instance: from nothing, after one changed action, and beside floor and peer."""
        folder = self.work / what
        folder.mkdir()
        out = folder / "site"
        build = [*EST, "build", "--root", str(root), "--out", str(out)]
        self.measure(what, "est-build", 0, lambda: run([*build, "--utan-minne"], folder))
        count = sum(1 for _ in out.rglob("index.html"))
        self.rows[-1] = Row(what, "est-build", count, self.rows[-1].run, self.runs)
        actions = sorted((root / "data" / "atgarder").glob("*.yml"))
        if actions:
            turn = iter(range(99))

            def again() -> Run:
                text = actions[-1].read_text(encoding="utf-8")
                new = re.sub(r"(?m)^titel: .*$", f"titel: Ny belysning, försök {next(turn)}", text, count=1)
                actions[-1].write_text(new, encoding="utf-8")
                return run(build, folder)

            self.measure(what, "en ändrad åtgärd", count, again)
        self.pages_of("markdown", 0, folder)
        self.others(what, count, folder)

    # ---- (b) pages with a table, a chart and a map -------------------------------------------------

    def synthetic(self, count: int) -> None:
        """So many pages with a table, a chart and a map each."""
        what = f"{count} sidor"
        folder = self.work / f"sidor-{count}"
        folder.mkdir()
        self.pages_of("material", count, folder)

        def est() -> Run:
            for name in ("site", "build"):
                shutil.rmtree(folder / name, ignore_errors=True)
            return self.pages_of("est", count, folder)

        self.measure(what, "est-build", count, est)
        self.others(what, count, folder)

    # ---- (c) the country -------------------------------------------------------------------------

    def national(self, fortnights: int, source: Path) -> None:
        """The country: each fortnight prepared with its audit, then the site of them all."""
        sys.path.insert(0, str(ROOT))
        from tests.national.instance import make_national
        from tests.pages_of_others import lend_pages

        folder = self.work / "land"
        made = make_national(source, folder / "instans")
        runs = []
        for period in made.periods[:fortnights]:
            command = [*EST, "prepare", str(made.exports / f"{period}.csv"), "--period", period]
            command += ["--enkat", str(made.survey), "--data", str(made.data), "--forrad", str(made.store)]
            runs.append(run(command, folder))
        self.rows.append(Row(f"land, {len(runs)} perioder", "prepare, median", 0, median(runs), len(runs)))
        print(line(self.rows[-1]), flush=True)
        slowest = max(runs, key=lambda one: one.wall)
        self.rows.append(Row(f"land, {len(runs)} perioder", "prepare, längst", 0, slowest, len(runs)))
        print(line(self.rows[-1]), flush=True)
        lend_pages(ROOT, made.data.parent)
        self.instance("landet", made.data.parent)


def line(row: Row) -> str:
    """A row as text."""
    own = row.run
    figures = f"{own.wall:8.2f} {own.cpu:8.2f} {own.peak_mb:8.0f} {row.runs:6d}"
    return f"{row.what:20} {row.way:18} {row.pages:6d} {figures}"


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """Ours against floor and peer, and how the cost grows with the number of pages."""
    cpu = {(row.what, row.way): row.run.cpu for row in rows}
    found: dict[str, float] = {}
    for what in dict.fromkeys(row.what for row in rows):
        own = cpu.get((what, "est-build"))
        for way in ("golv: jinja2", "mkdocs-material"):
            if own and (what, way) in cpu:
                found[f"{what}: est-build / {way}"] = round(own / cpu[what, way], 2)
    sizes = sorted({row.pages for row in rows if row.what == f"{row.pages} sidor"})
    for small, large in itertools.pairwise(sizes):
        ratio = cpu[f"{large} sidor", "est-build"] / cpu[f"{small} sidor", "est-build"]
        found[f"{large} / {small} sidor"] = round(ratio, 2)
    return found


def first_visit(site: Path) -> tuple[int, int, int]:
    """Return requests, packed bytes and requests to other hosts of a first visit."""
    page = site / "index.html"
    html = page.read_text(encoding="utf-8")
    wanted = {script or link for script, link in ASSET.findall(html)}
    wanted = {address for address in wanted if not address.startswith("data:")}
    others = {a for a in wanted if a.startswith("//") or re.match(r"[a-z]+:", a)}
    files = [page]
    files += [site / a.lstrip("/") for a in sorted(wanted - others) if (site / a.lstrip("/")).is_file()]
    return len(files), sum(len(gzip.compress(f.read_bytes(), 6)) for f in files), len(others)


def report(bench: Bench, visit: tuple[int, int, int], name: str) -> None:
    """Write the table and the ratios, for people and for programs."""
    found = ratios(bench.rows)
    head = f"{'vad':20} {'hur':18} {'sidor':>6} {'s':>8} {'cpu s':>8} {'MB':>8} {'gånger':>6}"
    lines = [head, *map(line, bench.rows), "", *(f"{value:6.2f}  {what}" for what, value in found.items())]
    requests, packed, others = visit
    lines += ["", f"startsidan: {packed / 1000:.1f} kB packat, {requests} filer, {others} andra värdar"]
    print("\n".join(["", *lines]))
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = "\n".join([f"{platform.python_implementation()} {platform.python_version()}, "
                      f"{os.cpu_count()} kärnor", "", *lines, ""])  # fmt: skip
    (RESULTS / f"{name}.txt").write_text(text, encoding="utf-8")
    print(f"\nTabellen står i {(RESULTS / name).relative_to(ROOT)}.txt")


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the instance")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, nargs="*", default=[200, 1000, 5000])
    parser.add_argument("--national", type=int, default=0, help="fortnights of the whole country")
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared" / "real" / "polisen")
    parser.add_argument("--name", default="senaste", help="name of the table in tests/bench/results/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bench = Bench(work, options.runs)
        root = work / "instans"
        for part in ("data", "content"):
            shutil.copytree(options.root / part, root / part)
        shutil.copy(options.root / "mkdocs.yml", root / "mkdocs.yml")
        bench.measure("start", "est-build --help", 0, lambda: run([*EST, "--help"], work))
        check = [*EST, "check", "--root", str(root)]
        bench.measure("kontroll", "est-build check", 0, lambda: run(check, work))
        bench.instance("exemplet", root)
        visit = first_visit(work / "exemplet" / "site")
        for count in options.pages:
            bench.synthetic(count)
        if options.national:
            bench.national(options.national, options.source)
        report(bench, visit, options.name)


if __name__ == "__main__":
    main()

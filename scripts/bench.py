"""Measures whole builds: time, processor time, peak memory, pages, bytes, and the start page.

    make bench                                    the example site, three times
    make bench BENCH_ARGS="--root ../annan --runs 5"

Every build is a process of its own and writes to a temporary folder, so the figures hold what a
person waits for. The first page of a visit is counted as the bar in the design counts it: the
HTML of the start page and the files that it asks for, each packed with gzip.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ASSET = re.compile(
    r'<(?:script|img|iframe|source)\b[^>]*?\bsrc="([^"#?]+)'
    r'|<link\b(?=[^>]*\brel="(?:stylesheet|icon|preload|shortcut icon|manifest)")'
    r'[^>]*?\bhref="([^"#?]+)'
)


@dataclass(frozen=True)
class Run:
    """One build."""

    wall: float
    cpu: float
    peak_mb: float


def build(root: Path, out: Path) -> Run:
    """Build once in a process of its own, and read what the system says that it cost."""
    command = [sys.executable, "-m", "est_build", "build", "--root", str(root), "--out", str(out)]
    with (out.parent / "log.txt").open("w+", encoding="utf-8") as log:
        actions = [(os.POSIX_SPAWN_DUP2, log.fileno(), number) for number in (1, 2)]
        start = time.perf_counter()
        pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status):
            log.seek(0)
            sys.exit(f"Bygget misslyckades:\n{log.read()}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


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


def main() -> None:
    """Build, and print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder of the instance")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        runs = [build(options.root.resolve(), out) for _ in range(options.runs)]
        pages = sum(1 for _ in out.rglob("*.html"))
        size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
        requests, packed, others = first_visit(out)
    for name, unit, values in (
        ("tid", "s", [run.wall for run in runs]),
        ("processortid", "s", [run.cpu for run in runs]),
        ("minne, topp", "MB", [run.peak_mb for run in runs]),
    ):
        middle, low, high = statistics.median(values), min(values), max(values)
        print(f"{name:14} {middle:8.2f} {unit:2}  ({low:.2f} till {high:.2f}, {len(values)} byggen)")
    print(f"{'sidor':14} {pages:8d}     {size / 1e6:.1f} MB i allt")
    cost = statistics.median(run.cpu for run in runs) / max(pages, 1) * 1000
    print(f"{'per sida':14} {cost:8.2f} ms processortid")
    print(f"{'startsidan':14} {packed / 1000:8.1f} kB packat, {requests} filer, {others} andra värdar")


if __name__ == "__main__":
    main()

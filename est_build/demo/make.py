"""Make the example anew: invented answers through the real ``prepare``, fortnight by fortnight."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from pathlib import Path

from est_build.demo.areas import background, build_areas, geojson_text
from est_build.demo.calendar import PERIODS_WITH_FIGURES, calendar, calendar_text, is_collected
from est_build.demo.export import form_of, write_export
from est_build.demo.settings import CODE_LISTS, PROTECTION, site_text
from est_build.demo.survey import write_survey
from est_build.disk import swap
from est_build.disk.lock import locked
from est_build.prepare.run import PrepareRequest, prepare

Progress = Callable[[str], None]
"""Called with what is going on."""


def write_settings(data: Path) -> None:
    """Write the files of ``data/`` that a coordinator sets up once."""
    data.mkdir(parents=True, exist_ok=True)
    contents = {
        "webbplats.yml": site_text(),
        "skydd.yml": PROTECTION,
        "kodlistor.yml": CODE_LISTS,
        "kalender.csv": calendar_text(),
        "omraden.geojson": geojson_text(build_areas()),
        "omgivning.geojson": geojson_text(background()),
    }
    for name, text in contents.items():
        (data / name).write_text(text, encoding="utf-8", newline="\n")


def _write_texts(data: Path) -> None:
    """Pictures, issues, actions, evaluations and the rest of what people write."""
    texts = importlib.import_module("est_build.demo.texts")
    texts.write_texts(data)


def _prepare_all(
    data: Path, work: Path, periods: int, towns: tuple[str, ...] | None, progress: Progress
) -> None:
    surveys = write_survey(work / "enkat")
    exports = work / "export"
    exports.mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(calendar()[:periods], start=1):
        progress(f"Period {number} av {periods}: {row.period}")
        collected = is_collected(row)
        prepare(
            PrepareRequest(
                data=data,
                survey=surveys[form_of(row.period).name],
                store=work / "lager",
                period=row.period,
                export=write_export(row.period, exports) if collected else None,
                collected=collected,
                municipalities=towns,
                silent=towns is not None,
            )
        )


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.gammal")


def make_demo(
    target: Path,
    work: Path,
    *,
    progress: Progress | None = None,
    periods: int = PERIODS_WITH_FIGURES,
    municipalities: tuple[str, ...] | None = None,
) -> None:
    """Write the example's whole ``data/`` folder to ``target``; the same bytes every time.

    Args:
        target: the folder to make or replace. It is replaced whole, or not at all.
        work: a private folder outside every git work tree, for exports and the store.
        progress: called as the work goes on.
        periods: how many fortnights get figures. The texts speak of all 101, so that they are
            written only when no fortnight is left out.
        municipalities: codes of those that get figures; ``None`` for all. The texts speak of all of them.

    Raises:
        ProblemsError: if ``prepare`` refuses something (then ``target`` is left as it was).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new, old = target.with_name(f".{target.name}.ny"), _old(target)
    with locked(target):
        swap.recover(new, target, old)
        try:
            _write_new(new, work, periods, municipalities, progress or (lambda step: None))
            swap.swap(new, target, old)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _write_new(
    new: Path, work: Path, periods: int, municipalities: tuple[str, ...] | None, progress: Progress
) -> None:
    write_settings(new)
    _prepare_all(new, work, periods, municipalities, progress)
    if periods >= PERIODS_WITH_FIGURES and municipalities is None:
        progress("Texter")
        _write_texts(new)

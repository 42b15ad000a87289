"""Everything that has been published, as one frozen value: the only thing pages are built from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from est_build.load.calendar import Calendar
from est_build.load.codebook import CodeBook
from est_build.load.frame import Frame, load_frame
from est_build.load.memo import Memo
from est_build.load.texts import Texts, load_texts, lone_problems
from est_build.model.area import Area, Background, Water
from est_build.model.cell import HIDDEN, Cell, Shown, Sum, total
from est_build.model.proof import Proof, proofs_of
from est_build.model.series import Participation, Point, Series
from est_build.model.span import Span
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds
from est_build.protect.audit.proof import proof_problems
from est_build.protect.plan import ALL, CellKey
from est_build.protect.release import Release, key_of, read_releases
from est_build.protect.text import scan_instance, shown_intervals
from est_build.schema.protection import Protection, TableId
from est_build.schema.site import Municipality, Site


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells and the participation of one release."""

    cells: Mapping[CellKey, Cell]
    participation: Mapping[str, Participation]
    """Sector id, or ``alla``."""


@dataclass(frozen=True, slots=True)
class Published:
    """The public picture: frame, figures, texts. ``date`` is the data's own date, never the clock."""

    site: Site
    protection: Protection
    codes: CodeBook
    calendar: Calendar
    areas: tuple[Area, ...]
    background: tuple[Background, ...]
    waters: tuple[Water, ...]
    figures: Mapping[tuple[str, str], Figures]
    texts: Texts
    date: dt.date
    proofs: tuple[Proof, ...]
    """What proves that all of it is safe, by municipality and time."""
    _areas: Mapping[str, Area]

    def area(self, area_id: str) -> Area:
        """An area by id (``KeyError`` if there is none: loading has checked every reference)."""
        return self._areas[area_id]

    def municipality(self, code: str) -> Municipality:
        """The publishing municipality with this code."""
        return next(m for m in self.site.kommuner if m.kod == code)

    @property
    def municipalities(self) -> tuple[Area, ...]:
        """Municipalities in alphabetical order."""
        return tuple(sorted((a for a in self.areas if a.level == "kommun"), key=_by_name))

    def small_areas(self, code: str | None = None) -> tuple[Area, ...]:
        """Small areas that stand by themselves, alphabetically; of one municipality or all."""
        found = (
            a
            for a in self.areas
            if a.level == "omrade" and a.merged_into is None and code in (None, a.municipality)
        )
        return tuple(sorted(found, key=_by_name))

    @property
    def periods(self) -> tuple[Span, ...]:
        """Fortnights with at least one release, in the order of time."""
        with_release = {span_id for span_id, _ in self.figures}
        return tuple(p for p in self.calendar.periods if p.id in with_release)

    @property
    def quarters(self) -> tuple[Span, ...]:
        """Quarters with a release or an evaluation."""
        known = {span_id for span_id, _ in self.figures} | set(self.texts.evaluations)
        return tuple(q for q in self.calendar.quarters if q.id in known)

    @property
    def years(self) -> tuple[Span, ...]:
        """Years with a release or a review."""
        known = {span_id for span_id, _ in self.figures} | set(self.texts.reviews)
        return tuple(y for y in self.calendar.years if y.id in known)

    def cell(self, span: Span, key: CellKey) -> Cell | None:
        """A published cell; ``None`` if the release or the cell does not exist."""
        figures = self.figures.get((span.id, self.area(key.area).municipality))
        return None if figures is None else figures.cells.get(key)

    def total_cell(self, span: Span, area: Area) -> Cell | None:
        """All reports of an area in a span."""
        table: TableId = "kommun" if area.level == "kommun" else "omrade"
        return self.cell(span, CellKey(table, area.id, ALL))

    def group_cell(self, span: Span, area: Area, group: str) -> Cell | None:
        """The reports of a category group in an area."""
        table: TableId = "kommun_grupp" if area.level == "kommun" else "omrade_grupp"
        return self.cell(span, CellKey(table, area.id, group))

    def participation(self, span: Span, code: str, sector: str = ALL) -> Participation | None:
        """Invited and answered for a municipality, or one of its sectors."""
        figures = self.figures.get((span.id, code))
        return None if figures is None else figures.participation.get(sector)

    def region_total(self, span: Span, group: str | None = None) -> Sum | None:
        """Sum of what the municipalities have published (there is no table of the region)."""
        cells: list[Cell] = []
        for area in self.municipalities:
            if not self.collected(span, area.municipality):
                continue
            cell = self.total_cell(span, area) if group is None else self.group_cell(span, area, group)
            if cell is not None:
                cells.append(cell)
        return total(cells) if cells else None

    def region_participation(self, span: Span) -> tuple[int, Sum] | None:
        """Invited, and the sum of the intervals of those who answered."""
        rows = [self.participation(span, a.municipality) for a in self.municipalities]
        known = [row for row in rows if row is not None and row.invited > 0]
        if not known:
            return None
        return sum(row.invited for row in known), total(row.answered for row in known)

    def collected(self, span: Span, code: str) -> bool:
        """True if somebody in the municipality was asked in the span."""
        row = self.participation(span, code)
        return row is not None and row.invited > 0

    def series(self, area: Area, group: str | None, spans: Iterable[Span]) -> Series:
        """One area and category (or all) through ``spans``; gaps where nothing was collected."""
        points = []
        for span in spans:
            people = self.participation(span, area.municipality)
            cell = self.total_cell(span, area) if group is None else self.group_cell(span, area, group)
            if people is None or people.invited == 0:
                cell = None
            points.append(Point(span, cell, people))
        label = "alla rapporter" if group is None else self.codes.label("kategorier", group)
        # Fortnights need no word for themselves; the same line in quarters must have another id.
        kind = points[0].span.kind if points else "period"
        key = f"{area.id}/{group or ALL}" + ("" if kind == "period" else f"/{kind}")
        return Series(key, area.name, label, tuple(points))


def _by_name(area: Area) -> tuple[str, str]:
    return swedish_key(area.name), area.id


def swedish_key(text: str) -> str:
    """Sort key with å, ä, ö last, as a Swedish reader expects (no locale of the machine involved)."""
    order = {"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"}
    return "".join(order.get(c, c) for c in text.lower())


@dataclass(frozen=True, slots=True)
class Instance:
    """Every file of an instance, read once and found to be right."""

    frame: Frame
    texts: Texts
    releases: Mapping[tuple[str, str], Release]


def load_instance(root: Path, *, proven: bool = False, memo: Memo | None = None) -> Instance:
    """Load and check everything in ``root`` (the ``data`` folder).

    ``proven``: check the proof (R8) of all figures too, which takes longer; what is built must be.
    ``memo``: where proofs and texts that were found to be right may be remembered.
    Raises :class:`ProblemsError` with every problem found.
    """
    try:
        frame = load_frame(root)
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *lone_problems(root)]) from None
    texts, problems = load_texts(frame)
    releases, more = read_releases(frame)
    problems = [*problems, *more]
    if proven and not problems:
        problems += proof_problems(frame, releases, every=False, memo=memo)
    if problems:
        raise ProblemsError(problems)
    if not releases:
        values = {"value": "perioder"}
        raise ProblemsError([Problem(kinds.NOTHING_PUBLISHED, Place("perioder"), values)])
    return Instance(frame, texts, releases)


def load_published(root: Path, *, proven: bool = False) -> Published:
    """The public picture of an instance, loaded as by :func:`load_instance`."""
    return published(load_instance(root, proven=proven))


def refuse_texts(instance: Instance, memo: Memo | None = None) -> None:
    """Stop a text that must not be published (R9). Raises :class:`ProblemsError` with all that was found.

    ``memo``: where files without findings may be remembered.
    """
    frame, shown = instance.frame, shown_intervals(instance.releases)
    found = scan_instance(frame, instance.texts, frame.root.parent / "content", shown, memo)
    if any(problem.kind.severity == "fel" for problem in found):
        raise ProblemsError(found)


def published(instance: Instance) -> Published:
    """What of an instance is public: a proposal is not before somebody has decided on it."""
    frame, texts, releases = instance.frame, instance.texts, instance.releases
    figures = {key: _figures(release) for key, release in releases.items()}
    spans = {span_id for span_id, _ in releases}
    dates = [p.publishes for p in frame.calendar.periods if p.id in spans]
    dates += [picture.publicerad for picture in texts.pictures.values()]
    decided = {number: a for number, a in texts.actions.items() if a.status != "foreslagen"}
    texts = dataclasses.replace(texts, actions=decided)
    return Published(
        frame.site,
        frame.protection,
        frame.codes,
        frame.calendar,
        frame.areas,
        frame.background,
        frame.waters,
        figures,
        texts,
        max(dates),
        proofs_of(frame, releases),
        {a.id: a for a in frame.areas},
    )


def _figures(release: Release) -> Figures:
    cells = {key_of(row): _cell(row.fran, row.till) for row in release.reports}
    people = {
        row.sektor: Participation(row.inbjudna, _cell(row.svar_fran, row.svar_till))
        for row in release.participation
    }
    return Figures(cells, people)


def _cell(low: int | None, high: int | None) -> Cell:
    return HIDDEN if low is None or high is None else Shown(low, high)

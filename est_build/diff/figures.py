"""Published figures compared, release by release. What was shown and no longer is comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from est_build.diff.change import Change, Detail
from est_build.diff.records import details
from est_build.figures.text import cell_text, interval, swedish_key
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.model.cell import HIDDEN, Shown
from est_build.model.published import Instance
from est_build.pages import addresses
from est_build.protect.inventory import FOLDERS
from est_build.protect.plan import ALL, CellKey
from est_build.protect.planned import ReportLine
from est_build.protect.release import Release
from est_build.schema.tables import ParticipationRow


def figure_changes(before: Instance | None, after: Instance) -> Iterator[Change]:
    """One change for each release (a municipality and a span of time) that is not the same."""
    old: Mapping[tuple[str, str], Release] = before.releases if before is not None else {}
    order = {span.id: n for n, span in enumerate(after.frame.calendar.spans)}
    towns = {town.kod: swedish_key(town.namn) for town in after.frame.site.kommuner}
    keys = sorted(
        {*old, *after.releases}, key=lambda key: (order.get(key[0], -1), towns.get(key[1], ""), key)
    )
    for key in keys:
        was, now = old.get(key), after.releases.get(key)
        if was != now:
            frame = before.frame if now is None and before is not None else after.frame
            yield _change(frame, was, now)


def _change(frame: Frame, was: Release | None, now: Release | None) -> Change:
    release = now or was
    assert release is not None  # one of the two is there, or there would be no key
    span, code = release.span, release.municipality
    town = next((t.namn for t in frame.site.kommuner if t.kod == code), code)
    if was is None or now is None:
        only = list(_whole(release))
        rows = [Detail(d.what, None, d.after) if now else Detail(d.what, d.after, None) for d in only]
    else:
        rows = list(_differences(frame, was, now))
    return Change(
        "bort" if now is None else "nytt" if was is None else "andrat",
        "rapporter",
        f"{span.label}, {span.end.year}, {town}" if span.kind == "period" else f"{span.label}, {town}",
        f"data/{FOLDERS[span.kind]}/{span.id}/{code}",
        _address(span),
        tuple(rows),
    )


def _address(span: Span) -> str:
    makers = {"period": addresses.picture, "kvartal": addresses.quarter, "ar": addresses.year}
    return makers[span.kind](span.id)


def _whole(release: Release) -> Iterator[Detail]:
    """What a whole release says in a few numbers."""
    total = next((row for row in release.reports if row.key.table == "kommun"), None)
    if total is not None:
        yield Detail("rapporter", None, _interval(total))
    people = next((row for row in release.participation if row.sektor == ALL), None)
    if people is not None:
        yield Detail("svar", None, _answers(people))
    shown = sum(row.fran is not None for row in release.reports)
    yield Detail("visade tal", None, f"{shown} av {len(release.reports)}")


def _differences(frame: Frame, was: Release, now: Release) -> Iterator[Detail]:
    old, new = ({row.key: row for row in release.reports} for release in (was, now))
    found = [
        (_rank(old.get(key), new.get(key)), Detail(_name(frame, key), _cell(old, key), _cell(new, key)))
        for key in dict.fromkeys([*old, *new])
        if _cell(old, key) != _cell(new, key)
    ]
    yield from (detail for _, detail in sorted(found, key=lambda pair: pair[0]))
    people, others = ({row.sektor: row for row in release.participation} for release in (was, now))
    for sector in dict.fromkeys([*people, *others]):
        first, last = people.get(sector), others.get(sector)
        if first != last:
            name = "svar" if sector == ALL else f"svar, {frame.codes.label('sektorer', sector)}"
            yield Detail(name, _answers(first), _answers(last))
    yield from details(
        was.attestation.model_dump(mode="json"), now.attestation.model_dump(mode="json"), "intyg"
    )


def _rank(was: ReportLine | None, now: ReportLine | None) -> int:
    """Withdrawn figures first, then changed ones, then those that are shown for the first time."""
    if now is None or now.fran is None:
        return 0
    return 1 if was is not None and was.fran is not None else 2


def _cell(rows: Mapping[CellKey, ReportLine], key: CellKey) -> str | None:
    return _interval(rows[key]) if key in rows else None


def _interval(row: ReportLine) -> str:
    return cell_text(HIDDEN if row.fran is None or row.till is None else Shown(row.fran, row.till))


def _answers(row: ParticipationRow | None) -> str | None:
    if row is None:
        return None
    if row.svar_fran is None or row.svar_till is None:
        return f"visas inte, av {row.inbjudna}"
    return f"{interval(row.svar_fran, row.svar_till)} av {row.inbjudna}"


def _name(frame: Frame, key: CellKey) -> str:
    """Where and what a cell counts: ``Kivik, skräp och klotter``."""
    area = frame.area(key.area)
    words = [area.name if area is not None else key.area]
    if key.category not in ("", ALL):
        words.append(frame.codes.label("kategorier", key.category))
    if key.environment:
        words.append(frame.codes.label("miljoer", key.environment))
    if key.time:
        words.append(frame.codes.label("tider", key.time))
    return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])

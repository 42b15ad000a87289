"""The scanner: every text of an instance against every detector."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from est_build.load.frame import Frame
from est_build.load.memo import Memo, digest
from est_build.load.texts import Texts
from est_build.problems import Problem
from est_build.problems import catalogue_text as kinds
from est_build.protect.release import Release
from est_build.protect.text.approvals import FILE, Found, approved, counts_in_approvals
from est_build.protect.text.contact import accounts, emails, national, phones
from est_build.protect.text.counts import counts
from est_build.protect.text.details import details, exact_times, hidden
from est_build.protect.text.events import events
from est_build.protect.text.finding import Detector, Finding, Rules, View, covered
from est_build.protect.text.fold import Folded, chain, fold, visible
from est_build.protect.text.identity import national_ids, plates
from est_build.protect.text.names import persons
from est_build.protect.text.place import coordinates, flats, properties, streets
from est_build.protect.text.sources import Piece, pieces
from est_build.protect.text.words import words

EXACT: tuple[Detector, ...] = (
    national_ids,
    emails,
    phones,
    plates,
    streets,
    flats,
    coordinates,
    properties,
    accounts,
    hidden,
)
"""Detectors of things with a form of their own. They also look at marks, link addresses and comments."""
PROSE: tuple[Detector, ...] = (counts, events, words, persons, details, exact_times)
"""Detectors that read sentences."""
DETECTORS: tuple[Detector, ...] = (*EXACT, *PROSE)
_SWEDISH = {words, details, exact_times}
"""What would misread English: ``eleven`` is no pupil there."""
_COVERED = {
    kinds.NATIONAL_ID,
    kinds.PHONE,
    kinds.EMAIL,
    kinds.PLATE,
    kinds.STREET,
    kinds.FLAT,
    kinds.COORDINATES,
    kinds.PROPERTY,
    kinds.ACCOUNT,
}
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_DEFAULTS = Rules()


def scan_text(
    text: str,
    rules: Rules = _DEFAULTS,
    *,
    page: bool = False,
    markdown: bool = False,
    detectors: Sequence[Detector] = DETECTORS,
) -> list[Finding]:
    """Everything in one text that may not be published, or needs somebody's word, in the text's order.

    ``page``: a text that explains the rules, where "minst 5 rapporter" and "5–9" are no figures.
    ``markdown``: the text has marks; it is read both as written and as a reader sees it.
    """
    found: list[Finding] = []
    if not markdown:
        return _sorted(_run(text, fold(text), rules, page, detectors))
    raw = fold(text)
    exact = [d for d in detectors if d in EXACT]
    found += _run(text, raw, rules, page, exact)
    seen = visible(text)
    found += _run(text, chain(fold(seen.text), seen), rules, page, detectors)
    for match in _COMMENT.finditer(text):
        start = match.start(1)
        inner = Folded(match[1], tuple(range(start, match.end(1) + 1)))
        found += _run(text, chain(fold(match[1]), inner), rules, page, detectors)
    return _sorted(found)


def _run(
    text: str, folded: Folded, rules: Rules, page: bool, detectors: Sequence[Detector]
) -> Iterator[Finding]:
    view = View(folded, rules, page)
    for detector in detectors:
        for kind, start, end, values in detector(view):
            # What was left out by folding is told by its place in the original.
            first = start if kind is kinds.HIDDEN else folded.back(start)
            last = end if kind is kinds.HIDDEN else folded.back(max(end - 1, start)) + 1
            quote = " ".join(text[first:last].split())
            shown = covered(quote) if kind in _COVERED else values.get("value", quote)
            yield Finding(kind, first, last, quote, {**values, "value": shown})


def _sorted(found: Iterator[Finding] | list[Finding]) -> list[Finding]:
    """In order, each once; of two of one kind that overlap the first and longest stays."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.start, -f.end, f.kind.code)):
        if not any(f.kind is finding.kind and finding.start < f.end for f in kept[-8:]):
            kept.append(finding)
    return kept


def rules_of(frame: Frame, texts: Texts, shown: Collection[tuple[int, int]]) -> Rules:
    """What one instance allows: its mailboxes, switchboards, published intervals and place names."""
    site = frame.site
    emails_ = {site.kontakt.epost, *(m.kontakt for m in site.kommuner)}
    emails_ |= {plan.samordning.epost for plan in texts.plans.values()}
    numbers = [site.kontakt.telefon, *(m.telefon for m in site.kommuner)]
    numbers += [plan.samordning.telefon for plan in texts.plans.values()]
    names = [area.name for area in frame.areas] + [m.namn for m in site.kommuner]
    names += [b.name for b in frame.background] + [w.name for w in frame.waters]
    names += [site.namn, site.kortnamn, site.utgivare, site.kontakt.funktion]
    names += [part for credit in site.kallor for part in (credit.vad, credit.kalla, credit.licens)]
    limits = {value for value in frame.protection.granser.model_dump().values() if isinstance(value, int)}
    low = {address.lower() for address in emails_}
    return Rules(
        frozenset(shown),
        frozenset(limits),
        frame.protection.steg,
        frozenset(low),
        frozenset(address.rpartition("@")[2] for address in low),
        frozenset(national(number) for number in numbers if number),
        frozenset(word.lower() for name in names for word in re.findall(r"[^\W_]+", name)),
    )


def shown_intervals(releases: Mapping[tuple[str, str], Release]) -> frozenset[tuple[int, int]]:
    """Every interval that the releases show, of reports and of answers."""
    rows = [(r.fran, r.till) for release in releases.values() for r in release.reports]
    rows += [(r.svar_fran, r.svar_till) for release in releases.values() for r in release.participation]
    return frozenset((low, high) for low, high in rows if low is not None and high is not None)


def scan_instance(
    frame: Frame, texts: Texts, content: Path, shown: Collection[tuple[int, int]], memo: Memo | None = None
) -> list[Problem]:
    """Every text of the instance: data, hand-written pages in ``content``, names of areas, comments.

    ``shown``: the intervals that are published.
    ``memo``: where files in which nothing was found may be remembered, by their texts and what is allowed.
    Findings that ``content/godkannanden.yml`` allows are left
    out. The caller decides what stops: severity ``fel`` must, ``varning`` asks for a sign-off.
    """
    rules = rules_of(frame, texts, shown)
    memo = memo or Memo()
    values = (getattr(rules, field.name) for field in dataclasses.fields(rules))
    allowed = digest(*(repr(sorted(v) if isinstance(v, frozenset) else v) for v in values))
    look = functools.lru_cache(maxsize=None)(functools.partial(_findings, rules))
    found: list[Found] = []
    for _, group in itertools.groupby(pieces(frame, content), key=lambda piece: piece.file):
        file = list(group)
        told = [(p.text, p.page, p.markdown, p.english) for p in file]
        key = digest(allowed, repr(told))
        if not memo.text("text", key, functools.partial(_said, look, told)):
            continue
        for piece, one in zip(file, told, strict=True):
            found += [Found(piece.file, f, _problem(piece, f)) for f in look(*one) if _counts(piece, f)]
    problems = approved(found, content)
    return sorted(problems, key=lambda p: (p.place.file, p.place.line or 0, p.place.column or 0, p.code))


def _said(look: Callable[..., list[Finding]], told: Iterable[tuple[object, ...]]) -> str:
    """Something if a file has findings, else nothing."""
    return "funnet" if any(look(*one) for one in told) else ""


def _findings(rules: Rules, text: str, page: bool, markdown: bool, english: bool) -> list[Finding]:
    detectors = [d for d in DETECTORS if d not in _SWEDISH] if english else DETECTORS
    return scan_text(text, rules, page=page, markdown=markdown, detectors=detectors)


def _counts(piece: Piece, finding: Finding) -> bool:
    return not piece.file.endswith(f"/{FILE}") or counts_in_approvals(finding, piece.key)


def _problem(piece: Piece, finding: Finding) -> Problem:
    return Problem(finding.kind, piece.place(finding.start), {**finding.values, "file": piece.file})

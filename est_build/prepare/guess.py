"""``prepare --gissa``: a proposal for ``enkat.yml`` from an export, and what could not be told from it.

What a column is shows in its answers: those of a question on the area are names of areas. The headings
help where there are too few answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from est_build.load.frame import Frame
from est_build.prepare.asked import Asked, questions_of
from est_build.prepare.codes import member_words
from est_build.prepare.columns import find_folded
from est_build.prepare.export import Export
from est_build.prepare.folding import fold
from est_build.prepare.form import questions as ours
from est_build.prepare.guess_times import forms_for
from est_build.prepare.survey_file import Unsure
from est_build.prepare.ties import Tie, tie_of
from est_build.prepare.tools import UNKNOWN, Tool, is_own, tool_of, written_separator
from est_build.prepare.words import Words, build_words
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_import as kinds
from est_build.schema.survey import CANONICAL_COLUMNS, OBSERVED, Member, Survey

ENOUGH = 0.6
"""The share of a column's different answers that must be understood, or what a heading is worth."""
BY_HEADING = 0.65
OWN_HEADING = 2.0
SEPARATORS = (None, ";", ",", "|", "\n", " ")
LONGEST_WORD, MOST_WORDS = 60, 40
MOST_TEXTS, LONGEST_ANSWER = 2000, 400
"""Different answers that are looked at, and how long they are on average at most if they are choices."""
LONGEST_HEADING = 1000
_NOTHING = re.compile(r"(?:inget|ingenting|nothing|none)\b.*", re.IGNORECASE)
_BY_HEADING = {
    "organisation": r"organi[sz]ation|verksamhet|arbetsplats|vem svarar|vilka svarar|enhet",
    "sektor": r"sektor|sector|typ av verksamhet",
    "kommun": r"kommun\b|municipality",
    "omrade": r"område|\bort\b|var var|vilken ort|where|\barea\b",
    "kategori": r"kategori|vad har (?:ni|du)|vad gäller|händelse|category|what have",
    "miljo": r"miljö|sorts plats|typ av plats|kind of place|environment",
    "veckodag": r"veckodag|weekday|vilken dag",
    "tid": r"tid på dygnet|vilken tid|när var|when was|time of day",
    "fritext": r"fritext|egna ord|kommentar|beskriv|berätta|övrigt|synpunkt|comment|free text",
    "inskickat": r"inskick|slutför|tidpunkt för|tids?stämpel|completion|submitted|timestamp|svarsdatum",
    "svar_id": r"svars?.?(?:id|nr|nummer)\b|respondent|response id|\bid\b|uuid",
}
_OWN = {
    "organisation": ours.ORGANISATION,
    "kommun": ours.TOWN,
    "kategori": ours.CATEGORY,
    "omrade": ours.AREA,
    "miljo": ours.PLACE,
    "tid": ours.TIME,
    "inget_kolumn": ours.REPORT.text,
    "": ours.GROUP,
}
_OWN_NAMES = {
    **{name: name for name in ("organisation", "kommun", *OBSERVED)},
    "rapport": "inget_kolumn",
    "grupp": "",
    "org": "organisation",
    "omr": "omrade",
    "kat": "kategori",
    "grp": "",
    "mer": "",
}
"""Names and codes that our own form gives its questions -> our columns; ``""`` is not read."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The proposal, and what a person must look at."""

    survey: Survey
    tool: Tool
    unsure: Unsure
    missing: tuple[str, ...]
    """Our columns that are needed and were not found."""
    ambiguous_times: tuple[str, ...] = ()
    """Forms of date that all fit and mean different days."""


def guess(tables: Sequence[Export], frame: Frame, members: Sequence[Member]) -> Guess:
    """Propose how to read an export. Raises :class:`ProblemsError` (EST535) if nothing is recognised."""
    return _Guesser(tables, frame, members).guess()


@dataclass(slots=True)
class _Sure:
    """What has been decided."""

    columns: dict[str, list[Asked]] = field(default_factory=dict)
    skipped: list[Asked] = field(default_factory=list)
    left: list[Asked] = field(default_factory=list)


class _Guesser:
    def __init__(self, tables: Sequence[Export], frame: Frame, members: Sequence[Member]) -> None:
        self.tool = tool_of(table.header for table in tables)
        self.tie: Tie = tie_of([_without_blanks(table, self.tool) for table in tables], self.tool)
        self.words: Words = build_words(frame, Survey(format="1"))
        self.members = {word for word, _ in member_words(members)}
        self.table_of: dict[int, Export] = {}
        self.asked: list[Asked] = []
        for table in self.tie.tables:
            keys = self.tie.columns_of(table)
            own = {i for i, text in enumerate(table.header) if is_own(self.tool, text)}
            long = {i for i, text in enumerate(table.header) if len(text) > LONGEST_HEADING}
            for one in questions_of(table, frozenset(keys | own | long)):
                self.asked.append(one)
                self.table_of[id(one)] = table

    # ---- what a column may be -------------------------------------------------------------------

    def _texts(self, one: Asked) -> list[str]:
        """The answers to a question and its repetitions: as many as it takes to tell what they are."""
        same = [other for other in self.asked if other.family == one.family] or [one]
        every = dict.fromkeys(text for other in same for text in other.texts(self.table_of[id(other)]))
        return list(every)[:MOST_TEXTS]

    def _share(self, texts: Sequence[str], known: Callable[[str], bool]) -> float:
        return sum(map(known, texts)) / len(texts) if texts else 0.0

    def _is_area(self, text: str) -> bool:
        places = (*self.words.areas.values(), *self.words.whole.values())
        return any(fold(text) in known for known in places)

    def _coded(self, column: str) -> Callable[[str], bool]:
        return lambda text: self.words.code(column, text) is not None

    def _category_share(self, texts: Sequence[str]) -> tuple[float, str | None]:
        """How much is understood, and with which separator between several choices."""
        best: tuple[float, str | None] = (0.0, None)
        if sum(map(len, texts)) > LONGEST_ANSWER * len(texts):
            return best
        for separator in SEPARATORS:
            parts = [part for text in texts for part in self.words.split(text, separator) if part.strip()]
            share = self._share(list(dict.fromkeys(parts)), self._is_category)
            if share > best[0] + 1e-9:
                best = (share, separator)
        return best

    def _is_category(self, text: str) -> bool:
        return self.words.code("kategori", text) is not None or bool(_NOTHING.fullmatch(text))

    def _scores(self, one: Asked) -> Iterator[tuple[float, str]]:
        """Each of our columns that a question may be, with how sure that is."""
        texts, heading = self._texts(one), fold(one.heading.replace("*", " "))
        own = _own_column(one)
        shares = {
            "organisation": self._share(texts, lambda text: fold(text) in self.members),
            "omrade": self._share(texts, self._is_area),
            "kategori": self._category_share(texts)[0],
            **{
                c: self._share(texts, self._coded(c))
                for c in ("kommun", "sektor", "miljo", "tid", "veckodag")
            },
            "inget_kolumn": float(len(texts) <= 3 and any(_NOTHING.fullmatch(text) for text in texts)),
        }
        for column in (*shares, "fritext", "inskickat", "svar_id"):
            pattern = _BY_HEADING.get(column)
            named = BY_HEADING if pattern and re.search(pattern, heading) else 0.0
            share = shares.get(column, 0.0)
            # Where there are answers to judge by, a heading alone does not make a closed question.
            if column in shares and texts and share < ENOUGH and column != "organisation":
                named = named if share > 0 else 0.0
            yield share + named + OWN_HEADING * (own == column), column

    # ---- deciding -------------------------------------------------------------------------------

    def guess(self) -> Guess:
        sure = self._decide()
        if self.tool is UNKNOWN and not {"kategori", "organisation"} & set(sure.columns):
            values = {"why": "inget verktyg och inga kända svar känns igen"}
            raise ProblemsError([Problem(kinds.NOTHING_KNOWN, Place(self.tie.main.name), values)])
        times, forms, ambiguous = self._times(sure)
        survey = self._survey(sure, forms)
        needed = [c for c in ("organisation", "kategori") if c not in sure.columns]
        needed += [] if times else ["inskickat"]
        unsure = Unsure(tuple(one.heading for one in sure.left), dict(self._unknown_words(sure)))
        return Guess(survey, self.tool, unsure, tuple(needed), ambiguous)

    def _decide(self) -> _Sure:
        """The surest first; a question is one of our columns, and most columns are one question."""
        sure = _Sure()
        pairs = sorted(
            (
                (score, -i, one, column)
                for i, one in enumerate(self.asked)
                for score, column in self._scores(one)
            ),
            key=lambda pair: (-pair[0], -pair[1]),
        )
        done: set[int] = set()
        for score, _, one, column in pairs:
            if score < ENOUGH or id(one) in done or not self._fits(sure, one, column):
                continue
            sure.columns.setdefault(column, []).append(one)
            done.add(id(one))
        rest = [one for one in self.asked if id(one) not in done]
        sure.skipped = [one for one in rest if _own_column(one) == ""]
        sure.left = [one for one in rest if _own_column(one) != ""]
        return sure

    def _fits(self, sure: _Sure, one: Asked, column: str) -> bool:
        """Branches and languages of one question share a column; so do its repetitions."""
        if one.number and column not in OBSERVED:
            return False
        others = sure.columns.get(column, [])
        if not others:
            return True
        if column in ("svar_id", "inskickat", "fritext", "inget_kolumn"):
            return False
        same_table = all(self.table_of[id(other)] is self.table_of[id(one)] for other in others)
        return same_table and not any(self._clash(one, other) for other in others)

    def _clash(self, one: Asked, other: Asked) -> bool:
        """Two questions that are answered on the same row are two questions."""
        if _bare(one.heading) == _bare(other.heading):
            return False
        if one.number != other.number or (one.words and other.words):
            return bool(one.number) != bool(other.number)
        table = self.table_of[id(one)]
        return any(
            any(fields[i] for i in one.indices) and any(fields[i] for i in other.indices)
            for _, fields in table.rows
        ) or not any(fields[i] for _, fields in table.rows for i in one.indices)

    def _times(self, sure: _Sure) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
        """Whether there is a moment, forms of it that must be said, and forms that fit as well."""
        main = self.tie.main
        own = find_folded(main.header, self.tool.arrived).single
        index = next(iter((*own, *(one.indices[0] for one in sure.columns.get("inskickat", [])))), None)
        if index is None:
            return False, (), ()
        texts = [fields[index] for _, fields in main.rows if fields[index]]
        forms, ambiguous = forms_for(texts, self.tool, main.epoch)
        return True, forms, ambiguous

    # ---- the proposal ---------------------------------------------------------------------------

    def _survey(self, sure: _Sure, forms: tuple[str, ...]) -> Survey:
        columns = {
            column: [one.heading for one in sure.columns.get(column, []) if not one.number]
            for column in CANONICAL_COLUMNS
        }
        nothing = [one.heading for one in sure.columns.get("inget_kolumn", [])]
        blocks = self._blocks(sure)
        more: dict[str, Any] = {"kolumner": {c: h for c, h in columns.items() if h}}
        more |= {"iakttagelser": blocks} if blocks else {}
        more |= {"koppling": self.tie.link} if self.tie.link is not None and self.tool.link is None else {}
        more |= {"inget_kolumn": nothing} if nothing else {}
        more |= self._inget(sure)
        more |= self._separator(sure)
        ignored = [*(one.heading for one in (*sure.skipped, *sure.left)), *self._too_long()]
        more |= {"ignorera": ignored} if ignored else {}
        more |= {"blad": self.tie.main.sheet} if self.tie.named else {}
        ids = columns["svar_id"] or find_folded(self.tie.main.header, self.tool.ids)
        more |= {} if ids else {"rad_per_svar": True}
        more |= {"oavslutade": True} if self.tool.drafts else {}
        more |= {"tidszon": "UTC"} if self.tool.utc else {}
        more |= {"datumformat": forms} if forms else {}
        return Survey(format="1", verktyg=self.tool.name, **more)

    def _too_long(self) -> list[str]:
        """Headings that are whole texts."""
        every = dict.fromkeys(text for table in self.tie.tables for text in table.header)
        return [f"{text[: LONGEST_HEADING - 1]}*" for text in every if len(text) > LONGEST_HEADING]

    def _blocks(self, sure: _Sure) -> list[dict[str, list[str]]]:
        """The observations that stand beside each other."""
        found: dict[int, dict[str, list[str]]] = {}
        for column in OBSERVED:
            for one in sure.columns.get(column, []):
                if one.number:
                    found.setdefault(one.number, {}).setdefault(column, []).append(one.heading)
        return [block for _, block in sorted(found.items()) if "kategori" in block]

    def _inget(self, sure: _Sure) -> dict[str, Any]:
        """What this survey says when there is nothing to report."""
        words = dict.fromkeys(Survey.model_fields["inget"].default)
        for column in ("inget_kolumn", "kategori"):
            for one in sure.columns.get(column, []):
                words |= dict.fromkeys(t for t in self._texts(one) if _NOTHING.fullmatch(t) and not one.words)
        known = {fold(word) for word in Survey.model_fields["inget"].default}
        return {"inget": list(words)} if {fold(word) for word in words} - known else {}

    def _separator(self, sure: _Sure) -> dict[str, Any]:
        plain = [one for one in sure.columns.get("kategori", []) if not one.words]
        if not plain:
            return {}
        found = self._category_share([text for one in plain for text in self._texts(one)])[1]
        if found is None or found == self.tool.separator:
            return {}
        return {"flerval": written_separator(found)}

    def _unknown_words(self, sure: _Sure) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Answers to closed questions that have no code. Somebody's own words are never among them."""
        for column in ("kategori", "omrade", "miljo", "veckodag", "tid", "kommun", "sektor"):
            texts = [text for one in sure.columns.get(column, []) for text in self._parts(column, one)]
            known = self._is_category if column == "kategori" else self._coded(column)
            known = self._is_area if column == "omrade" else known
            unknown = [t for t in dict.fromkeys(texts) if t and len(t) <= LONGEST_WORD and not known(t)]
            if unknown:
                yield column, tuple(unknown[:MOST_WORDS])

    def _parts(self, column: str, one: Asked) -> Iterable[str]:
        texts = self._texts(one)
        if column != "kategori" or one.words:
            return texts
        separator = self._category_share(texts)[1]
        return [part.strip() for text in texts for part in self.words.split(text, separator)]


def _bare(heading: str) -> str:
    """The question of a heading: some tools give its choices in one cell, and in a column each as well."""
    return heading.removesuffix("/*").removesuffix("_*").removesuffix("[*]").rstrip()


def _without_blanks(table: Export, tool: Tool) -> Export:
    """The table with nothing where the tool says that a question was not asked."""
    blank = {fold(word) for word in tool.blank}
    if not blank:
        return table
    rows = ((line, tuple("" if fold(cell) in blank else cell for cell in row)) for line, row in table.rows)
    return replace(table, rows=tuple(rows))


def _own_column(one: Asked) -> str | None:
    """Which of our columns a heading of our own form stands for; ``""`` for one that is not read."""
    plain = re.sub(
        r"^(?:iakttagelse|observation) \d+\. ", "", fold(one.heading.replace("[*]", "").replace("/*", ""))
    )
    plain = plain.rsplit("/", 1)[-1].strip()
    if fold(ours.MORE.text.sv) in plain or fold(ours.MORE.text.en) in plain:
        return ""
    for column, text in _OWN.items():
        if any(plain.startswith(fold(word)) for word in (text.sv, text.en)):
            return column
    if plain in _OWN_NAMES:
        return _OWN_NAMES[plain]
    # LimeSurvey: a name, the number of the observation, and the short code of a group or a municipality.
    match = re.fullmatch(r"(kat|omr|grp|mer|miljo|tid)\d(?:\*|[0-9a-z]{5})?|(org)[0-9a-z]{5}", plain)
    return _OWN_NAMES[match[1] or match[2]] if match else None

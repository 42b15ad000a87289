"""Everything that people write: pictures, issues, actions, evaluations, plans, indicators, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from est_build.load.csv_file import Checks, read_csv
from est_build.load.frame import Frame, read_record
from est_build.load.links import (
    Known,
    action_problems,
    area_text_problems,
    change_problems,
    correction_problems,
    evaluation_problems,
    glossary_problems,
    indicator_problems,
    issue_problems,
    picture_problems,
    place_problems,
    plan_problems,
)
from est_build.load.tree import Tree
from est_build.problems import Place, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.accessibility import Accessibility
from est_build.schema.action import Action
from est_build.schema.base import Record
from est_build.schema.changes import MethodChange, MethodChanges
from est_build.schema.correction import Correction, Corrections
from est_build.schema.evaluation import AnnualReview, QuarterEvaluation
from est_build.schema.glossary import Glossary, Term
from est_build.schema.indicator import Indicator
from est_build.schema.issue import Issue
from est_build.schema.picture import SituationPicture
from est_build.schema.places import AreaTexts, PlaceName, PlaceNames
from est_build.schema.plan import MunicipalPlan
from est_build.schema.tables import AssessmentRow

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts, by id, in a fixed order."""

    pictures: Mapping[str, SituationPicture]
    assessments: Mapping[str, tuple[AssessmentRow, ...]]
    evaluations: Mapping[str, QuarterEvaluation]
    reviews: Mapping[str, AnnualReview]
    issues: Mapping[str, Issue]
    actions: Mapping[str, Action]
    plans: Mapping[str, MunicipalPlan]
    indicators: Mapping[str, Indicator]
    corrections: tuple[Correction, ...]
    changes: tuple[MethodChange, ...] = ()
    """Of the method, newest first."""
    strengths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What works in an area, by its id."""
    places: tuple[PlaceName, ...] = ()
    accessibility: Accessibility | None = None
    glossary: tuple[Term, ...] = ()
    """Words explained, in the order of the file."""


def load_texts(frame: Frame) -> tuple[Texts, list[Problem]]:
    """Read every text of the instance, with all faults in them and between them."""
    reader = _Reader(frame)
    issues = reader.by_id("fragor", Issue)
    actions = reader.by_id("atgarder", Action)
    plans = reader.by_id("plan", MunicipalPlan)
    indicators = reader.by_id("indikatorer", Indicator)
    calendar = frame.calendar
    pictures = reader.by_span("perioder", [p.id for p in calendar.periods], "lagesbild.yml", SituationPicture)
    evaluations = reader.by_span(
        "kvartal", [q.id for q in calendar.quarters], "utvardering.yml", QuarterEvaluation
    )
    reviews = reader.by_span("ar", [y.id for y in calendar.years], "uppfoljning.yml", AnnualReview)
    assessments = reader.assessments()
    corrections = reader.corrections()
    changes = reader.content("andringar.yml", MethodChanges)
    area_texts = reader.content("omradestexter.yml", AreaTexts)
    places = reader.content("platser.yml", PlaceNames)
    accessibility = reader.content("tillganglighet.yml", Accessibility)
    glossary = reader.content("ordlista.yml", Glossary)
    texts = Texts(
        {k: v for k, (v, _) in pictures.items()},
        assessments,
        {k: v for k, (v, _) in evaluations.items()},
        {k: v for k, (v, _) in reviews.items()},
        {k: v for k, (v, _) in issues.items()},
        {k: v for k, (v, _) in actions.items()},
        {k: v for k, (v, _) in plans.items()},
        {k: v for k, (v, _) in indicators.items()},
        corrections,
        tuple(sorted(changes[0].andringar, key=lambda c: c.datum, reverse=True)) if changes else (),
        {row.omrade: row.fungerar for row in area_texts[0].texter} if area_texts else {},
        places[0].platser if places else (),
        accessibility[0] if accessibility else None,
        glossary[0].ord if glossary else (),
    )
    known = Known(texts.issues, reader.numbers("fragor"), reader.numbers("atgarder"))
    problems = reader.problems
    for issue, tree in issues.values():
        problems += issue_problems(issue, tree, frame)
    for action, tree in actions.values():
        problems += action_problems(action, tree, frame, known)
    for picture, tree in pictures.values():
        problems += picture_problems(picture, tree, frame, known)
    for plan, tree in plans.values():
        problems += plan_problems(plan, tree, frame, known)
    for evaluation, tree in evaluations.values():
        problems += evaluation_problems(evaluation, tree, frame, known)
    for indicator, tree in indicators.values():
        problems += indicator_problems(indicator, tree)
    problems += reader.content_problems(changes, area_texts, places)
    problems += glossary_problems(*glossary, frame) if glossary else []
    return texts, problems


_ALONE: tuple[tuple[str, type[Record]], ...] = (
    ("fragor/*.yml", Issue),
    ("atgarder/*.yml", Action),
    ("plan/*.yml", MunicipalPlan),
    ("indikatorer/*.yml", Indicator),
    ("perioder/*/lagesbild.yml", SituationPicture),
    ("kvartal/*/utvardering.yml", QuarterEvaluation),
    ("ar/*/uppfoljning.yml", AnnualReview),
    ("rattelser.yml", Corrections),
)
_BESIDE: tuple[tuple[str, type[Record]], ...] = (
    ("andringar.yml", MethodChanges),
    ("omradestexter.yml", AreaTexts),
    ("platser.yml", PlaceNames),
    ("tillganglighet.yml", Accessibility),
    ("ordlista.yml", Glossary),
)
"""What may stand in ``content/``, beside the pages."""
CONTENT = "content"


def lone_problems(root: Path) -> list[Problem]:
    """Faults of each text by itself, for when the frame is broken and nothing can be looked up in it."""
    problems: list[Problem] = []
    for pattern, model in _ALONE:
        for path in sorted(root.glob(pattern)):
            problems += read_record(path, path.relative_to(root).as_posix(), model)[2]
    for file, model in _BESIDE:
        if (path := root.parent / CONTENT / file).exists():
            problems += read_record(path, f"{CONTENT}/{file}", model)[2]
    for path in sorted(root.glob("perioder/*/bedomning.csv")):
        name = path.relative_to(root).as_posix()
        problems += read_csv(path, name, AssessmentRow, Checks(unique=("omrade",)))[1]
    return problems


class _Reader:
    """Reads folders of records and gathers their problems."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.problems: list[Problem] = []

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.frame.root / folder).glob("*.yml"))

    def numbers(self, folder: str) -> list[str]:
        """Ids of the files of a folder, readable or not."""
        return [path.stem for path in self._files(folder)]

    def by_id(self, folder: str, model: type[R]) -> dict[str, tuple[R, Tree]]:
        """Files named by their id."""
        found: dict[str, tuple[R, Tree]] = {}
        for path in self._files(folder):
            name = f"{folder}/{path.name}"
            record, tree, problems = read_record(path, name, model)
            self.problems += problems
            if record is None or tree is None:
                continue
            own_id = str(getattr(record, "id", path.stem))
            if own_id != path.stem:
                values = {"file": path.name, "value": own_id}
                self.problems.append(Problem(kinds.NAME_DIFFERS, tree.place(("id",)), values))
            found[path.stem] = (record, tree)
        return found

    def by_span(self, folder: str, spans: list[str], file: str, model: type[R]) -> dict[str, tuple[R, Tree]]:
        """One file per folder of a span; a folder that is no span is a problem."""
        found: dict[str, tuple[R, Tree]] = {}
        for path in sorted((self.frame.root / folder).glob("*/")):
            if path.name not in spans:
                self.problems.append(
                    Problem(
                        kinds.PERIOD_UNKNOWN,
                        Place(f"{folder}/{path.name}"),
                        {"value": path.name},
                        nearest(path.name, spans),
                    )
                )
            elif (path / file).exists():
                name = f"{folder}/{path.name}/{file}"
                record, tree, problems = read_record(path / file, name, model)
                self.problems += problems
                if record is not None and tree is not None:
                    found[path.name] = (record, tree)
        return {span: found[span] for span in spans if span in found}

    def alone(self, name: str, model: type[R]) -> tuple[R, Tree] | None:
        """A file of its own that an instance may have; ``None`` if it is not there or cannot be read."""
        return self._one(self.frame.root / name, name, model)

    def content(self, name: str, model: type[R]) -> tuple[R, Tree] | None:
        """The same in ``content/``, beside the hand-written pages."""
        return self._one(self.frame.root.parent / CONTENT / name, f"{CONTENT}/{name}", model)

    def content_problems(
        self,
        changes: tuple[MethodChanges, Tree] | None,
        area_texts: tuple[AreaTexts, Tree] | None,
        places: tuple[PlaceNames, Tree] | None,
    ) -> list[Problem]:
        """What the files in ``content/`` name and the instance does not have."""
        problems = change_problems(*changes, self.frame) if changes else []
        problems += area_text_problems(*area_texts, self.frame) if area_texts else []
        return problems + (place_problems(*places, self.frame) if places else [])

    def _one(self, path: Path, name: str, model: type[R]) -> tuple[R, Tree] | None:
        if not path.exists():
            return None
        record, tree, problems = read_record(path, name, model)
        self.problems += problems
        return None if record is None or tree is None else (record, tree)

    def assessments(self) -> dict[str, tuple[AssessmentRow, ...]]:
        """``bedomning.csv`` of each fortnight."""
        areas = [a.id for a in self.frame.areas]
        found: dict[str, tuple[AssessmentRow, ...]] = {}
        for period in self.frame.calendar.periods:
            path = self.frame.root / "perioder" / period.id / "bedomning.csv"
            if not path.exists():
                continue
            name = f"perioder/{period.id}/bedomning.csv"
            checks = Checks(unique=("omrade",), known={"omrade": (kinds.AREA_UNKNOWN, areas)})
            rows, problems = read_csv(path, name, AssessmentRow, checks)
            self.problems += problems
            found[period.id] = tuple(row.value for row in rows)
        return found

    def corrections(self) -> tuple[Correction, ...]:
        """``rattelser.yml``, newest first."""
        found = self.alone("rattelser.yml", Corrections)
        if found is None:
            return ()
        self.problems += correction_problems(*found, self.frame)
        return tuple(sorted(found[0].rattelser, key=lambda c: c.datum, reverse=True))

"""Writes the texts of the example as the files of an instance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from est_build.demo.texts import sources
from est_build.demo.texts.assessments import assessments
from est_build.demo.texts.pictures import pictures
from est_build.demo.texts.yaml_text import to_yaml
from est_build.schema.tables import ASSESSMENT_COLUMNS, AssessmentRow


def text_files() -> Iterator[tuple[str, str]]:
    """Path below the instance's ``data`` folder, and content; in a fixed order."""
    for issue in sources.issues().values():
        yield f"fragor/{issue.id}.yml", to_yaml(issue)
    for action in sources.actions().values():
        yield f"atgarder/{action.id}.yml", to_yaml(action)
    for period, picture in pictures().items():
        yield f"perioder/{period}/lagesbild.yml", to_yaml(picture)
    for period, rows in assessments().items():
        yield f"perioder/{period}/bedomning.csv", _csv(rows)
    for quarter, evaluation in sources.evaluations().items():
        yield f"kvartal/{quarter}/utvardering.yml", to_yaml(evaluation)
    for year, review in sources.reviews().items():
        yield f"ar/{year}/uppfoljning.yml", to_yaml(review)
    for plan in sources.plans().values():
        yield f"plan/{plan.id}.yml", to_yaml(plan)
    for indicator in sources.indicators().values():
        yield f"indikatorer/{indicator.id}.yml", to_yaml(indicator)
    yield "rattelser.yml", to_yaml(sources.corrections())


def write_texts(target: Path) -> None:
    """Write all texts below ``target`` (an instance's ``data`` folder); other files stay.

    The same bytes every time: UTF-8 and line feeds. Raises ``OSError`` if a file cannot be written.
    """
    for name, text in text_files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def _csv(rows: tuple[AssessmentRow, ...]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(ASSESSMENT_COLUMNS)
    writer.writerows([row.omrade, row.niva, row.text] for row in rows)
    return buffer.getvalue()

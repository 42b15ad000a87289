"""Whatever stands in a file: loading ends with a published picture or with problems, never otherwise."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.load.csv_file import Checks, parse_csv
from est_build.load.frame import read_record
from est_build.load.json_file import located, parse_json
from est_build.load.tree import Tree
from est_build.load.validate import validate
from est_build.load.yaml_file import parse_yaml
from est_build.problems.render import as_github, as_json, as_text
from est_build.schema.action import Action
from est_build.schema.areas import AreaCollection
from est_build.schema.attestation import Attestation
from est_build.schema.base import Record
from est_build.schema.codes import CodeLists
from est_build.schema.correction import Corrections
from est_build.schema.evaluation import AnnualReview, QuarterEvaluation
from est_build.schema.indicator import Indicator
from est_build.schema.issue import Issue
from est_build.schema.picture import SituationPicture
from est_build.schema.plan import MunicipalPlan
from est_build.schema.protection import Protection
from est_build.schema.site import Site
from est_build.schema.tables import AssessmentRow, CalendarRow, ParticipationRow, ReportRow
from tests.public.instances import linked, load, write

YAML: dict[str, type[Record]] = {
    "webbplats.yml": Site,
    "skydd.yml": Protection,
    "kodlistor.yml": CodeLists,
    "rattelser.yml": Corrections,
    "perioder/2026-v45-46/lagesbild.yml": SituationPicture,
    "kvartal/2026-kv3/utvardering.yml": QuarterEvaluation,
    "ar/2025/uppfoljning.yml": AnnualReview,
    "fragor/2026-004.yml": Issue,
    "atgarder/2026-009.yml": Action,
    "plan/ystad.yml": MunicipalPlan,
    "indikatorer/trygghetsmatning-polisen.yml": Indicator,
}
CSV: dict[str, type[Record]] = {
    "kalender.csv": CalendarRow,
    "perioder/2026-v45-46/bedomning.csv": AssessmentRow,
    "perioder/2026-v45-46/1286/rapporter.csv": ReportRow,
    "perioder/2026-v45-46/1286/deltagande.csv": ParticipationRow,
}
JSON: dict[str, type[Record]] = {
    "omraden.geojson": AreaCollection,
    "perioder/2026-v45-46/1286/intyg.json": Attestation,
}
PIECES = [
    "", "\t", "\n", ":", " :", "- ", "  ", '"', "'", "&a ", "*a", "!x ", "[", "]", "{", "}", "#", "|", ">",
    "~", "null", "ja", "no", "-1", "1e999", "9" * 40, "2026-11-33", "å", "\u202e", "\ufeff", "\x00", "\x85",
    "\u2028", "\ud7ff", ";", ",", "<<: *a", "%", "@", "`", "---", "...", "? ", "\r", "</script>", "${7}",
    "{{ 7*7 }}", "../", "\\", "\\x00", "\\ud800",
]  # fmt: skip


def mutated(text: str, seed: int) -> str:
    """A few cuts, repeats and insertions: the slips of an editor, and worse."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 4)):
        at, kind = dice.randrange(len(text) + 1), dice.randrange(5)
        end = min(len(text), at + dice.choice([1, 2, 10, 100]))
        if kind == 0:
            text = text[:at] + dice.choice(PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[end:]
        elif kind == 2:
            text = text[:end] + text[at:]
        elif kind == 3:
            text = text[:at] + dice.choice(PIECES) + text[end:]
        else:
            lines = text.split("\n")
            dice.shuffle(lines)
            text = "\n".join(lines)
    return text


def readers(root: Path) -> dict[str, tuple[str, Callable[[str], list]]]:  # type: ignore[type-arg]
    """File -> its sound text, and how it is read by itself."""
    found: dict[str, tuple[str, Callable[[str], list]]] = {}  # type: ignore[type-arg]

    def yaml_reader(name: str, model: type[Record]) -> Callable[[str], list]:  # type: ignore[type-arg]
        def read(text: str) -> list:  # type: ignore[type-arg]
            tree, problems = parse_yaml(text, name)
            return problems if tree is None else problems + validate(model, tree)[1]

        return read

    def csv_reader(name: str, model: type[Record]) -> Callable[[str], list]:  # type: ignore[type-arg]
        checks = Checks(unique=tuple(model.model_fields))
        return lambda text: parse_csv(text, name, model, checks)[1]

    def json_reader(name: str, model: type[Record]) -> Callable[[str], list]:  # type: ignore[type-arg]
        def read(text: str) -> list:  # type: ignore[type-arg]
            tree, problems = parse_json(text, name)
            if tree is None:
                return problems
            path = Path(tempfile.gettempdir()) / "finns-inte"
            return problems + validate(model, located(tree, path))[1]

        return read

    for files, make in ((YAML, yaml_reader), (CSV, csv_reader), (JSON, json_reader)):
        for name, model in files.items():
            found[name] = ((root / "data" / name).read_text(encoding="utf-8"), make(name, model))
    return found


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([*YAML, *CSV, *JSON]), seed=st.integers(0, 2**32))
def test_no_slip_of_an_editor_gives_a_traceback(slim_root: Path, name: str, seed: int) -> None:
    text, read = readers(slim_root)[name]
    problems = read(mutated(text, seed))
    for write_ in (as_text, as_json, as_github):
        write_(problems).encode("utf-8")
    for problem in problems:
        assert problem.place.file == name
        assert problem.place.line is None or problem.place.line >= 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([*YAML, *CSV, *JSON]), text=st.text(max_size=200))
def test_no_text_gives_a_traceback(slim_root: Path, name: str, text: str) -> None:
    _, read = readers(slim_root)[name]
    assert read(text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from([*YAML, *CSV, *JSON]), min_size=1, max_size=3, unique=True),
    seed=st.integers(0, 2**32),
    raw=st.booleans(),
)
def test_the_whole_loading_survives_any_files(
    slim_root: Path, names: list[str], seed: int, raw: bool
) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = linked(slim_root / "data", Path(folder) / "data")
        for name in names:
            content = (data / name).read_bytes()
            if raw:
                for _ in range(3):
                    at = dice.randrange(len(content))
                    content = content[:at] + dice.randbytes(dice.randint(0, 3)) + content[at + 1 :]
                write(data / name, content)
            else:
                text = mutated(content.decode("utf-8"), dice.randrange(2**32))
                write(data / name, text.encode("utf-8", errors="surrogatepass"))
        published, problems = load(data)
        assert (published is None) == bool(problems)
        as_text(problems).encode("utf-8")


@pytest.mark.parametrize("name", list(YAML))
def test_every_value_of_a_text_may_be_of_any_kind(slim_root: Path, name: str) -> None:
    """Each value in turn becomes an empty text, a list, a mapping, a number: problems at most."""
    path = slim_root / "data" / name
    tree, _ = parse_yaml(path.read_text(encoding="utf-8"), name)
    assert tree is not None
    for where in tree.values:
        for other in ("", [], {}, ["x"], {"x": "y"}, "9" * 5000, "å\nb", [[]], "nan"):
            data = replaced(tree.data, where, other)
            _, problems = validate(YAML[name], Tree(name, data, tree.values, tree.keys))
            for problem in problems:
                assert problem.message()
                assert "godtas inte" not in problem.message()


def replaced(data: object, where: tuple[str | int, ...], other: object) -> object:
    if not where:
        return other
    if isinstance(data, dict):
        return {k: replaced(v, where[1:], other) if k == where[0] else v for k, v in data.items()}
    assert isinstance(data, list)
    return [replaced(v, where[1:], other) if i == where[0] else v for i, v in enumerate(data)]


def test_the_sound_files_have_no_faults_by_themselves(slim_root: Path) -> None:
    for name, (text, read) in readers(slim_root).items():
        assert read(text) == [], name
    for name, model in YAML.items():
        assert read_record(slim_root / "data" / name, name, model)[2] == []

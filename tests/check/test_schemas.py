"""JSON Schemas: in step with the models, in Swedish, and right about real files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml

from est_build.desk.fields import COMMON, described, field_text, models_in
from est_build.desk.schemas import FOLDER, KINDS, schemas
from est_build.protect.rawguard.shapes import ROWS, TREES
from est_build.schema.areas import AreaProperties
from est_build.schema.guidance import ActionEvidence, CategoryNote
from tests.check.broken import EVERY
from tests.check.conftest import run
from tests.conftest import ROOT
from tests.public.instances import linked

FILES = {name: pattern for name, (_, pattern) in KINDS.items() if pattern.startswith(("data/", "content/"))}
MODELS = {name: one for model, _ in KINDS.values() for name, one in models_in(model).items()}


def as_an_editor_reads(path: Path) -> Any:
    """YAML 1.2 as editors have it: numbers are numbers, ``ja`` is a text, a date is a text."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: ClassVar = {
            char: [(tag, rule) for tag, rule in rules if not tag.endswith((":timestamp", ":bool", ":int"))]
            for char, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+\Z"), list("-+0123456789"))

    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)


def errors(name: str, data: Any) -> list[str]:
    schema = json.loads(schemas()[f"{name}.json"])
    return [e.message for e in jsonschema.Draft7Validator(schema).iter_errors(data)]


def test_the_files_are_in_step() -> None:
    """Run ``est-build scheman`` after a change of a model."""
    found = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert found == schemas()
    assert run("scheman", "--root", str(ROOT), "--kontrollera").exit_code == 0


def test_an_old_schema_is_told(tmp_path: Path) -> None:
    assert run("scheman", "--root", str(tmp_path), "--kontrollera").exit_code == 1
    assert run("scheman", "--root", str(tmp_path)).exit_code == 0
    assert run("scheman", "--root", str(tmp_path), "--kontrollera").exit_code == 0


def test_every_kind_of_file_has_one() -> None:
    wanted = {*TREES.values(), *ROWS.values()} - {AreaProperties, CategoryNote, ActionEvidence}
    assert wanted <= {model for model, _ in KINDS.values()}


@pytest.mark.parametrize("name", list(KINDS))
def test_a_schema_is_sound_and_explains_every_field(name: str) -> None:
    schema = json.loads(schemas()[f"{name}.json"])
    jsonschema.Draft7Validator.check_schema(schema)
    for part in (schema, *schema.get("$defs", {}).values()):
        for field, inner in part["properties"].items():
            assert inner["description"].endswith((".", "?")), (name, field)


def test_no_description_is_left_over() -> None:
    fields = {field for model in MODELS.values() for field in model.model_fields}
    for model, field in described():
        if model == COMMON:
            assert field in fields, field
        else:
            assert field in MODELS[model].model_fields, (model, field)


def test_descriptions_are_swedish_sentences() -> None:
    for model in MODELS.values():
        for field in model.model_fields:
            text = field_text(model, field)
            assert text[0].isupper() or text.split()[0] in {"ja", "nej", "snabb", "punktinsats", "kommun"}, (
                text
            )
            assert "  " not in text


@pytest.mark.parametrize("name", list(FILES))
def test_the_example_fits(name: str) -> None:
    paths = sorted(ROOT.glob(FILES[name]))
    if name not in {"godkannanden"}:
        assert paths
    for path in paths[:12]:
        assert errors(name, as_an_editor_reads(path)) == [], path


@pytest.mark.parametrize(
    "broken",
    [one for one in EVERY if one.codes[0] in {"EST202", "EST203", "EST206", "EST207", "EST208", "EST215"}],
    ids=lambda one: one.name,
)
def test_an_editor_sees_what_check_tells(slim_root: Path, tmp_path: Path, broken: Any) -> None:
    root = linked(slim_root, tmp_path / "instans")
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    broken.apply(root)
    changed = [p for p, content in before.items() if p.read_bytes() != content]
    assert len(changed) == 1
    name = next(n for n, pattern in FILES.items() if changed[0].relative_to(root).match(pattern))
    assert errors(name, as_an_editor_reads(changed[0]))


def test_an_editor_offers_the_codes_of_a_list() -> None:
    action = json.loads(schemas()["atgard.json"])
    assert "belysning" in action["properties"]["typ"]["enum"]
    assert len(action["properties"]["typ"]["enumDescriptions"]) == len(action["properties"]["typ"]["enum"])
    assert "pagar" in action["properties"]["status"]["enum"]

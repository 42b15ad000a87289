"""Editing in the browser: files to copy, and what an editor is told about each file."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel

from est_build.desk.fields import field_text
from est_build.desk.helpers import NO_AREA, area_in, area_of, editor_settings, helpers
from est_build.desk.leaf import flat
from est_build.desk.samples import SAMPLES, SHORTEST, samples, ten_lines
from est_build.desk.schemas import KINDS
from est_build.desk.templates import MORE
from est_build.load.frame import read_record
from est_build.protect.rawguard.places import Role, role_of
from est_build.site.verdict import verdict
from tests.check.conftest import run
from tests.conftest import ROOT
from tests.public.instances import write

TEXTS = samples("kivik")


def switched_on(text: str) -> str:
    """The file when somebody has taken away the first ``#`` of all that may be added, at every depth."""
    head, _, rest = text.partition(f"{MORE}\n")
    lines = [line.removeprefix("#") for line in rest.splitlines()]
    both = "\n".join([*head.splitlines(), *lines])
    # Inside a field there may be more: keys and rows after a mark. The words of a comment have one blank.
    again = ""
    while again != both:
        again, both = (
            both,
            re.sub(r"^( *)#(?=#*[a-z_]+:|  +#*(?:-|[a-z_]+:))", r"\1", both, flags=re.MULTILINE),
        )
    return both


def fields(model: type[BaseModel], data: Any, at: str = "") -> None:
    """Every field of the model stands there, and nothing else, all the way down."""
    assert isinstance(data, dict), at
    assert set(data) == set(model.model_fields), at
    for name, info in model.model_fields.items():
        assert field_text(model, name), (model, name)
        value = data[name]
        for one in flat(info.annotation):
            origin = get_origin(one)
            if isinstance(one, type) and issubclass(one, BaseModel):
                fields(one, value, f"{at}/{name}")
            elif (
                origin is tuple
                and isinstance(get_args(one)[0], type)
                and issubclass(get_args(one)[0], BaseModel)
            ):
                assert len(value) == 1
                fields(get_args(one)[0], value[0], f"{at}/{name}")
            elif origin is tuple:
                assert value in (None, [], [None]), f"{at}/{name}"


def test_every_kind_that_people_write_has_one() -> None:
    written = {kind for kind, (_, files) in KINDS.items() if files.startswith(("data/", "content/"))}
    assert set(SAMPLES) == {kind for kind in written if KINDS[kind][1].endswith(".yml")}
    for kind, one in SAMPLES.items():
        assert fnmatch.fnmatch(one.place, KINDS[kind][1])
        assert role_of(one.place) not in {None, Role.PROSE, Role.CODE}


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_every_field_stands_there_and_is_explained(kind: str) -> None:
    model = KINDS[kind][0]
    text = TEXTS[f"{kind}.yml"]
    fields(model, yaml.safe_load(switched_on(text)))
    told = " ".join(line.strip("# ") for line in text.splitlines() if line.strip().startswith("#"))
    for name in model.model_fields:
        assert field_text(model, name) in told, name


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_a_copy_is_wrong_only_where_it_is_empty(tmp_path: Path, kind: str) -> None:
    """Check tells each field that is left, on its own line; what may be added disturbs nobody."""
    model = KINDS[kind][0]
    path = tmp_path / f"{kind}.yml"
    text = TEXTS[f"{kind}.yml"]
    path.write_text(text, encoding="utf-8")
    _, _, problems = read_record(path, path.name, model)
    for problem in problems:
        assert problem.code == "EST201", problem.message()
        assert problem.place.line is not None
        assert re.fullmatch(r"( *(- )?[a-z_]+:| +-)", text.splitlines()[problem.place.line - 1])
    assert bool(problems) == any(re.fullmatch(r" *(- )?[a-z_]+:", line) for line in text.splitlines())


def test_an_action_is_ten_lines() -> None:
    text = TEXTS[SHORTEST]
    lines = text.splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 110
    assert all(re.fullmatch(r"[a-z_]+: \S.* # \S.*", line) for line in lines)
    assert f"```yaml\n{text}```" in TEXTS["README.md"]


def test_the_ten_lines_need_only_a_number(instance: Path) -> None:
    """Copied as they stand. The page is looked at in test_pull_request.py, with the rest of the site."""
    text = (ROOT / "mallar" / SHORTEST).read_text(encoding="utf-8").replace("2026-001 ", "2026-019 ")
    write(instance / "data/atgarder/2026-019.yml", text)
    assert verdict(instance) == ()


def test_the_ten_lines_of_a_new_instance_are_whole_too(norrby: Path, tmp_path: Path) -> None:
    root = tmp_path / "ny"
    for name in ("data", "content"):
        shutil.copytree(norrby / name, root / name)
    shutil.copy(norrby / "mkdocs.yml", root / "mkdocs.yml")
    (root / "data/atgarder").mkdir()
    shutil.copy(norrby / "mallar" / SHORTEST, root / "data/atgarder/2026-001.yml")
    assert verdict(root) == ()


def test_an_area_is_found_in_any_map(tmp_path: Path) -> None:
    town = {"properties": {"id": "byn", "niva": "kommun"}}
    small = {"properties": {"id": "torget", "niva": "omrade"}}
    assert area_in(json.dumps({"features": [town, small]})) == "torget"
    assert area_in(json.dumps({"features": [town]})) == "byn"
    for broken in ("", "[]", "{}", '{"features": [{}]}', '{"features": []}'):
        assert area_in(broken) == NO_AREA
    assert area_of(tmp_path) == NO_AREA
    assert "omraden: [torget]" in ten_lines("torget")


# ---- editors -----------------------------------------------------------------------------------


def test_what_is_written_is_in_step(norrby: Path) -> None:
    """Run ``est-build scheman`` after a change of a model."""
    for root in (ROOT, norrby):
        for name, text in helpers(area_of(root)).items():
            assert (root / name).read_text(encoding="utf-8") == text, name
            assert role_of(name) is not None
        there = {p.relative_to(root).as_posix() for folder in ("mallar", "scheman", ".vscode")
                 for p in (root / folder).rglob("*") if p.is_file()}  # fmt: skip
        assert there == set(helpers(area_of(root)))


def test_an_old_file_to_copy_is_told(norrby: Path, tmp_path: Path) -> None:
    assert run("scheman", "--root", str(tmp_path)).exit_code == 0
    write(tmp_path / "mallar/atgard.yml", "id:\n")
    done = run("scheman", "--root", str(tmp_path), "--kontrollera")
    assert (done.exit_code, "mallar/atgard.yml" in done.output) == (1, True)


def schemas_for(name: str) -> list[str]:
    settings = editor_settings()
    yamls = settings["yaml.schemas"]
    assert isinstance(yamls, dict)
    return [schema for schema, where in yamls.items() if any(fnmatch.fnmatch(name, one) for one in where)]


def test_every_file_has_the_schema_of_its_kind() -> None:
    paths = [p for folder in ("data", "content") for p in (ROOT / folder).rglob("*.yml")]
    assert len(paths) > 100
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        (schema,) = schemas_for(name)
        assert (ROOT / schema).is_file()
    for kind, one in SAMPLES.items():
        assert schemas_for(one.place) == [f"./scheman/{kind}.json"]
        # An editor in the browser reads the first line of the file instead.
        told = re.match(r"# yaml-language-server: \$schema=(\S+)\n", TEXTS[f"{kind}.yml"])
        assert told is not None
        assert (ROOT / one.place).parent.joinpath(told[1]).resolve() == ROOT / f"scheman/{kind}.json"
    assert schemas_for("data/skydd/2025.yml") == ["./scheman/skydd.json"]
    assert schemas_for("data/nagot.yml") == []


def test_json_has_its_schemas_too() -> None:
    listed = editor_settings()["json.schemas"]
    assert isinstance(listed, list)
    for one in listed:
        (where,) = one["fileMatch"]
        assert list(ROOT.glob(where.removeprefix("/")))
        assert (ROOT / one["url"]).is_file()

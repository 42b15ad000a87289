"""The guard and the rest of the tool know the same format: what is written out twice is held together."""

from __future__ import annotations

from typing import get_args

from est_build.protect.rawguard import places
from est_build.protect.rawguard.known_tables import STEP, TABLES
from est_build.protect.rawguard.places import Role
from est_build.protect.rawguard.shapes import ROWS, TREES, columns, free, keys
from est_build.protect.text.approvals import Approval, Approvals
from est_build.schema import protection, tables

from .repo import ROOT

WITHOUT_MODEL = {Role.OUTLINES, Role.APPROVALS}


def test_every_file_of_an_instance_has_a_model() -> None:
    roles = {role for _, role in places._DATA} | set(places.RELEASES.values())
    assert roles - WITHOUT_MODEL <= set(ROWS) | set(TREES)


def test_keys_are_those_of_the_models() -> None:
    assert {"titel", "uppfoljningar", "slutsats", "ny_klar_senast"} <= keys(Role.ACTION)
    assert "svar_id" not in keys(Role.ACTION)
    assert free(Role.CODES) == {"andringar": 2}
    assert free(Role.ATTESTATION)["filer"] == 1


def test_columns_are_those_of_the_models() -> None:
    assert columns(Role.REPORTS) == tables.REPORT_COLUMNS
    assert columns(Role.PARTICIPATION) == tables.PARTICIPATION_COLUMNS


def test_tables_and_steps() -> None:
    assert tuple(TABLES) == get_args(protection.TableId)
    assert protection.Protection.model_fields["steg"].default == STEP


def test_what_is_written_out() -> None:
    assert keys(Role.APPROVALS) == set(Approvals.model_fields) | set(Approval.model_fields)
    first = (ROOT / "est_build/demo/geo/orter.csv").read_text(encoding="utf-8").splitlines()[0]
    assert tuple(first.split(",")) == columns(Role.GAZETTEER)

"""JSON Schemas for editors: what may stand in each kind of file, with help in Swedish.

An editor reads YAML with guesses (``1286`` is a number, ``ja`` a text). The tool reads every value as text,
so a schema accepts both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from est_build.desk.fields import field_text, models_in
from est_build.load.codebook import packaged
from est_build.protect.text.approvals import Approvals
from est_build.schema import (
    accessibility,
    action,
    areas,
    attestation,
    changes,
    codes,
    correction,
    evaluation,
    glossary,
    indicator,
    issue,
    picture,
    places,
    plan,
    protection,
    site,
    survey,
    tables,
)

FOLDER = "scheman"
KINDS: Mapping[str, tuple[type[BaseModel], str]] = {
    "andringar": (changes.MethodChanges, "content/andringar.yml"),
    "atgard": (action.Action, "data/atgarder/*.yml"),
    "enkat": (survey.Survey, "enkat.yml i den privata mappen"),
    "fraga": (issue.Issue, "data/fragor/*.yml"),
    "godkannanden": (Approvals, "content/godkannanden.yml"),
    "indikator": (indicator.Indicator, "data/indikatorer/*.yml"),
    "intyg": (attestation.Attestation, "intyg.json"),
    "kodlistor": (codes.CodeLists, "data/kodlistor.yml"),
    "lagesbild": (picture.SituationPicture, "data/perioder/*/lagesbild.yml"),
    "omraden": (areas.AreaCollection, "data/omraden.geojson"),
    "omradestexter": (places.AreaTexts, "content/omradestexter.yml"),
    "ordlista": (glossary.Glossary, "content/ordlista.yml"),
    "plan": (plan.MunicipalPlan, "data/plan/*.yml"),
    "platser": (places.PlaceNames, "content/platser.yml"),
    "rattelser": (correction.Corrections, "data/rattelser.yml"),
    "skydd": (protection.Protection, "data/skydd.yml"),
    "tillganglighet": (accessibility.Accessibility, "content/tillganglighet.yml"),
    "uppfoljning": (evaluation.AnnualReview, "data/ar/*/uppfoljning.yml"),
    "utvardering": (evaluation.QuarterEvaluation, "data/kvartal/*/utvardering.yml"),
    "webbplats": (site.Site, "data/webbplats.yml"),
    "rad-bedomning": (tables.AssessmentRow, "en rad i bedomning.csv"),
    "rad-bekraftade-rutor": (tables.ConfirmedRow, "en rad i bekraftade_rutor.csv"),
    "rad-deltagande": (tables.ParticipationRow, "en rad i deltagande.csv"),
    "rad-kalender": (tables.CalendarRow, "en rad i kalender.csv"),
    "rad-liggare": (tables.LedgerRow, "en rad i liggare.csv"),
    "rad-medlemmar": (survey.Member, "en rad i medlemmar.csv"),
    "rad-rapporter": (tables.ReportRow, "en rad i rapporter.csv"),
    "rad-verkligheter": (tables.WorldRow, "en rad i verkligheter.csv"),
}
"""Name of the schema -> the model, and the files that it is for."""
FIXED_LISTS = {
    ("Action", "typ"): "atgardstyper",
    ("Action", "status"): "statusar",
    ("Action", "strategier"): "strategier",
    ("StatusEvent", "status"): "statusar",
    ("FollowUp", "genomforande"): "genomforande",
    ("FollowUp", "effekt"): "effekter",
    ("Issue", "status"): "fragestatus",
    ("IssueEvent", "status"): "fragestatus",
    ("Cause", "grund"): "grund",
}
"""Fields with codes of a list that no instance adds to: an editor may offer them."""
_MADE = {("Action", "historik")}
"""Fields that the model makes itself when they are left out: an editor must not ask for them."""
_PATTERNS = {"PeriodId": "^[0-9]{4}-v[0-9]{2}-([0-9]{4}-v)?[0-9]{2}$", "QuarterId": "^[0-9]{4}-kv[1-4]$"}
_PERIODS = {"forsta_period", "sista_period", "utelamna", "fore_fran", "fore_till", "efter_fran", "efter_till"}
_YES_NO = ["ja", "nej", True, False]


def code_list(model: type[BaseModel], field: str) -> str | None:
    """The code list that a field takes its words from, if no instance adds to it."""
    return FIXED_LISTS.get((model.__name__, field))


def must_be_there(model: type[BaseModel], field: str) -> bool:
    """True if a file without the field has a fault."""
    return model.model_fields[field].is_required() and (model.__name__, field) not in _MADE


def schemas() -> dict[str, str]:
    """File name -> content, for every kind of file."""
    return {f"{name}.json": schema_text(name) for name in KINDS}


def schema_text(name: str) -> str:
    """The schema called ``name`` as it is written."""
    model, files = KINDS[name]
    raw = model.model_json_schema()
    known = models_in(model)
    defs = {key: _model(known[key], inner) for key, inner in raw.pop("$defs", {}).items()}
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": files,
        **_model(model, raw),
    }
    if defs:
        schema["$defs"] = defs
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _model(model: type[BaseModel], raw: Mapping[str, Any]) -> dict[str, Any]:
    properties = {}
    for field, inner in raw["properties"].items():
        value = _value(inner)
        if listed := code_list(model, field):
            value = _offered(value, listed)
        if field in _PERIODS:
            value = _patterned(value, _PATTERNS["PeriodId"])
        properties[field] = {"description": field_text(model, field), **value}
    found = {"type": "object", "additionalProperties": False, "properties": properties}
    if needed := [field for field in properties if must_be_there(model, field)]:
        found["required"] = needed
    return found


def _value(raw: Any) -> Any:
    """One value, as an editor reads it."""
    if isinstance(raw, list):
        return [_value(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    found = {key: _value(one) for key, one in raw.items() if key not in {"title", "default", "description"}}
    if "const" in found:
        const = found.pop("const")
        found.pop("type", None)
        found["enum"] = _spellings(const)
    elif "enum" in found:
        found.pop("type", None)
    elif found.get("type") == "boolean":
        found = {"enum": _YES_NO}
    elif found.get("type") == "string":
        if found.pop("format", None) == "date":
            found["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        else:
            found["type"] = ["string", "number", "boolean"]
    return found


def _spellings(const: str) -> list[Any]:
    return [const, int(const)] if const.isdigit() else [const]


def _offered(value: dict[str, Any], name: str) -> dict[str, Any]:
    """The codes of a list, each with its label."""
    entries = packaged()[name]
    choice = {"enum": [one.id for one in entries], "enumDescriptions": [one.sv for one in entries]}
    return {**value, "items": choice} if value.get("type") == "array" else choice


def _patterned(value: dict[str, Any], pattern: str) -> dict[str, Any]:
    if "items" in value:
        return {**value, "items": _patterned(value["items"], pattern)}
    if "anyOf" in value:
        return {**value, "anyOf": [_patterned(one, pattern) for one in value["anyOf"]]}
    return value if value.get("type") == "null" else {**value, "pattern": pattern}

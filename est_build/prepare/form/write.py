"""``est-build survey``: the form for each tool, and the ``enkat.yml`` that reads what it gives."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.load.frame import Frame, load_frame, read_record
from est_build.prepare.form.limesurvey import limesurvey
from est_build.prepare.form.listing import listing
from est_build.prepare.form.mapping import XLSFORM_TOOLS, survey_for
from est_build.prepare.form.questions import Form, Scope, build_form
from est_build.prepare.form.xlsform import xlsform
from est_build.prepare.guard import refuse_git, refuse_published
from est_build.prepare.keep import keep_files
from est_build.prepare.settings import read_members, register_path
from est_build.prepare.survey_file import survey_text
from est_build.prepare.tools import GOOGLE, KOBO, LIMESURVEY, MICROSOFT, ODK, SURVEY123, Tool
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as base
from est_build.schema.survey import Survey

FOLDER = "formular"
SHOWN: Mapping[str, Tool] = {
    "microsoft-forms": MICROSOFT,
    "google-forms": GOOGLE,
    "kobotoolbox": KOBO,
    "odk": ODK,
    "survey123": SURVEY123,
    "limesurvey": LIMESURVEY,
}
"""Tools that a form can be written for, by the name that is asked for."""


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What to write. ``survey``: an ``enkat.yml`` beside the register, there or not."""

    data: Path
    survey: Path
    day: dt.date
    tools: tuple[str, ...] = tuple(SHOWN)
    municipalities: tuple[str, ...] | None = None
    count: int = 3
    overwrite: bool = False


def write_survey(request: SurveyRequest) -> tuple[Path, ...]:
    """Write the forms and their settings into the private folder, all or nothing.

    Raises :class:`ProblemsError`: EST611 if a file is there already with another content.
    """
    folder = request.survey.parent
    refuse_git(folder, "Formulärets mapp")
    refuse_published(folder, request.data, "Formulärets mapp")
    frame = load_frame(request.data, drawn=False)
    register = _register(request.survey)
    members, problems = read_members(register, frame)
    problems += _unknown(frame, request.municipalities or ())
    if problems:
        raise ProblemsError(problems)
    towns = request.municipalities or tuple(t.kod for t in frame.site.kommuner)
    form = build_form(frame, members, Scope(request.day, towns, request.count))
    files = form_files(form, request.tools, os.path.relpath(register, folder))
    if list(request.tools) in ([tool] for tool in SHOWN) and not request.survey.exists():
        # The only tool: its settings are the ones that prepare looks for.
        files[request.survey.name] = files.pop(_settings_name(request.tools[0]))
    return keep_files(folder, files, overwrite=request.overwrite)


def _register(survey: Path) -> Path:
    """The register that ``enkat.yml`` names, or the usual one if there is no such file yet."""
    if not survey.exists():
        return survey.parent / "medlemmar.csv"
    found, _, problems = read_record(survey, survey.name, Survey)
    if found is None:
        raise ProblemsError(problems)
    return register_path(survey, found)


def _unknown(frame: Frame, towns: Sequence[str]) -> list[Problem]:
    known = [t.kod for t in frame.site.kommuner]
    place = Place("webbplats.yml")
    return [
        Problem(base.MUNICIPALITY_UNKNOWN, place, {"value": code}, nearest(code, known))
        for code in towns
        if code not in known
    ]


def _settings_name(tool: str) -> str:
    return f"enkat-{tool}.yml"


def form_files(form: Form, tools: Sequence[str], register: str = "medlemmar.csv") -> dict[str, bytes]:
    """Path from the private folder -> content. Same form, same bytes."""
    files: dict[str, bytes] = {}
    asked = [SHOWN[name] for name in tools]
    if any(tool in XLSFORM_TOOLS for tool in asked):
        files[f"{FOLDER}/enkat-xlsform.xlsx"] = xlsform(form)
    if LIMESURVEY in asked:
        files[f"{FOLDER}/enkat-limesurvey.txt"] = limesurvey(form).encode("utf-8")
    if MICROSOFT in asked or GOOGLE in asked:
        files[f"{FOLDER}/enkat-fragor.txt"] = listing(form, "sv").encode("utf-8")
        files[f"{FOLDER}/enkat-questions.txt"] = listing(form, "en").encode("utf-8")
    for name in tools:
        top = [
            f"Så läser est-build prepare svaren ur {SHOWN[name].name}, när formuläret är det som est-build",
            "survey skrev. Filen är privat och ska ligga bredvid medlemmar.csv.",
        ]
        files[_settings_name(name)] = survey_text(survey_for(form, SHOWN[name], register), top).encode(
            "utf-8"
        )
    return files

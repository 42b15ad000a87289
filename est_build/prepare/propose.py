"""Reading an export only to propose how it should be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from est_build.load.frame import Frame, load_frame, read_record
from est_build.prepare.export import read_tables
from est_build.prepare.guard import refuse_git, refuse_published
from est_build.prepare.guess import Guess, guess
from est_build.prepare.keep import keep_files
from est_build.prepare.settings import read_members, register_path
from est_build.prepare.survey_file import survey_text
from est_build.problems import ProblemsError
from est_build.schema.survey import Member, Survey

PROPOSAL = "enkat-forslag.yml"
_TOP = (
    "Ett förslag från est-build prepare --gissa. Läs igenom det och rätta det som är fel.",
    "Filen är privat och ska ligga bredvid medlemmar.csv.",
)


def proposed(exports: Sequence[Path], data: Path, survey: Path) -> tuple[Guess, str]:
    """The proposal, and its text. Raises :class:`ProblemsError`; nothing is written."""
    for what, path in [("Enkätens inställningar", survey), *(("Exporten", path) for path in exports)]:
        refuse_git(path, what)
        refuse_published(path, data, what)
    frame = load_frame(data, drawn=False)
    found = guess(read_tables(exports), frame, _members(survey, frame))
    return found, survey_text(found.survey, _TOP, found.unsure)


def _members(survey: Path, frame: Frame) -> tuple[Member, ...]:
    """The members, if there is a register that can be read: without one the headings must do."""
    register = survey.parent / "medlemmar.csv"
    if survey.exists():
        present, _, _ = read_record(survey, survey.name, Survey)
        register = register_path(survey, present) if present is not None else register
    if not register.exists():
        return ()
    try:
        return read_members(register, frame)[0]
    except ProblemsError:
        return ()


def keep_proposal(survey: Path, text: str) -> Path | None:
    """Write the proposal as ``enkat.yml``, or beside the one there is; ``None`` if both are there."""
    for path in (survey, survey.with_name(PROPOSAL)):
        if not path.exists():
            keep_files(path.parent, {path.name: text.encode("utf-8")})
            return path
    return None

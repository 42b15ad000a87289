"""``est-build prepare --gissa``: a proposal for ``enkat.yml``, shown and written beside the one there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from est_build.cli.console import in_language, note, say, stop_on_problems, working

if TYPE_CHECKING:
    from est_build.prepare.guess import Guess

PROPOSAL = "enkat-forslag.yml"


def propose(exports: Sequence[Path], data: Path, survey: Path, lang: str) -> None:
    """Say how the export could be read, and what nobody could tell. No file is written over."""
    with stop_on_problems(lang), working("Gissar"):
        from est_build.prepare.propose import proposed

        found, text = proposed(exports, data, survey)
        written = _keep(survey, text)
    say(text.rstrip("\n"))
    for sv, en in _notes(found):
        note(in_language(lang, sv, en))
    if written is None:
        note(in_language(lang, f"{survey.name} och {PROPOSAL} finns redan. Förslaget är bara visat här.",
                         f"{survey.name} and {PROPOSAL} are there already. It is only shown."))  # fmt: skip
    else:
        note(in_language(lang, f"Förslaget ligger i {written}. Läs igenom det innan du använder det.",
                         f"The proposal is in {written}. Read it before you use it."))  # fmt: skip


def _keep(survey: Path, text: str) -> Path | None:
    """Write the proposal as ``enkat.yml``, or beside the one there is; ``None`` if both are there."""
    for path in (survey, survey.with_name(PROPOSAL)):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.ny")
            fresh.write_text(text, encoding="utf-8", newline="\n")
            fresh.chmod(0o600)
            fresh.replace(path)
            return path
    return None


def _notes(found: Guess) -> list[tuple[str, str]]:
    known = found.tool.name != "okänt"
    notes = [
        (f"Verktyget är {found.tool.name}.", f"The tool is {found.tool.name}.")
        if known
        else ("Verktyget är inget av dem som känns igen.", "The tool is none of those that are known.")
    ]
    for column in found.missing:
        notes.append((f"Ingen kolumn ser ut att vara {column}. Skriv den under kolumner.",
                      f"No column looks like {column}. Write it under kolumner."))  # fmt: skip
    if found.unsure.columns:
        names = ", ".join(f"”{name}”" for name in found.unsure.columns)
        notes.append((f"De här kolumnerna går inte att gissa, och de läses inte: {names}.",
                      f"These columns could not be guessed and are not read: {names}."))  # fmt: skip
    for column, words in found.unsure.words.items():
        listed = ", ".join(f"”{word}”" for word in words)
        notes.append((f"{column}: de här orden saknar kod: {listed}.",
                      f"{column}: these words have no code: {listed}."))  # fmt: skip
    if found.ambiguous_times:
        forms = ", ".join(found.ambiguous_times)
        notes.append((f"inskickat: dag och månad kan vara tvärtom. Passar också: {forms}.",
                      f"inskickat: day and month may be the other way. Also fits: {forms}."))  # fmt: skip
    return notes

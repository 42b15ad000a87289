"""``est-build prepare --gissa``: a proposal for ``enkat.yml``, shown and written beside the one there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from est_build.cli.console import in_language, note, say, stop_on_problems, working

if TYPE_CHECKING:
    from est_build.prepare.guess import Guess


def propose(exports: Sequence[Path], data: Path, survey: Path, lang: str) -> None:
    """Say how the export could be read, and what nobody could tell. No file is written over."""
    with stop_on_problems(lang), working("Gissar"):
        from est_build.prepare.propose import keep_proposal, proposed

        found, text = proposed(exports, data, survey)
        written = keep_proposal(survey, text)
    say(text.rstrip("\n"))
    for sv, en in _notes(found):
        note(in_language(lang, sv, en))
    sv, en = _kept(survey, written)
    note(in_language(lang, sv, en))


def _kept(survey: Path, written: Path | None) -> tuple[str, str]:
    if written is None:
        return (
            f"{survey.name} och enkat-forslag.yml finns redan. Förslaget är bara visat här.",
            f"{survey.name} and enkat-forslag.yml are there already. The proposal is only shown.",
        )
    return (
        f"Förslaget ligger i {written}. Läs igenom det innan du använder det.",
        f"The proposal is in {written}. Read it before you use it.",
    )


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

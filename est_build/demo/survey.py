"""The private settings of the example: how exports are read, and the member register."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from est_build.demo.export import NEW, OLD, SHEET, Form
from est_build.demo.network import network
from est_build.demo.places import MUNICIPALITIES
from est_build.demo.words import SPLIT_WORDS, form_words, label
from est_build.schema.survey import MEMBER_COLUMNS

CURRENT = "enkat.yml"
_FILES = {OLD.name: "enkat-2023.yml", NEW.name: CURRENT}
_TOOL = {OLD.name: "enkätverktyget 2023–2025", NEW.name: "enkätverktyget från 2026"}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _mapping(title: str, rows: dict[str, str]) -> list[str]:
    if not rows:
        return []
    lines = [f"    {_quoted(word)}: {_quoted(code)}" for word, code in rows.items()]
    return [f"  {title}:", *lines]


def _category_words() -> dict[str, str]:
    """Words for the split category: the packaged label (before 2025) and the two that followed."""
    before = {label("kategorier", code): code for code in ("trafik.buskorning",)}
    return before | SPLIT_WORDS


def survey_text(form: Form) -> str:
    """``enkat.yml`` for one version of the form (``schema/survey.py`` ``Survey``)."""
    words = form_words(form.name)
    lines = [
        "# Hur exporten från enkäten läses. Filen är privat och läggs aldrig i förrådet.",
        'format: "1"',
        f"verktyg: {_TOOL[form.name]}",
        "",
        "# Våra namn på kolumnerna -> rubrikerna i exporten.",
        "kolumner:",
        *(f"  {column}: {_quoted(heading)}" for column, heading in form.headings.items()),
        "",
        "# Kolumner i exporten som vi inte använder.",
        "ignorera:",
        *(f"  - {_quoted(heading)}" for heading in form.ignored),
        "",
        f"blad: {SHEET} # om exporten är en arbetsbok",
        'datumformat: ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]',
        "",
        "# Ord i exporten -> våra koder. Namnen i kodlistorna behöver inte stå här.",
        "# Varje grupp ska vara ett eget svar, för den som inte vet mer. Granskningen räknar med det.",
        "varden:",
        *_mapping("kommun", {m.namn: m.kod for m in MUNICIPALITIES}),
        *_mapping("omrade", {word: code for code, word in words.area.items()}),
        *_mapping("kategori", _category_words()),
        *_mapping("veckodag", {word: code for code, word in words.weekday.items() if code}),
        *_mapping("tid", {word: code for code, word in words.daypart.items() if code}),
        "",
        f"inget: [{_quoted(words.nothing)}]",
    ]
    if form is NEW:
        lines.append('flerval: ";" # flera svar i samma ruta')
    return "\n".join(lines) + "\n"


def members_text() -> str:
    """``medlemmar.csv``: all member organisations there have been."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(MEMBER_COLUMNS)
    for member in network():
        writer.writerow(
            [
                member.organisation,
                member.sektor,
                member.kommun,
                "|".join(member.omraden),
                member.fran,
                member.till or "",
                "ja",
            ]
        )
    return out.getvalue()


def write_survey(folder: Path) -> dict[str, Path]:
    """Write the private settings into a folder; form name -> path of its ``enkat`` file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "medlemmar.csv").write_text(members_text(), encoding="utf-8", newline="\n")
    paths = {}
    for form in (OLD, NEW):
        paths[form.name] = folder / _FILES[form.name]
        paths[form.name].write_text(survey_text(form), encoding="utf-8", newline="\n")
    return paths

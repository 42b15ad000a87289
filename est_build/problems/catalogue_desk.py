"""The catalogue, 611-629: the commands that write files for people (``fix``, ``new``)."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

ALREADY_THERE = Kind(
    "EST611",
    "fel",
    "{value} finns redan. Inget har skrivits.",
    "Öppna filen och ändra i den, eller välj ett annat namn.",
    "{value} is already there. Nothing was written.",
    "Edit that file, or choose another name.",
)
FOLDER_TAKEN = Kind(
    "EST612",
    "fel",
    "Mappen {value} är inte tom. Inget har skrivits.",
    "Välj en mapp som inte finns, eller som är tom.",
    "The folder {value} is not empty. Nothing was written.",
    "Choose a folder that does not exist or is empty.",
)
CALENDAR_ENDED = Kind(
    "EST613",
    "fel",
    "Det finns ingen period efter {value} i kalendern.",
    "Lägg till rader i data/kalender.csv.",
    "The calendar has no period after {value}.",
    "Add rows to data/kalender.csv.",
)
NOTHING_TO_WRITE_ON = Kind(
    "EST614",
    "fel",
    "{what} {value} finns inte.",
    "Rätta numret. Se efter i mappen vad som finns.",
    "{what} {value} does not exist.",
    "Correct the number. Look in the folder.",
)
REPAIR_REFUSED = Kind(
    "EST615",
    "fel",
    "{file} har ändrats sedan förslaget visades. Inget har skrivits.",
    "Kör est-build fix igen.",
    "{file} has changed since the proposal was shown. Nothing was written.",
    "Run est-build fix again.",
)
OPTION_WRONG = Kind(
    "EST616",
    "fel",
    "{key}: ”{value}” går inte att använda.",
    "{hint}",
    '{key}: "{value}" cannot be used.',
    "{hint}",
)

"""The catalogue, 641-659: a built site afterwards (``verify``), and work that is shared out (``--del``)."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

LIST_MISSING = Kind(
    "EST641",
    "fel",
    "Här finns ingen fillista.",
    "Ange webbplatsens översta mapp, eller en annan fillista med --lista.",
    "There is no list of files here.",
    "Name the top folder of the site, or another list with --lista.",
)
LIST_REFUSED = Kind(
    "EST642",
    "fel",
    "Fillistan går inte att använda: {why}.",
    "Lita inte på den. Hämta den på nytt, helst från webbplatsen själv.",
    "The list of files cannot be used: {why}.",
    "Do not trust it. Fetch it again.",
)
FILE_CHANGED = Kind(
    "EST643",
    "fel",
    "Filen är inte den som fillistan anger.",
    "Hämta filen på nytt. Skiljer den sig då också: fråga utgivaren.",
    "The file is not the one that the list names.",
    "Fetch it again. If it still differs, ask the publisher.",
)
FILE_GONE = Kind(
    "EST644",
    "fel",
    "Filen står i fillistan men finns inte här.",
    "Hämta den. Har du bara hämtat en del av webbplatsen: kör med --utan-saknade.",
    "The list names the file, but it is not here.",
    "Fetch it. If you have fetched only some of the site, use --utan-saknade.",
)
PART_DIFFERS = Kind(
    "EST646",
    "fel",
    "Delen går inte att foga in: {why}. Inget har ändrats.",
    "Gör om delen med samma filer som de andra delarna.",
    "The part cannot be joined in: {why}. Nothing was changed.",
    "Make the part again with the same files as the others.",
)
PART_MISSING = Kind(
    "EST647",
    "fel",
    "Delarna är inte hela: {why}. Inget har ändrats.",
    "Ange alla delar, var och en en gång.",
    "The parts are not whole: {why}. Nothing was changed.",
    "Name every part once.",
)
FILE_ADDED = Kind(
    "EST645",
    "fel",
    "Filen står inte i fillistan.",
    "Den hör inte till webbplatsen. Ta bort den om du inte vet vad den är.",
    "The list does not name the file.",
    "It is no part of the site.",
)

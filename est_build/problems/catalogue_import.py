"""The catalogue, 527-539: exports of survey tools, and the form that ``survey`` writes."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

TABLES_WRONG = Kind(
    "EST527",
    "fel",
    "Tabellerna hör inte ihop: {why}.",
    "Exportera på nytt, och ta med alla blad eller filer ur samma export. KoboToolbox: välj XLS.",
    "The tables do not belong together: {why}.",
    "Export again, with all sheets or files of one export. KoboToolbox: choose XLS.",
)
ROW_ORPHAN = Kind(
    "EST528",
    "fel",
    "Raden hör till svaret {value}, som inte finns i tabellen med svar.",
    "Ta med båda tabellerna ur samma export. Har du tagit bort ett svar, ta bort dess rader här också.",
    "The row belongs to the answer {value}, which is not in the table of answers.",
    "Use both tables of one export. If you removed an answer, remove its rows here too.",
)
FORMULA = Kind(
    "EST529",
    "fel",
    "{column} är en formel i kalkylbladet.",
    "Byt formeln mot sitt värde: kopiera cellen och klistra in den som värde.",
    "{column} is a formula in the sheet.",
    "Replace it with its value: copy the cell and paste it as a value.",
)
CHOICE_MARK = Kind(
    "EST530",
    "fel",
    "{column}: ”{value}” säger inte om alternativet är valt.",
    "Skriv Ja i rutan om det är valt. Annars ska den vara tom.",
    '{column}: "{value}" does not say whether the choice was made.',
    "Write Ja if it was. Otherwise leave the box empty.",
)
TWO_ANSWERS = Kind(
    "EST531",
    "fel",
    "{column} har två olika svar på samma rad: ”{value}” och ”{other}”.",
    "Rubrikerna under kolumner i enkat.yml ska betyda samma fråga. Annars rättar du raden i exporten.",
    '{column} has two answers on one row: "{value}" and "{other}".',
    "The headings under kolumner in enkat.yml must be the same question. Otherwise correct the row.",
)
DRAFTS = Kind(
    "EST532",
    "not",
    "{value} svar är påbörjade men inte inskickade och räknas inte.",
    "Inget att göra. Den som vill kan fylla i enkäten klart.",
    "{value} answers were begun but not sent in and are not counted.",
    "Nothing to do.",
)
CONTRADICTED = Kind(
    "EST533",
    "not",
    "{value} svar säger ”inget att rapportera” men har ändå iakttagelser. Iakttagelserna räknas inte.",
    "Fråga den som svarade om det är fel. Rätta i så fall raden i exporten.",
    "{value} answers say that there is nothing to report, yet have observations, which are not counted.",
    "Ask the one who answered if that is wrong.",
)
NO_MEMBERS = Kind(
    "EST534",
    "fel",
    "Medlemsregistret har ingen organisation som enkäten kan gå till.",
    "Skriv en rad för varje organisation i {value}. Formuläret får sina svarsalternativ därifrån.",
    "The member register has no organisation to ask.",
    "Write a row for each organisation in {value}.",
)
NOTHING_KNOWN = Kind(
    "EST535",
    "fel",
    "Det går inte att gissa hur exporten ska läsas: {why}.",
    "Kontrollera att det är rätt fil. Annars skriver du enkat.yml själv, se handboken.",
    "There is no guessing how to read the export: {why}.",
    "Check that it is the right file, or write enkat.yml yourself.",
)
CHOICES_CLASH = Kind(
    "EST536",
    "fel",
    "Två svarsalternativ heter ”{value}” i samma fråga.",
    "Byt namn på det ena, i data/kodlistor.yml eller i medlemmar.csv.",
    'Two choices of one question are called "{value}".',
    "Rename one of them, in data/kodlistor.yml or in medlemmar.csv.",
)
OTHER_TOOL = Kind(
    "EST537",
    "fel",
    "Exporten ser ut att komma från {value}, men enkat.yml är skriven för {expected}.",
    "Ange rätt inställningar med --enkat, eller låt est-build prepare --gissa föreslå dem.",
    "The export seems to come from {value}, but enkat.yml is written for {expected}.",
    "Give the right settings with --enkat, or let est-build prepare --gissa propose them.",
)

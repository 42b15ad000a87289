"""The catalogue, second part: protection (4xx), the private side (5xx), building (6xx)."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

ROWS_OFF_PLAN = Kind(
    "EST401",
    "fel",
    "Raderna följer inte tabellplanen: {why}.",
    "Ändra aldrig filen för hand. Ta fram den igen med est-build prepare.",
    "The rows are not those of the table plan: {why}.",
    "Never edit this file by hand.",
)
OFF_LADDER = Kind(
    "EST402",
    "fel",
    "{value} är inget steg på stegen {steps}.",
    "Ändra aldrig filen för hand. Ta fram den igen med est-build prepare.",
    "{value} is not an interval of the ladder {steps}.",
    "Never edit this file by hand.",
)
ATTESTATION_MISSING = Kind(
    "EST403",
    "fel",
    "Intyget intyg.json saknas.",
    "Publicera bara det som est-build prepare har skrivit.",
    "The attestation intyg.json is missing.",
    "Publish only what est-build prepare wrote.",
)
HASH_DIFFERS = Kind(
    "EST404",
    "fel",
    "Filen {value} är inte den som intyget gäller.",
    "Återställ filen. En publicerad tid ändras aldrig.",
    "The file {value} is not the one attested.",
    "Restore it. A published span never changes.",
)
ATTESTATION_WRONG = Kind(
    "EST405",
    "fel",
    "Intyget stämmer inte: {why}.",
    "Återställ mappen till det som est-build prepare skrev.",
    "The attestation does not match: {why}.",
    "Restore the folder.",
)
PARTICIPATION_WRONG = Kind(
    "EST406",
    "fel",
    "Deltagandet stämmer inte: {why}.",
    "Ta fram filen igen med est-build prepare.",
    "The participation is wrong: {why}.",
    "Make the file again with est-build prepare.",
)

INPUT_IN_GIT = Kind(
    "EST501",
    "fel",
    "{what} ligger i ett git-träd ({value}). Svar får aldrig ligga där.",
    "Flytta den till en egen mapp utanför git och kör igen.",
    "{what} is inside a git work tree ({value}). Answers must never be there.",
    "Move it out of git and run again.",
)
INPUT_IN_DATA = Kind(
    "EST502",
    "fel",
    "{what} ligger i mappen {value}, som publiceras. Svar får aldrig ligga där.",
    "Flytta den till en egen mapp och kör igen.",
    "{what} is inside {value}, which is published. Answers must never be there.",
    "Move it to a folder of its own and run again.",
)
PERIOD_CLOSED = Kind(
    "EST503",
    "fel",
    "{span} är redan publicerad för {value} och stängd.",
    "En stängd tid skrivs aldrig om. Är något fel: läs ”Något fel har publicerats” i handboken.",
    "{span} is already published for {value} and closed.",
    "A closed span is never written again.",
)
RELEASE_GONE = Kind(
    "EST526",
    "fel",
    "Publiceringen har funnits men är borttagen.",
    "Det som en gång har publicerats räknas aldrig fram på nytt. Hämta tillbaka mappen ur git "
    "(git restore, eller ta bort ändringen i webbläsaren).",
    "The release has existed but was removed.",
    "What was published once is never calculated again. Bring the folder back from git (git restore).",
)
EXPORT_UNREADABLE = Kind(
    "EST504",
    "fel",
    "Exporten går inte att läsa: {why}.",
    "Exportera på nytt som CSV eller XLSX.",
    "The export cannot be read: {why}.",
    "Export it again as CSV or XLSX.",
)
EXPORT_COLUMN = Kind(
    "EST505",
    "fel",
    "Exporten saknar kolumnen ”{column}” (för {canonical}).",
    "Rätta kolumner i enkat.yml. I exporten finns: {found}.",
    'The export lacks the column "{column}" (for {canonical}).',
    "Correct kolumner in enkat.yml. The export has: {found}.",
)
EXPORT_HEADING = Kind(
    "EST506",
    "fel",
    "Exporten har en okänd kolumn: ”{column}”.",
    "Lägg den under kolumner eller ignorera i enkat.yml.",
    'The export has an unknown column: "{column}".',
    "Put it under kolumner or ignorera in enkat.yml.",
)
EXPORT_WORD = Kind(
    "EST507",
    "fel",
    "{column}: ”{value}” går inte att tolka.",
    "Rätta ordet i exporten eller lägg till det under varden: {column} i enkat.yml.",
    '{column}: "{value}" cannot be understood.',
    "Add it under varden: {column} in enkat.yml.",
)
EXPORT_GROUP = Kind(
    "EST525",
    "fel",
    "kategori: ”{value}” är en grupp. Ett svar ska säga vilken kategori i gruppen det gäller.",
    "Låt enkäten fråga efter kategorin. Behövs ett svar för annat? Lägg till en egen kategori i gruppen "
    "(egna_kategorier i kodlistor.yml). Peka sedan på den under varden: kategori i enkat.yml.",
    'kategori: "{value}" is a group. An answer must say which of its categories it is about.',
    "Let the form ask for the category. If you need an answer for other things, add a category of your "
    "own to the group (egna_kategorier in kodlistor.yml) and point to it under varden: kategori.",
)
EXPORT_TIME = Kind(
    "EST508",
    "fel",
    "inskickat: ”{value}” är ingen tidpunkt i en känd form.",
    "Lägg till formen under datumformat i enkat.yml. Nu gäller: {allowed}.",
    'inskickat: "{value}" is not a known time.',
    "Add its form under datumformat in enkat.yml.",
)
MEMBER_UNKNOWN = Kind(
    "EST509",
    "fel",
    "Organisationen ”{value}” finns inte i medlemsregistret för {where}.",
    "Rätta namnet, eller lägg till organisationen i medlemmar.csv.",
    'The organisation "{value}" is not in the member register of {where}.',
    "Correct it or add it.",
)
ANSWER_SPLIT = Kind(
    "EST510",
    "fel",
    "Svaret {value} har olika organisationer på olika rader.",
    "Ett svar kommer från en organisation.",
    "Answer {value} has different organisations.",
    "An answer comes from one organisation.",
)
NO_ANSWERS = Kind(
    "EST511",
    "fel",
    "Inga svar i exporten kom in under {span} ({dates}).",
    "Kontrollera att du har rätt period och rätt export. Gjordes ingen enkät: kör med --utan-insamling.",
    "No answer in the export arrived in {span} ({dates}).",
    "Check the period and the export.",
)
AREA_ELSEWHERE = Kind(
    "EST512",
    "fel",
    "Området ”{value}” ligger inte i {where}.",
    "Rätta område eller kommun i exporten.",
    'The area "{value}" is not in {where}.',
    "Correct area or municipality.",
)
AREA_TOO_THIN = Kind(
    "EST513",
    "fel",
    "Området {value} får inte redovisas för sig: {why}.",
    "Räkna ihop det med ett grannområde: sammanslagna i data/skydd.yml.",
    "Area {value} must not stand by itself: {why}.",
    "Merge it: sammanslagna in data/skydd.yml.",
)
STORE_LOCKED = Kind(
    "EST515",
    "fel",
    "En annan körning arbetar med {value}: {who}.",
    "Vänta tills den är klar och kör igen.",
    "Another run is using {value}: {who}.",
    "Wait for it and run again.",
)
STORE_DAMAGED = Kind(
    "EST516",
    "fel",
    "Förrådet går inte att läsa: {why}.",
    "Återställ det från säkerhetskopian.",
    "The store cannot be read: {why}.",
    "Restore it from a backup.",
)
STORE_INCOMPLETE = Kind(
    "EST517",
    "varning",
    "{span} skrivs inte: svaren för {value} finns inte i förrådet.",
    "Fråga den som körde de perioderna. Utan deras förråd går det inte att skriva den.",
    "{span} is not written: the store lacks {value}.",
    "Run with the complete store.",
)
ARRIVED_ELSEWHERE = Kind(
    "EST518",
    "not",
    "{value} svar i exporten kom in före eller efter perioden och räknas inte här.",
    "Ett svar räknas i den period då det kom in.",
    "{value} answers arrived outside the period and are not counted here.",
    "An answer counts in the period in which it arrived.",
)
DISK_FAILED = Kind(
    "EST520",
    "fel",
    "Det gick inte att skriva: {why}. Inget har ändrats.",
    "Kontrollera plats och rättigheter.",
    "Writing failed: {why}. Nothing was changed.",
    "Check space and permissions.",
)
MEMBER_SECTOR = Kind(
    "EST521",
    "fel",
    "{value} står som {found} i exporten men som {expected} i medlemsregistret.",
    "Gör dem lika.",
    "{value} is {found} in the export but {expected} in the register.",
    "Make them equal.",
)
ROW_EMPTY_KEY = Kind(
    "EST522",
    "fel",
    "{column} är tom.",
    "Varje rad behöver {column}.",
    "{column} is empty.",
    "Every row needs {column}.",
)
UNFINISHED = Kind(
    "EST524",
    "fel",
    "Det gick inte att skriva klart: {why}.",
    "Rätta till felet och kör samma kommando igen. Då blir det klart.",
    "The publication could not be finished: {why}.",
    "Mend the fault and run the same command again: it will finish.",
)

ENGINE_FAILED = Kind(
    "EST601",
    "fel",
    "Sajten gick inte att bygga: {why}. Den förra sajten ligger kvar.",
    "Läs raden och försök igen.",
    "The site could not be built: {why}. The last site is still there.",
    "Read the line, try again.",
)
TOOL_MISSING = Kind(
    "EST602",
    "fel",
    "{value} saknas.",
    "Kör make site, som installerar det som behövs.",
    "{value} is missing.",
    "Run make site, which installs what is needed.",
)
ADDRESS_LOST = Kind(
    "EST605",
    "fel",
    "Adressen {value} finns inte längre. Den har publicerats, och någon kan ha sparat den.",
    "Lägg tillbaka filen som sidan görs av. En åtgärd eller en fråga som inte gäller avslutas i stället.",
    "The address {value} is gone. It has been published.",
    "Put back the file that it is made of.",
)
CLOSED_TEXT_CHANGED = Kind(
    "EST606",
    "fel",
    "Texten på {value} har ändrats efter att den publicerades, utan en rättelse.",
    "Skriv en rättelse med est-build new rattelse, eller lägg tillbaka texten.",
    "The text of {value} was changed after it was published, without a correction.",
    "Write a correction with est-build new rattelse, or put the text back.",
)
LEDGER_BEHIND = Kind(
    "EST607",
    "not",
    "{value} adresser står inte i liggaren.",
    "Kör est-build liggare och spara data/liggare.csv med det andra.",
    "{value} addresses are not in the ledger.",
    "Run est-build liggare and save data/liggare.csv.",
)
MEMORY_FULL = Kind(
    "EST608",
    "fel",
    "Datorns minne räckte inte. Inget har ändrats.",
    "Stäng andra program och kör igen. Hjälper inte det är någon fil orimligt stor.",
    "The memory of the machine was not enough. Nothing was changed.",
    "Close other programs and run again. If that does not help, some file is far too large.",
)
OUTPUT_NOT_OURS = Kind(
    "EST603",
    "fel",
    "Mappen {value} innehåller annat än en byggd sajt. Den rörs inte.",
    "Välj en tom mapp eller ta bort mappen själv.",
    "The folder {value} holds something else than a built site.",
    "Choose an empty folder.",
)
CHECK_FAILED = Kind(
    "EST604",
    "fel",
    "Den byggda sajten underkändes: {why}.",
    "Den förra sajten ligger kvar. Se raden ovan.",
    "The built site was rejected: {why}.",
    "The last site is still there.",
)

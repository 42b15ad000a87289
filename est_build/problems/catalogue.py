"""The catalogue of everything that can be wrong. A code never changes its meaning.

1xx reading a file · 2xx a value · 3xx files against each other · 4xx protection ·
5xx the private side · 6xx building the site. (3xx stand in ``catalogue_links``, 4xx-6xx in
``catalogue_steps``.)
"""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems import catalogue_links as links
from est_build.problems.problem import Kind

FILE_MISSING = Kind(
    "EST101",
    "fel",
    "Filen finns inte.",
    "Lägg till filen. Den behövs för att bygga sajten.",
    "The file does not exist.",
    "Add the file. The site cannot be built without it.",
)
NOT_UTF8 = Kind(
    "EST102",
    "fel",
    "Filen är inte sparad som UTF-8, så å, ä och ö går inte att läsa.",
    "Spara filen igen och välj teckenkodningen UTF-8.",
    "The file is not UTF-8.",
    "Save it again as UTF-8.",
)
YAML_SYNTAX = Kind(
    "EST103",
    "fel",
    "Filen går inte att läsa: {why}.",
    "Titta på raden och raden ovanför: indrag med mellanslag, kolon följt av mellanslag, "
    "citattecken som öppnas och stängs.",
    "The file cannot be read: {why}.",
    "Check indentation, colons and quotes near this line.",
)
DUPLICATE_KEY = Kind(
    "EST104",
    "fel",
    "”{key}” står två gånger.",
    "Behåll en av raderna och ta bort den andra.",
    '"{key}" stands twice.',
    "Keep one of the lines.",
)
JSON_SYNTAX = Kind(
    "EST105",
    "fel",
    "Filen är inte giltig JSON.",
    "Hämta filen på nytt från verktyget som gjorde den.",
    "The file is not valid JSON.",
    "Fetch it again from the tool that made it.",
)
COLUMN_MISSING = Kind(
    "EST106",
    "fel",
    "Kolumnen ”{column}” saknas.",
    "Första raden ska vara: {expected}",
    'The column "{column}" is missing.',
    "The first row must be: {expected}",
)
COLUMN_UNKNOWN = Kind(
    "EST107",
    "fel",
    "Kolumnen ”{column}” är okänd.",
    "Första raden ska vara: {expected}",
    'The column "{column}" is unknown.',
    "The first row must be: {expected}",
)
ROW_RAGGED = Kind(
    "EST108",
    "fel",
    "Raden har {found} fält men ska ha {expected}.",
    "Räkna kommatecknen. En text med komma i ska stå inom citattecken.",
    "The row has {found} fields, not {expected}.",
    "Count the commas; quote a text with a comma.",
)
FILE_EMPTY = Kind(
    "EST109",
    "fel",
    "Filen är tom.",
    "Fyll i filen eller ta bort den.",
    "The file is empty.",
    "Fill it in or remove it.",
)
CSV_SEMICOLON = Kind(
    "EST110",
    "fel",
    "Filen har semikolon mellan fälten, som kalkylprogram ofta sparar.",
    "Spara som CSV med kommatecken mellan fälten.",
    "The fields are separated by semicolons.",
    "Save it as CSV with commas.",
)
ROW_REPEATED = Kind(
    "EST111",
    "fel",
    "Raden upprepar rad {first}: {key}.",
    "Ta bort den ena raden.",
    "The row repeats line {first}: {key}.",
    "Remove one of them.",
)
YAML_ALIAS = Kind(
    "EST112",
    "fel",
    "Filen använder ankare (& och *), som inte är tillåtna här.",
    "Skriv ut värdet på varje ställe.",
    "Anchors and aliases are not allowed here.",
    "Write the value out in each place.",
)
CSV_BROKEN = Kind(
    "EST113",
    "fel",
    "Tabellen går inte att läsa: {why}.",
    "Titta efter ett citattecken som inte stängs.",
    "The table cannot be read: {why}.",
    "Look for a quote that is not closed.",
)
FILE_UNREADABLE = Kind(
    "EST114",
    "fel",
    "Filen går inte att läsa: {why}.",
    "Kontrollera att det är en vanlig fil och att du får läsa den.",
    "The file cannot be read: {why}.",
    "Check that it is an ordinary file that you may read.",
)
ROW_EMPTY = Kind(
    "EST115",
    "fel",
    "Raden är tom.",
    "Ta bort raden.",
    "The row is empty.",
    "Remove it.",
)
COLUMN_REPEATED = Kind(
    "EST116",
    "fel",
    "Kolumnen ”{column}” står två gånger.",
    "Behåll den ena.",
    'The column "{column}" stands twice.',
    "Keep one.",
)
TOO_DEEP = Kind(
    "EST117",
    "fel",
    "Filen har för många nivåer inuti varandra.",
    "Ta bort klamrar som inte ska vara där.",
    "The file nests too deeply.",
    "Remove brackets that should not be there.",
)
CONTROL_CHARACTER = Kind(
    "EST118",
    "fel",
    "Texten har ett osynligt styrtecken ({value}).",
    "Ta bort tecknet. Klistra in texten som ren text.",
    "The text has an invisible control character ({value}).",
    "Remove it. Paste as plain text.",
)
CSV_TAB = Kind(
    "EST119",
    "fel",
    "Filen har tabb mellan fälten.",
    "Spara som CSV med komma.",
    "The fields are separated by tabs.",
    "Save it as CSV with commas.",
)
YAML_TAG = Kind(
    "EST120",
    "fel",
    "Värdet börjar med en tagg ({value}), som inte är tillåten här.",
    "Ta bort taggen, eller sätt citattecken runt texten.",
    "Tags ({value}) are not allowed here.",
    "Remove the tag or quote the text.",
)
FILE_TOO_LARGE = Kind(
    "EST121",
    "fel",
    "Filen är orimligt stor: {why}.",
    "Se efter att det är rätt fil. Är den det behöver den delas upp eller förenklas.",
    "The file is far too large: {why}.",
    "Make sure that it is the right file. If it is, split or simplify it.",
)
TOO_MANY = Kind(
    "EST122",
    "fel",
    "Filen har fler fel än de {value} första. De andra visas inte.",
    "Rätta dem som visas och kör igen. Är nästan allt fel är det kanske en annan sorts fil.",
    "The file has more faults than the first {value}. The rest are not shown.",
    "Mend those that are shown and run again. If nearly all is wrong, it may be another kind of file.",
)

KEY_MISSING = Kind(
    "EST201",
    "fel",
    "”{key}” saknas.",
    "Lägg till raden {key}: …",
    '"{key}" is missing.',
    "Add the line {key}: …",
)
KEY_UNKNOWN = Kind(
    "EST202",
    "fel",
    "”{key}” är okänt här.",
    "Rätta namnet eller ta bort raden. Här får stå: {allowed}.",
    '"{key}" is unknown here.',
    "Correct or remove it. Allowed here: {allowed}.",
)
DATE_FORM = Kind(
    "EST203",
    "fel",
    "{key}: ”{value}” är inget datum i rätt form.",
    "Skriv år-månad-dag, till exempel 2026-11-19.",
    '{key}: "{value}" is not a date.',
    "Write year-month-day, for example 2026-11-19.",
)
DATE_NONE = Kind(
    "EST204",
    "fel",
    "{key}: {value} finns inte i almanackan.",
    "Kontrollera månad och dag.",
    "{key}: {value} does not exist.",
    "Check month and day.",
)
NOT_WHOLE = Kind(
    "EST205",
    "fel",
    "{key}: ”{value}” är inget heltal.",
    "Skriv bara siffror, till exempel 12.",
    '{key}: "{value}" is not a whole number.',
    "Write digits only, for example 12.",
)
OUT_OF_RANGE = Kind(
    "EST206",
    "fel",
    "{key}: {value} är utanför det tillåtna ({limit}).",
    "Ändra värdet.",
    "{key}: {value} is out of range ({limit}).",
    "Change the value.",
)
NOT_A_CHOICE = Kind(
    "EST207",
    "fel",
    "{key}: ”{value}” finns inte att välja på.",
    "Välj ett av: {allowed}.",
    '{key}: "{value}" is not a choice.',
    "Choose one of: {allowed}.",
)
NOT_YES_NO = Kind(
    "EST208",
    "fel",
    "{key}: ”{value}” ska vara ja eller nej.",
    "Skriv ja eller nej.",
    '{key}: "{value}" must be ja or nej.',
    "Write ja or nej.",
)
TEXT_EMPTY = Kind(
    "EST209",
    "fel",
    "{key} är tom.",
    "Skriv något eller ta bort raden.",
    "{key} is empty.",
    "Write something or remove the line.",
)
TEXT_LONG = Kind(
    "EST210",
    "fel",
    "{key} är för lång: högst {limit} tecken.",
    "Korta texten.",
    "{key} is too long: at most {limit} characters.",
    "Shorten it.",
)
FORM_WRONG = Kind(
    "EST211",
    "fel",
    "{key}: ”{value}” har fel form.",
    "{hint}",
    '{key}: "{value}" has the wrong form.',
    "{hint}",
)
PERIOD_FORM = Kind(
    "EST212",
    "fel",
    "{key}: ”{value}” är ingen period.",
    "Skriv som 2026-v45-46, över årsskiftet 2026-v53-2027-v01.",
    '{key}: "{value}" is not a period.',
    "Write 2026-v45-46, over a new year 2026-v53-2027-v01.",
)
QUARTER_FORM = Kind(
    "EST213",
    "fel",
    "{key}: ”{value}” är inget kvartal.",
    "Skriv som 2026-kv3.",
    '{key}: "{value}" is not a quarter.',
    "Write 2026-kv3.",
)
WRONG_SHAPE = Kind(
    "EST215",
    "fel",
    "{key} ska vara {expected}.",
    "Se exemplet i handboken.",
    "{key} must be {expected}.",
    "See the example in the handbook.",
)
VALUE_REPEATED = Kind(
    "EST216",
    "fel",
    "{key} nämner samma sak två gånger.",
    "Behåll en.",
    "{key} names the same thing twice.",
    "Keep one.",
)
NOT_A_NUMBER = Kind(
    "EST217",
    "fel",
    "{key}: ”{value}” är inget tal.",
    "Skriv med decimalpunkt, till exempel 1.43.",
    '{key}: "{value}" is not a number.',
    "Write with a decimal point, for example 1.43.",
)
RULE_BROKEN = Kind(
    "EST218",
    "fel",
    "{key}: {why}.",
    "Ändra värdet.",
    "{key}: {why}.",
    "Change the value.",
)
INSERT_UNKNOWN = Kind(
    "EST231",
    "fel",
    "Det finns inget som heter ”{value}” att sätta in här.",
    "Skriv {allowed}.",
    'There is nothing called "{value}" to put in here.',
    "Write {allowed}.",
)
PICTURE_MISSING = Kind(
    "EST232",
    "fel",
    "Bilden {value} finns inte.",
    "Lägg bilden i {folder}, eller rätta adressen. Den börjar med snedstreck, som /handbok/bilder/karta.png.",
    "The picture {value} does not exist.",
    "Put the picture in {folder}, or correct the address. It begins with a slash.",
)
PICTURE_UNTOLD = Kind(
    "EST233",
    "fel",
    "Bilden {value} har ingen text för den som inte ser den.",
    "Skriv vad bilden visar, inom hakparenteserna.",
    "The picture {value} has no text for those who do not see it.",
    "Write what it shows within the brackets.",
)

# 3xx, so that one import gives all that files can have wrong.
AREA_PARENT = links.AREA_PARENT
AREA_REPEATED = links.AREA_REPEATED
AREA_UNKNOWN = links.AREA_UNKNOWN
CALENDAR_GAP = links.CALENDAR_GAP
CALENDAR_LENGTH = links.CALENDAR_LENGTH
CALENDAR_NAME = links.CALENDAR_NAME
CALENDAR_ORDER = links.CALENDAR_ORDER
CATEGORY_WRONG = links.CATEGORY_WRONG
CODE_UNKNOWN = links.CODE_UNKNOWN
FOLDER_UNKNOWN = links.FOLDER_UNKNOWN
GEOMETRY_BROKEN = links.GEOMETRY_BROKEN
GEOMETRY_DECIMALS = links.GEOMETRY_DECIMALS
GEOMETRY_POINT = links.GEOMETRY_POINT
LINK_BROKEN = links.LINK_BROKEN
MERGE_WRONG = links.MERGE_WRONG
MUNICIPALITY_UNKNOWN = links.MUNICIPALITY_UNKNOWN
NAME_DIFFERS = links.NAME_DIFFERS
NOTHING_PUBLISHED = links.NOTHING_PUBLISHED
PAGE_UNKNOWN = links.PAGE_UNKNOWN
PERIOD_UNKNOWN = links.PERIOD_UNKNOWN
STATUS_DIFFERS = links.STATUS_DIFFERS
TEXT_CONTRADICTS = links.TEXT_CONTRADICTS

"""The catalogue of everything that can be wrong. A code never changes its meaning.

1xx reading a file · 2xx a value · 3xx files against each other · 4xx protection ·
5xx the private side · 6xx building the site. (4xx-6xx stand in ``catalogue_steps``.)
"""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

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
    "Spara som CSV med komma, eller kör est-build fix.",
    "The fields are separated by semicolons.",
    "Save it as CSV with commas, or run est-build fix.",
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

AREA_UNKNOWN = Kind(
    "EST301",
    "fel",
    "”{value}” är inget område.",
    "Områdenas id står i data/omraden.geojson.",
    '"{value}" is not an area.',
    "Area ids stand in data/omraden.geojson.",
)
CODE_UNKNOWN = Kind(
    "EST302",
    "fel",
    "”{value}” finns inte i kodlistan {list}.",
    "Välj en kod ur listan.",
    '"{value}" is not in the code list {list}.',
    "Choose a code from the list.",
)
MUNICIPALITY_UNKNOWN = Kind(
    "EST303",
    "fel",
    "”{value}” är ingen kommun på den här sajten.",
    "Kommunerna står i data/webbplats.yml.",
    '"{value}" is not a municipality of this site.',
    "They stand in data/webbplats.yml.",
)
LINK_BROKEN = Kind(
    "EST304",
    "fel",
    "{what} {value} finns inte.",
    "Rätta numret eller lägg till filen.",
    "{what} {value} does not exist.",
    "Correct the number or add the file.",
)
NAME_DIFFERS = Kind(
    "EST305",
    "fel",
    "Filen heter {file} men id är ”{value}”.",
    "Gör dem lika.",
    'The file is named {file} but its id is "{value}".',
    "Make them equal.",
)
CALENDAR_GAP = Kind(
    "EST306",
    "fel",
    "Perioden {value} börjar inte dagen efter att {previous} slutar.",
    "Perioderna ska följa på varandra utan glapp. Rätta start och slut.",
    "Period {value} does not start the day after {previous} ends.",
    "Correct start and end.",
)
CALENDAR_LENGTH = Kind(
    "EST307",
    "fel",
    "Perioden {value} är {found} dagar, men en period är 14 dagar.",
    "Rätta start eller slut.",
    "Period {value} is {found} days, not 14.",
    "Correct start or end.",
)
CALENDAR_NAME = Kind(
    "EST308",
    "fel",
    "Perioden heter ”{value}”, men datumen hör till {expected}.",
    "Byt namnet eller datumen.",
    'The period is named "{value}" but its dates are {expected}.',
    "Change the name or the dates.",
)
PERIOD_UNKNOWN = Kind(
    "EST309",
    "fel",
    "”{value}” finns inte i kalendern.",
    "Perioder, kvartal och år står i data/kalender.csv.",
    '"{value}" is not in the calendar.',
    "Spans stand in data/kalender.csv.",
)
GEOMETRY_POINT = Kind(
    "EST310",
    "fel",
    "Området {value} är en punkt. Bara ytor är tillåtna: en punkt pekar ut någon.",
    "Rita en yta.",
    "Area {value} is a point. Only polygons are allowed.",
    "Draw a polygon.",
)
GEOMETRY_DECIMALS = Kind(
    "EST311",
    "fel",
    "Området {value} har fler än fem decimaler.",
    "Avrunda koordinaterna till fem decimaler.",
    "Area {value} has more than five decimals.",
    "Round to five decimals.",
)
AREA_PARENT = Kind(
    "EST312",
    "fel",
    "Området {value}: {why}.",
    "Rätta kommun eller foralder.",
    "Area {value}: {why}.",
    "Correct kommun or foralder.",
)
GEOMETRY_BROKEN = Kind(
    "EST313",
    "fel",
    "Området {value} har en trasig gräns: {why}.",
    "Rita om gränsen.",
    "Area {value} has a broken outline: {why}.",
    "Redraw it.",
)
AREA_REPEATED = Kind(
    "EST314",
    "fel",
    "Området {value} finns två gånger.",
    "Ge det ena ett nytt id eller ta bort det.",
    "Area {value} stands twice.",
    "Rename or remove one.",
)
MERGE_WRONG = Kind(
    "EST315",
    "fel",
    "sammanslagna: {value} kan inte räknas ihop med {target}: {why}.",
    "Båda ska vara små områden i samma kommun, och målet får inte själv vara sammanslaget.",
    "sammanslagna: {value} cannot be counted in {target}: {why}.",
    "Both must be small areas of one municipality, and the target must stand by itself.",
)
FOLDER_UNKNOWN = Kind(
    "EST316",
    "fel",
    "Här ska inget ligga: {value}.",
    "Ta bort filen. Bara filer med känd form får finnas i data.",
    "Nothing should be here: {value}.",
    "Remove it. Only known files may be in data.",
)
NOTHING_PUBLISHED = Kind(
    "EST317",
    "fel",
    "Det finns inga publicerade siffror än.",
    "Ta fram den första perioden med est-build prepare.",
    "Nothing has been published yet.",
    "Make the first period with est-build prepare.",
)

"""The catalogue, 3xx: files against each other (areas, codes, calendar, outlines, texts)."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

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
CALENDAR_ORDER = Kind(
    "EST318",
    "fel",
    "Perioden {value}: {why}.",
    "Rätta raden i kalendern.",
    "Period {value}: {why}.",
    "Correct the row of the calendar.",
)
STATUS_DIFFERS = Kind(
    "EST319",
    "fel",
    "status är ”{value}”, men sista raden i historik säger ”{last}”.",
    "Gör dem lika: lägg till en rad i historik när status ändras.",
    'status is "{value}", but the last row of historik says "{last}".',
    "Make them equal: add a row to historik when the status changes.",
)
TEXT_CONTRADICTS = Kind(
    "EST320",
    "fel",
    "{key}: {why}.",
    "Rätta det som är fel.",
    "{key}: {why}.",
    "Correct what is wrong.",
)
CATEGORY_WRONG = Kind(
    "EST321",
    "fel",
    "Kategorin {value}: {why}.",
    "Rätta raden i kodlistor.yml.",
    "Category {value}: {why}.",
    "Correct kodlistor.yml.",
)
PAGE_UNKNOWN = Kind(
    "EST322",
    "fel",
    "{key}: sidan ”{value}” finns inte på sajten.",
    "Skriv sidans adress från första snedstrecket, till exempel /lage/2026-v45-46/.",
    '{key}: the site has no page "{value}".',
    "Write its address from the first slash, for example /lage/2026-v45-46/.",
)

"""Every published dataset: what it is in Swedish and English, its tables, and how its form has changed.

Titles, texts and keywords follow the recommendations of DCAT-AP-SE: no publisher and no year in a title,
keywords in the singular and in small letters, free text in English too.
"""

from __future__ import annotations

from typing import Final

from est_build.schema.opendata import tables
from est_build.schema.opendata.column import Change, Dataset, Words

_FIRST = Change("1.0.0", "2026-11-22", "Första versionen.")
_NEW = Change("1.0.0", "2026-11-23", "Första versionen.")
_BROADER = Change(
    "1.1.0",
    "2026-11-23",
    "Ny kolumn sist, `skydd`. Den säger varför en ruta är tom. Filerna finns också som JSON och RDF.",
)
_JSON_TOO = Change("1.1.0", "2026-11-23", "Filerna finns också som JSON.")
_COUNTED = (
    "Siffrorna säger vad nätverket har sett. De är inte brottsstatistik.",
    "Delar och summor visas var för sig. Summera inte delar för att få en total.",
    "Dela aldrig antalet med antalet invånare. Rapporterna kommer från ett nätverk, inte från alla som bor "
    "där.",
)

REPORTS: Final = Dataset(
    "rapporter",
    Words("Rapporter om otrygghet på allmänna platser", "Reports of perceived insecurity in public places"),
    Words(
        "Antal rapporter från ett brett lokalt nätverk om otrygghet på allmänna platser, för kommuner och "
        "områden och efter kategori. Antalen visas som intervall i steg om fem. Under visningsgränsen visas "
        "inget antal, så att ingen ska kunna pekas ut.",
        "Numbers of reports from a broad local network on perceived insecurity in public places, by "
        "municipality, area and category. Numbers are given as intervals five wide. Below the display limit "
        "no number is given, so that nobody can be identified.",
    ),
    Words(
        "otrygghet,trygghet,rapport,lägesbild,ordningsstörning",
        "insecurity,safety,report,situation picture,disorder",
    ),
    (tables.REPORTS,),
    "BIWEEKLY",
    _COUNTED,
    (_BROADER, _FIRST),
)
PEOPLE: Final = Dataset(
    "deltagande",
    Words("Svar på enkäten om otrygghet", "Answers to the survey on perceived insecurity"),
    Words(
        "Hur många verksamheter som fick enkäten om otrygghet och hur många som svarade, för varje kommun "
        "och sektor. Svaren visas som intervall i steg om fem.",
        "How many organisations were sent the survey on perceived insecurity and how many answered, by "
        "municipality and sector. Answers are given as intervals five wide.",
    ),
    Words("enkät,svarsfrekvens,deltagande,trygghet", "survey,response rate,participation,safety"),
    (tables.PEOPLE,),
    "BIWEEKLY",
    (
        "Ett svar är ett utskick som besvarades, också med inget att rapportera.",
        "Sektorer med få inbjudna är sammanslagna till Övriga.",
    ),
    (_BROADER, _FIRST),
)
ASSESSMENTS: Final = Dataset(
    "bedomningar",
    Words("Bedömningar av läget i områden", "Assessments of the situation in areas"),
    Words(
        "Nätverkets bedömning av läget i varje område, med en nivå i ord och en kort text, för varje "
        "tvåveckorsperiod.",
        "The network's assessment of the situation in each area, with a level in words and a short text, for "
        "each fortnight.",
    ),
    Words("lägesbild,bedömning,trygghet,område", "situation picture,assessment,safety,area"),
    (tables.ASSESSMENTS,),
    "BIWEEKLY",
    (
        "Bedömningen är människors ord. Den räknas inte fram ur antalen.",
        "En text kan rättas. Då står det på sidan Rättelser.",
    ),
    (_NEW,),
)
ACTIONS: Final = Dataset(
    "atgarder",
    Words("Åtgärder för trygghet", "Actions for safety"),
    Words(
        "Alla åtgärder som nätverket har beslutat om: var, vem som ansvarar, när de ska vara klara och hur "
        "det går. Historiken säger varje gång en åtgärd har bytt status.",
        "All actions that the network has decided on: where, who is responsible, when they are due and how "
        "they are going. The history tells each time that an action changed its status.",
    ),
    Words(
        "åtgärd,brottsförebyggande arbete,trygghet,samverkan", "action,crime prevention,safety,cooperation"
    ),
    (tables.ACTIONS, tables.HISTORY),
    "IRREG",
    ("En åtgärd som är klar har inte därför hjälpt. Det säger uppföljningen, om någon har tittat.",),
    (Change("1.1.0", "2026-11-23", "Ny fil med åtgärdernas historik. Filerna finns också som JSON."), _FIRST),
)
FOLLOW_UPS: Final = Dataset(
    "uppfoljningar",
    Words("Uppföljning av åtgärder för trygghet", "Follow-up of actions for safety"),
    Words(
        "Vad nätverket såg när det tittade tillbaka på en åtgärd. Filen säger om åtgärden gjordes som det "
        "var tänkt, vad nätverket kom fram till och vad det lärde sig.",
        "What the network saw when it looked back on an action: whether it was carried out as planned, how "
        "the network judged it, and what it learned.",
    ),
    Words("uppföljning,utvärdering,åtgärd,trygghet", "follow-up,evaluation,action,safety"),
    (tables.FOLLOW_UPS,),
    "IRREG",
    ("Bedömningen är nätverkets egen. Varför det blev så säger den inte.",),
    (_NEW,),
)
AREAS: Final = Dataset(
    "omraden",
    Words("Kommuner och områden med gränser", "Municipalities and areas with boundaries"),
    Words(
        "Kommunerna och områdena som rapporterna gäller, med gränser i WGS84. En fil har också antalen för "
        "den senaste perioden.",
        "The municipalities and areas that the reports are about, with boundaries in WGS84. One file also "
        "holds the numbers of the latest fortnight.",
    ),
    Words("kommun,område,gräns,karta", "municipality,area,boundary,map"),
    (tables.AREAS,),
    "IRREG",
    (
        "Gränserna är förenklade och till för översikt. Använd dem inte för att avgöra var en adress ligger.",
        "Ringar ritas motsols (RFC 7946). Några äldre kartprogram väntar sig motsatsen.",
    ),
    (
        Change(
            "1.1.0",
            "2026-11-23",
            "Områdena finns också som CSV och JSON, och gränserna med den senaste periodens antal.",
        ),
        _FIRST,
    ),
    ("JUST", "REGI"),
)
CODES: Final = Dataset(
    "kodlistor",
    Words("Kodlistor för rapporter och åtgärder", "Code lists for reports and actions"),
    Words(
        "Vad koderna i de andra filerna betyder, på svenska och engelska.",
        "What the codes in the other files mean, in Swedish and English.",
    ),
    Words("kodlista,kategori,sektor", "code list,category,sector"),
    (tables.CODES,),
    "IRREG",
    ("En kod byter aldrig betydelse. Orden kan ändras.",),
    (_JSON_TOO, _FIRST),
)
CALENDAR: Final = Dataset(
    "kalender",
    Words("Kalender och utgåvor", "Calendar and editions"),
    Words(
        "Periodernas datum, och en förteckning över allt som varje kommun har publicerat. En utgåva är en "
        "kommuns siffror för en period, ett kvartal eller ett år. Den ändras aldrig.",
        "The dates of the fortnights, and a list of all that each municipality has published. An edition is "
        "the figures of one municipality for a fortnight, a quarter or a year. It never changes.",
    ),
    Words("kalender,period,utgåva", "calendar,period,edition"),
    (tables.CALENDAR, tables.RELEASES),
    "BIWEEKLY",
    ("Kvartal och år är hela perioder. De börjar inte alltid den första i en månad.",),
    (Change("1.1.0", "2026-11-23", "Ny fil med alla utgåvor. Filerna finns också som JSON."), _FIRST),
)
PROOFS: Final = Dataset(
    "bevis",
    Words("Bevis för att ingen pekas ut", "Proofs that nobody is identified"),
    Words(
        "Filer som visar att ingen kan räkna ut vad som står i en dold ruta: bekräftade rutor, påhittade "
        "verkligheter och intyg.",
        "Files that show that nobody can work out what a hidden box holds: confirmed boxes, made-up "
        "realities and attestations.",
    ),
    Words("röjandekontroll,anonymitet,bevis", "disclosure control,anonymity,proof"),
    (tables.CONFIRMED,),
    "BIWEEKLY",
    ("Antalen i de påhittade verkligheterna är påhittade. Använd dem aldrig som statistik.",),
    (_JSON_TOO, _FIRST),
)
DATASETS: Final = (REPORTS, PEOPLE, ASSESSMENTS, ACTIONS, FOLLOW_UPS, AREAS, CODES, CALENDAR, PROOFS)
"""In the order in which they stand on the page."""
DATASET_IDS: Final = tuple(dataset.id for dataset in DATASETS)
TABLES: Final = {table.name: table for dataset in DATASETS for table in dataset.tables}

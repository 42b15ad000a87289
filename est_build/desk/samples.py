"""Files to copy in the browser: one of every kind with each field explained, and an action of ten lines.

What stands in ``mallar/`` of an instance. The files are those that ``est-build new`` makes, for those who
have no terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from est_build.desk.schemas import FOLDER as SCHEMAS
from est_build.desk.schemas import KINDS
from est_build.desk.templates import EMPTY, Value, must, new_file

FOLDER = "mallar"
SHORTEST = "atgard-kort.yml"
FIRST: Mapping[str, tuple[str, ...]] = {
    "atgard": ("id", "titel", "vad", "fragor", "omraden", "horisont", "typ", "ansvarig", "beslutad",
               "klar_senast"),
    "fraga": ("format", "id", "titel", "omraden", "kategorier", "forsta_period", "status", "behov",
              "paverkan", "varfor"),
    "lagesbild": ("format", "publicerad", "granskad_av", "sammanfattning", "nasta"),
}  # fmt: skip
"""Fields that stand first in a file, where they are not simply those that it cannot be without."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Where a file of a kind belongs, and what it is."""

    place: str
    says: str


SAMPLES: Mapping[str, Sample] = {
    "atgard": Sample("data/atgarder/2026-001.yml", "En åtgärd: vad ni gör, var och när."),
    "fraga": Sample("data/fragor/2026-001.yml", "En fråga som ni följer."),
    "lagesbild": Sample("data/perioder/2026-v45-46/lagesbild.yml", "Texten om två veckor."),
    "utvardering": Sample("data/kvartal/2026-kv4/utvardering.yml", "Kvartalets utvärdering."),
    "uppfoljning": Sample("data/ar/2026/uppfoljning.yml", "Årets uppföljning."),
    "rattelser": Sample("data/rattelser.yml", "Rättelser av det som redan är publicerat."),
    "plan": Sample("data/plan/kommunen.yml", "Kommunens åtgärdsplan, råd och överenskommelser."),
    "indikator": Sample(
        "data/indikatorer/trygghetsmatning.yml", "Siffror från andra, till exempel en enkät."
    ),
    "andringar": Sample("content/andringar.yml", "Vad som har ändrats i hur ni mäter."),
    "omradestexter": Sample("content/omradestexter.yml", "Det som fungerar i ett område."),
    "ordlista": Sample("content/ordlista.yml", "Ord som förklaras för läsaren."),
    "platser": Sample("content/platser.yml", "Platser, och området som de räknas i."),
    "tillganglighet": Sample("content/tillganglighet.yml", "Redogörelsen för tillgänglighet."),
    "godkannanden": Sample(
        "content/godkannanden.yml", "Uttryck som granskningen av texter ska släppa igenom."
    ),
    "kodlistor": Sample("data/kodlistor.yml", "Egna kategorier och ändrade ord."),
    "webbplats": Sample("data/webbplats.yml", "Vem som publicerar, och för vilka."),
    "skydd": Sample("data/skydd.yml", "Gränserna för att visa en siffra. Ändras bara vid ett årsskifte."),
}
"""Every kind of file that people write, those that are written most often first."""
_TEN_LINES = """\
id: 2026-001 # årtalet och nästa lediga nummer, samma som filens namn
titel: Nya lampor i parken # vad ni gör, i några få ord
vad: Gångvägen genom parken får fyra nya lampor. # vad den som bor där kommer att märka
allman_varfor: Parken är mörk på kvällen. # eller numret på en fråga: fragor: [2026-004]
omraden: [{area}] # områdenas id, ur data/omraden.geojson
horisont: snabb # snabb om den är klar inom två månader, annars lang
typ: belysning # orden som går att välja står i mallar/atgard.yml
ansvarig: Kommunen, gata och park # organisation och enhet, aldrig en person
beslutad: 2026-11-12 # år-månad-dag
klar_senast: 2026-12-18 # år-månad-dag
"""
_README = """\
# Mallar att kopiera

I varje mall är alla fält förklarade. Så här gör du i webbläsaren:

1. Öppna mallen. Tryck på kopieringsknappen ovanför texten (*Copy raw file*).
2. Gå till mappen som står i tabellen. Välj *Add file* → *Create new file*. Skriv filens namn och klistra in.
3. Fyll i det som är tomt. Det som står efter `#` läses inte. En del förklarar. Annat kan du lägga till: \
ta då bort det första `#` på raden.
4. Välj *Create a new branch* och sedan *Propose changes*. Filen kontrolleras, och du får svar i en \
kommentar.

Finns filen redan? Öppna den i stället, tryck på pennan och ta det som du behöver ur mallen.

## En åtgärd på tio rader

Det här är allt som behövs för en åtgärd som nätverket har beslutat. Lägg den i `data/atgarder/`. \
Byt ut det som står efter varje kolon.

```yaml
{ten}```

Samma rader finns i [{shortest}]({shortest}).

## Alla mallar

| mall | vad det blir | fil |
|---|---|---|
{rows}

Skriv aldrig namn på personer, telefonnummer eller adresser, och inga antal som du själv har räknat fram.

Filerna i den här mappen skrivs av `est-build scheman`. Ändra inte i dem.
"""


def first_fields(kind: str) -> dict[str, Value]:
    """The fields that stand first in a new file of ``kind``: empty, but for those with one possible value."""
    needed = must(KINDS[kind][0])
    return {field: needed.get(field, EMPTY) for field in FIRST.get(kind, tuple(needed))}


def sample(kind: str) -> str:
    """The file to copy for ``kind``."""
    place, model = SAMPLES[kind].place, KINDS[kind][0]
    text = new_file(model, f"{'../' * place.count('/')}{SCHEMAS}/{kind}.json", first_fields(kind))
    head, _, rest = text.partition("\n")
    return f"{head}\n# {SAMPLES[kind].says} Kopiera till {place}.\n{rest}"


def ten_lines(area: str) -> str:
    """The shortest action that is whole. ``area``: id of one of the instance's areas."""
    return _TEN_LINES.format(area=area)


def samples(area: str) -> dict[str, str]:
    """Name in ``mallar/`` -> content."""
    found = {f"{kind}.yml": sample(kind) for kind in SAMPLES}
    rows = "\n".join(
        f"| [{kind}.yml]({kind}.yml) | {one.says} | `{one.place}` |" for kind, one in SAMPLES.items()
    )
    ten = ten_lines(area)
    found["README.md"] = _README.format(ten=ten, shortest=SHORTEST, rows=rows)
    return {SHORTEST: ten, **found}

"""A tiny invented instance: two municipalities, five small areas, sixteen organisations.

Everything is made here by code. Tests say exactly who reports what, and in which form the survey
tool writes it.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from est_build.prepare.run import PrepareRequest, PrepareResult, prepare

NORRBY, SODERBY = "9901", "9902"
TOWNS = {NORRBY: ("norrby", "Norrby"), SODERBY: ("soderby", "Söderby")}
AREAS = {
    "ekby": ("Ekby", NORRBY, 900),
    "asen": ("Åsen", NORRBY, 700),
    "lilla-hult": ("Lilla Hult", NORRBY, 120),
    "vik": ("Vik", SODERBY, 1200),
    "berga": ("Berga", SODERBY, 300),
}
MERGED = {"lilla-hult": "asen"}
MEMBERS = {
    "Norrby skola": ("skola", NORRBY),
    "Norrby förskola": ("skola", NORRBY),
    "Norrby bibliotek": ("fritid-kultur", NORRBY),
    "Norrby fritidsgård": ("fritid-kultur", NORRBY),
    "Norrby handel": ("naringsliv", NORRBY),
    "Norrby bostäder": ("bostadsbolag", NORRBY),
    "Norrby park": ("gata-park", NORRBY),
    "Norrby polis": ("polis", NORRBY),
    "Norrby idrott": ("foreningsliv", NORRBY),
    "Söderby skola": ("skola", SODERBY),
    "Söderby förskola": ("skola", SODERBY),
    "Söderby särskola": ("skola", SODERBY),
    "Söderby bibliotek": ("fritid-kultur", SODERBY),
    "Söderby handel": ("naringsliv", SODERBY),
    "Söderby polis": ("polis", SODERBY),
    "Söderby hembygd": ("foreningsliv", SODERBY),
}
COLUMNS = (
    "svar_id", "inskickat", "organisation", "sektor", "kommun", "omrade",
    "kategori", "miljo", "veckodag", "tid", "fritext",
)  # fmt: skip
FIRST = "2026-v53-2027-v01"
"""The first of the two fortnights that make up 2027: with the second its quarter and year are whole."""
SECOND = "2027-v02-03"

_SITE = """\
format: "1"
namn: Provnätet
kortnamn: Prov
beskrivning: En påhittad plats för prov.
bas_url: https://prov.example/
utgivare: Norrby kommun
kontakt: {funktion: Provfunktionen, epost: prov@prov.example}
exempeldata: ja
licens_data: CC0-1.0
metod_sedan: 2025-12-29
kommuner:
- {kod: "9901", namn: Norrby, id: norrby, kontakt: norrby@prov.example}
- {kod: "9902", namn: Söderby, id: soderby, kontakt: soderby@prov.example}
"""
_PROTECTION = """\
format: "1"
sammanslagna:
  lilla-hult: asen
"""
_SURVEY = """\
format: "1"
verktyg: Provenkäten
"""


def calendar() -> list[tuple[str, dt.date, dt.date, str, int]]:
    """All of 2026 (26 fortnights) and two fortnights that the calendar calls 2027."""
    rows = []
    start = dt.date(2025, 12, 29)
    for index in range(28):
        end = start + dt.timedelta(days=13)
        a, b = start.isocalendar(), end.isocalendar()
        name = f"{a.year}-v{a.week:02d}-{b.week:02d}"
        if a.year != b.year:
            name = f"{a.year}-v{a.week:02d}-{b.year}-v{b.week:02d}"
        quarter = 1 + (index >= 6) + (index >= 13) + (index >= 19)
        rows.append((name, start, end, f"2026-kv{quarter}", 2026) if index < 26 else ())
        if index >= 26:
            rows[-1] = (name, start, end, "2027-kv1", 2027)
        start = end + dt.timedelta(days=1)
    return rows


PERIODS = {name: (start, end) for name, start, end, _, _ in calendar()}
YEAR_2026 = list(PERIODS)[:26]


@dataclass(frozen=True)
class Row:
    """One row of an export, by canonical column, in codes."""

    svar_id: str
    inskickat: str
    organisation: str
    sektor: str = ""
    kommun: str = ""
    omrade: str = ""
    kategori: str = ""
    miljo: str = ""
    veckodag: str = ""
    tid: str = ""
    fritext: str = ""

    def with_(self, **cells: str) -> Row:
        """The same row with other cells."""
        return replace(self, **cells)

    def cells(self) -> dict[str, str]:
        """As a dict, in the order of the columns."""
        return asdict(self)


@dataclass
class Book:
    """Gathers the rows of one fortnight."""

    period: str = FIRST
    rows: list[Row] = field(default_factory=list)

    def add(self, organisation: str, times: int = 1, **cells: str) -> Book:
        """``times`` reports from an organisation, each in an answer of its own."""
        sector, town = MEMBERS[organisation]
        day = PERIODS[self.period][0] + dt.timedelta(days=3)
        for _ in range(times):
            number = len(self.rows) + 1
            base = Row(
                f"{self.period}/{number:04d}", f"{day} {8 + number % 12:02d}:{number % 60:02d}",
                organisation, sector, town, "", "skadegorelse.klotter", "torg", "tisdag", "kväll",
            )  # fmt: skip
            self.rows.append(base.with_(**cells))
        return self

    def nothing(self, *organisations: str) -> Book:
        """Answers with nothing to report."""
        for organisation in organisations:
            self.add(organisation, kategori="", miljo="", veckodag="", tid="")
        return self

    def safe(self, **cells: str) -> Book:
        """Six reports that may be shown: three organisations, three sectors, none of them the police."""
        for organisation in ("Norrby skola", "Norrby bibliotek", "Norrby handel"):
            self.add(organisation, 2, **cells)
        return self


@dataclass(frozen=True)
class Instance:
    """Where everything of an instance is."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def private(self) -> Path:
        return self.root / "privat"

    @property
    def survey(self) -> Path:
        return self.private / "enkat.yml"

    @property
    def store(self) -> Path:
        return self.private / "store"

    @property
    def members(self) -> Path:
        return self.private / "medlemmar.csv"

    def release(self, span: str, town: str = NORRBY) -> Path:
        """Folder of a release."""
        kind = "perioder" if "-v" in span else "kvartal" if "kv" in span else "ar"
        return self.data / kind / span / town

    def export(self, rows: Sequence[Row], name: str = "export.csv", **form: object) -> Path:
        """Write ``rows`` as an export; ``form`` goes to :func:`csv_bytes`."""
        path = self.private / name
        path.write_bytes(csv_bytes(rows, **form))  # type: ignore[arg-type]
        return path

    def request(self, period: str, export: Path | None, **more: object) -> PrepareRequest:
        """A request for this instance."""
        values = {"collected": export is not None, **more}
        return PrepareRequest(self.data, self.survey, self.store, period, export, **values)  # type: ignore[arg-type]

    def run(self, rows: Sequence[Row] | Book, period: str = FIRST, **more: object) -> PrepareResult:
        """Write an export and prepare it."""
        if isinstance(rows, Book):
            rows, period = rows.rows, rows.period
        return prepare(self.request(period, self.export(rows, f"{period}.csv"), **more))

    def cells(self, span: str, town: str = NORRBY) -> dict[tuple[str, ...], tuple[int, int] | None]:
        """``rapporter.csv``: address of five parts -> interval or ``None``."""
        rows = read_rows(self.release(span, town) / "rapporter.csv")
        return {tuple(r[:5]): (int(r[5]), int(r[6])) if r[5] else None for r in rows[1:]}


def make_instance(root: Path) -> Instance:
    """Write the frame of the instance, ``enkat.yml`` and the register. Nothing is published."""
    instance = Instance(root)
    instance.data.mkdir(parents=True)
    instance.private.mkdir()
    contents = {"webbplats.yml": _SITE, "skydd.yml": _PROTECTION, "omraden.geojson": _areas()}
    lines = ["period,start,slut,kvartal,ar,publiceras"]
    lines += [f"{n},{a},{b},{q},{y},{b + dt.timedelta(days=4)}" for n, a, b, q, y in calendar()]
    contents["kalender.csv"] = "\n".join(lines) + "\n"
    for name, text in contents.items():
        (instance.data / name).write_text(text, encoding="utf-8", newline="\n")
    instance.survey.write_text(_SURVEY, encoding="utf-8")
    write_members(instance)
    return instance


def write_members(instance: Instance, changes: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """The register; ``changes``: organisation -> other cells (``omraden``, ``fran``, ``till`` ...)."""
    rows = []
    for name, (sector, town) in MEMBERS.items():
        row = {"organisation": name, "sektor": sector, "kommun": town, "omraden": "", "fran": "", "till": ""}
        rows.append({**row, "inbjuden": "ja", **(changes or {}).get(name, {})})
    with instance.members.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _square(x: float, y: float, side: float) -> list[list[list[float]]]:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return [[[round(a, 4), round(b, 4)] for a, b in corners]]


def _areas() -> str:
    features = []
    for i, (code, (slug, name)) in enumerate(TOWNS.items()):
        top = {"id": slug, "namn": name, "kommun": code, "niva": "kommun", "foralder": "", "folkmangd": 9000}
        features.append((top, _square(13.0 + i * 0.4, 55.0, 0.4)))
    for i, (slug, (name, code, people)) in enumerate(AREAS.items()):
        parent = TOWNS[code][0]
        small = {"id": slug, "namn": name, "kommun": code, "niva": "omrade", "foralder": parent}
        features.append(({**small, "folkmangd": people}, _square(13.02 + i * 0.13, 55.1, 0.12)))
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": p, "geometry": {"type": "Polygon", "coordinates": c}}
            for p, c in features
        ],
    }
    return json.dumps(collection, ensure_ascii=False) + "\n"


def csv_bytes(
    rows: Iterable[Row | Mapping[str, str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    newline: str = "\n",
    quoting: int = csv.QUOTE_MINIMAL,
    headings: Mapping[str, str] | None = None,
) -> bytes:
    """Rows as a survey tool might save them. ``headings``: canonical column -> heading."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]
    names = dict(headings) if headings is not None else {c: c for c in COLUMNS}
    writer.writerow(names.values())
    for row in rows:
        cells = row.cells() if isinstance(row, Row) else row
        writer.writerow([cells.get(column, "") for column in names])
    return buffer.getvalue().encode(encoding)


def read_rows(path: Path) -> list[list[str]]:
    """A CSV file of ours as rows, the heading first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def digest(*folders: Path) -> dict[str, str]:
    """Every file and folder below the folders -> checksum: equal means that nothing was touched."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            content = path.read_bytes() if path.is_file() else b""
            found[f"{folder.name}/{path.relative_to(folder)}"] = hashlib.sha256(content).hexdigest()
    return found

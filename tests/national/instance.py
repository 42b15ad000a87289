"""An instance of the whole country from the real, large input: 21 "kommuner" (län), 290 areas.

The input is only read from its own folder. Nothing of it is ever copied into the repository.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from est_build.load.calendar import period_id

FIRST = dt.date(2023, 3, 13)
FORTNIGHTS = 47
QUARTERS = (6, 7, 6, 7)

PROTECTION = 'format: "1"\n'


@dataclass(frozen=True)
class National:
    """Paths of the instance, and its period ids in order."""

    data: Path
    survey: Path
    store: Path
    exports: Path
    periods: tuple[str, ...]


def make_national(source: Path, target: Path) -> National:
    """Write the instance's frame into ``target/data`` and the private part into ``target/privat``."""
    data, private = target / "data", target / "privat"
    for folder in (data, private / "exporter"):
        folder.mkdir(parents=True)
    shutil.copy(source / "omraden.geojson", data / "omraden.geojson")
    areas = json.loads((source / "omraden.geojson").read_text(encoding="utf-8"))["features"]
    _write_site(data, areas)
    (data / "skydd.yml").write_text(PROTECTION, encoding="utf-8")
    ids = _write_codes(source, data)
    periods = _write_calendar(data)
    rows = list(_rows(source))
    _write_survey(private, rows, ids)
    _write_exports(private / "exporter", rows, periods)
    names = tuple(p for p, _, _ in periods if (private / "exporter" / f"{p}.csv").exists())
    return National(data, private / "enkat.yml", private / "store", private / "exporter", names)


def _write_site(data: Path, areas: list[dict[str, object]]) -> None:
    lines = [
        'format: "1"',
        "namn: Provsajt för hela landet",
        "kortnamn: Prov",
        "beskrivning: En sajt som bara finns för att prova skala.",
        "bas_url: https://prov.example/",
        "utgivare: Prov",
        "kontakt: {funktion: Prov, epost: prov@prov.example}",
        "exempeldata: ja",
        "licens_data: CC0-1.0",
        "metod_sedan: 2023-03-13",
        "kommuner:",
    ]
    for feature in areas:
        p = feature["properties"]
        if isinstance(p, dict) and p["niva"] == "kommun":
            lines.append(
                f'- {{kod: "{p["kommun"]}", namn: {p["namn"]}, id: "{p["id"]}", kontakt: prov@prov.example}}'
            )
    (data / "webbplats.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_codes(source: Path, data: Path) -> dict[str, str]:
    """The source's categories as the instance's own tree; returns source code -> full id."""
    with (source / "kategorier.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = ['format: "1"', "bara_egna_kategorier: ja", "egna_kategorier:"]
    for group in sorted({row["grupp"] for row in rows}):
        lines.append(f"- {{id: {group}, sv: {group.capitalize()}, en: {group}, kanslighet: oppen}}")
    ids = {row["kategori"]: f"{row['grupp']}.{row['kategori']}" for row in rows}
    for row in rows:
        name = json.dumps(row["namn"], ensure_ascii=False)
        lines.append(
            f"- {{id: {ids[row['kategori']]}, sv: {name}, en: {name}, "
            f"forald: {row['grupp']}, kanslighet: oppen}}"
        )
    (data / "kodlistor.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ids


def _write_calendar(data: Path) -> list[tuple[str, dt.date, dt.date]]:
    """47 fortnights from 2023-v11-12; the first year is short of five, as the input is."""
    start, year_start = FIRST, dt.date(2023, 1, 2)
    periods, lines = [], ["period,start,slut,kvartal,ar,publiceras"]
    for _ in range(FORTNIGHTS):
        end = start + dt.timedelta(days=13)
        index = (start - year_start).days // 14
        year, position = 2023 + index // 26, index % 26
        quarter = next(q for q in range(4) if position < sum(QUARTERS[: q + 1]))
        name = period_id(start, end)
        publish = end + dt.timedelta(days=4)
        lines.append(f"{name},{start},{end},{year}-kv{quarter + 1},{year},{publish}")
        periods.append((name, start, end))
        start = end + dt.timedelta(days=1)
    (data / "kalender.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return periods


def _rows(source: Path) -> Iterator[dict[str, str]]:
    path = source / "enkatexport-2023-2024.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _write_survey(private: Path, rows: list[dict[str, str]], ids: dict[str, str]) -> None:
    members = dict.fromkeys((r["organisation"], r["sektor"], r["kommun"], r["omrade"]) for r in rows)
    with (private / "medlemmar.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["organisation", "sektor", "kommun", "omraden", "fran", "till", "inbjuden"])
        writer.writerows([*member, "", "", "ja"] for member in members)
    categories = sorted({row["kategori"] for row in rows if row["kategori"]})
    with (private / "enkat.yml").open("w", encoding="utf-8") as file:
        file.write('format: "1"\nverktyg: Polisens händelsenotiser\nvarden:\n  kategori:\n')
        for code in categories:
            file.write(f"    {code}: {ids[code]}\n")


def _write_exports(
    folder: Path, rows: list[dict[str, str]], periods: list[tuple[str, dt.date, dt.date]]
) -> None:
    """One export per fortnight, with the columns and the habits (semicolon, BOM, CRLF) of the source."""
    by_period: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        day = dt.date.fromisoformat(row["inskickat"][:10])
        index = (day - FIRST).days // 14
        by_period.setdefault(periods[index][0], []).append(row)
    for period, inside in by_period.items():
        with (folder / f"{period}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(inside[0]), delimiter=";", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(inside)

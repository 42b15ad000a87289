"""A new instance for another municipality: complete, valid, and without figures.

The map is a placeholder of squares: the outlines of areas are the municipality's own to decide.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.resources
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from est_build.desk.handbook import handbook_files
from est_build.desk.helpers import area_in, helpers
from est_build.desk.top_files import GITATTRIBUTES, GITIGNORE, MAKEFILE
from est_build.desk.words import plain
from est_build.disk.whole import NEW, beside, write_all
from est_build.load.calendar import period_id
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_desk as kinds
from est_build.schema.survey import MEMBER_COLUMNS
from est_build.schema.tables import CALENDAR_COLUMNS

EPOCH = dt.date(2023, 1, 2)
"""A Monday from which fortnights are counted, so that all instances have the same weeks."""
PER_YEAR, QUARTERS = 26, (6, 13, 19, 26)
"""Fortnights in a year, and how many have passed when each quarter ends."""
YEARS = 3
"""Years of calendar that a new instance gets, the first one included."""
PLACEHOLDER = "platshållare"
_TOWN = re.compile(r"([0-9]{4}):([^:]+?)(?::([0-9]+))?")
_AREA = re.compile(r"([0-9]{4}):([^:]+?):([0-9]+)")


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality of the new instance."""

    code: str
    name: str
    population: int

    @property
    def id(self) -> str:
        """Its name in addresses."""
        return plain(self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the coordinator answered."""

    name: str
    publisher: str
    email: str
    address: str
    """Of the site, with a slash at the end."""
    towns: tuple[Town, ...]
    areas: tuple[Town, ...]
    """Small areas; ``code`` is that of their municipality."""
    start: dt.date
    tool: str
    """What pip is asked for to get est-build."""


def towns_of(words: Sequence[str]) -> tuple[Town, ...]:
    """``1286:Ystad:31000`` as municipalities. Raises :class:`ProblemsError` (EST616)."""
    hint = "Skriv kod, namn och antal invånare, till exempel 1286:Ystad:31000."
    return _parsed(words, _TOWN, "--kommun", hint)


def areas_of(words: Sequence[str], towns: Sequence[Town]) -> tuple[Town, ...]:
    """``1286:Svarte:1000`` as small areas of the municipality 1286. Raises :class:`ProblemsError`."""
    hint = "Skriv kommunens kod, namn och antal invånare, till exempel 1286:Svarte:1000."
    found = _parsed(words, _AREA, "--omrade", hint)
    codes, ids = {town.code for town in towns}, [one.id for one in (*towns, *found)]
    wrong = [one for one in found if one.code not in codes or ids.count(one.id) > 1]
    if wrong:
        raise ProblemsError(_option("--omrade", f"{one.code}:{one.name}", hint) for one in wrong)
    return found


def _parsed(words: Sequence[str], pattern: re.Pattern[str], key: str, hint: str) -> tuple[Town, ...]:
    matches = [pattern.fullmatch(word.strip()) for word in words]
    wrong = [w for w, m in zip(words, matches, strict=True) if m is None or not plain(m[2])]
    if wrong:
        raise ProblemsError(_option(key, word, hint) for word in wrong)
    return tuple(Town(m[1], m[2].strip(), int(m[3] or 0)) for m in matches if m is not None)


def _option(key: str, value: str, hint: str) -> Problem:
    return Problem(
        kinds.OPTION_WRONG, Place("est-build new sajt"), {"key": key, "value": value, "hint": hint}
    )


def first_start(day: dt.date) -> dt.date:
    """The first day of the fortnight that ``day`` lies in."""
    return EPOCH + dt.timedelta(days=(day - EPOCH).days // 14 * 14)


def site_files(plan: Plan) -> dict[str, bytes]:
    """Path from the folder of the instance -> content."""
    words = {
        "namn": plan.name,
        "utgivare": plan.publisher,
        "epost": plan.email,
        "bas_url": plan.address,
        "beskrivning": "Vad nätverket har sett, vad som görs och hur det gick.",
        "vilka": _listed([town.name for town in plan.towns]),
        "verktyg": plan.tool,
        "dag": plan.start.isoformat(),
    }
    texts = {name: Template(text).substitute(words) for name, text in _templates()}
    areas = _map(plan)
    texts |= helpers(area_in(areas))
    texts |= {
        ".gitignore": GITIGNORE,
        ".gitattributes": GITATTRIBUTES,
        "Makefile": Template(MAKEFILE).substitute(words),
        "data/webbplats.yml": _site(plan),
        "data/kodlistor.yml": "# Det som skiljer sig från de färdiga kodlistorna.\n"
        'format: "1"\negna_kategorier: []\n',
        "data/kalender.csv": _calendar(plan.start),
        "data/omraden.geojson": areas,
        f"{_first(plan)}/lagesbild.yml": _picture(plan),
        "data/rattelser.yml": '# En rad för varje rättelse: est-build new rattelse.\nformat: "1"\n'
        "rattelser: []\n",
    }
    files = {name: text.encode("utf-8") for name, text in texts.items()} | handbook_files()
    return dict(sorted(files.items()))


def private_files() -> dict[str, bytes]:
    """What belongs in the private folder: how an export is read, and the member register."""
    return {
        "enkat.yml": _text("enkat.yml").encode("utf-8"),
        "medlemmar.csv": (",".join(MEMBER_COLUMNS) + "\n").encode("utf-8"),
    }


def _templates() -> Iterator[tuple[str, str]]:
    folder = importlib.resources.files("est_build.desk") / "mall"
    for path in (folder / "content").iterdir():
        yield f"content/{path.name}", path.read_text(encoding="utf-8")
    yield from _below(folder / "github", ".github")
    for path in (folder / "arbetsfloden").iterdir():
        # A workflow has dollar signs of its own.
        yield f".github/workflows/{path.name}", path.read_text(encoding="utf-8").replace("$", "$$")
    for name, target in (
        ("README.md", "README.md"),
        ("CONTRIBUTING.md", "CONTRIBUTING.md"),
        ("mkdocs.yml", "mkdocs.yml"),
        ("skydd.yml", "data/skydd.yml"),
    ):
        yield target, _text(name)


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    """Every file in a folder of templates, with the path that it gets."""
    for path in folder.iterdir():
        target = f"{name}/{path.name}"
        if path.is_dir():
            yield from _below(path, target)
        else:
            yield target, path.read_text(encoding="utf-8")


def _text(name: str) -> str:
    return (importlib.resources.files("est_build.desk") / "mall" / name).read_text(encoding="utf-8")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _site(plan: Plan) -> str:
    lines = [
        "# yaml-language-server: $schema=../scheman/webbplats.json",
        "# Vem som publicerar, för vilka och med vilken licens.",
        'format: "1"',
        f"namn: {_quoted(plan.name)}",
        f"kortnamn: {_quoted(plan.name)}",
        "beskrivning: Vad nätverket har sett av otrygghet på allmänna platser, och vad vi gör åt det.",
        "# Webbplatsens adress. Den ska sluta med snedstreck.",
        f"bas_url: {plan.address}",
        f"utgivare: {_quoted(plan.publisher)}",
        "kontakt:",
        "  funktion: Trygghetssamordningen",
        f"  epost: {plan.email} # en funktionsbrevlåda, aldrig en persons adress",
        "# nej: siffrorna är verkliga. ja märker varje sida med att de är påhittade.",
        "exempeldata: nej",
        "licens_data: CC0-1.0",
        f"metod_sedan: {plan.start.isoformat()} # första dagen i den första perioden",
        "# Varje kommun skyddas och publiceras för sig.",
        "kommuner:",
    ]
    for town in plan.towns:
        lines += [f'  - kod: "{town.code}"', f"    namn: {_quoted(town.name)}", f"    id: {town.id}",
                  f"    kontakt: {plan.email}"]  # fmt: skip
    lines += [
        "# För katalogen över öppna data. Ta bort # och fyll i, så hittar dataportal.se er.",
        "# oppna_data:",
        "#   organisationsnummer: tio siffror",
        "#   om_utgivaren: vilka ni är, i en mening",
    ]
    return "\n".join(lines) + "\n"


def _first(plan: Plan) -> str:
    end = plan.start + dt.timedelta(days=13)
    return f"data/perioder/{period_id(plan.start, end)}"


def _picture(plan: Plan) -> str:
    """The text of the first period: nobody has been asked yet, and that is what it says."""
    out = plan.start + dt.timedelta(days=17)
    return (
        "# yaml-language-server: $schema=../../../scheman/lagesbild.json\n"
        'format: "1"\n'
        f"publicerad: {out.isoformat()}\n"
        "sammanfattning: Webbplatsen är ny. Nätverket har inte fått någon enkät än.\n"
        "vet_inte:\n"
        "  - Vi vet inte hur läget är. Den första enkäten går ut i nästa period.\n"
    )


def _calendar(start: dt.date) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CALENDAR_COLUMNS)
    first = (start - EPOCH).days // 14
    for index in range(first, (first // PER_YEAR + YEARS) * PER_YEAR):
        begin = EPOCH + dt.timedelta(days=14 * index)
        end = begin + dt.timedelta(days=13)
        year = EPOCH.year + index // PER_YEAR
        quarter = next(n for n, passed in enumerate(QUARTERS, 1) if index % PER_YEAR < passed)
        out = end + dt.timedelta(days=4)
        writer.writerow([period_id(begin, end), begin, end, f"{year}-kv{quarter}", year, out])
    return buffer.getvalue()


def _map(plan: Plan) -> str:
    """A square for each municipality, in strips for its areas."""
    features = []
    for column, town in enumerate(plan.towns):
        west, inside = 14.0 + 0.5 * column, [area for area in plan.areas if area.code == town.code]
        features.append(_feature(town, "", (west, 56.0, 0.4, 0.4)))
        height = round(0.4 / max(len(inside), 1), 5)
        for row, area in enumerate(inside):
            features.append(_feature(area, town.id, (west, round(56.0 + row * height, 5), 0.4, height)))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    name = f"{PLACEHOLDER}: byt ut mot era gränser"
    return f'{{"type": "FeatureCollection", "name": "{name}", "features": [\n{lines}\n]}}\n'


def _feature(town: Town, parent: str, box: tuple[float, float, float, float]) -> dict[str, object]:
    west, south, width, height = box
    east, north = round(west + width, 5), round(south + height, 5)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {
        "id": town.id,
        "namn": town.name,
        "kommun": town.code,
        "niva": "omrade" if parent else "kommun",
        "foralder": parent,
        "folkmangd": town.population,
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write_site(folder: Path, files: dict[str, bytes], finish: Callable[[Path], None]) -> None:
    """Write a new instance into ``folder``: all of it, or nothing.

    ``finish`` is called with the folder of the ready files, before they come into their place.
    Raises :class:`ProblemsError` (EST612) if ``folder`` is not empty, and whatever ``finish`` raises.
    """
    inside = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    if (folder.exists() and not folder.is_dir()) or set(inside) - {".git"}:
        raise ProblemsError([Problem(kinds.FOLDER_TAKEN, Place(folder.name), {"value": str(folder)})])
    # A repository that is there already has a history to be looked at; otherwise beside, and moved at once.
    new = folder if inside else beside(folder.absolute(), NEW)
    if new != folder and new.exists():
        shutil.rmtree(new)
    try:
        write_all({new / name: content for name, content in files.items()})
        finish(new)
        if new != folder:
            new.replace(folder)
    except BaseException:
        for one in new.iterdir() if new.is_dir() else ():
            if one.name not in inside:
                shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
        if new != folder:
            shutil.rmtree(new, ignore_errors=True)
        raise

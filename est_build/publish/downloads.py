"""Files to fetch: everything published, joined into one growing file per kind."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from est_build.model.cell import Cell, Shown
from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages.opendata import DataFile
from est_build.publish.proofs import CONFIRMED_NAME, CONFIRMED_TEXT, confirmed_rows
from est_build.schema.tables import CALENDAR_COLUMNS

EXAMPLE = "exempel"
_SPAN = (
    ("slag", "`period` (två veckor), `kvartal` eller `ar`"),
    ("tid", "Periodens, kvartalets eller årets id"),
    ("start", "Första dagen"),
    ("slut", "Sista dagen"),
    ("kommun", "Kommunens kod"),
)
_EXAMPLE = (EXAMPLE, "ja om siffran är påhittad")
_EXAMPLE_FILE = (EXAMPLE, "ja om filen hör till en webbplats med påhittade siffror")
_REPORTS = (
    *_SPAN,
    ("tabell", "Vilken tabell i planen raden hör till"),
    ("omrade", "Områdets id"),
    ("kategori", "Kategorins id; alla betyder alla kategorier utom Tryggt och positivt"),
    ("miljo", "Miljöns id, eller tomt"),
    ("tidsblock", "Tid på dygnet och i veckan, eller tomt"),
    ("fran", "Minst så många rapporter; tomt under visningsgränsen"),
    ("till", "Högst så många rapporter; tomt under visningsgränsen"),
    _EXAMPLE,
)
_PEOPLE = (
    *_SPAN,
    ("sektor", "Sektorns id; alla betyder alla sektorer"),
    ("inbjudna", "Så många utskick; 0 betyder ingen insamling"),
    ("svar_fran", "Minst så många svar; tomt under fem"),
    ("svar_till", "Högst så många svar; tomt under fem"),
    _EXAMPLE,
)
_ACTIONS = (
    ("id", "Åtgärdens nummer"),
    ("titel", "Åtgärdens namn"),
    ("omraden", "Områdenas id, skilda av mellanslag"),
    ("fragor", "Frågornas nummer, skilda av mellanslag"),
    ("horisont", "`snabb` eller `lang`"),
    ("typ", "Åtgärdstypens id"),
    ("ansvarig", "Organisation och enhet"),
    ("beslutad", "Dag för beslut"),
    ("klar_senast", "Utlovad dag"),
    ("klar", "Dag då den blev klar, eller tomt"),
    ("status", "Statusens id"),
    ("uppfoljd", "Dag för senaste uppföljning, eller tomt"),
    ("effekt", "Senaste uppföljningens bedömning, eller tomt"),
    _EXAMPLE,
)
_CALENDAR = (
    *zip(
        CALENDAR_COLUMNS,
        ("Periodens id", "Första dagen", "Sista dagen", "Kvartal", "År", "Publiceras"),
        strict=True,
    ),
    _EXAMPLE_FILE,
)
_CODES = (
    ("lista", "Kodlistans namn"),
    ("id", "Kodens id"),
    ("forald", "Id för gruppen ovanför, eller tomt"),
    ("sv", "Namn på svenska"),
    ("en", "Namn på engelska"),
    _EXAMPLE_FILE,
)
_CONFIRMED = (
    ("publicering", "Perioden, kvartalet eller året som granskades"),
    ("kommun", "Kommunens kod"),
    ("spann", "Rutans period, kvartal eller år"),
    ("omrade", "Områdets id"),
    ("kategori", "Kategorins id; alla betyder alla kategorier utom Tryggt och positivt"),
    ("miljo", "Miljöns id, eller tomt"),
    ("tidsblock", "Tid på dygnet och i veckan, eller tomt"),
    _EXAMPLE,
)


def downloads(published: Published, data: Path) -> list[DataFile]:
    """All files of the open-data page. ``data`` is read for outlines and confirmed boxes only."""
    kinds = (
        ("rapporter.csv", "Rapporter", "Alla antal, för perioder, kvartal och år.", _REPORTS, _reports),
        ("deltagande.csv", "Deltagande", "Hur många som tillfrågades och svarade.", _PEOPLE, _people),
        ("atgarder.csv", "Åtgärder", "Alla åtgärder med status och uppföljning.", _ACTIONS, _actions),
        ("kalender.csv", "Kalender", "Perioderna med datum.", _CALENDAR, _calendar),
        ("kodlistor.csv", "Kodlistor", "Vad koderna betyder, på svenska och engelska.", _CODES, _codes),
    )
    tables = [
        _table(name, title, text, columns, make(published)) for name, title, text, columns, make in kinds
    ]
    mark = _mark(published)
    rows = ((*row, mark) for row in confirmed_rows(published, data))
    confirmed = _table(CONFIRMED_NAME, "Bekräftade rutor", CONFIRMED_TEXT, _CONFIRMED, rows)
    return [*tables[:3], _areas(published, data), *tables[3:], confirmed]


def _table(
    name: str,
    title: str,
    text: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[object]],
) -> DataFile:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column for column, _ in columns])
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return DataFile(name, title, text, buffer.getvalue().encode("utf-8"), count, tuple(columns))


def _spans(published: Published) -> Iterator[tuple[Span, str]]:
    for span in (*published.periods, *published.quarters, *published.years):
        for municipality in published.site.kommuner:
            if (span.id, municipality.kod) in published.figures:
                yield span, municipality.kod


def _head(span: Span, code: str) -> tuple[object, ...]:
    return span.kind, span.id, span.start, span.end, code


def _ends(cell: Cell) -> tuple[object, object]:
    return (cell.low, cell.high) if isinstance(cell, Shown) else ("", "")


def _mark(published: Published) -> str:
    return "ja" if published.site.exempeldata else "nej"


def _reports(published: Published) -> Iterator[Sequence[object]]:
    mark = _mark(published)
    for span, code in _spans(published):
        for key, cell in published.figures[span.id, code].cells.items():
            yield (*_head(span, code), *key, *_ends(cell), mark)


def _people(published: Published) -> Iterator[Sequence[object]]:
    mark = _mark(published)
    for span, code in _spans(published):
        for sector, row in published.figures[span.id, code].participation.items():
            yield (*_head(span, code), sector, row.invited, *_ends(row.answered), mark)


def _actions(published: Published) -> Iterator[Sequence[object]]:
    mark = _mark(published)
    for action in published.texts.actions.values():
        last = action.uppfoljningar[-1] if action.uppfoljningar else None
        yield (
            action.id,
            safe_cell(action.titel),
            " ".join(action.omraden),
            " ".join(action.fragor),
            action.horisont,
            action.typ,
            safe_cell(action.ansvarig),
            action.beslutad,
            action.klar_senast,
            action.klar or "",
            action.status,
            last.datum if last else "",
            last.effekt if last else "",
            mark,
        )


_RUNS = re.compile(r"(^|[;\t\r\n])(?=[\s\"'\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])")


def safe_cell(text: str) -> str:
    """A text with an apostrophe before whatever a spreadsheet would run as a formula.

    Not only at its beginning: a Swedish spreadsheet takes a semicolon for the end of a cell, whatever the
    other commas of the file say, and what comes after it is a cell too. Some take wide signs for the plain.
    """
    return _RUNS.sub(r"\1'", text)


def _calendar(published: Published) -> Iterator[Sequence[object]]:
    calendar = published.calendar
    for p in calendar.periods:
        year, quarter = calendar.year_of[p.id], calendar.quarter_of[p.id]
        yield p.id, p.start, p.end, quarter, year, p.publishes, _mark(published)


def _codes(published: Published) -> Iterator[Sequence[object]]:
    for name, codes in published.codes.lists.items():
        for code in codes.values():
            yield name, code.id, code.forald or "", safe_cell(code.sv), safe_cell(code.en), _mark(published)


def _areas(published: Published, data: Path) -> DataFile:
    """The outlines as they are, with a mark on each feature that the instance is an example."""
    collection = json.loads((data / "omraden.geojson").read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"][EXAMPLE] = _mark(published)
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
    return DataFile(
        "omraden.geojson",
        "Områden",
        "Kommunernas och områdenas gränser (GeoJSON, WGS84). Små områden är ritade för översikt.",
        text.encode("utf-8"),
        len(collection["features"]),
        (
            ("id", "Områdets id"),
            ("namn", "Områdets namn"),
            ("kommun", "Kommunens kod"),
            ("niva", "`kommun` eller `omrade`"),
            ("foralder", "Id för kommunen"),
            ("folkmangd", "Ungefärligt antal invånare"),
            _EXAMPLE,
        ),
    )

"""The numbers of a map as tables: one for each municipality, everything in alphabetical order."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from est_build.figures.ground import Ground
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text, swedish_key
from est_build.model.cell import Cell


def map_table(
    ground: Ground,
    values: Mapping[str, Cell | None],
    *,
    caption: str,
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, Markup] | None = None,
) -> Markup:
    """Area and number of every area on the map.

    Args:
        ground: the land of the map.
        values: its cells.
        caption: what is counted and when: "Rapporter vecka 45–46". Seen by screen
            readers after the name of each municipality; a heading above says it to the eye.
        links: address of each area's page by area id.
        pictures: a map to stand between the name and the table of a municipality, by its code.
    """
    links = links or {}
    tables: list[Markup] = []
    for town in sorted(ground.municipalities, key=lambda m: (swedish_key(m.name), m.id)):
        areas = [a for a in ground.areas if a.municipality == town.municipality and a.merged_into is None]
        rows: list[list[Content]] = []
        for area in sorted(areas, key=lambda a: (swedish_key(a.name), a.id)):
            href = links.get(area.id)
            name = Markup('<a href="{}">{}</a>').format(href, area.name) if href else escape(area.name)
            rows.append([name, cell_text(values.get(area.id))])
        columns: list[Column | str] = ["Område", Column("Rapporter", "tal")]
        if rows and pictures is not None:
            table = data_table(f"{town.name}: {caption}", columns, rows, hide_caption=True)
            picture = pictures.get(town.municipality, "")
            tables.append(Markup("<div><h3>{}</h3>{}{}</div>").format(town.name, picture, table))
        elif rows:
            head = Markup('{}<span class="dold">: {}</span>').format(town.name, caption)
            tables.append(data_table(head, columns, rows))
    return Markup('<div class="tabeller">{}</div>').format(Markup("").join(tables))

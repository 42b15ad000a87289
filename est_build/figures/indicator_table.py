"""What others have measured: area by year, one table per method, so that no two methods meet in a row."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import swedish_key
from est_build.schema.indicator import Indicator


def indicator_tables(indicator: Indicator, names: Mapping[str, str]) -> tuple[Markup, ...]:
    """A table per method, in the order of their first years; areas alphabetically.

    Args:
        indicator: values with their method.
        names: labels of areas and methods.
    """
    methods: dict[str, int] = {}
    for value in indicator.varden:
        methods[value.metod] = min(methods.get(value.metod, value.ar), value.ar)
    tables = []
    for method in sorted(methods, key=lambda m: (methods[m], m)):
        own = {(v.omrade, v.ar): v.varde for v in indicator.varden if v.metod == method}
        years = sorted({year for _, year in own})
        areas = sorted({area for area, _ in own}, key=lambda a: (swedish_key(names.get(a, a)), a))
        rows: list[list[Content]] = [
            [names.get(area, area), *(_value(own.get((area, year))) for year in years)] for area in areas
        ]
        columns: list[Column | str] = ["Område", *(Column(str(year), "tal") for year in years)]
        caption = f"{names.get(method, method)}, {indicator.enhet}"
        tables.append(data_table(caption, columns, rows, css="tabell--ar tabell--smal"))
    return tuple(tables)


def _value(value: float | None) -> str:
    """A value with decimal comma; a dash where nobody measured."""
    return "–" if value is None else f"{value:g}".replace(".", ",")

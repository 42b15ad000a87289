"""Figures: functions from model values to HTML and SVG. Pure, escaped, the same bytes for the same values.

No figure carries an inline style or script. An SVG has its colours twice: as presentation attributes, so that
it looks right when it is saved alone, and as classes, so that the style sheet (``theme/css/``) can turn them
dark.

Words (``text``)
    ``number(value)``, ``decimal(value, digits=1)``, ``interval(low, high)``, ``capital(words)``
    ``cell_text(cell)`` "35–39" or "··"; ``cell_words(cell)`` "35–39 rapporter"
    ``point_text(point)``, ``point_words(point)``: the same, with "ingen insamling" and "inte publicerad"
    ``sum_text(Sum)`` "mellan 205 och 229", "minst 85", "under visningsgränsen"
    ``participation_words(Participation)`` "7 av 10 svarade"; ``participation_count`` "60–64 av 82";
    ``share_cell`` "6–8 av 10" for a narrow column
    ``participation_sum_words(Sum, invited)``, ``participation_sum_count(Sum, invited)``
    ``swedish_key(words)``: sorting key with å, ä, ö last

Tables and frames
    ``table.data_table(caption, columns, rows, *, hide_caption=False, fold=None, css="")``;
    ``table.Column(label, kind="text" | "tal")``
    ``figure.figure(title, picture, *, subtitle="", table=None, legend=None, css="")``
    ``figure.numbers_details(table, about, summary="Siffrorna i tabell")``

Signs (``icons``)
    ``status_icon(state)``, ``status_mark(state, label, *notes)``: the status of an action
    ``thread_dots(states)``: five knots on a card; ``participation_dots(Participation)``,
    ``dots_row(first, last)``, ``promise_row(kept, late, dropped)``, ``hidden_mark()``, ``number_icon(value)``
    ``signal_mark(kind)``, ``signal_badge(kind, tinted=True)``: ready, used when signals are computed

Tråden (``thread``)
    ``thread_strip(stations, current=None)`` of ``Station(label, value, state="klar", href=None)``
    ``thread_story(steps, *, level=3, small=False)`` of ``Step(over, heading, body, state, aside)``

Trends (``trend``)
    ``trend_figure(series, *, title=None, top=None, markers=(), size="bred", example=False)``
    ``trend_chart(series, *, top=None, markers=(), example=False, size="bred", band=None)``; size "bred",
    "liten" (in ``<div class="serier">``) or "gnista" (beside a line of text)
    ``trend_table(series, markers=())``, ``trend_title(series)``, ``trend_subtitle(series)``,
    ``trend_description(series, markers=())``

Maps
    ``ground.Ground(areas, municipalities, background=(), waters=())``: build it once, give it to every map
    ``symbol_map.symbol_map(ground, values, *, title, description, look)`` with
    ``MapLook(key, example=False, labels=True, highlight=None, numbers={}, links={}, top=None)``
    ``symbol_map.symbol_scale(ground, values, top=None)``, ``symbol_map.area_words(area, cell, number=None)``
    ``map_table.map_table(ground, values, *, caption, links={})`` one table per municipality
    ``locator_map.locator_map(ground, area_id, *, key, example=False)``
    ``legend.map_legend(scale, cells, *, actions=False)``,
    ``legend.trend_legend(*, invited=None, actions=False, hidden=True)``
    ``web_map.web_map(ground, *, key, still, outlines, values, example=False)`` gives ``html`` and ``script``,
    ``web_map.geometry_json(ground)``, ``web_map.values_json(ground, choices, links, numbers=None)`` with
    ``MapChoice(id, label, title, cells)``: the map to explore
"""

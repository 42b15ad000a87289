"""Labels never touch a label, a symbol, an obstacle or the frame, whatever the map looks like."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from est_build.figures.boxes import Box
from est_build.figures.labels import Label, Line, Room, Symbol, label_size, place_labels
from est_build.figures.measure import text_width

FRAME = Box(3, 3, 637, 480)
NAMES = st.text(alphabet="abcdefghijklmnoprstuvyåäöABDKSVÖ -", min_size=1, max_size=22)


@st.composite
def crowds(draw: st.DrawFn) -> list[Symbol]:
    symbols = []
    for index in range(draw(st.integers(1, 40))):
        lines = [Line(draw(NAMES), draw(st.sampled_from([12.0, 12.5, 13.0])), bold=draw(st.booleans()))]
        if draw(st.booleans()):
            lines.append(Line("35–39", 12))
        x, y, r = draw(st.floats(10, 630)), draw(st.floats(10, 470)), draw(st.floats(3, 27))
        symbols.append(Symbol(f"s{index}", x, y, r, tuple(lines) if draw(st.integers(0, 9)) else ()))
    return symbols


def assert_apart(symbols: list[Symbol], labels: dict[str, Label], obstacles: list[Box]) -> None:
    for one, two in combinations(labels.values(), 2):
        assert not one.box.meets(two.box), (one, two)
    for label in labels.values():
        assert label.box.inside(FRAME)
        assert not any(label.box.meets(box) for box in obstacles)
        for symbol in symbols:
            if symbol.id != label.id:
                assert not label.box.meets_circle(symbol.x, symbol.y, symbol.r), (label, symbol)
        own = next(symbol for symbol in symbols if symbol.id == label.id)
        assert label.lines == own.lines[: len(label.lines)]


@settings(max_examples=60, deadline=None)
@given(crowds(), st.booleans())
def test_labels_keep_apart(symbols: list[Symbol], leaders: bool) -> None:
    obstacles = [Box(0, 0, 68, 25), Box(8, 450, 160, 470)]
    room = Room(FRAME, obstacles, [(300.0, float(y)) for y in range(0, 480, 6)], leaders=leaders, tries=3)
    labels = place_labels(symbols, room)
    assert_apart(symbols, labels, obstacles)
    if not leaders:
        assert all(label.leader is None for label in labels.values())
    assert labels == place_labels(symbols, room)


def test_a_lone_symbol_gets_its_whole_label_to_the_right() -> None:
    symbol = Symbol("a", 300, 200, 10, (Line("Ystad", 12.5, bold=True), Line("35–39", 12)))
    label = place_labels([symbol], Room(FRAME))["a"]
    assert label.align == "start"
    assert len(label.lines) == 2
    assert label.box.x0 > 310


def test_at_the_right_edge_the_label_goes_left() -> None:
    symbol = Symbol("a", 625, 200, 10, (Line("Simrishamn", 12.5, bold=True),))
    assert place_labels([symbol], Room(FRAME))["a"].align == "end"


def test_the_second_line_goes_before_the_name() -> None:
    # Only a slot of one line's height is free.
    obstacles = [Box(0, 0, 640, 190), Box(0, 210, 640, 480), Box(0, 190, 288, 210)]
    symbol = Symbol("a", 300, 200, 9, (Line("Ystad", 12), Line("35–39", 12)))
    label = place_labels([symbol], Room(FRAME, obstacles))["a"]
    assert [line.content for line in label.lines] == ["Ystad"]


def test_a_leader_line_is_drawn_when_all_places_beside_are_taken() -> None:
    obstacles = [
        Box(270, 160, 330, 195),
        Box(270, 205, 330, 240),
        Box(311, 190, 345, 210),
        Box(250, 190, 289, 210),
    ]
    symbol = Symbol("a", 300, 200, 5, (Line("Ystad", 12),))
    crowd = [Symbol(f"n{i}", 300 + dx, 200 + dy, 9) for i, (dx, dy) in enumerate([(20, 0), (-20, 0)])]
    assert place_labels([symbol, *crowd], Room(FRAME, obstacles, leaders=False)) == {}
    label = place_labels([symbol, *crowd], Room(FRAME, obstacles[:1]))["a"]
    assert label.box.inside(FRAME)


def test_symbols_without_words_are_only_in_the_way() -> None:
    assert place_labels([Symbol("a", 50, 50, 5)], Room(FRAME)) == {}


def test_more_tries_never_give_fewer_labels() -> None:
    symbols = [
        Symbol(f"s{i}", 60 + i % 8 * 34, 60 + i // 8 * 22, 6, (Line(f"Område {i}", 12.5),)) for i in range(56)
    ]
    few = place_labels(symbols, Room(FRAME, tries=1))
    many = place_labels(symbols, Room(FRAME, tries=4))
    assert len(many) >= len(few)


def test_width_is_reckoned_for_any_script() -> None:
    assert text_width("", 12) == 0
    assert text_width("WW", 10) > text_width("ii", 10)
    assert text_width("Ystad", 12, bold=True) > text_width("Ystad", 12)
    assert text_width("漢字", 10) >= 20
    assert label_size((Line("Ystad", 10), Line("35–39", 10)))[1] > 20

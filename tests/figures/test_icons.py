from __future__ import annotations

import pytest

from est_build.figures import icons
from est_build.figures.thread import Station, Step, thread_story, thread_strip
from est_build.model.cell import HIDDEN, Shown
from est_build.model.series import Participation
from tests.figures.checks import NASTY, assert_clean, assert_named, assert_painted, svgs, text_of


@pytest.mark.parametrize("state", list(icons.KNOT_WORDS))
def test_every_status_has_a_sign_and_a_word(state: str) -> None:
    mark = icons.status_mark(state, icons.KNOT_WORDS[state].capitalize(), "Försenad")
    assert_clean(mark)
    assert_painted(mark)
    assert icons.KNOT_WORDS[state].capitalize() in text_of(mark)
    assert "Försenad" in text_of(mark)


def test_signs_differ_in_shape_not_only_in_colour() -> None:
    drawn = {str(icons.status_icon(state)) for state in icons.KNOT_WORDS}
    # "klar" and "genomford" are the same knot, and so are "tom" and "beslutad".
    assert len(drawn) == len(icons.KNOT_WORDS) - 2
    assert len({str(icons.signal_mark(kind)) for kind in icons.SIGNAL_WORDS}) == len(icons.SIGNAL_WORDS)


@pytest.mark.parametrize("kind", list(icons.SIGNAL_WORDS))
@pytest.mark.parametrize("tinted", [True, False])
def test_signals_have_words(kind: icons.SignalKind, tinted: bool) -> None:
    badge = icons.signal_badge(kind, tinted=tinted)
    assert_clean(badge)
    assert_painted(badge)
    assert text_of(badge) == icons.SIGNAL_WORDS[kind]


def test_unknown_states_and_names_do_no_harm() -> None:
    assert_clean(icons.status_mark(NASTY, NASTY, NASTY))
    assert_clean(icons.thread_dots([NASTY] * 5))
    assert_clean(thread_strip([Station(NASTY, NASTY, NASTY, NASTY)], 0))
    assert_clean(thread_story([Step(NASTY, NASTY, state=NASTY)]))


def test_dots_say_what_they_show() -> None:
    dots = icons.thread_dots(["klar", "klar", "klar", "pagar", "tom"])
    assert_named(dots)
    (svg,) = svgs(dots)
    assert svg.get("aria-label") == (
        "Tråden: rapporter klar, fråga klar, orsak klar, åtgärd pågår, uppföljning återstår"
    )


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("klar", "klar", True),
        ("klar", "planerad", True),
        ("klar", "avbruten", True),
        ("klar", "tom", False),
        ("klar", "saknas", False),
        ("pagar", "planerad", False),
        ("tom", "klar", False),
    ],
)
def test_the_thread_is_whole_only_between_things_that_are_done(left: str, right: str, whole: bool) -> None:
    assert icons.solid_between(left, right) is whole


@pytest.mark.parametrize(
    ("value", "filled", "half"),
    [
        (Participation(283, Shown(195, 204)), 7, 0),
        (Participation(82, Shown(60, 64)), 7, 1),
        (Participation(0, HIDDEN), 0, 0),
    ],
)
def test_participation_dots(value: Participation, filled: int, half: int) -> None:
    row = icons.participation_dots(value)
    assert_clean(row)
    assert row.count('r="5"') == filled
    assert row.count('r="4.3"') == 10 - filled
    assert row.count("<path") == half


@pytest.mark.parametrize("value", [Participation(11, Shown(10, 14)), Participation(40, HIDDEN)])
def test_no_dots_where_a_share_would_say_too_much(value: Participation) -> None:
    assert "<svg" not in icons.participation_dots(value)


def test_small_signs() -> None:
    for sign in (
        icons.hidden_mark(),
        icons.number_icon(3),
        icons.number_icon(12),
        icons.promise_row(9, 3, 1),
    ):
        assert_clean(sign)
        assert_painted(sign)
    assert icons.promise_row(2, 1, 1).count("<svg") == 1
    assert 'width="20"' in icons.promise_row(0, 0, 0)


def test_the_strip_marks_where_you_are_and_says_unfinished_states() -> None:
    strip = thread_strip(
        (
            Station("Rapporter", "35–39"),
            Station("Åtgärd", "pågår", "pagar"),
            Station("Uppföljt", "feb", "planerad", "/a/"),
        ),
        1,
    )
    tags = assert_clean(strip).tags
    assert [attrs.get("aria-current") for tag, attrs in tags if tag == "li"] == [None, "step", None]
    assert "(pågår)" in text_of(strip) and "(planerad)" in text_of(strip) and "(klar)" not in text_of(strip)
    assert strip.count("trad__del--bruten") == 1


def test_the_story_keeps_its_order_and_levels() -> None:
    story = thread_story(
        (Step("Rapporter", "Ett"), Step("Fråga", "Två", state="pagar"), Step("Orsak", "Tre")), level=2
    )
    assert story.index("Ett") < story.index("Två") < story.index("Tre")
    assert story.count("<h2>") == 3
    assert story.count("berattelse__del--bruten") == 1
    assert "berattelse--liten" in thread_story((), small=True)

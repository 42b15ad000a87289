"""Invented answers: the same every time, realistic in size, and true to the stories."""

from __future__ import annotations

import collections
import statistics

import pytest

from est_build.demo.answers import Answer, Report, answers, invited, municipality_answers
from est_build.demo.calendar import PERIODS_WITH_FIGURES, calendar, index_of, is_collected
from est_build.demo.chance import Chance, clump_mean
from est_build.demo.network import DemoMember, network
from est_build.demo.places import MUNICIPALITIES, localities_of
from est_build.demo.profiles import LEAVES, STATIONS, group_of
from est_build.load.codebook import packaged

COLLECTED = [row for row in calendar()[:PERIODS_WITH_FIGURES] if is_collected(row)]
CODES = [m.kod for m in MUNICIPALITIES]


@pytest.fixture(scope="module")
def everything() -> dict[tuple[str, str], tuple[Answer, ...]]:
    return {(code, row.period): municipality_answers(code, row.period) for row in COLLECTED for code in CODES}


def reports_of(answers_: tuple[Answer, ...]) -> list[Report]:
    return [report for answer in answers_ for report in answer.rapporter]


def mean_of(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
    code: str,
    span: tuple[str, str],
    want: tuple[str, ...],
) -> float:
    """Mean number of reports a fortnight in a span: ``want`` is area and start of category."""
    area, category = want
    counts = [
        sum(r.omrade == area and r.kategori.startswith(category) for r in reports_of(found))
        for (municipality, period), found in everything.items()
        if municipality == code and index_of(span[0]) <= index_of(period) <= index_of(span[1])
    ]
    return statistics.mean(counts)


# ---- the network


def test_start_of_the_network() -> None:
    first = calendar()[0]
    sizes = {code: len(invited(code, first)) for code in CODES}
    assert sizes == {"1286": 26, "1291": 24, "1270": 20, "1265": 22, "1264": 18}


def test_story_a_eight_more_in_skurup() -> None:
    before = invited("1264", calendar()[index_of("2025-v03-04")])
    after = invited("1264", calendar()[index_of("2025-v05-06")])
    assert len(after) - len(before) == 8
    assert {m.organisation for m in before} <= {m.organisation for m in after}


def test_names_are_unique_and_of_the_municipality() -> None:
    names = [m.organisation for m in network()]
    assert len(set(names)) == len(names)
    towns = {m.kod: m.namn for m in MUNICIPALITIES}
    assert all(m.organisation.startswith(f"{towns[m.kommun]} ") for m in network())


def test_sectors_and_areas_exist() -> None:
    sectors = {code.id for code in packaged()["sektorer"]}
    for member in network():
        assert member.sektor in sectors
        assert set(member.omraden) <= {place.id for place in localities_of(member.kommun)}
    assert len({m.sektor for m in network()}) >= 14


def test_habits_are_within_bounds() -> None:
    assert all(0.55 <= m.svarsvana <= 0.80 and m.flit > 0 for m in network())


def test_each_area_has_six_organisations_in_three_sectors() -> None:
    """Rule R1 must hold in every fortnight, also for who may report where."""
    for row in (calendar()[0], calendar()[100]):
        for code in CODES:
            for place in localities_of(code):
                here: list[DemoMember] = [m for m in invited(code, row) if m.may_report(place.id)]
                assert len(here) >= 6
                assert len({m.sektor for m in here}) >= 3


# ---- determinism and form


def test_same_answers_twice() -> None:
    assert answers("2026-v45-46") == answers("2026-v45-46")
    assert municipality_answers("1286", "2024-v05-06") == municipality_answers("1286", "2024-v05-06")


def test_municipalities_do_not_share_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in one municipality leaves the answers of another as they were."""
    before = municipality_answers("1264", "2024-v05-06")
    monkeypatch.setattr(
        "est_build.demo.answers.BASE_REPORTS",
        {"1286": 10.0, "1291": 10.0, "1265": 10.0, "1270": 10.0, "1264": 41.0},
    )
    assert municipality_answers("1264", "2024-v05-06") == before


def test_arrive_within_the_fortnight(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    for (_, period), found in everything.items():
        row = calendar()[index_of(period)]
        assert all(row.start <= answer.inskickat.date() <= row.slut for answer in found)


def test_only_members_answer_and_only_on_their_areas(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    for (code, period), found in everything.items():
        members = {m.organisation: m for m in invited(code, calendar()[index_of(period)])}
        for answer in found:
            member = members[answer.organisation]
            for report in answer.rapporter:
                assert not report.omrade or member.may_report(report.omrade)


def test_codes_are_known(everything: dict[tuple[str, str], tuple[Answer, ...]]) -> None:
    environments = {code.id for code in packaged()["miljoer"]}
    leaves = {code.id for code in packaged()["kategorier"]} | {"trafik.a-traktor"}
    assert set(LEAVES) <= leaves
    for found in everything.values():
        for report in reports_of(found):
            assert report.kategori in leaves
            assert report.miljo in environments
            assert report.miljo != "station" or report.omrade in STATIONS | {""}


def test_nothing_is_collected_in_the_summer_break() -> None:
    assert answers("2025-v29-30") == ()
    assert answers("2026-v31-32") == ()


# ---- sizes


def test_reports_a_fortnight(everything: dict[tuple[str, str], tuple[Answer, ...]]) -> None:
    for code in CODES:
        counts = sorted(len(reports_of(found)) for (c, _), found in everything.items() if c == code)
        assert 30 <= statistics.mean(counts) <= 70
        assert counts[2] >= 12
        assert counts[-1] <= 130


def test_answer_rates(everything: dict[tuple[str, str], tuple[Answer, ...]]) -> None:
    for code in CODES:
        rates = [
            len({a.organisation for a in found}) / len(invited(code, calendar()[index_of(p)]))
            for (c, p), found in everything.items()
            if c == code
        ]
        assert 0.55 <= statistics.mean(rates) <= 0.80


def test_some_have_nothing_to_report_and_some_write_twice(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    every = [answer for found in everything.values() for answer in found]
    empty = sum(not answer.rapporter for answer in every) / len(every)
    assert 0.04 <= empty <= 0.25
    assert any(
        max(collections.Counter(a.organisation for a in found).values()) > 1 for found in everything.values()
    )


def test_counts_are_clumped() -> None:
    """Compound of Poisson and logarithmic clumps: variance 1.5 times the mean."""
    chance = Chance("prov")
    draws = [sum(chance.clump(1.5) for _ in range(chance.poisson(4 / clump_mean(1.5)))) for _ in range(6000)]
    mean = statistics.mean(draws)
    assert mean == pytest.approx(4, rel=0.05)
    assert statistics.variance(draws) / mean == pytest.approx(1.5, rel=0.08)


def test_chance_is_frozen() -> None:
    """These draws must never change: the example's figures hang on them."""
    assert round(Chance("fryst", 1).share(), 6) == 0.317594
    assert Chance("fryst", 1).share() != Chance("fryst", 2).share()


def test_positive_is_a_share(everything: dict[tuple[str, str], tuple[Answer, ...]]) -> None:
    every = [r for found in everything.values() for r in reports_of(found)]
    share = sum(group_of(r.kategori) == "positivt" for r in every) / len(every)
    assert 0.08 <= share <= 0.2


# ---- stories


def test_story_a_more_reports_only_as_more_take_part(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    spans = (("2024-v05-06", "2024-v51-52"), ("2025-v05-06", "2025-v51-52"))
    reports, answering = [], []
    for first, last in spans:
        found = [
            f
            for (c, p), f in everything.items()
            if c == "1264" and index_of(first) <= index_of(p) <= index_of(last)
        ]
        reports.append(statistics.mean(len(reports_of(f)) for f in found))
        answering.append(statistics.mean(len({a.organisation for a in f}) for f in found))
    assert answering[1] / answering[0] > 1.3
    assert reports[1] / reports[0] > 1.08
    per_answer = [r / a for r, a in zip(reports, answering, strict=True)]
    assert 0.7 < per_answer[1] / per_answer[0] < 1.15


def test_story_b_sports_ground_in_tomelilla(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    want = ("tomelilla-tatort", "skadegorelse")
    before = mean_of(everything, "1270", ("2024-v41-42", "2025-v15-16"), want)
    during = mean_of(everything, "1270", ("2025-v41-42", "2026-v15-16"), want)
    after = mean_of(everything, "1270", ("2026-v27-28", "2026-v45-46"), want)
    assert during > 2 * before
    assert after < during / 2


def test_story_c_litter_in_skurup_stays_low_for_a_year(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    want = ("skurups-tatort", "nedskrapning")
    spring = mean_of(everything, "1264", ("2024-v09-10", "2024-v25-26"), want)
    year = mean_of(everything, "1264", ("2024-v37-38", "2025-v37-38"), want)
    assert spring > 5
    assert year < 0.7


def test_story_d_the_problem_moves(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    before, after = ("2025-v15-16", "2025-v25-26"), ("2025-v33-34", "2025-v43-44")
    sjobo = ("sjobo-tatort", "trafik"), ("blentarp", "trafik")
    town = [mean_of(everything, "1265", span, sjobo[0]) for span in (before, after)]
    village = [mean_of(everything, "1265", span, sjobo[1]) for span in (before, after)]
    assert town[1] < town[0] / 3
    assert village[1] > 2 * village[0]


def test_story_f_business_goes_silent_in_simrishamn(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    for (code, period), found in everything.items():
        row = calendar()[index_of(period)]
        silent = code == "1291" and row.kvartal >= "2025-kv2"
        answered = {a.organisation for a in found if a.sektor == "naringsliv"}
        if silent:
            assert not answered
            assert sum(m.sektor == "naringsliv" for m in invited(code, row)) == 4
    earlier = [
        {a.organisation for a in found if a.sektor == "naringsliv"}
        for (code, period), found in everything.items()
        if code == "1291" and calendar()[index_of(period)].kvartal < "2025-kv2"
    ]
    assert statistics.mean(map(len, earlier)) > 1.5


def test_story_g_no_a_tractors_before_the_split(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    years: collections.Counter[int] = collections.Counter()
    for (_, period), found in everything.items():
        n = sum(r.kategori == "trafik.a-traktor" for r in reports_of(found))
        years[calendar()[index_of(period)].ar] += n
    assert years[2023] == years[2024] == 0
    assert years[2025] > 100


def test_story_k_walkway_in_ystad(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    want = ("ystads-tatort", "otrygg-utformning.belysning")
    early = mean_of(everything, "1286", ("2026-v21-22", "2026-v35-36"), want)
    late = mean_of(everything, "1286", ("2026-v41-42", "2026-v45-46"), want)
    assert late > early + 5


def test_story_l_kivik_in_summer(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    want = ("kivik", "nedskrapning")
    summer = mean_of(everything, "1291", ("2025-v23-24", "2025-v35-36"), want)
    winter = mean_of(everything, "1291", ("2025-v41-42", "2026-v09-10"), want)
    assert summer > winter + 2


def test_story_m_fireworks_everywhere(
    everything: dict[tuple[str, str], tuple[Answer, ...]],
) -> None:
    for code in CODES:
        at_new_year = sum(
            r.kategori == "skadegorelse.smallare"
            for (c, p), found in everything.items()
            if c == code and p.endswith(("v51-52", "v01-02"))
            for r in reports_of(found)
        )
        every = sum(
            r.kategori == "skadegorelse.smallare"
            for (c, _), found in everything.items()
            if c == code
            for r in reports_of(found)
        )
        assert at_new_year > every / 2
        assert at_new_year >= 20


def test_seasons(everything: dict[tuple[str, str], tuple[Answer, ...]]) -> None:
    dark = collections.Counter[int]()
    motor = collections.Counter[int]()
    for (_, period), found in everything.items():
        row = calendar()[index_of(period)]
        if row.ar > 2024:
            continue
        for report in reports_of(found):
            dark[row.start.month] += report.kategori == "otrygg-utformning.belysning"
            motor[row.start.month] += report.kategori == "trafik.buskorning"
    assert dark[11] + dark[12] + dark[1] > 1.8 * (dark[5] + dark[6])
    assert motor[5] + motor[6] > 1.5 * (motor[11] + motor[12])

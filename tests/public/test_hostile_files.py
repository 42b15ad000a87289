"""Files made to harm: a clear fault in Swedish, in bounded time and memory, and never anything run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from est_build.load.tree import MOST_TOLD
from est_build.load.yaml_file import read_yaml
from est_build.problems.render import as_text
from tests.bounded import bounded
from tests.public.instances import edit, load, write

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gränserna sätts med rlimit")

ACTION, CALENDAR, AREAS = "atgarder/2026-017.yml", "kalender.csv", "omraden.geojson"
JUDGED = "perioder/2026-v45-46/bedomning.csv"
REPORTS = "perioder/2026-v45-46/1286/rapporter.csv"
HEAD = "period,start,slut,kvartal,ar,publiceras\n"


def bomb() -> str:
    """Nine times nine times nine …: two thousand million words, if anybody follows the aliases."""
    lines = ['a: &a ["x","x","x"]']
    for before, name in zip("abcdefghi", "bcdefghij", strict=True):
        lines.append(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]")
    return "\n".join(lines) + "\n"


def area(change: Callable[[list[Any]], Any]) -> Callable[[Path], str]:
    """The areas with other coordinates for one of them; a text is put in as it is."""

    def make(data: Path) -> str:
        every = json.loads((data / AREAS).read_text(encoding="utf-8"))
        geometry = next(f for f in every["features"] if f["properties"]["id"] == "svarte")["geometry"]
        new = change(geometry["coordinates"][0])
        geometry["coordinates"] = "@" if isinstance(new, str) else new
        text = json.dumps(every, ensure_ascii=False)
        return text.replace('"@"', new) if isinstance(new, str) else text

    return make


def many_areas(data: Path) -> str:
    every = json.loads((data / AREAS).read_text(encoding="utf-8"))
    last = every["features"][-1]
    for number in range(20_000):
        every["features"].append({**last, "properties": {**last["properties"], "id": f"x{number}"}})
    return json.dumps(every)


def with_name(data: Path, text: str) -> str:
    every = json.loads((data / AREAS).read_text(encoding="utf-8"))
    every["features"][-1]["properties"]["namn"] = text
    return json.dumps(every)


Content = str | Callable[[Path], str]
FILES: dict[str, tuple[str, Content, str, str]] = {
    # name: file, content, code, words
    "a YAML bomb": (ACTION, bomb(), "EST112", "ankare"),
    "a merge key": (ACTION, "a: &a {titel: x}\nb:\n  <<: *a\n", "EST112", "ankare"),
    "a merge key without an alias": (ACTION, "<<: {titel: x}\n", "EST202", "”<<”"),
    "a key twice": (ACTION, "id: 2026-017\nid: 2026-018\n", "EST104", "id"),
    "a tag that would run": (ACTION, 'id: !!python/object/apply:os.system ["touch x"]\n', "EST120", "tagg"),
    "depth": (ACTION, "a: " + "[" * 100_000, "EST117", "nivåer"),
    "depth by dashes": (ACTION, "- " * 50_000 + "a", "EST117", "nivåer"),
    "depth by keys": (ACTION, "? " * 50_000 + "a", "EST117", "nivåer"),
    "many keys": (ACTION, "".join(f"k{n}: 1\n" for n in range(150_000)), "EST122", "fler fel"),
    "many anchors": (ACTION, "".join(f"- &a{n} 1\n" for n in range(100_000)), "EST122", "fler fel"),
    "a large text": (ACTION, "titel: " + "x" * 3_000_000, "EST121", "orimligt stor"),
    "10,000 letters": (
        ACTION, lambda data: (data / ACTION).read_text(encoding="utf-8").replace("\nvad: ",
        "\nvad: " + "å" * 10_000),
        "EST210", "högst 4000",
    ),
    "10,000 letters in a name": (AREAS, lambda data: with_name(data, "å" * 10_000), "EST210", "för lång"),
    "a bell in a name": (AREAS, lambda data: with_name(data, "Svarte\x07"), "EST118", "U+0007"),
    "a large file": (ACTION, "#" * 21_000_000, "EST121", "21 MB"),
    "no day": (
        CALENDAR, HEAD + "2026-v07-08,2026-02-30,2026-02-30,2026-kv1,2026,2026-02-19\n", "EST204",
        "almanackan",
    ),
    "week 54": (
        CALENDAR, HEAD + "2026-v53-54,2026-12-28,2027-01-10,2026-kv4,2026,2027-01-14\n", "EST308", "2027-v01",
    ),
    "year 0": (
        CALENDAR, HEAD + "0000-v01-02,0000-01-01,0000-01-14,0000-kv1,0000,0000-01-18\n", "EST204", "0000",
    ),
    "year 9999": (
        CALENDAR, HEAD + "9999-v51-52,9999-12-18,9999-12-31,9999-kv4,9999,9999-12-31\n", "EST206", "9999",
    ),
    "a million rows": (JUDGED, "omrade,niva,text\n" + "x,y,z\n" * 1_000_000, "EST122", "fler fel"),
    "a million good rows": (
        JUDGED, "omrade,niva,text\n" + "ystad,okad,z\n" * 1_000_000, "EST122", "fler fel",
    ),
    "a million rows of figures": (REPORTS, "a,b\n" * 1_000_000, "EST404", "intyget"),
    "a line without end": (CALENDAR, "x" * 19_000_000, "EST113", "orimligt långt"),
    "a quote without end": (JUDGED, 'omrade,niva,text\n"' + "a\n" * 5_000_000, "EST113", "orimligt långt"),
    "a NUL": (JUDGED, "omrade,niva,text\nystad,okad,a\x00b\n", "EST118", "U+0000"),
    "a million corners": (
        AREAS, area(lambda _: f"[[{','.join(['[13.5,55.5]'] * 1_000_000)}]]"), "EST121", "hörn",
    ),
    "many holes": (AREAS, area(lambda ring: [ring] * 20_000), "EST121", "delar"),
    "many areas": (AREAS, many_areas, "EST121", "2000 områden"),
    "crossing itself": (
        AREAS, area(lambda _: [[[13.5, 55.5], [13.6, 55.6], [13.6, 55.5], [13.5, 55.6], [13.5, 55.5]]]),
        "EST313", "korsar sig själv",
    ),
    "nothing": (AREAS, area(lambda _: []), "EST313", "ingen yta"),
    "another country": (
        AREAS, area(lambda _: [[[2.0, 41.0], [2.1, 41.0], [2.1, 41.1], [2.0, 41.0]]]), "EST313",
        "inte i Sverige",
    ),
    "no number": (AREAS, area(lambda _: "[[[NaN,55],[13,55],[13,56],[NaN,55]]]"), "EST105", "JSON"),
    "without end": (AREAS, area(lambda _: "[[[1e999,55],[13,55],[13,56],[1e999,55]]]"), "EST313", "WGS84"),
    "a number of 400 digits": (
        AREAS, area(lambda _: "[[[{0},55],[13,55],[13,56],[{0},55]]]".format("9" * 400)), "EST313", "WGS84",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_made_to_harm(data: Path, name: str) -> None:
    file, content, code, words = FILES[name]
    write(data / file, content if isinstance(content, str) else content(data))
    before = sorted(p.name for p in data.iterdir())

    def told() -> list[tuple[str, str, str]]:
        problems = load(data)[1]
        assert as_text(problems)
        return [(p.code, p.place.file, p.message()) for p in problems]

    problems = bounded(told)
    found = [message for c, where, message in problems if c == code and where == file]
    assert found, problems[:5]
    assert any(words in message for message in found), found[:5]
    assert len(problems) <= MOST_TOLD + 20
    assert sorted(p.name for p in data.iterdir()) == before
    assert not Path("x").exists()


@pytest.mark.parametrize("file", [ACTION, JUDGED, "webbplats.yml", "kodlistor.yml", AREAS])
def test_what_is_no_file_is_not_waited_for(data: Path, file: str) -> None:
    """A pipe has no end, and nobody writes into it."""
    (data / file).unlink()
    os.mkfifo(data / file)
    problems = bounded(lambda: [(p.code, p.message()) for p in load(data)[1]])
    assert any(code == "EST114" and "ingen vanlig fil" in message for code, message in problems), problems


def test_a_page_of_a_thousand_leaves(instance: Path) -> None:
    from est_build.site.verdict import verdict

    write(instance / "content/prov.md", "---\ntitle: Prov\ndescription: Prov\n---\n\n" + "0f" * 150_000)
    problems = bounded(lambda: [(p.code, p.place.file) for p in verdict(instance)], seconds=40)
    assert problems == [("EST121", "content/prov.md")]


CONTROL = [
    chr(n) for n in (*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xFFFE, 0xFFFF) if chr(n) not in "\t\n\r"
]


def test_every_control_character_is_refused_by_name(data: Path) -> None:
    """As itself and as an escape."""
    path = data / "rattelser.yml"
    sound = path.read_text(encoding="utf-8")
    for char in CONTROL:
        number = f"U+{ord(char):04X}"
        if not 0xD800 <= ord(char) < 0xE000:
            write(path, sound.replace("vara lagade", f"vara {char}lagade"))
            tree, problems = read_yaml(path, path.name)
            assert tree is None
            assert [(p.code, p.values.get("value")) for p in problems] == [("EST118", number)], number
    write(path, sound)
    edit(data / ACTION, "titel: ", 'titel: "\\x07" #')
    assert {p.code for p in load(data)[1]} == {"EST118"}

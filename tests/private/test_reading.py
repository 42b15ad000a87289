"""Reading a release back: whatever somebody has changed in it by hand is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from est_build.model.published import load_published
from est_build.problems import ProblemsError

from .instance import FIRST, SECOND, Book, Instance


def refused(instance: Instance) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        load_published(instance.data)
    return [(p.code, p.place.text()) for p in caught.value.problems]


def attest(folder: Path, **changes: object) -> None:
    """Write an attestation that is true of the changed files: a forger knows how."""
    path = folder / "intyg.json"
    text = json.loads(path.read_text(encoding="utf-8"))
    for name in ("rapporter.csv", "deltagande.csv"):
        text["filer"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    rows = (folder / "rapporter.csv").read_text(encoding="utf-8").splitlines()[1:]
    text["rader"], text["visade"] = len(rows), sum(not row.endswith(",") for row in rows)
    written = json.dumps({**text, **changes}, ensure_ascii=False, indent=2) + "\n"
    path.write_text(written, encoding="utf-8")


def forge(folder: Path, name: str, change: Callable[[str], str], **more: object) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    attest(folder, **more)


def test_untouched(begun: Instance) -> None:
    assert set(load_published(begun.data).figures) == {(FIRST, "9901"), (FIRST, "9902")}


@pytest.mark.parametrize("name", ["rapporter.csv", "deltagande.csv"])
def test_one_byte(begun: Instance, name: str) -> None:
    path = begun.release(FIRST) / name
    raw = path.read_bytes()
    path.write_bytes(raw[:-2] + bytes([raw[-2] ^ 1]) + raw[-1:])
    assert refused(begun) == [("EST404", f"perioder/{FIRST}/9901/{name}")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("10,14", "0,4"), ("10,14", "7,7"), ("10,14", "10,15"), ("10,14", "10,"), ("10,14", ",14"),
     ("10,14", "1,4"), ("10,14", "10,10"), ("10,14", "14,10")],
)  # fmt: skip
def test_off_the_ladder(begun: Instance, old: str, new: str) -> None:
    forge(begun.release(FIRST), "rapporter.csv", lambda text: text.replace(old, new, 1))
    assert refused(begun)[0] == ("EST402", f"perioder/{FIRST}/9901/rapporter.csv rad 2, kolumn F")


def test_sensitive_cells_begin_at_ten(begun: Instance) -> None:
    begun.run(Book(SECOND).safe())
    hidden, shown = "hot.sexuella,,,,", "hot.sexuella,,,5,9"
    forge(begun.release("2027-kv1"), "rapporter.csv", lambda text: text.replace(hidden, shown))
    ((code, place),) = refused(begun)
    assert (code, place.split(" ")[0]) == ("EST402", "kvartal/2027-kv1/9901/rapporter.csv")


def _extra(row: str) -> Callable[[str], str]:
    return lambda text: text + row + "\n"


ROWS: dict[str, Callable[[str], str]] = {
    "en rad utanför planen": _extra("omrade_grupp,ekby,trafik,,,5,9"),
    "ett sammanslaget område": _extra("omrade,lilla-hult,alla,,,5,9"),
    "ett område i en annan kommun": _extra("omrade,vik,alla,,,5,9"),
    "en rad två gånger": _extra("omrade,asen,alla,,,5,9"),
    "en känslig grupp": _extra("kommun_grupp,norrby,hot,,,10,14"),
    "en rad borta": lambda text: text.replace("omrade,asen,alla,,,10,14\n", "").replace(
        "omrade,asen,alla,,,5,9\n", ""
    ),
    "annan ordning": lambda text: "\n".join([*text.splitlines()[:1], *sorted(text.splitlines()[1:])]) + "\n",
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_off_the_plan(begun: Instance, name: str) -> None:
    forge(begun.release(FIRST), "rapporter.csv", ROWS[name])
    assert ("EST401", f"perioder/{FIRST}/9901/rapporter.csv") in refused(begun)


PEOPLE: dict[str, Callable[[str], str]] = {
    "ett exakt antal svar": lambda text: text.replace(",,\n", ",7,7\n"),
    "få svar": lambda text: text.replace(",,\n", ",1,4\n"),
    "fler svar än inbjudna": lambda text: text.replace("9901,alla,9,,", "9901,alla,4,5,9"),
    "en annan kommun": lambda text: text.replace("9901,alla", "9902,alla"),
    "en sektor i en period": lambda text: text + "9901,skola,4,,\n",
    "en okänd sektor": lambda text: text + "9901,skolan,4,,\n",
    "samma rad igen": lambda text: text + text.splitlines()[1] + "\n",
    "ingen rad": lambda text: text.splitlines()[0] + "\n",
}


@pytest.mark.parametrize("name", PEOPLE)
def test_participation_that_tells_too_much(begun: Instance, name: str) -> None:
    forge(begun.release(FIRST), "deltagande.csv", PEOPLE[name])
    assert {code for code, _ in refused(begun)} == {"EST406"}


def test_a_sector_that_is_too_small(begun: Instance) -> None:
    begun.run(Book(SECOND).safe())
    forge(begun.release("2027-kv1"), "deltagande.csv", lambda text: text + "9901,polis,2,,\n")
    assert {code for code, _ in refused(begun)} == {"EST406"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"rader": 3}, "EST405"), ({"visade": 0}, "EST405"), ({"tid": SECOND}, "EST405"),
     ({"kommun": "9902"}, "EST405"), ({"filer": {}}, "EST405"), ({"granskning": "godkand"}, "EST2"),
     ({"regelverk": "2"}, "EST207"), ({"format": "2"}, "EST207"), ({"mer": 1}, "EST202"),
     ({"filer": {"../../../etc/passwd": "0" * 64}}, "EST40")],
)  # fmt: skip
def test_attestation(begun: Instance, changes: dict[str, object], code: str) -> None:
    attest(begun.release(FIRST), **changes)
    assert all(found.startswith(code) for found, _ in refused(begun))


def test_attestation_missing_or_broken(begun: Instance) -> None:
    path = begun.release(FIRST) / "intyg.json"
    path.write_text("{", encoding="utf-8")
    assert refused(begun)[0][0] == "EST105"
    path.unlink()
    assert refused(begun)[0][0] == "EST403"


@pytest.mark.parametrize(
    "name",
    ["svar.csv", "perioder/export.xlsx", f"perioder/{FIRST}/enkatexport.csv",
     f"perioder/{FIRST}/9901/svar.csv", f"perioder/{FIRST}/9911/rapporter.csv", "privat/medlemmar.csv",
     ".dold.csv", "fragor/bilaga.pdf", f"perioder/{FIRST}/9901/djupare/svar.csv",
     "atgarder/svar.sqlite3", "omraden.geojson.bak"],
)  # fmt: skip
def test_anything_else_in_data(begun: Instance, name: str) -> None:
    """Deny by default: a raw export that somebody drops into data/ stops the build."""
    path = begun.data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("svar_id;organisation\n1;Skolan\n", encoding="utf-8")
    assert ("EST316", name) in refused(begun)


def test_a_link_in_data(begun: Instance) -> None:
    (begun.data / "rattelser.yml").symlink_to(begun.survey)
    assert ("EST316", "rattelser.yml") in refused(begun)


def test_what_computers_leave_is_let_be(begun: Instance) -> None:
    (begun.data / "perioder" / ".DS_Store").write_bytes(b"\x00")
    (begun.data / ".est-prepare").mkdir()
    (begun.data / ".est-prepare" / "x").write_bytes(b"")
    load_published(begun.data)

"""The scanner over a whole instance: every text is read, places are right, approvals are narrow."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from est_build.load.frame import Frame, load_frame
from est_build.load.texts import Texts, load_texts
from est_build.problems import Problem
from est_build.problems.render import as_text
from est_build.protect.release import read_releases
from est_build.protect.text import scan_instance, shown_intervals
from est_build.protect.text.lists import names
from tests.conftest import ROOT
from tests.text import make

Example = tuple[Frame, Texts, frozenset[tuple[int, int]]]
PHONE = "070-174 06 05"
APPROVED = "content/godkannanden.yml"
METHOD = """format: "1"
godkannanden:
  - fil: content/metod.md
    uttryck: tio rapporter
    godkant_av: [trygghetssamordnare, dataskyddsombud]
    datum: 2026-11-19
    skal: Ett påhittat exempel på slumpen, inga siffror ur enkäten.
"""
FILES = """
    webbplats.yml skydd.yml kodlistor.yml kalender.csv omraden.geojson omgivning.geojson rattelser.yml
    fragor/2026-001.yml atgarder/2026-011.yml atgarder/2026-014.yml atgarder/2026-017.yml plan/ystad.yml
    indikatorer/trygghetsvandringar.yml perioder/2026-v45-46/lagesbild.yml
    perioder/2026-v45-46/bedomning.csv kvartal/2026-kv3/utvardering.yml ar/2025/uppfoljning.yml
"""


@pytest.fixture(scope="module")
def example() -> Example:
    frame = load_frame(ROOT / "data")
    texts, problems = load_texts(frame)
    assert problems == []
    releases, _ = read_releases(frame)
    shown = shown_intervals(releases)
    assert (5, 9) in shown
    return frame, texts, shown


@pytest.fixture
def slim(tmp_path: Path) -> Path:
    """One file of each kind, so that it loads in a blink. Links between texts may be broken in it."""
    for name in FILES.split():
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, tmp_path / "data" / name)
    (tmp_path / "content").mkdir()
    for name in ("om.md", "metod.md"):
        shutil.copy(ROOT / "content" / name, tmp_path / "content" / name)
    page = tmp_path / "content" / "metod.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSlumpen kan ge tio rapporter.\n", encoding="utf-8")
    (tmp_path / APPROVED).write_text(METHOD, encoding="utf-8")
    return tmp_path


def scan(root: Path) -> list[Problem]:
    frame = load_frame(root / "data")
    texts, _ = load_texts(frame)
    return scan_instance(frame, texts, root / "content", {(5, 9), (10, 14)})


def hard(problems: list[Problem]) -> list[Problem]:
    return [p for p in problems if p.kind.severity == "fel"]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


# ---- the example -------------------------------------------------------------------------------


def test_the_example_has_no_hard_finding(example: Example) -> None:
    frame, texts, shown = example
    found = scan_instance(frame, texts, ROOT / "content", shown)
    assert hard(found) == [], as_text(found)
    # A coordinator can live with a handful of warnings in four years of texts.
    assert len(found) <= 5, as_text(found)


def test_the_example_is_read_in_half_a_second(example: Example) -> None:
    frame, texts, shown = example
    times = []
    for _ in range(3):
        start = time.process_time()
        scan_instance(frame, texts, ROOT / "content", shown)
        times.append(time.process_time() - start)
    # Half a second on an idle machine; more where many tests run side by side.
    assert min(times) < 1.5


def test_the_same_texts_give_the_same_problems(slim: Path) -> None:
    edit(slim / "data/atgarder/2026-011.yml", "det är ljust för den som väntar", f"{PHONE} och 3 rapporter")
    assert scan(slim) == scan(slim)


# ---- every text is read ------------------------------------------------------------------------

NUMBER = "070-1740605"
BLOCK = "så att det är ljust för den som väntar."
PLACES: dict[str, tuple[str, str, str]] = {
    # What is written -> file, old text, new text; § marks where the finding must be told.
    "plain": ("data/fragor/2026-001.yml", "titel: Mörkt vid", f"titel: §{NUMBER} Mörkt vid"),
    "folded block": ("data/atgarder/2026-011.yml", BLOCK, f"så att det\n  är ljust §{NUMBER} där."),
    "broken": ("data/atgarder/2026-011.yml", BLOCK, "så att §070-174\n  06 05 lyser."),
    "literal block": (
        "data/atgarder/2026-011.yml",
        "horisont: snabb",
        f"allman_varfor: |-\n  Rad ett å.\n\n  Rad två §{NUMBER}.\nhorisont: snabb",
    ),
    "quoted": (
        "data/fragor/2026-001.yml",
        "titel: Mörkt vid busstationen i Tomelilla",
        f'titel: "Mörkt \\"å\\" §{NUMBER}"',
    ),
    "single quotes": (
        "data/fragor/2026-001.yml",
        "titel: Mörkt vid busstationen i Tomelilla",
        f"titel: 'Mörkt ''å'' §{NUMBER}'",
    ),
    "list": ("data/fragor/2026-001.yml", "  - Nätverkets rapporter", f"  - §{NUMBER}"),
    "deep": ("data/fragor/2026-001.yml", "    text: Armaturerna är", f"    text: Å §{NUMBER} är"),
    "comment": ("data/fragor/2026-001.yml", "behov: 2", f"behov: 2 # ring §{NUMBER}"),
    "comment line": ("data/webbplats.yml", "# Källor som", f"# Ring §{NUMBER}\n# Källor som"),
    "site": ("data/webbplats.yml", "kortnamn: Tryggt i sydost", f"kortnamn: Tryggt §{NUMBER}"),
    "codes": ("data/kodlistor.yml", "sv: A-traktorer", f"sv: A-traktorer §{NUMBER}"),
    "correction": ("data/rattelser.yml", "Vi skrev att lamporna", f"Vi §{NUMBER} skrev att lamporna"),
    "plan": ("data/plan/ystad.yml", "    - Tidigt stöd till barn och unga", f"    - §{NUMBER}"),
    "indicator": ("data/indikatorer/trygghetsvandringar.yml", "kalla: De fem", f"kalla: §{NUMBER} De fem"),
    "picture": ("data/perioder/2026-v45-46/lagesbild.yml", "mest, och de första", f"mest, §{NUMBER} och"),
    "evaluation": ("data/kvartal/2026-kv3/utvardering.yml", "En vanlig sommar", f"En §{NUMBER} sommar"),
    "review": ("data/ar/2025/uppfoljning.yml", "Buskörning i Sjöbo", f"§{NUMBER} i Sjöbo"),
    "table": ("data/perioder/2026-v45-46/bedomning.csv", "Som vanligt för", f"§{NUMBER} Som vanligt för"),
    "page": ("content/om.md", "Fem kommuner i sydöstra", f"Fem §{NUMBER} kommuner i sydöstra"),
    "front matter": ("content/om.md", "title: Om webbplatsen", f"title: Om §{NUMBER}"),
    "marks": ("content/om.md", "Men **alla siffror, åtgärder", "Men §07**01740605 siffror, åtgärder"),
    "place": ("data/omraden.geojson", '"namn":"Svarte"', f'"namn":"Svarte {NUMBER}"'),
}


def planted(root: Path, name: str) -> tuple[str, int | None, int | None]:
    file, old, new = PLACES[name]
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    text = text.replace(old, new, 1)
    line = column = None
    if "§" in text:
        before = text[: text.index("§")]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    path.write_text(text.replace("§", ""), encoding="utf-8")
    return file.removeprefix("data/"), line, column


@pytest.mark.parametrize("name", PLACES)
def test_every_text_is_read_and_the_place_is_right(slim: Path, name: str) -> None:
    file, line, column = planted(slim, name)
    found = [p for p in hard(scan(slim)) if p.code == "EST412"]
    assert len(found) == 1, as_text(found)
    place = found[0].place
    assert (place.file, place.line) == (file, line)
    if name == "table":
        assert place.letter == "C"
    else:
        assert place.column == column


def test_codes_and_dates_are_not_texts(slim: Path) -> None:
    # Action types and environments have names that would be warned of in prose.
    edit(slim / "data/atgarder/2026-011.yml", "typ: belysning", "typ: kamera")
    assert [p for p in scan(slim) if "2026-011" in p.place.file] == []


def test_a_proposal_is_read_too(slim: Path) -> None:
    """It is not on the site yet, but it is in a public repository."""
    edit(slim / "data/atgarder/2026-014.yml", "titel: Öppen hall", f"titel: {PHONE} Öppen hall")
    assert [p.code for p in hard(scan(slim))] == ["EST412"]


# ---- what the instance allows ------------------------------------------------------------------


def test_listed_mailboxes_and_switchboards_may_stand(slim: Path) -> None:
    row = "    id: ystad # namnet i adresser"
    edit(slim / "data/webbplats.yml", row, "    id: ystad\n    telefon: 031-390 06 00")
    text = "Ring +46 31 390 06 00 eller skriv till trygghet@ystad.example eller info@sjobo.example. Fem"
    edit(slim / "content/om.md", "Fem kommuner i sydöstra", text)
    assert hard(scan(slim)) == []


def test_a_person_in_a_listed_mailbox_is_told(slim: Path) -> None:
    address = f"{sorted(names())[100]}.lampa@ystad.example"
    edit(slim / "data/plan/ystad.yml", "epost: trygghet@ystad.example", f"epost: {address}")
    assert [p.code for p in hard(scan(slim))] == ["EST413"]


def test_only_published_intervals_may_be_named(slim: Path) -> None:
    path = slim / "data/atgarder/2026-011.yml"
    edit(path, "så att det är ljust för den som väntar", "5–9 rapporter, mellan 10 och 14 rapporter")
    assert hard(scan(slim)) == []
    edit(path, "5–9 rapporter", "15–19 rapporter")
    assert [p.code for p in hard(scan(slim))] == ["EST420"]


# ---- approvals ---------------------------------------------------------------------------------


def approvals(*rows: tuple[str, str, str]) -> str:
    text = METHOD
    for file, words, roles in rows:
        text += f"  - fil: {file}\n    uttryck: {words}\n    godkant_av: [{roles}]\n"
        text += "    datum: 2026-11-18\n    skal: Läst på mötet.\n"
    return text


@pytest.fixture
def camera(slim: Path) -> Path:
    edit(slim / "data/atgarder/2026-011.yml", "så att det är ljust för den som väntar", "med en kamera")
    found = [p for p in scan(slim) if p.place.file == "atgarder/2026-011.yml"]
    assert [p.code for p in found] == ["EST422"]
    assert "content/godkannanden.yml" in found[0].cure()
    assert "uttryck ”kamera”" in found[0].cure()
    return slim


def told(root: Path) -> Iterator[tuple[str, str]]:
    for problem in scan(root):
        if problem.place.file in {"atgarder/2026-011.yml", APPROVED}:
            yield problem.code, problem.place.file


def test_two_roles_lift_a_warning(camera: Path) -> None:
    row = ("atgarder/2026-011.yml", "kamera", "trygghetssamordnare, kommunpolis")
    (camera / APPROVED).write_text(approvals(row), encoding="utf-8")
    assert list(told(camera)) == []


@pytest.mark.parametrize(
    "row",
    [
        ("atgarder/2026-011.yml", "kamera", "trygghetssamordnare"),
        ("atgarder/2026-011.yml", "kamera", "trygghetssamordnare, Trygghetssamordnare"),
        ("atgarder/2026-017.yml", "kamera", "trygghetssamordnare, kommunpolis"),
        ("atgarder/2026-011.yml", "kameror", "trygghetssamordnare, kommunpolis"),
    ],
)
def test_an_approval_holds_for_one_expression_in_one_file_by_two_roles(
    camera: Path, row: tuple[str, str, str]
) -> None:
    (camera / APPROVED).write_text(approvals(row), encoding="utf-8")
    assert sorted(told(camera)) == [("EST422", "atgarder/2026-011.yml"), ("EST428", APPROVED)]


HARD = [PHONE, "Storgatan 12", "3 rapporter", "kalle@epost.example", "ABW 123", "gänget"]


@pytest.mark.parametrize("text", HARD)
def test_no_approval_lifts_a_hard_finding_in_data(slim: Path, text: str) -> None:
    edit(slim / "data/atgarder/2026-011.yml", "så att det är ljust för den som väntar", f"så att {text}")
    before = [p.code for p in hard(scan(slim))]
    assert len(before) == 1
    row = ("atgarder/2026-011.yml", text, "trygghetssamordnare, kommunpolis")
    (slim / APPROVED).write_text(approvals(row), encoding="utf-8")
    after = scan(slim)
    assert [p.code for p in hard(after) if p.place.file != APPROVED] == before
    last = next(p for p in after if p.code == "EST428")
    assert "aldrig" in last.message()
    assert text not in last.message()


def test_on_a_page_only_the_narrow_kinds_can_be_lifted(slim: Path) -> None:
    edit(slim / "content/om.md", "Fem kommuner i", f"Storgatan 12. {PHONE}. Fem kommuner i")
    rows = [("content/om.md", text, "webbredaktör, dataskyddsombud") for text in ("Storgatan 12", PHONE)]
    (slim / APPROVED).write_text(approvals(*rows), encoding="utf-8")
    assert [p.code for p in hard(scan(slim)) if p.place.file != APPROVED] == ["EST412"]


def test_faults_of_the_approvals_are_told(slim: Path) -> None:
    (slim / APPROVED).write_text('format: "1"\ngodkannanden:\n  - fil: a\n', encoding="utf-8")
    found = [p for p in scan(slim) if p.place.file == APPROVED]
    assert {"uttryck", "godkant_av", "datum", "skal"} == {p.values["key"].split(": ")[-1] for p in found}


def test_the_approvals_themselves_are_read(slim: Path) -> None:
    name = make.full_name(random.Random(5))
    text = METHOD.replace("trygghetssamordnare, dataskyddsombud", f"{name}, dataskyddsombud")
    (slim / APPROVED).write_text(text.replace("ur enkäten", f"ur enkäten, ring {PHONE}"), encoding="utf-8")
    found = {p.code for p in scan(slim) if p.place.file == APPROVED}
    assert found == {"EST412", "EST424"}

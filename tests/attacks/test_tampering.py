"""Tampering: a byte, a forgery that hangs together, a solver that errs. Someone must always notice.

Three things watch over the files: the checksums of the attestation, the verifier of the proofs, and the
git history. Each is shown to be needed.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from est_build.load.frame import load_frame
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.lattice import Lattice
from est_build.protect.audit.outsider import Imagination
from est_build.protect.audit.proof import Proofs
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.files import worlds_file
from est_build.protect.release import read_releases
from tests.attacks import off
from tests.attacks.reader import Reader
from tests.attacks.tools import Cell, read_rows
from tests.attacks.worlds import (
    HERE,
    QUARTER,
    SPANS,
    audited,
    pair,
    publish,
    random_books,
    real,
    repository,
    seen,
    small_world,
    truth,
)
from tests.conftest import ROOT
from tests.guard.repo import Repo
from tests.private.instance import FIRST, SECOND, Book, Instance, make_instance
from tests.public.instances import attest

FILES = ("rapporter.csv", "deltagande.csv", "intyg.json", "verkligheter.csv", "bekraftade_rutor.csv")
RICH = 75
"""Seed of a world whose quarter has confirmed boxes and several made-up realities."""
NOW = "--utan-historik"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Return a real instance with a whole quarter, saved under git. Nobody may change it."""
    instance = publish(real(small_world(tmp_path_factory.mktemp("rik") / "prov")), *random_books(RICH))
    return Instance(repository(instance).path)


@pytest.fixture(scope="module")
def plainly_made(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Return a real instance with one fortnight, saved under git. Nobody may change it."""
    instance = real(make_instance(tmp_path_factory.mktemp("enkel") / "prov"))
    return Instance(repository(publish(instance, Book(FIRST).safe(omrade="ekby").nothing(*HERE[3:8]))).path)


def copied(instance: Instance, to: Path) -> Instance:
    shutil.copytree(instance.root, to / "kopia")
    return Instance(to / "kopia")


# ---- a byte -------------------------------------------------------------------------------------


def flipped(text: bytes, at: int) -> bytes:
    return text[:at] + (b"7" if text[at : at + 1] != b"7" else b"8") + text[at + 1 :]


def inserted(text: bytes, at: int) -> bytes:
    return text[:at] + b"1" + text[at:]


def deleted(text: bytes, at: int) -> bytes:
    return text[:at] + text[at + 1 :]


ACTIONS = (flipped, inserted, deleted)


def test_nothing_is_wrong_before(made: Instance) -> None:
    assert audited(made) == (0, audited(made, NOW)[1])
    confirmed = made.release(QUARTER) / "bekraftade_rutor.csv"
    assert len(read_rows(confirmed)) > 1
    assert len({r["verklighet"] for r in read_rows(made.release(QUARTER) / "verkligheter.csv")}) > 2


@pytest.mark.parametrize("name", FILES)
def test_any_byte_of_any_file(made: Instance, tmp_path: Path, name: str) -> None:
    """Found by the files alone, and told in Swedish: no history is needed."""
    instance = copied(made, tmp_path)
    path = instance.release(QUARTER) / name
    old = path.read_bytes()
    chance = random.Random(name)
    # Blanks in JSON mean nothing; that they too may not change, the history sees to.
    places = [n for n in range(len(old)) if name != "intyg.json" or not old[n : n + 1].isspace()]
    for action in ACTIONS:
        for at in (places[0], chance.choice(places), chance.choice(places), places[-1]):
            path.write_bytes(action(old, at))
            code, words = audited(instance, NOW)
            assert code == 1, (action.__name__, at)
            assert re.search(r"FEL EST\d{3}  \S*kvartal/2027-kv1/9901", words), words
            assert re.search(r"\d+ fel, \d+ varningar", words)
    path.write_bytes(old)
    assert audited(instance)[0] == 0


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("span", SPANS)
def test_any_file_against_the_history(made: Instance, tmp_path: Path, name: str, span: str) -> None:
    """A blank at the end is enough, and so is a file that is gone."""
    path = copied(made, tmp_path).release(span) / name
    old = path.read_bytes()
    path.write_bytes(old + b"\n")
    code, words = audited(Instance(tmp_path / "kopia"))
    assert (code, "EST456" in words) == (1, True)
    path.unlink()
    assert audited(Instance(tmp_path / "kopia"))[0] == 1


# ---- forgeries that hang together ---------------------------------------------------------------


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text)
    path.write_text(text.replace(old, new), encoding="utf-8")


def hidden(folder: Path) -> None:
    """A shown cell is hidden."""
    replaced(folder / "rapporter.csv", "omrade,ekby,alla,,,5,9", "omrade,ekby,alla,,,,")


def reimagined(folder: Path, row: str, instead: str) -> None:
    """The made-up realities are changed wherever ``row`` stands."""
    path = folder / "verkligheter.csv"
    text, found = re.subn(row, instead, path.read_text(encoding="utf-8"))
    assert found
    path.write_text(text, encoding="utf-8")


def doubled(folder: Path) -> None:
    """Every shown cell climbs a step, and the made-up realities with them."""
    path = folder / "rapporter.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",5,9", ",10,14"), encoding="utf-8")
    reimagined(folder, r"(ekby,skadegorelse\.[a-z-]+,,),5", r"\1,10")


def confirmed(folder: Path) -> None:
    """One box more is said to hold something: exactly what nobody may know."""
    path = folder / "bekraftade_rutor.csv"
    replaced(path, f"{FIRST},ekby,skadegorelse,,\n",
             f"{FIRST},ekby,skadegorelse,,\n{FIRST},ekby,skadegorelse.klotter,,\n")  # fmt: skip
    reimagined(folder, r"ekby,skadegorelse\.[a-z-]+,", "ekby,skadegorelse.klotter,")
    counted(folder, bekraftade=1, rutor=-2)


def counted(folder: Path, **more: int) -> None:
    """The attestation counts differently."""
    path = folder / "intyg.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for name, change in more.items():
        data["granskning"][name] += change
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def participation(folder: Path) -> None:
    """Nobody can see how many answered."""
    replaced(folder / "deltagande.csv", "9901,alla,9,5,9", "9901,alla,9,,")


def forged(made: Instance, to: Path, forgery: Callable[[Path], None]) -> Instance:
    """The forgery, with an attestation that agrees."""
    instance = copied(made, to)
    forgery(instance.release(FIRST))
    attest(instance.release(FIRST))
    return instance


@pytest.mark.parametrize("forgery", [hidden, doubled, confirmed, participation])
@pytest.mark.parametrize("saved", [False, True], ids=["", "saved"])
@pair(off.history)
def test_only_the_history_knows(
    plainly_made: Instance, tmp_path: Path, succeeds: bool, forgery: Callable[[Path], None], saved: bool
) -> None:
    """Whoever rewrites figures, proof and attestation together is caught by what was there before."""
    instance = forged(plainly_made, tmp_path, forgery)
    if saved:
        repo = Repo(instance.root)
        repo.git("add", "-A", "data")
        repo.commit("Förbättrat")
    code, words = audited(instance)
    assert (code == 0) is succeeds, words
    assert ("EST456" in words) is not succeeds


@pair(off.hashes)
def test_a_file_without_its_attestation(plainly_made: Instance, tmp_path: Path, succeeds: bool) -> None:
    instance = copied(plainly_made, tmp_path)
    participation(instance.release(FIRST))
    code, words = audited(instance, NOW)
    assert (code == 0) is succeeds, words
    assert ("EST404" in words) is not succeeds


def emptied(folder: Path) -> None:
    """The made-up realities are thrown away."""
    path = folder / "verkligheter.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


def unconfirmed(folder: Path) -> None:
    """A box that always holds something is left out of the list."""
    replaced(folder / "bekraftade_rutor.csv", f"{FIRST},ekby,skadegorelse,,\n", "")
    counted(folder, bekraftade=-1, rutor=1)


def corrupted(folder: Path) -> None:
    """One reality is changed a little: row 23 of the threats."""
    reimagined(folder, r"(ekby,skadegorelse\.[a-z-]+,,),5", r"\1,4")


def overstated(folder: Path) -> None:
    """More boxes are said to be proven than there are."""
    counted(folder, rutor=100)


@pytest.mark.parametrize("forgery", [emptied, unconfirmed, corrupted, overstated])
@pair(off.verifier)
def test_23_only_the_verifier_knows(
    plainly_made: Instance, tmp_path: Path, succeeds: bool, forgery: Callable[[Path], None]
) -> None:
    """Before anything is saved there is no history: then the proof itself must fail."""
    code, words = audited(forged(plainly_made, tmp_path, forgery), NOW)
    assert (code == 0) is succeeds, words
    assert ("EST455" in words) is not succeeds


@pair(off.verifier)
def test_23_any_reality_taken_away(made: Instance, tmp_path: Path, succeeds: bool) -> None:
    """No reality is there for show: without any one of them, some box is never empty."""
    rows = (made.release(QUARTER) / "verkligheter.csv").read_text(encoding="utf-8").splitlines()
    names = sorted({row.split(",")[0] for row in rows[1:]})
    for n, gone in enumerate(names):
        instance = copied(made, tmp_path / str(n))
        folder = instance.release(QUARTER)
        left = [r for r in rows[1:] if not r.startswith(f"{gone},")]
        numbers = {name: f"påhittad-{i}" for i, name in enumerate((x for x in names if x != gone), 1)}
        text = "\n".join([rows[0], *(",".join([numbers[r.split(",")[0]], *r.split(",")[1:]]) for r in left)])
        (folder / "verkligheter.csv").write_text(text + "\n", encoding="utf-8")
        counted(folder, verkligheter=-1)
        attest(folder)
        code, words = audited(instance, NOW)
        assert (code == 0) is succeeds, gone
        assert ("aldrig tom" in words) is not succeeds


# ---- 23: a solver that errs ---------------------------------------------------------------------


def scrap(instance: Instance) -> tuple[list[Cell], int]:
    """Ten reports, nine of mischief: can the tenth be found, and does the public audit mind?"""
    book = Book(FIRST).add("Norrby idrott", kategori="skrot.bilar")
    for name in HERE[:1] + HERE[2:5:2]:
        book.add(name, 3, kategori="bus.klotter")
    books = book, Book(SECOND).nothing(*HERE[:2])
    published = seen(publish(instance, *books))
    return Reader(published, truth(published, *books).unsafe()).exposed(), audited(instance, NOW)[0]


def test_23_an_error_of_the_linear_solver(small: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """A numerical nought that is none: the whole-number realities cannot be made, and the cell is hidden."""
    off.linear_audit(monkeypatch)
    assert scrap(small) == ([], 0)


@pair(off.verifier)
def test_23_an_error_of_both_solvers(
    small: Instance, succeeds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the release is written, but nobody can build or publish it: addition finds it out."""
    off.linear_audit(monkeypatch)
    off.blind_worlds(monkeypatch)
    exposed, code = scrap(small)
    assert exposed
    assert (code == 0) is succeeds


# ---- what the proofs tell -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", [15, 61, RICH])
@pair(off.told_worlds)
def test_realities_are_made_of_what_is_public(tmp_path: Path, succeeds: bool, seed: int) -> None:
    """Made again from the committed files alone they are the same, byte for byte."""
    instance = publish(small_world(tmp_path / "prov"), *random_books(seed))
    frame = load_frame(instance.data)
    releases, problems = read_releases(frame)
    assert not problems
    proofs = Proofs(frame, releases)
    differ = False
    for release in releases.values():
        block = proofs.block(release)
        known = Known(block.cells, block.confirmed)
        lattice = Lattice(build_universe(build_axes(block.nest, block.collected), known))
        worlds = Imagination(lattice, block.nest, known).certificate().worlds
        written = (instance.release(release.span.id) / "verkligheter.csv").read_bytes()
        differ |= worlds_file(worlds) != written
    assert differ is succeeds


@pytest.mark.parametrize("seed", [15, 61, RICH])
def test_the_confirmed_boxes_are_known_to_everybody(tmp_path: Path, seed: int) -> None:
    """The list tells nothing: whoever knows the rules works it out himself, box by box."""
    published = seen(publish(small_world(tmp_path / "prov"), *random_books(seed)))
    listed, published.confirmed = published.confirmed, set()
    lattice = published.lattice()
    shown = {outer for cell in published.shown for outer in published.around(cell)}
    while True:
        always = set(Reader(published, lattice).exposed()) - shown
        if always == published.confirmed:
            break
        published.confirmed = always
    found = {outer for cell in listed for outer in published.around(cell)} - shown
    assert always == found
    assert listed


# ---- 26: the tools themselves -------------------------------------------------------------------


def test_26_every_package_is_pinned_by_its_hash() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    packages = lock.split("[[package]]")[1:]
    assert len(packages) > 30
    files = [
        line for p in packages for line in p.splitlines() if 'url = "https://' in line and "size" in line
    ]
    assert len(files) > 100
    assert not [line for line in files if 'hash = "sha256:' not in line]

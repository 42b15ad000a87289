"""``check``: quick, everything at once, and the same verdict as a build."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from est_build.load.frame import load_frame
from est_build.load.simple_ring import is_simple
from est_build.model.published import load_instance, refuse_texts
from est_build.pages.written import written_pages
from est_build.problems import ProblemsError
from est_build.protect import planned, release
from est_build.protect.planned import Plans
from est_build.site.pieces import names_only
from est_build.site.verdict import verdict
from tests.check.conftest import git, run
from tests.public.instances import attest, edit, linked, write
from tests.public.test_load_fuzz import CSV, JSON, YAML, mutated

ACTION = "data/atgarder/2026-017.yml"
REPORTS = "perioder/2026-v45-46/1286/rapporter.csv"
HEAVY = ("pandas", "geopandas", "numpy", "shapely", "highspy", "folium", "mkdocs", "jinja2", "rich")


# ---- quick -------------------------------------------------------------------------------------


def test_check_loads_nothing_heavy(slim_root: Path) -> None:
    code = (
        "import sys\nfrom est_build.cli.main import main\n"
        f"try: main(['check', '--root', {str(slim_root)!r}])\n"
        "except SystemExit as done: assert not done.code\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Inga fel.\n[]\n"


def test_every_file_of_a_release_is_read_once(slim_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    plain = release.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path)
        return plain(path)

    monkeypatch.setattr(release, "read_bytes", counted)
    assert verdict(slim_root) == ()
    assert len(read) > 50
    assert len(read) == len(set(read))


def test_the_quick_way_is_the_one_that_is_taken(slim_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound release never reaches the reading row by row."""
    frame = load_frame(slim_root / "data")

    def refuse(*_: object) -> None:
        raise AssertionError("row by row")

    monkeypatch.setattr(release, "_ladder_problems", refuse)
    assert release.read_releases(frame)[1] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",5,9\n", ",6,10\n", "EST402"),
        (",5,9\n", ",05,9\n", None),
        (",5,9\n", ",5,\n", "EST402"),
        (",5,9\n", ",0,4\n", "EST402"),
        (",5,9\n", ",5,9 \n", None),
        (",5,9\n", ",5,9\r\n", None),
        (",5,9\n", ",fem,9\n", "EST205"),
        (",5,9\n", ",5,9,\n", "EST108"),
        ("kommun,ystad,alla", "kommun,ystad,alla ", None),
        ("kommun,ystad,alla", "kommun,skurup,alla", "EST401"),
        ("tabell,", "tabel,", "EST107"),
        ("kommun_grupp,ystad", "omrade_grupp,ystad", "EST401"),
    ],
)
def test_what_is_not_exact_is_read_row_by_row(instance: Path, old: str, new: str, code: str | None) -> None:
    """A fault gets its own code, and a spelling that means the same is none."""
    folder = (instance / "data" / REPORTS).parent
    text = (folder / "rapporter.csv").read_text(encoding="utf-8")
    assert old in text, text
    frame = load_frame(instance / "data")
    span = frame.calendar.span("2026-v45-46")
    assert span is not None
    changed = text.replace(old, new, 1)
    assert Plans(frame).of(span, "1286").exact(text) is not None
    assert Plans(frame).of(span, "1286").exact(changed) is None
    write(folder / "rapporter.csv", changed)
    attest(folder)
    found = release.read_release(frame, span, "1286")[1]
    assert code is None or code in {p.code for p in found}, found
    # The attestation counts hidden cells by their text: only the other faults are looked for here.
    if code is None:
        assert {p.code for p in found} <= {"EST405"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_the_quick_way_accepts_only_what_the_thorough_one_does(slim_root: Path, seed: int) -> None:
    frame = load_frame(slim_root / "data")
    span = frame.calendar.span("2026-v45-46")
    assert span is not None
    plan = Plans(frame).of(span, "1286")
    text = (slim_root / "data" / REPORTS).read_text(encoding="utf-8")
    dice = random.Random(seed)
    for _ in range(20):
        other = mutated(text, dice.randrange(2**32))
        found = plan.exact(other)
        if found is None:
            continue
        rows, problems = release.parse_csv(other, "rapporter.csv", release.ReportRow)
        lines = tuple(planned.ReportLine(release._address(r.value), r.value.fran, r.value.till) for r in rows)
        assert (lines, problems) == (found, [])
        assert release._ladder_problems(plan, rows, "x") == release._plan_problems(plan, lines, "x") == []


@settings(max_examples=400)
@given(
    size=st.sampled_from([2, 4, 9]),
    points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=8),
)
def test_a_simple_ring_is_a_valid_outline(size: int, points: list[tuple[int, int]]) -> None:
    ring = [(13 + (x % size) / 1e5, 55 + (y % size) / 1e5) for x, y in points]
    ring.append(ring[0])
    assert not is_simple(ring, 5) or Polygon(ring).is_valid


def test_most_rings_need_no_library(slim_root: Path) -> None:
    areas = json.loads((slim_root / "data/omraden.geojson").read_text(encoding="utf-8"))["features"]
    assert all(is_simple(area["geometry"]["coordinates"][0], 5) for area in areas)


# ---- the same verdict as a build ---------------------------------------------------------------


def refused(root: Path) -> bool:
    """Whether a build would stop at what the files say."""
    try:
        refuse_texts(load_instance(root / "data"))
        written_pages(root / "content", names_only())
    except ProblemsError:
        return True
    return False


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.sampled_from([*YAML, *CSV, *JSON, "../content/om.md", "../content/platser.yml"]),
        min_size=1,
        max_size=2,
        unique=True,
    ),
    seed=st.integers(0, 2**32),
)
def test_check_stops_exactly_what_a_build_would(slim_root: Path, names: list[str], seed: int) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = linked(slim_root, Path(folder) / "instans")
        for name in names:
            path = root / "data" / name
            text = mutated(path.read_text(encoding="utf-8"), dice.randrange(2**32))
            write(path, text.encode("utf-8", errors="surrogatepass"))
        found = verdict(root)
        assert any(p.kind.severity == "fel" for p in found) == refused(root)


def test_a_page_without_its_head_is_told(instance: Path) -> None:
    edit(instance / "content/om.md", "description:", "descripton:")
    done = run("check", "--root", str(instance))
    assert done.exit_code == 1
    assert "EST201  content/om.md" in done.stderr


def test_texts_are_scanned_also_when_another_file_has_a_fault(instance: Path) -> None:
    edit(instance / ACTION, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    path = instance / "data/fragor/2026-004.yml"
    edit(path, "Träden har vuxit in över lamporna.", "Ring 070-174 06 05 om träden.")
    found = {(p.code, p.place.file) for p in verdict(instance)}
    assert found == {("EST204", "atgarder/2026-017.yml"), ("EST412", "fragor/2026-004.yml")}


def test_no_text_is_blamed_when_what_it_may_say_cannot_be_read(instance: Path) -> None:
    """A mailbox of a plan that cannot be read is not thereby a person's."""
    edit(instance / "data/plan/ystad.yml", "kommun: 1286", "kommun: ystad")
    assert {p.place.file for p in verdict(instance)} == {"plan/ystad.yml"}


# ---- formats -----------------------------------------------------------------------------------


def test_places_lead_to_the_file_in_the_repository(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(instance / ACTION, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    edit(instance / "content/om.md", "description:", "descripton:")
    monkeypatch.chdir(instance)
    lines = run("check", "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=data/atgarder/2026-017.yml,title=EST204,line=")
    assert lines[0].endswith("https://trygghet.example/handbok/fel/#est204")
    assert lines[1].startswith("::error file=content/om.md,title=EST201")
    text = run("check", "--format", "markdown").stdout
    assert text.startswith(
        "**2 fel, 0 varningar.**\n\n### Fel\n\n- [EST204](https://trygghet.example/handbok/"
    )
    assert "data/atgarder/2026-017.yml rad " in text
    assert "content/om.md" in text


def test_repeats_are_one_annotation(instance: Path) -> None:
    path = instance / "data/perioder/2026-v45-46/bedomning.csv"
    write(path, path.read_text(encoding="utf-8").replace(",normalt,", ",normal,"))
    text = run("check", "--root", str(instance), "--format", "github").stdout
    assert text.count("::error") == 1
    assert "Samma fel på rad" in text
    assert "Kolumn B:" in text


@pytest.mark.parametrize(
    ("form", "wanted"),
    [("text", "Inga fel.\n"), ("json", "[]\n"), ("github", ""), ("markdown", "**Inga fel.**\n")],
)
def test_nothing_to_tell(instance: Path, form: str, wanted: str) -> None:
    done = run("check", "--root", str(instance), "--format", form)
    assert (done.exit_code, done.stdout, done.stderr) == (0, wanted, "")


def test_a_comment_holds_words_only(instance: Path) -> None:
    evil = "[x](https://ond.example) <img src=x> @alla ![y](z) `k` #1"
    edit(instance / ACTION, "horisont: lang", f"horisont: '{evil}'")
    text = run("check", "--root", str(instance), "--format", "markdown").stdout
    assert "ond.example" in text
    value = text.replace("[EST207](https://", "")
    assert re.search(r"<img|@alla|(?<!\\)[\[\]`#!](?=[xyk1(])", value) is None


# ---- only what has changed ---------------------------------------------------------------------


def test_warnings_of_what_has_not_changed_are_left_out(instance: Path) -> None:
    issue, action = "data/fragor/2026-004.yml", ACTION
    warned = "Träden har vuxit in. Här bor Anna Andersson."
    edit(instance / issue, "Träden har vuxit in över lamporna.", warned)
    git(instance, "init", "-q", "-b", "main")
    git(instance, "add", "data", "content")
    git(instance, "commit", "-q", "-m", "start")
    root = ("--root", str(instance))
    assert "EST424" in run("check", *root).stderr
    assert "EST424" not in run("check", *root, "--base", "main").stderr
    edit(instance / action, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    git(instance, "commit", "-q", "-am", "fel")
    done = run("check", *root, "--base", "main")
    assert (done.exit_code, "EST204" in done.stderr) == (1, True)
    edit(instance / issue, "Här bor", "Där bor")
    assert "EST424" in run("check", *root, "--base", "main").stderr


def test_a_base_that_is_not_there(instance: Path, tmp_path: Path) -> None:
    assert run("check", "--root", str(instance), "--base", "main").exit_code == 2
    git(instance, "init", "-q", "-b", "main")
    done = run("check", "--root", str(instance), "--base", "finns-inte")
    assert done.exit_code == 2
    assert "EST448" in done.stderr

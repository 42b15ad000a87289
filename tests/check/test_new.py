"""``new`` and ``doctor``: files that explain themselves, a new instance that builds, what is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from est_build.cli import doctor as doctors
from est_build.desk.site import Plan as SitePlan
from est_build.desk.site import Town, first_start, private_files, site_files
from est_build.load.frame import load_frame
from est_build.problems import ProblemsError
from est_build.protect.rawguard.places import role_of
from est_build.site.verdict import verdict
from tests.check.conftest import NORRBY, git, run
from tests.conftest import ROOT
from tests.public.instances import edit, write

ACTION = "data/atgarder/2026-017.yml"


def made(root: Path, *args: str) -> str:
    done = run("new", *args, "--root", str(root))
    assert done.exit_code == 0, done.output
    return str(done.output)


def codes(root: Path) -> list[str]:
    return [p.code for p in verdict(root) if p.kind.severity == "fel"]


# ---- one file ----------------------------------------------------------------------------------

TEN_LINES = """\
id: 2026-019
titel: Nya lampor vid hamnen
vad: Hamnen i Kivik får fyra nya lampor.
allman_varfor: Hamnen är mörk på kvällen.
omraden: [kivik]
horisont: snabb
typ: belysning
ansvarig: Simrishamns kommun, gata och park
beslutad: 2026-11-12
klar_senast: 2026-12-18
"""


def test_an_action_of_ten_lines_is_whole(instance: Path) -> None:
    assert len(TEN_LINES.splitlines()) == 10
    write(instance / "data/atgarder/2026-019.yml", TEN_LINES)
    assert verdict(instance) == ()
    lines = TEN_LINES.splitlines(keepends=True)
    for i in range(len(lines)):
        write(instance / "data/atgarder/2026-019.yml", "".join(lines[:i] + lines[i + 1 :]))
        assert len(codes(instance)) == 1, lines[i]


def test_a_status_needs_its_history(instance: Path) -> None:
    write(instance / "data/atgarder/2026-019.yml", TEN_LINES + "status: pagar\n")
    assert codes(instance) == ["EST201"]


def test_a_faulty_row_is_not_told_as_too_few_rows(instance: Path) -> None:
    history = "status: pagar\nhistorik:\n  - datum: 2026-11-32\n    status: pagar\n"
    write(instance / "data/atgarder/2026-019.yml", TEN_LINES + history)
    assert codes(instance) == ["EST204"]
    write(instance / "data/atgarder/2026-019.yml", TEN_LINES + "status: pagar\nhistorik: []\n")
    assert codes(instance) == ["EST215"]


def test_the_next_free_number_is_taken(instance: Path) -> None:
    assert "2026-019.yml" in made(instance, "atgard", "--ar", "2026")
    assert "2026-020.yml" in made(instance, "åtgärd", "--ar", "2026")
    assert "2027-001.yml" in made(instance, "action", "--ar", "2027")


@pytest.mark.parametrize(
    ("what", "file"),
    [
        (("atgard", "--ar", "2026"), "data/atgarder/2026-019.yml"),
        (("fraga", "--ar", "2026"), "data/fragor/2026-006.yml"),
        (("period",), "data/perioder/2026-v47-48/lagesbild.yml"),
        (("period", "2026-v49-50"), "data/perioder/2026-v49-50/lagesbild.yml"),
        (("kvartal",), "data/kvartal/2026-kv4/utvardering.yml"),
    ],
)
def test_a_new_file_says_what_is_left(instance: Path, what: tuple[str, ...], file: str) -> None:
    """Nothing but what is empty is wrong, and each is told on its own line."""
    told = made(instance, *what)
    path = instance / file
    text = path.read_text(encoding="utf-8")
    assert f"Skrev {path}." in told
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert schema is not None
    assert (ROOT / file).parent.joinpath(schema[1]).resolve().is_file()
    found = [p for p in verdict(instance) if p.kind.severity == "fel"]
    lines = text.splitlines()
    assert found
    for problem in found:
        assert problem.code in {"EST201", "EST320"}
        assert problem.place.line is not None
        assert problem.code != "EST201" or lines[problem.place.line - 1].endswith(":")
    missing = {problem.values["key"] for problem in found if problem.code == "EST201"}
    assert missing <= set(told.partition("Fyll i: ")[2].partition(".")[0].split(", "))
    done = run("new", *what, "--root", str(instance))
    assert ("EST611" in done.stderr) == (len(what) == 2 and what[0] == "period")


def test_every_field_is_explained(instance: Path) -> None:
    made(instance, "atgard", "--ar", "2026")
    text = (instance / "data/atgarder/2026-019.yml").read_text(encoding="utf-8")
    for field in ("protokoll", "uppfoljningar", "horisont", "ansvarig"):
        assert field in text
    assert "Organisation och enhet, aldrig en person." in text


def test_what_is_given_stands_in_the_file(instance: Path) -> None:
    evil = 'Nya "lampor": #1\n- x'
    made(
        instance,
        "atgard",
        "--ar",
        "2026",
        "--titel",
        evil,
        "--omrade",
        "kivik",
        "--fraga",
        "2026-004",
        "--kort",
    )
    path = instance / "data/atgarder/2026-019.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert data["titel"] == evil.replace("\n", " ")
    assert (data["omraden"], data["fragor"]) == (["kivik"], ["2026-004"])


@pytest.mark.parametrize("number", ["2026-017", "2026-009", "2026-018"])
def test_a_follow_up_is_one_row_more(instance: Path, number: str) -> None:
    path = instance / f"data/atgarder/{number}.yml"
    before = path.read_text(encoding="utf-8")
    made(instance, "uppfoljning", number)
    after = path.read_text(encoding="utf-8")
    kept = [line for line in after.splitlines() if line in before.splitlines()]
    assert "\n".join(kept).rstrip() == before.rstrip()
    told = {p.values["key"] for p in verdict(instance) if p.kind.severity == "fel"}
    assert told == {"genomforande", "effekt", "hur", "slutsats", "nasta"}
    assert {p.place.file for p in verdict(instance)} == {f"atgarder/{number}.yml"}


def test_a_follow_up_in_the_middle_of_a_file(instance: Path) -> None:
    path = instance / "data/atgarder/2026-009.yml"
    write(path, path.read_text(encoding="utf-8") + "\n# sist\nvisa_fore: ja\n")
    made(instance, "uppfoljning", "2026-009")
    text = path.read_text(encoding="utf-8")
    assert text.endswith("    nasta:\n\n# sist\nvisa_fore: ja\n")


def test_a_correction_comes_first(instance: Path) -> None:
    before = (instance / "data/rattelser.yml").read_text(encoding="utf-8")
    made(instance, "rattelse", "/lage/2026-v45-46/")
    after = (instance / "data/rattelser.yml").read_text(encoding="utf-8")
    assert after.index("/lage/2026-v45-46/") < after.index("/lage/2026-v37-38/")
    assert after.endswith(before.partition("rattelser:\n")[2])
    (instance / "data/rattelser.yml").unlink()
    made(instance, "rattelse", "/lage/2026-v45-46/")
    assert set(codes(instance)) == {"EST201"}
    write(instance / "data/rattelser.yml", 'format: "1"\nrattelser: []\n')
    made(instance, "rattelse", "/lage/2026-v45-46/")
    assert set(codes(instance)) == {"EST201"}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("uppfoljning", "2026-071"), "EST614"),
        (("period", "2026-v46-47"), "EST309"),
        (("kvartal", "2026-kv5"), "EST309"),
        (("period", "2026-v45-46"), "EST611"),
    ],
)
def test_what_cannot_be_made(instance: Path, args: tuple[str, ...], code: str) -> None:
    before = set(instance.rglob("*"))
    done = run("new", *args, "--root", str(instance))
    assert done.exit_code == 1
    assert code in done.stderr
    assert set(instance.rglob("*")) == before


def test_the_calendar_may_end(instance: Path) -> None:
    last = load_frame(instance / "data").calendar.periods[-1].id
    write(instance / f"data/perioder/{last}/lagesbild.yml", "format: 1\n")
    assert "EST613" in run("new", "period", "--root", str(instance)).stderr


def test_a_broken_action_gets_no_row(instance: Path) -> None:
    edit(instance / ACTION, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    before = (instance / ACTION).read_bytes()
    assert "EST204" in run("new", "uppfoljning", "2026-017", "--root", str(instance)).stderr
    assert (instance / ACTION).read_bytes() == before


# ---- a whole instance --------------------------------------------------------------------------


def test_a_new_instance_has_no_fault(norrby: Path) -> None:
    assert verdict(norrby) == ()
    for path in norrby.rglob("*"):
        if path.is_file():
            name = path.relative_to(norrby).as_posix()
            assert role_of(name) is not None, name
            if path.suffix == ".png":
                continue
            assert "$" not in path.read_text(encoding="utf-8") or path.suffix in {".yml", ".json"} or (
                path.name == "Makefile"
            ), name  # fmt: skip


def test_a_new_instance_builds_with_make(norrby: Path, tmp_path: Path) -> None:
    copy = tmp_path / "norrby"
    shutil.copytree(norrby, copy)
    program = Path(sys.executable).parent / "est-build"
    done = subprocess.run(
        ["make", "site", f"EST={program}"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    start = (copy / "site/index.html").read_text(encoding="utf-8")
    assert "Tryggt i Norrby" in start
    assert "Webbplatsen är ny." in start
    assert "påhittade" not in start
    assert (copy / "site/omraden/asen/index.html").is_file()


def test_the_next_period_can_be_prepared(norrby: Path, tmp_path: Path) -> None:
    """The first quarter and year can be whole: the store knows the period without a survey."""
    data, store = tmp_path / "data", tmp_path / "privat"
    shutil.copytree(norrby / "data", data)
    shutil.copytree(norrby.parent / "privat", store)
    period = load_frame(data).calendar.periods[1].id
    done = run("prepare", "--utan-insamling", "--period", period, "--data", str(data), "--forrad", str(store))
    assert done.exit_code == 0, done.output
    assert "EST517" not in done.output


def test_an_answer_that_names_a_group_only_is_told(norrby: Path, tmp_path: Path) -> None:
    data, store = tmp_path / "data", tmp_path / "privat"
    shutil.copytree(norrby / "data", data)
    shutil.copytree(norrby.parent / "privat", store)
    register = "organisation,sektor,kommun,omraden,fran,till,inbjuden\nNorrby skola,skola,0180,,,,ja\n"
    (store / "medlemmar.csv").write_text(register, encoding="utf-8")
    export = tmp_path / "svar.csv"
    export.write_text(
        "svar_id,inskickat,organisation,sektor,kommun,omrade,kategori,miljo,veckodag,tid,fritext\n"
        "1,2026-12-02 10:00,Norrby skola,skola,0180,ekby,trafik,gata,,,\n",
        encoding="utf-8",
    )
    period = load_frame(data).calendar.periods[1].id
    where = ("--period", period, "--data", str(data), "--forrad", str(store))
    done = run("prepare", str(export), *where)
    assert "EST525" in done.stderr, done.output


def test_the_private_files_are_private_and_kept(norrby: Path, tmp_path: Path) -> None:
    store = norrby.parent / "privat"
    assert (store / "enkat.yml").stat().st_mode & 0o077 == 0
    assert set(private_files()) == {"enkat.yml", "medlemmar.csv"}
    assert not any((norrby / name).exists() for name in private_files())
    own = tmp_path / "privat"
    own.mkdir()
    (own / "enkat.yml").write_text('format: "1"\nverktyg: Egen\n', encoding="utf-8")
    run("new", "site", str(tmp_path / "ny"), *NORRBY, "--forrad", str(own))
    assert "Egen" in (own / "enkat.yml").read_text(encoding="utf-8")


def test_several_municipalities_without_areas(tmp_path: Path) -> None:
    args = [*NORRBY, "--kommun", "0181:Söderby:4000"]
    args = [a for i, a in enumerate(args) if a != "--omrade" and args[i - 1] != "--omrade"]
    done = run("new", "sajt", str(tmp_path / "ny"), *args, "--forrad", str(tmp_path / "privat"))
    assert done.exit_code == 0, done.output
    assert verdict(tmp_path / "ny") == ()


def test_what_is_not_given_is_asked_for(tmp_path: Path) -> None:
    done = run("new", "sajt", str(tmp_path / "ny"), "--forrad", str(tmp_path / "privat"),
               feed="0180:Norrby:9000\n\n\n\n\n")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Kommun (kod:namn:invånare)" in done.stderr
    assert 'namn: "Tryggt i Norrby"' in (tmp_path / "ny/data/webbplats.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["Ystad", "1286", "1286:", "12860:Ystad", "1286:Ystad:många", "1286:§:1"])
def test_a_municipality_that_cannot_be_read(tmp_path: Path, value: str) -> None:
    args = [value if a == "0180:Norrby:9000" else a for a in NORRBY]
    done = run("new", "sajt", str(tmp_path / "ny"), *args, "--forrad", str(tmp_path / "privat"))
    assert done.exit_code == 1
    assert "EST616" in done.stderr
    assert not (tmp_path / "ny").exists()


def test_a_folder_that_is_not_empty_is_left(tmp_path: Path) -> None:
    (tmp_path / "ny").mkdir()
    (tmp_path / "ny/min.txt").write_text("x")
    done = run("new", "sajt", str(tmp_path / "ny"), *NORRBY, "--forrad", str(tmp_path / "privat"))
    assert done.exit_code == 1
    assert "EST612" in done.stderr
    assert [p.name for p in (tmp_path / "ny").iterdir()] == ["min.txt"]


def test_a_store_in_a_repository_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    done = run("new", "sajt", str(tmp_path / "ny"), *NORRBY, "--forrad", str(tmp_path / "privat"))
    assert done.exit_code == 1
    assert "EST501" in done.stderr
    assert not (tmp_path / "ny").exists()


def test_nothing_is_left_when_it_fails(tmp_path: Path) -> None:
    store = tmp_path / "privat"
    store.mkdir()
    (store / "enkat.yml").write_text("a: [\n", encoding="utf-8")
    done = run("new", "sajt", str(tmp_path / "ny"), *NORRBY, "--forrad", str(store))
    assert done.exit_code == 1
    assert not (tmp_path / "ny").exists()


def test_the_same_answers_give_the_same_files() -> None:
    import datetime as dt

    plan = SitePlan("Å", "B", "a@b.example", "https://a.example/", (Town("0180", "Norrby", 1),), (),
                    first_start(dt.date(2026, 11, 22)), "est-build")  # fmt: skip
    assert site_files(plan) == site_files(plan)
    assert first_start(dt.date(2026, 11, 15)) == dt.date(2026, 11, 2)


def test_the_instance_keeps_step_with_the_repository() -> None:
    """Pinned actions, settings of the engine and words are those of this repository."""
    folder = ROOT / "est_build/desk/mall"
    here = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / ".github/workflows").glob("*.yml"))
    for path in (folder / "arbetsfloden").glob("*.yml"):
        for line in re.findall(r"uses: (\S+ # \S+)", path.read_text(encoding="utf-8")):
            assert line in here, line
    own, ours = ((p / "mkdocs.yml").read_text(encoding="utf-8").splitlines() for p in (folder, ROOT))
    different = [line for line in ours if line not in own]
    assert [line.partition(":")[0] for line in different] == ["site_name", "site_url", "site_description"]


# ---- doctor ------------------------------------------------------------------------------------


def visit(root: Path, store: Path, *more: str) -> tuple[int, str]:
    done = run("doctor", "--root", str(root), "--forrad", str(store), *more)
    assert isinstance(done.exception, SystemExit | None)
    return done.exit_code, done.output


def test_the_doctor_is_content_when_all_is_there(norrby: Path, tmp_path: Path) -> None:
    root, store = tmp_path / "norrby", tmp_path / "privat"
    shutil.copytree(norrby, root)
    shutil.copytree(norrby.parent / "privat", store)
    code, text = visit(root, store)
    assert code == 1
    for word in ("inget git-förråd", "Kartan är en platshållare", "Inga medlemmar"):
        assert word in text
    git(root, "init", "-q", "-b", "min-gren")
    assert run("vakt", "--installera", "--root", str(root)).exit_code == 0
    areas = root / "data/omraden.geojson"
    areas.write_text(areas.read_text(encoding="utf-8").replace("platshållare", "gränser"), encoding="utf-8")
    (store / "medlemmar.csv").write_text("organisation,sektor\nx,y\n", encoding="utf-8")
    code, text = visit(root, store)
    assert (code, "saknas" in text) == (0, False), text


@pytest.mark.parametrize("tool", ["git", "make"])
def test_a_tool_that_is_missing_is_2(norrby: Path, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    plain = shutil.which
    monkeypatch.setattr(doctors.shutil, "which", lambda name: None if name == tool else plain(name))
    code, text = visit(norrby, norrby.parent / "privat")
    assert code == 2
    assert f"apt-get install {tool}" in text


def test_an_old_python_is_2(norrby: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctors, "NEEDED", (9, 0))
    assert visit(norrby, norrby.parent / "privat")[0] == 2


def test_workflows_in_a_misspelt_folder(norrby: Path, tmp_path: Path) -> None:
    root = tmp_path / "norrby"
    shutil.copytree(norrby, root)
    (root / ".github/workflows").rename(root / ".github/workflow")
    assert "ska heta .github/workflows" in visit(root, tmp_path)[1]


def test_the_doctor_in_an_empty_folder(tmp_path: Path) -> None:
    code, text = visit(tmp_path, tmp_path / "privat")
    assert code == 1
    assert "Här finns ingen instans" in text
    assert "enkat.yml finns inte" in text
    assert "There is no enkat.yml" in visit(tmp_path, tmp_path / "privat", "--lang", "en")[1]


def test_faults_and_a_store_in_git_are_told(instance: Path) -> None:
    git(instance, "init", "-q", "-b", "main")
    edit(instance / ACTION, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    text = visit(instance, instance / "privat")[1]
    assert "1 fel i filerna" in text
    assert "ligger i ett git-förråd" in text
    assert "på grenen main" in text


def test_an_audit_without_git_says_so(instance: Path) -> None:
    assert "EST458" in run("audit", "--root", str(instance)).stderr


def test_an_option_is_a_problem_with_a_hint() -> None:
    with pytest.raises(ProblemsError, match="EST616"):
        from est_build.desk.site import areas_of

        areas_of(("9999:Ekby:1",), (Town("0180", "Norrby", 1),))

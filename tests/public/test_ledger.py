"""An address that has been published never dies, and a closed text changes with a correction only."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from est_build.cli.ledger import write_ledger
from est_build.model.published import load_published
from est_build.problems import ProblemsError
from est_build.publish.ledger import FILE, NARROWED, ledger_file, ledger_problems, read_ledger, rows_of
from est_build.schema.tables import LEDGER_COLUMNS, LedgerRow
from est_build.site.build import build_site
from tests.check.conftest import run
from tests.public import instances
from tests.public.conftest import BuiltSite

PICTURE = "data/perioder/2026-v45-46/lagesbild.yml"
ADDRESS = "/lage/2026-v45-46/"
FIX = """\
format: "1"
rattelser:
  - datum: 2026-11-25
    galler: /lage/2026-v45-46/
    vad_var_fel: Sammanfattningen nämnde fel vecka.
    vad_andrades: Veckan är rätt nu.
    paverkar_slutsatser: nej
"""


@pytest.fixture(scope="module")
def begun(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the slim example with a ledger. Nobody may change it."""
    root = instances.linked(slim_root, tmp_path_factory.mktemp("liggare") / "exempel")
    assert write_ledger(root) > 300
    return root


@pytest.fixture
def instance(begun: Path, tmp_path: Path) -> Path:
    """Return a copy of it to change."""
    return instances.linked(begun, tmp_path / "instans")


def said(root: Path) -> list[tuple[str, str]]:
    """Codes and addresses of closed texts that would stop a build, if no address is lost."""
    ledger, problems = read_ledger(root / "data")
    now = rows_of(load_published(root / "data"), [row.adress for row in ledger])
    problems += ledger_problems(ledger, now)
    return [(problem.code, str(problem.values["value"])) for problem in problems]


def stops(root: Path) -> list[tuple[str, str]]:
    """Codes and addresses that stop a build."""
    try:
        build_site(root, root / "site", only_stage=True)
    except ProblemsError as error:
        return [(problem.code, str(problem.values["value"])) for problem in error.problems]
    return []


def rewrite(root: Path, name: str, **values: object) -> None:
    """Change keys of a YAML file."""
    data = yaml.load((root / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    instances.write(root / name, yaml.safe_dump({**data, **values}, allow_unicode=True, default_style="'"))


# ---- the example -------------------------------------------------------------------------------


def test_the_ledger_of_the_example_is_in_step(repo_root: Path, built: BuiltSite) -> None:
    rows, problems = read_ledger(repo_root / "data")
    assert problems == []
    named = {row.adress for row in rows}
    for address in named:
        assert built.path(address).is_file(), address
    assert {page for page in built.pages if page != "/404.html"} <= named
    assert {f"/data/{p.name}" for p in (built.site / "data").glob("*.*")} <= named
    assert rows_of(built.published, named) == tuple(sorted(rows, key=lambda row: row.adress))
    closed = [row.adress for row in rows if row.sha256]
    published = built.published
    wanted = len(published.texts.pictures) + len(published.texts.evaluations) + len(published.texts.reviews)
    assert len(closed) == wanted > 100


# ---- what stops a build ------------------------------------------------------------------------


def test_a_site_with_nothing_lost_is_built(instance: Path) -> None:
    done = run("build", "--root", str(instance), "--bara-underlag")
    assert done.exit_code == 0
    assert "EST607" not in done.output


def test_what_is_gone_is_named(instance: Path) -> None:
    shutil.rmtree(instance / "data/perioder/2026-v43-44")
    (instance / "content/delta.md").unlink()
    rewrite(instance, PICTURE, sammanfattning="Allt är lugnt.")
    done = run("build", "--root", str(instance))
    assert done.exit_code == 1
    for address in (
        "/lage/2026-v43-44/",
        "/lage/2026-v43-44/rapport.html",
        "/aterkoppling/2026-v43-44/ystad/brev.html",
        "/delta/",
    ):
        assert f"Adressen {address} finns inte längre" in done.stderr
    assert f"Texten på {ADDRESS} har ändrats" in done.stderr
    assert "EST605" in done.stderr
    assert not (instance / "site").exists()


def test_a_text_that_changes_in_silence_is_named(instance: Path) -> None:
    rewrite(instance, PICTURE, sammanfattning="Allt är lugnt.")
    assert said(instance) == [("EST606", ADDRESS)]
    with pytest.raises(ProblemsError):
        write_ledger(instance)


def test_a_judgement_that_changes_in_silence_is_named(instance: Path) -> None:
    path = instance / "data/perioder/2026-v45-46/bedomning.csv"
    instances.write(
        path, path.read_text(encoding="utf-8").replace("Särskilda", "S").replace("pågår", "dröjer")
    )
    assert said(instance) == [("EST606", ADDRESS)]


def test_a_text_with_its_correction_may_change(instance: Path) -> None:
    rewrite(instance, PICTURE, sammanfattning="Allt är lugnt.")
    instances.write(instance / "data/rattelser.yml", FIX)
    assert said(instance) == []
    assert write_ledger(instance) == 0
    # One correction is leave to change once.
    rewrite(instance, PICTURE, sammanfattning="Allt är mycket lugnt.")
    assert said(instance) == [("EST606", ADDRESS)]


def test_what_comes_later_takes_nothing_back(instance: Path) -> None:
    note = {"kontrollerad": "2026-11-20", "text": "Vi har tittat på det."}
    rewrite(instance, PICTURE, lattlast="Det är lugnt.", sammanfattning_en="Calm.", markeringar=[note])
    path = instance / PICTURE
    instances.write(path, "# en kommentar\n" + path.read_text(encoding="utf-8"))
    assert said(instance) == []


def test_a_choice_that_nothing_falls_under_still_answers(instance: Path) -> None:
    text = "adress,sha256,rattelser\n/atgarder/ansvarig/nagon-annan/,,0\n/atgarder/status/pausad/,,0\n"
    instances.write(instance / "data" / FILE, text)
    assert stops(instance) == []
    page = instance / "build/fragments/atgarder/ansvarig/nagon-annan.html"
    assert "Inga åtgärder just nu" in page.read_text(encoding="utf-8")


def test_what_the_ledger_lacks_is_said(instance: Path) -> None:
    path = instance / "data" / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    instances.write(path, "\n".join(line for line in lines if "/plan/" not in line) + "\n")
    done = run("build", "--root", str(instance), "--bara-underlag")
    assert done.exit_code == 0
    assert "EST607" in done.stderr
    assert run("liggare", "--root", str(instance)).stdout.startswith("6 nya adresser")
    assert path.read_text(encoding="utf-8").splitlines() == lines
    assert run("liggare", "--root", str(instance)).stdout.startswith("Alla adresser står redan")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("/a b/,,0", "EST2"),
        ("https://ond.example/,,0", "EST2"),
        ("/x/,kort,0", "EST2"),
        ("/x/,,många", "EST2"),
        ("/,,0", "EST111"),
        ("/x/,,0,=cmd", "EST"),
    ],
)
def test_a_damaged_ledger_is_told_by_its_line(instance: Path, row: str, code: str) -> None:
    path = instance / "data" / FILE
    instances.write(path, path.read_text(encoding="utf-8") + row + "\n")
    _, problems = read_ledger(instance / "data")
    problem = problems[0]
    assert problem.place.file == FILE
    assert problem.code.startswith(code), problem.message()


# ---- properties --------------------------------------------------------------------------------

rows = st.lists(
    st.builds(
        LedgerRow,
        adress=st.from_regex(r"\A/[a-z]{1,4}/\Z"),
        sha256=st.sampled_from(["", "a" * 64, "b" * 64]),
        rattelser=st.integers(0, 3),
    ),
    max_size=8,
)


@given(rows, rows)
def test_nothing_is_ever_taken_out(old: list[LedgerRow], new: list[LedgerRow]) -> None:
    written = ledger_file(old, new).decode()
    lines = written.splitlines()
    assert lines[0] == ",".join(LEDGER_COLUMNS)
    named = [line.partition(",")[0] for line in lines[1:]]
    assert named == sorted({row.adress for row in (*old, *new)})
    again = [LedgerRow(**dict(zip(LEDGER_COLUMNS, line.split(","), strict=True))) for line in lines[1:]]
    assert ledger_file(again, new).decode() == written


def test_a_new_field_of_the_format_changes_no_old_text(repo_root: Path) -> None:
    """What a text does not say is no part of its mark, whatever the format gives in its place."""
    published = load_published(repo_root / "data")
    span, picture = next(iter(published.texts.pictures.items()))
    said = picture.model_dump(mode="json", exclude_defaults=True)
    whole = type(picture).model_validate({**picture.model_dump(mode="json"), **said})
    texts = replace(published.texts, pictures={span: whole})
    address = f"/lage/{span}/"
    assert rows_of(replace(published, texts=texts), [address]) == rows_of(published, [address])
    assert all(name.startswith("/atgarder/") for name in NARROWED)

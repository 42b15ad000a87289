"""Power cuts: a run that is killed anywhere leaves data/ as it was, or whole after the next run."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from est_build.model.published import load_published
from est_build.prepare.publish import JOURNAL, STAGE, recover
from est_build.prepare.run import PrepareResult, prepare
from est_build.problems import ProblemsError

from .conftest import first_book
from .instance import FIRST, NORRBY, SECOND, Book, Instance, digest, make_instance

WORKSHOP = f"data/{STAGE}"


def published(instance: Instance) -> dict[str, str]:
    """``data/`` without the workshop of an unfinished run, and without folders that hold nothing."""
    every = digest(instance.data)
    files = {p.relative_to(instance.data).as_posix() for p in instance.data.rglob("*") if p.is_file()}
    return {k: v for k, v in every.items() if k.removeprefix("data/") in files and not k.startswith(WORKSHOP)}


def store_content(instance: Instance) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the store holds."""
    with sqlite3.connect(instance.store / "svar.sqlite3") as db:
        tables = ("period", "invited", "answer", "report")
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall()) for table in tables}


def rerun(instance: Instance) -> PrepareResult:
    """What the coordinator does: the same command again."""
    return prepare(instance.request(SECOND, instance.private / "export.csv", municipalities=(NORRBY,)))


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of an instance in which the run that completes quarter and year died at every step."""
    work = tmp_path_factory.mktemp("avbrott")
    instance = make_instance(work / "prov")
    instance.run(first_book())
    instance.export(Book(SECOND).safe(omrade="ekby").rows)
    done = subprocess.run(
        [sys.executable, "-m", "tests.private.killer", str(work), SECOND, NORRBY],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return work


def test_killed_at_every_step(killed: Path) -> None:
    """Before recovery: whole releases only. After it: all or nothing. After the rerun: the same bytes."""
    before, after = published(Instance(killed / "prov")), published(Instance(killed / "hel"))
    wanted = store_content(Instance(killed / "hel"))
    copies = sorted(p for p in killed.iterdir() if p.name.isdigit())
    finished = 0
    assert len(copies) > 60
    for copy in copies:
        instance = Instance(copy)
        state = published(instance)
        assert before.items() <= state.items() <= after.items(), copy.name
        # What is there is whole: a release is never seen without one of its files.
        names = {(p.parent.parent.name, p.parent.name) for p in instance.data.rglob("*/99??/*.*")
                 if STAGE not in p.parts}  # fmt: skip
        assert set(load_published(instance.data).figures) == names, copy.name
        if int(copy.name) % 2:
            recovered = recover(instance.data)
            state = published(instance)
            assert state == (after if recovered else state)
            assert state in (before, after), copy.name
            assert not (instance.data / STAGE).exists()
        if state == after and not (instance.data / STAGE / JOURNAL).exists():
            finished += 1  # all was moved: what is asked for is closed
            with pytest.raises(ProblemsError, match="EST503"):
                rerun(instance)
        else:
            result = rerun(instance)
            finished += result.recovered
            assert result.report.is_file()
            assert len(result.folders) == 3
        assert published(instance) == after, copy.name
        assert store_content(instance) == wanted, copy.name
        assert not (instance.data / STAGE).exists()
    assert finished > 10, "inget avbrott träffade flytten"


def test_the_next_fortnight_finishes_the_last(killed: Path, tmp_path: Path) -> None:
    """The coordinator forgot that it broke off: two weeks later the new run puts it right first."""
    instance = Instance(tmp_path / "prov")
    shutil.copytree(killed / "prov", instance.root)
    release, stage = instance.release(SECOND), instance.data / STAGE / "perioder" / SECOND / NORRBY
    shutil.copytree(killed / "hel" / release.relative_to(instance.root), stage)
    (instance.data / STAGE / JOURNAL).write_text(f'["perioder/{SECOND}/{NORRBY}"]', encoding="utf-8")
    result = instance.run(Book("2026-v51-52").safe(omrade="ekby"))
    assert result.recovered
    assert release.is_dir()
    assert instance.release("2026-v51-52").is_dir()


# ---- a journal that somebody else put there -----------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "[", "{}", "7", '["../../utanfor"]', '["perioder/../../utanfor"]', '["/etc"]', "[1]",
     '["perioder/2027-v02-03/9901", "fragor"]', '["perioder/x/9901/../../../.."]'],
)  # fmt: skip
def test_a_journal_that_is_not_ours_moves_nothing(begun: Instance, text: str) -> None:
    """The folder lies in the repository: whoever can write to it could leave such a file."""
    (begun.root / "utanfor").mkdir()
    before = digest(begun.data)
    stage = begun.data / STAGE
    (stage / "perioder" / SECOND / NORRBY).mkdir(parents=True)
    (stage / "fragor").mkdir()
    (stage / JOURNAL).write_text(text, encoding="utf-8")
    assert recover(begun.data) == ()
    assert digest(begun.data) == before


def test_a_workshop_that_is_a_link(begun: Instance) -> None:
    """Nothing outside data/ is moved or removed."""
    other = begun.root / "annat"
    (other / "viktigt").mkdir(parents=True)
    (other / JOURNAL).write_text(f'["perioder/{SECOND}/{NORRBY}"]', encoding="utf-8")
    (begun.data / STAGE).symlink_to(other)
    assert recover(begun.data) == ()
    assert (other / "viktigt").is_dir()
    assert not (begun.data / STAGE).is_symlink()


def test_an_old_journal_never_overwrites_a_closed_release(begun: Instance) -> None:
    """The run broke off, and meanwhile a colleague published the same fortnight."""
    folder = begun.data / STAGE / "perioder" / FIRST / NORRBY
    folder.mkdir(parents=True)
    (folder / "rapporter.csv").write_text("falsk", encoding="utf-8")
    (begun.data / STAGE / JOURNAL).write_text(f'["perioder/{FIRST}/{NORRBY}"]', encoding="utf-8")
    before = digest(begun.release(FIRST))
    result = begun.run(Book(SECOND).safe())
    assert not result.recovered
    assert digest(begun.release(FIRST)) == before
    assert not (begun.data / STAGE).exists()

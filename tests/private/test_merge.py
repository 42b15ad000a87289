"""Municipalities prepared apart and joined give what one run gives; nothing else can be joined."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from est_build.prepare.merge import merge_data
from est_build.prepare.run import PrepareRequest, prepare
from est_build.problems import ProblemsError
from est_build.protect.files import ATTESTATION

from .conftest import first_book
from .instance import FIRST, NORRBY, SECOND, SODERBY, Book, Instance, make_instance


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def second_book() -> Book:
    """Nobody in Söderby answers."""
    return Book(SECOND).safe(omrade="ekby").add("Norrby bostäder", 3, omrade="asen")


def prepared(root: Path, towns: tuple[str, ...] | None) -> Instance:
    """Both fortnights, and so the quarter and the year, of some municipalities."""
    instance = make_instance(root)
    for book in (first_book(), second_book()):
        instance.run(book, municipalities=towns, silent=towns is not None)
    return instance


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Instance, Instance, Instance]:
    """Return the whole, and the two municipalities apart."""
    root = tmp_path_factory.mktemp("delar")
    return prepared(root / "hel", None), prepared(root / "a", (NORRBY,)), prepared(root / "b", (SODERBY,))


Shards = tuple[Instance, Instance, Instance]


def codes(error: pytest.ExceptionInfo[ProblemsError]) -> list[str]:
    return [p.code for p in error.value.problems]


def test_the_parts_joined_are_the_whole(shards: Shards, tmp_path: Path) -> None:
    whole, *parts = shards
    for order in (parts, parts[::-1]):
        data = make_instance(tmp_path / order[0].root.name).data
        arguments = ["foga", "data", *(str(part.data) for part in order), "--data", str(data)]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        assert "Skrev 8 mappar" in done.output
        assert tree(data) == tree(whole.data)
    # Again, and with the whole itself: everything is there.
    assert merge_data(data, [parts[0].data, whole.data]) == []
    assert tree(data) == tree(whole.data)


def test_parts_may_come_one_at_a_time(shards: Shards, tmp_path: Path) -> None:
    whole, *parts = shards
    data = make_instance(tmp_path / "prov").data
    for part in parts:
        assert len(merge_data(data, [part.data])) == 4
    assert tree(data) == tree(whole.data)


def test_a_silent_municipality_is_asked_about(tmp_path: Path) -> None:
    """The right export with nobody in it, or the wrong export? Whoever shares out the work says which."""
    tiny = make_instance(tmp_path / "prov")
    export = tiny.export(second_book().rows)
    request = tiny.request(SECOND, export, municipalities=(SODERBY,))
    with pytest.raises(ProblemsError) as error:
        prepare(request)
    assert codes(error) == ["EST511"]
    arguments = [
        "prepare",
        str(export),
        "--period",
        SECOND,
        "--data",
        str(tiny.data),
        "--enkat",
        str(tiny.survey),
    ]
    arguments += ["--forrad", str(tiny.store), "--kommun", SODERBY, "--utan-svar"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    # An export of another time is the wrong one all the same.
    late: PrepareRequest = tiny.request(FIRST, export, municipalities=(SODERBY,), silent=True)
    with pytest.raises(ProblemsError) as error:
        prepare(late)
    assert codes(error) == ["EST511"]


def refused(data: Path, *parts: Path) -> list[str]:
    before = tree(data)
    with pytest.raises(ProblemsError) as error:
        merge_data(data, parts)
    assert tree(data) == before
    return codes(error)


def test_other_rules_are_refused(shards: Shards, tmp_path: Path) -> None:
    data = make_instance(tmp_path / "prov").data
    part = Path(shutil.copytree(shards[1].data, tmp_path / "del"))
    for name in ("skydd.yml", "webbplats.yml", "kalender.csv", "omraden.geojson"):
        (data / name).write_text((data / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert "EST646" in refused(data, part, shards[2].data), name
        shutil.copy(part / name, data / name)
    (part / "skydd").mkdir()
    (part / "skydd/2020.yml").write_text('format: "1"\n', encoding="utf-8")
    assert refused(data, part) == ["EST646"]


def test_the_same_release_with_other_figures_is_refused(shards: Shards, tmp_path: Path) -> None:
    other = make_instance(tmp_path / "annan")
    other.run(Book(FIRST).safe(omrade="asen"), municipalities=(NORRBY,))
    data = make_instance(tmp_path / "prov").data
    assert refused(data, shards[1].data, other.data) == ["EST646"]
    merge_data(data, [shards[1].data])
    assert refused(data, other.data) == ["EST646"]


def test_a_part_that_was_touched_is_refused(shards: Shards, tmp_path: Path) -> None:
    data = make_instance(tmp_path / "prov").data
    part = Path(shutil.copytree(shards[1].data, tmp_path / "del"))
    report = part / "perioder" / FIRST / NORRBY / "rapporter.csv"
    report.write_bytes(report.read_bytes().replace(b",5,9", b",10,14", 1))
    assert refused(data, part) == ["EST404"]
    (part / "svar.csv").write_text("x", encoding="utf-8")
    report.unlink()
    assert "EST316" in refused(data, part)


def test_a_full_disk_changes_nothing(shards: Shards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from est_build.prepare import publish

    data = make_instance(tmp_path / "prov").data
    before = tree(data)

    def full(path: Path, content: bytes) -> None:
        if path.name == ATTESTATION:
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(publish, "_write", full)
    with pytest.raises(ProblemsError) as error:
        merge_data(data, [shards[1].data])
    assert codes(error) == ["EST520"]
    assert tree(data) == before

"""``prepare --gissa``: proposes, says what it does not know, writes nothing over, repeats nobody's words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from est_build.cli.main import main
from est_build.load.frame import load_frame
from est_build.prepare.coding import code_export
from est_build.prepare.export import EPOCH, read_tables
from est_build.prepare.guess_times import forms_for
from est_build.prepare.moment import moment
from est_build.prepare.settings import load_settings
from est_build.prepare.tools import SURVEY123, UNKNOWN

from .instance import FIRST, Instance, digest
from .refusal import said_of
from .replies import form_of, local, replies, write
from .tool_exports import EXPORTS, Table, csv_bytes

OWN = ("ID", "Start time", "Completion time", "Email", "Name")
ASKED = (
    "Vilken verksamhet?",
    "Kommun",
    "Var?",
    "Vad hände?",
    "Miljö",
    "Veckodag",
    "Tid på dygnet",
    "Berätta mer",
)
ROWS = (
    ("Norrby skola", "Norrby", "Ekby", "Klotter", "Torg och centrum", "Fredag", "Kväll", "KANARIE om Kim"),
    ("Norrby park", "Norrby", "Åsen", "Bus på torget", "Torg och centrum", "Måndag", "Natt", "KANARIE igen"),
    ("Söderby skola", "Söderby", "Vik", "Nedskräpning", "Park och grönområde", "Tisdag", "Morgon", ""),
    ("Söderby handel", "Söderby", "Berga", "Bristande belysning", "Hållplats", "Söndag", "Kväll", ""),
)


def own_form(*, when: str = "2026-12-30 10:{:02d}:00", extra: str = "") -> Table:
    """A form of somebody's own in Microsoft Forms, saved as CSV."""
    rows: Table = [[*OWN, *ASKED, *([extra] if extra else [])]]
    for i, cells in enumerate(ROWS, start=1):
        moment_ = when.format(i)
        rows.append(
            [i, moment_, moment_, f"kim{i}@prov.example", "Kim Testsson", *cells, *(["?"] if extra else [])]
        )
    return rows


def ask(instance: Instance, *paths: Path, lang: str = "sv") -> Result:
    arguments = ["prepare", *map(str, paths), "--gissa", "--data", str(instance.data), "--lang", lang]
    return CliRunner().invoke(main, [*arguments, "--enkat", str(instance.survey)])


def test_a_form_of_somebodys_own(tiny: Instance) -> None:
    """Recognised by its answers; the word without a code is pointed out, ready to be given one."""
    tiny.survey.unlink()
    path = write(tiny.private / "svar.csv", csv_bytes(own_form()))
    result = ask(tiny, path)
    assert result.exit_code == 0, result.output
    text = tiny.survey.read_text(encoding="utf-8")
    assert result.stdout == text
    found = yaml.safe_load(text)
    assert found["verktyg"] == "Microsoft Forms"
    assert found["kolumner"] == {
        "organisation": "Vilken verksamhet?", "kommun": "Kommun", "omrade": "Var?", "kategori": "Vad hände?",
        "miljo": "Miljö", "veckodag": "Veckodag", "tid": "Tid på dygnet", "fritext": "Berätta mer",
    }  # fmt: skip
    assert "kategori: de här orden saknar kod: ”Bus på torget”." in result.stderr
    for secret in ("KANARIE", "Testsson", "@prov"):
        assert secret not in result.output
    commented = text.replace("# varden:", "varden:").replace("#   kategori:", "  kategori:")
    told = commented.replace("#     Bus på torget:", "    Bus på torget: ordning.brak")
    assert told != text
    tiny.survey.write_text(told, encoding="utf-8")
    frame = load_frame(tiny.data)
    span = frame.calendar.span(FIRST)
    assert span is not None
    coded = code_export(read_tables([path]), load_settings(tiny.survey, frame), frame, span, ["9901", "9902"])
    assert [(r.area, r.category, r.time) for r in coded.reports] == [
        ("ekby", "skadegorelse.klotter", "helg-kvall"),
        ("asen", "ordning.brak", "vardag-natt"),
        ("vik", "nedskrapning.skrap", "vardag-formiddag"),
        ("berga", "otrygg-utformning.belysning", "vardag-kvall"),
    ]


def test_nothing_is_written_over(tiny: Instance) -> None:
    path = write(tiny.private / "svar.csv", csv_bytes(own_form()))
    usual = tiny.survey.read_bytes()
    assert "enkat-forslag.yml" in ask(tiny, path).stderr
    proposal = tiny.survey.with_name("enkat-forslag.yml")
    first = proposal.read_bytes()
    proposal.write_bytes(b"mitt eget")
    result = ask(tiny, path)
    assert "Förslaget är bara visat här." in result.stderr
    assert result.stdout.encode() == first
    assert (tiny.survey.read_bytes(), proposal.read_bytes()) == (usual, b"mitt eget")


def test_what_could_not_be_guessed_is_said(tiny: Instance) -> None:
    path = write(tiny.private / "svar.csv", csv_bytes(own_form(extra="Hur nöjd är du?")))
    result = ask(tiny, path)
    assert "De här kolumnerna går inte att gissa, och de läses inte: ”Hur nöjd är du?”." in result.stderr
    rows = [[cell for i, cell in enumerate(row) if i not in (2, 5, 8)] for row in own_form()]
    lone = ask(tiny, write(tiny.private / "svar2.csv", csv_bytes(rows)))
    assert lone.exit_code == 1
    assert said_of(lone).codes == ["EST535"]
    rows = [[cell for i, cell in enumerate(row) if i != 8] for row in own_form()]
    lone = ask(tiny, write(tiny.private / "svar3.csv", csv_bytes(rows)))
    assert "Ingen kolumn ser ut att vara kategori. Skriv den under kolumner." in lone.stderr
    english = ask(tiny, write(tiny.private / "svar3.csv", csv_bytes(rows)), lang="en")
    assert "No column looks like kategori." in english.stderr


def test_without_a_register_the_headings_must_do(tiny: Instance) -> None:
    tiny.members.unlink()
    result = ask(tiny, write(tiny.private / "svar.csv", csv_bytes(own_form())))
    assert yaml.safe_load(result.stdout)["kolumner"]["organisation"] == "Vilken verksamhet?"


def test_free_text_that_looks_like_nothing_else(tiny: Instance) -> None:
    """A column in somebody's own words is never taken for a closed question, and never shown."""
    rows = [list(row) for row in own_form()]
    rows[0][8] = "Vad har ni sett på platsen?"
    for i, row in enumerate(rows[1:]):
        row[8] = f"KANARIE {i}: en lång berättelse om något som hände vid skolan i går kväll"
    result = ask(tiny, write(tiny.private / "svar.csv", csv_bytes(rows)))
    assert "KANARIE" not in result.output
    assert "kategori" in result.stderr


def test_long_texts_and_long_headings(tiny: Instance) -> None:
    """Whole stories in cells and in headings: no fault, and no waiting."""
    rows = [list(row) for row in own_form(extra="Läs det här först. " * 90)]
    rows[0][12] = "Beskriv med egna ord " * 20
    for row in rows[1:]:
        row[12] = "KANARIE och en och annan moped " * 900
    path = write(tiny.private / "svar.csv", csv_bytes(rows))
    start = time.process_time()
    result = ask(tiny, path)
    assert time.process_time() - start < 5
    assert result.exit_code == 0, result.output
    assert "KANARIE" not in result.output
    found = yaml.safe_load(result.stdout)
    assert len(found["kolumner"]["fritext"]) > 400
    assert found["ignorera"][-1].endswith("*")
    proposal = tiny.survey.with_name("enkat-forslag.yml")
    proposal.write_text(result.stdout, encoding="utf-8")
    load_settings(proposal, load_frame(tiny.data))


@pytest.mark.parametrize("what", ["git", "data", "ingen fil", "bild", "inget"])
def test_what_is_refused(tiny: Instance, tmp_path: Path, what: str) -> None:
    raw = csv_bytes(own_form())
    path = write(tiny.private / "svar.csv", raw)
    code = {"git": "EST501", "data": "EST502", "ingen fil": "EST504", "bild": "EST504", "inget": "EST535"}[
        what
    ]
    if what == "git":
        (tmp_path / "git" / ".git").mkdir(parents=True)
        path = write(tmp_path / "git" / "svar.csv", raw)
    elif what == "data":
        path = write(tiny.data / "svar.csv", raw)
    elif what == "ingen fil":
        path.unlink()
    elif what == "bild":
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    else:
        path.write_bytes(csv_bytes([["Konto", "Belopp"], ["4010", "12 000"], ["4011", "300"]]))
    before = digest(tiny.private)
    said = said_of(ask(tiny, path))
    assert (said.exit_code, said.codes) == (1, [code])
    assert digest(tiny.private) == before


def test_wrong_use(tiny: Instance) -> None:
    path = write(tiny.private / "svar.csv", csv_bytes(own_form()))
    assert ask(tiny).exit_code == 2
    result = CliRunner().invoke(main, ["prepare", str(path), "--data", str(tiny.data)])
    assert result.exit_code == 2
    assert "--period" in result.stderr


def test_same_export_same_proposal(tiny: Instance) -> None:
    form = form_of(tiny)
    for name in ("LimeSurvey hela texter", "KoboToolbox CSV"):
        paths = [write(tiny.private / f, raw) for f, raw in EXPORTS[name][1](form, replies()).items()]
        assert ask(tiny, *paths).stdout == ask(tiny, *paths).stdout


# ---- moments --------------------------------------------------------------------------------------

MOMENTS = {
    "2026-12-30 15:08:44": local(2026, 12, 30, 15, 8),
    "2026-12-30T15:08:44.123+01:00": local(2026, 12, 30, 15, 8),
    "2026-12-30T14:08:44Z": local(2026, 12, 30, 15, 8),
    "2026-07-01T14:08:44Z": local(2026, 7, 1, 16, 8),
    "2026/12/30 3:08:44 em CET": local(2026, 12, 30, 15, 8),
    "2026/12/30 12:08:44 fm CET": local(2026, 12, 30, 0, 8),
    "2026/12/30 3:08:44 PM GMT+1": local(2026, 12, 30, 15, 8),
    "2026/07/01 4:08:44 em CEST": local(2026, 7, 1, 16, 8),
    "46386.6310648148": local(2026, 12, 30, 15, 8),
    "46386,6310648148": local(2026, 12, 30, 15, 8),
}


@pytest.mark.parametrize("text", MOMENTS)
def test_moments_as_tools_write_them(text: str) -> None:
    found = moment(text, ("%Y-%m-%d %H:%M:%S",))
    assert found is not None
    assert found.replace(second=0, microsecond=0) == MOMENTS[text]


def test_a_clock_in_utc_and_an_old_macs_days() -> None:
    assert moment("2027-01-10 23:30", ("%Y-%m-%d %H:%M",), utc=True) == local(2027, 1, 11, 0, 30)
    assert moment("2027-01-10T23:30:00+01:00", (), utc=True) == local(2027, 1, 10, 23, 30)
    assert moment("44924.5", (), epoch=local(1904, 1, 1, 0)) == moment("46386.5", ())


@pytest.mark.parametrize(
    "text",
    ["", "i går", "2026-13-40 10:00", "2026/13/01 3:00:00 em CET", "2026/12/30 13:00:00 PM", "12", "99999"],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment(text, ("%Y-%m-%d %H:%M",)) is None


def test_day_and_month_either_way() -> None:
    """Answers lie close to each other: that tells most; where it does not, both are named."""
    days = [f"{n:02d}/01/2027 10:00" for n in range(3, 9)]
    assert forms_for(days, UNKNOWN, EPOCH) == (("%d/%m/%Y %H:%M", *_usual()), ())
    turned = [f"01/{n:02d}/2027 10:00" for n in range(3, 9)]
    assert forms_for(turned, UNKNOWN, EPOCH)[0][0] == "%m/%d/%Y %H:%M"
    best, rivals = forms_for(["03/04/2027 10:00"], UNKNOWN, EPOCH)
    assert {best[0], *rivals} >= {"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"}
    assert forms_for(["1/5/2027 1:22:44 PM"], SURVEY123, EPOCH) == ((), ())
    assert forms_for(["vet ej"], UNKNOWN, EPOCH) == ((), ())


def _usual() -> tuple[str, ...]:
    from est_build.schema.survey import Survey

    return tuple(Survey.model_fields["datumformat"].default)

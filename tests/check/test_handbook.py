"""The handbook cannot drift: what it says to write is written here, and what it shows is compared."""

from __future__ import annotations

import os
import re
import shlex
import struct
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from est_build.cli.described import described
from est_build.cli.main import main
from est_build.demo.export import write_export
from est_build.demo.survey import write_survey
from est_build.desk import commands as told
from est_build.desk import handbook as source
from est_build.desk.schemas import KINDS
from est_build.load.csv_file import read_csv
from est_build.load.frame import read_record
from est_build.pages.inserted import inserted
from est_build.pages.written import written_pages
from est_build.prepare.columns import REQUIRED
from est_build.problems import Problem, ProblemsError
from est_build.schema.survey import CANONICAL_COLUMNS, Member, Survey
from est_build.site.handbook import GROUPS
from est_build.site.pieces import names_only, pieces
from est_build.site.verdict import verdict
from tests.check.conftest import run
from tests.check.handbook import (
    FOLDER,
    PAGES,
    Block,
    Coordinator,
    blocks,
    commands,
    inline,
    published_to,
    put_in,
    targets,
)
from tests.conftest import ROOT
from tests.public.instances import edit, write

FORTNIGHT = "fjorton-dagar"
PERIOD = "2026-v45-46"
PICTURE = f"data/perioder/{PERIOD}/lagesbild.yml"
NAMES = [page.stem for page in PAGES]
TOOL = ".venv/bin/est-build"
MOST = 300_000
"""Bytes of all pictures together."""


def errors(root: Path) -> list[Problem]:
    return [problem for problem in verdict(root) if problem.kind.severity == "fel"]


# ---- commands ----------------------------------------------------------------------------------


def parsed(words: list[str]) -> None:
    """Read a command as click does, without running it. Raises :class:`click.ClickException`."""
    command: click.Command = main
    context = click.Context(main, info_name="est-build")
    while isinstance(command, click.Group):
        assert words, "vilket kommando?"
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None, f"est-build {name} finns inte"
        command = found
        if isinstance(command, click.Group) and not words:
            return
    command.make_context(command.name, words, parent=context)


@pytest.mark.parametrize("page", NAMES)
def test_every_command_is_one(page: str) -> None:
    for line in commands(page):
        tool, *words = shlex.split(line)
        assert tool in {TOOL, "git", "make", "cd"}, line
        if tool == TOOL:
            parsed(words)
        if tool == "make":
            assert words[0] in targets(), line


@pytest.mark.parametrize("page", NAMES)
def test_what_a_sentence_calls_a_command_or_an_option_is_one(page: str) -> None:
    every = {word for command in told.commands() for option in command.options
             for word in re.findall(r"--[\w-]+", option.name)}  # fmt: skip
    every |= {"--hjalp", "--lang", "--no-verify"}
    for code in inline(page):
        words = code.removeprefix(".venv/bin/").split()
        named = {"est-build", *(command.name for command in told.commands())}
        if words[:1] == ["est-build"] and " ".join(words) not in named:
            parsed(words[1:])
        for option in re.findall(r"(?<!\S)--[\w-]+", code):
            assert option in every, code


def test_a_command_that_is_not_is_found() -> None:
    for words in (
        ["diffa"],
        ["check", "--allt"],
        ["prepare", "x.csv", "--perioden", "y"],
        ["new", "rattelse"],
        ["new", "bil"],
    ):
        with pytest.raises((click.ClickException, AssertionError)):
            parsed(words)


def test_the_commands_are_told_as_they_are() -> None:
    """Set ``EST_SKRIV_OM`` to write them anew."""
    path = ROOT / "est_build/desk" / told.FILE
    text = told.text_of(described(main))
    if os.environ.get("EST_SKRIV_OM"):
        path.write_text(text, encoding="utf-8")
        told.commands.cache_clear()
    assert path.read_text(encoding="utf-8") == text
    assert tuple(described(main)) == told.commands()


def test_the_help_is_swedish() -> None:
    for command in ("prepare", "check", "fix", "new sajt", "new atgard"):
        text = run(*command.split(), "--hjalp").output
        assert not re.search(r"OPTIONS|DIRECTORY|\bFILE\b|INTEGER|Usage|Options|%Y", text), text
        assert "[VAL]" in text


# ---- the fortnight, word by word ---------------------------------------------------------------


def follow(someone: Coordinator, page: str) -> list[str]:
    """Do what a page says, block by block. What it says that the machine answers must be the answer."""
    done: list[str] = []
    answered = ""
    for block in blocks(page):
        if block.sort == "sh":
            answered = ""
            for line in block.lines:
                assert someone.write(line) == 0, (line, someone.said)
                answered += someone.said
                done.append(line)
        elif block.sort == "yaml":
            someone.fill_in(block)
        elif block.sort == "text" and not block.about and not block.text.startswith("FEL"):
            assert answered == block.text, page
    return done


@pytest.fixture(scope="module")
def coordinator(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Coordinator:
    """Return a coordinator on the first day, who has got the private folder and an export."""
    someone = Coordinator(tmp_path_factory.mktemp("samordnare"))
    published_to(someone, slim_root, PERIOD)
    write_survey(someone.store)
    private = someone.home / "privat"
    private.mkdir()
    write_export(PERIOD, private).rename(private / "v45-46.xlsx")
    return someone


@pytest.fixture(scope="module")
def first_day(coordinator: Coordinator) -> Coordinator:
    """Return the same coordinator when the first day is over."""
    *before, doctor = commands("forsta-dagen")
    assert doctor == f"{TOOL} doctor"
    # The doctor is asked when the first fortnight has made the store: then all is there that the page shows.
    for line in before:
        assert coordinator.write(line) == 0, (line, coordinator.said)
    return coordinator


@pytest.fixture(scope="module")
def fortnight(first_day: Coordinator) -> tuple[Coordinator, list[str]]:
    """Return the coordinator after the fortnight, and the commands that it took."""
    return first_day, follow(first_day, FORTNIGHT)


def test_the_fortnight_takes_fewer_than_ten_commands(fortnight: tuple[Coordinator, list[str]]) -> None:
    _, done = fortnight
    assert len(done) < 10
    numbers = {8: "åtta", 9: "nio"}
    text = (FOLDER / f"{FORTNIGHT}.md").read_text(encoding="utf-8")
    assert f"Det är {numbers[len(done)]} kommandon." in text


def test_the_fortnight_ends_with_a_valid_instance(
    fortnight: tuple[Coordinator, list[str]], tmp_path: Path
) -> None:
    """What the others get from GitHub, with the new fortnight in it."""
    someone, _ = fortnight
    branch = someone.git("branch", "--show-current").strip()
    someone.git("clone", "--quiet", "--branch", branch, str(someone.github), str(tmp_path / "kopia"))
    copy = tmp_path / "kopia"
    assert verdict(copy) == ()
    assert {p.name for p in (copy / "data/perioder" / PERIOD).iterdir() if p.is_dir()} == {
        "1264", "1265", "1270", "1286", "1291",
    }  # fmt: skip
    assert "Mörka gångvägar märks mest" in (copy / PICTURE).read_text(encoding="utf-8")
    assert "Det syns vem som kommer" in (copy / "data/atgarder/2026-015.yml").read_text(encoding="utf-8")
    assert someone.git("status", "--porcelain") == ""
    changed = someone.git("diff", "--name-only", "origin/main", "HEAD").split()
    assert all(name.startswith(("data/perioder/", "data/atgarder/")) for name in changed)


def test_a_fault_is_told_as_the_page_says(fortnight: tuple[Coordinator, list[str]]) -> None:
    someone, _ = fortnight
    path = someone.place / PICTURE
    right = path.read_text(encoding="utf-8")
    (shown,) = [block for block in blocks(FORTNIGHT) if block.text.startswith("FEL")]
    edit(path, "publicerad: 2026-11-19", "publicerad: 2026-11-31")
    assert someone.write(f"{TOOL} check") == 1
    assert someone.said == shown.text
    path.write_text(right, encoding="utf-8")


def test_the_doctor_says_what_the_page_says(fortnight: tuple[Coordinator, list[str]]) -> None:
    someone, _ = fortnight
    (shown,) = [block for block in blocks("forsta-dagen") if block.sort == "text"]
    someone.write("git switch --quiet main")
    assert someone.write(f"{TOOL} doctor") == 0
    said, told_of = (re.sub(r"Python [\d.]+", "Python", text) for text in (someone.said, shown.text))
    assert said == told_of


# ---- a new municipality, word by word ----------------------------------------------------------


def test_a_new_municipality_comes_about(tmp_path: Path) -> None:
    """From nothing to GitHub, through the guard: with a handbook that is this one."""
    someone = Coordinator(tmp_path)
    someone.equip()
    shown = next(block for block in blocks("ny-kommun") if block.sort == "text")
    for line in commands("ny-kommun"):
        assert someone.write(line, feed="\n\n\n\n") == 0, (line, someone.said)
        if " new sajt " in line:
            assert shown.text in someone.said
    assert someone.git("ls-remote", "origin", "main")
    assert verdict(someone.place) == ()
    ours = {p.relative_to(FOLDER): p.read_bytes() for p in FOLDER.rglob("*") if p.is_file()}
    theirs = someone.place / "content/handbok"
    assert {p.relative_to(theirs): p.read_bytes() for p in theirs.rglob("*") if p.is_file()} == ours


def test_an_installed_package_has_the_handbook() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    wheel, archive = settings["targets"]["wheel"], settings["targets"]["sdist"]
    assert wheel["force-include"] == {source.FOLDER: f"est_build/desk/{source.PACKAGED}"}
    assert f"/{source.FOLDER}" in archive["include"]


# ---- what the pages show of files --------------------------------------------------------------

SHOWN = [(page, block) for page in NAMES for block in blocks(page) if block.about.startswith("data/")]


def test_samples_are_met() -> None:
    sorts = {block.sort for page in NAMES for block in blocks(page)}
    assert sorts == {"sh", "text", "yaml", "csv"}
    assert len(SHOWN) >= 6


@pytest.mark.parametrize(("page", "block"), SHOWN, ids=[f"{p}-{b.about}" for p, b in SHOWN])
def test_a_sample_has_no_fault(instance: Path, page: str, block: Block) -> None:
    put_in(instance, block)
    assert errors(instance) == []


def test_a_sample_with_a_fault_is_found(instance: Path) -> None:
    _, block = next((p, b) for p, b in SHOWN if b.about == "data/rattelser.yml")
    put_in(instance, block._replace(text=block.text.replace("paverkar", "påverkar")))
    assert errors(instance)


def test_samples_of_private_files_can_be_read(tmp_path: Path) -> None:
    found = {block.about: block for block in blocks("enkaten")}
    write(tmp_path / "enkat.yml", found["enkat.yml"].text)
    survey, _, problems = read_record(tmp_path / "enkat.yml", "enkat.yml", Survey)
    assert survey is not None and not problems
    write(tmp_path / "medlemmar.csv", found["medlemmar.csv"].text)
    rows, problems = read_csv(tmp_path / "medlemmar.csv", "medlemmar.csv", Member)
    assert len(rows) == 2 and not problems


def test_the_columns_of_an_export_are_those_that_are_read() -> None:
    text = (FOLDER / "enkaten.md").read_text(encoding="utf-8")
    part = text.partition("## Det som enkäten måste fråga")[2].partition("\n## ")[0]
    rows = re.findall(r"^- `(\w+)`: (.*)$", part, re.MULTILINE)
    assert [name for name, _ in rows] == list(CANONICAL_COLUMNS)
    assert {name for name, words in rows if words.endswith("Måste finnas.")} == set(REQUIRED)


def test_rules_change_as_the_page_says(instance: Path) -> None:
    """The steps of the year, with a limit that is raised."""
    rules = instance / "data/skydd.yml"
    old = rules.read_text(encoding="utf-8")
    write(instance / "data/skydd/2023.yml", old + "galler_fran: 2023\n")
    write(rules, old.replace("organisationer: 3 #", "organisationer: 4 #") + "galler_fran: 2027\n")
    assert errors(instance) == []
    (instance / "data/skydd/2023.yml").unlink()
    assert {problem.code for problem in errors(instance)} == {"EST452"}


def test_pictures_are_few_small_and_hold_nothing_but_points() -> None:
    found = [path for path in FOLDER.rglob("*") if path.suffix == ".png"]
    assert found
    assert sum(path.stat().st_size for path in found) < MOST
    texts = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    for path in found:
        assert f"(/handbok/bilder/{path.name})" in texts, "en bild som ingen sida visar"
        content, kinds, at = path.read_bytes(), [], 8
        while at < len(content):
            (length,) = struct.unpack(">I", content[at : at + 4])
            kinds.append(content[at + 4 : at + 8].decode("ascii"))
            at += length + 12
        assert set(kinds) <= {"IHDR", "PLTE", "IDAT", "IEND"}, path.name
    # What is shown of the example says so.
    assert texts.count("*Exempel. Alla siffror") == len(found)


# ---- lines in braces ---------------------------------------------------------------------------


def test_every_word_may_be_asked_for_and_brings_something(instance: Path) -> None:
    for word, piece in pieces().items():
        for name in piece.names():
            asked = f"{{{{ {word}: {name} }}}}" if name else f"{{{{ {word} }}}}"
            text, parts, problems = inserted(asked, 1, "content/a.md", instance, pieces())
            assert not problems, asked
            assert [f"<!--est:{key}-->" for key in parts] == [text.strip()]
            assert all(len(html) > 60 for html in parts.values()), asked
        _, _, problems = inserted(piece.example, 1, "content/a.md", instance, names_only())
        assert not problems, piece.example


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("{{ fel: EST2004 }}", "EST204"), ("{{ fell: EST204 }}", "fel"), ("{{ fel }}", None),
        ("{{ falt: atgarder }}", "atgard"), ("{{kommando: est-build chek}}", "est-build check"),
        ("{{ kommandon: alla }}", None), ("{{ }}", None), ("{{ x y }}", None),
    ],
)  # fmt: skip
def test_an_unknown_line_is_told_with_its_place(tmp_path: Path, asked: str, near: str | None) -> None:
    write(tmp_path / "handbok/ny.md", f"---\ntitle: A\ndescription: B\n---\n\n# A\n\n{asked}\n")
    with pytest.raises(ProblemsError) as error:
        written_pages(tmp_path, names_only())
    (problem,) = error.value.problems
    assert (problem.code, problem.place.text()) == ("EST231", "content/handbok/ny.md rad 8, kolumn 1")
    assert near is None or problem.near == near
    assert "?" not in problem.message().replace("Menade du", "").removesuffix("?")


@pytest.mark.parametrize(
    "text",
    ["Skriv {{ fel: X }} i texten.", "    {{ fel: X }}", "```\n{{ fel: X }}\n```", "~~~~\n{{ fel: X }}\n~~~~",
     "`![](/finns/inte.png)`", "```\n![](/finns/inte.png)\n```", "![x](https://a.example/x.png)"],
)  # fmt: skip
def test_what_is_only_written_about_is_left(instance: Path, text: str) -> None:
    assert inserted(text, 1, "content/a.md", instance, names_only())[2] == []


def test_every_kind_of_file_stands_once_on_the_page_of_files() -> None:
    named = [name for _, _, names in GROUPS for name in names]
    assert sorted(named) == sorted(KINDS)


def test_a_page_in_a_folder_is_scanned_too(instance: Path) -> None:
    write(
        instance / "content/handbok/ny.md",
        "---\ntitle: A\ndescription: B\n---\n\n# A\n\nRing 070-174 06 05 om det.\n",
    )
    (problem,) = errors(instance)
    assert (problem.code, problem.place.line) == ("EST412", 8)


def test_pages_have_what_they_need() -> None:
    for path in PAGES:
        head = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        assert set(head) == {"title", "description"}
        text = path.read_text(encoding="utf-8")
        assert f"\n# {head['title']}\n" in text
        # The pages come to others too: nothing in them leads to what only the example has.
        for address in re.findall(r"\]\((/[^)]*)\)", text):
            assert re.match(r"/(?:handbok/|metod/|rattelser/|utvardering/|oppna-data/)", address), address

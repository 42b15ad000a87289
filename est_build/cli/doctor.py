"""``est-build doctor``: what is missing on this machine and in this repository, and how to get it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from est_build.cli.console import FOLDER, in_language, lang_option, say
from est_build.cli.guard_git import CannotRunError, Git

Level = Literal["ok", "obs", "saknas", "verktyg"]
"""Fine; good to know; missing in the instance (exit 1); a tool that is missing (exit 2)."""
_MARKS = {"ok": "[ok]    ", "obs": "[obs]   ", "saknas": "[saknas]", "verktyg": "[saknas]"}
_MARKS_EN = {"ok": "[ok]     ", "obs": "[note]   ", "saknas": "[missing]", "verktyg": "[missing]"}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NEEDED = (3, 11)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: what it is, and what to do if it is not as it should be."""

    level: Level
    sv: str
    en: str
    do_sv: str = ""
    do_en: str = ""


@click.command(
    short_help="Säg vad som saknas på datorn och i förrådet, och hur du får det.",
    help="Säg vad som saknas på den här datorn och i förrådet, och hur du får det. "
    "Slutar med 0 om allt finns, 1 om något saknas i förrådet, 2 om ett verktyg saknas.",
)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@click.option("--forrad", type=FOLDER, default=None, help="Privat mapp för svaren (annars din datamapp).")
@lang_option
def doctor(root: Path, forrad: Path | None, lang: str) -> None:
    """Look at everything."""
    from est_build.cli.main import default_store

    store = forrad if forrad is not None else default_store()
    found = [*machine(root), *repository(root), *instance(root), *private(store)]
    marks = _MARKS if lang == "sv" else _MARKS_EN
    for one in found:
        say(f"{marks[one.level]} {in_language(lang, one.sv, one.en)}")
        if one.do_sv:
            say(f"{' ' * len(marks[one.level])} → {in_language(lang, one.do_sv, one.do_en)}")
    levels = {one.level for one in found}
    raise SystemExit(2 if "verktyg" in levels else 1 if "saknas" in levels else 0)


def machine(root: Path) -> Iterator[Found]:
    """Programs."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= NEEDED:
        yield Found("ok", f"Python {version}", f"Python {version}")
    else:
        yield Found(
            "verktyg",
            f"Python {version} är för gammal",
            f"Python {version} is too old",
            "Installera Python 3.11 eller nyare.",
            "Install Python 3.11 or later.",
        )
    for name in ("git", "make"):
        if shutil.which(name):
            yield Found("ok", name, name)
        else:
            yield Found(
                "verktyg",
                f"{name} finns inte",
                f"{name} is not here",
                f"Installera {name}. På Debian och Ubuntu: sudo apt-get install {name}",
                f"Install {name}. On Debian and Ubuntu: sudo apt-get install {name}",
            )
    if (root / "tests").is_dir():
        chosen = os.environ.get("EST_CHROMIUM", "")
        if (chosen and Path(chosen).exists()) or any(map(shutil.which, _BROWSERS)):
            yield Found("ok", "Webbläsare till testerna", "Browser for the tests")
        else:
            yield Found(
                "obs",
                "Ingen Chromium till testerna",
                "No Chromium for the tests",
                "make test hämtar en.",
                "make test fetches one.",
            )


def repository(root: Path) -> Iterator[Found]:
    """Git: the guard's hooks, the history, the branch, the workflows."""
    try:
        git = Git(root)
    except (CannotRunError, OSError):
        yield Found(
            "saknas",
            "Mappen är inget git-förråd",
            "The folder is no git repository",
            "Kör git init, eller hämta förrådet med git clone.",
            "Run git init or git clone.",
        )
    else:
        yield from _hooks(git)
        yield from _branch(git)
    folder = root / ".github" / "workflows"
    if any(folder.glob("*.yml")):
        yield Found("ok", "Arbetsflöden för GitHub", "Workflows for GitHub")
        return
    near = [p.name for p in (root / ".github").glob("*") if p.is_dir() and p.name.lower().startswith("workf")]
    if near:
        yield Found(
            "saknas",
            f"Arbetsflödena ligger i .github/{near[0]}",
            f"Workflows stand in .github/{near[0]}",
            "Mappen ska heta .github/workflows.",
            "The folder must be .github/workflows.",
        )
    else:
        yield Found(
            "saknas",
            "Inga arbetsflöden i .github/workflows",
            "No workflows in .github/workflows",
            "Kopiera dem från en ny instans: est-build new sajt.",
            "Copy them from a new instance: est-build new site.",
        )


def _hooks(git: Git) -> Iterator[Found]:
    from est_build.protect.rawguard.hooks import HOOKS, is_ours

    top = git.path("--show-toplevel")
    folder = top / git.path("--git-path", "hooks")
    there = [folder / name for name in HOOKS if (folder / name).is_file()]
    ours = [path for path in there if is_ours(path.read_text(encoding="utf-8", errors="replace"))]
    if len(ours) == len(HOOKS):
        yield Found("ok", "Vakten mot råa svar", "The guard against raw answers")
    else:
        yield Found(
            "saknas",
            "Vakten mot råa svar är inte inlagd",
            "The guard is not installed",
            "Kör est-build vakt --installera.",
            "Run est-build vakt --installera.",
        )


def _branch(git: Git) -> Iterator[Found]:
    if git.ask("rev-parse", "--is-shallow-repository") == b"true\n":
        yield Found(
            "saknas",
            "Historiken är avkortad",
            "The history is cut short",
            "Kör git fetch --unshallow.",
            "Run git fetch --unshallow.",
        )
    told = git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    branch = (told or b"").decode("utf-8", errors="replace").strip()
    changed = [line for line in (git.ask("status", "--porcelain", "-z") or b"").split(b"\0") if line]
    if not branch:
        yield Found(
            "obs",
            "Du är inte på någon gren",
            "You are on no branch",
            "Kör git switch -c mitt-namn för att spara ditt arbete.",
            "Run git switch -c NAME.",
        )
    elif changed and branch in {"main", "master"}:
        yield Found(
            "obs",
            f"Ändringar som inte är sparade, på grenen {branch}",
            f"Unsaved changes on {branch}",
            "Gör en egen gren först: git switch -c mitt-namn.",
            "Make a branch: git switch -c NAME.",
        )
    else:
        more = ", med ändringar som inte är sparade" if changed else ""
        yield Found(
            "ok", f"Grenen {branch}{more}", f"Branch {branch}{', with unsaved changes' if changed else ''}"
        )


def instance(root: Path) -> Iterator[Found]:
    """The files themselves."""
    from est_build.desk.helpers import area_of, helpers
    from est_build.desk.site import PLACEHOLDER
    from est_build.site.verdict import verdict

    missing = [name for name in ("data", "content", "mkdocs.yml") if not (root / name).exists()]
    if missing:
        names = ", ".join(missing)
        yield Found(
            "saknas",
            f"Här finns ingen instans: {names} saknas",
            f"No instance here: {names} missing",
            "Gå till instansens mapp, eller gör en ny: est-build new sajt MAPP.",
            "Go to its folder, or make one: est-build new site FOLDER.",
        )
        return
    faults = sum(problem.kind.severity == "fel" for problem in verdict(root))
    if faults:
        yield Found(
            "saknas",
            f"{faults} fel i filerna",
            f"{faults} errors in the files",
            "Kör est-build check. En del rättar est-build fix.",
            "Run est-build check.",
        )
    else:
        yield Found("ok", "Filerna i data/ och content/", "The files in data/ and content/")
    areas = root / "data" / "omraden.geojson"
    if areas.is_file() and PLACEHOLDER.encode("utf-8") in areas.read_bytes()[:300]:
        yield Found(
            "saknas",
            "Kartan är en platshållare",
            "The map is a placeholder",
            "Byt ut gränserna i data/omraden.geojson innan den första enkäten.",
            "Replace the outlines in data/omraden.geojson before the first survey.",
        )
    old = [name for name, text in helpers(area_of(root)).items() if not _same(root / name, text)]
    if old:
        yield Found(
            "obs",
            "Mallarna eller hjälpfilerna för textredigerare är gamla",
            "The files to copy or the schemas for editors are out of date",
            "Kör est-build scheman.",
            "Run est-build scheman.",
        )
    else:
        yield Found(
            "ok", "Mallar och hjälpfiler för textredigerare", "Files to copy, and schemas for editors"
        )


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


def private(store: Path) -> Iterator[Found]:
    """The coordinator's own folder. What is in it is never shown."""
    from est_build.load.frame import read_record
    from est_build.prepare.guard import git_root
    from est_build.schema.survey import Survey

    if git_root(store) is not None:
        yield Found(
            "saknas",
            f"Den privata mappen {store} ligger i ett git-förråd",
            f"The private folder {store} is in a git repository",
            "Flytta den. Svar får aldrig ligga där.",
            "Move it. Answers must never be there.",
        )
        return
    if not (store / "enkat.yml").is_file():
        yield Found(
            "saknas",
            f"enkat.yml finns inte i {store}",
            f"There is no enkat.yml in {store}",
            "Den säger hur exporten läses. est-build survey skriver den, och prepare --gissa föreslår den.",
            "It says how the export is read: est-build survey writes it, prepare --gissa proposes it.",
        )
        return
    survey, _, problems = read_record(store / "enkat.yml", "enkat.yml", Survey)
    if survey is None:
        yield Found(
            "saknas",
            f"{len(problems)} fel i enkat.yml",
            f"{len(problems)} errors in enkat.yml",
            problems[0].message(),
            problems[0].message("en"),
        )
        return
    yield Found("ok", f"enkat.yml i {store}", f"enkat.yml in {store}")
    yield from _answers(store, store / survey.medlemmar)


def _answers(store: Path, register: Path) -> Iterator[Found]:
    """The members, and the database."""
    from est_build.prepare.store import FILE

    if register.is_file() and len(register.read_text(encoding="utf-8", errors="replace").splitlines()) > 1:
        yield Found("ok", "Medlemsregistret", "The member register")
    else:
        yield Found(
            "saknas",
            f"Inga medlemmar i {register.name}",
            f"No members in {register.name}",
            "Skriv en rad för varje organisation i nätverket.",
            "Write a row for each organisation.",
        )
    if (store / FILE).is_file():
        yield Found("ok", "Förrådet med svar", "The store of answers")
    else:
        yield Found(
            "obs",
            "Inget förråd än",
            "No store yet",
            "Det görs av est-build prepare.",
            "est-build prepare makes it.",
        )

"""``est-build check``: everything that is wrong with the files, at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

import click

from est_build.cli.console import FOLDER, form_option, in_language, lang_option, say, show, stop_on_problems
from est_build.problems import Problem
from est_build.problems.render import repository_path


@click.command(
    short_help="Kontrollera alla filer och visa alla fel på en gång.",
    help="Kontrollera alla filer i data/ och content/ och visa alla fel på en gång. "
    "Slutar med 1 om det finns fel, med 0 om det bara finns varningar.",
)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@click.option(
    "--base", metavar="REF", help="Visa varningar bara om filer som har ändrats sedan REF. Fel visas alltid."
)
@form_option
@lang_option
def check(root: Path, base: str | None, form: str, lang: str) -> None:
    """Load everything and print what is wrong."""
    # Hundreds of files become values that live until the end: there is no garbage to look for.
    gc.disable()
    from est_build.site.verdict import verdict

    with stop_on_problems(lang, form, root / "data"):
        found = verdict(root)
        if base is not None:
            found = tuple(_of_change(found, root, base, lang))
    show(found, lang, form, root / "data")
    if any(problem.kind.severity == "fel" for problem in found):
        raise SystemExit(1)
    if form == "text":
        say(in_language(lang, "Inga fel.", "No errors."))


def _of_change(found: Iterable[Problem], root: Path, base: str, lang: str) -> Iterable[Problem]:
    """Every error, and of the rest what stands in a file that is new or changed since ``base``."""
    from est_build.cli.changed import changed_files
    from est_build.cli.guard_git import CannotRunError

    try:
        names = changed_files(root, base)
    except CannotRunError as error:
        show([error.problem], lang, "text")
        raise SystemExit(2) from None
    for problem in found:
        if problem.kind.severity == "fel" or repository_path(problem.place.file, "data") in names:
            yield problem

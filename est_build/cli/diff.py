"""``est-build diff BASE``: what a change does, before anybody says yes to it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from est_build.cli.audit import SHORT, history_problems, passed
from est_build.cli.console import FOLDER, in_language, lang_option, note, say, show, stop_on_problems, working

if TYPE_CHECKING:
    from est_build.diff.lines import Review
    from est_build.problems import Problem


@click.command(
    short_help="Visa vad en ändring gör: före och efter, och vad granskningen säger.",
    help="Jämför mappen med hur den såg ut i BASE, till exempel main. Visar först det som tas bort, sedan "
    "det som är ändrat och nytt, vilka sidor som ser annorlunda ut och vad granskningen säger. "
    "Slutar med 0 också när något skiljer, med 1 om filerna har fel eller om granskningen säger stopp.",
)
@click.argument("base")
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Skriv hela jämförelsen till en fil som öppnas i webbläsaren, till exempel andring.html.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="Hur sammanfattningen skrivs: för dig, eller som kommentar i en pull request.",
)
@lang_option
def diff(base: str, root: Path, out: Path | None, form: str, lang: str) -> None:
    """Compare the work tree with a commit."""
    from est_build.cli.guard_git import CannotRunError
    from est_build.diff.report_html import as_html
    from est_build.diff.report_markdown import as_comment
    from est_build.diff.report_text import as_terminal
    from est_build.disk.whole import write_whole

    try:
        with stop_on_problems(lang, form, root / "data"), working("Jämför"):
            review = _review(root, base, lang)
            if out is not None:
                write_whole(out, as_html(review, lang).encode("utf-8"))
    except CannotRunError as error:
        show([error.problem], lang, "text")
        raise SystemExit(2) from None
    say(as_comment(review, lang) if form == "markdown" else as_terminal(review, lang))
    if out is not None:
        note(in_language(lang, f"Hela jämförelsen: {out}", f"The whole comparison: {out}"))
    if any(problem.kind.severity == "fel" for problem in review.problems):
        raise SystemExit(1)


def _review(root: Path, base: str, lang: str) -> Review:
    """The comparison, and what the audit says of the version after."""
    from est_build.cli.changed import put_back
    from est_build.diff.compare import FOLDERS, SINGLE, compare
    from est_build.diff.lines import Review
    from est_build.model.published import load_instance, refuse_texts

    with tempfile.TemporaryDirectory() as work:
        before = Path(work)
        fork = put_back(root, base, (*FOLDERS, SINGLE), before)
        there = (before / "data").is_dir()
        instance = load_instance(root / "data", proven=True)
        refuse_texts(instance)
        comparison = compare(before if there else None, instance)
    problems: tuple[Problem, ...] = tuple(history_problems(root / "data"))
    return Review(comparison, f"{base} ({fork[:SHORT]})", problems, passed(instance.releases.values(), lang))

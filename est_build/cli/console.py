"""Words to the terminal: results on stdout, problems and progress on stderr."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.problems.render import as_github, as_json, as_text

FOLDER = click.Path(path_type=Path, file_okay=False)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Hur felen skrivs.",
)
lang_option = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", help="Språk i meddelanden."
)


def speak_swedish(arguments: Sequence[str]) -> None:
    """Let click's own words be Swedish too, unless English is asked for.

    click looks its words up in gettext's default domain, in the language of the environment.
    """
    english = any(a == "--lang=en" for a in arguments) or "--lang en" in " ".join(arguments)
    os.environ["LANGUAGE"] = "en" if english else "sv"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))


def say(text: str) -> None:
    """A result."""
    click.echo(text)


def in_language(lang: str, sv: str, en: str) -> str:
    """The one of the two texts that is asked for."""
    return sv if lang == "sv" else en


def note(text: str) -> None:
    """Something to know, beside the result."""
    click.echo(text, err=True)


@contextmanager
def stop_on_problems(lang: str, form: str = "text", base: Path | None = None) -> Iterator[None]:
    """Print problems and leave with 1. Bad input never ends in a traceback."""
    try:
        yield
    except ProblemsError as error:
        _print(error.problems, lang, form, base)
        raise SystemExit(1) from None
    except OSError as error:
        # What the disk says of a file that nobody thought of: still no traceback.
        place = Place(Path(str(error.filename)).name if error.filename else "?")
        from est_build.prepare.disk import reason

        problem = Problem(kinds.DISK_FAILED, place, {"why": reason(error)})
        _print((problem,), lang, form, base)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        note("Avbrutet. Inget är ändrat." if lang == "sv" else "Interrupted.")
        raise SystemExit(130) from None


def show_warnings(warnings: tuple[Problem, ...], lang: str, form: str, base: Path) -> None:
    """Print what somebody should look at; it stops nothing."""
    if warnings:
        _print(warnings, lang, form, base)


def _print(problems: tuple[Problem, ...], lang: str, form: str, base: Path | None) -> None:
    if form == "json":
        say(as_json(problems, lang))
    elif form == "github":
        say(as_github(problems, lang, base.as_posix() if base else ""))
    else:
        note(as_text(problems, lang))


@contextmanager
def working(text: str) -> Iterator[Callable[[str], None]]:
    """A status line while something takes time; only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console: Any = Console(stderr=True)
    with console.status(f"{text} …") as status:
        yield lambda step: status.update(f"{step} …")

"""Words to the terminal: results on stdout, problems and progress on stderr."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.problems.render import as_github, as_json, as_markdown, as_text

FOLDER = click.Path(path_type=Path, file_okay=False)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "markdown"]),
    default="text",
    help="Hur felen skrivs: för dig, för program, på raderna i en pull request, eller som kommentar.",
)
lang_option = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", help="Språk i meddelanden."
)


_SORTS = {"DIRECTORY": "MAPP", "FILE": "FIL", "INTEGER": "TAL", "INTEGER RANGE": "TAL"}
"""click's words for what an option takes. It has no translation of them."""


def speak_swedish(arguments: Sequence[str]) -> None:
    """Let click's own words be Swedish too, unless English is asked for.

    click looks its words up in gettext's default domain, in the language of the environment.
    """
    english = any(a == "--lang=en" for a in arguments) or "--lang en" in " ".join(arguments)
    os.environ["LANGUAGE"] = "en" if english else "sv"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))


def in_swedish_words(command: click.Command) -> None:
    """Name what the command and those in it take (``[OPTIONS]``, ``DIRECTORY``) in Swedish in the help."""
    if command.options_metavar == "[OPTIONS]":
        command.options_metavar = "[VAL]"
    for param in command.params:
        sort = _SORTS.get(param.type.name.upper())
        if param.metavar is None and sort is not None and isinstance(param, click.Option):
            param.metavar = None if param.is_flag else sort
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            in_swedish_words(inner)


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
        from est_build.disk.reason import name_of, refused

        _print(refused(name_of(error, "?"), error).problems, lang, form, base)
        raise SystemExit(1) from None
    except MemoryError:
        _print((Problem(kinds.MEMORY_FULL, Place("?")),), lang, form, base)
        raise SystemExit(1) from None
    except ImportError as error:
        # A module of our own that is not there is a fault of ours, and no advice would help.
        if error.name is None or error.name.partition(".")[0] == "est_build":
            raise
        name = error.name.partition(".")[0]
        _print((Problem(kinds.TOOL_MISSING, Place("?"), {"value": name}),), lang, form, base)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        note("Avbrutet. Inget är ändrat." if lang == "sv" else "Interrupted.")
        raise SystemExit(130) from None


def show(problems: Sequence[Problem], lang: str, form: str, base: Path | None = None) -> None:
    """Print problems: text to people on stderr, everything else on stdout.

    ``base``: the folder of the data, from which files are named.
    """
    _print(tuple(problems), lang, form, base)


def _print(problems: tuple[Problem, ...], lang: str, form: str, base: Path | None) -> None:
    where = base.as_posix() if base else ""
    site = site_address(base) if base else ""
    if form == "json":
        say(as_json(problems, lang))
    elif form == "github":
        if problems:
            say(as_github(problems, lang, where, site))
    elif form == "markdown":
        say(as_markdown(problems, lang, where, site))
    elif problems:
        note(as_text(problems, lang, site))


_ADDRESS = re.compile(rb"^bas_url:[ \t]*[\"']?(https://[^\s\"'#]+)", re.MULTILINE)


def site_address(data: Path) -> str:
    """Where the site is published, if ``webbplats.yml`` says so, however faulty the rest of it is."""
    try:
        match = _ADDRESS.search((data / "webbplats.yml").read_bytes())
    except OSError:
        return ""
    return match[1].decode("utf-8", errors="replace") if match else ""


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

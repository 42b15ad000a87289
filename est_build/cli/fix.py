"""``est-build fix``: shows what can be mended safely, and writes it when somebody says so."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from est_build.cli.console import FOLDER, in_language, lang_option, note, say, stop_on_problems

if TYPE_CHECKING:
    from est_build.desk.mend import Repair

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
SHOWN = 60
"""Lines of the difference that are shown of one file."""


@click.command(
    short_help="Rätta det som är säkert att rätta. Visar allt innan det skrivs.",
    help="Rätta det som är säkert att rätta: teckenkodning, semikolon, radslut, blanksteg, datum skrivna på "
    "svenska, decimalkomma och kända ord för koder. Allt visas först. Publicerade siffror rörs aldrig. "
    "Utan FIL gäller det data/ och content/, men inte mapparna för perioder, kvartal och år: en text där "
    "rättas om du nämner filen.",
)
@click.argument("filer", metavar="[FIL]...", type=_FILE, nargs=-1)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@click.option("--skriv", "--write", "write", is_flag=True, help="Skriv utan att fråga.")
@lang_option
def fix(filer: tuple[Path, ...], root: Path, write: bool, lang: str) -> None:
    """Mend the files."""
    with stop_on_problems(lang):
        from est_build.desk.mend import repairs, write_repairs

        found = repairs(root, _named(root, filer, lang))
        if not found:
            say(in_language(lang, "Det finns inget att rätta.", "There is nothing to mend."))
            return
        for repair in found:
            _show(repair, lang)
        if not write and not _agreed(len(found), lang):
            raise SystemExit(1)
        write_repairs(root, found)
    count = len(found)
    files = "fil är rättad" if count == 1 else "filer är rättade"
    say(in_language(lang, f"{count} {files}.", f"{count} {'file' if count == 1 else 'files'} mended."))
    say(in_language(lang, "Kör est-build check för resten.", "Run est-build check for the rest."))


def _named(root: Path, files: Sequence[Path], lang: str) -> list[str]:
    """The files as paths from ``root``."""
    top = root.resolve()
    found = []
    for path in files:
        if not path.resolve().is_relative_to(top):
            sv = f"{path} ligger inte i {root}. Ange mappen med --root."
            note(in_language(lang, sv, f"{path} is not in {root}. Name the folder with --root."))
            raise SystemExit(2)
        found.append(path.resolve().relative_to(top).as_posix())
    return found


def _show(repair: Repair, lang: str) -> None:
    note(f"{repair.name}: {', '.join(repair.done)}")
    before, after = (_text(content).splitlines() for content in (repair.before, repair.after))
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    for line in lines[:SHOWN]:
        if not line.startswith("@@"):
            note(f"  {line}")
    if len(lines) > SHOWN:
        more = len(lines) - SHOWN
        note(in_language(lang, f"  … och {more} rader till", f"  … and {more} more lines"))
    note("")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _agreed(count: int, lang: str) -> bool:
    """Ask somebody at a terminal; else say how it is written."""
    if not sys.stdin.isatty():
        sv, en = (
            "Inget är skrivet. Kör est-build fix --skriv.",
            "Nothing is written. Run est-build fix --write.",
        )
        note(in_language(lang, sv, en))
        return False
    question = in_language(
        lang, f"Skriva ändringarna i {count} filer? [j/N]", f"Write the changes to {count} files? [y/N]"
    )
    answer: str = click.prompt(question, default="n", show_default=False, err=True)
    return answer.strip().lower() in {"j", "ja", "y", "yes"}

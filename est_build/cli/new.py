"""``est-build new``: new files with every field explained, and a new instance for another municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from est_build.cli.console import FOLDER, in_language, lang_option, note, say, stop_on_problems

if TYPE_CHECKING:
    from est_build.desk.new import NewFile
    from est_build.load.frame import Frame

_ENGLISH = {
    "action": "atgard",
    "issue": "fraga",
    "follow-up": "uppfoljning",
    "quarter": "kvartal",
    "correction": "rattelse",
    "site": "sajt",
    "åtgärd": "atgard",
    "fråga": "fraga",
    "uppföljning": "uppfoljning",
    "rättelse": "rattelse",
}


class _Named(click.Group):
    """Takes the English words too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, _ENGLISH.get(cmd_name, cmd_name))


@click.group(
    cls=_Named,
    subcommand_metavar="VAD [VAL]",
    options_metavar="",
    short_help="Skapa en ny fil med förklaringar, eller en ny instans.",
    help="Skapa en ny fil där varje fält är förklarat: period, atgard, fraga, uppfoljning, kvartal, "
    "rattelse. Eller en ny instans för en annan kommun: sajt. Ingen fil skrivs över.",
)
def new() -> None:
    """The group of what can be made."""


_root = click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")


def _make(root: Path, lang: str, make: Callable[[Frame], NewFile]) -> None:
    """Write what ``make`` gives, and say what is left to do."""
    with stop_on_problems(lang):
        from est_build.disk.lock import locked
        from est_build.disk.whole import write_whole
        from est_build.load.frame import load_frame

        # Alone: two at once would take the same number.
        with locked(root / "data"):
            made = make(load_frame(root / "data", drawn=False))
            path = root / made.name
            write_whole(path, made.text.encode("utf-8"))
    done = in_language(lang, "har fått en rad till", "has one row more") if made.changes else ""
    wrote = in_language(lang, f"Skrev {path}", f"Wrote {path}")
    say(f"{path} {done}." if done else f"{wrote}.")
    if made.empty:
        fields = ", ".join(made.empty)
        say(in_language(lang, f"Fyll i: {fields}.", f"Fill in: {fields}."))
        say(in_language(lang, "Kör sedan est-build check.", "Then run est-build check."))


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 (the coordinator's own day)


_year = click.option(
    "--ar", type=click.IntRange(2000, 2100), default=None, help="Årtal i numret (annars i år)."
)
_area = click.option("--omrade", "omraden", multiple=True, help="Områdets id; kan upprepas.")


@new.command(help="En åtgärd, med nästa lediga nummer.")
@click.option("--titel", default="", help="Vad ni gör, i några få ord.")
@click.option("--fraga", "fragor", multiple=True, help="Numret på frågan; kan upprepas.")
@_area
@click.option("--kort", is_flag=True, help="Bara de tio rader som måste finnas.")
@_year
@_root
@lang_option
def atgard(root: Path, lang: str, ar: int | None, kort: bool, **given: str | tuple[str, ...]) -> None:
    """Make an action."""
    from est_build.desk.new import new_action

    _make(root, lang, lambda frame: new_action(frame, ar or _today().year, given, brief=kort))


@new.command(help="En fråga att följa, med nästa lediga nummer.")
@click.option("--titel", default="", help="Problemet i sin miljö, aldrig en grupp.")
@click.option("--kategori", "kategorier", multiple=True, help="Kategorins kod; kan upprepas.")
@_area
@_year
@_root
@lang_option
def fraga(root: Path, lang: str, ar: int | None, **given: str | tuple[str, ...]) -> None:
    """Make an issue."""
    from est_build.desk.new import new_issue

    _make(root, lang, lambda frame: new_issue(frame, ar or _today().year, given))


@new.command(help="Lägesbilden för nästa period, eller för PERIOD.")
@click.argument("period", required=False)
@_root
@lang_option
def period(root: Path, lang: str, period: str | None) -> None:
    """Make the text of a fortnight."""
    from est_build.desk.new import new_period

    _make(root, lang, lambda frame: new_period(frame, period))


@new.command(help="Utvärderingen av nästa kvartal, eller av KVARTAL.")
@click.argument("kvartal", required=False)
@_root
@lang_option
def kvartal(root: Path, lang: str, kvartal: str | None) -> None:
    """Make the evaluation of a quarter."""
    from est_build.desk.new import new_quarter

    _make(root, lang, lambda frame: new_quarter(frame, kvartal, _today().isoformat()))


@new.command(help="En uppföljning sist i åtgärden NUMMER, till exempel 2026-017.")
@click.argument("nummer")
@_root
@lang_option
def uppfoljning(root: Path, lang: str, nummer: str) -> None:
    """Make a follow-up."""
    from est_build.desk.new import new_follow_up

    _make(root, lang, lambda frame: new_follow_up(frame, nummer, _today().isoformat()))


@new.command(help="En rättelse av sidan SIDA, till exempel /lage/2026-v45-46/.")
@click.argument("sida")
@_root
@lang_option
def rattelse(root: Path, lang: str, sida: str) -> None:
    """Make a correction."""
    from est_build.desk.new import new_correction

    _make(root, lang, lambda frame: new_correction(frame, sida, _today().isoformat()))


@click.command(
    name="scheman",
    short_help="Skriv mallarna och hjälpfilerna för textredigerare.",
    help="Skriv mallarna att kopiera (mallar/) och det som hjälper dig i en textredigerare: JSON-scheman för "
    "alla slags filer (scheman/) och inställningar (.vscode/).",
)
@_root
@click.option("--kontrollera", is_flag=True, help="Skriv inget; sluta med 1 om något är gammalt.")
@lang_option
def scheman(root: Path, kontrollera: bool, lang: str) -> None:
    """Write the schemas, the settings of editors and the files to copy."""
    from est_build.desk.helpers import area_of, helpers
    from est_build.disk.whole import write_all

    with stop_on_problems(lang):
        ready = {root / name: text.encode("utf-8") for name, text in helpers(area_of(root)).items()}
        fresh = {path: new for path, new in ready.items() if not path.is_file() or path.read_bytes() != new}
        old = [path.relative_to(root).as_posix() for path in fresh]
        if not kontrollera:
            write_all(fresh)
    if kontrollera and old:
        note(in_language(lang, f"Gamla filer: {', '.join(old)}", f"Out of date: {', '.join(old)}"))
        raise SystemExit(1)
    say(in_language(lang, f"{len(old)} filer är skrivna.", f"{len(old)} files written."))

"""``est-build new sajt``: a few questions, and then a complete instance with its first, empty period."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from est_build.cli.console import FOLDER, in_language, lang_option, say, stop_on_problems, working

if TYPE_CHECKING:
    from est_build.desk.site import Plan

_DATE = click.DateTime(["%Y-%m-%d"])


@click.command(
    name="sajt",
    short_help="En ny, tom instans i MAPP, för en annan kommun.",
    help="En ny, tom instans i MAPP. Den första perioden tas fram utan enkät, så webbplatsen går att bygga. "
    "Det som du inte anger får du frågor om.",
)
@click.argument("mapp", type=FOLDER)
@click.option("--kommun", "kommuner", multiple=True, help="Kod:namn:invånare, till exempel 1286:Ystad:31000.")
@click.option("--omrade", "omraden", multiple=True, help="Kommunens kod:namn:invånare, som 1286:Svarte:1000.")
@click.option("--namn", help="Webbplatsens namn.")
@click.option("--utgivare", help="Vem som ger ut den.")
@click.option("--epost", help="En funktionsbrevlåda.")
@click.option("--adress", help="Webbplatsens adress, till exempel https://trygghet.kommunen.se/.")
@click.option("--start", type=_DATE, metavar="DAG", help="En dag i den första perioden (annars i dag).")
@click.option("--forrad", type=FOLDER, default=None, help="Privat mapp för svaren (annars din datamapp).")
@click.option("--verktyg", default="est-build", help="Vad pip ska hämta för att få est-build.")
@lang_option
def sajt(mapp: Path, forrad: Path | None, lang: str, **given: object) -> None:
    """Make an instance."""
    from est_build.cli.main import default_store

    with stop_on_problems(lang), working("Skapar") as step:
        plan = _plan({key: value for key, value in given.items() if value}, lang)
        step("Skriver filerna")
        folders = _make(plan, mapp, forrad if forrad is not None else default_store())
    say(in_language(lang, f"En ny instans ligger i {mapp}/.", f"A new instance is in {mapp}/."))
    say(
        in_language(
            lang, f"Dina privata filer ligger i {folders}/.", f"Your private files are in {folders}/."
        )
    )
    say(in_language(lang, f"Läs {mapp}/README.md, och kör sedan make site i mappen.",
                    f"Read {mapp}/README.md, then run make site in the folder."))  # fmt: skip


def _plan(given: dict[str, object], lang: str) -> Plan:
    from est_build.desk.site import Plan, areas_of, first_start, towns_of

    def asked(key: str, sv: str, en: str, default: str) -> str:
        if key in given:
            return str(given[key])
        return str(click.prompt(in_language(lang, sv, en), default=default, err=True))

    words = given.get("kommuner") or (
        asked(
            "kommun", "Kommun (kod:namn:invånare)", "Municipality (code:name:population)", "9999:Norrby:10000"
        ),
    )
    towns = towns_of(tuple(words))  # type: ignore[arg-type]
    first = towns[0]
    areas = areas_of(tuple(given.get("omraden", ())), towns)  # type: ignore[arg-type]
    start = given.get("start")
    day = start.date() if isinstance(start, dt.datetime) else dt.date.today()  # noqa: DTZ011
    return Plan(
        asked("namn", "Webbplatsens namn", "Name of the site", f"Tryggt i {first.name}"),
        asked("utgivare", "Vem som ger ut den", "Publisher", f"{first.name}s kommun"),
        asked("epost", "Funktionsbrevlåda", "Mailbox", f"trygghet@{first.id}.example"),
        asked("adress", "Adress", "Address", f"https://trygghet.{first.id}.example/").rstrip("/") + "/",
        towns,
        areas,
        first_start(day),
        str(given.get("verktyg", "est-build")),
    )


def _make(plan: Plan, folder: Path, store: Path) -> Path:
    """The files, and the first period without a survey; nothing is left if it fails."""
    from est_build.desk.site import private_files, site_files, write_site
    from est_build.disk.whole import write_all
    from est_build.load.calendar import period_id
    from est_build.prepare.guard import refuse_git
    from est_build.prepare.run import PrepareRequest, prepare

    refuse_git(store, "Förrådet")
    period = period_id(plan.start, plan.start + dt.timedelta(days=13))

    def first_period(instance: Path) -> None:
        settings = private_files()
        missing = {store / name: settings[name] for name in settings if not (store / name).exists()}
        write_all(missing, mode=0o600)
        prepare(PrepareRequest(instance / "data", store / "enkat.yml", store, period, None, False, None))

    write_site(folder, site_files(plan), first_period)
    return store

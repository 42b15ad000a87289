"""``est-build survey``: the form of the digital survey, for the tool that the municipality already has."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from est_build.cli.console import FOLDER, in_language, lang_option, say, stop_on_problems

_FILE = click.Path(path_type=Path, dir_okay=False)
_DAY = click.DateTime(["%Y-%m-%d"])
# As in prepare/form/write.py; not read from there, so that --help needs none of the private side.
TOOLS = ("microsoft-forms", "google-forms", "kobotoolbox", "odk", "survey123", "limesurvey")


@click.command(
    short_help="Skriv enkätens formulär för det verktyg ni har.",
    help="""Skriv enkätens formulär ur kodlistorna, och den enkat.yml som läser svaren.

\b
microsoft-forms, google-forms    en lista med frågor och svar att klistra in
kobotoolbox, odk, survey123      en XLSForm (.xlsx) att läsa in
limesurvey                       en tabbavgränsad enkät (.txt) att läsa in

Alla svar är slutna och det finns ingen fritext. Organisationerna kommer ur medlemmar.csv. Allt hamnar i din
privata mapp: formulären i mappen formular, och inställningarna bredvid medlemmar.csv. Ingen fil skrivs över
utan --skriv-over.
""",
)
@click.option(
    "--verktyg", "tools", multiple=True, type=click.Choice(TOOLS), help="Kan upprepas. Annars alla."
)
@click.option("--kommun", "towns", multiple=True, help="Kommunens kod; kan upprepas. Annars alla.")
@click.option(
    "--antal",
    "count",
    type=click.IntRange(1, 6),
    default=3,
    metavar="ANTAL",
    help="Iakttagelser i ett svar, där verktyget inte kan upprepa frågor: 1 till 6, annars 3.",
)
@click.option(
    "--dag", "day", type=_DAY, metavar="DATUM", default=None, help="Gäller den här dagen (annars i dag)."
)
@click.option("--data", type=FOLDER, default=Path("data"), help="Instansens mapp data/.")
@click.option(
    "--enkat", type=_FILE, default=None, help="enkat.yml, med medlemmar.csv bredvid (annars i förrådet)."
)
@click.option("--skriv-over", "overwrite", is_flag=True, help="Skriv över formulär från en tidigare gång.")
@lang_option
def survey(
    data: Path,
    enkat: Path | None,
    lang: str,
    day: dt.datetime | None,
    **given: object,
) -> None:
    """Write the forms."""
    from est_build.cli.main import default_store
    from est_build.prepare.form.write import SHOWN, SurveyRequest, write_survey

    path = enkat if enkat is not None else default_store() / "enkat.yml"
    asked = {key: value for key, value in given.items() if value}
    towns = asked.pop("towns", None)
    # The coordinator's own day.
    today = day.date() if day is not None else dt.date.today()  # noqa: DTZ011
    asked.setdefault("tools", tuple(SHOWN))
    with stop_on_problems(lang):
        written = write_survey(SurveyRequest(data, path, today, municipalities=towns, **asked))  # type: ignore[arg-type]
    for one in written:
        say(in_language(lang, f"Skrev {one}", f"Wrote {one}"))
    settings = [one for one in written if one.suffix == ".yml" and one != path]
    if settings:
        say(
            in_language(
                lang,
                f"Välj den som hör till ert verktyg, och kör prepare med --enkat {settings[0]}.",
                f"Choose the one for your tool, and run prepare with --enkat {settings[0]}.",
            )
        )

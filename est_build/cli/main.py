"""``est-build``: commands, Swedish messages, exit codes 0 (ok), 1 (faults in data), 2 (wrong use)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from est_build import __version__
from est_build.cli.archive import arkivera
from est_build.cli.audit import audit
from est_build.cli.check import check
from est_build.cli.console import (
    FOLDER,
    in_language,
    in_swedish_words,
    lang_option,
    note,
    say,
    show,
    speak_swedish,
    stop_on_problems,
    working,
)
from est_build.cli.diff import diff
from est_build.cli.doctor import doctor
from est_build.cli.fix import fix
from est_build.cli.guard import vakt
from est_build.cli.join import foga
from est_build.cli.ledger import liggare
from est_build.cli.new import new, scheman
from est_build.cli.new_site import sajt
from est_build.cli.survey import survey
from est_build.cli.verify import verify

speak_swedish(sys.argv[1:])
# Nothing here needs the plugins that others may have put in the environment, and to look for them costs time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(
    subcommand_metavar="KOMMANDO [VAL]",
    options_metavar="",
    context_settings={"help_option_names": ["-h", "--help", "--hjalp"]},
    help="Från enkätsvar till en trygg, ärlig och öppen lägesbild.",
)
@click.version_option(__version__, "--version", message="est-build %(version)s", help="Visa version.")
def main() -> None:
    """The group of all commands."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


main.add_command(arkivera)
main.add_command(audit)
main.add_command(check)
main.add_command(fix)
main.add_command(foga)
main.add_command(liggare)
main.add_command(diff)
main.add_command(doctor)
new.add_command(sajt)
main.add_command(new)
main.add_command(scheman)
main.add_command(vakt)
main.add_command(survey)
main.add_command(verify)


@main.command(help="Bygg sajten. Den förra ligger kvar om något går fel.")
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/, content/ och mkdocs.yml.")
@click.option("--out", type=FOLDER, default=None, help="Var sajten läggs (annars site/ i mappen).")
@click.option("--bara-underlag", is_flag=True, help="Skriv bara build/, kör inte motorn.")
@click.option(
    "--del", "part", default=None, help="Bygg bara en del av sidorna, till exempel 2/8, i mappen --out."
)
@click.option(
    "--utan-minne", is_flag=True, help="Gör om allt från början, utan det som förra bygget sparade i build/."
)
@lang_option
def build(
    root: Path, out: Path | None, bara_underlag: bool, part: str | None, utan_minne: bool, lang: str
) -> None:
    """Build the site."""
    from est_build.site.build import build_site

    if part is not None:
        _build_part(root, out, part, lang)
        return

    target = out if out is not None else root / "site"
    with stop_on_problems(lang), working("Bygger") as step:
        built = build_site(root, target, only_stage=bara_underlag, fresh=utan_minne, progress=step)
    where = target if built.site is not None else root / "build"
    say(in_language(lang, f"{built.pages} sidor klara i {where}/", f"{built.pages} pages in {where}/"))
    if built.behind:
        from est_build.problems import Place, Problem
        from est_build.problems.catalogue_steps import LEDGER_BEHIND

        problem = Problem(LEDGER_BEHIND, Place("liggare.csv"), {"value": str(built.behind)})
        show([problem], lang, "text")


def _build_part(root: Path, out: Path | None, part: str, lang: str) -> None:
    """Build some of the pages: ``est-build foga sajt`` makes a site of all parts."""
    from est_build.site.parts import Share, build_part

    share = Share.of_text(part)
    if share is None or out is None:
        note("Skriv delen som 2/8 (del 2 av 8), och ange med --out var den ska ligga.")
        raise SystemExit(2)
    with stop_on_problems(lang), working("Bygger") as step:
        pages = build_part(root, out, share, progress=step)
    say(in_language(lang, f"{pages} sidor klara i {out}/", f"{pages} pages in {out}/"))


@main.command(help="Visa den byggda sajten på den här datorn, och bygg om den när du ändrar en fil.")
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/, content/ och mkdocs.yml.")
@click.option(
    "--out", type=FOLDER, default=None, help="Mappen med den byggda sajten (annars site/ i mappen)."
)
@click.option("--port", type=int, default=8000, help="Port; 0 väljer en ledig.")
@lang_option
def serve(root: Path, out: Path | None, port: int, lang: str) -> None:
    """Serve a built site on localhost, and build it again when its data change."""
    from est_build.cli.serve import serve_folder
    from est_build.cli.watch import rebuilding

    site = out if out is not None else root / "site"
    if not (site / "index.html").is_file():
        note(f"Det finns ingen sajt i {site}/. Kör est-build build först.")
        raise SystemExit(2)
    with rebuilding(root, site, lang):
        serve_folder(site, port)


@main.command(
    short_help="Ta fram en period ur enkätens EXPORT.",
    help="""Ta fram en period ur enkätens EXPORT. Svaren stannar på den privata sidan.

EXPORT är en CSV- eller Excelfil, eller en zip med CSV. Ger verktyget två filer, en med svar och en med
iakttagelser, anger du båda. enkat.yml säger hur exporten ska läsas. Har du ingen, låt --gissa föreslå den.
Så ser svaren ut ur verktygen som känns igen:

\b
Microsoft Forms, Google Forms   upprepade frågor bredvid varandra, flera svar i samma ruta
KoboToolbox                     XLS med ett blad för svar och ett för iakttagelser
ODK, Survey123                  två tabeller: två blad, två filer eller en zip
LimeSurvey                      frågekoder eller hela frågor som rubriker, en kolumn per svarsalternativ
""",
)
@click.argument("exports", metavar="[EXPORT]...", type=_FILE, nargs=-1)
@click.option("--period", default=None, help="Till exempel 2026-v45-46.")
@click.option(
    "--enkat", type=_FILE, default=None, help="enkat.yml, med medlemmar.csv bredvid (annars i förrådet)."
)
@click.option("--data", type=FOLDER, default=Path("data"), help="Instansens mapp data/.")
@click.option("--forrad", type=FOLDER, default=None, help="Privat mapp för svaren (annars din datamapp).")
@click.option("--kommun", "kommuner", multiple=True, help="Kommunens kod; kan upprepas. Annars alla.")
@click.option("--utan-insamling", is_flag=True, help="Ingen enkät gick ut under perioden.")
@click.option(
    "--utan-svar", is_flag=True, help="Ta fram perioden även om ingen i just de kommunerna har svarat."
)
@click.option(
    "--gissa", "--guess", "gissa", is_flag=True, help="Föreslå enkat.yml ur EXPORT. Inget tas fram."
)
@lang_option
def prepare(
    exports: tuple[Path, ...],
    period: str | None,
    enkat: Path | None,
    data: Path,
    forrad: Path | None,
    kommuner: tuple[str, ...],
    lang: str,
    **asked: bool,
) -> None:
    """Prepare one fortnight."""
    collected = not asked["utan_insamling"]
    if bool(exports) != collected:
        note("Ange antingen en EXPORT eller --utan-insamling.")
        raise SystemExit(2)
    if len({path.absolute() for path in exports}) < len(exports):
        note("Samma EXPORT är angiven två gånger.")
        raise SystemExit(2)
    from est_build.prepare.run import PrepareRequest
    from est_build.prepare.run import prepare as run

    store = forrad if forrad is not None else default_store()
    survey = enkat if enkat is not None else store / "enkat.yml"
    if asked["gissa"] and collected:
        from est_build.cli.guess import propose

        propose(exports, data, survey, lang)
        return
    if period is None:
        raise click.MissingParameter(param_hint="'--period'", param_type="option")
    first, more = (exports[0], exports[1:]) if exports else (None, ())
    towns, silent = kommuner or None, asked["utan_svar"]
    request = PrepareRequest(data, survey, store, period, first, collected, towns, more, silent)
    with stop_on_problems(lang), working(f"Tar fram {period}"):
        result = run(request)
    for problem in result.notes:
        note(f"{problem.place.file}: {problem.message(lang)}")
    if result.recovered:
        note(
            in_language(
                lang,
                "En tidigare körning som avbröts är nu avslutad.",
                "An earlier run that was interrupted is now finished.",
            )
        )
    count, report = len(result.folders), result.report
    say(in_language(lang, f"Skrev {count} mappar i {data}/.", f"Wrote {count} folders in {data}/."))
    say(
        in_language(
            lang,
            f"Din arbetsrapport (får inte spridas): {report}",
            f"Your working report (never to be spread): {report}",
        )
    )


def default_store() -> Path:
    """The user's own data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("est-build", appauthor=False))


@main.command(help="Gör exempelsajtens data på nytt, ur påhittade svar. Samma data varje gång.")
@click.option("--data", type=FOLDER, default=Path("data"), help="Mappen som skrivs om.")
@click.option("--kommun", "kommuner", multiple=True, help="Bara den kommunens siffror (kod), utan texter.")
@lang_option
def demo(data: Path, kommuner: tuple[str, ...], lang: str) -> None:
    """Make the example data."""
    import tempfile

    from est_build.demo.make import make_demo

    with stop_on_problems(lang), tempfile.TemporaryDirectory() as work, working("Gör exemplet") as step:
        make_demo(data, Path(work), progress=step, municipalities=kommuner or None)
    say(f"Exemplet ligger i {data}/.")


if os.environ["LANGUAGE"] == "sv":
    in_swedish_words(main)

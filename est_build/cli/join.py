"""``est-build foga``: joins what was made in parts, so that it is what one run would have made."""

from __future__ import annotations

from pathlib import Path

import click

from est_build.cli.console import (
    FOLDER,
    form_option,
    in_language,
    lang_option,
    say,
    stop_on_problems,
    working,
)

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_PART = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group(
    subcommand_metavar="KOMMANDO [VAL]",
    options_metavar="",
    short_help="Foga ihop det som är gjort i delar, på flera datorer.",
    help="Fogar ihop det som är gjort i delar, på flera datorer. Resultatet är detsamma som av en enda "
    "körning.",
)
def foga() -> None:
    """The group of what can be joined."""


@foga.command(
    name="data",
    short_help="Foga ihop perioder som är framtagna i delar.",
    help="Varje DEL är en mapp data/ där est-build prepare har tagit fram en eller flera kommuner med "
    "--kommun. Bara skyddade filer flyttas, och allt eller inget. Granska sedan med est-build audit.",
)
@click.argument("delar", metavar="DEL...", type=_PART, nargs=-1, required=True)
@click.option("--data", type=FOLDER, default=Path("data"), help="Mappen att foga in i.")
@lang_option
def join_data(delar: tuple[Path, ...], data: Path, lang: str) -> None:
    """Join prepared releases."""
    from est_build.prepare.merge import merge_data

    with stop_on_problems(lang, base=data), working("Fogar ihop"):
        folders = merge_data(data, delar)
    say(
        in_language(
            lang, f"Skrev {len(folders)} mappar i {data}/.", f"Wrote {len(folders)} folders in {data}/."
        )
    )


@foga.command(
    name="sajt",
    short_help="Foga ihop en webbplats som är byggd i delar.",
    help="Varje DEL är en mapp som est-build build har skrivit med --del. Sök, flöden, fillista och allt "
    "annat som gäller hela webbplatsen läggs till här, och webbplatsen granskas.",
)
@click.argument("delar", metavar="DEL...", type=_PART, nargs=-1, required=True)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/, content/ och mkdocs.yml.")
@click.option("--out", type=FOLDER, default=None, help="Var sajten läggs (annars site/ i mappen).")
@lang_option
def join_site(delar: tuple[Path, ...], root: Path, out: Path | None, lang: str) -> None:
    """Join a site that was built in parts."""
    from est_build.site.parts import join_parts

    target = out if out is not None else root / "site"
    with stop_on_problems(lang), working("Fogar ihop") as step:
        built = join_parts(root, target, delar, progress=step)
    say(in_language(lang, f"{built.pages} sidor klara i {target}/", f"{built.pages} pages in {target}/"))


@foga.command(
    name="granskning",
    short_help="Foga ihop en granskning som är gjord i delar.",
    help="Varje KVITTO är en fil som est-build audit har skrivit med --kommun och --kvitto. Allt annat "
    "granskas här, och svaret är detsamma som av est-build audit.",
)
@click.argument("kvitton", metavar="KVITTO...", type=_FILE, nargs=-1, required=True)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/.")
@click.option("--utan-historik", is_flag=True, help="Läs bara filerna, inte git-historiken.")
@form_option
@lang_option
def join_audit(kvitton: tuple[Path, ...], root: Path, utan_historik: bool, form: str, lang: str) -> None:
    """Join receipts of an audit."""
    from est_build.cli.audit import run_audit
    from est_build.protect.audit.shares import proofs_in_shares, read_receipt

    with stop_on_problems(lang, form, root / "data"):
        receipts = [read_receipt(path) for path in kvitton]
    run_audit(
        root,
        lambda frame, releases: proofs_in_shares(frame, releases, receipts),
        history=not utan_historik,
        form=form,
        lang=lang,
    )

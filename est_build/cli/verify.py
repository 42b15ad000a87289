"""``est-build verify``: is a copy of the site whole, and is it what was built?"""

from __future__ import annotations

from pathlib import Path

import click

from est_build.cli.console import FOLDER, form_option, in_language, lang_option, note, say, stop_on_problems


@click.command(
    name="verify",
    short_help="Jämför en webbplats med dess fillista: vad är ändrat, borttaget och tillagt?",
    help="Läser alla filer i mappen SAJT och jämför dem med fillistan manifest-sha256.txt. Det går lika bra "
    "med en webbplats som du har hämtat från nätet. Vill du veta att den är gjord av öppna data: bygg den "
    "själv och ange din egen fillista med --lista.",
)
@click.argument("sajt", metavar="SAJT", type=FOLDER)
@click.option(
    "--lista",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Fillistan att jämföra med (annars den i mappen).",
)
@click.option("--utan-saknade", is_flag=True, help="Du har bara en del av filerna: säg inget om de andra.")
@form_option
@lang_option
def verify(sajt: Path, lista: Path | None, utan_saknade: bool, form: str, lang: str) -> None:
    """Compare a site with its list."""
    from est_build.problems import ProblemsError
    from est_build.publish.manifest import MANIFEST
    from est_build.publish.manifest import verify as compare

    if not sajt.is_dir():
        note(f"Det finns ingen mapp {sajt}/.")
        raise SystemExit(2)
    with stop_on_problems(lang, form):
        found = compare(sajt, lista or sajt / MANIFEST, partial=utan_saknade)
        if found.problems:
            raise ProblemsError(found.problems)
    if form != "text":
        return
    some = f"{found.right} av {found.listed}" if found.right < found.listed else str(found.listed)
    of = f"{found.right} of {found.listed}" if found.right < found.listed else str(found.listed)
    say(
        in_language(
            lang,
            f"Godkänt: {some} filer finns här, och de är de som fillistan anger.\n"
            f"Fillistans sha256: {found.digest}",
            f"Passed: {of} files are here, and they are those that the list names.\n"
            f"sha256 of the list: {found.digest}",
        )
    )

"""``est-build arkivera``: the built site, or one release of it, as a file that an archive can keep."""

from __future__ import annotations

from pathlib import Path

import click

from est_build.cli.console import FOLDER, in_language, lang_option, note, say, stop_on_problems


@click.command(
    name="arkivera",
    short_help="Spara den byggda webbplatsen, eller en period av den, i en WARC-fil till arkivet.",
    help="Skriver en WARC-fil av den byggda webbplatsen. Det är det format som arkiv sparar webbplatser i. "
    "Bygg webbplatsen först. Samma webbplats ger samma fil.",
)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@click.option("--sajt", type=FOLDER, default=None, help="Den byggda webbplatsen (annars site/ i mappen).")
@click.option(
    "--tid", default=None, help="Bara en period, ett kvartal eller ett år, till exempel 2026-v45-46."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Filen, till exempel lage-2026-v45-46.warc.gz.",
)
@lang_option
def arkivera(root: Path, sajt: Path | None, tid: str | None, out: Path, lang: str) -> None:
    """Write the archive."""
    from est_build.disk.whole import write_whole
    from est_build.model.published import load_published
    from est_build.publish.warc import DRAWN_WITH, files_of, warc_file

    site = sajt if sajt is not None else root / "site"
    if not (site / "index.html").is_file():
        note(f"Det finns ingen sajt i {site}/. Kör est-build build först.")
        raise SystemExit(2)
    names = list(files_of(site, tid))
    if all(name.startswith(DRAWN_WITH) for name in names):
        note(f"Webbplatsen har ingen sida för {tid}. Skriv tiden som i adressen, till exempel 2026-v45-46.")
        raise SystemExit(2)
    with stop_on_problems(lang, base=root / "data"):
        published = load_published(root / "data")
        write_whole(out, warc_file(site, names, published.site.bas_url, published.date))
    say(in_language(lang, f"{len(names)} filer ligger i {out}.", f"{len(names)} files in {out}."))

"""``est-build liggare``: writes down every address that the site has, so that none of them is lost."""

from __future__ import annotations

from pathlib import Path

import click

from est_build.cli.console import FOLDER, in_language, lang_option, say, stop_on_problems, working


@click.command(
    name="liggare",
    short_help="Skriv upp alla adresser som webbplatsen har, så att ingen försvinner.",
    help="Skriver data/liggare.csv: alla adresser på webbplatsen, och ett fingeravtryck av varje text som "
    "bara får ändras med en rättelse. Bygget stoppar sedan den ändring som tar bort en adress. "
    "Kör kommandot när en ny period är publicerad.",
)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/ och content/.")
@lang_option
def liggare(root: Path, lang: str) -> None:
    """Write the ledger."""
    from est_build.publish.ledger import FILE

    with stop_on_problems(lang, base=root / "data"), working("Skriver liggaren"):
        count = write_ledger(root)
    path = root / "data" / FILE
    sv = f"{count} nya adresser står i {path}." if count else f"Alla adresser står redan i {path}."
    say(in_language(lang, sv, f"{count} new addresses in {path}."))


def write_ledger(root: Path) -> int:
    """Write ``data/liggare.csv`` with every address that the site has now. Returns how many are new.

    Raises :class:`est_build.problems.ProblemsError` if the instance has faults, or if an address has been
    lost or a closed text changed: the ledger is no way around that.
    """
    from est_build.disk.lock import locked
    from est_build.disk.whole import write_whole
    from est_build.model.published import load_instance, published, refuse_texts
    from est_build.pages.context import Context
    from est_build.problems import ProblemsError
    from est_build.publish.ledger import FILE, ledger_file, ledger_problems, missing, read_ledger, rows_of
    from est_build.site.build import everything, kept_lists, lasting

    with locked(root / "data"):
        instance = load_instance(root / "data")
        refuse_texts(instance)
        public = published(instance)
        ledger, problems = read_ledger(root / "data")
        pages, assets = everything(root, Context(public))
        now = rows_of(public, lasting([*pages, *kept_lists(ledger, pages)], assets))
        problems += ledger_problems(ledger, now)
        if problems:
            raise ProblemsError(problems)
        write_whole(root / "data" / FILE, ledger_file(ledger, now))
    return missing(ledger, now)

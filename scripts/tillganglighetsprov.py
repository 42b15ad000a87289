"""Runs axe over a finished site and writes the result into ``content/tillganglighet.yml``.

    .venv/bin/python scripts/tillganglighetsprov.py SITE [--datum ÅÅÅÅ-MM-DD] [--fil FIL]

SITE is the folder that ``est-build build`` made. Every page of every kind is visited in two widths and two
schemes. The block ``korning`` lists each clause of EN 301 549 chapter 9 with what is known of it:

* ``uppfyllt``: there are rules of axe for the clause, they found nothing, and a test or the very form of the
  site covers the rest.
* ``delvis``: nothing was found, but the rules or the tests see only a part of what the clause asks for.
* ``inte``: the rules found something.
* ``galler_inte``: the site has nothing that the clause is about (no sound, no film, no form). Counted, not
  assumed.
* ``inte_provat``: nobody has tried.

The rest of the file is left as it is. Exit code 1 if anything was found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

HEAD = "\n# Skrivs av scripts/tillganglighetsprov.py. Ändra inte för hand.\nkorning:\n"
LOOKS = ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark"))
MEDIA = "Ingen sida har ljud eller film"
FORM = "Ingen sida har ett formulär som skickas"
# Clause -> demand, and how it is tried besides axe: "prov" a test of the suite or the form of the site,
# "del" the same but only in part, "saknas" nothing of the sort on any page, "" nothing but axe.
CLAUSES: dict[str, tuple[str, str, str]] = {
    "9.1.1.1": ("Icke-textuellt innehåll", "prov", "axe, och test av att varje bild har ett namn"),
    "9.1.2.1": ("Enbart ljud och enbart video", "saknas", MEDIA),
    "9.1.2.2": ("Undertexter, inspelat", "saknas", MEDIA),
    "9.1.2.3": ("Syntolkning eller alternativ", "saknas", MEDIA),
    "9.1.2.4": ("Undertexter, direkt", "saknas", MEDIA),
    "9.1.2.5": ("Syntolkning, inspelat", "saknas", MEDIA),
    "9.1.3.1": ("Information och relationer", "prov", "axe, och test av rubriker, tabeller och landmärken"),
    "9.1.3.2": ("Meningsfull ordning", "del", "Läst i textläsare. Prov med skärmläsare återstår"),
    "9.1.3.3": ("Sensoriska kännetecken", "", ""),
    "9.1.3.4": ("Visningsriktning", "prov", "Ingen stilmall binder till en riktning"),
    "9.1.3.5": ("Inmatningens syfte", "saknas", "Ingen sida frågar efter uppgifter om dig"),
    "9.1.4.1": ("Användning av färg", "prov", "Test av att varje tecken har ett ord"),
    "9.1.4.2": ("Styrning av ljud", "saknas", MEDIA),
    "9.1.4.3": ("Kontrast", "prov", "axe, och test av färgerna i båda lägena"),
    "9.1.4.4": ("Ändring av textstorlek", "prov", "Test med dubbel storlek på varje slags sida"),
    "9.1.4.5": ("Bilder av text", "prov", "Texten i bilderna är riktig text"),
    "9.1.4.10": ("Omflöde", "prov", "Test av att sidorna ryms i 320 bildpunkter"),
    "9.1.4.11": ("Kontrast för annat än text", "prov", "Test av färgerna i båda lägena"),
    "9.1.4.12": ("Textavstånd", "prov", "Test med större avstånd på varje slags sida"),
    "9.1.4.13": ("Innehåll vid pekning eller fokus", "", ""),
    "9.2.1.1": ("Tangentbord", "prov", "Test med bara tangentbord, även kartan"),
    "9.2.1.2": ("Ingen tangentbordsfälla", "prov", "Test med bara tangentbord, även kartan"),
    "9.2.1.4": ("Kortkommandon", "prov", "Sidorna har inga kortkommandon"),
    "9.2.2.1": ("Tidsgränser", "prov", "Sidorna har inga tidsgränser"),
    "9.2.2.2": ("Pausa, stoppa, dölja", "prov", "Inget rör sig av sig självt"),
    "9.2.3.1": ("Högst tre blinkningar", "prov", "Inget blinkar"),
    "9.2.4.1": ("Hoppa förbi block", "prov", "axe, och test av hopplänken"),
    "9.2.4.2": ("Sidans titel", "prov", "axe, och test av att titlarna är unika"),
    "9.2.4.3": ("Fokusordning", "prov", "Test med bara tangentbord"),
    "9.2.4.4": ("Länkens syfte", "prov", "axe, och test av länkarnas texter"),
    "9.2.4.5": ("Flera sätt att hitta", "prov", "Meny, sökning och A–Ö"),
    "9.2.4.6": ("Rubriker och etiketter", "", ""),
    "9.2.4.7": ("Synligt fokus", "prov", "Test av varje stopp på varje slags sida"),
    "9.2.5.1": ("Pekargester", "prov", "Allt går att göra med ett tryck"),
    "9.2.5.2": ("Ångra pekning", "prov", "Bara vanliga länkar och knappar"),
    "9.2.5.3": ("Etikett i namn", "prov", "Test av länkar och knappar på varje slags sida"),
    "9.2.5.4": ("Rörelseaktivering", "prov", "Inget styrs med rörelse"),
    "9.3.1.1": ("Sidans språk", "prov", "axe, och test av varje sida"),
    "9.3.1.2": ("Språk för delar", "prov", "Länkar till engelska är märkta, och test av sidor på två språk"),
    "9.3.2.1": ("Vid fokus", "prov", "Inget händer vid fokus"),
    "9.3.2.2": ("Vid inmatning", "", ""),
    "9.3.2.3": ("Konsekvent navigering", "prov", "Alla sidor har samma mall"),
    "9.3.2.4": ("Konsekvent identifiering", "prov", "Alla sidor har samma delar"),
    "9.3.3.1": ("Identifiering av fel", "saknas", FORM),
    "9.3.3.2": ("Etiketter och instruktioner", "", ""),
    "9.3.3.3": ("Förslag vid fel", "saknas", FORM),
    "9.3.3.4": ("Förebyggande av fel", "saknas", FORM),
    "9.4.1.1": ("Parsning", "prov", "Test av att elementen är rätt nästlade"),
    "9.4.1.2": ("Namn, roll och värde", "", ""),
    "9.4.1.3": ("Statusmeddelanden", "del", "Test av sökningens svar. Prov med skärmläsare återstår"),
}
ABSENT = {MEDIA: "audio, video", FORM: "form"}
RUN = """async () => { const r = await axe.run(document, {resultTypes: ['violations', 'passes']});
  const take = rows => rows.map(x => [x.id, x.tags]); return [take(r.violations), take(r.passes)]; }"""


def visited(
    site: Path, chromium: str, pages: list[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
    """Clauses with faults, clauses with rules that passed, and the kinds of elements that were met."""
    from axe_playwright_python.base import AXE_SCRIPT
    from playwright.sync_api import sync_playwright

    from tests.public.browse import served

    faults: dict[str, set[str]] = defaultdict(set)
    passed: dict[str, set[str]] = defaultdict(set)
    met: set[str] = set()
    with served(site) as home, sync_playwright() as tools:
        page = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        for address in pages:
            page.goto(home + address)
            page.evaluate(AXE_SCRIPT)
            met |= {name for name, css in ABSENT.items() if page.query_selector(css)}
            for width, scheme in LOOKS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                bad, good = page.evaluate(RUN)
                for found, rows in ((faults, bad), (passed, good)):
                    for rule, tags in rows:
                        for tag in tags:
                            if tag.startswith("EN-9."):
                                found[tag.removeprefix("EN-")].add(f"{rule} på {address}")
    return faults, passed, met


def rows(
    faults: dict[str, set[str]], passed: dict[str, set[str]], met: set[str]
) -> list[tuple[str, str, str, str]]:
    """Clause, demand, result, and how it was tried."""
    found = []
    for clause, (demand, sort, words) in CLAUSES.items():
        if clause in faults:
            found.append((clause, demand, "inte", "axe: " + ", ".join(sorted(faults[clause]))[:180]))
        elif sort == "saknas" and words not in met:
            found.append((clause, demand, "galler_inte", words))
        elif sort == "prov":
            found.append((clause, demand, "uppfyllt", words))
        elif sort == "del":
            found.append((clause, demand, "delvis", words))
        elif clause in passed:
            found.append((clause, demand, "delvis", "axe fann inga fel. Prov med skärmläsare återstår"))
        else:
            found.append((clause, demand, "inte_provat", "Ingen har provat"))
    return found


def written(text: str, date: dt.date, pages: int, tool: str, found: list[tuple[str, str, str, str]]) -> str:
    """The file with a new block ``korning`` last."""
    text = re.split(r"\n# Skrivs av scripts/tillganglighetsprov|\nkorning:", text)[0].rstrip("\n") + "\n"
    text = re.sub(r"^uppdaterad: .*$", f"uppdaterad: {date.isoformat()}", text, flags=re.MULTILINE)
    lines = [f"  datum: {date.isoformat()}", f"  verktyg: [{tool}]", f"  sidor: {pages}", "  rader:"]
    for clause, demand, result, how in found:
        lines += [
            f'    - punkt: "{clause}"',
            f'      krav: "{demand}"',
            f"      resultat: {result}",
            f'      hur: "{how}"',
        ]
    return text + HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Visit, write, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument(
        "--datum", type=dt.date.fromisoformat, default=None, help="annars den dag då det körs"
    )
    parser.add_argument("--fil", type=Path, default=ROOT / "content/tillganglighet.yml")
    asked = parser.parse_args()
    from axe_playwright_python.base import AXE_SCRIPT

    from tests.conftest import load_script
    from tests.public.checkers import TEMPLATES

    pages = [p for p in TEMPLATES if (asked.site / p.strip("/") / "index.html").is_file() or p == "/404.html"]
    faults, passed, met = visited(asked.site, load_script("find_chromium").find(), pages)
    version = re.search(r"axe v([0-9.]+)", AXE_SCRIPT)
    tool = f"axe-core {version[1] if version else ''}".strip()
    date = asked.datum or dt.datetime.now(tz=dt.UTC).date()
    asked.fil.write_text(
        written(asked.fil.read_text(encoding="utf-8"), date, len(pages), tool, rows(faults, passed, met)),
        encoding="utf-8",
    )
    for clause in sorted(faults):
        print(clause, *sorted(faults[clause]), sep="\n  ")
    print(f"{len(pages)} sidor, {len(faults)} punkter med fel")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

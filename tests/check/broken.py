"""A broken instance for every code that ``check`` can tell: each with all that must be told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.public.instances import attest, edit, write

Break = Callable[[Path], object]
SITE, RULES, CODES, CALENDAR = (
    "data/webbplats.yml",
    "data/skydd.yml",
    "data/kodlistor.yml",
    "data/kalender.csv",
)
AREAS, FIXES, PAGE = "data/omraden.geojson", "data/rattelser.yml", "content/om.md"
PERIOD = "data/perioder/2026-v45-46"
PICTURE, JUDGEMENT, RELEASE = f"{PERIOD}/lagesbild.yml", f"{PERIOD}/bedomning.csv", f"{PERIOD}/1286"
ISSUE, ACTION, PLAN = "data/fragor/2026-004.yml", "data/atgarder/2026-017.yml", "data/plan/ystad.yml"
INDICATOR = "data/indikatorer/trygghetsmatning-polisen.yml"
CAUSE = "Träden har vuxit in över lamporna."


class Broken(NamedTuple):
    """Name, codes in order (each once for each time that it is told), and what breaks the instance."""

    name: str
    codes: tuple[str, ...]
    apply: Break


def put(file: str, old: str, new: str) -> Break:
    return lambda root: edit(root / file, old, new)


def whole(file: str, content: str | bytes) -> Break:
    return lambda root: write(root / file, content)


def said(text: str) -> Break:
    """A sentence in the text of an issue."""
    return put(ISSUE, CAUSE, text)


def both(*steps: Break) -> Break:
    def apply(root: Path) -> None:
        for step in steps:
            step(root)

    return apply


def raw(file: str, change: Callable[[bytes], bytes]) -> Break:
    return lambda root: write(root / file, change((root / file).read_bytes()))


def area(change: Callable[[dict], object]) -> Break:  # type: ignore[type-arg]
    """Change the first small area of the map."""

    def apply(root: Path) -> None:
        data = json.loads((root / AREAS).read_text(encoding="utf-8"))
        change(next(f for f in data["features"] if f["properties"]["niva"] == "omrade"))
        write(root / AREAS, json.dumps(data, ensure_ascii=False))

    return apply


def twice(root: Path) -> None:
    data = json.loads((root / AREAS).read_text(encoding="utf-8"))
    data["features"].append(data["features"][-1])
    write(root / AREAS, json.dumps(data, ensure_ascii=False))


def ring(change: Callable[[list], list]) -> Break:  # type: ignore[type-arg]
    def apply(feature: dict) -> None:  # type: ignore[type-arg]
        feature["geometry"]["coordinates"] = [change(feature["geometry"]["coordinates"][0])]

    return area(apply)


def released(file: str, old: str, new: str) -> Break:
    """Change a file of a release and its attestation with it."""

    def apply(root: Path) -> None:
        path = root / RELEASE / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        write(path, text.replace(old, new, 1))
        attest(root / RELEASE)

    return apply


def looped(root: Path) -> None:
    (root / SITE).unlink()
    (root / SITE).symlink_to("webbplats.yml")


def nothing_published(root: Path) -> None:
    for path in sorted(root.glob("data/*/*/[0-9]*/*")):
        path.unlink()


def fields(feature: dict, **values: object) -> None:  # type: ignore[type-arg]
    feature["properties"].update(values)


def earlier_rules(root: Path) -> None:
    text = (root / RULES).read_text(encoding="utf-8")
    write(root / "data/skydd/2025.yml", text.replace('regelverk: "1"', 'regelverk: "1"\ngaller_fran: 2024'))


def approval(expression: str) -> Break:
    return whole(
        "content/godkannanden.yml",
        'format: "1"\ngodkannanden:\n  - fil: atgarder/2026-017.yml\n'
        f"    uttryck: {expression}\n    godkant_av: [trygghetssamordnare, dataskyddsombud]\n"
        "    datum: 2026-11-18\n    skal: Ett påhittat exempel.\n",
    )


READING = [
    Broken("a file is gone", ("EST101",), lambda root: (root / CALENDAR).unlink()),
    Broken("saved as cp1252", ("EST102",), raw(FIXES, lambda b: b.decode().encode("cp1252"))),
    Broken("a colon too many", ("EST103",), put(ISSUE, "titel: Mörka", "titel: Ljus: Mörka")),
    Broken("a name twice", ("EST104",), put(ISSUE, "behov: 3\n", "behov: 3\nbehov: 2\n")),
    Broken("JSON cut off", ("EST105",), raw(AREAS, lambda b: b[:-20])),
    Broken("a column is gone", ("EST106",), put(JUDGEMENT, "omrade,niva,text", "omrade,niva")),
    Broken("a column misspelt", ("EST107",), put(JUDGEMENT, "omrade,niva,text", "område,niva,text")),
    Broken("a comma in a text", ("EST108",), put(JUDGEMENT, "sjobo,normalt,Få", "sjobo,normalt,I år, få")),
    Broken("an empty file", ("EST109",), whole(ISSUE, "")),
    Broken("only comments", ("EST109",), whole(FIXES, "# inget\n")),
    Broken("semicolons", ("EST110",),
           whole(JUDGEMENT, "omrade;niva;text\nsjobo;normalt;Lugnt.\n")),
    Broken("a row twice", ("EST111",), put(JUDGEMENT, "sjobo,normalt,", "simrishamn,normalt,")),
    Broken("an anchor", ("EST112",), put(ISSUE, "titel: Mörka", "titel: &a Mörka")),
    Broken("a quote not closed", ("EST113",), put(JUDGEMENT, "sjobo,normalt,Få", 'sjobo,normalt,"Få')),
    Broken("a file that leads to itself", ("EST114",), looped),
    Broken("an empty row", ("EST115",), put(JUDGEMENT, "sjobo,normalt", ",,\nsjobo,normalt")),
    Broken("a column twice", ("EST116",), put(JUDGEMENT, "omrade,niva,text", "omrade,niva,text,text")),
    Broken("brackets without end", ("EST117",), whole(FIXES, "a: " + "[" * 500 + "]" * 500)),
    Broken("a bell", ("EST118",), put(FIXES, "vara lagade", "vara \x07lagade")),
    Broken("tabs", ("EST119",), whole(JUDGEMENT, "omrade\tniva\ttext\nsjobo\tnormalt\tLugnt.\n")),
    Broken("a tag", ("EST120",), put(ISSUE, "titel: Mörka", "titel: !a Mörka")),
    Broken("a file of another kind", ("EST121",), whole(ISSUE, "#" * 2_000_001)),
    Broken("a thousand faults", (*("EST115",) * 500, "EST122"),
           whole(JUDGEMENT, "omrade,niva,text\n" + ",,\n" * 1000)),
    Broken("a page without its head", ("EST201",), put(PAGE, "---\ntitle:", "title:")),
    Broken("a page with a bad name", ("EST211",), whole("content/Min sida.md", "---\ntitle: x\n---\n")),
]  # fmt: skip
VALUES = [
    Broken("a name is gone", ("EST201",), put(ISSUE, "behov: 3\n", "")),
    Broken("a name misspelt", ("EST202",), put(ISSUE, "behov: 3\n", "behöv: 3\n")),
    Broken("a date in words", ("EST203",),
           put(ACTION, "klar_senast: 2026-12-12", "klar_senast: 12 december 2026")),
    Broken("a date that is not", ("EST204",),
           put(ACTION, "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")),
    Broken("a number in words", ("EST205",), put(ISSUE, "behov: 3", "behov: tre")),
    Broken("a limit lowered", ("EST206",), put(RULES, "rapporter: 5 #", "rapporter: 4 #")),
    Broken("no choice", ("EST207",), put(ACTION, "horisont: lang", "horisont: lång")),
    Broken("neither yes nor no", ("EST208",), put(SITE, "exempeldata: ja", "exempeldata: kanske")),
    Broken("no text", ("EST209",), put(ISSUE, "titel: Mörka gångvägar vid stationer", "titel: ''")),
    Broken("too long", ("EST210",), put(ISSUE, "titel: Mörka", "titel: " + "M" * 201)),
    Broken("a short number", ("EST211",), put(PICTURE, "    atgard: 2026-017\n", "    atgard: 2026-17\n")),
    Broken("a week for a period", ("EST212",),
           put(ISSUE, "forsta_period: 2026-v37-38", "forsta_period: vecka 37")),
    Broken("no quarter", ("EST213",), put(ISSUE, "senast: 2026-kv4", "senast: 2026-kv5")),
    Broken("no list", ("EST215",), put(ISSUE, "omraden:\n  - ystads-tatort", "omraden: ystads-tatort")),
    Broken("twice in a list", ("EST216",), put(ACTION, "  - o2\n", "  - o1\n")),
    Broken("a decimal comma", ("EST217",), put(INDICATOR, "    varde: 1.94", "    varde: 1,94")),
    Broken("a rule broken", ("EST218",), put(RULES, "kanda_kallor: [polis]", "kanda_kallor: [skola]")),
    Broken("a line in braces that asks for nothing", ("EST231",),
           put(PAGE, "## Vad du inte hittar här\n", "{{ fel: EST2004 }}\n\n## Vad du inte hittar här\n")),
    Broken("a picture that is not there", ("EST232",),
           put(PAGE, "## Vad du inte hittar här\n",
               "![Kartan](/handbok/bilder/kartan.png)\n\n## Vad du inte hittar här\n")),
    Broken("a picture without words", ("EST233",),
           put(PAGE, "## Vad du inte hittar här\n",
               "![](/handbok/bilder/lagesbild.png)\n\n## Vad du inte hittar här\n")),
]  # fmt: skip
LINKS = [
    Broken("no area", ("EST301",), put(ACTION, "  - simrishamns-tatort", "  - simrishamn-tatort")),
    Broken("no code", ("EST302",), put(ACTION, "typ: belysning", "typ: belysningar")),
    Broken("no municipality", ("EST303",), put(PLAN, "kommun: 1286", "kommun: 1268")),
    Broken("no issue", ("EST304",), put(PICTURE, "    fraga: 2026-004\n", "    fraga: 2026-040\n")),
    Broken("another name", ("EST305",), put(ACTION, "id: 2026-017", "id: 2026-018")),
    Broken("a gap", ("EST306",), raw(CALENDAR, lambda b: re.sub(rb"2024-v05-06.*\n", b"", b))),
    Broken("a short period", ("EST307",),
           put(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15", "2026-v45-46,2026-11-02,2026-11-14")),
    Broken("weeks of other dates", ("EST308",), put(CALENDAR, "2026-v45-46,", "2026-v44-45,")),
    Broken("no such period", ("EST309",),
           put(ISSUE, "forsta_period: 2026-v37-38", "forsta_period: 2026-v37-39")),
    Broken("a folder of no period", ("EST309",), whole("data/perioder/2026-v46-47/lagesbild.yml", "a: 1\n")),
    Broken("a point", ("EST310",),
           area(lambda f: f["geometry"].update(type="Point", coordinates=[13.8, 55.4]))),
    Broken("too fine", ("EST311",), ring(lambda r: [[r[0][0] + 1e-7, r[0][1]], *r[1:-1],
                                                    [r[0][0] + 1e-7, r[0][1]]])),
    Broken("an area of nobody", ("EST312",), area(lambda f: fields(f, kommun="9999"))),
    Broken("a ring not closed", ("EST313",), ring(lambda r: r[:-1])),
    Broken("a ring across itself", ("EST313",), ring(lambda r: [r[0], r[2], r[1], *r[3:]])),
    Broken("coordinates swapped", ("EST313",), ring(lambda r: [[y, x] for x, y in r])),
    Broken("an area twice", ("EST314",), twice),
    Broken("merged across a border", ("EST315",), put(RULES, "slimminge: rydsgard", "slimminge: svarte")),
    Broken("a file of no kind", ("EST316",), whole(f"{PERIOD}/anteckningar.txt", "hej\n")),
    Broken("nothing published", ("EST317",), both(nothing_published, lambda root: [
        p.rmdir() for p in sorted(root.glob("data/*/*/[0-9]*")) if p.is_dir()])),
    Broken("a quarter of another year", ("EST318",),
           put(CALENDAR, "2026-11-15,2026-kv4,2026", "2026-11-15,2025-kv4,2026")),
    Broken("a status without history", ("EST319",),
           put(ACTION, "status: pagar\nmal:", "status: pausad\nmal:")),
    Broken("an ending without reason", ("EST320",), both(
        put(ACTION, "status: pagar\nmal:", "status: avbruten\nmal:"),
        put(ACTION, "2026-11-13\n    status: pagar", "2026-11-13\n    status: avbruten"))),
    Broken("a category without group", ("EST321",), put(CODES, "forald: trafik\n", "forald: trafiken\n")),
    Broken("a correction of no page", ("EST322",),
           put(FIXES, "galler: /lage/2026-v37-38/", "galler: /lage/2026-v37-39/")),
]  # fmt: skip
PROTECTED = [
    Broken("a row is gone", ("EST401",), released("rapporter.csv", "omrade,svarte,alla,,,,\n", "")),
    Broken("off the ladder", ("EST402",), released("rapporter.csv", ",65,69\n", ",66,70\n")),
    Broken("no attestation", ("EST403",), lambda root: (root / RELEASE / "intyg.json").unlink()),
    Broken("a file edited by hand", ("EST404",),
           raw(f"{RELEASE}/rapporter.csv", lambda b: b.replace(b",65,69", b",70,74"))),
    Broken("another's attestation", ("EST405",), put(f"{RELEASE}/intyg.json", '"kommun": "1286"',
                                                     '"kommun": "1291"')),
    Broken("more answers than asked", ("EST406",), released("deltagande.csv", "alla,26,", "alla,11,")),
    Broken("a plan that cannot be audited", ("EST451", *("EST401",) * 5, "EST452", "EST452"),
           put(RULES, "    - kommun_tid\n", "    - kommun_tid\n    - omrade_tid\n")),
    Broken("a limit raised within a year", ("EST452", "EST452"),
           put(RULES, "organisationer: 3 #", "organisationer: 4 #")),
    Broken("rules in the wrong file", ("EST453",), earlier_rules),
    Broken("a border redrawn", ("EST454",), ring(lambda r: [*r[:1], *r[2:]])),
    Broken("a category changed", ("EST461", "EST461"), put(CODES, "kanslighet: oppen", "kanslighet: omrade")),
]  # fmt: skip
TEXT = [
    Broken("an identity number", ("EST411",), said("Han med 19811228-9874 sågs.")),
    Broken("a telephone", ("EST412",), said("Ring 070-174 06 05 om träden.")),
    Broken("a private mailbox", ("EST413",), said("Skriv till anna.andersson@mejl.example om träden.")),
    Broken("a plate", ("EST414",), said("Bilen ABC 123 stod där.")),
    Broken("a street", ("EST415",), said("Det är mörkt vid Storgatan 14.")),
    Broken("a flat", ("EST416",), said("Det är mörkt i trappuppgång 3.")),
    Broken("a point in words", ("EST417",), said("Det är mörkt vid 55.42968, 13.82112.")),
    Broken("a property", ("EST418",), said("Det är mörkt på fastigheten Svarte 12:34.")),
    Broken("an account", ("EST419",), said("Se @ystadnatt99 om träden.")),
    Broken("an exact count", ("EST420",), said("Sju rapporter handlade om träden.")),
    Broken("a word that stamps", ("EST421",), said("Det är mörkt vid ett hvb.")),
    Broken("a word to agree on", ("EST422",), said("Träden skymmer kamerorna.")),
    Broken("a claim of cause", ("EST423",), said("Klippningen ledde till bättre ljus.")),
    Broken("a name", ("EST424",), said("Träden klipps av Anna Andersson.")),
    Broken("perhaps a name", ("EST425",), said("Träden klipps av Bertil.")),
    Broken("the very minute", ("EST426",), said("En sextonåring såg att träden skymde.")),
    Broken("a number of events", ("EST427",), said("Vid två tillfällen föll grenar.")),
    Broken("an approval of nothing", ("EST428",), approval("kamror")),
    Broken("characters unseen", ("EST429",), said("Trä\u200bden har vux\u200bit in.")),
]  # fmt: skip
EVERY = (*READING, *VALUES, *LINKS, *PROTECTED, *TEXT)
ELSEWHERE = {
    "EST431", "EST432", "EST433", "EST434", "EST435", "EST436", "EST437", "EST438", "EST439", "EST440",
    "EST441", "EST442", "EST444", "EST445", "EST446", "EST447", "EST448", "EST449",
    "EST455", "EST456", "EST457", "EST458", "EST459", "EST460",
    "EST501", "EST502", "EST503", "EST504", "EST505", "EST506", "EST507", "EST508", "EST509", "EST510",
    "EST511", "EST512", "EST513", "EST515", "EST516", "EST517", "EST518", "EST520", "EST521", "EST522",
    "EST524", "EST525", "EST526", "EST527", "EST528", "EST529", "EST530", "EST531", "EST532", "EST533",
    "EST534", "EST535", "EST536", "EST537", "EST601", "EST602", "EST603", "EST604", "EST605", "EST606",
    "EST607", "EST608", "EST611", "EST612", "EST613", "EST614", "EST615", "EST616",
    "EST641", "EST642", "EST643", "EST644", "EST645", "EST646", "EST647",
}  # fmt: skip
"""Codes of other commands: the guard, the audit, ``prepare``, ``build``, ``fix``, ``new`` and ``verify``."""

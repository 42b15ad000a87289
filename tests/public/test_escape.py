"""Whatever people write is shown as text: an instance full of mark-up, templates, scripts and odd marks."""

from __future__ import annotations

import csv
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from icalendar import Calendar
from rdflib import FOAF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from est_build.pages.styles import style_sheet
from est_build.problems import ProblemsError
from est_build.publish.serial import safe_cell
from est_build.site.build import build_site
from est_build.site.checks import LETTER
from tests.public.browse import Watch, browsing, served, settled
from tests.public.dom import Document, parse
from tests.public.instances import copy, edit, write
from tests.public.recount import rows

EVIL = {
    "markup": "</script><img src=x onerror=alert(1)>",
    "handler": "\" onmouseover=alert(2) x='",
    "template": "{{ 7*7 }} {% raw %} ${7} #{7}",
    "markdown": "**fet** [länk](javascript:alert(3)) `kod` | ruta",
    "fragment": "<!--est:index--> </title></main></svg>",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; <b>nej</b>",
    "direction": "\u202etxet edneläv\u202c \u200f\u2067rtl\u2069",
    "links": 'https://ond.example/ //ond.example style="x"',
}
ALL = " ".join(EVIL.values())
FORMULA = "=cmd|' /C calc'!A0;=1+1; =2+2;"
SHORT = "</b><svg onload=alert(4)>{{ 7*7 }}**x**"


LONG = ALL[:190]


def poison(path: Path, **texts: str) -> None:
    """Give every key of these names its text, wherever in the file it stands."""

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(v) for v in value]
        if isinstance(value, dict):
            return {k: texts[k] if k in texts and isinstance(v, str) else walk(v) for k, v in value.items()}
        return value

    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    write(path, yaml.safe_dump(walk(data), allow_unicode=True, default_style="'", sort_keys=False))


def poison_areas(path: Path) -> None:
    """Give every area a name with mark-up."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["namn"] += f" {SHORT}"
    write(path, json.dumps(collection, ensure_ascii=False))


@pytest.fixture(scope="module")
def evil(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built instance in which every text is hostile."""
    root = copy(slim_root, tmp_path_factory.mktemp("ond") / "instans")
    data = root / "data"
    name = f"Namn {SHORT} {EVIL['direction']}"
    site = dict.fromkeys(("namn", "kortnamn", "utgivare", "funktion", "vad", "kalla", "licens"), SHORT)
    poison(data / "webbplats.yml", **{**site, "kortnamn": name, "beskrivning": ALL})
    for path in sorted((data / "atgarder").glob("*.yml")):
        title = f"{path.stem} {SHORT} {EVIL['handler']}"
        poison(
            path,
            titel=title,
            vad=ALL,
            ansvarig=f"{FORMULA} {SHORT}",
            text=LONG,
            slutsats=ALL,
            hur=ALL,
            mal=LONG,
        )
    for path in sorted((data / "fragor").glob("*.yml")):
        title = f"{path.stem} {EVIL['markup']} {EVIL['markdown']}"
        poison(path, titel=title, varfor=ALL, text=LONG, konsekvenser=ALL)
    for path in data.glob("perioder/*/lagesbild.yml"):
        poison(path, sammanfattning=ALL, text=LONG, titel=SHORT, kommentar=ALL)
    for path in data.glob("perioder/*/bedomning.csv"):
        text = LONG.replace('"', '""')
        write(path, f'omrade,niva,text\nystad,okad,"{text}"\nkivik,normalt,"{SHORT}"\n')
    for path in [*data.glob("kvartal/*/utvardering.yml"), *data.glob("ar/*/uppfoljning.yml")]:
        poison(path, sammanfattning=ALL, text=LONG, vad_fungerade=ALL)
    poison(data / "rattelser.yml", vad_var_fel=ALL, vad_andrades=ALL)
    for path in sorted((data / "indikatorer").glob("*.yml")):
        poison(path, titel=f"{path.stem} {SHORT}", skala=ALL, kalla=SHORT)
    poison(data / "kodlistor.yml", sv=f"Kod {SHORT}", beskrivning=ALL)
    poison_areas(data / "omraden.geojson")
    build_site(root, root / "site")
    return root


@pytest.fixture(scope="module")
def pages(evil: Path) -> dict[str, Document]:
    """Return every page of the hostile instance."""
    site = evil / "site"
    return {
        "/" + p.relative_to(site).as_posix().removesuffix("index.html"): parse(p.read_text(encoding="utf-8"))
        for p in sorted(site.rglob("*.html"))
    }


def test_pages_still_nest(pages: dict[str, Document]) -> None:
    for address, page in pages.items():
        assert page.faults == (), address
        assert page.comments == (), address
        assert len(page.root.all("main")) == (not address.endswith(LETTER)), address
        assert len(page.root.all("title", where=lambda n: n.inside("head"))) == 1, address


def test_no_text_has_become_mark_up(pages: dict[str, Document]) -> None:
    for address, page in pages.items():
        for node in page.root.walk():
            if node.tag == "style" and node.inside("head") and address.endswith("/rapport.html"):
                # The file that stands alone has the site's own sheet, and nothing else, in its head.
                assert node.children == [style_sheet()], address
                continue
            # The handbook is the tool's own: it has pictures, and the words of fields as code.
            handbook = address.startswith("/handbok/")
            if handbook and node.tag == "img":
                assert re.fullmatch(r"(?:\.\./)+bilder/[a-z]+\.png", node.attrs["src"])
                continue
            assert node.tag not in {"img", "iframe", "style", "form", "input", "i"}, (address, node.tag)
            assert not [name for name in node.attrs if name.startswith("on")], address
            # A letter holds its styles on its elements: those that its template gives, and no other.
            own = address.endswith(LETTER) and node.attrs.get("style") in letter_styles()
            assert own or "style" not in node.attrs, address
            if node.tag == "script":
                assert address in {"/karta/", "/sok/"}
                assert node.attrs["src"].startswith("../assets/")
            if node.tag == "a":
                scheme = node.attrs.get("href", "").split(":")[0].lower()
                assert scheme not in {"javascript", "data", "vbscript"}, address
                assert "ond.example" not in node.attrs.get("href", ""), address
            if node.tag in {"strong", "em", "code", "b"}:
                evil = {"fet", "kod", "nej", "x"} - ({"kod", "nej"} if handbook else set())
                assert node.text() not in evil, (address, node.tag)


def letter_styles() -> set[str]:
    """The styles that the template of the letters gives an element."""
    text = (files("est_build.publish") / "templates" / "brev.html.j2").read_text(encoding="utf-8")
    named = dict(re.findall(r'{% set (\w+) = "([^"]*)" %}', text))
    found = re.findall(r'style="([^"]*)"', text)
    return {re.sub(r"{{ (\w+) }}", lambda m: named[m[1]], style) for style in found}


def test_feeds_and_calendars_hold_whatever_is_written(evil: Path) -> None:
    feeds = sorted((evil / "site").rglob("folj/**/*.xml"))
    assert len(feeds) > 40
    for path in feeds:
        told = feedparser.parse(path.read_bytes())
        assert not told.bozo, path
        for entry in told.entries:
            assert "<script" not in entry.content[0].value
            assert " on" not in re.sub(r">[^<]*<", "><", entry.content[0].value)
    for path in sorted((evil / "site").rglob("*.ics")):
        assert Calendar.from_ical(path.read_bytes()).errors == []


def test_feeds_for_programs_are_json_and_hold_no_mark_up_of_others(evil: Path) -> None:
    for path in sorted((evil / "site").rglob("folj/**/*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for item in told["items"]:
            page = parse(f"<div>{item['content_html']}</div>")
            assert page.faults == (), path
            for node in page.root.walk():
                assert node.tag not in {"script", "img", "svg", "iframe", "style", "form"}, path
                assert not [name for name in node.attrs if name.startswith("on")], path


def test_a_title_begins_no_line_of_a_calendar(evil: Path) -> None:
    """What a person wrote is the value of one property, whatever colons and semicolons it has."""
    found = 0
    for path in sorted((evil / "site").rglob("*.ics")):
        calendar = Calendar.from_ical(path.read_bytes())
        assert {part.name for part in calendar.walk()} <= {
            *("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")
        }, path
        for event in calendar.walk("VEVENT"):
            assert {"ATTACH", "ATTENDEE", "ORGANIZER"}.isdisjoint(event), path
            found += SHORT in str(event["SUMMARY"])
    assert found > 5


def test_letters_as_plain_text_hold_the_text_and_one_subject(evil: Path) -> None:
    letters = sorted((evil / "site").rglob("brev.txt"))
    assert letters
    for path in letters:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("Ämne: "), path
        assert text.count("\nÄmne:") == 0, path
        assert EVIL["template"] in text, path
        # A mark that is not closed would turn the rest of the letter.
        assert text.count("\u202e") <= text.count("\u202c"), path


def test_no_cell_of_a_table_to_fetch_is_a_formula(evil: Path) -> None:
    """Whichever mark a spreadsheet takes for the end of a cell."""
    seen = 0
    for path in sorted((evil / "site").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        for cell in cells:
            seen += "calc" in cell
            for part in re.split("[;\t\r\n]", cell):
                assert part.lstrip(" \"'")[:1] not in set("=@") or part.lstrip(' "')[:1] == "'", (path, cell)
    assert seen > 5


def test_every_text_is_shown_letter_by_letter(pages: dict[str, Document]) -> None:
    start = pages["/"].root.one("main").text()
    for name, text in EVIL.items():
        assert re.sub(r"\s+", " ", text) in start, name
    for address in ("/atgarder/2026-017/", "/omraden/kivik/", "/fragor/2026-004/", "/karta/", "/rattelser/"):
        assert SHORT in pages[address].root.text() or EVIL["markup"] in pages[address].root.text(), address
    assert "49" not in pages["/atgarder/2026-017/"].title
    assert pages["/atgarder/2026-017/"].title.startswith(f"2026-017 {SHORT}")
    assert pages["/omraden/kivik/"].title.startswith(f"Kivik {SHORT}")


def test_descriptions_hold_the_text_too(pages: dict[str, Document]) -> None:
    page = pages["/"]
    found = [n.attrs["content"] for n in page.root.all("meta") if n.attrs.get("name") == "description"]
    assert re.sub(r"\s+", " ", found[0]) == re.sub(r"\s+", " ", ALL)


def test_the_files_to_fetch_hold_the_text_too(evil: Path) -> None:
    text = (evil / "site/data/omraden.geojson").read_text(encoding="utf-8")
    assert json.loads(text)["features"][0]["properties"]["namn"].endswith(SHORT)
    actions = rows(evil / "site/data/atgarder.csv")
    assert all(SHORT in row["titel"] for row in actions)


def test_the_assets_of_the_map_hold_the_text_as_data(evil: Path) -> None:
    folder = evil / "site/assets/kartor"
    script = (folder / "karta.js").read_text(encoding="utf-8")
    assert "alert" not in script
    assert "7*7" not in script
    assert SHORT.split("{")[0][:10] in json.dumps(json.loads((folder / "omraden.json").read_text("utf-8")))


@pytest.mark.browser
def test_nothing_runs_in_a_browser(evil: Path, chromium_path: str) -> None:
    addresses = (
        *("/", "/karta/", "/utveckling/", "/omraden/", "/omraden/kivik/", "/omraden/ystad/", "/atgarder/"),
        *("/atgarder/2026-017/", "/fragor/2026-004/", "/utvardering/2026-kv3/", "/kategorier/skadegorelse/"),
    )
    with served(evil / "site") as home, browsing(chromium_path) as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page = context.new_page()
        watch = Watch(page, home)
        for address in addresses:
            page.goto(home + address, wait_until=settled(address))
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert page.locator("h1").count() == 1
        page.goto(f"{home}/karta/", wait_until="networkidle")
        circles = page.locator("main path[role=link]")
        assert circles.count() == 31
        for index in range(0, 31, 6):
            circles.nth(index).focus()
            tip = page.locator(".leaflet-tooltip:not(.k-namn)").first
            assert SHORT in (tip.text_content() or "")
        assert watch.faults == []
        assert watch.elsewhere == []
        # With the policy taken away there is still nothing to run: the text itself is harmless.
        open_context = browser.new_context(bypass_csp=True)
        page = open_context.new_page()
        watch = Watch(page, home)
        for address in addresses:
            page.goto(home + address, wait_until=settled(address))
            for point in page.locator("main a").all()[:5]:
                point.hover(force=True)
        assert watch.faults == []
        assert watch.elsewhere == []


# ---- what is refused outright ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("atgarder/2026-017.yml", "id: 2026-017", "id: ../../etc"),
        ("webbplats.yml", "    id: ystad", '    id: "../ystad"'),
        ("webbplats.yml", "bas_url: https://trygghet.example/", 'bas_url: "https://a/\\"><script>/"'),
        ("webbplats.yml", "felanmalan: https://ystad.example/felanmalan", "felanmalan: javascript:alert(1)"),
        ("kodlistor.yml", "id: trafik.a-traktor", "id: trafik/../../x"),
        ("rattelser.yml", "galler: /lage/2026-v37-38/", "galler: /lage/../../x/"),
    ],
)
def test_what_becomes_an_address_may_not_hold_anything_odd(
    instance: Path, file: str, old: str, new: str
) -> None:
    edit(instance / "data" / file, old, new)
    try:
        build_site(instance, instance / "site")
    except ProblemsError as error:
        assert error.problems
        return
    for path in (instance / "site").rglob("*.html"):
        page = parse(path.read_text(encoding="utf-8"))
        assert page.faults == ()
        assert not page.root.all("script") or path.parent.name == "karta"


def test_hand_written_pages_may_show_mark_up_as_text(instance: Path) -> None:
    """Markdown keeps what it is told to keep: code, entities, and a template's braces."""
    text = "# Prov\n\n`<script>alert(1)</script>` &lt;b&gt; {{ 7*7 }}\n\n    <img src=x onerror=alert(1)>\n"
    write(instance / "content/prov.md", f"---\ntitle: Prov\ndescription: Prov\n---\n\n{text}")
    build_site(instance, instance / "site")
    page = parse((instance / "site/prov/index.html").read_text(encoding="utf-8"))
    main = page.root.one("main")
    assert "<script>alert(1)</script>" in main.text()
    assert "<img src=x onerror=alert(1)>" in main.text()
    assert "{{ 7*7 }}" in main.text()
    assert not main.all("script", "img")


def test_hostile_texts_break_no_file_of_open_data(evil: Path, pages: dict[str, Document]) -> None:
    """Tables, JSON, RDF: what reads them gets the texts as they were written, and nothing else."""
    site = evil / "site"
    catalogue = Graph().parse(site / "dcat.rdf", format="xml")
    assert isomorphic(catalogue, Graph().parse(site / "dcat.ttl"))
    assert SHORT in {str(name) for name in catalogue.objects(None, FOAF.name)}
    assert {type(node) for triple in catalogue for node in triple} == {URIRef, Literal}
    for path in (site / "data").rglob("*.json*"):
        json.loads(path.read_text(encoding="utf-8"))
    cube = Graph().parse(site / "data/kub/struktur.ttl")
    assert any(SHORT in str(label) for label in cube.objects(None, SKOS.prefLabel))
    told = rows(site / "data/bedomningar.csv")
    assert {row["text"] for row in told} >= {SHORT}
    assert {row["text"] for row in rows(site / "data/atgardshistorik.csv")} <= {LONG, safe_cell(LONG), ""}

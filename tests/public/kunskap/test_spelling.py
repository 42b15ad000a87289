"""Every Swedish word that a reader meets is spelled as the dictionary has it, or stands in our own list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from est_build.figures.text import swedish_key
from tests.demo.test_texts_language import strings
from tests.public.conftest import BuiltSite
from tests.public.dom import parse
from tests.public.kunskap import spelling

MISSPELLED = (
    "trygghetsamordnare", "lägesblid", "åtgärderr", "kommunnen", "uppföljnig", "gångtuneln", "otrygheten",
    "belysningn", "rapoterna", "vissningsgränsen", "iakttagelsse", "fältsekretererare",
)  # fmt: skip
GENITIVES = ("Ystads", "Sjöbos", "Brösarps", "Bråk", "A-traktorer", "lägesbilderna", "trygghetsvandringens")


@pytest.fixture(scope="module")
def texts(built: BuiltSite) -> dict[str, str]:
    """Every piece of Swedish on the pages, with a page where it stands; and the one-file pictures."""
    found: dict[str, str] = {}
    for address, page in built.every():
        for text in spelling.swedish(page):
            found.setdefault(text, address)
    newest = built.reports[-1]
    for text in spelling.swedish(parse(newest.read_text(encoding="utf-8"))):
        found.setdefault(text, newest.parent.name + "/" + newest.name)
    return found


def test_no_unknown_word_on_any_page(texts: dict[str, str]) -> None:
    assert len(texts) > 5000
    wrong = {
        (address, *sorted(words)) for text, address in texts.items() if (words := spelling.unknown(text))
    }
    assert not wrong


def test_no_unknown_word_in_what_is_written_by_hand(repo_root: Path) -> None:
    """Also what has no page today: a template that waits for its data, a key that is not shown."""
    read = 0
    for path in sorted((repo_root / "content").rglob("*.*")):
        if path.name == "en.md" or path.suffix not in {".md", ".yml"}:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            code = re.sub(r"^```.*?^```$|^\{\{.*\}\}$", " ", text, flags=re.MULTILINE | re.DOTALL)
            plain = re.sub(r"`[^`]*`|__[^_]+__|\]\([^)]*\)|^---$", " ", code, flags=re.MULTILINE)
            pieces = [re.sub(r"^(?:title|description): ", "", plain, flags=re.MULTILINE)]
        else:
            values = strings(yaml.load(text, yaml.BaseLoader))
            pieces = [value for value in values if not re.fullmatch(r"[a-z0-9./-]+", value)]
        for piece in pieces:
            assert not spelling.unknown(piece), (path.name, spelling.unknown(piece), piece[:80])
            read += 1
    assert read > 100


def test_no_word_stands_twice_and_no_compound_is_split(texts: dict[str, str]) -> None:
    closed = {word.lower() for text in texts for word in spelling.words(text)}
    for text, address in texts.items():
        assert not spelling.doubled(text), (address, text)
        assert not spelling.split_compounds(text, closed), (address, text)


def test_our_own_words_are_sorted_and_each_is_needed(texts: dict[str, str]) -> None:
    own = spelling.own_lines()
    assert own == sorted(set(own), key=lambda word: (swedish_key(word), word))
    used = {word for text in texts for word in spelling.words(text)}
    used |= {word[:1].lower() + word[1:] for word in used}
    for word in own:
        assert not spelling.dictionary().spell(word), f"{word}: ordlistan har det"
        assert word in used, f"{word}: ingen sida har det"
    lines = spelling.OWN.read_text(encoding="utf-8").splitlines()
    assert all(re.search(r"# \S", line) for line in lines), "varje ord har ett skäl"


@pytest.mark.parametrize("word", MISSPELLED)
def test_a_misspelled_word_is_found(word: str) -> None:
    assert spelling.unknown(f"Det här är {word}.") == {word}
    assert spelling.unknown(f"Det här är {word[:5]}\u00ad{word[5:]}.") == {word}


@pytest.mark.parametrize("word", GENITIVES)
def test_forms_of_names_and_compounds_are_known(word: str) -> None:
    assert not spelling.unknown(word)


def test_what_is_read_and_what_is_not() -> None:
    page = parse(
        "<html lang='sv'><head><title>Tittel</title><meta name='description' content='Summmering'></head>"
        "<body><p aria-label='Etikket'>Brödtexxt <code>folkmangd</code> <i lang='en'>summary</i>"
        "<a href='/x/'>https://trygghet.example/oppna-data/ samtalsfil.csv namn@ystad.example</a></p></body>"
    )
    read = " ".join(spelling.swedish(page))
    assert spelling.unknown(read) == {"Tittel", "Summmering", "Etikket", "Brödtexxt"}
    assert not [*spelling.swedish(parse("<html lang='en'><body><p>Sentence.</p></body></html>"))]


def test_double_and_split_words_are_found() -> None:
    assert spelling.doubled("Det det är en en lampa.") == ["Det det", "en en"]
    assert not spelling.doubled("Det är en lampa. En lampa.")
    closed = {"trygghetssamordnare", "igenom"}
    assert spelling.split_compounds("En trygghets samordnare.", closed) == {"trygghets samordnare"}
    assert not spelling.split_compounds("Vi öppnar den igen om det behövs. Trygghets, samordnare.", closed)

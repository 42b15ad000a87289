"""Images carry nothing but the image."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.protect.rawguard.images import image_findings
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.magic import image_kind
from est_build.protect.rawguard.svg import svg_findings
from est_build.protect.rawguard.words import Words

from .pictures import CARRYING, CLEAN, SHOWN, jpeg, png


def kinds(path: str, content: bytes, words: Words) -> list[str]:
    return [f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)]


@pytest.mark.parametrize("name", CLEAN)
def test_clean(name: str, words: Words) -> None:
    assert image_kind(CLEAN[name]) == name
    for content in (CLEAN[name], SHOWN[name]):
        assert kinds(f"content/bild.{name}", content, words) == []


@pytest.mark.parametrize("name", CARRYING)
def test_carrying(name: str, words: Words) -> None:
    assert kinds("content/bild.png", CARRYING[name], words) == ["EST441"]


def test_what_it_carries_is_said(words: Words) -> None:
    (found,) = inspect(Entry("content/a.jpg", "100644", 9, CARRYING["jpeg exif"]), words)
    assert found.why.sv == "uppgifter från kameran (EXIF, kanske plats)"


@pytest.mark.parametrize("name", CLEAN)
def test_cut_short(name: str) -> None:
    content = CLEAN[name]
    for end in range(12, len(content)):
        assert image_findings(content[:end], name), end


def test_a_changed_checksum() -> None:
    content = bytearray(png())
    content[-1] ^= 1
    assert image_findings(bytes(content), "png")


@given(st.binary(max_size=200), st.sampled_from(sorted(CLEAN)))
def test_any_bytes_are_judged(tail: bytes, name: str) -> None:
    image_findings(CLEAN[name][:14] + tail, name)


@pytest.mark.parametrize("path", ["data/bild.png", "bild.png", "data/plan/foto.jpg"])
def test_images_have_their_places(path: str, words: Words) -> None:
    assert kinds(path, CLEAN["png"], words) == ["EST431"]


def test_a_large_image(words: Words) -> None:
    assert kinds("content/bild.png", png() + b"x" * 3_000_000, words) == ["EST440"]


# ---- drawings ------------------------------------------------------------------------------------

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def inside(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    "part",
    [
        '<circle r="4"/><title>Karta</title>',
        '<use href="#a"/><use xlink:href="#b"/>',
        '<rect fill="url(#m)"/>',
        f'<image href="data:image/png;base64,{inside(png())}"/>',
        "<style>.a{fill:#123}</style>",
    ],
)
def test_sound_drawings(part: str, words: Words) -> None:
    assert kinds("content/a.svg", DRAWING.format(part).encode(), words) == []


@pytest.mark.parametrize(
    "part",
    [
        "<script>1</script>",
        "<svg:script/>",
        '<a href="javascript:1"><circle/></a>',
        '<circle onload="1"/>',
        "<foreignObject><p/></foreignObject>",
        '<use href="https://plats.example/a.svg"/>',
        '<image xlink:href="bild.png"/>',
        "<style>@import url(https://plats.example/a.css);</style>",
        '<rect fill="url(https://plats.example/m)"/>',
        "<![CDATA[1;2026;skola]]>",
        '<?xml-stylesheet href="a"?>',
        '<set attributeName="href"/>',
    ],
)
def test_active_drawings(part: str) -> None:
    assert "EST442" in {f.kind.code for f in svg_findings(DRAWING.format(part))}


def test_entities() -> None:
    text = '<!DOCTYPE svg [<!ENTITY a "x">]>' + DRAWING.format("&a;")
    assert [f.kind.code for f in svg_findings(text)] == ["EST442"]


@pytest.mark.parametrize(
    "part",
    [
        "<metadata><rdf:RDF/></metadata>",
        '<g inkscape:export-filename="karta.png"/>',
        '<g sodipodi:docname="utkast.svg"/>',
        "<dc:creator>Prov</dc:creator>",
        f'<image href="data:image/jpeg;base64,{inside(CARRYING["jpeg exif"])}"/>',
        f'<image href="data:text/csv;base64,{inside(b"a;b")}"/>',
        f'<image href="data:image/png;base64,{inside(b"a;b")}"/>',
        '<image href="data:image/png;base64,???"/>',
    ],
)
def test_drawings_that_carry(part: str) -> None:
    assert [f.kind.code for f in svg_findings(DRAWING.format(part))] == ["EST441"]


def test_a_clean_image_in_a_page_and_a_carrying_one(words: Words) -> None:
    clean = png() + b""
    page = f"# Om\n\n![](data:image/png;base64,{inside(clean)})\n"
    assert kinds("content/om.md", page.encode(), words) == []
    heavy = jpeg(*(CARRYING["jpeg exif"][20:60],), tail=b"x" * 900)
    page = f"# Om\n\n![](data:image/jpeg;base64,{inside(heavy)})\n"
    assert kinds("content/om.md", page.encode(), words) == ["EST436"]

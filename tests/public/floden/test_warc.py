"""The site as an archive keeps it: every file, once, with the same bytes."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from est_build.publish.warc import files_of, warc_file
from tests.check.conftest import run
from tests.public.conftest import BuiltSite

HOME = "https://trygghet.example/"
SPAN = "2026-v45-46"


@pytest.fixture(scope="module")
def one(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive of a fortnight."""
    out = tmp_path_factory.mktemp("arkiv") / f"{SPAN}.warc.gz"
    done = run("arkivera", "--root", str(built.root), "--tid", SPAN, "--out", str(out))
    assert done.exit_code == 0, done.output
    return out


def test_every_file_is_read_back(built: BuiltSite, one: Path) -> None:
    found = {}
    with one.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            assert record.rec_type == "response"
            assert record.http_headers.get_statuscode() == "200"
            assert record.rec_headers["WARC-Date"] == f"{built.published.date}T00:00:00Z"
            found[record.rec_headers["WARC-Target-URI"]] = record.content_stream().read()
    assert f"{HOME}lage/{SPAN}/" in found
    assert f"{HOME}lage/{SPAN}/rapport.html" in found
    assert f"{HOME}aterkoppling/{SPAN}/ystad/brev.html" in found
    assert f"{HOME}assets/est.css" in found
    assert not [address for address in found if "/lage/" in address and SPAN not in address]
    for address, content in found.items():
        name = address.removeprefix(HOME)
        path = built.site / name / ("index.html" if address.endswith("/") else "")
        assert content == path.read_bytes(), address


def test_another_program_can_read_it(one: Path) -> None:
    """Record after record, each packed by itself, as the standard has it."""
    raw, starts = one.read_bytes(), []
    while raw:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        starts.append(unpacker.decompress(raw)[:200])
        raw = unpacker.unused_data
    assert len(starts) > 10
    assert all(start.startswith(b"WARC/1.") for start in starts)
    text = gzip.decompress(one.read_bytes())
    ids = re.findall(rb"WARC-Record-ID: (\S+)", text)
    assert len(ids) == len(set(ids)) == len(starts)


def test_the_same_site_gives_the_same_file(built: BuiltSite, one: Path) -> None:
    names = list(files_of(built.site, SPAN))
    assert warc_file(built.site, names, HOME, built.published.date) == one.read_bytes()
    every = list(files_of(built.site, None))
    assert set(names) < set(every)
    assert not [name for name in every if name.startswith(".")]


def test_what_is_not_there_is_said(built: BuiltSite, tmp_path: Path) -> None:
    out = tmp_path / "x.warc.gz"
    done = run("arkivera", "--root", str(built.root), "--tid", "2031-v01-02", "--out", str(out))
    assert done.exit_code == 2
    assert "2031-v01-02" in done.stderr
    assert run("arkivera", "--root", str(tmp_path), "--out", str(out)).exit_code == 2
    assert not out.exists()

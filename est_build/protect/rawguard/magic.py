"""What a file is by its bytes, whatever it is called."""

from __future__ import annotations

import re

from est_build.protect.rawguard.finding import Said

_SHEET = Said("en kalkylfil", "a spreadsheet")
_DOCUMENT = Said("ett kontorsdokument", "an office document")
_ARCHIVE = Said("ett arkiv eller en packad fil", "an archive or packed file")
_DATABASE = Said("en databas", "a database")
_STATISTICS = Said("en datafil från ett statistikprogram", "a data file of a statistics program")
_MAIL = Said("ett e-postmeddelande", "an e-mail message")
_NOTEBOOK = Said("en anteckningsbok med kod och resultat", "a notebook with code and output")
_PDF = Said("en pdf-fil", "a PDF file")
_TABLE = Said("en tabell", "a table")
_PHOTO = Said("en bild av ett slag som inte får ligga här", "an image of a kind that may not be here")
BINARY = Said("en fil som inte är text", "a file that is not text")
LFS = Said("en pekare till Git LFS", "a Git LFS pointer")
HTML = Said("en webbsida", "a web page")
XML = Said("en xml-fil", "an XML file")

_SUFFIXES: dict[Said, str] = {
    _SHEET: "xlsx xlsm xlsb xls ods fods numbers xltx",
    _DOCUMENT: "docx docm doc odt fodt rtf pages pptx ppt odp one vsdx",
    _ARCHIVE: "zip gz tgz bz2 xz zst 7z rar tar lz4 br",
    _DATABASE: "sqlite sqlite3 db db3 mdb accdb dbf sql gpkg dump",
    _STATISTICS: "sav zsav por dta rds rdata sas7bdat xpt parquet feather arrow avro orc h5 hdf5 npy npz"
    " pkl pickle mat jmp",
    _MAIL: "eml msg mbox pst mht mhtml ics vcf",
    _NOTEBOOK: "ipynb rmd qmd",
    _PDF: "pdf ps",
    _TABLE: "csv tsv tab psv json jsonl ndjson geojson xml kml gpx txt dat asc prn dif slk log shp",
    HTML: "html htm xhtml",
    _PHOTO: "heic heif tif tiff gif bmp raw dng psd mp4 mov m4a mp3 wav avi",
}
_BY_SUFFIX = {suffix: what for what, words in _SUFFIXES.items() for suffix in words.split()}

_SIGNATURES: tuple[tuple[bytes, Said], ...] = (
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\x04\x22\x4d\x18", _ARCHIVE),
    (b"SQLite format 3\x00", _DATABASE),
    (b"\x00\x01\x00\x00Standard ", _DATABASE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _DOCUMENT),
    (b"{\\rtf", _DOCUMENT),
    (b"PAR1", _STATISTICS),
    (b"ARROW1", _STATISTICS),
    (b"FEA1", _STATISTICS),
    (b"Obj\x01", _STATISTICS),
    (b"\x89HDF", _STATISTICS),
    (b"$FL2@", _STATISTICS),
    (b"$FL3@", _STATISTICS),
    (b"<stata_dta>", _STATISTICS),
    (b"HEADER RECORD*******", _STATISTICS),
    (b"RDX2\n", _STATISTICS),
    (b"RDX3\n", _STATISTICS),
    (b"\x93NUMPY", _STATISTICS),
    (b"version https://git-lfs.github.com/spec/", LFS),
)
_ZIPPED: tuple[tuple[bytes, Said], ...] = (
    (b"xl/", _SHEET),
    (b"opendocument.spreadsheet", _SHEET),
    (b"word/", _DOCUMENT),
    (b"ppt/", _DOCUMENT),
    (b"opendocument", _DOCUMENT),
)
_IMAGES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_FONTS = (b"wOFF", b"wOF2")
_WORDS = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")

_MAIL_LINE = re.compile(
    r"^(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Från|Till|Kopia|Skickat"
    r"|Ämne|Sent):[ \t]\S",
    re.MULTILINE,
)
_TEXT_KINDS: tuple[tuple[re.Pattern[str], Said], ...] = (
    (re.compile(r"\s*BEGIN:V(?:CARD|CALENDAR)"), _MAIL),
    (re.compile(r'\s*\{(?s:.){0,2000}"nbformat"|(?s:.){0,200}"cell_type":'), _NOTEBOOK),
    (
        re.compile(r"\s*<\?xml(?s:.){0,400}(?:Excel\.Sheet|office:spreadsheet|urn:schemas-microsoft-com)"),
        _SHEET,
    ),
    (re.compile(r"\s*<\?xml\s"), XML),
    (re.compile(r"\s*(?:<!DOCTYPE html|<html)", re.IGNORECASE), HTML),
    (re.compile(r"ID;P\w|TABLE\r?\n0,1\r?\n|\ufeff?\"?sep=.\"?\r?\n"), _TABLE),
    (re.compile(r"(?:--[^\n]*\n|/\*|\s|PRAGMA|BEGIN)*(?:CREATE TABLE|INSERT INTO|DROP TABLE)\b"), _DATABASE),
)


def by_name(path: str) -> Said | None:
    """What the end of the name says, for names that hold data or documents."""
    return _BY_SUFFIX.get(path.rsplit("/", 1)[-1].rpartition(".")[2].lower())


def by_bytes(content: bytes) -> Said | None:
    """What the first bytes say, for everything that holds data or documents; None for the rest."""
    for start, what in _SIGNATURES:
        if content.startswith(start):
            return what
    if content[:2] == b"PK" and content[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return next((what for mark, what in _ZIPPED if mark in content), _ARCHIVE)
    return _PDF if b"%PDF-" in content[:1024] else None


def image_kind(content: bytes) -> str | None:
    """``png``, ``jpeg`` or ``webp``."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for start, name in _IMAGES if content.startswith(start)), None)


def is_font(content: bytes) -> bool:
    """WOFF or WOFF2."""
    return content.startswith(_FONTS)


def is_compiled_words(content: bytes) -> bool:
    """GNU gettext ``.mo``."""
    return content.startswith(_WORDS)


def text_kind(text: str) -> Said | None:
    """What a text is by its first lines: a notebook, a saved mail, a web page, a database dump …"""
    for pattern, what in _TEXT_KINDS:
        if pattern.match(text):
            return what
    head = text[:3000]
    # One of these words may begin a line of prose; three different ones are a message head.
    words = {found.group().partition(":")[0] for found in _MAIL_LINE.finditer(head)}
    return _MAIL if len(words) >= 3 else None

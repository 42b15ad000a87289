"""A built site, or one release of it, as a WARC file (ISO 28500): what an archive keeps of a web site.

The same site gives the same file: its dates are the data's own, and its record ids are made of the content.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import mimetypes
from collections.abc import Iterable, Iterator
from pathlib import Path

DRAWN_WITH = "assets/"
"""What pages are drawn with: it belongs to every release."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}


def files_of(site: Path, span: str | None) -> Iterator[str]:
    """Names of the files that an archive holds: all, or those of one release (``2026-v45-46``, ``2025``)."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or path.is_symlink() or name.startswith("."):
            continue
        if span is None or name.startswith(DRAWN_WITH) or span in path.relative_to(site).parts[:-1]:
            yield name


def warc_file(site: Path, names: Iterable[str], home: str, date: dt.date) -> bytes:
    """The archive, packed record by record.

    Args:
        site: folder of the built site.
        names: files in it, in the order in which they are written.
        home: address of the site, with a slash at its end.
        date: the data's date, which every record bears.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    stamp = f"{date.isoformat()}T00:00:00Z"
    for name in names:
        content = (site / name).read_bytes()
        address = home + name.removesuffix("index.html")
        kind = _TYPES.get(Path(name).suffix) or mimetypes.types_map.get(Path(name).suffix)
        rows = [("Content-Type", kind or "application/octet-stream"), ("Content-Length", str(len(content)))]
        own = _id(address.encode("utf-8") + b"\0" + content)
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(content),
            http_headers=StatusAndHeaders("200 OK", rows, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": stamp, "WARC-Record-ID": f"<urn:uuid:{own}>"},
        )
        writer.write_record(record)
    return out.getvalue()


def _id(content: bytes) -> str:
    """A record's id: a UUID whose bits are a digest of the content (version 8 of RFC 9562)."""
    mark = hashlib.sha256(content).hexdigest()
    return f"{mark[:8]}-{mark[8:12]}-8{mark[13:16]}-8{mark[17:20]}-{mark[20:32]}"

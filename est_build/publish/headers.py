"""Headers that the web server should send, from one source, for four kinds of servers.

The pages have their policy in themselves too (a ``meta`` first in the head). A header protects also what is
no page, and says what a ``meta`` cannot: that nobody may frame the site, and what the browser may not use.
"""

from __future__ import annotations

from typing import Final

HEADERS: Final[tuple[tuple[str, str], ...]] = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    ),
    ("Cache-Control", "public, max-age=300, must-revalidate"),
)
"""For every address. The map asks for the position, and only when the reader presses its button."""

OPEN: Final[tuple[tuple[str, str], ...]] = (
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
"""In the place of the above for open data, which may be read from anybody's page."""

OPEN_PATHS: Final = ("data/*", "datasets/*", "dcat.rdf", "dcat.ttl")
"""Where open data stand, under the root."""

CATALOGUES: Final = {
    "datasets/dcat": "application/rdf+xml",
    "dcat.rdf": "application/rdf+xml",
    "dcat.ttl": "text/turtle; charset=utf-8",
}
"""The type of files that a server cannot tell from the name; the national catalogue asks for it."""

KINDS: Final = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "ttl": "text/turtle",
    "txt": "text/plain",
}
"""Ending -> type, of all that stands among the open data."""

TEXTS: Final = (
    *("text/calendar", "text/css", "text/csv", "text/plain", "text/xml", "application/javascript"),
    *("application/json", "application/geo+json", "application/xml"),
    *("application/ld+json", "application/rdf+xml", "text/turtle"),
)
"""Types beside HTML that a server must say are UTF-8: a table from ``/data/`` has å, ä and ö and no head."""

ALONE: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
)
"""For ``rapport.html``, which holds its own style sheet (the page itself names the hash of it), and for
letters, whose elements hold their styles."""


def open_headers() -> tuple[tuple[str, str], ...]:
    """All headers of open data."""
    changed = {name for name, _ in OPEN}
    return (*(row for row in HEADERS if row[0] not in changed), *OPEN)


def report_headers() -> tuple[tuple[str, str], ...]:
    """All headers of a fortnight as one file, and of a letter."""
    own = f"{ALONE}frame-ancestors 'none'"
    return tuple((name, own if name == "Content-Security-Policy" else value) for name, value in HEADERS)


def netlify() -> str:
    """``_headers``: read by several hosts of static sites. Later rules are added, so each names all paths."""
    blocks = [("/*", HEADERS)]
    blocks += [(f"/{path}", _changes(open_headers())) for path in OPEN_PATHS]
    blocks += [(f"/{path}", (("Content-Type", kind),)) for path, kind in CATALOGUES.items()]
    blocks += [(path, _changes(report_headers())) for path in ("/lage/*/rapport.html", "/aterkoppling/*")]
    parts = []
    for path, rows in blocks:
        lines = [path]
        for name, value in rows:
            if path != "/*":
                lines.append(f"  ! {name}")
            lines.append(f"  {name}: {value}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def apache(root: str = "/") -> str:
    """``.htaccess``: read by Apache with ``mod_headers``. ``root`` is the path of the site's root."""
    lines = ["# Sidhuvuden, skrivna av est-build.", "<IfModule mod_headers.c>"]
    lines += [f'Header always set {name} "{value}"' for name, value in HEADERS]
    paths = "|".join(path.replace(".", "\\.").removesuffix("*") for path in OPEN_PATHS)
    condition = f"%{{REQUEST_URI}} =~ m#^{root}({paths})#"
    lines += [
        f'Header always set {name} "{value}" "expr={condition}"' for name, value in _changes(open_headers())
    ]
    lines += ['<FilesMatch "^(rapport|brev)\\.html$">']
    lines += [f'Header always set {name} "{value}"' for name, value in _changes(report_headers())]
    lines += ["</FilesMatch>", "</IfModule>"]
    lines += ['<FilesMatch "^dcat$">', f"ForceType {CATALOGUES['datasets/dcat']}", "</FilesMatch>"]
    lines += ["<IfModule mod_mime.c>", *(f"AddType {kind} .{name}" for name, kind in KINDS.items())]
    lines += ["AddCharset utf-8 .css .csv .geojson .ics .js .json .jsonld .rdf .ttl .txt .xml", "</IfModule>"]
    lines += [f"ErrorDocument 404 {root}404.html", "Options -Indexes", "AddDefaultCharset utf-8"]
    return "\n".join(lines) + "\n"


def nginx(root: str = "/") -> str:
    """Text to include in the ``server`` block of nginx."""
    lines = ["# Sidhuvuden, skrivna av est-build. Ta med i server-blocket: include nginx.conf;"]
    lines += ["# nginx ärver inga huvuden till ett block som har egna. Därför står alla i varje block."]
    lines += ["charset utf-8;", f"charset_types {' '.join(TEXTS)};"]
    lines += [f"error_page 404 {root}404.html;", f"location {root} {{", *_add(HEADERS), "}"]
    types = [f"        {kind} {name};" for name, kind in KINDS.items()]
    lines += [f"location {root}data/ {{", "    types {", *types, "    }", *_add(open_headers()), "}"]
    for path, kind in CATALOGUES.items():
        kind = kind.partition(";")[0]
        lines += [f"location = {root}{path} {{", "    types { }", f"    default_type {kind};"]
        lines += [*_add(open_headers()), "}"]
    lines += [f"location ~ ^{root}lage/[^/]+/rapport\\.html$ {{", *_add(report_headers()), "}"]
    lines += [f"location {root}aterkoppling/ {{", *_add(report_headers()), "}"]
    return "\n".join(lines) + "\n"


def caddy(root: str = "/") -> str:
    """Text to import in the site's block of a Caddyfile."""
    lines = ["# Sidhuvuden, skrivna av est-build. Ta med i sajtens block: import Caddyfile"]
    lines += [
        "# Caddy tar det smalaste blocket först, och det vidaste skriver över. Därför utesluter de varandra."
    ]
    data = " ".join(f"{root}{path}" for path in OPEN_PATHS)
    report = f"{root}lage/*/rapport.html {root}aterkoppling/*"
    for name, paths, rows in (
        ("est", f"not path {data} {report}", HEADERS),
        ("est_data", f"path {data}", open_headers()),
        ("est_rapport", f"path {report}", report_headers()),
    ):
        lines += [f"@{name} {paths}", f"header @{name} {{"]
        lines += [*(f"\t{key} `{value}`" for key, value in rows), "}"]
    xml = " ".join(f"{root}{path}" for path, kind in CATALOGUES.items() if "xml" in kind)
    for name, paths, kind in (
        ("est_rdf", xml, CATALOGUES["dcat.rdf"]),
        ("est_turtle", f"{root}dcat.ttl {root}data/*.ttl", CATALOGUES["dcat.ttl"]),
    ):
        lines += [f"@{name} path {paths}", f"header @{name} Content-Type `{kind}`"]
    lines += ["handle_errors {", f"\trewrite * {root}404.html", "\tfile_server", "}"]
    return "\n".join(lines) + "\n"


def header_files(root: str = "/") -> dict[str, str]:
    """Name under the site -> text. The first two are read where they stand; the others are to be included."""
    return {
        "_headers": netlify(),
        ".htaccess": apache(root),
        "drift/nginx.conf": nginx(root),
        "drift/Caddyfile": caddy(root),
    }


def _add(rows: tuple[tuple[str, str], ...]) -> list[str]:
    return [f'    add_header {name} "{value}" always;' for name, value in rows]


def _changes(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What differs from the headers of every address."""
    return tuple(row for row in rows if row not in HEADERS)

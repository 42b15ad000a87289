"""Header files for four kinds of servers, ``security.txt``, and the page of what is not found."""

from __future__ import annotations

import datetime as dt
import mimetypes
import re

import pytest

from est_build.publish.headers import (
    HEADERS,
    TEXTS,
    apache,
    caddy,
    header_files,
    netlify,
    nginx,
    open_headers,
    report_headers,
)
from est_build.publish.security_txt import security_txt
from tests.public.conftest import BuiltSite

PATHS = {
    "": HEADERS,
    "data/": open_headers(),
    "lage/x/rapport.html": report_headers(),
    "aterkoppling/x/y/brev.html": report_headers(),
}
Sent = dict[str, dict[str, str]]


def of_netlify(text: str) -> Sent:
    """Rules are added to those above; ``!`` takes one away first."""
    parts = [block.splitlines()[1:] for block in text.split("\n\n")]
    sent = []
    for block in parts:
        rows = dict(sent[0]) if sent else {}
        for line in block:
            if line.startswith("  ! "):
                rows.pop(line.removeprefix("  ! "), None)
            else:
                name, _, value = line.strip().partition(": ")
                assert name not in rows, "a header would be sent twice"
                rows[name] = value
        sent.append(rows)
    return dict(zip(PATHS, sent, strict=True))


def of_apache(text: str) -> Sent:
    """What comes later takes the place of what came before, where its condition holds."""
    start, _, inside = text.partition('<FilesMatch "^(rapport|brev)\\.html$">')
    row = re.compile(r'^Header always set (\S+) "([^"]*)"( "expr=[^"]*/data/#")?$', re.MULTILINE)
    plain = {name: value for name, value, condition in row.findall(start) if not condition}
    data = plain | {name: value for name, value, condition in row.findall(start) if condition}
    report = plain | {name: value for name, value, _ in row.findall(inside)}
    return dict(zip(PATHS, (plain, data, report, report), strict=True))


def of_nginx(text: str) -> Sent:
    """A block has its own headers only: one that names any inherits none."""
    blocks = re.findall(r"^location [^{]+\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    found = [dict(re.findall(r'add_header (\S+) "([^"]*)" always;', block)) for block in blocks]
    return dict(zip(PATHS, found, strict=True))


def of_caddy(text: str) -> Sent:
    """Which block goes last depends on its matcher: no two may be for the same address."""
    matchers = dict(re.findall(r"^@(\w+) (.+)$", text, re.MULTILINE))
    blocks = dict(re.findall(r"^header @(\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL))
    assert not re.search(r"^header [^@]", text, re.MULTILINE)
    data, report = (matchers[name].removeprefix("path ") for name in ("est_data", "est_rapport"))
    assert matchers["est"] == f"not path {data} {report}"
    assert [path.partition("*")[0].rstrip("/").rpartition("/")[2] for path in report.split()] == [
        "lage",
        "aterkoppling",
    ]
    found = [dict(re.findall(r"^\t(\S+) `([^`]*)`$", blocks[name], re.MULTILINE)) for name in matchers]
    return dict(zip(PATHS, (*found, found[-1]), strict=True))


@pytest.mark.parametrize("root", ["/", "/a/"])
def test_all_servers_send_the_same_headers(root: str) -> None:
    wanted = {path: dict(rows) for path, rows in PATHS.items()}
    assert of_netlify(netlify()) == wanted
    assert of_apache(apache(root)) == wanted
    assert of_nginx(nginx(root)) == wanted
    assert of_caddy(caddy(root)) == wanted
    for text in (apache(root), nginx(root), caddy(root)):
        assert f"{root}data/" in text


def test_open_data_may_be_read_by_everybody_and_nothing_else() -> None:
    shared = {path for path, rows in PATHS.items() if dict(rows).get("Access-Control-Allow-Origin")}
    assert shared == {"data/"}


def test_the_kinds_of_the_sites_files_are_said_to_be_utf_8(built: BuiltSite) -> None:
    """Caddy says so by itself; the two others are told, for every kind of text file that the site has."""
    kinds = {p.suffix for p in built.site.rglob("*") if p.is_file() and p.suffix and p.name != "nginx.conf"}
    texts = kinds - {".png", ".svg", ".html", ".htaccess"}
    told = re.findall(r"^AddCharset utf-8 (.+)$", apache(), re.MULTILINE)[0].split()
    assert texts <= set(told), texts
    known = {".ics": "text/calendar", ".js": "application/javascript", ".geojson": "application/geo+json"}
    types = {known.get(kind) or mimetypes.types_map[kind] for kind in texts}
    assert types <= set(TEXTS), types
    assert f"charset_types {' '.join(TEXTS)};" in nginx()


def test_headers_are_strict() -> None:
    rows = dict(HEADERS)
    assert "unsafe" not in rows["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in rows["Content-Security-Policy"]
    assert "geolocation=(self)" in rows["Permissions-Policy"]


def test_the_header_never_forbids_what_a_page_allows(built: BuiltSite) -> None:
    def parts(policy: str) -> dict[str, set[str]]:
        return {p.split()[0]: set(p.split()[1:]) for p in policy.split("; ")}

    header = parts(dict(HEADERS)["Content-Security-Policy"])
    for address, page in built.every():
        metas = page.root.all("meta", where=lambda n: n.attrs.get("http-equiv") == "Content-Security-Policy")
        own = parts(metas[0].attrs["content"])
        for name in ("script-src", "style-src", "img-src", "connect-src"):
            assert own.get(name, set()) <= header[name], (address, name)


def test_the_files_stand_in_the_site(built: BuiltSite) -> None:
    for name, text in header_files().items():
        assert (built.site / name).read_text(encoding="utf-8") == text
    assert "location /a/data/ {" in header_files("/a/")["drift/nginx.conf"]


def test_security_txt_holds_for_less_than_a_year(built: BuiltSite) -> None:
    text = (built.site / ".well-known/security.txt").read_text(encoding="utf-8")
    rows = dict(line.split(": ", 1) for line in text.splitlines())
    days = dt.date.fromisoformat(rows["Expires"][:10]) - built.published.date
    assert 0 < days.days < 365
    assert rows["Contact"] == f"mailto:{built.published.site.kontakt.epost}"
    assert rows["Preferred-Languages"].startswith("sv")
    assert "2027-12-30" in security_txt("a@b.example", "https://x.example/", dt.date(2026, 12, 31))


def test_what_is_not_found_leads_to_the_search(built: BuiltSite) -> None:
    main = built.page("/404.html").root.one("main")
    assert {"/sok/", "/sok/a-o/"} <= {node.attrs["href"] for node in main.all("a")}
    assert len(main.text()) >= 150

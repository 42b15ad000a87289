"""Header files for four kinds of servers, ``security.txt``, and the page of what is not found."""

from __future__ import annotations

import datetime as dt
import mimetypes
import re

import pytest

from est_build.publish.headers import (
    CATALOGUES,
    HEADERS,
    KINDS,
    OPEN_PATHS,
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
    "om/": HEADERS,
    **dict.fromkeys(("data/x.csv", "data/kub/x.ttl", *CATALOGUES), open_headers()),
    "lage/x/rapport.html": report_headers(),
    "aterkoppling/x/y/brev.html": report_headers(),
}
Sent = dict[str, dict[str, str]]
TYPE = "Content-Type"


def fits(pattern: str, path: str) -> bool:
    """A path of a host's rule: a star stands for anything."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path) is not None


def of_netlify(text: str, root: str = "/") -> Sent:
    """Rules are added to those above; ``!`` takes one away first."""
    sent: Sent = {}
    for path in PATHS:
        rows: dict[str, str] = {}
        for block in text.split("\n\n"):
            rule, *lines = block.strip().splitlines()
            for line in lines if fits(rule, f"/{path}") else ():
                if line.startswith("  ! "):
                    rows.pop(line.removeprefix("  ! "), None)
                else:
                    name, _, value = line.strip().partition(": ")
                    assert name not in rows, "a header would be sent twice"
                    rows[name] = value
        sent[path] = rows
    return sent


def of_apache(text: str, root: str = "/") -> Sent:
    """What comes later takes the place of what came before, where its condition holds."""
    sent: Sent = {}
    types = dict(reversed(pair.split()) for pair in re.findall(r"^AddType (.+)$", text, re.MULTILINE))
    for path in PATHS:
        rows, here = {}, True
        for line in text.splitlines():
            if found := re.fullmatch(r'<FilesMatch "(.+)">', line):
                here = re.search(found[1], path.rpartition("/")[2]) is not None
            elif line == "</FilesMatch>":
                here = True
            elif found := re.fullmatch(r'Header always set (\S+) "([^"]*)"(?: "expr=.*m#(.+)#")?', line):
                if here and (not found[3] or re.search(found[3], f"{root}{path}")):
                    rows[found[1]] = found[2]
            elif line.startswith("ForceType ") and here:
                rows[TYPE] = line.split()[1]
        sent[path] = rows | ({TYPE: types[kind]} if (kind := f".{path.rpartition('.')[2]}") in types else {})
    return sent


def of_nginx(text: str, root: str = "/") -> Sent:
    """A block has its own headers only: one that names any inherits none. The narrowest block is taken."""
    blocks = re.findall(r"^location (= |~ )?(\S+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    sent: Sent = {}
    for path in PATHS:
        whole = f"{root}{path}"
        exact = [inside for sign, where, inside in blocks if sign == "= " and where == whole]
        patterns = [inside for sign, where, inside in blocks if sign == "~ " and re.search(where, whole)]
        plain = [(where, inside) for sign, where, inside in blocks if not sign and whole.startswith(where)]
        inside = (exact or patterns or [max(plain, key=lambda p: len(p[0]))[1]])[0]
        rows = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', inside))
        types = {name: kind for kind, name in re.findall(r"^ {8}(\S+) (\w+);$", inside, re.MULTILINE)}
        kind = re.findall(r"default_type (\S+);", inside) or [types.get(path.rpartition(".")[2], "")]
        sent[path] = rows | ({TYPE: kind[0]} if kind[0] else {})
    return sent


def of_caddy(text: str, root: str = "/") -> Sent:
    """Which block goes last depends on its matcher: no two may set the same header of an address."""
    matchers = dict(re.findall(r"^@(\w+) (.+)$", text, re.MULTILINE))
    assert not re.search(r"^header [^@]", text, re.MULTILINE)
    blocks = re.findall(r"^header @(\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^header @(\w+) (\S+) `([^`]*)`$", text, re.MULTILINE)
    sent: Sent = {}
    for path in PATHS:
        rows: dict[str, str] = {}
        found = [(name, pair) for name, inside in blocks for pair in re.findall(r"\t(\S+) `([^`]*)`", inside)]
        for name, (key, value) in [*found, *((n, (k, v)) for n, k, v in lines)]:
            rule = matchers[name]
            inside = any(fits(p, f"{root}{path}") for p in rule.removeprefix("not ").split()[1:])
            if inside != rule.startswith("not "):
                assert key not in rows, (path, key)
                rows[key] = value
        sent[path] = rows
    return sent


@pytest.mark.parametrize("root", ["/", "/a/"])
def test_all_servers_send_the_same_headers(root: str) -> None:
    wanted = {path: dict(rows) for path, rows in PATHS.items()}
    for found in (
        of_netlify(netlify()),
        of_apache(apache(root), root),
        of_nginx(nginx(root), root),
        of_caddy(caddy(root), root),
    ):
        types = {path: rows.pop(TYPE, "") for path, rows in found.items()}
        assert found == wanted
        # Hosts know a turtle by its name; nobody can know what has none.
        for path, kind in CATALOGUES.items():
            assert types[path].partition(";")[0] == kind.partition(";")[0], path
    for text in (apache(root), nginx(root), caddy(root)):
        assert f"{root}data/" in text or f"{root}(data/" in text


def test_open_data_may_be_read_by_everybody_and_nothing_else() -> None:
    shared = {path for path, rows in PATHS.items() if dict(rows).get("Access-Control-Allow-Origin")}
    assert shared == {"data/x.csv", "data/kub/x.ttl", *CATALOGUES}
    assert all(any(fits(pattern, path) for pattern in OPEN_PATHS) for path in shared)


def test_every_kind_of_open_data_has_a_type(built: BuiltSite) -> None:
    found = {p.suffix.removeprefix(".") for p in (built.site / "data").rglob("*") if p.is_file()}
    assert found <= set(KINDS)


def test_the_kinds_of_the_sites_files_are_said_to_be_utf_8(built: BuiltSite) -> None:
    """Caddy says so by itself; the two others are told, for every kind of text file that the site has."""
    kinds = {p.suffix for p in built.site.rglob("*") if p.is_file() and p.suffix and p.name != "nginx.conf"}
    texts = kinds - {".png", ".svg", ".html", ".htaccess"}
    told = re.findall(r"^AddCharset utf-8 (.+)$", apache(), re.MULTILINE)[0].split()
    assert texts <= set(told), texts
    known = {".ics": "text/calendar", ".js": "application/javascript"}
    known |= {f".{name}": kind for name, kind in KINDS.items()}
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

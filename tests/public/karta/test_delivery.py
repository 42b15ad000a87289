"""Header files for four kinds of servers, ``security.txt``, and the page of what is not found."""

from __future__ import annotations

import datetime as dt
import re

from est_build.publish.headers import HEADERS, apache, caddy, header_files, netlify, nginx
from est_build.publish.security_txt import security_txt
from tests.public.conftest import BuiltSite


def test_all_servers_send_the_same_headers() -> None:
    wanted = dict(HEADERS)
    of_netlify = dict(re.findall(r"^  ([A-Z][\w-]+): (.+)$", netlify().split("\n\n")[0], re.MULTILINE))
    of_apache = dict(
        re.findall(r'^Header always set (\S+) "([^"]*)"$', apache().split("<FilesMatch")[0], re.MULTILINE)
    )
    of_nginx = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', nginx().split("location /data/")[0]))
    of_caddy = dict(re.findall(r"^\t(\S+) `([^`]*)`$", caddy().split("header /data/")[0], re.MULTILINE))
    assert of_netlify == of_apache == of_nginx == of_caddy == wanted


def test_open_data_may_be_read_by_everybody_and_nothing_else() -> None:
    for text in (netlify(), apache(), nginx(), caddy()):
        assert text.count("Access-Control-Allow-Origin") >= 1
        before = re.split(r"/data/|REQUEST_URI", text)[0]
        assert "Access-Control-Allow-Origin" not in before.replace(before.splitlines()[-1], "")


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

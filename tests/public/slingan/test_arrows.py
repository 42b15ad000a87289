"""Every arrow of the loop is a permanent link in both directions: walked for every action there is."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.public.conftest import BuiltSite
from tests.public.slingan.raw import Raw
from tests.public.test_site_pages import resolve

KINDS = (
    "fortnight-issue", "fortnight-action", "issue-action", "action-quarter", "issue-quarter",
    "fortnight-quarter", "quarter-year", "action-plan", "issue-plan", "quarter-plan",
    "year-plan", "plans-plan",
)  # fmt: skip
ONE_WAY = ("action-cause", "follow-up-quarter", "quarter-follow-up", "issue-follow-up")


@pytest.fixture(scope="module")
def raw(built: BuiltSite) -> Raw:
    """Return the texts that the site was built from."""
    return Raw(built.root / "data")


def test_every_arrow_is_walked_both_ways(built: BuiltSite, raw: Raw) -> None:
    @cache
    def targets(address: str) -> frozenset[str]:
        main = built.page(address).root.one("main")
        found = set()
        for node in main.all("a"):
            path, anchor = resolve(address, node.attrs["href"])
            found |= {path, f"{path}#{anchor}"} if anchor else {path}
        return frozenset(found)

    missing, walked = [], Counter[str]()
    for start, end, what in raw.arrows():
        # A fortnight without figures has no page yet.
        if start.partition("#")[0] not in built.pages or end.partition("#")[0] not in built.pages:
            assert what.startswith("fortnight-"), (start, end, what)
            continue
        walked[what] += 1
        if end not in targets(start):
            missing.append((what, start, end))
    assert not missing, (len(missing), Counter(w for w, _, _ in missing), missing[:5])
    for kind in KINDS:
        assert walked[kind], kind
        assert walked[kind] == walked[f"{kind}, back"]
    for kind in ONE_WAY:
        assert walked[kind], kind


def test_every_cause_names_the_actions_that_work_on_it(built: BuiltSite, raw: Raw) -> None:
    """At the place of the cause itself, not only somewhere on the page."""
    seen = 0
    for number, issue in raw.issues.items():
        address = f"/fragor/{number}/"
        page = built.page(address).root.one("main")
        for cause in issue.get("orsaker", []):
            place = page.one(where=lambda n, c=cause: n.attrs.get("id") == f"orsak-{c['id']}")
            led = {resolve(address, a.attrs["href"])[0] for a in place.all("a")}
            # A word may lead to its explanation too.
            found = {href for href in led if href.startswith("/atgarder/")}
            wanted = {
                f"/atgarder/{n}/"
                for n, a in raw.actions.items()
                if number in a.get("fragor", []) and cause["id"] in a.get("orsaker", [])
            }
            assert found == wanted, (number, cause["id"])
            assert cause["text"] in place.text()
            seen += len(found)
    assert seen > 10


def test_numbers_in_texts_are_links(built: BuiltSite) -> None:
    """The cancelled action says what is done instead, and leads there."""
    address = "/atgarder/2025-009/"
    page = built.page(address).root.one("main")
    found = [resolve(address, n.attrs["href"])[0] for n in page.all("a") if n.text() == "åtgärd 2025-010"]
    assert found
    assert set(found) == {"/atgarder/2025-010/"}

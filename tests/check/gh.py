"""A stand-in for ``gh api``: comments in a file, and a list of what it was asked. Knows no other flag."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import jq

BOT = "github-actions[bot]"


def main() -> None:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("command", choices=["api"])
    parser.add_argument("address")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--paginate", action="store_true")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--jq")
    parser.add_argument("--field", action="append", default=[])
    given = parser.parse_args()
    assert os.environ["GH_TOKEN"]
    store = Path(os.environ["GH_COMMENTS"])
    comments = json.loads(store.read_text(encoding="utf-8")) if store.exists() else []
    with Path(os.environ["GH_CALLS"]).open("a", encoding="utf-8") as calls:
        calls.write(f"{given.method} {given.address}\n")
    if given.method == "GET":
        # Page by page, as --paginate does.
        pages = [comments[i : i + 100] for i in range(0, len(comments), 100)] or [[]]
        for page in pages if given.paginate else pages[:1]:
            for found in jq.compile(given.jq).input_value(page).all():
                print(found)
        return
    key, _, name = given.field[0].partition("=@")
    assert (key, len(given.field)) == ("body", 1)
    body = Path(name).read_text(encoding="utf-8")
    if not body.strip() or len(body) > 65_536:
        sys.exit("gh: Validation Failed (HTTP 422)")
    if given.method == "POST":
        number = max((one["id"] for one in comments), default=0) + 1
        comments.append({"id": number, "user": {"login": BOT}, "body": body})
    else:
        assert given.method == "PATCH"
        next(one for one in comments if str(one["id"]) == given.address.rpartition("/")[2])["body"] = body
    store.write_text(json.dumps(comments), encoding="utf-8")


main()

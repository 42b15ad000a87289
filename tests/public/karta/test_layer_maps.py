"""The still maps of answers and of actions say what their table and their list say."""

from __future__ import annotations

from tests.public.conftest import BuiltSite
from tests.public.dom import Node
from tests.public.recount import Recount


def pictures(built: BuiltSite, key: str) -> list[Node]:
    found = built.page("/karta/").root.all(
        "svg", where=lambda n: n.attrs.get("aria-labelledby", "").startswith(key)
    )
    assert len(found) == 2
    return found


def test_answers_on_the_map_are_those_of_the_data(built: BuiltSite) -> None:
    counted = Recount(built.root / "data", built.root / "listor")
    span = counted.published[-1]
    for svg in pictures(built, "karta-svar"):
        said = {n.attrs["aria-label"] for n in svg.all("g") if n.attrs.get("role") == "img"}
        assert len(said) == len(counted.towns)
        for town in counted.towns:
            name, count = counted.areas[town]["namn"], counted.answers(span, counted.code(town))
            assert any(words.startswith(f"{name}: ") and words.endswith(f", {count}") for words in said), town


def test_every_numbered_action_of_the_list_stands_on_the_map(built: BuiltSite) -> None:
    main = built.page("/karta/").root.one("main")
    listed = [n.attrs["href"] for n in main.by_class("rader")[0].all("a")]
    assert len(listed) >= 3
    for svg in pictures(built, "karta-atgarder"):
        links = svg.all("a")
        assert [n.attrs["href"] for n in links] == listed
        assert [n.attrs["aria-label"].split(":")[0] for n in links] == [
            str(i + 1) for i in range(len(listed))
        ]

"""Two versions of a record compared field by field, with the names that stand in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from est_build.diff.change import Detail

_NAMES = ("id", "kod", "omrade", "datum", "ar", "galler", "vad", "titel", "namn", "ord", "kategori")
"""Keys by which an item of a list is known again, the first that it has."""


def details(before: Any, after: Any, where: str = "") -> Iterator[Detail]:
    """What differs between two values of plain types (``model_dump(mode="json")``).

    A key inside another is told as ``protokoll.fore_fran``, an item of a list by what names it:
    ``orsaker[o1].text``.
    """
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from details(before.get(key), after.get(key), f"{where}.{key}" if where else str(key))
    elif _is_list(before) and _is_list(after):
        yield from _items(before or (), after or (), where)
    else:
        yield Detail(where, told(before), told(after))


def _is_list(value: Any) -> bool:
    return value is None or (isinstance(value, Sequence) and not isinstance(value, str))


def _items(before: Sequence[Any], after: Sequence[Any], where: str) -> Iterator[Detail]:
    old, new = _named(before), _named(after)
    if old.keys() == new.keys() and list(old) != list(new):
        yield Detail(where, told(list(before)), told(list(after)))
    for name, value in old.items():
        if name not in new:
            yield Detail(where, told(value), None, listed=True)
        elif isinstance(value, Mapping):
            yield from details(value, new[name], f"{where}[{name}]")
    for name, value in new.items():
        if name not in old:
            yield Detail(where, None, told(value), listed=True)


def _named(items: Sequence[Any]) -> dict[str, Any]:
    """Items by what names them; a second of the same name gets a number."""
    found: dict[str, Any] = {}
    for item in items:
        name = _name(item)
        number, alone = 2, name
        while name in found:
            name, number = f"{alone} ({number})", number + 1
        found[name] = item
    return found


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        key = next((k for k in _NAMES if item.get(k)), None)
        return str(item[key]) if key else (told(item) or "")
    return str(item)


def told(value: Any) -> str | None:
    """A value in a line of text; ``None`` for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return None
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Mapping):
        parts = ((key, told(inner)) for key, inner in value.items())
        return "; ".join(f"{key}: {text}" for key, text in parts if text is not None) or None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(text for text in map(told, value) if text is not None) or None
    return " ".join(str(value).split())

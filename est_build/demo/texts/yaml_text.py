"""Records as YAML that a coordinator can read: keys in the order of the model, long text folded."""

from __future__ import annotations

from typing import Any

import yaml

from est_build.schema.base import Record

_WIDTH = 88
_LONG = 80
"""Texts longer than this are written as a folded block below their key."""


class _Dumper(yaml.Dumper):
    """Block lists indented below their key, and no anchors: the loader allows none."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = ">" if len(value) > _LONG and " " in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)
# Every scalar is text, as in the loader, so nothing needs quotes for looking like a date.
_Dumper.yaml_implicit_resolvers = {}


def to_yaml(record: Record) -> str:
    """The fields that were set, and no others. Ends with a line feed."""
    data = _plain(record.model_dump(mode="json", exclude_unset=True))
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDTH,
        line_break="\n",
    )


def _plain(value: Any) -> Any:
    """Booleans as ``ja`` and ``nej``, numbers as written; empty lists are left out."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner not in ([], None)}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

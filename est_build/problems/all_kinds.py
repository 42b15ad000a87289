"""Every kind of fault there is, by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from est_build.problems import (
    catalogue,
    catalogue_audit,
    catalogue_desk,
    catalogue_guard,
    catalogue_import,
    catalogue_links,
    catalogue_site,
    catalogue_steps,
    catalogue_text,
)
from est_build.problems.problem import Kind

_MODULES = (
    catalogue,
    catalogue_links,
    catalogue_site,
    catalogue_steps,
    catalogue_text,
    catalogue_guard,
    catalogue_import,
    catalogue_audit,
    catalogue_desk,
    catalogue_site,
)


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Code -> kind, in the order of the codes."""
    found = {k.code: k for module in _MODULES for k in vars(module).values() if isinstance(k, Kind)}
    return MappingProxyType(dict(sorted(found.items())))

"""Why each fault arises, and an example of it: what the page of all codes shows beside message and cure.

The texts stand in ``explain_*``, apart from the catalogue, which every command loads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cause in Swedish and English; an example that gives the fault, and the same put right.

    ``values``: for the placeholders of the message, as in the example.
    """

    cause_sv: str
    cause_en: str
    wrong: str
    right: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def explained(cause_sv: str, cause_en: str, wrong: str, right: str = "", /, **values: str) -> Explanation:
    """An explanation, in few words where it is written."""
    return Explanation(cause_sv, cause_en, wrong, right, values)


def every() -> Mapping[str, Explanation]:
    """All explanations, by code."""
    from est_build.problems import explain_files, explain_links, explain_protect, explain_site, explain_steps

    modules = (explain_files, explain_links, explain_protect, explain_steps, explain_site)
    return {code: one for module in modules for code, one in module.TEXTS.items()}

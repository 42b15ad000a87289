"""``content/ordlista.yml``: words that are explained once and for all, and the forms they take in a text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from est_build.schema.base import Line, Record, Text

Address = Annotated[str, StringConstraints(pattern=r"^/(?:[a-z0-9-]+/)*$", max_length=200)]
"""A page of the site, from its root."""


class TermLink(Record):
    """Where there is more to read."""

    text: Line
    adress: Address


class Term(Record):
    """A word with its explanation."""

    ord: Line
    former: tuple[Annotated[str, StringConstraints(min_length=3, max_length=60)], ...] = ()
    """Forms, in small letters, by which the word is known in a text. Without any, it is not marked."""
    forklaring: Text
    lank: TermLink | None = None


class Glossary(Record):
    """The whole of ``ordlista.yml``."""

    format: Literal["1"]
    ord: Annotated[tuple[Term, ...], Field(min_length=1)]

"""``texts/kategoritexter.csv`` and ``texts/atgardsstod.csv``: packaged texts, the same for every instance."""

from __future__ import annotations

from est_build.schema.base import Record, Slug, Text, Url, Year


class CategoryNote(Record):
    """What a category group does not count, and what a resident can do."""

    id: Slug
    raknas_inte: Text
    rad: Text


class ActionEvidence(Record):
    """What research says of a kind of action, with its source."""

    id: Slug
    text: Text
    kalla: Text
    ar: Year
    adress: Url

"""Packaged texts stand beside codes that there are."""

from __future__ import annotations

from est_build.load.codebook import codebook
from est_build.load.guidance import action_evidence, category_notes


def test_every_group_has_its_note_and_nothing_else_has() -> None:
    book = codebook(None)
    assert {group.id for group in book.groups()} <= set(category_notes())
    # One of them is about a group that an instance may turn on.
    assert all(book.category(code) is not None for code in category_notes())


def test_evidence_is_about_kinds_of_actions_and_names_its_source() -> None:
    evidence = action_evidence()
    assert set(evidence) <= set(codebook(None).ids("atgardstyper"))
    assert "belysning" in evidence
    assert all(row.kalla and row.ar > 2000 for row in evidence.values())

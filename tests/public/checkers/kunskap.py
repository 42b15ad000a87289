"""Tables of method, quality, protection and the other pages of knowledge."""

from __future__ import annotations

import json

from est_build.desk.fields import field_text, models_in
from est_build.desk.schemas import KINDS
from tests.public.checkers.base import Check, Head, Rule, ends, share_words, sum_words
from tests.public.dom import Table
from tests.public.recount import HIDDEN, number, rows

TEMPLATES = (
    "/oppna-data/",
    "/rattelser/",
    "/om/",
    "/metod/",
    "/metod/skydd/",
    "/metod/kvalitet/",
    "/metod/vanligt/",
    "/metod/ord/",
    "/andringar/",
    "/delta/",
    "/integritet/",
    "/om/vilka/",
    "/tillganglighetsredogorelse/",
    "/handbok/fel/",
    "/handbok/fjorton-dagar/",
    "/handbok/filerna/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/oppna-data/",
    "/rattelser/",
    "/om/",
    "/om/est/",
    "/metod/",
    "/metod/skydd/",
    "/metod/ord/",
    "/metod/kvalitet/",
    "/metod/vanligt/",
    "/andringar/",
    "/om/vilka/",
    "/delta/",
    "/integritet/",
    "/tillganglighetsredogorelse/",
    "/handbok/fel/",
    "/handbok/",
    "/handbok/fjorton-dagar/",
    "/handbok/kvartalet/",
    "/handbok/aret/",
    "/handbok/enkaten/",
    "/handbok/fel-publicerat/",
    "/handbok/forsta-dagen/",
    "/handbok/ny-kommun/",
    "/handbok/flytta/",
    "/handbok/kommandon/",
    "/handbok/filerna/",
)
"""Pages that must be there whatever the data."""
FAMILIES: tuple[str, ...] = ()
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {
    *("Kvartal/Svarade", "Sektor/Utskick kvartal 3, 2026"),
    *("Kommun/Granskat", "Rad/Norra", "Så visas talen/Kommunen"),
}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


MODELS = tuple(one for model, _ in KINDS.values() for one in models_in(model).values())
QUARTERS = (
    "Kvartal",
    "Svarade",
    "Svar av utskick",
    "Lägesbilder i tid",
    "Längsta väntan",
    "Svar till nätverket",
)
PROOFS = (
    *("Kommun", "Granskat", "Dolda rutor som kan vara tomma", "Påhittade verkligheter", "Bekräftade rutor"),
    *("Resultat", "Filer"),
)
REALITIES = ("Rad", "Norra", "Mitten", "Södra", "Kommunen")
FIELDS = ("Fält", "Vad det är")
SUBTRACTIONS = ("Så visas talen", "Kommunen", "Norra", "Södra", "Kvar i Mitten")


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    fixed = {QUARTERS: quarters, PROOFS: proofs, REALITIES: realities, SUBTRACTIONS: subtractions,
             FIELDS: fields}  # fmt: skip
    if head in fixed:
        return fixed[head]
    if len(head) == 2 and head[0] == "Sektor" and head[1].startswith("Utskick "):
        return sectors
    return None


def quarters(check: Check, table: Table) -> None:
    """Answers of all municipalities together, quarter by quarter."""
    c = check.counted
    known = {c.words(span).lower(): span for span in c.published_spans("kvartal")}
    for row in table.rows:
        span = known.get(row[0].lower())
        if span is None:
            assert row[1] == "inte räknat än", (check.address, row)
            continue
        found = c.region_answers(span)
        assert found is not None, (check.address, row)
        invited, (low, high) = found
        top = None if high is None else min(high, invited)
        words = share_words(low, high, invited)
        assert row[1] == f"{words[:1].upper()}{words[1:]} svarade", (check.address, row)
        assert row[2] == f"{sum_words(low, top)} av {invited}", (check.address, row)


def sectors(check: Check, table: Table) -> None:
    """Questionnaires sent to a sector, in all municipalities."""
    c = check.counted
    span = c.published_spans("kvartal")[-1]
    for name, sent in table.rows:
        sector = c.code_of("sektorer", name)
        every = [c.people.get((span, c.code(town), sector), (0, None))[0] for town in c.towns]
        assert sent == str(sum(every)), (check.address, name)


# ---- how people are protected ------------------------------------------------------------------


def realities(check: Check, table: Table) -> None:
    """The example: each of the made-up realities fits what is shown, and one has an empty middle."""
    shown, *rest = ([*row[1:]] for row in table.rows)
    assert shown[1] == HIDDEN
    middles = []
    for row in rest:
        counts = [0 if cell == "tom" else int(cell) for cell in row]
        assert sum(counts[:3]) == counts[3]
        for count, cell in zip(counts, shown, strict=True):
            assert cell == HIDDEN or ends(cell)[0] <= count <= ends(cell)[1], (check.address, row, shown)
        middles.append(counts[1])
    assert min(middles) == 0
    assert len(set(middles)) == len(middles) == 3


def subtractions(check: Check, table: Table) -> None:
    """What is left in the middle when the two others hold as much as they can."""
    exact, enough, telling = table.rows
    total, north, south = map(int, exact[1:4])
    assert exact[4] == f"{total} − {north} − {south} = {total - north - south}", check.address
    assert ends(enough[1])[0] <= ends(enough[2])[1] + ends(enough[3])[1]
    assert telling[4] == f"minst {ends(telling[1])[0] - ends(telling[2])[1] - ends(telling[3])[1]}"


def fields(check: Check, table: Table) -> None:
    """What a file may hold: words of the tool, with no number of the data among them."""
    for name, text in table.rows:
        known = {field_text(model, name) for model in MODELS if name in model.model_fields}
        assert any(text.removeprefix("Måste finnas. ").startswith(words) for words in known), (name, text)


def proofs(check: Check, table: Table) -> None:
    """Every number is a sum over the attestations that no wider one covers."""
    c = check.counted
    year = table.caption.removeprefix("Granskningen av år ")
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        last, inside = c.proven(year, c.code(town))
        audits = [json.loads((folder / "intyg.json").read_text(encoding="utf-8"))["granskning"]
                  for folder in last]  # fmt: skip
        confirmed = sum(len(rows(folder / "bekraftade_rutor.csv")) for folder in inside)
        wanted = [sum(a["rutor"] for a in audits), sum(a["verkligheter"] for a in audits), confirmed]
        assert list(row[2:5]) == [number(n) if n else "inga" for n in wanted], (year, row)
        assert row[5] == "Godkänt"
        assert {a["resultat"] for a in audits} == {"godkand"}

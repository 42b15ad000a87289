"""Where the words on the pages come from, how near a text may go, and that no number stands alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from est_build.schema import tables
from tests.public.conftest import BuiltSite
from tests.public.dom import QUOTED, Node, parse
from tests.public.kunskap.prose import sentences

TEXTS = {
    "accessibility.Supervisor": "namn",
    "accessibility.Shortcoming": "vad varfor i_stallet",
    "accessibility.ClauseResult": "krav hur",
    "accessibility.AccessRun": "verktyg",
    "accessibility.Accessibility": "svarstid provat inte_provat",
    "action.CountedGoal": "enhet",
    "action.StatusEvent": "text",
    "action.FollowUp": "hur slutsats lardom",
    "action.Action": "titel vad allman_varfor ansvarig medverkande "
    "forsenad_varfor avbruten_varfor overlamnad_till mal vantat plan",
    "areas.AreaProperties": "namn foralder",
    "areas.Feature": "id",
    "areas.AreaCollection": "name",
    "changes.MethodChange": "kort vad varfor",
    "codes.Code": "sv en beskrivning",
    "codes.CodeChange": "sv en",
    "codes.NewCategory": "sv en beskrivning",
    "correction.Correction": "galler vad_var_fel vad_andrades",
    "evaluation.Decision": "text ansvarig struken_varfor",
    "evaluation.QuarterEvaluation": "organisationer sammanfattning vad_andrades "
    "vad_fungerade vad_fungerade_inte vad_lar_vi_oss",
    "evaluation.AnnualReview": "sammanfattning monster vad_fungerade "
    "vad_fungerade_inte forslag_till_plan vad_siffrorna_inte_sager",
    "glossary.TermLink": "text",
    "glossary.Term": "ord former forklaring",
    "guidance.CategoryNote": "raknas_inte rad",
    "guidance.ActionEvidence": "text kalla",
    "indicator.SeriesBreak": "text",
    "indicator.Indicator": "titel kalla enhet skala namn paminnelse",
    "issue.Cause": "text",
    "issue.IssueGoal": "matt utgangslage mal",
    "issue.IssueEvent": "text",
    "issue.Issue": "titel varfor konsekvenser kallor varfor_ingen_atgard stangd_varfor",
    "picture.ContextEvent": "titel",
    "picture.Change": "text",
    "picture.Fact": "fakta kalla",
    "picture.MarkNote": "text",
    "picture.SituationPicture": "granskad_av vet_inte kommentar kommentar_av "
    "att_titta_efter att_besluta lattlast sammanfattning_en",
    "places.AreaText": "fungerar",
    "places.PlaceName": "namn",
    "plan.StatutoryPicture": "antagen_av diarienummer",
    "plan.ActionPlan": "antagen_av prioriteringar diarienummer",
    "plan.Agreement": "parter syften samverkansomraden",
    "plan.CouncilMeeting": "organisationer arenden beslut",
    "plan.CouncilReport": "avser",
    "plan.Coordination": "funktion epost telefon",
    "plan.MunicipalPlan": "kommentar",
    "site.FunctionContact": "funktion telefon",
    "site.Hosting": "vard land bitrade",
    "site.Municipality": "namn telefon",
    "site.Contact": "funktion telefon",
    "site.PostalAddress": "gata postnummer ort land",
    "site.OpenDataSettings": "om_utgivaren",
    "site.Credit": "vad kalla licens",
    "site.Site": "namn kortnamn beskrivning bas_url utgivare",
    "tables.AssessmentRow": "text",
    "tables.WorldRow": "verklighet",
    "tables.LedgerRow": "adress sha256",
}
"""The allow-list: every field of the published files that may hold words. No answer of the survey is here.

A new field makes the test fail until somebody has asked who writes it, and who reads it beforehand.
"""
PRIVATE = {"survey", "base", "attestation"}
"""Not texts of pages: the mapping of a survey, the building blocks, sums of files."""
FREE = re.compile(r"fritext|svar_id|inskickat|organisation\b|reporter|freetext", re.IGNORECASE)
"""What only the private side knows (DESIGN.md 4)."""


def text_fields(folder: Path) -> dict[str, str]:
    """Model -> its fields that take a line, a text or a string."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        if path.stem in PRIVATE:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names = [
                    row.target.id
                    for row in node.body
                    if isinstance(row, ast.AnnAssign)
                    and isinstance(row.target, ast.Name)
                    and re.search(r"\b(?:Line|Text|str)\b", ast.unparse(row.annotation))
                ]
                if names:
                    found[f"{path.stem}.{node.name}"] = " ".join(names)
    return found


def test_words_come_only_from_fields_on_the_list(repo_root: Path) -> None:
    assert text_fields(repo_root / "est_build" / "schema") == TEXTS


def test_a_new_text_is_found(tmp_path: Path) -> None:
    (tmp_path / "picture.py").write_text("class Report:\n    fritext: Text | None = None\n    antal: int\n")
    assert text_fields(tmp_path) == {"picture.Report": "fritext"}


def test_a_release_has_no_room_for_words() -> None:
    """Codes, intervals and days: no cell of a release takes a sentence."""
    assert tables.REPORT_COLUMNS == ("tabell", "omrade", "kategori", "miljo", "tid", "fran", "till")
    assert tables.PARTICIPATION_COLUMNS == ("kommun", "sektor", "inbjudna", "svar_fran", "svar_till")


def test_no_template_asks_for_an_answer(repo_root: Path) -> None:
    folder = repo_root / "est_build" / "pages" / "templates"
    names = {
        (path.name, name)
        for path in folder.glob("*.j2")
        for code in re.findall(r"{[{%](.*?)[%}]}", path.read_text(encoding="utf-8"), re.DOTALL)
        for name in re.findall(r"\.(\w+)", code)
    }
    assert len(names) > 200
    assert not {row for row in names if FREE.fullmatch(row[1])}
    assert FREE.fullmatch("fritext")


# ---- time and place -----------------------------------------------------------------------------

TO_THE_MINUTE = re.compile(r"(?<![\d.§])\b\d{1,2}[.:][0-5]\d\b(?!\d|\.\d)")
HOUR = re.compile(r"\b(?:kl\.?|klockan)\s*\d{1,2}\b", re.IGNORECASE)
STRETCH = re.compile(r"\b(?:efter|före|till|från|mellan)\s+(?:kl\.?|klockan)\s*\d", re.IGNORECASE)
OWN = re.compile(r"kontroll|öppe[nt]|\btänt\b|papperskorgar", re.IGNORECASE)
"""What the network does itself: opening hours, lights, its own rounds."""


def too_near(text: str) -> list[str]:
    """Sentences that say when something was seen to the minute, or at an hour, not in a part of the day."""
    return [
        s
        for s in sentences([re.sub(r"\bkl\.", "klockan", text, flags=re.IGNORECASE)])
        if TO_THE_MINUTE.search(s) or (HOUR.search(s) and not STRETCH.search(s) and not OWN.search(s))
    ]


def test_no_text_gives_an_exact_time_at_a_place(built: BuiltSite) -> None:
    read = 0
    for address, page in built.every():
        if page.root.one("html").attrs["lang"] != "sv" or address == "/tillganglighetsredogorelse/":
            continue
        for node in page.root.one("main").all("p", "li", "dd", "td"):
            said = node.attrs.get("translate") != "no"
            if said and not node.all("p", "li", "dd", "td") and not node.inside("code", "pre"):
                assert not too_near(node.text(frozenset({"svg", "code", QUOTED}))), (address, node.text())
                read += 1
    assert read > 10_000


@pytest.mark.parametrize(
    "text",
    [
        "Två personer sågs vid stationen i Skurup kl. 22.", "Det brann i Kivik 21.40.",
        "Klockan 23 slogs en ruta sönder i Borrby.", "Rutan gick sönder 02:15 vid skolan.",
    ],
)  # fmt: skip
def test_an_exact_time_is_found(text: str) -> None:
    assert too_near(text)


def test_parts_of_the_day_and_own_hours_may_be_told() -> None:
    for text in (
        "Platsen är mörk efter klockan 17.", "Biblioteket har öppet till klockan 19.",
        "Vi kontrollerade papperskorgarna klockan 20.", "Det är mörkt på kvällarna i Kivik.",
    ):  # fmt: skip
        assert not too_near(text)


# ---- no number alone ----------------------------------------------------------------------------

CONTEXT = {
    "period": re.compile(r"\bvecka \d+–\d+"),
    "comparison": re.compile(r"Förra perioden|Första perioden|ingen tidigare", re.IGNORECASE),
    "participation": re.compile(r"svarade|Antalet svar visas inte|Okänt hur många|Ingen insamling"),
}


def lacking(box: Node, name: str) -> set[str]:
    """What a number of reports is without: place, time, comparison, answers, how people are protected."""
    words = box.text()
    found = {part for part, pattern in CONTEXT.items() if not pattern.search(words)}
    if not re.search(rf"\b{re.escape(name)}\b", words):
        found.add("place")
    if not [n for n in box.all("a") if n.attrs.get("href", "").endswith("metod/skydd/")]:
        found.add("protection")
    return found


def test_the_number_of_every_area_has_its_context(built: BuiltSite) -> None:
    checked = 0
    for area in built.published.areas:
        address = f"/omraden/{area.id}/"
        if address not in built.pages:
            continue
        box = built.page(address).root.one("main").by_class("antalruta")[0]
        assert not lacking(box, area.name), (address, lacking(box, area.name))
        checked += 1
    assert checked > 30


def test_every_table_of_reports_says_when_and_its_page_who_answered(built: BuiltSite) -> None:
    """A caption names the time, or each row does; and the page tells how many answered."""
    time = re.compile(r"\b(?:vecka \d|kvartal \d|år \d{4}|\d{4})", re.IGNORECASE)
    checked = 0
    for address, page in built.every():
        for table in page.root.one("main").all("table"):
            heads = [n.text() for n in table.all("th") if n.attrs.get("scope") == "col"]
            if "Rapporter" not in heads or heads[0] in {"Fråga vi följer", "Period", "År"}:
                continue
            near = [
                table.one("caption").text(),
                *(n.text() for up in table.up() for n in up.all("h2", "h3", "p")),
            ]
            assert any(time.search(words) for words in near), (address, near[0])
            assert re.search(r"svarade|Svarade|svarat", page.root.one("main").text()), address
            checked += 1
    assert checked > 500


def test_a_number_without_its_context_is_found(built: BuiltSite) -> None:
    whole = built.page("/omraden/ystad/").root.one("main").by_class("antalruta")[0]
    assert not lacking(whole, "Ystad")
    assert lacking(whole, "Sjöbo") == {"place"}
    bare = parse('<main><div class="antalruta"><p class="antal"><b>65–69</b> rapporter</p></div></main>')
    assert lacking(bare.root.by_class("antalruta")[0], "Ystad") == {*CONTEXT, "place", "protection"}

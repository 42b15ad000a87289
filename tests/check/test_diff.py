"""``est-build diff``: what a reviewer sees of a change, and what nobody can hide in one."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from est_build.cli import diff as command
from est_build.diff import lines, report_html, report_markdown
from est_build.diff.change import Change, Detail, in_order
from est_build.diff.compare import Comparison, compare
from est_build.diff.figures import figure_changes
from est_build.diff.lines import Review, detail_line
from est_build.diff.marked import beside, marked
from est_build.diff.records import details
from est_build.diff.report_html import as_html
from est_build.diff.report_markdown import as_comment
from est_build.diff.report_text import as_terminal
from est_build.diff.texts import text_changes
from est_build.model.published import Instance, load_instance
from est_build.problems import Place, Problem
from est_build.problems import catalogue_audit as kinds
from tests.check.conftest import git, run
from tests.public import instances

EVIL = "<script>alert(1)</script> **fet** [klick](b) `x`"
MENTION = "@alla <b>fet</b> [klick](https://ond.example) | `x`"
LATEST = "2026-v45-46"


@pytest.fixture(scope="module")
def repo(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the slim example, without its latest fortnight. Nobody may change it."""
    root = instances.copy(slim_root, tmp_path_factory.mktemp("jamfor") / "exempel")
    shutil.rmtree(root / "data/perioder" / LATEST)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "Exemplet")
    return root


@pytest.fixture
def changed(repo: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository to change."""
    return instances.linked(repo, tmp_path / "andrad")


def listed(text: str, word: str) -> list[str]:
    """Lines that begin with a lead such as *Ändrad åtgärd*."""
    return [line.strip() for line in text.splitlines() if line.lstrip(" -").startswith(word)]


# ---- one action -------------------------------------------------------------------------------


def test_a_change_to_one_action_is_one_line_with_its_page(changed: Path, tmp_path: Path) -> None:
    path = changed / "data/atgarder/2026-017.yml"
    old = re.search(r"^klar_senast: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert old is not None
    instances.edit(path, old[0], "klar_senast: 2026-12-20")
    out = tmp_path / "ut" / "andring.html"
    done = run("diff", "main", "--root", str(changed), "--out", str(out))
    assert done.exit_code == 0, done.output
    lines_ = listed(done.stdout, "Ändrad") + listed(done.stdout, "Ny") + listed(done.stdout, "Borttagen")
    assert len(lines_) == 1
    assert lines_[0].startswith("Ändrad åtgärd 2026-017 ")
    assert f"klar_senast {old[1]} → 2026-12-20" in lines_[0]
    assert lines_[0].endswith("/atgarder/2026-017/")
    assert "Godkänt: 20 publiceringar" in done.stdout
    html = out.read_text(encoding="utf-8")
    page = html[html.index('<details id="sida-0"') :]
    page = page[: page.index("</details>")]
    assert "/atgarder/2026-017/" in page
    assert "<del>12</del>" in page
    assert "<ins>20</ins>" in page


# ---- a fortnight, a removal, a page, a text that wants more than it may ------------------------


@pytest.fixture(scope="module")
def mixed(repo: Path, slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository with a change of every kind."""
    root = instances.linked(repo, tmp_path_factory.mktemp("blandat") / "exempel")
    shutil.copytree(slim_root / "data/perioder" / LATEST, root / "data/perioder" / LATEST)
    (root / "data/indikatorer/trygghetsvandringar.yml").unlink()
    title = re.compile(r"^titel: .*$", re.MULTILINE)
    issue = root / "data/fragor/2026-004.yml"
    text = issue.read_text(encoding="utf-8")
    instances.write(issue, title.sub(lambda _: f"titel: '{EVIL}'", text, count=1))
    page = root / "content/om.md"
    instances.write(page, page.read_text(encoding="utf-8") + "\nEtt stycke till om nätverket.\n")
    geo = root / "data/omraden.geojson"
    instances.write(geo, geo.read_text(encoding="utf-8").replace('"Kivik"', '"Kiviks hamn"'))
    rules = root / "mkdocs.yml"
    instances.write(rules, rules.read_text(encoding="utf-8") + "# en rad till\n")
    return root


@pytest.fixture(scope="module")
def outcome(mixed: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what the command says of it, as a comment, and the file."""
    out = tmp_path_factory.mktemp("ut") / "andring.html"
    done = run("diff", "main", "--root", str(mixed), "--out", str(out), "--format", "markdown")
    assert done.exit_code == 0, done.output
    return done.stdout, out.read_text(encoding="utf-8")


def test_removals_come_first_and_every_kind_has_its_line(outcome: Any) -> None:
    comment, html = outcome
    heads = re.findall(r"^### (.*)$", comment, re.MULTILINE)
    assert heads == ["Borttaget", "Ändrat", "Nytt", "Granskningen"]
    assert re.findall(r"<h2>(.*)</h2>", html)[:3] == heads[:3]
    assert [line.partition(":")[0] for line in listed(comment, "Borttagen")] == [
        "- Borttagen text indikatorn trygghetsvandringar"
    ]
    assert len(listed(comment, "Nya rapporter vecka 45–46, 2026,")) == 5
    assert any(
        "text + Ett stycke" in line or "+ Ett stycke" in line for line in listed(comment, "Ändrad text")
    )
    (moved,) = listed(comment, "Ändrat område")
    assert "namn Kivik → Kiviks hamn" in moved
    assert listed(comment, "Ändrad fil mkdocs") != []
    assert "`/lage/2026-v45-46/`" in comment


def test_what_was_written_is_text_and_nothing_else(outcome: Any) -> None:
    comment, html = outcome
    assert "<script" not in comment
    assert "**fet" not in comment
    assert not re.search(r"(?<!\\)\]\(b\)", comment)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;;")


def test_the_file_needs_nothing_and_no_name_stands_twice(outcome: Any) -> None:
    _, html = outcome
    assert re.findall(r'\b(?:src|srcset|action|data)="', html) == []
    assert set(re.findall(r"<(?:link|script|iframe|object|img)\b", html)) == set()
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert used - set(ids) == set()
    assert html.count("<svg") > 10
    assert len(html) < 2_000_000


def test_before_stands_beside_after(outcome: Any) -> None:
    _, html = outcome
    pictures = re.findall(r'<div class="par par--bild">(.*?)</div>\s*</div>', html, re.DOTALL)
    both = [p for p in pictures if p.count("<svg") == 2]
    assert len(both) > 3


# ---- what can go wrong -------------------------------------------------------------------------


def test_faults_are_told_and_nothing_is_written(changed: Path, tmp_path: Path) -> None:
    instances.edit(changed / "data/atgarder/2026-017.yml", "\nomraden:", "\nområden:")
    out = tmp_path / "andring.html"
    out.write_text("den förra", encoding="utf-8")
    done = run("diff", "main", "--root", str(changed), "--out", str(out))
    assert done.exit_code == 1
    assert "atgarder/2026-017.yml" in done.stderr
    assert "Traceback" not in done.output
    assert out.read_text(encoding="utf-8") == "den förra"


@pytest.mark.parametrize("base", ["finns-inte", "--", "HEAD~99", "refs/heads/x y"])
def test_an_unknown_base_is_wrong_use(repo: Path, base: str) -> None:
    done = run("diff", "--root", str(repo), "--", base)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_no_repository_is_wrong_use(slim_root: Path) -> None:
    done = run("diff", "main", "--root", str(slim_root))
    assert done.exit_code == 2
    assert "EST" in done.stderr


def test_nothing_changed(repo: Path) -> None:
    done = run("diff", "HEAD", "--root", str(repo))
    assert done.exit_code == 0
    assert done.stdout.startswith("Inget har ändrats sedan HEAD")


def test_the_history_stops_a_changed_closed_figure(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Problem(kinds.CLOSED_CHANGED, Place("perioder/x/1286/rapporter.csv"), {"value": "ej sparad"})
    monkeypatch.setattr(command, "history_problems", lambda _: iter([found]))
    done = run("diff", "HEAD", "--root", str(changed), "--format", "markdown")
    assert done.exit_code == 1
    assert "Granskningen stoppar ändringen" in done.stdout
    assert found.kind.code in done.stdout


def test_a_version_that_cannot_be_read_is_compared_by_its_files(repo: Path, tmp_path: Path) -> None:
    before = instances.linked(repo, tmp_path / "fore")
    instances.write(before / "data/webbplats.yml", "format: 0\n")
    found = compare(before, load_instance(repo / "data"))
    assert [c.title for c in found.changes] == ["data/webbplats.yml"]
    assert found.pages == ()
    review = Review(found, "main", (), "Godkänt.")
    for text in (as_terminal(review), as_comment(review), as_html(review)):
        assert "går inte att läsa" in text


def test_an_instance_that_is_new_is_all_new(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare(None, load_instance(repo / "data"))
    assert {c.how for c in found.changes} == {"nytt"}
    assert {p.how for p in found.pages} == {"nytt"}
    monkeypatch.setattr(report_html, "PAGES", 3)
    html = as_html(Review(found, "main", (), "Godkänt."))
    assert html.count('<details id="sida-') == 3


def test_a_folder_in_a_repository(repo: Path, tmp_path: Path) -> None:
    """The instance may stand in a folder of its own, and a branch is compared from where it left."""
    top = tmp_path / "topp"
    shutil.copytree(repo, top / "est", ignore=shutil.ignore_patterns(".git"), copy_function=shutil.copy)
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-qm", "Ett")
    git(top, "switch", "-qc", "gren")
    git(top, "switch", "-q", "main")
    (top / "est/content/om.md").unlink()
    git(top, "commit", "-qam", "Två")
    git(top, "switch", "-q", "gren")
    instances.edit(top / "est/data/fragor/2026-004.yml", "format: 1", "format: 1 # samma")
    done = run("diff", "main", "--root", str(top / "est"))
    assert done.exit_code == 0, done.output
    assert listed(done.stdout, "Ändrad fil") == ["Ändrad fil data/fragor/2026-004.yml"]
    assert "om.md" not in done.stdout


# ---- figures -----------------------------------------------------------------------------------


def test_withdrawn_figures_come_before_all_others(slim_root: Path) -> None:
    instance = load_instance(slim_root / "data")
    key, release = next(
        (k, r) for k, r in instance.releases.items() if sum(x.fran is not None for x in r.reports) > 3
    )
    rows = list(release.reports)
    shown = [n for n, row in enumerate(rows) if row.fran is not None]
    hidden = next(n for n, row in enumerate(rows) if row.fran is None)
    rows[hidden] = rows[hidden]._replace(fran=5, till=9)
    rows[shown[-1]] = rows[shown[-1]]._replace(fran=None, till=None)
    first = rows[shown[0]]
    rows[shown[0]] = first._replace(fran=(first.fran or 0) + 5, till=(first.till or 0) + 5)
    after = _with_rows(instance, key, rows)
    (change,) = figure_changes(instance, after)
    marks = [(d.before, d.after) for d in change.details]
    assert marks[0][1] == "··"
    assert marks[0][0] != "··"
    assert marks[1][0] != "··"
    assert marks[1][1] != "··"
    assert marks[2][0] == "··"
    (back,) = figure_changes(after, instance)
    assert back.details[0].after == "··"


def _with_rows(instance: Instance, key: tuple[str, str], rows: list[Any]) -> Instance:
    releases = {**instance.releases, key: replace(instance.releases[key], reports=tuple(rows))}
    return replace(instance, releases=releases)


def test_a_release_that_is_gone_is_told_first(slim_root: Path) -> None:
    instance = load_instance(slim_root / "data")
    key = next(iter(instance.releases))
    after = replace(instance, releases={k: v for k, v in instance.releases.items() if k != key})
    (change,) = figure_changes(instance, after)
    assert change.how == "bort"
    assert change.lead == "Borttagna rapporter"
    assert list(text_changes(instance, after)) == []


# ---- records, words, budgets -------------------------------------------------------------------

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)


def _same(a: Any, b: Any) -> bool:
    """Equal, where nothing, an empty text and an empty list all say nothing."""
    return _bare(a) == _bare(b)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if _bare(v) is not None} or None
    if isinstance(value, list):
        return [v for v in map(_bare, value) if v is not None] or None
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return (" ".join(str(value).split()) or None) if value is not None else None


@given(
    st.dictionaries(st.sampled_from("abcd"), plain, max_size=3),
    st.dictionaries(st.sampled_from("abcd"), plain, max_size=3),
)
def test_every_difference_is_told(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = list(details(before, after))
    if before == after:
        assert found == []
    elif not _same(before, after):
        assert found != []


@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_lose_no_word(before: str, after: str) -> None:
    for told, text in zip(marked(before, after), (before, after), strict=True):
        assert re.sub(r"</?(?:del|ins)>", "", str(told)) == str(escape(text))


def test_a_comment_mentions_nobody() -> None:
    changes = [Change("andrat", "fraga", MENTION, "data/x.yml", "/x/", (Detail("titel", "a", MENTION),))]
    found = Comparison("Prov", "https://prov.example/", True, tuple(changes), ())
    comment = as_comment(Review(found, MENTION, (), MENTION))
    assert not re.search(r"@|<b>|(?<!\\)\]\(https://ond|(?<!\\)`x", comment)


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_line_never_grows(before: str, after: str) -> None:
    told = detail_line(Detail("fält", before, after))
    assert len(told) <= 2 * (lines.WIDTH + 1) + 20


def test_ids_of_two_pictures_never_meet() -> None:
    svg = (
        '<svg aria-labelledby="t d"><title id="t">a</title><desc id="d">b</desc><clipPath id="c"/>'
        '<g clip-path="url(#c)"><use href="#c"/><a href="/lage/x/">x</a><a href="https://y.example">y</a></g></svg>'
    )
    told = str(beside(svg, "p-", "https://trygghet.example/"))
    assert 'aria-labelledby="p-t p-d"' in told
    assert 'id="p-c"' in told
    assert "url(#p-c)" in told
    assert 'href="#p-c"' in told
    assert 'href="https://trygghet.example/lage/x/"' in told
    assert 'href="https://y.example"' in told


def _many(count: int) -> Iterator[Change]:
    for n in range(count):
        rows = tuple(Detail(f"fält{i}", "x" * 300, "y" * 300) for i in range(9))
        yield Change("andrat", "atgard", f"2026-{n:03} Åtgärd", f"data/atgarder/2026-{n:03}.yml", "/x/", rows)


def test_the_comment_and_the_file_have_a_budget() -> None:
    found = Comparison("Prov", "https://prov.example/", True, in_order(list(_many(3000))), ())
    problems = tuple(
        Problem(kinds.CLOSED_CHANGED, Place(f"perioder/{n}/rapporter.csv"), {"value": "x"})
        for n in range(900)
    )
    review = Review(found, "main", problems, "")
    comment = as_comment(review)
    assert len(comment) <= report_markdown.MOST
    assert "Granskningen stoppar ändringen" in comment
    assert report_markdown.REST in comment
    assert comment.count("<details>") == comment.count("</details>")
    html = as_html(review)
    assert f"… och {3000 - report_html.CHANGES} till." in html
    assert len(html) < 8_000_000


def test_a_link_that_was_committed_is_not_followed(changed: Path) -> None:
    """What stands outside the repository is no part of the version before."""
    git(changed, "switch", "-qc", "lank")
    (changed / "content/hemlig.md").symlink_to("/etc/hostname")
    git(changed, "add", ".")
    git(changed, "commit", "-qm", "Länk")
    (changed / "content/hemlig.md").unlink()
    done = run("diff", "HEAD", "--root", str(changed))
    assert done.exit_code == 0, done.output
    assert "hemlig" not in done.stdout

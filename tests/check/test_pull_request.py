"""What a pull request gets: the steps of the workflow, run as it runs them, in a small repository."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from est_build.desk.samples import SHORTEST
from tests.check import runner
from tests.check.conftest import git
from tests.check.runner import Done, Runner
from tests.public.instances import edit, linked, write

MARK = "<!-- est-build: kontroll -->"
BOT = "github-actions[bot]"
DATA, COMMENT = "webbplats", "kommentar"
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def published(norrby: Path, slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose ``main`` is the slim example in the frame of a new instance."""
    root = linked(slim_root, tmp_path_factory.mktemp("ut") / "exempel")
    for name in (".github", "mallar"):
        shutil.copytree(norrby / name, root / name)
    for name in (".gitignore", ".gitattributes", "Makefile"):
        shutil.copy(norrby / name, root / name)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Allt som är publicerat")
    return root


class PullRequest:
    """A branch with one change, as GitHub checks it out: the merge of it and ``main``."""

    def __init__(self, published: Path, scratch: Path, *changes: Change, fork: bool = False) -> None:
        self.root = scratch / "repo"
        git(scratch, "clone", "-q", "--local", str(published), "repo")
        (self.root / ".venv/bin").mkdir(parents=True)
        (self.root / ".venv/bin/est-build").symlink_to(runner.PROGRAM)
        base = self.head()
        git(self.root, "switch", "-q", "-c", "min-gren")
        for change in changes:
            change(self.root)
            git(self.root, "add", ".")
            git(self.root, "commit", "-q", "-m", "Ändra")
        head = self.head()
        git(self.root, "switch", "-q", "--detach", base)
        git(self.root, "merge", "-q", "--no-ff", "-m", "Det som main blir", head)
        home = "kommunen/exempel"
        there = "nagon-annan/exempel" if fork else home
        pull = {"number": 7, "base": {"sha": base}, "head": {"sha": head, "repo": {"full_name": there}}}
        github = {"repository": home, "server_url": "https://github.example", "run_id": 42, "token": "hemlig",
                  "event": {"pull_request": pull}}  # fmt: skip
        workflow = self.root / ".github/workflows/kontroll.yml"
        self.runner = Runner(workflow, self.root, scratch / "korning", github)

    def head(self) -> str:
        return git(self.root, "rev-parse", "HEAD").strip()

    def run(self) -> tuple[Done, Done]:
        return self.runner.run(DATA), self.runner.run(COMMENT)

    def comments(self) -> list[dict[str, Any]]:
        path = self.runner.comments
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return found


def shortest(root: Path) -> None:
    """What a coordinator does in the browser: copies the file, and gives it its number."""
    text = (root / "mallar" / SHORTEST).read_text(encoding="utf-8")
    # The file in an instance names an area of that instance.
    text = text.replace("id: 2026-001", "id: 2026-019").replace("[ekby]", "[kivik]")
    write(root / "data/atgarder/2026-019.yml", text)


def broken(root: Path) -> None:
    """A day that there is none of, and words that try to be something else than words."""
    shortest(root)
    path = root / "data/atgarder/2026-019.yml"
    edit(path, "klar_senast: 2026-12-18", "klar_senast: 2026-12-32")
    edit(path, "typ: belysning", 'typ: "belysning\\n::error::x<!-- $(touch agd) `touch agd` @alla"')


def survey(root: Path) -> None:
    (root / "underlag.csv").write_text("svar_id;organisation;fritext\n1;Norrby skola;HEMLIG text\n", "utf-8")
    git(root, "add", "-f", "underlag.csv")


def no_survey(root: Path) -> None:
    (root / "underlag.csv").unlink()


def test_a_good_change(published: Path, tmp_path: Path) -> None:
    pull = PullRequest(published, tmp_path, shortest)
    data, comment = pull.run()
    assert set(data.outcomes().values()) == {"success"}, data.output
    assert (data.result, comment.result) == ("success", "success")
    assert "::error" not in data.output
    assert set(data.artifacts) == {"forhandsvisning", "skillnad.html", "kommentar"}
    page = data.artifacts["forhandsvisning"] / "atgarder/2026-019/index.html"
    assert "Nya lampor i parken" in page.read_text(encoding="utf-8")
    assert "Nya lampor i parken" in data.artifacts["skillnad.html"].read_text(encoding="utf-8")
    (told,) = pull.comments()
    body = told["body"]
    assert body.startswith(f"{MARK}\n# Kontroll av ändringen\n\n**Inget hindrar")
    assert "](https://github.example/skillnad.html)" in body
    assert "](https://github.example/forhandsvisning)" in body
    assert "**Inga fel.**" in body
    assert "Godkänt: 25 publiceringar" in body
    assert "Nya lampor i parken" in body.partition("## Det som ändras")[2]
    assert data.summary == body.removeprefix(f"{MARK}\n")


def test_a_broken_file(published: Path, tmp_path: Path) -> None:
    pull = PullRequest(published, tmp_path, broken)
    data, comment = pull.run()
    assert (data.result, comment.result) == ("failure", "success")
    assert data.steps["Kontrollera data"].outcome == "failure"
    assert data.steps["Granska det publicerade"].outcome == "success"
    assert data.steps["Bygg webbplatsen"].outcome == "skipped"
    assert set(data.artifacts) == {"kommentar"}
    lines = data.steps["Kontrollera data"].output.splitlines()
    assert any(
        one.startswith("::error file=data/atgarder/2026-019.yml,title=EST204,line=10") for one in lines
    )
    assert sum(one.startswith("::error") for one in lines) == 2
    (told,) = pull.comments()
    body = told["body"]
    assert "**Det finns fel att rätta.**" in body
    assert "EST204" in body
    assert "data/atgarder/2026-019.yml" in body.replace("\\", "")
    assert "](https://github.example" not in body
    # What somebody wrote in a file is words, in the shell as in the comment.
    assert not list(tmp_path.rglob("agd"))
    assert body.count("<!--") == 1
    assert "@alla" not in body
    assert data.summary == body.removeprefix(f"{MARK}\n")


def test_the_comment_is_written_once_and_then_kept_up(published: Path, tmp_path: Path) -> None:
    pull = PullRequest(published, tmp_path, shortest)
    shared = pull.runner
    shared.artifacts["kommentar"] = tmp_path / "kommentar"
    shared.artifacts["kommentar"].mkdir()
    made = shared.artifacts["kommentar"] / "kommentar.md"
    made.write_text("# Kontroll av ändringen\n\nDet finns fel.\n", encoding="utf-8")
    others = [("samordnaren", f"{MARK}\nMin kommentar"), (BOT, "Ett annat flöde"), *[("nagon", "Hej")] * 110]
    known = [{"id": i, "user": {"login": who}, "body": text} for i, (who, text) in enumerate(others, 1)]
    shared.comments.write_text(json.dumps(known), encoding="utf-8")
    assert shared.run(COMMENT).result == "success"
    first = pull.comments()[-1]
    assert (first["user"]["login"], first["body"].partition("\n")[0]) == (BOT, MARK)
    # The file is mended: the same comment says so.
    made.write_text("# Kontroll av ändringen\n\nNu är det rätt.\n", encoding="utf-8")
    assert shared.run(COMMENT).result == "success"
    after = pull.comments()
    assert after[:-1] == known
    assert after[-1] == {**first, "body": f"{MARK}\n# Kontroll av ändringen\n\nNu är det rätt.\n"}
    calls = shared.calls.read_text(encoding="utf-8").splitlines()
    assert [one.split()[0] for one in calls] == ["GET", "POST", "GET", "PATCH"]
    # A comment that is too long is cut at a line, and says so first.
    made.write_text("# Kontroll\n" + "ö och å och ä\n" * 8_000, encoding="utf-8")
    assert shared.run(COMMENT).result == "success"
    body = pull.comments()[-1]["body"]
    assert len(body.encode()) < 61_000
    assert "sammanfattning](https://github.example/kommunen/exempel/actions/runs/42)" in body.splitlines()[1]
    assert body.endswith("ö och å och ä\n")


def test_answers_that_came_and_went(published: Path, tmp_path: Path) -> None:
    """The guard stops everything else, and nobody tells what was in the file."""
    pull = PullRequest(published, tmp_path, survey, no_survey)
    data, comment = pull.run()
    assert (data.result, comment.result) == ("failure", "success")
    ran = {name for name, outcome in data.outcomes().items() if outcome == "success"}
    assert ran == {"Hämta förrådet", "Python", "Förbered", "Se vad ändringen utgår från", "Skriv kommentaren",
                   "Lämna över kommentaren"}  # fmt: skip
    assert set(data.artifacts) == {"kommentar"}
    (told,) = pull.comments()
    assert "**Stopp. Vakten mot råa svar" in told["body"]
    assert "underlag.csv" in told["body"].replace("\\", "")
    for text in (told["body"], data.output, data.summary):
        assert "HEMLIG" not in text
        assert "Norrby skola" not in text


def test_a_run_that_never_began(published: Path, tmp_path: Path) -> None:
    pull = PullRequest(published, tmp_path, shortest)
    (pull.root / ".venv/bin/est-build").unlink()
    edit(pull.root / "Makefile", "PYTHON ?= python3", "PYTHON ?= false")
    data, comment = pull.run()
    assert (data.result, comment.result) == ("failure", "success")
    assert "**Kontrollen kom aldrig i gång.**" in pull.comments()[0]["body"]
    # Not even the comment came out of the first job.
    pull.runner.artifacts.clear()
    assert pull.runner.run(COMMENT).result == "success"
    (told,) = pull.comments()
    assert "**Kontrollen kom aldrig i gång.**" in told["body"]
    assert "actions/runs/42" in told["body"]


def test_a_fork_may_not_write(published: Path, tmp_path: Path) -> None:
    pull = PullRequest(published, tmp_path, shortest, fork=True)
    assert pull.runner.run(COMMENT).result == "skipped"
    assert not pull.runner.calls.exists()


def test_what_passed_no_pull_request_is_not_published(published: Path, tmp_path: Path) -> None:
    """The workflow that puts the site out looks at what was pushed, and at nothing when nothing was."""
    pull = PullRequest(published, tmp_path, survey, no_survey)
    event = pull.runner.github["event"]["pull_request"]
    github = {"event_name": "push", "sha": event["head"]["sha"], "event": {"before": event["base"]["sha"]}}
    workflow = pull.root / ".github/workflows/publicera.yml"
    done = Runner(workflow, pull.root, tmp_path / "ut", github).run("bygg")
    assert done.steps["Vakta mot råa svar"].outcome == "failure"
    assert done.steps["Bygg webbplatsen"].outcome == "skipped"
    assert "::error" in done.output

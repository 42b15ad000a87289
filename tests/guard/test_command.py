"""What a push sends, what a name that was wrong for a while means, and what the command says."""

from __future__ import annotations

from pathlib import Path

import yaml

from est_build.cli.guard import check_push
from est_build.cli.guard_git import Git

from .canaries import coded, google_forms
from .formats import in_page, semicolons
from .repo import ROOT, Repo, codes

RAW = semicolons(coded(40))
PAGE = in_page(google_forms(40))
ZERO = "0" * 40


# ---- what a push sends ---------------------------------------------------------------------------


def told(repo: Repo, ref: str, remote: str) -> str:
    local = repo.git("rev-parse", ref).stdout.strip() if ref else ZERO
    return f"refs/heads/{ref or 'x'} {local} refs/heads/x {remote}\n"


def test_push(repo: Repo) -> None:
    base = repo.commit()
    repo.commit("Rå", **{"svar.csv": RAW})
    repo.remove("svar.csv")
    git = Git(repo.path)
    assert codes(check_push(git, told(repo, "main", base))) == {"EST432"}
    assert codes(check_push(git, told(repo, "main", ZERO))) == {"EST432"}
    assert codes(check_push(git, told(repo, "main", "ab" * 20))) == {"EST432"}
    assert codes(check_push(git, told(repo, "", base))) == set()
    assert codes(check_push(git, "")) == set()


def test_push_trusts_no_list_of_another_server(repo: Repo) -> None:
    """A remote that was private before keeps its branches in the list: they are no base."""
    repo.commit("Rå", **{"svar.csv": RAW})
    repo.remove("svar.csv")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert codes(check_push(Git(repo.path), told(repo, "main", ZERO))) == {"EST432"}


def test_what_the_server_has_already_stops_nobody(repo: Repo, tmp_path: Path) -> None:
    """An old fault cannot be recalled: it must not teach everybody to go round the guard."""
    server = Repo(tmp_path / "server.git")
    server.path.mkdir()
    server.git("init", "-q", "--bare")
    url = str(server.path)
    repo.commit("Rå", **{"svar.csv": RAW})
    repo.remove("svar.csv")
    git = Git(repo.path)
    assert codes(check_push(git, told(repo, "main", ZERO), url)) == {"EST432"}
    repo.git("push", "-q", "--no-verify", url, "main")
    repo.commit("Mer", **{"content/a.md": "# A\n"})
    assert codes(check_push(git, told(repo, "main", ZERO), url)) == set()
    assert codes(check_push(git, told(repo, "main", ZERO), str(tmp_path / "finns-inte"))) == {"EST432"}
    repo.commit("Rå igen", **{"fler-svar.csv": RAW + b"1;2\n"})
    assert [p.place.file for p in check_push(git, told(repo, "main", ZERO), url).problems] == [
        "fler-svar.csv"
    ]


# ---- a name that was wrong for a while -----------------------------------------------------------


def test_a_text_file_that_had_a_wrong_name(repo: Repo) -> None:
    text = 'format: "1"\npublicerad: 2026-11-19\nsammanfattning: Det är lugnt.\n'
    base = repo.commit()
    repo.commit("Fel namn", **{"data/perioder/2026-v45-46/Lägesbild.yml": text})
    assert codes(repo.check(base)) == {"EST431"}
    repo.git("mv", "data/perioder/2026-v45-46/Lägesbild.yml", "data/perioder/2026-v45-46/lagesbild.yml")
    repo.commit("Rätt namn")
    assert codes(repo.check(base)) == set()


def test_notes_beside_the_data_stay_a_fault(repo: Repo) -> None:
    base = repo.commit("Grund")
    repo.commit("Lös text", **{"data/perioder/2026-v45-46/anteckningar.yml": "a: 1\nb: 2\nc: 3\nd: 4\n"})
    repo.commit("Mer", **{"data/anteckningar.md": "Ungdomarna vid kiosken igen.\n"})
    repo.remove("data/perioder/2026-v45-46/anteckningar.yml")
    repo.remove("data/anteckningar.md")
    assert len(repo.check(base).problems) == 2


# ---- the pull request -----------------------------------------------------------------------------


def test_every_pull_request_is_guarded() -> None:
    """All of its history is fetched, and nothing is built before the guard has looked."""
    text = (ROOT / ".github" / "workflows" / "kontroll.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["webbplats"]["steps"]
    runs = [step.get("run", "") for step in steps]
    place = next(i for i, run in enumerate(runs) if ".venv/bin/est-build vakt " in run)
    first = runs[place].splitlines()[0]
    assert first == 'if ! .venv/bin/est-build vakt --base "$BASE" --head "$HEAD" --format github; then'
    assert {"BASE", "HEAD"} == set(steps[place]["env"])
    assert all("site" not in run and "check" not in run for run in runs[:place])
    assert steps[0]["with"]["fetch-depth"] == 0


def test_a_pull_request_as_the_workflow_sees_it(repo: Repo) -> None:
    """The checked-out commit is a merge; the base has gone on; the branch took its file away again."""
    start = repo.git("rev-parse", "HEAD").stdout.strip()
    repo.git("checkout", "-q", "-b", "sida")
    repo.commit("Med", **{"data/svar.csv": RAW})
    head = repo.remove("data/svar.csv")
    repo.git("checkout", "-q", "main")
    base = repo.commit("Annat", **{"content/nytt.md": "# Nytt\n"})
    repo.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Prov", "sida")
    done = repo.guard("--base", base, "--head", head, "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=data/svar.csv,title=EST432::")
    assert repo.guard("--base", start, "--head", base, "--format", "github").stdout == ""


# ---- the command ---------------------------------------------------------------------------------


def test_formats(repo: Repo) -> None:
    repo.commit("Rå", **{"svar.csv": RAW, "content/om.md": PAGE})
    text = repo.guard()
    assert text.returncode == 1
    assert text.stderr.endswith("2 fel, 0 varningar.\n")
    github = repo.guard("--format", "github")
    assert github.returncode == 1
    assert [line.split(",")[0] for line in github.stdout.splitlines()] == [
        "::error file=content/om.md",
        "::error file=svar.csv",
    ]
    as_json = repo.guard("--format", "json", "--lang", "en")
    assert '"code": "EST432"' in as_json.stdout
    assert "raw survey answers" in as_json.stdout


def test_nothing_of_the_content_is_ever_said(repo: Repo) -> None:
    repo.commit(
        "Rå", **{"content/om.md": PAGE, "data/a.csv": RAW, "data/kalender.csv": RAW, "content/b.svg": PAGE}
    )
    done = repo.guard()
    assert done.returncode == 1
    for word in ("Norrskolan", "kommunen.example", "moped", "Brösarp", "ystads-tatort", "1001"):
        assert word not in done.stdout + done.stderr


def test_wrong_use(repo: Repo) -> None:
    for options in (["--staged", "--base", "HEAD"], ["--installera", "--avinstallera"], ["--okänt"]):
        assert repo.guard(*options).returncode == 2


def test_ok_says_what_was_looked_at(repo: Repo) -> None:
    done = repo.guard()
    assert (done.returncode, done.stdout) == (0, "Inga råa svar: 5 filer i 1 commit är granskade.\n")
    assert repo.guard("--format", "json").stdout == "[]\n"
    assert repo.guard("--staged").stdout == ""

"""Workflows, forms and rules of GitHub: those of this repository, and those that a new instance gets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from est_build.pages import addresses
from tests.conftest import ROOT

CHECKS = "Data och förhandsvisning"
FORMS = ("1-rattelse.yml", "2-forslag.yml", "3-verktyget.yml")
HERE = ("delar.yml", "kontroll.yml", "publicera.yml", "schema.yml")
INSTANCE = ("kontroll.yml", "publicera.yml")


@pytest.fixture(params=["förrådet", "en ny instans"])
def place(request: pytest.FixtureRequest, norrby: Path) -> Path:
    """Return a folder with ``.github`` in it."""
    return ROOT if request.param == "förrådet" else norrby


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = Path(sys.executable).parent / name
    assert path.exists(), f"{name} saknas bredvid {sys.executable}: kör make test"
    return subprocess.run([str(path), *arguments], capture_output=True, text=True, check=False)


def load(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def workflows(place: Path) -> list[Path]:
    return sorted((place / ".github/workflows").glob("*.yml"))


def jobs(place: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = load(place / ".github/workflows" / name)["jobs"]
    return found


# ---- tools that know GitHub --------------------------------------------------------------------


def test_there_are_workflows(norrby: Path) -> None:
    assert tuple(path.name for path in workflows(ROOT)) == HERE
    assert tuple(path.name for path in workflows(norrby)) == INSTANCE


def test_files_follow_their_schemas(place: Path) -> None:
    folder = place / ".github"
    kinds = {
        "github-workflows": workflows(place),
        "dependabot": [folder / "dependabot.yml"],
        "github-issue-forms": [folder / "ISSUE_TEMPLATE" / name for name in FORMS],
        "github-issue-config": [folder / "ISSUE_TEMPLATE/config.yml"],
    }
    # Whatever is added there has a schema too.
    assert set(folder.rglob("*.yml")) == {path for paths in kinds.values() for path in paths}
    if place != ROOT:
        kinds.pop("github-issue-forms")  # they are the same, to the byte: test_forms_are_the_same
    for kind, paths in kinds.items():
        done = tool("check-jsonschema", "--builtin-schema", f"vendor.{kind}", *map(str, paths))
        assert done.returncode == 0, done.stdout + done.stderr


def test_workflows_have_no_known_weakness(place: Path) -> None:
    done = tool("zizmor", "--offline", "--persona", "pedantic", "--format", "json", str(place / ".github"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == []


def actionlint(*paths: Path) -> subprocess.CompletedProcess[str]:
    shellcheck = Path(sys.executable).parent / "shellcheck"
    assert shellcheck.exists()
    return tool("actionlint", "-no-color", "-shellcheck", str(shellcheck), *map(str, paths))


def test_workflows_say_what_they_mean(place: Path) -> None:
    """Names of steps, outputs and contexts; inputs of actions; the shell of every step."""
    done = actionlint(*workflows(place))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("steps.vakt.outcome == 'success'", "steps.vakten.outcome == 'success'", "vakten"),
        ("needs: webbplats", "needs: webbplatsen", "webbplatsen"),
        ("job.status", "job.stat", "stat"),
        ('cat "$2"', "cat $2", "SC2086"),
        ("continue-on-error: true", "continue-on-errors: true", "continue-on-errors"),
    ],
)
def test_a_slip_in_a_workflow_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (ROOT / ".github/workflows/kontroll.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "kontroll.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert said in actionlint(path).stdout


# ---- rights ------------------------------------------------------------------------------------


def test_actions_are_pinned_and_rights_are_few(place: Path) -> None:
    pins: dict[str, set[str]] = {}
    for path in workflows(place):
        text = path.read_text(encoding="utf-8")
        for line in re.findall(r"uses: (.+)", text):
            own = re.fullmatch(r"\$/\.github/workflows/\w+\.yml", line)
            pinned = re.fullmatch(r"(actions/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
            assert own or pinned, line
            if pinned:
                pins.setdefault(pinned[1], set()).add(pinned[2])
        assert load(path)["permissions"] == {}
        for job in load(path)["jobs"].values():
            assert "permissions" in job
            for step in job.get("steps", []):
                assert "${{" not in step.get("run", "")
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] is False
    assert all(len(found) == 1 for found in pins.values()), pins


def test_who_may_write(place: Path) -> None:
    """The comment, and the site; neither job runs anything of the repository."""
    writers = {
        (path.name, name): {right for right, how in job["permissions"].items() if how == "write"}
        for path in workflows(place)
        for name, job in load(path)["jobs"].items()
        if "write" in job["permissions"].values() and "steps" in job
    }
    assert writers == {
        ("kontroll.yml", "kommentar"): {"pull-requests"},
        ("publicera.yml", "lagg-ut"): {"pages", "id-token"},
    }
    comment = jobs(place, "kontroll.yml")["kommentar"]
    assert comment["permissions"] == {"pull-requests": "write"}
    uses = [step["uses"].partition("@")[0] for step in comment["steps"] if "uses" in step]
    assert uses == ["actions/download-artifact"]
    programs = set(
        re.findall(r"^\s*(?:if|nummer=\$\()?\s*([a-z][\w-]*)\b(?!=)", comment["steps"][1]["run"], re.M)
    )
    assert programs <= {"cd", "echo", "if", "else", "fi", "gh", "sed", "LC_ALL"}, programs
    out = jobs(place, "publicera.yml")["lagg-ut"]
    assert [step["uses"].partition("@")[0] for step in out["steps"]] == ["actions/deploy-pages"]


# ---- the same here and there -------------------------------------------------------------------


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**step, "run": ""} if step["name"] == "Förbered" else step for step in job["steps"]]


def test_a_new_instance_has_the_jobs_of_this_repository(norrby: Path) -> None:
    ours, theirs = (jobs(folder, "kontroll.yml") for folder in (ROOT, norrby))
    assert set(ours) - set(theirs) == {"kod"}
    assert theirs["kommentar"] == ours["kommentar"]
    assert {**theirs["webbplats"], "steps": steps(theirs["webbplats"])} == {
        **ours["webbplats"],
        "steps": steps(ours["webbplats"]),
    }
    ours, theirs = (jobs(folder, "publicera.yml") for folder in (ROOT, norrby))
    assert {**theirs["bygg"], "steps": steps(theirs["bygg"])} == {
        **ours["bygg"],
        "steps": steps(ours["bygg"]),
    }
    assert theirs["lagg-ut"] == ours["lagg-ut"]


def test_make_has_what_the_workflows_ask_for(place: Path) -> None:
    targets = set(re.findall(r"^([\w./-]+):", (place / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in workflows(place):
        assert set(re.findall(r"run: make (\S+)", path.read_text(encoding="utf-8"))) <= targets


def for_an_instance(text: str) -> str:
    """What is said to coordinators, without what is about the code."""
    text = text.partition("\n---\n\n## För dig som skriver kod")[0]
    text = text.replace(" Längst ned står det som gäller för dig som skriver kod.", "")
    return "".join(line for line in text.splitlines(keepends=True) if "*Kod och tester*" not in line)


@pytest.mark.parametrize("name", [*(f"ISSUE_TEMPLATE/{form}" for form in FORMS), "pull_request_template.md"])
def test_forms_are_the_same(norrby: Path, name: str) -> None:
    assert (norrby / ".github" / name).read_bytes() == (ROOT / ".github" / name).read_bytes()


def test_the_guide_is_the_same(norrby: Path) -> None:
    ours, theirs = ((place / "CONTRIBUTING.md").read_text(encoding="utf-8") for place in (ROOT, norrby))
    assert theirs.rstrip("\n") == for_an_instance(ours).rstrip("\n")
    ours, theirs = ((place / ".github/GRENREGLER.md").read_text(encoding="utf-8") for place in (ROOT, norrby))
    assert theirs == ours.replace(" och *Kod och tester*", "")


# ---- forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_a_form_warns_before_it_asks(name: str) -> None:
    form = load(ROOT / ".github/ISSUE_TEMPLATE" / name)
    first, last = form["body"][0], form["body"][-1]
    assert first["type"] == "markdown"
    assert first["attributes"]["value"].startswith(
        "**Det du skriver här kan läsas av vem som helst, för alltid**"
    )
    assert last["type"] == "checkboxes"
    assert all(option["required"] for option in last["attributes"]["options"])
    assert "person" in " ".join(option["label"] for option in last["attributes"]["options"])
    # Nobody is asked who he is.
    asked = " ".join(part["attributes"]["label"] for part in form["body"] if "label" in part["attributes"])
    assert not re.search(r"(?i)namn\b|telefon|e-post|mejl", asked)


def test_whoever_has_something_sensitive_is_sent_away(place: Path) -> None:
    config = load(place / ".github/ISSUE_TEMPLATE/config.yml")
    assert config["blank_issues_enabled"] is False
    site = load(place / "data/webbplats.yml")["bas_url"].rstrip("/")
    links = [one["url"] for one in config["contact_links"]]
    assert links == [f"{site}{addresses.WHO}", f"{site}{addresses.ABOUT}"]
    assert "112" in (place / "content/om.md").read_text(encoding="utf-8")


# ---- work that is shared out -------------------------------------------------------------------


def test_the_shares_are_all_of_it() -> None:
    """Every municipality once, every part of the site once, and what is joined is compared with one run."""
    found = jobs(ROOT, "delar.yml")
    towns = [m["kod"] for m in load(ROOT / "data/webbplats.yml")["kommuner"]]
    for name in ("forbered", "granska"):
        assert sorted(found[name]["strategy"]["matrix"]["kommun"]) == sorted(towns), name
    numbers = found["bygg"]["strategy"]["matrix"]["del"]
    assert numbers == [f"{number}/{len(numbers)}" for number in range(1, len(numbers) + 1)]
    joined = found["foga"]
    assert sorted(joined["needs"]) == ["bygg", "forbered", "granska"]
    said = "\n".join(step.get("run", "") for step in joined["steps"])
    for command in ("foga data", "foga granskning", "foga sajt", "verify"):
        assert f"est-build {command}" in said
    assert len(re.findall(r"^diff ", said, re.MULTILINE)) == 3


# ---- rules of the branch -----------------------------------------------------------------------


def rules(place: Path) -> dict[str, Any]:
    data = json.loads((place / ".github/rulesets/main.json").read_text(encoding="utf-8"))
    assert set(data) == {"name", "target", "enforcement", "conditions", "rules", "bypass_actors"}
    assert (data["target"], data["enforcement"], data["bypass_actors"]) == ("branch", "active", [])
    assert data["conditions"] == {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}
    return {rule["type"]: rule.get("parameters", {}) for rule in data["rules"]}


def test_the_checks_that_are_required_are_those_that_run(place: Path) -> None:
    found = rules(place)
    assert set(found) == {"deletion", "non_fast_forward", "pull_request", "required_status_checks"}
    wanted = {one["context"] for one in found["required_status_checks"]["required_status_checks"]}
    run = {
        job["name"]: job
        for path in workflows(place)
        if "pull_request" in load(path)[True]  # YAML 1.1 reads the key ``on`` as a truth
        for job in load(path)["jobs"].values()
    }
    # A comment that cannot be written stops nobody; everything else does.
    assert wanted == set(run) - {"Kommentar"}
    assert CHECKS in wanted
    # One that may be skipped would never be told as passed.
    assert all("if" not in run[name] for name in wanted)
    guide = (place / ".github/GRENREGLER.md").read_text(encoding="utf-8")
    assert " och ".join(f"*{name}*" for name in sorted(wanted)) in guide
    assert found["pull_request"]["required_approving_review_count"] == 1


def test_the_guide_of_rules_says_what_the_file_does(place: Path) -> None:
    guide = (place / ".github/GRENREGLER.md").read_text(encoding="utf-8")
    parts = {
        "dismiss_stale_reviews_on_push": "Dismiss stale pull request approvals",
        "require_code_owner_review": "Require review from Code Owners",
        "required_review_thread_resolution": "Require conversation resolution",
        "require_last_push_approval": "Require approval of the most recent",
        "strict_required_status_checks_policy": "Require branches to be up to date",
    }
    found = rules(place)
    given = found["pull_request"] | found["required_status_checks"]
    for key, words in parts.items():
        assert (words in guide) == given[key], key
    owned = re.findall(r"^(/\S+) +@organisation/grupp$", guide, re.MULTILINE)
    assert len(owned) == 5
    assert all((place / path.strip("/")).exists() for path in owned if path != "/data/skydd/")


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", ".github/GRENREGLER.md", "mallar/README.md"]
)
def test_links_lead_somewhere(place: Path, name: str) -> None:
    path = place / name
    for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert link.startswith("https://") or (path.parent / link).exists(), link

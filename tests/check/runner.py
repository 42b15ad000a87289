"""A stand-in for GitHub's runner: runs the steps of a job as they stand in the workflow.

It knows what the workflows here use, and stops at everything else. A name that GitHub would quietly take
for nothing (a step without that id, an output that nobody writes) is a failed test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PROGRAM = Path(sys.executable).parent / "est-build"
FAKE_GH = Path(__file__).parent / "gh.py"
_TOKEN = re.compile(r"\s*(?:'([^']*)'|(&&|\|\||==|!=|!|\(|\))|([A-Za-z_][\w.-]*))")
_INPUTS = {
    "actions/checkout": {"persist-credentials", "fetch-depth"},
    "actions/setup-python": {"python-version"},
    "actions/upload-artifact": {"name", "archive", "path", "if-no-files-found", "retention-days"},
    "actions/download-artifact": {"name", "path"},
}
"""Of the inputs that the actions have, those that are used here. No other tool knows them offline."""
_SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}


@dataclass
class Step:
    """What came of a step."""

    name: str
    outcome: str
    output: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Done:
    """What came of a job."""

    result: str
    steps: dict[str, Step]
    summary: str
    artifacts: dict[str, Path]

    def outcomes(self) -> dict[str, str]:
        return {name: step.outcome for name, step in self.steps.items()}

    @property
    def output(self) -> str:
        return "".join(step.output for step in self.steps.values())


class Runner:
    """Runs jobs of one workflow in one repository; artifacts and comments live on between them."""

    def __init__(self, workflow: Path, root: Path, scratch: Path, github: dict[str, Any]) -> None:
        self.jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
        self.root, self.scratch, self.github = root, scratch, github
        self.artifacts: dict[str, Path] = {}
        self.comments = scratch / "kommentarer.json"
        self.calls = scratch / "anrop.txt"
        tools = scratch / "program"
        tools.mkdir(parents=True)
        (tools / "gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE_GH}" "$@"\n', encoding="utf-8")
        (tools / "gh").chmod(0o755)
        self.path = f"{tools}{os.pathsep}{os.environ['PATH']}"

    def run(self, name: str) -> Done:
        """Run a job from its first step to its last; ``skipped`` if its condition says so."""
        job = self.jobs[name]
        temp = self.scratch / name
        shutil.rmtree(temp, ignore_errors=True)
        temp.mkdir()
        self.steps: dict[str, Step] = {}
        self.ids: dict[str, Step] = {}
        self.temp, self.status = temp, "success"
        wanted = job.get("if")
        if wanted is not None and not self._holds(wanted):
            return Done("skipped", {}, "", {})
        before = set(self.artifacts)
        self.steps_of_job = {one["id"]: one for one in job["steps"] if "id" in one}
        summary = ""
        for raw in job["steps"]:
            step = self._step(job, raw)
            summary += (temp / "summary").read_text(encoding="utf-8") if (temp / "summary").exists() else ""
            self.steps[step.name] = step
            if "id" in raw:
                self.ids[raw["id"]] = step
            if step.outcome == "failure" and not raw.get("continue-on-error"):
                self.status = "failure"
        made = {key: path for key, path in self.artifacts.items() if key not in before}
        return Done(self.status, self.steps, summary, made)

    def _step(self, job: dict[str, Any], raw: dict[str, Any]) -> Step:
        name = raw["name"]
        condition = raw.get("if", "success()")
        text = condition.removeprefix("${{").removesuffix("}}").strip()
        if not re.search(r"\b(?:success|failure|always|cancelled)\(\)", text):
            text = f"success() && ({text})"
        if not self._holds(text):
            return Step(name, "skipped")
        for file in ("output", "summary"):
            (self.temp / file).write_text("", encoding="utf-8")
        if "uses" in raw:
            return self._used(name, raw)
        shell = raw.get("shell", job.get("defaults", {}).get("run", {}).get("shell"))
        script = self.temp / "steg.sh"
        script.write_text(raw["run"], encoding="utf-8")
        env = {
            "PATH": self.path,
            "HOME": str(self.scratch),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "RUNNER_TEMP": str(self.temp),
            "GH_COMMENTS": str(self.comments),
            "GH_CALLS": str(self.calls),
        }
        env |= {key: self._filled(str(value)) for key, value in raw.get("env", {}).items()}
        done = subprocess.run([*_SHELLS[shell], str(script)], cwd=self.root, env=env, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        lines = (self.temp / "output").read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Step(name, "success" if done.returncode == 0 else "failure", done.stdout, outputs)

    def _used(self, name: str, raw: dict[str, Any]) -> Step:
        action = raw["uses"].partition("@")[0]
        given = {key: self._filled(value) if isinstance(value, str) else value
                 for key, value in raw.get("with", {}).items()}  # fmt: skip
        assert set(given) <= _INPUTS[action], f"{action}: {sorted(given)}"
        if action in {"actions/checkout", "actions/setup-python"}:
            return Step(name, "success")
        if action == "actions/upload-artifact":
            source = self.root / given["path"]
            if not source.exists():
                return Step(name, "failure")
            # Without an archive it is one file, called what it is called.
            called = given["name"] if given.get("archive", True) else source.name
            assert ("name" in given) == given.get("archive", True)
            assert called not in self.artifacts, "två artefakter med samma namn"
            target = self.scratch / "artefakter" / called
            target.parent.mkdir(exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            elif given.get("archive", True):
                target.mkdir()
                shutil.copy(source, target)
            else:
                shutil.copy(source, target)
            self.artifacts[called] = target
            return Step(name, "success", outputs={"artifact-url": f"https://github.example/{called}"})
        if given["name"] not in self.artifacts:
            return Step(name, "failure")
        shutil.copytree(self.artifacts[given["name"]], self.root / given["path"])
        return Step(name, "success")

    # ---- expressions ----

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{\s*(.+?)\s*\}\}", lambda m: str(self._value(m[1])), text)

    def _holds(self, condition: str) -> bool:
        return bool(self._value(condition.removeprefix("${{").removesuffix("}}").strip()))

    def _value(self, text: str) -> Any:
        """An expression of GitHub's as one of Python's; only names, texts, comparisons and and/or/not."""
        words = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!=", "(": "(", ")": ")"}
        values: list[Any] = []
        parts, at = [], 0
        text = text.replace("()", "")
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match is not None, f"kan inte läsa {text!r}"
            at = match.end()
            if match[2]:
                parts.append(words[match[2]])
            else:
                values.append(match[1] if match[1] is not None else self._named(match[3]))
                parts.append(f"v[{len(values) - 1}]")
        return eval("".join(parts).strip(), {"__builtins__": {}}, {"v": values})

    def _named(self, name: str) -> Any:
        fixed = {"success": self.status == "success", "failure": self.status == "failure", "always": True,
                 "cancelled": False, "runner.temp": str(self.temp), "job.status": self.status}  # fmt: skip
        if name in fixed:
            return fixed[name]
        head, *rest = name.split(".")
        if head == "steps":
            return self._of_step(name, *rest)
        found: Any = {"github": self.github}
        for part in (head, *rest):
            assert part in found, f"{name} finns inte"
            found = found[part]
        return found

    def _of_step(self, name: str, step: str, what: str, key: str = "") -> str:
        assert step in self.steps_of_job, f"{name}: inget steg har det id:t"
        done = self.ids.get(step)
        assert done is not None, f"{name}: steget kommer senare"
        if what == "outcome":
            return done.outcome
        assert what == "outputs", name
        assert done.outcome != "success" or key in done.outputs, f"{name}: steget ger inget sådant"
        return done.outputs.get(key, "")

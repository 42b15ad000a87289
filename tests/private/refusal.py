"""Running the command as a coordinator does, and what every refusal must look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from est_build.cli.main import main

from .instance import SECOND, Instance, digest

CODE = re.compile(r"^(?:FEL|VARNING|OBS) (EST\d{3})  (.*)$", re.MULTILINE)
ENGLISH = re.compile(
    r"\b(the|not found|no such|error|invalid|expected|unexpected|database|file is|permission|denied)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """What a run said: exit code, and each problem with code, place and text."""

    exit_code: int
    text: str
    problems: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.problems]

    def at(self, code: str) -> list[str]:
        """Places of the problems with a code."""
        return [place for found, place in self.problems if found == code]


def command(instance: Instance, export: Path | None, *more: str, period: str = SECOND) -> Result:
    """``est-build prepare`` on the tiny instance."""
    arguments = ["prepare", "--period", period, "--enkat", str(instance.survey)]
    arguments += ["--data", str(instance.data), "--forrad", str(instance.store), *more]
    if export is not None:
        arguments.insert(1, str(export))
    return CliRunner().invoke(main, arguments)


def refuse(instance: Instance, export: Path | None, *more: str, period: str = SECOND) -> Said:
    """Run, and check what holds of every refusal: exit 1, Swedish words, a cure, nothing touched."""
    before = digest(instance.data, instance.private)
    result = command(instance, export, *more, period=period)
    said = said_of(result)
    assert digest(instance.data, instance.private) == before, "en nekad körning ändrade något"
    assert said.exit_code == 1, said.text
    assert said.problems, said.text
    assert "→ " in said.text
    assert not result.stdout
    assert not ENGLISH.search(re.sub(r"”[^”]*”", "", said.text)), said.text
    return said


def said_of(result: Result) -> Said:
    """What a run said. A traceback, or anything but a clean exit, fails here."""
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return Said(result.exit_code, result.stderr, tuple(CODE.findall(result.stderr)))

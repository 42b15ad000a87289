"""What is fuzzed: bytes in, and out come values or problems in Swedish. Anything else is a fault.

A target takes any bytes, which need not mean anything. It raises what is no :class:`ProblemsError`, an
``AssertionError`` if what it got back is not as promised, and :class:`TooSlow` if it took too long.
"""

from __future__ import annotations

import functools
import io
import signal
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from est_build.load.csv_file import Checks, parse_csv
from est_build.load.frame import Frame, load_frame
from est_build.load.json_file import located, parse_json
from est_build.load.outline import outline_problem
from est_build.load.tree import Tree, text_of
from est_build.load.validate import validate
from est_build.load.yaml_file import parse_yaml
from est_build.prepare.coding import code_export
from est_build.prepare.export import read_tables
from est_build.prepare.guess import guess
from est_build.prepare.moment import moment
from est_build.prepare.settings import Settings, load_settings
from est_build.problems import Problem, ProblemsError
from est_build.problems.render import as_github, as_json, as_text
from est_build.protect.text import scan_text
from est_build.schema.base import Record
from tests.private.instance import NORRBY, SECOND, Book, csv_bytes, make_instance
from tests.private.sheets import workbook_bytes
from tests.public.test_load_fuzz import CSV, JSON, YAML

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20
"""Longest time for one input: they are small, and a person is waiting."""
EVERY: list[tuple[str, type[Record]]] = [*YAML.items(), *CSV.items(), *JSON.items()]
"""Files of an instance, and what their rows or values are checked against."""


class TooSlow(BaseException):
    """An input took too long: somebody could stop the tool with it."""


@contextmanager
def in_time(seconds: int = SECONDS) -> Iterator[None]:
    """Raise :class:`TooSlow` in the midst of what takes longer."""

    def ring(_: int, __: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def loader(raw: bytes) -> None:
    """A file of an instance. The first byte says which; the rest is what stands in it."""
    name, model = EVERY[raw[0] % len(EVERY)] if raw else EVERY[0]
    text = text_of(raw[1:], name)
    if isinstance(text, Problem):
        told([text], name)
    elif name in YAML:
        told(_tree(model, *parse_yaml(text, name)), name)
    elif name in CSV:
        told(parse_csv(text, name, model, Checks(unique=tuple(model.model_fields)))[1], name)
    else:
        tree, problems = parse_json(text, name)
        told(_tree(model, tree and located(tree, Path("finns-inte")), problems), name)
        if tree is not None:
            outline_problem("x", ("Polygon", tree.data), tree, ())


def _tree(model: type[Record], tree: Tree | None, problems: list[Problem]) -> list[Problem]:
    return problems if tree is None else problems + validate(model, tree)[1]


def told(problems: list[Problem], name: str) -> None:
    """What is told can be shown, in every form, and says where."""
    for show in (as_text, as_json, as_github):
        show(problems).encode("utf-8")
    for problem in problems:
        assert problem.place.file == name
        assert problem.place.line is None or problem.place.line >= 1
        assert problem.message()
        assert "Traceback" not in problem.message()


@functools.cache
def private() -> tuple[Frame, Settings, Path]:
    """An invented instance with a survey, and a folder for exports."""
    folder = Path(tempfile.mkdtemp(prefix="est-fuzz-"))
    instance = make_instance(folder / "prov")
    frame = load_frame(instance.data)
    return frame, load_settings(instance.survey, frame), folder


def reader(raw: bytes) -> None:
    """A survey export, read and coded as ``prepare`` does, and guessed as ``prepare --gissa`` does."""
    frame, settings, folder = private()
    path = folder / "export"
    path.write_bytes(raw)
    span = frame.calendar.span(SECOND)
    assert span is not None
    try:
        tables = read_tables([path])
    except ProblemsError as error:
        told(list(error.problems), error.problems[0].place.file)
        return
    for table in tables:
        for _, row in table.rows:
            assert len(row) == len(table.header)
            for cell in row:
                moment(cell, (), utc=True)
    for work in (
        lambda: code_export(tables, settings, frame, span, {NORRBY}),
        lambda: guess(tables, frame, settings.members),
    ):
        try:
            work()
        except ProblemsError as error:
            as_text(error.problems).encode("utf-8")


def scanner(raw: bytes) -> None:
    """A text that somebody wants to publish. What is found stands where it is said to stand."""
    text = raw[1:].decode("utf-8", errors="replace")
    kind = raw[0] if raw else 0
    for finding in scan_text(text, page=bool(kind & 1), markdown=bool(kind & 2)):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.quote == " ".join(text[finding.start : finding.end].split())
        assert finding.kind.sv.format_map({"value": "", "what": "", "word": "", **finding.values})


TARGETS: dict[str, Callable[[bytes], None]] = {"loader": loader, "reader": reader, "scanner": scanner}


@functools.cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Sound inputs to begin with."""
    if target == "loader":
        data = ROOT / "data"
        return tuple(bytes([i]) + (data / name).read_bytes()[:20_000] for i, (name, _) in enumerate(EVERY))
    if target == "scanner":
        texts = [*ROOT.glob("data/atgarder/2026-0*.yml"), *ROOT.glob("content/*.md")]
        return tuple(bytes([i % 4]) + path.read_bytes()[:4_000] for i, path in enumerate(sorted(texts)[:20]))
    rows = Book(SECOND).safe(omrade="ekby").add("Söderby skola", omrade="vik").rows
    sheet = workbook_bytes(rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("svar.csv", csv_bytes(rows))
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet)) as old, zipfile.ZipFile(plain, "w") as new:
        for name in old.namelist():
            # Stored, so that a changed byte is a changed letter.
            new.writestr(name, old.read(name))
    tools = [path.read_bytes()[:8_000] for path in sorted((ROOT / "tests/private/cases").rglob("*.csv"))[:8]]
    return (csv_bytes(rows), csv_bytes(rows, encoding="utf-16"), sheet, plain.getvalue(),
            packed.getvalue(), *tools)  # fmt: skip

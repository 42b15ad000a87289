"""One direction: what is public cannot reach the answers, and nothing reaches past its layer."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "est_build"
PUBLIC = ("model", "analyse", "figures", "pages", "publish", "site")
PRIVATE = ("prepare", "demo")
GROUND = ("schema", "problems", "disk", "load", "protect")
MAY_USE = {
    **{name: set(GROUND[:i]) for i, name in enumerate(GROUND)},
    # The working report judges exact counts with the same rules and in the same words as the site.
    "prepare": {*GROUND, "model", "analyse", "figures"},
    "demo": {*GROUND, "prepare"},
    **{name: {*GROUND, *PUBLIC[:i]} for i, name in enumerate(PUBLIC)},
    "theme": set(),
    # The handbook tells of the files as those who write them get help with them.
    "site": {*GROUND, *PUBLIC[: PUBLIC.index("site")], "desk"},
    "desk": set(GROUND),
    "diff": {*GROUND, "model", "analyse", "figures", "pages", "publish"},
    "cli": {*GROUND, *PUBLIC, *PRIVATE, "desk", "diff"},
}
"""Package -> the packages below it. (``problems`` stands above ``schema`` but knows nothing of it.)"""


def modules() -> Iterator[tuple[str, Path]]:
    """Package of the second level ("" for the top) and file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        yield (parts[0] if len(parts) > 1 else ""), path


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every import, wherever in the file it stands; relative ones made whole."""
    package = ("est_build", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join((*base, *(node.module or "").split(".")))
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in ("import_module", "__import__") and node.args:
                first = node.args[0]
                yield node.lineno, str(first.value) if isinstance(first, ast.Constant) else "?"


def test_every_package_has_its_place() -> None:
    found = {name for name, _ in modules() if name}
    assert found - set(MAY_USE) == set()


def test_imports_go_down_only() -> None:
    faults = []
    for package, path in modules():
        if not package:
            continue
        for line, name in imports(path):
            if not name.startswith("est_build."):
                continue
            used = name.split(".")[1]
            if used in MAY_USE and used != package and used not in MAY_USE[package]:
                faults.append(f"{path.relative_to(PACKAGE)}:{line} {name}")
    assert faults == []


def test_nothing_public_names_the_private_side() -> None:
    """Not even as a text that an import could be made of."""
    faults = []
    for package, path in modules():
        if package in (*GROUND, *PUBLIC, "theme", "desk", "diff"):
            faults += [
                f"{path.relative_to(PACKAGE)}:{line} {name}"
                for line, name in imports(path)
                if name.split(".")[:2] in (["est_build", "prepare"], ["est_build", "demo"]) or name == "?"
            ]
    assert faults == []


def test_importing_everything_public_loads_nothing_private() -> None:
    """The same seen from outside: a new process imports every module and looks at what came along."""
    names = [
        ".".join(("est_build", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for package, path in modules()
        if package in (*GROUND, *PUBLIC)
    ]
    assert len(names) > 60
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "private = ('est_build.prepare', 'est_build.demo', 'openpyxl')\n"
        "print(sorted(m for m in sys.modules if m.startswith(private)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def _faults(words: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(PACKAGE)}:{line} {name}"
        for package, path in modules()
        if package not in allowed
        for line, name in calls(path)
        if any(name == word or name.endswith(f".{word}") for word in words)
    ]


def test_only_the_command_line_prints_and_exits() -> None:
    words = ("print", "click.echo", "sys.exit", "exit", "quit", "stdout.write", "stderr.write", "input")
    assert _faults(words, ("cli", "")) == []


def test_only_the_command_line_knows_click_and_rich() -> None:
    for package, path in modules():
        if package not in ("cli", ""):
            names = {name.split(".")[0] for _, name in imports(path)}
            assert not names & {"click", "rich"}, path


def test_no_clock_no_chance_no_network() -> None:
    """Same data, same bytes: on both sides of the house."""
    words = ("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.localtime",
             "time.time_ns", "random.random", "random.choice", "random.shuffle", "uuid.uuid4", "uuid.uuid1",
             "secrets.token_hex", "os.urandom", "urlopen", "requests.get", "socket.socket")  # fmt: skip
    assert _faults(words, ("cli",)) == []
    for package, path in modules():
        if package not in ("cli", "demo"):  # the example's chance is seeded (tests/demo)
            names = {name.split(".")[0] for _, name in imports(path)}
            bad = {"requests", "httpx", "urllib3", "ftplib", "secrets", "uuid", "random", "time"}
            assert not names & bad, path

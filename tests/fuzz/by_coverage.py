"""One target under Atheris: ``python -m tests.fuzz.by_coverage TARGET CORPUS [what libFuzzer takes]``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["est_build"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    chosen = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], chosen)
    atheris.Fuzz()

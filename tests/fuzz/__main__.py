"""The long run: ``python -m tests.fuzz SECONDS [TARGET ...]``, as ``make fuzz`` starts it.

Each target is fuzzed with Hypothesis for half of its time, and with Atheris, which sees what code an input
reaches, for the other half. Where Atheris is not installed Hypothesis has all of it. Inputs that reach
something new are kept under ``build/fuzz/`` for the next run; so is one that fails. Ends with 1 on a fault.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import traceback

from tests.fuzz.targets import ROOT, SECONDS, TARGETS, in_time, seeds

KEPT = ROOT / "build" / "fuzz"
EXAMPLES = 400
"""Of one round of Hypothesis; then the clock is looked at."""


def by_hypothesis(target: str, seconds: float) -> bool:
    """Rounds with other chances every time, until the time is up. True if nothing was found."""
    from hypothesis import HealthCheck, given, seed, settings

    from tests.fuzz.strategies import inputs

    end, count = time.monotonic() + seconds, 0
    last = b""
    while time.monotonic() < end:

        @seed(time.time_ns())
        @settings(max_examples=EXAMPLES, deadline=None, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(raw=inputs(target))
        def run(raw: bytes) -> None:
            nonlocal count, last
            count, last = count + 1, raw
            with in_time():
                TARGETS[target](raw)

        try:
            run()
        except BaseException:
            traceback.print_exc()
            KEPT.mkdir(parents=True, exist_ok=True)
            path = KEPT / f"fel-{target}-{hashlib.sha256(last).hexdigest()[:12]}"
            path.write_bytes(last)
            print(f"{target}: fel, sparat i {path.relative_to(ROOT)}")
            return False
    print(f"{target}: hypothesis, {count} försök utan fel")
    return True


def by_atheris(target: str, seconds: int) -> bool:
    """In a process of its own: libFuzzer ends the process."""
    corpus = KEPT / target
    corpus.mkdir(parents=True, exist_ok=True)
    for raw in seeds(target):
        (corpus / hashlib.sha256(raw).hexdigest()[:16]).write_bytes(raw)
    limits = (f"-max_total_time={seconds}", "-max_len=40000", f"-timeout={SECONDS}", "-rss_limit_mb=2500")
    command = [sys.executable, "-m", "tests.fuzz.by_coverage", target, str(corpus), *limits,
               "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={KEPT}/fel-{target}-"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, check=False)
    print(f"{target}: atheris, {'utan fel' if done.returncode == 0 else 'fel'}")
    return done.returncode == 0


def main(seconds: int, targets: list[str]) -> int:
    """Share the time among the targets and the two fuzzers."""
    ways = 1 + (importlib.util.find_spec("atheris") is not None)
    if ways == 1:
        print("Atheris är inte installerat: bara Hypothesis körs.")
    share = max(seconds // (len(targets) * ways), 1)
    sound = True
    for target in targets:
        sound &= by_hypothesis(target, share)
        if ways == 2:
            sound &= by_atheris(target, share)
    return 0 if sound else 1


if __name__ == "__main__":
    wanted = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("FUZZ_SECONDS", "300"))
    sys.exit(main(wanted, sys.argv[2:] or list(TARGETS)))

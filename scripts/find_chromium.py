"""Finds a Chromium for the tests, and with ``--install`` fetches one if there is none.

Prints the path. Standard library only: it runs before anything is installed. The order is: the
variable ``EST_CHROMIUM``, a browser of the machine, one that Playwright has fetched; to install:
the machine's package manager where that needs no password, else Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-noto-core")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as tools: print(tools.chromium.executable_path)"
)


class ChosenBrowserError(Exception):
    """``EST_CHROMIUM`` names something that is no working browser."""


def works(path: str) -> bool:
    """Tell whether the program starts: some distributions install a stub that only says no."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False, text=True)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "chrom" in done.stdout.lower()


def from_playwright() -> str | None:
    """Ask Playwright where it keeps its browser; it may not have fetched it."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYWRIGHT_PATH], capture_output=True, check=False, text=True
    )
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).is_file() else None


def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    chosen = os.environ.get("EST_CHROMIUM")
    if chosen:
        path = shutil.which(chosen)
        if path and works(path):
            return path
        raise ChosenBrowserError(chosen)
    for name in (*NAMES, MAC):
        path = shutil.which(name)
        if path and works(path):
            return path
    return from_playwright()


def install_with_apt() -> None:
    """Install from Debian's packages, as root or with a sudo that asks for nothing."""
    if not shutil.which("apt-get"):
        return
    prefix: list[str] = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if not shutil.which("sudo") or subprocess.run([*prefix, "true"], check=False).returncode:
            return
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt += ["apt-get", "-o", "DPkg::Lock::Timeout=400", "-qq"]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run([*apt, *step], check=False, stdout=sys.stderr, stdin=subprocess.DEVNULL)


def install_with_playwright() -> None:
    """Let Playwright fetch the browser that it was built for."""
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr
    )


def main() -> int:
    """Print the path; return 2 when there is no browser to be had."""
    try:
        path = find()
        if path is None and "--install" in sys.argv[1:]:
            print("Hämtar webbläsaren Chromium till testerna ...", file=sys.stderr)
            for install in (install_with_apt, install_with_playwright):
                install()
                path = find()
                if path:
                    break
    except ChosenBrowserError as error:
        print(
            f"EST_CHROMIUM anger {error}, men där finns ingen Chromium som startar.",
            file=sys.stderr,
        )
        return 2
    if path is None:
        print(
            "Testerna behöver webbläsaren Chromium, och den finns inte här.\n"
            "På Debian: sudo apt-get install chromium fonts-noto-core\n"
            "Finns den redan? Skriv: make test EST_CHROMIUM=/sökväg/till/chromium",
            file=sys.stderr,
        )
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``est-build audit``: proves from the committed files and the git history that nobody is exposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from est_build.cli.console import (
    FOLDER,
    form_option,
    in_language,
    lang_option,
    note,
    say,
    stop_on_problems,
    working,
)
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_audit as kinds
from est_build.problems import catalogue_guard as guard_kinds

if TYPE_CHECKING:
    from est_build.cli.guard_git import Git
    from est_build.load.frame import Frame
    from est_build.protect.audit.proof import Releases
    from est_build.protect.release import Release

_CLOSED = re.compile(r"(?:perioder|kvartal|ar)/[^/]+/[0-9]{4}/[^/]+")
_EXAMPLE = re.compile(rb"^exempeldata:[ \t]*(?:true|ja)\b", re.MULTILINE)
SHORT = 10
"""Characters of a commit's id that are told."""


@click.command(
    name="audit",
    short_help="Granska allt som någonsin har publicerats: bevis, intyg och historik.",
    help="Granska allt som någonsin har publicerats: bevis, intyg och historik. Bevisen kan delas upp på "
    "flera datorer, kommun för kommun: --kommun och --kvitto räknar igenom några av dem, och est-build foga "
    "granskning gör resten.",
)
@click.option("--root", type=FOLDER, default=Path(), help="Mappen med data/.")
@click.option("--utan-historik", is_flag=True, help="Läs bara filerna, inte git-historiken.")
@click.option("--kommun", "kommuner", multiple=True, help="Bara den kommunens bevis (kod); kan upprepas.")
@click.option(
    "--kvitto",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Skriv vad bevisen för de kommunerna visade i en fil.",
)
@form_option
@lang_option
def audit(
    root: Path, utan_historik: bool, kommuner: tuple[str, ...], kvitto: Path | None, form: str, lang: str
) -> None:
    """Recompute the public half of the audit."""
    from est_build.protect.audit.proof import proof_problems

    if bool(kommuner) != (kvitto is not None):
        note("Ange både --kommun och --kvitto, eller inget av dem.")
        raise SystemExit(2)
    if kvitto is not None:
        _one_share(root / "data", kommuner, kvitto, form, lang)
        return

    def proofs(frame: Frame, releases: Releases) -> list[Problem]:
        return proof_problems(frame, releases, every=True)

    run_audit(root, proofs, history=not utan_historik, form=form, lang=lang)


def _one_share(data: Path, towns: tuple[str, ...], receipt: Path, form: str, lang: str) -> None:
    """Check some municipalities' proofs and write a receipt; what does not hold is told too."""
    from est_build.disk.whole import write_whole
    from est_build.load.frame import load_frame
    from est_build.problems import catalogue, nearest
    from est_build.protect.audit.shares import receipt_file, receipt_of
    from est_build.protect.release import read_releases

    with stop_on_problems(lang, form, data), working("Räknar igenom bevisen"):
        frame = load_frame(data)
        known = [m.kod for m in frame.site.kommuner]
        if unknown := [code for code in towns if code not in known]:
            where = Place("webbplats.yml")
            raise ProblemsError(
                Problem(catalogue.MUNICIPALITY_UNKNOWN, where, {"value": code}, nearest(code, known))
                for code in unknown
            )
        # What cannot be read is told by the command that joins, which reads everything.
        releases, _ = read_releases(frame, towns)
        found = receipt_of(frame, releases, towns)
        write_whole(receipt, receipt_file(found))
        if found.fel:
            raise ProblemsError(
                Problem(kinds.PROOF_FAILED, Place(fault.fil), {"why": fault.varfor}) for fault in found.fel
            )
    if form == "text":
        sv, en = f"Bevisen håller. Kvittot ligger i {receipt}.", f"The proofs hold. Receipt: {receipt}."
        say(in_language(lang, sv, en))


def run_audit(
    root: Path,
    proofs: Callable[[Frame, Releases], list[Problem]],
    *,
    history: bool,
    form: str,
    lang: str,
) -> None:
    """The whole audit. ``proofs``: says what is wrong with the proofs."""
    from est_build.load.frame import load_frame
    from est_build.protect.release import read_releases

    data = root / "data"
    with stop_on_problems(lang, form, data), working("Granskar") as step:
        frame = load_frame(data)
        releases, problems = read_releases(frame)
        step("Räknar igenom bevisen")
        problems += proofs(frame, releases)
        if history:
            step("Läser historiken")
            problems += list(history_problems(data))
        if problems:
            raise ProblemsError(problems)
    if form == "text":
        say(passed(releases.values(), lang))


def passed(releases: Iterable[Release], lang: str) -> str:
    """What has been looked at and found safe, in a sentence or two."""
    attested = [release.attestation for release in releases]
    boxes = sum(one.granskning.rutor for one in attested)
    shown = sum(one.visade for one in attested)
    return in_language(
        lang,
        f"Godkänt: {len(attested)} publiceringar, {shown} visade tal. "
        f"{boxes} dolda rutor kan alla vara tomma.",
        f"Passed: {len(attested)} releases, {shown} shown figures. {boxes} hidden boxes may all be empty.",
    )


def history_problems(data: Path) -> Iterator[Problem]:
    """Closed files that were changed or removed after they were published, in any commit or since.

    Invented figures may be made anew: a change does not count where the example's mark
    (``exempeldata: true``) stands both before and after it.
    """
    from est_build.cli.guard_git import CannotRunError, Git

    try:
        history = History(Git(data), data)
    except CannotRunError as error:
        missing = error.problem.kind is guard_kinds.GIT_MISSING
        values = {"why": "git finns inte på datorn" if missing else "git hittar inget förråd"}
        yield Problem(kinds.HISTORY_MISSING, Place(data.name), values)
        return
    if history.is_shallow:
        yield Problem(kinds.HISTORY_SHALLOW, Place(data.name))
        return
    told: set[str] = set()
    for name, change, refs in history.changes():
        if not _CLOSED.fullmatch(name) or name in told:
            continue
        if not all(map(history.is_example, refs)) or history.was_real(name, refs[0]):
            told.add(name)
            yield Problem(kinds.CLOSED_CHANGED, Place(name), {"value": change[:SHORT]})
    for name, change in history.moved():
        if name not in told:
            told.add(name)
            yield Problem(kinds.CLOSED_CHANGED, Place(name), {"value": change[:SHORT]})


class History:
    """What git remembers of a data folder."""

    def __init__(self, git: Git, data: Path) -> None:
        self._git = git
        self._data = data
        self._prefix = git.run("rev-parse", "--show-prefix").decode("utf-8").rstrip("\n")
        self._examples: dict[str, bool] = {}
        self._reals: list[str] | None = None

    @property
    def is_shallow(self) -> bool:
        """True if older commits have not been fetched."""
        return self._git.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def changes(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(file, commit, commits before and after) of every change or removal; ``""`` is the work tree."""
        if self._git.object("HEAD") is None:
            return
        how = ("--no-renames", "--diff-filter=MDT", "--name-only", "-z")
        for name in self._names(self._git.run("diff", *how, "HEAD", "--", ".")):
            yield name, "ej sparad", ("HEAD", "")
        out = self._git.run("log", "-m", *how, "--format=%x01%H %P", "HEAD", "--", ".")
        for block in out.split(b"\x01")[1:]:
            head, _, names = block.partition(b"\0")
            commit, *parents = head.decode("ascii").split()
            for name in self._names(names):
                yield name, commit, (commit, *parents)

    def moved(self) -> Iterator[tuple[str, str]]:
        """(file, commit) of closed files that stood elsewhere in the repository, with another content.

        A data folder may move, and takes its history along: what was a real figure there is the same
        figure here. A file that still stands where it stood may belong to another instance.
        """
        if self._git.object("HEAD") is None:
            return
        here = {path.removeprefix(self._prefix): blob for path, blob in self._tree(self._prefix)}
        there = {path for path, _ in self._tree("")}
        how = ("-m", "--no-renames", "--diff-filter=AM", "--raw", "--no-abbrev", "-z")
        out = self._git.run("log", *how, "--format=%x01%H", "HEAD", "--", ":/")
        for block in out.split(b"\x01")[1:]:
            head, *fields = block.split(b"\0")
            commit = head.decode("ascii").strip()
            for what, raw in zip(fields[::2], fields[1::2], strict=False):
                path = raw.decode("utf-8", errors="replace")
                found = _CLOSED.search(path)
                if not found or path[found.start() - 1 : found.start()] not in ("", "/"):
                    continue
                prefix, name = path[: found.start()], path[found.start() :]
                blob = what.split(b" ")[3].decode("ascii")
                if prefix == self._prefix or here.get(name) == blob or not _CLOSED.fullmatch(name):
                    continue
                if (name in here or path not in there) and self._is_real_at(commit, prefix):
                    yield name, commit

    def _tree(self, where: str) -> Iterator[tuple[str, str]]:
        """(path, blob) of the files of the last commit."""
        out = self._git.run("ls-tree", "-r", "-z", "--full-tree", "HEAD", where or ".")
        for line in out.split(b"\0")[:-1]:
            told, _, path = line.partition(b"\t")
            yield path.decode("utf-8", errors="replace"), told.split(b" ")[2].decode("ascii")

    def _is_real_at(self, commit: str, prefix: str) -> bool:
        text = self._git.ask("show", f"{commit}:{prefix}webbplats.yml")
        return text is not None and not _EXAMPLE.search(text)

    def _names(self, listed: bytes) -> Iterator[str]:
        for name in listed.split(b"\0"):
            path = name.lstrip(b"\n").decode("utf-8", errors="replace")
            if path.startswith(self._prefix) and path:
                yield path.removeprefix(self._prefix)

    def was_real(self, name: str, ref: str) -> bool:
        """True if the file stood there in an earlier commit, as a real figure."""
        for last in self._last_real():
            if (
                self._git.ask("merge-base", "--is-ancestor", last, ref) is not None
                and self._git.ask("cat-file", "-e", f"{last}:{self._prefix}{name}") is not None
            ):
                return True
        return False

    def _last_real(self) -> list[str]:
        """The last commits before the mark for invented figures was set."""
        if self._reals is None:
            out = self._git.run("log", "-m", "--format=%x01%H %P", "HEAD", "--", "webbplats.yml")
            self._reals = [
                parent
                for block in out.decode("ascii").split("\x01")[1:]
                for commit, *parents in [block.split()]
                for parent in parents
                if self.is_example(commit)
                and not self.is_example(parent)
                and self._git.ask("cat-file", "-e", f"{parent}:{self._prefix}webbplats.yml") is not None
            ]
        return self._reals

    def is_example(self, ref: str) -> bool:
        """True if the figures of a commit (or the work tree) are marked as invented."""
        if ref not in self._examples:
            if ref:
                text = self._git.ask("show", f"{ref}:{self._prefix}webbplats.yml") or b""
            else:
                path = self._data / "webbplats.yml"
                text = path.read_bytes() if path.is_file() else b""
            self._examples[ref] = bool(_EXAMPLE.search(text))
        return self._examples[ref]

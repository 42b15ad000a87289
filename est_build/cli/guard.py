"""``est-build vakt``: no raw survey export reaches the repository.

Every blob that is new is looked at, not the last commit only: a file that was added and then deleted is
published all the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

# The checks themselves are imported where they are used: every other command starts without them.
from est_build.cli.console import form_option, in_language, lang_option, note, say, show, working
from est_build.cli.guard_git import CannotRunError, Git, Reader
from est_build.cli.guard_hooks import HookError, remove_hooks, write_hooks
from est_build.problems import Problem
from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard import hooks
from est_build.protect.rawguard.listing import NO_OBJECT, Change, changes, first_seen, pushes, tree

if TYPE_CHECKING:
    from est_build.protect.rawguard.words import Words

_ID = frozenset("0123456789abcdef")
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--ignore-submodules=none")
"""How files are listed, whatever the user's own settings say."""

Sizes = dict[str, tuple[str, int]]
Files = set[tuple[str, str]]
"""Path and object of each file of a commit."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    problems: tuple[Problem, ...]
    files: int
    commits: int


def check_staged(git: Git) -> Checked:
    """What is about to be committed, against the last commit (or nothing, before the first)."""
    last = git.object("HEAD") or git.run("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()
    found = list(changes(git.run("diff-index", "--cached", *_RAW, last)))
    sizes = git.sizes(c.sha for c in found if not c.is_submodule)
    with git.reader() as reader:
        words = _words(reader, _frames(("", "HEAD")))
        problems = _inspected(reader, found, sizes, (words, None))
    return Checked(tuple(problems), len(found), 0)


def check_range(git: Git, heads: Sequence[str], bases: Sequence[str]) -> Checked:
    """Every blob and message that ``heads`` have and ``bases`` do not, however deep in the history.

    Also a file that has come back, or got a new name, from what ``bases`` had long ago.
    """
    spec = (*heads, "--not", *bases) if bases else tuple(heads)
    commits = git.lines("rev-list", "--topo-order", "--reverse", *spec)
    _refuse_cut(git, commits)
    new = set(git.lines("rev-list", "--objects", "--no-object-names", *spec))
    feed = "".join(f"{commit}\n" for commit in commits).encode()
    listed = git.run("diff-tree", "--stdin", "-r", "-m", "--root", *_RAW, feed=feed)
    tips = _files(git, heads)
    found = first_seen(changes(listed), new, tips - _files(git, bases))
    sizes = git.sizes(sorted(new | {change.sha for change in found if not change.is_submodule}))
    named = {change.sha for change in found}
    # What a tag or a note points at without any commit has no name, and so no place.
    found += [
        Change(f"objekt {sha[:10]}", "100644", sha, heads[0])
        for sha in sorted(new - named)
        if sizes[sha][0] == "blob"
    ]
    frames = _frames((*heads, *bases), found)
    with git.reader() as reader:
        words = _words(reader, frames)
        problems = _inspected(reader, found, sizes, (words, tips))
        problems += _messages(reader, sizes, words)
    return Checked(tuple(problems), len(found), len(commits))


def _files(git: Git, commits: Sequence[str]) -> Files:
    found: Files = set()
    for commit in commits:
        found |= tree(git.ask("ls-tree", "-r", "-z", "--full-tree", commit) or b"")
    return found


def _frames(commits: Sequence[str], found: Sequence[Change] = ()) -> list[tuple[str, str]]:
    """Every version of the files that hold the words of the instance: path, and how git names it."""
    from est_build.protect.rawguard.words import FRAME_FILES

    last = [(name, f"{commit}:{name}") for name in FRAME_FILES for commit in commits]
    return [*last, *((change.path, change.sha) for change in found if change.path in FRAME_FILES)]


def _words(reader: Reader, frames: Sequence[tuple[str, str]]) -> Words:
    from est_build.protect.rawguard.words import words_from

    contents = ((name, reader.read(ref)) for name, ref in dict.fromkeys(frames))
    return words_from((name, content) for name, content in contents if content is not None)


def _inspected(
    reader: Reader, found: Sequence[Change], sizes: Sizes, context: tuple[Words, Files | None]
) -> list[Problem]:
    """The problems of all files. ``context``: the words, and what the head has (None: not in history)."""
    from est_build.protect.rawguard.inspect import Entry, inspect, read_limit
    from est_build.protect.rawguard.report import Origin, problem

    words, tips = context
    problems: list[Problem] = []
    for change in found:
        size = 0 if change.is_submodule else sizes[change.sha][1]
        worth = not change.is_submodule and size <= read_limit(change.path, change.mode)
        content = reader.read(change.sha) if worth else None
        gone = tips is not None and (change.path, change.sha) not in tips
        entry = Entry(change.path, change.mode, size, content)
        origin = Origin(change.commit, gone)
        problems += [problem(change.path, f, origin) for f in inspect(entry, words, gone=gone)]
    return problems


def _messages(reader: Reader, sizes: Sizes, words: Words) -> list[Problem]:
    """The problems of what is written about commits and tags: that is published too."""
    from est_build.protect.rawguard.inspect import inspect_message
    from est_build.protect.rawguard.report import message_problem

    problems: list[Problem] = []
    for sha, (kind, _) in sizes.items():
        if kind in {"commit", "tag"}:
            text = (reader.read(sha) or b"").partition(b"\n\n")[2].decode("utf-8", errors="replace")
            problems += [message_problem(kind, sha, f) for f in inspect_message(text, words)]
    return problems


def _refuse_cut(git: Git, commits: Sequence[str]) -> None:
    """Raise if one of the commits is where a shallow clone was cut: its parents were never fetched."""
    path = git.root / git.path("--git-path", "shallow")
    if path.is_file() and set(path.read_text(encoding="ascii").split()) & set(commits):
        raise CannotRunError(kinds.HISTORY_CUT)


def check_push(git: Git, told: str, url: str = "") -> Checked:
    """What a push would send, from what git tells the hook.

    What the server has is known only from what it says now: a list kept here may be of another server. It
    is asked only when something is found, for that may be there since long ago; nothing is spread anew then.
    """
    sent = [push for push in pushes(told) if not push.deletes]
    if not sent:
        return Checked((), 0, 0)
    heads = list(dict.fromkeys(push.local for push in sent))
    has = [push.remote for push in sent if push.remote not in NO_OBJECT]
    bases = [sha for sha in dict.fromkeys(has) if git.object(sha) is not None]
    checked = check_range(git, heads, bases)
    if checked.problems and url and (more := git.on_server(url)):
        return check_range(git, heads, [*bases, *more])
    return checked


def check_named(git: Git, base: str | None, head: str | None) -> Checked:
    """From ``base`` (everything, if None) to ``head``."""
    tip = git.object(head or "HEAD")
    if tip is None:
        if head is None:
            return Checked((), 0, 0)
        raise CannotRunError(kinds.REF_UNKNOWN, value=head)
    if base is None or base in NO_OBJECT:
        return check_range(git, [tip], [])
    start = git.object(base)
    if start is None and len(base) in {40, 64} and set(base) <= _ID:
        # A branch that was pushed by force: its former tip is nowhere any more.
        note(f"{base[:10]} finns inte längre. Hela historiken granskas.")
        return check_range(git, [tip], [])
    if start is None:
        raise CannotRunError(kinds.REF_UNKNOWN, value=base)
    return check_range(git, [tip], [start])


# ---- hooks -------------------------------------------------------------------------------------


def _hook_folder(git: Git) -> tuple[Path, bool]:
    """The folder that git runs hooks from, and whether it may serve other repositories too."""
    top = git.path("--show-toplevel")
    folder = Path(os.path.realpath(top / git.path("--git-path", "hooks")))
    own = (top, top / git.path("--git-common-dir"))
    return folder, not any(folder.is_relative_to(os.path.realpath(place)) for place in own)


def _install(git: Git, lang: str) -> None:
    folder, shared = _hook_folder(git)
    try:
        kept = write_hooks(folder, shared=shared)
    except HookError as error:
        raise CannotRunError(kinds.HOOK_TAKEN, why=error.said.sv, why_en=error.said.en) from None
    git.run("config", "--local", hooks.CONFIG, Path(sys.executable).as_posix())
    sv, en = "Vakten körs nu före varje commit och push", "The guard now runs before every commit and push"
    say(in_language(lang, f"{sv} ({folder}).", f"{en} ({folder})."))
    for name in kept:
        sv = f"{name} som redan fanns är kvar och körs först, som {name}{hooks.CHAINED}."
        say(
            in_language(lang, sv, f"The {name} that was there is kept and runs first: {name}{hooks.CHAINED}.")
        )


def _uninstall(git: Git, lang: str) -> None:
    folder, shared = _hook_folder(git)
    git.ask("config", "--local", "--unset-all", hooks.CONFIG)
    if shared:
        # Other repositories may need those of a shared folder.
        sv = f"Krokarna ligger kvar i {folder}, som kan delas med andra förråd. Ta bort dem för hand."
        say(in_language(lang, sv, f"The hooks are left in {folder}: other repositories may share it."))
        return
    remove_hooks(folder)
    say(in_language(lang, "Vakten är borttagen ur git.", "The guard is removed from git."))


# ---- the command -------------------------------------------------------------------------------


_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command(
    short_help="Stoppa råa enkätsvar innan de hamnar i git.",
    help="Vakta förrådet: inga råa enkätsvar, inte ens i en fil som är tillagd och borttagen igen. "
    "Utan val granskas hela historiken.",
)
@click.option("--base", metavar="REF", help="Granska bara det som är nytt sedan REF.")
@click.option("--head", metavar="REF", help="Granska fram till REF (annars HEAD).")
@click.option("--staged", is_flag=True, help="Granska det som är på väg in i nästa commit.")
@click.option("--pre-push", hidden=True)
@click.option("--installera", is_flag=True, help="Låt git köra vakten före varje commit och push.")
@click.option("--avinstallera", is_flag=True, help="Ta bort vakten ur git.")
@click.option("--root", type=_FOLDER, default=Path(), help="Förrådets mapp.")
@form_option
@lang_option
def vakt(form: str, lang: str, root: Path, **chosen: str | bool | None) -> None:
    """Guard the repository."""
    modes = ("staged", "pre_push", "installera", "avinstallera")
    asked = [name for name in modes if chosen[name] not in (None, False)]
    if len(asked) > 1 or (asked and (chosen["base"] or chosen["head"])):
        note("Välj ett: --staged, --installera, --avinstallera, eller --base och --head.")
        raise SystemExit(2)
    try:
        git = Git(root)
        if chosen["installera"]:
            _install(git, lang)
        elif chosen["avinstallera"]:
            _uninstall(git, lang)
        else:
            quiet = bool(asked)
            with working("Granskar"):
                checked = _check(git, chosen)
            _report(checked, form, lang, quiet=quiet)
    except CannotRunError as error:
        _print([error.problem], form, lang)
        raise SystemExit(2) from None


def _check(git: Git, chosen: dict[str, str | bool | None]) -> Checked:
    if chosen["staged"]:
        return check_staged(git)
    if chosen["pre_push"] is not None:
        return check_push(git, sys.stdin.read(), str(chosen["pre_push"]))
    base, head = (str(ref) if ref else None for ref in (chosen["base"], chosen["head"]))
    return check_named(git, base, head)


def _report(checked: Checked, form: str, lang: str, *, quiet: bool) -> None:
    """Say what was found and leave with 1; or that nothing was, unless a hook asked (``quiet``)."""
    if checked.problems:
        _print(checked.problems, form, lang)
        raise SystemExit(1)
    if form == "json":
        say("[]")
    elif form == "text" and not quiet:
        several = "" if checked.commits == 1 else "s"
        sv = f"Inga råa svar: {checked.files} filer i {checked.commits} commit{several} är granskade."
        en = f"No raw answers: {checked.files} files in {checked.commits} commit{several} checked."
        say(in_language(lang, sv, en))


def _print(problems: Sequence[Problem], form: str, lang: str) -> None:
    show(problems, lang, form)

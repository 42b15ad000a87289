"""The git commands that the guard needs, in one work tree. No shell, no quoting, nobody's settings."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from est_build.problems import Kind, Place, Problem
from est_build.problems import catalogue_guard as kinds


class CannotRunError(Exception):
    """The guard cannot look at all: no git, no repository, a history cut short."""

    def __init__(self, kind: Kind, **values: str) -> None:
        super().__init__(kind.code)
        self.problem = Problem(kind, Place("git"), values)


class Git:
    """One repository, read through git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # A replaced object or a grafted history, both local, would hide what is sent.
        plain = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull, "GIT_OPTIONAL_LOCKS": "0"}
        self.env = {**os.environ, **plain, "LC_ALL": "C"}
        if self.ask("rev-parse", "--git-dir") is None:
            raise CannotRunError(kinds.NO_REPOSITORY)

    def ask(self, *args: str, feed: bytes = b"") -> bytes | None:
        """What git prints, or None if it says no."""
        try:
            done = subprocess.run(
                ("git", *args), cwd=self.root, env=self.env, input=feed, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise CannotRunError(kinds.GIT_MISSING) from None
        return done.stdout if done.returncode == 0 else None

    def run(self, *args: str, feed: bytes = b"") -> bytes:
        """As :meth:`ask`, for what cannot fail in a sound repository."""
        out = self.ask(*args, feed=feed)
        if out is None:
            raise CannotRunError(kinds.GIT_FAILED, why=f"git {args[0]}", why_en=f"git {args[0]}")
        return out

    def lines(self, *args: str) -> list[str]:
        """Lines of ASCII: ids."""
        return self.run(*args).decode("ascii").split()

    def path(self, *args: str) -> Path:
        """A path that ``git rev-parse`` tells."""
        return Path(os.fsdecode(self.run("rev-parse", *args).rstrip(b"\n")))

    def object(self, ref: str) -> str | None:
        """The id that ``ref`` stands for, if the repository has it."""
        if ref.startswith("-"):
            return None
        out = self.ask("rev-parse", "--verify", "--quiet", f"{ref}^{{object}}")
        found = None if out is None else out.decode("ascii").strip()
        return found if found and self.ask("cat-file", "-e", found) is not None else None

    def on_server(self, url: str) -> list[str]:
        """What the branches and tags of a server stand for, of what is here too. Asks the server."""
        out = self.ask("ls-remote", "--refs", "--", url) or b""
        told = dict.fromkeys(line.split()[0].decode("ascii") for line in out.splitlines())
        return [sha for sha in told if self.object(sha) is not None]

    def sizes(self, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Type and size of each object."""
        feed = "".join(f"{sha}\n" for sha in ids).encode()
        known = {}
        for line in self.run("cat-file", "--batch-check", feed=feed).decode("ascii").splitlines():
            sha, kind, *size = line.split(" ")
            if not size:
                raise CannotRunError(
                    kinds.GIT_FAILED, why=f"objektet {sha} saknas", why_en=f"{sha} is missing"
                )
            known[sha] = (kind, int(size[0]))
        return known

    @contextlib.contextmanager
    def reader(self) -> Iterator[Reader]:
        """One ``git cat-file --batch`` for all blobs."""
        with subprocess.Popen(
            ("git", "cat-file", "--batch"),
            cwd=self.root,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise CannotRunError(kinds.GIT_FAILED, why="cat-file", why_en="cat-file")
            yield Reader(process.stdin, process.stdout)
            process.stdin.close()


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks for one object at a time, so that only one is in memory."""

    ask: IO[bytes]
    answer: IO[bytes]

    def read(self, ref: str) -> bytes | None:
        """The content of an object, or None if there is none of that name."""
        self.ask.write(f"{ref}\n".encode())
        self.ask.flush()
        head = self.answer.readline().split()
        if not head or head[-1] == b"missing":
            return None
        content = self.answer.read(int(head[-1]))
        self.answer.read(1)
        return content

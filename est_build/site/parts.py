"""A site built in parts, on as many machines as there are, and joined to what one build gives, to the byte.

What a page says may depend on everything, so each part reads and checks all the data; but it draws, and lets
the engine render, only its own share of the pages. Whatever knows the whole site (search, feeds, sitemap, the
list of files) is made when the parts are joined, and the whole is checked then.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from est_build.load.json_file import read_json
from est_build.load.validate import validate
from est_build.pages.finish import finisher
from est_build.pages.page import NOT_DRAWN, MarkdownPage, Page
from est_build.pages.pictures import KINDS as PICTURES
from est_build.problems import Kind, Place, Problem, ProblemsError
from est_build.problems import catalogue_site as kinds
from est_build.publish.manifest import MANIFEST, verify, write_manifest
from est_build.schema.base import Record
from est_build.site.build import Built, ready
from est_build.site.checks import ALONE, check_site
from est_build.site.engine import MARK, root_of, run_engine, write_config
from est_build.site.extras import add_extras
from est_build.site.place import recover, refuse_foreign, swap_in
from est_build.site.staging import stage

TOLD = "del.json"
"""What a part says of itself, beside its pages."""
MOST_PARTS = 1000
_NOWHERE = NOT_DRAWN.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Share:
    """Part ``number`` (from 1) of ``of``."""

    number: int
    of: int

    @classmethod
    def of_text(cls, text: str) -> Share | None:
        """``2/8``; ``None`` if it says no part."""
        match = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text)
        share = cls(int(match[1]), int(match[2])) if match else None
        return share if share and share.number <= share.of <= MOST_PARTS else None

    def takes(self, path: str) -> bool:
        """True if the page of a path is its own: the same on every machine, and evenly spread."""
        return zlib.crc32(path.encode("utf-8")) % self.of == self.number - 1

    def holds(self, page: Page | MarkdownPage) -> bool:
        """As :meth:`takes`; but pages in several languages, which name each other, stay together."""
        return self.number == 1 if page.translations else self.takes(page.path)


class PartFile(Record):
    """``del.json``."""

    format: Literal["1"]
    del_: Annotated[int, Field(alias="del", ge=1, le=MOST_PARTS)]
    av: Annotated[int, Field(ge=1, le=MOST_PARTS)]
    underlag: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Digest of all that the site is made of, the program included."""
    sidor: list[str]
    """Paths of its pages."""
    filer: list[str]
    """Names of other files that are drawn like pages."""


def build_part(
    root: Path, out: Path, share: Share, *, progress: Callable[[str], None] = lambda _: None
) -> int:
    """Build a share of the pages into ``out``, all or nothing. Returns how many there are.

    Raises :class:`est_build.problems.ProblemsError`; then ``out`` is as it was.
    """
    out = out.resolve()
    refuse_foreign(out)
    recover(out)
    made = ready(root, progress, share.takes)
    own = [page for page in made.pages if share.holds(page)]
    if any(isinstance(page, Page) and page.html == NOT_DRAWN for page in own):
        raise AssertionError("a page in several languages must be drawn by every part")
    work = root / "build" / f"del-{share.number}-{share.of}"
    try:
        # The engine writes the address of a picture in another way if it cannot find it.
        pictures = {name: content for name, content in made.assets.items() if name.endswith(PICTURES)}
        drawn = {name: content for name, content in made.assets.items() if _is_drawn(name, content)}
        stage(work, own, {**pictures, **drawn}, finisher(root / "content"))
        progress("Bygger delen")
        public, paths = made.context.published, [page.path for page in own]
        run_engine(write_config(root, work, public), work / "motor", public)
        part = work / "del"
        for name in (*map(_file, paths), *drawn):
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(work / "motor" / name, part / name)
        part.mkdir(exist_ok=True)
        told = PartFile.model_validate(
            {
                "format": "1",
                "del": share.number,
                "av": share.of,
                "underlag": digest_of(root),
                "sidor": sorted(paths),
                "filer": sorted(drawn),
            }
        )
        text = told.model_dump_json(by_alias=True, indent=1)
        (part / TOLD).write_text(f"{text}\n", encoding="utf-8", newline="\n")
        (part / MARK).write_text(
            "En del av en sajt, byggd av est-build. Mappen får ersättas.\n", encoding="utf-8"
        )
        write_manifest(part)
        swap_in(part, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return len(paths)


def join_parts(
    root: Path, out: Path, parts: Sequence[Path], *, progress: Callable[[str], None] = lambda _: None
) -> Built:
    """Make a site in ``out`` of all its parts, all or nothing.

    Raises :class:`est_build.problems.ProblemsError`: EST646 if a part was made of something else or is not
    whole, EST647 if one is missing or named twice. Then ``out`` is as it was.
    """
    out = out.resolve()
    refuse_foreign(out)
    recover(out)
    made = ready(root, progress, lambda _: False)
    paths = [page.path for page in made.pages]
    lent = {name for name, content in made.assets.items() if content == _NOWHERE}
    homes = _homes(parts, digest_of(root), {*map(_file, paths), *lent})
    work = root / "build" / "fogad"
    try:
        stage(work, [], {name: content for name, content in made.assets.items() if name not in lent})
        progress("Fogar ihop delarna")
        new = work / "sajt"
        public = made.context.published
        run_engine(write_config(root, work, public), new, public)
        for name, part in homes.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(part / name, new / name)
        add_extras(new, made.context, paths)
        progress("Granskar sajten")
        check_site(new, paths, root_of(public.site.bas_url))
        swap_in(new, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Built(len(paths), out, made.behind)


def _file(path: str) -> str:
    """The file of a page, from its path."""
    return f"{path}index.html"


def _is_drawn(name: str, content: bytes) -> bool:
    """True for a file that only the part with its page draws, in that part."""
    return name.endswith(f"/{ALONE}") and content != _NOWHERE


def _homes(parts: Sequence[Path], digest: str, wanted: set[str]) -> dict[str, Path]:
    """Name of each file that parts hold -> its part. Nothing is taken from a part with a fault."""
    homes: dict[str, Path] = {}
    problems: list[Problem] = []
    seen: list[tuple[int, int]] = []
    for part in parts:
        told = _told(part)
        seen.append((told.del_, told.av))
        if told.underlag != digest:
            problems.append(_wrong(kinds.PART_DIFFERS, part, "den är byggd av andra filer"))
        found = verify(part, part / MANIFEST)
        own = [*map(_file, told.sidor), *told.filer]
        # What the list names is there and unchanged, and all that the part tells of is in the list.
        if found.problems or not found.names.issuperset(own):
            problems.append(_wrong(kinds.PART_DIFFERS, part, "dess filer är inte hela"))
        elif not wanted.issuperset(own):
            problems.append(_wrong(kinds.PART_DIFFERS, part, "den har sidor som inte ska finnas"))
        homes |= dict.fromkeys(own, part)
    of = max(av for _, av in seen)
    lost = [str(number) for number in range(1, of + 1) if (number, of) not in seen]
    if lost:
        problems.append(
            Problem(kinds.PART_MISSING, Place(TOLD), {"why": f"del {', '.join(lost)} av {of} saknas"})
        )
    elif len(seen) > of:
        problems.append(Problem(kinds.PART_MISSING, Place(TOLD), {"why": "en del är angiven två gånger"}))
    elif not problems and set(homes) != wanted:
        problems.append(Problem(kinds.PART_MISSING, Place(TOLD), {"why": "en sida finns inte i någon del"}))
    if problems:
        raise ProblemsError(problems)
    return homes


def _told(part: Path) -> PartFile:
    tree, problems = read_json(part / TOLD, f"{part.name}/{TOLD}")
    told, more = (None, []) if tree is None else validate(PartFile, tree)
    if told is None or problems or more:
        raise ProblemsError([*problems, *more])
    return told


def _wrong(kind: Kind, part: Path, why: str) -> Problem:
    return Problem(kind, Place(part.name), {"why": why})


def digest_of(root: Path) -> str:
    """One number for all that a site is made of: data, written pages, settings and the program."""
    package = Path(str(files("est_build")))
    digest = hashlib.sha256()
    for top, base in (
        (root / "data", root),
        (root / "content", root),
        (root / "mkdocs.yml", root),
        (package, package),
    ):
        for path in _files(top):
            name = path.relative_to(base).as_posix()
            digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _files(top: Path) -> Iterator[Path]:
    if top.is_file():
        yield top
        return
    for path in sorted(top.rglob("*")):
        inside = path.relative_to(top).parts
        if (
            path.is_file()
            and "__pycache__" not in inside
            and not any(part.startswith(".") for part in inside)
        ):
            yield path

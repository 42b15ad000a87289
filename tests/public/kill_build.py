"""Builds a site again and again and kills it, or fills its disk, each time at another step. Run as a program:

    python -m tests.public.kill_build WORK SLIM HOW_MANY

``SLIM`` is a slim instance. What it says is read once; then a site of a few pages, told by it, is built in
copies ``WORK/n`` over an older site. The engine is played by a stand-in that writes as the real one does.
Everything else is the build itself. Every copy is left as the killed process left it, but for those with an
even number, where the build was run once more. ``WORK/gammal`` and ``WORK/ny`` are the whole sites. In copies
``WORK/disk-n`` the disk refused.
"""

from __future__ import annotations

import errno
import gc
import random
import shutil
import sys
from pathlib import Path
from typing import Any

from markupsafe import Markup

from est_build.model.published import Published, load_instance, published
from est_build.pages.page import MarkdownPage, Page
from est_build.site import build as builder
from est_build.site import render
from est_build.site.engine import MARK
from tests.killing import killed, refused

PAGES = 6
PAGE = "<!doctype html><html><head><title>{title}</title></head><body><main>{body}</main></body></html>"


def pages(version: str) -> tuple[list[Page | MarkdownPage], dict[str, bytes]]:
    """A few pages with links between them. An older site has a page more, and another in its place."""
    names = ["", *(f"sida-{n}/" for n in range(1, PAGES)), f"bara-{version}/"]
    html = Markup("".join(f'<p><a href="/{name}">{version}</a></p>' for name in names))
    found: list[Page | MarkdownPage] = [Page(name, version, version, "Om", html=html) for name in names]
    return found, {"assets/est.css": version.encode(), f"data/{version}.csv": b"a,b\n" * 50}


def engine(config: Path, target: Path, _: Published) -> None:
    """Write what the real engine would write, in the same manner: file by file into ``target``."""
    docs = config.parent / "docs"
    for path in sorted(p for p in docs.rglob("*") if p.is_file()):
        name = path.relative_to(docs)
        out = target / (name.with_name("index.html") if path.suffix == ".md" else name)
        out.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            key = name.parent.as_posix() if len(name.parts) > 1 else "index"
            body = (config.parent / "fragments" / f"{key}.html").read_text(encoding="utf-8")
            out.write_text(PAGE.format(title=key, body=body), encoding="utf-8")
        else:
            shutil.copyfile(path, out)
    (target / MARK).write_text("x", encoding="utf-8")


def main(work: Path, slim: Path, count: int) -> None:
    public = published(load_instance(slim / "data"))
    replaced: dict[str, Any] = {
        "load_instance": lambda *_, **__: None,
        "refuse_texts": lambda *_: None,
        "published": lambda _: public,
    }
    render.run_engine = engine
    for name, value in replaced.items():
        setattr(builder, name, value)

    def build(root: Path, version: str) -> None:
        builder.everything = lambda *_: pages(version)
        builder.build_site(root, root / "site")

    base = work / "grund"
    base.mkdir()
    for name in ("data", "content", "mkdocs.yml"):
        (base / name).symlink_to(slim / name)
    build(base, "gammal")
    shutil.copytree(base / "site", work / "gammal")
    gc.freeze()

    def attempt(name: str, last: int) -> int | None:
        shutil.copytree(base, work / name, symlinks=True)
        return killed(lambda: build(work / name, "ny"), last)

    steps = attempt("hel", 10**9)
    assert steps is not None
    shutil.copytree(work / "hel/site", work / "ny")
    points = random.Random(8).sample(range(1, steps), count - 10)
    # The last ten are those in which the new site comes into its place.
    for number, last in enumerate(sorted({*points, *range(steps - 9, steps + 1)}), start=1):
        assert attempt(f"{number:03d}", last) is None, last
        if number % 2 == 0:
            assert killed(lambda n=number: build(work / f"{n:03d}", "ny"), 10**9)
    for number, last in enumerate(random.Random(9).sample(range(1, steps), 12)):
        name = f"disk-{number:02d}"
        shutil.copytree(base, work / name, symlinks=True)
        error = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO)[number % 4]
        done = refused(lambda name=name: build(work / name, "ny"), last, error)
        (work / name / ("nekad" if done else "hel")).touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

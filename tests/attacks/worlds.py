"""Small invented worlds: who reported what, what is published of it, and what must not be found out."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from tests.attacks import off
from tests.attacks.tools import Cell, Published, read_published
from tests.conftest import ROOT
from tests.guard.repo import Repo
from tests.pages_of_others import lend_pages
from tests.private.instance import FIRST, MEMBERS, MERGED, NORRBY, SECOND, Book, Instance, Row, make_instance

QUARTER, YEAR = "2027-kv1", "2027"
SPANS = (FIRST, SECOND, QUARTER, YEAR)
HERE = [name for name, (_, town) in MEMBERS.items() if town == NORRBY]
POLICE = "Norrby polis"
SMALL_TREE = """\
format: "1"
bara_egna_kategorier: ja
egna_kategorier:
- {id: bus, sv: Bus, en: Mischief, kanslighet: oppen}
- {id: bus.klotter, sv: Klotter, en: Graffiti, forald: bus, kanslighet: oppen}
- {id: bus.ljud, sv: Ljud, en: Noise, forald: bus, kanslighet: oppen}
- {id: skrot, sv: Skrot, en: Scrap, kanslighet: oppen}
- {id: skrot.bilar, sv: Bilvrak, en: Wrecks, forald: skrot, kanslighet: oppen}
- {id: skrot.hem, sv: Hemligt skrot, en: Secret scrap, forald: skrot, kanslighet: kommun, kanslig: ja}
"""
LEAVES = ("bus.klotter", "bus.ljud", "skrot.bilar", "skrot.hem")


def pair(*switches: off.Switch) -> pytest.MarkDecorator:
    """Make an attack on the real thing, where it must fail, and with each defence off, where it must not."""
    names = ["on", *(f"no {switch.__name__}" for switch in switches)]
    return pytest.mark.parametrize("succeeds", [off.nothing, *switches], ids=names, indirect=True)


def small_world(root: Path) -> Instance:
    """An instance whose tree has two groups with two categories each."""
    instance = make_instance(root)
    (instance.data / "kodlistor.yml").write_text(SMALL_TREE, encoding="utf-8")
    return instance


def publish(instance: Instance, *books: Book) -> Instance:
    """Prepare one municipality, fortnight by fortnight."""
    for book in books:
        instance.run(book, municipalities=(NORRBY,))
    return instance


def with_pages(instance: Instance) -> Instance:
    """Add the hand-written pages, so that the instance can be built."""
    lend_pages(ROOT, instance.root)
    return instance


def seen(instance: Instance, year: int = 2027, only: Sequence[str] | None = None) -> Published:
    """What everybody can read of it."""
    return read_published(instance.data, NORRBY, year, only)


# ---- the truth ----------------------------------------------------------------------------------

WEEKEND = {True: {"fredag", "lördag"}, False: {"lördag", "söndag"}}
PARTS = {"förmiddag": "formiddag", "eftermiddag": "eftermiddag", "kväll": "kvall", "natt": "natt"}


@dataclass
class Truth:
    """What was really reported, box by box."""

    seen: Published
    given: dict[Cell, Counter[str]]
    """Reports of each box by organisation."""
    of: dict[str, Counter[Cell]]
    """Each organisation's own finest cells and cells of side tables."""

    def count(self, cell: Cell) -> int:
        return sum(self.given.get(cell, Counter()).values())

    def but(self, cell: Cell, *names: str) -> int:
        """Reports of a box that are not from these organisations."""
        return sum(n for name, n in self.given.get(cell, Counter()).items() if name not in names)

    def unsafe(self) -> set[Cell]:
        """Every box that holds something and that the rules would not show: nobody may find out."""
        return {c for c in self.seen.lattice() if self.count(c) and not self.is_safe(c)}

    def is_safe(self, cell: Cell) -> bool:
        """R2, from the text of the rule."""
        least = 10 if cell.category in self.seen.tree.sensitive else 5
        for names in (HERE, [n for n in HERE if n != POLICE]):
            per = {n: k for n, k in self.given.get(cell, Counter()).items() if n in names}
            total, largest = sum(per.values()), max(per.values(), default=0)
            if total < least or len(per) < 3 or len({MEMBERS[n][0] for n in per}) < 2 or total - largest < 3:
                return False
        return True


def truth(published: Published, *books: Book) -> Truth:
    """The rows that were reported, counted in every box."""
    given: dict[Cell, Counter[str]] = {}
    of: dict[str, Counter[Cell]] = {}
    sides = {c for c in published.cells if c.environment or c.time}
    for book in books:
        for row in book.rows:
            if not row.kategori or MEMBERS[row.organisation][1] != NORRBY:
                continue
            fine = Cell(book.period, MERGED.get(row.omrade, row.omrade), row.kategori)
            around = set(published.around(fine))
            own = of.setdefault(row.organisation, Counter())
            own[fine] += 1
            for cell in sides & set(_sides(around, row)):
                own[cell] += 1
                around.add(cell)
            for cell in around:
                given.setdefault(cell, Counter())[row.organisation] += 1
    return Truth(published, given, of)


def _sides(around: Iterable[Cell], row: Row) -> Iterable[Cell]:
    late = row.tid in ("kväll", "natt")
    weekend = row.veckodag in WEEKEND[late]
    time = f"{'helg' if weekend else 'vardag'}-{PARTS[row.tid]}" if row.tid and row.veckodag else "okand"
    for cell in around:
        yield cell._replace(environment=row.miljo or "okand")
        yield cell._replace(time=time)


# ---- chance -------------------------------------------------------------------------------------


def random_books(seed: int) -> list[Book]:
    """A world where most cells are small, so that much can be found out by subtraction."""
    chance = random.Random(seed)
    books = []
    for period in (FIRST, SECOND):
        book = Book(period)
        for area in ("ekby", "asen", ""):
            for leaf in LEAVES:
                for _ in range(chance.choice((0, 0, 1, 2, 4, 7))):
                    who, place = chance.choice(HERE), chance.choice(("torg", "torg", "park"))
                    time = chance.choice(("kväll", "kväll", "natt"))
                    book.add(who, kategori=leaf, omrade=area, miljo=place, tid=time)
        if not book.rows:
            book.nothing(HERE[0])
        books.append(book)
    return books


# ---- the public audit -----------------------------------------------------------------------------


def audited(instance: Instance, *options: str) -> tuple[int, str]:
    """Exit code and words of ``est-build audit``, as anyone may run it."""
    done = CliRunner().invoke(main, ["audit", "--root", str(instance.root), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


def real(instance: Instance) -> Instance:
    """No example: its figures are those of real people, so that its history counts."""
    path = instance.data / "webbplats.yml"
    text = path.read_text(encoding="utf-8").replace("exempeldata: ja", "exempeldata: nej")
    path.write_text(text, encoding="utf-8")
    return instance


def repository(instance: Instance) -> Repo:
    """Put the published side of an instance under git, beside it: answers must not lie in a work tree."""
    repo = Repo(instance.root / "forrad")
    repo.path.mkdir()
    repo.git("init", "-q", "-b", "main")
    save(repo, instance, "Början")
    return repo


def save(repo: Repo, instance: Instance, text: str) -> Instance:
    """Commit all that is published now. Returns the published side as it lies under git."""
    shutil.rmtree(repo.path / "data", ignore_errors=True)
    shutil.copytree(instance.data, repo.path / "data")
    repo.git("add", "-A", "-f", "data")
    repo.commit(text)
    return Instance(repo.path)

"""The private store: coded answers in SQLite, outside every git tree, without free text."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from est_build.disk.reason import reason, refused
from est_build.prepare.coding import Answer, Report
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.schema.survey import Member

VERSION = 1
FILE = "svar.sqlite3"
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""Nobody else on the machine reads what the network has said."""
_SCHEMA = f"""
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS period (
  period TEXT, municipality TEXT, collected INTEGER, PRIMARY KEY (period, municipality));
CREATE TABLE IF NOT EXISTS invited (
  period TEXT, municipality TEXT, organisation TEXT, sector TEXT,
  PRIMARY KEY (period, municipality, organisation));
CREATE TABLE IF NOT EXISTS answer (
  period TEXT, municipality TEXT, id TEXT, organisation TEXT, sector TEXT, arrived TEXT,
  PRIMARY KEY (period, municipality, id));
CREATE TABLE IF NOT EXISTS report (
  period TEXT, municipality TEXT, answer TEXT, organisation TEXT, sector TEXT,
  area TEXT, category TEXT, environment TEXT, time TEXT);
CREATE INDEX IF NOT EXISTS report_period ON report (period, municipality);
PRAGMA user_version = {VERSION};
COMMIT;
"""
REPORT_COLUMNS = [
    "period", "municipality", "answer", "organisation", "sector", "area", "category", "environment", "time",
]  # fmt: skip


class Store:
    """One open store. Changes are kept only if the ``transaction`` block ends without an error."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(PRIVATE_FOLDER)
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=2.0)
        except OSError as error:
            raise refused(folder.name, error) from error
        except sqlite3.Error as error:
            raise _from_sqlite(self.path.name, error) from error
        try:
            self._open()
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.Error):
                raise _from_sqlite(self.path.name, error) from error
            raise

    def _open(self) -> None:
        """Make the tables, or check that they are whole: a store half destroyed must not count."""
        # No page that is thrown away keeps its content on the disk.
        self._db.execute("PRAGMA secure_delete = ON")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version == 0 and tables == 0:
            self._db.executescript(_SCHEMA)
            with contextlib.suppress(OSError):
                self.path.chmod(PRIVATE_FILE)
        elif version != VERSION:
            raise _damaged(self.path.name, "det är skrivet av ett annat program eller en annan version")
        elif self._db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _damaged(self.path.name, "filen är skadad")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and alone: a second run gets EST515."""
        try:
            self._db.execute("BEGIN EXCLUSIVE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise _from_sqlite(self.path.name, error) from error
            raise

    def replace(
        self,
        period: str,
        municipality: str,
        members: Sequence[Member],
        answers: Sequence[Answer],
        reports: Sequence[Report],
    ) -> None:
        """Put the coded answers of a period that is not yet published, whatever stood there."""
        for table in ("period", "invited", "answer", "report"):
            self._db.execute(
                f"DELETE FROM {table} WHERE period = ? AND municipality = ?",
                (period, municipality),
            )
        self._db.execute("INSERT INTO period VALUES (?, ?, ?)", (period, municipality, bool(members)))
        self._db.executemany(
            "INSERT INTO invited VALUES (?, ?, ?, ?)",
            [(period, municipality, m.organisation, m.sektor) for m in members],
        )
        who = {a.id: a for a in answers}
        self._db.executemany(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)",
            [(period, municipality, a.id, a.organisation, a.sector, a.arrived) for a in answers],
        )
        self._db.executemany(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    period, municipality, r.answer, who[r.answer].organisation, who[r.answer].sector,
                    r.area, r.category, r.environment, r.time,
                )
                for r in reports
            ],
        )  # fmt: skip

    def periods(self, municipality: str) -> set[str]:
        """Periods that the store holds for a municipality."""
        rows = self._db.execute("SELECT period FROM period WHERE municipality = ?", (municipality,))
        return {row[0] for row in rows}

    def reports(self, periods: Sequence[str], municipalities: Sequence[str]) -> pd.DataFrame:
        """Coded reports, one row each."""
        return self._frame("report", REPORT_COLUMNS, periods, municipalities)

    def invited(self, periods: Sequence[str], municipalities: Sequence[str]) -> pd.DataFrame:
        """Invitations: one row per organisation and period."""
        columns = ["period", "municipality", "organisation", "sector"]
        return self._frame("invited", columns, periods, municipalities)

    def answers(self, periods: Sequence[str], municipalities: Sequence[str]) -> pd.DataFrame:
        """Answers, one row each."""
        columns = ["period", "municipality", "id", "organisation", "sector", "arrived"]
        return self._frame("answer", columns, periods, municipalities)

    def _frame(
        self, table: str, columns: list[str], periods: Sequence[str], municipalities: Sequence[str]
    ) -> pd.DataFrame:
        marks = [",".join("?" * len(periods)), ",".join("?" * len(municipalities))]
        query = (
            f"SELECT {', '.join(columns)} FROM {table} "
            f"WHERE period IN ({marks[0]}) AND municipality IN ({marks[1]}) ORDER BY rowid"
        )
        rows = self._db.execute(query, [*periods, *municipalities]).fetchall()
        return pd.DataFrame(rows, columns=columns, dtype="str")


def _damaged(name: str, why: str) -> ProblemsError:
    return ProblemsError([Problem(kinds.STORE_DAMAGED, Place(name), {"why": why})])


_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}


def _from_sqlite(name: str, error: sqlite3.Error) -> ProblemsError:
    """The database's own error as a problem. Its low byte is the kind, the rest details."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        values = {"value": name, "who": "en process som inte syns härifrån"}
        return ProblemsError([Problem(kinds.STORE_LOCKED, Place(name), values)])
    if code in _DISK:
        why = reason(OSError(_DISK[code], ""))
        return ProblemsError([Problem(kinds.DISK_FAILED, Place(name), {"why": why})])
    return _damaged(name, "filen är skadad eller inget förråd")

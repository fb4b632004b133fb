"""The version's SQLite database: written part by part and column by column to a file that nobody reads yet.

It has no journal: what is half written is thrown away with its folder. The same rows in the same order give the same
bytes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas.configuration.printed import PrintedTable
from schemas.rules.rule import Stop
from schemas.tables import RELEASED, TABLES, former, sql
from schemas.tables.release import as_released

ROWS_AT_A_TIME = 20_000
"""Rows that are Python's at the same time, so that a large round needs no more memory than a small one."""

UNJOURNALED = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE")
PROBE = bytes(2**16)


class Database:
    """A database that is being filled."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Fill through this connection."""
        self._connection = connection

    def insert(self, table: str, rows: pa.Table) -> None:
        """Add rows to a declared table, in their order: of each what everybody may read."""
        self.fill(table, as_released(TABLES[table], rows))

    def fill(self, table: str, rows: pa.Table) -> None:
        """Add rows to a table of the same columns, in their order."""
        places = ", ".join("?" * rows.num_columns)
        statement = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - a declared table's name
        for batch in rows.to_batches(ROWS_AT_A_TIME):
            self._connection.executemany(statement, zip(*map(_values, batch.columns), strict=True))


def _values(column: pa.Array) -> list[Any]:
    """A column's values as SQLite stores them: a date as ISO text, a truth as 0 or 1."""
    as_stored = column.cast(pa.string()) if pa.types.is_date(column.type) else column
    values: list[Any] = as_stored.to_pylist()
    return values


@contextmanager
def new_database(path: Path, tables: Sequence[str], printed: Sequence[PrintedTable]) -> Iterator[Database]:
    """A new database with these tables (keys, types, references, vocabularies) and one for each printed table.

    The file is whole when the block has ended, and not yet forced to disk.
    Raises: Stop if a row refers to one that does not exist; OSError if the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            created = sql.create_tables({name: RELEASED[name] for name in tables})
            for statement in (*UNJOURNALED, "BEGIN", *created, *(each.created for each in printed)):
                connection.execute(statement)
            yield Database(connection)
            for view in (*former_views(printed), *former.create_views(TABLES[name] for name in tables)):
                connection.execute(view)
            _refuse_orphans(connection)
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            raise
        _ask_why(path)
        raise OSError(None, str(error)) from None


def _ask_why(path: Path) -> None:
    """SQLite says that it could not write, and not why. Raises: OSError with the system's reason, if it has one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
    try:
        for _ in range(2):  # the first may be cut off at the limit
            os.write(descriptor, PROBE)
    finally:
        os.close(descriptor)


def _refuse_orphans(connection: sqlite3.Connection) -> None:
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        table, target = orphans[0][0], orphans[0][2]
        raise Stop("table_breaks_its_contract", table=table, what=f"{len(orphans)} × {target}")


def former_views(printed: Iterable[PrintedTable]) -> list[str]:
    """`former_out_table_<n>`: table n of every report, one column per printed column, for one version of the system."""
    found: dict[int, list[str]] = {}
    for each in printed:
        columns = found.setdefault(each.number, [])
        columns.extend(name for name in each.table.columns if name not in columns)
    return [_view(number, columns) for number, columns in sorted(found.items())]


def _view(number: int, columns: Iterable[str]) -> str:
    cells = ", ".join(f"max(CASE WHEN column_name = '{name}' THEN value END) AS \"{name}\"" for name in columns)
    left = "max(left_out_count) AS left_out_count, group_concat(DISTINCT note_sv) AS note_sv"
    provenance = "CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance"
    return (
        f"CREATE VIEW former_out_table_{number} AS "  # noqa: S608 - no data
        f"SELECT programme, report, row_no, row_label, {cells}, {left}, {provenance} "
        f"FROM out_table_cell WHERE table_no = {number} "
        "GROUP BY programme, report, row_no, row_label ORDER BY programme, report, row_no"
    )

"""The version's SQLite database: built in memory, so that every byte on disk is written by `files`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from schemas.configuration.reports import Report
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project


def database_bytes(tables: Mapping[str, pa.Table], reports: Iterable[Report]) -> bytes:
    """A database with the tables (keys, types, references, vocabularies) and one view per printed table.

    Raises: Stop if a row refers to one that does not exist.
    """
    metadata = project.sql_metadata({name: TABLES[name] for name in tables})
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        metadata.create_all(connection)
        for table in metadata.sorted_tables:
            _insert(connection, table, tables[table.name])
        for view in views(reports):
            connection.execute(sa.text(view))
        _refuse_orphans(connection)
    raw: Any = engine.raw_connection().driver_connection
    content: bytes = raw.serialize()
    engine.dispose()
    return content


def _insert(connection: sa.Connection, table: sa.Table, data: pa.Table) -> None:
    if data.num_rows:
        connection.execute(sa.insert(table), data.to_pylist())


def _refuse_orphans(connection: sa.Connection) -> None:
    orphans = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    if orphans:
        table, target = orphans[0][0], orphans[0][2]
        raise Stop("table_breaks_its_contract", table=table, what=f"{len(orphans)} × {target}")


def views(reports: Iterable[Report]) -> list[str]:
    """`out_table_<n>`: table n of every report, one column per printed column. The names are checked configuration."""
    printed: dict[int, list[str]] = {}
    for report in reports:
        for number, table in report.tables.items():
            columns = printed.setdefault(number, [])
            columns.extend(name for name in table.columns if name not in columns)
    return [_view(number, columns) for number, columns in sorted(printed.items())]


def _view(number: int, columns: Iterable[str]) -> str:
    cells = ", ".join(f"max(CASE WHEN column_name = '{name}' THEN value END) AS {name}" for name in columns)
    provenance = "CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance"
    return (
        f"CREATE VIEW out_table_{number} AS SELECT programme, report, row_no, row_label, {cells}, {provenance} "  # noqa: S608 - no data
        f"FROM out_table_cell WHERE table_no = {number} "
        "GROUP BY programme, report, row_no, row_label ORDER BY programme, report, row_no"
    )

"""Records become tables, once: with the round's columns, in the order and the types that the table's model declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from assets.received import RoundKey
from schemas.tables import TABLES, project

Tables = dict[str, pa.Table]
Record = Mapping[str, Any]


def completed(name: str, records: Iterable[Record], same: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Records with exactly the columns of a declared table: what they do not say is None.

    Args: same: what is the same in every row.
    """
    columns = project.arrow_schema(TABLES[name]).names
    blank, shared = dict.fromkeys(columns), {column: same[column] for column in columns if column in same}
    return [_only(columns, {**blank, **row, **shared}) for row in records]


def _only(columns: Sequence[str], record: dict[str, Any]) -> dict[str, Any]:
    return record if len(record) == len(columns) else {column: record[column] for column in columns}


def table_of(name: str, records: Sequence[Record]) -> pa.Table:
    """Complete records as a declared table, built column by column."""
    schema = project.arrow_schema(TABLES[name])
    columns = [pa.array([row[field.name] for row in records], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def in_round(key: RoundKey) -> dict[str, Any]:
    """The columns that say which round the rows of a table belong to."""
    return {"programme": key.programme, "year": key.year}

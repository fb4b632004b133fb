"""Projections of a table declaration: Arrow schema, SQLAlchemy table, data dictionary. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from schemas.tables.base import TAIL, Table, label_sv, meaning_en, table_name
from schemas.words.vocabulary import COLUMN_UNITS, REAL

SQL_TYPES: dict[pa.DataType, Any] = {
    pa.string(): sa.Text,
    pa.int64(): sa.BigInteger,
    pa.date32(): sa.Date,
    pa.bool_(): sa.Boolean,
}


@cache
def columns(table: type[Table]) -> dict[str, Any]:
    """The pandera columns of a table by name, in the table's order: provenance is always the last."""
    declared = table.to_schema().columns
    head = [name for name in declared if name not in TAIL]
    return {name: declared[name] for name in [*head, *(name for name in TAIL if name in declared)]}


@cache
def facts(table: type[Table]) -> dict[str, dict[str, Any]]:
    """What was declared of each column: label, null reason, key, reference, vocabulary, bounds."""
    return {name: column.metadata for name, column in columns(table).items()}


@cache
def key(table: type[Table]) -> tuple[str, ...]:
    """The names of the primary key's columns."""
    return tuple(name for name, fact in facts(table).items() if fact["key"])


@cache
def arrow_schema(table: type[Table]) -> pa.Schema:
    """The Arrow schema of a table; a column without a null reason is not nullable."""
    return pa.schema(
        [pa.field(name, column.dtype.type.pyarrow_dtype, column.nullable) for name, column in columns(table).items()]
    )


def unit(column_name: str) -> str | None:
    """The unit that a column's name states, by its suffix."""
    return next((unit for suffix, unit in COLUMN_UNITS.items() if column_name.endswith(suffix)), None)


def sql_metadata(tables: dict[str, type[Table]]) -> sa.MetaData:
    """All tables with keys, types, references, vocabularies and bounds, for any SQL database."""
    metadata = sa.MetaData()
    for name, table in tables.items():
        sa.Table(name, metadata, *_sql_columns(table), *_checks(table), *_references(table, tables))
    return metadata


def _sql_columns(table: type[Table]) -> list[sa.Column[Any]]:
    keys = key(table)
    return [
        sa.Column(field.name, SQL_TYPES[field.type], primary_key=field.name in keys, nullable=field.nullable)
        for field in arrow_schema(table)
    ]


def _checks(table: type[Table]) -> list[sa.CheckConstraint]:
    conditions: list[Any] = []
    for name, fact in facts(table).items():
        column: sa.ColumnClause[Any] = sa.column(name)
        if fact["one_of"]:
            conditions.append(column.in_([sa.literal(word, literal_execute=True) for word in fact["one_of"]]))
        if fact["ge"] is not None:
            conditions.append(column >= sa.literal_column(str(fact["ge"])))
        if fact["le"] is not None:
            conditions.append(column <= sa.literal_column(str(fact["le"])))
    return [sa.CheckConstraint(condition) for condition in conditions]


def _references(table: type[Table], tables: dict[str, type[Table]]) -> list[sa.ForeignKeyConstraint]:
    """A column that refers to a table completes that table's key; the key's other columns have the same names here."""
    constraints = []
    for name, fact in facts(table).items():
        if (target := fact["refers"]) in tables:
            *shared, own = key(tables[target])
            remote = [f"{target}.{column}" for column in (*shared, own)]
            constraints.append(sa.ForeignKeyConstraint([*shared, name], remote))
    return constraints


def dictionary_rows(tables: Iterable[type[Table]]) -> list[dict[str, Any]]:
    """The data dictionary: one row per column of every table (columns as in `out.DictionaryEntry`)."""
    return [row for table in tables for row in _dictionary_of(table)]


def _dictionary_of(table: type[Table]) -> list[dict[str, Any]]:
    schema, declared = arrow_schema(table), facts(table)
    return [
        {
            "table_name": table_name(table),
            "column_no": number,
            "column_name": name,
            "type_name": str(schema.field(name).type),
            "unit": unit(name),
            "is_key": fact["key"],
            "refers_to": fact["refers"],
            "allowed_values": ", ".join(fact["one_of"]) if fact["one_of"] else None,
            "null_reason": fact["null"],
            "label_sv": fact["sv"],
            "label_en": fact["en"],
            "table_label_sv": label_sv(table),
            "table_meaning_en": meaning_en(table),
            "provenance": REAL,
        }
        for number, (name, fact) in enumerate(declared.items(), start=1)
    ]

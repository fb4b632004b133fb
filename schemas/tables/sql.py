"""The projection of tables to SQL. SQLAlchemy takes long to import, and only who writes a database needs it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from schemas.tables.base import Table
from schemas.tables.project import arrow_schema, facts, key

SQL_TYPES: dict[pa.DataType, Any] = {
    pa.string(): sa.Text,
    pa.int64(): sa.BigInteger,
    pa.date32(): sa.Date,
    pa.bool_(): sa.Boolean,
}


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

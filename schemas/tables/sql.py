"""The projection of tables to SQL, as any database takes it: keys, types, references, vocabularies, bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

import pyarrow as pa

from schemas.tables.base import Table
from schemas.tables.project import arrow_schema, facts, key

SQL_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "TEXT",
    pa.int64(): "BIGINT",
    pa.float64(): "REAL",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
}


def create_tables(tables: Mapping[str, type[Table]]) -> list[str]:
    """One statement per table, those that others refer to first. Names and words are our own: they need no quotes."""
    order = TopologicalSorter({name: _referred(table, tables) for name, table in tables.items()})
    return [_create(name, tables) for name in order.static_order()]


def _referred(table: type[Table], tables: Mapping[str, type[Table]]) -> set[str]:
    return {fact["refers"] for fact in facts(table).values() if fact["refers"] in tables}


def _create(name: str, tables: Mapping[str, type[Table]]) -> str:
    table = tables[name]
    parts = [*_columns(table), f"PRIMARY KEY ({', '.join(key(table))})", *_checks(table), *_references(table, tables)]
    return f"CREATE TABLE {name} ({', '.join(parts)})"


def _columns(table: type[Table]) -> Iterator[str]:
    for field in arrow_schema(table):
        yield f"{field.name} {SQL_TYPES[field.type]}{'' if field.nullable else ' NOT NULL'}"


def _checks(table: type[Table]) -> Iterator[str]:
    for name, fact in facts(table).items():
        if fact["one_of"]:
            yield f"CHECK ({name} IN ({', '.join(map(_literal, fact['one_of']))}))"
        if fact["ge"] is not None:
            yield f"CHECK ({name} >= {fact['ge']})"
        if fact["le"] is not None:
            yield f"CHECK ({name} <= {fact['le']})"


def _literal(word: str) -> str:
    quoted = word.replace("'", "''")
    return f"'{quoted}'"


def _references(table: type[Table], tables: Mapping[str, type[Table]]) -> Iterator[str]:
    """A column that refers to a table completes that table's key; the key's other columns have the same names here."""
    for name, fact in facts(table).items():
        if (target := fact["refers"]) in tables:
            *shared, own = key(tables[target])
            yield f"FOREIGN KEY ({', '.join([*shared, name])}) REFERENCES {target} ({', '.join([*shared, own])})"

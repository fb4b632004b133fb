"""Projections of a table declaration: Arrow schema and data dictionary. Pure: nothing is written. SQL is in `sql`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyarrow as pa

from schemas.tables.base import TAIL, Table, label_sv, meaning_en, table_name
from schemas.words.vocabulary import COLUMN_UNITS, REAL


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


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds texts, one or a list of them."""
    return bool(pa.types.is_string(kind) or pa.types.is_list(kind))


def unit(column_name: str) -> str | None:
    """The unit that a column's name states, by its suffix."""
    return next((unit for suffix, unit in COLUMN_UNITS.items() if column_name.endswith(suffix)), None)


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
            "overlap_reason": fact["overlaps"],
            "null_reason": fact["null"],
            "label_sv": fact["sv"],
            "label_en": fact["en"],
            "table_label_sv": label_sv(table),
            "table_meaning_en": meaning_en(table),
            "provenance": REAL,
        }
        for number, (name, fact) in enumerate(declared.items(), start=1)
    ]

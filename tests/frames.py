"""Small hand-made frames for tests: rows as records, in a declared table's types, as text, or as received."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import pyarrow as pa

from assets.conform import PLACES
from assets.domain.fields import cell_of, with_values
from assets.domain.forms import Received, positions
from assets.domain.frames import Frame
from assets.domain.rules import Predicate, exploded, masked
from assets.frames import frame_of, records_of
from schemas.configuration.forms import Form
from schemas.tables import TABLES, project

Record = Mapping[str, Any]

ROUND = {"programme": "p", "year": 2023, "provenance": "synthetic"}
FILE = "p/2023/file.csv"


def table(name: str, *records: Record, **same: object) -> Frame:
    """Rows of a declared table; `same` holds for all of them, and what is not said is null."""
    schema = project.arrow_schema(TABLES[name])
    rows = (
        {"source_file": FILE, "source_row": at, "kind": "municipality", **ROUND, **same, **row}
        for at, row in enumerate(records, 1)
    )
    return frame_of(({key: value for key, value in row.items() if key in schema.names} for row in rows), schema)


def rows_left_out(fate: str = "quarantined", **tables: str) -> Frame:
    """Rows that do not count: of whom, and the table that each would have filled (`core_decision="9901"`)."""
    names = [pa.field(name, pa.string()) for name in ("recipient_code", "table", "fate")]
    schema = pa.schema([pa.field("programme", pa.string()), pa.field("year", pa.int64()), *names])
    rows = ({"recipient_code": code, "table": name, "fate": fate} for name, code in tables.items())
    return frame_of(({"programme": "p", "year": 2023, **row} for row in rows), schema)


def problems_of(rows: Frame, file: Received, predicates: Iterable[Predicate]) -> list[Record]:
    """What the data rows break (source_row, rule, header, source_column), in order of row and rule."""
    tried = list(predicates)
    places = [{"rule": each.rule, **cell_of(file, each), "part": 0, "power": 2**at} for at, each in enumerate(tried)]
    data = with_values(rows.filter(nw.col("row_kind") == "data"), file.form)
    found = records_of(exploded(masked(data, tried), frame_of(places, PLACES)))
    return sorted(found, key=lambda row: (row["source_row"], row["rule"], row["source_column"] or ""))


def texts(*records: Record) -> Frame:
    """A file's data rows as the domain has them after reading: one text column per slot, numbers where given."""
    names = list(dict.fromkeys(name for record in records for name in record))
    kinds = {name: _kind([record.get(name) for record in records]) for name in names}
    schema = pa.schema([("source_row", pa.int64()), ("source_file", pa.string()), ("row_kind", pa.string())])
    for name in names:
        if name not in schema.names:
            schema = schema.append(pa.field(name, kinds[name]))
    rows = ({"source_row": at, "source_file": FILE, "row_kind": "data", **row} for at, row in enumerate(records, 1))
    return frame_of(rows, schema)


def _kind(values: Sequence[object]) -> pa.DataType:
    known = [value for value in values if value is not None]
    return pa.array(known).type if known else pa.string()


def received(
    form: Form, *, file: str = FILE, provenance: str = "synthetic", date: str = "2024-01-01", replaced: bool = False
) -> Received:
    """A file of one form whose header stands in its first row, in the form's own order."""
    at = positions(form, list(form.headers().values()))
    return Received(file, None, provenance, 1, form, at, known_date=date, is_replaced=replaced)


def raw_rows(file: Received, *records: Record) -> Frame:
    """The rows of a received file, header first. A record says what stands in which slot; all else is empty."""
    headers = file.form.headers()
    return rows_below(file, list(headers.values()), *([record.get(slot) for slot in headers] for record in records))


def rows_below(file: Received, *cells: Sequence[str | None]) -> Frame:
    """The rows of a received file as they stand in it, header first."""
    rows = (
        {
            **ROUND,
            "source_file": file.source_file,
            "source_row": number,
            "filled_count": sum(1 for cell in row if cell),
            "cells": row,
        }
        for number, row in enumerate(cells, 1)
    )
    return frame_of(rows, project.arrow_schema(TABLES["raw_row"]))


def computed(expression: nw.Expr, **columns: Sequence[object]) -> list[Any]:
    """What an expression gives over columns written as lists (text if nothing else is known)."""
    schema = pa.schema([(name, _kind(values)) for name, values in columns.items()])
    records = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [row["result"] for row in records_of(frame_of(records, schema).select(result=expression))]


def on_pandas(frame: Frame) -> Frame:
    """The same rows as Arrow-typed pandas."""
    native = frame.collect(backend="pyarrow").to_native().to_pandas(types_mapper=pd.ArrowDtype)
    rows: Frame = nw.from_native(native).lazy()
    return rows


def on_duckdb(frame: Frame) -> Frame:
    """The same rows as a DuckDB relation."""
    relation: Frame = nw.from_native(duckdb.from_arrow(frame.collect(backend="pyarrow").to_native())).lazy()
    return relation


def kept(frame: Frame) -> Frame:
    """A result in between, computed once on its own engine: DuckDB plans a long chain of functions for minutes."""
    return on_duckdb(frame) if frame.implementation.is_duckdb() else frame


def in_order(frame: Frame) -> list[dict[str, Any]]:
    """A frame's rows in an order of their own, since engines promise none."""
    names = sorted(frame.collect_schema().names())
    rows = [{name: row[name] for name in names} for row in records_of(frame)]
    return sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row.values()])

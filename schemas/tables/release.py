"""What of a table everybody may read: the same table without the columns that stay in the house.

A column of numbers, dates or truths is everybody's. A text is if it is open, or the agency's own and listed in
`release.yaml` with who reviewed it: what is taken off the list is withheld by the next run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import pandera.pandas as pandera
import pyarrow as pa
import yaml

from schemas.tables.base import OPEN, OWN, Table, table_name
from schemas.tables.project import arrow_schema, facts, is_text

ADDS_UP, OVERLAPS = "_sek", "_kr"
"""How the names of columns of kronor end: a plain sum over the table is right, or it would count money twice."""


@cache
def release_list() -> Mapping[str, Mapping[str, str]]:
    """The agency's own texts that everybody may read, `table.column`, with what they are and who reviewed them."""
    listed = yaml.safe_load(resources.files("schemas.tables").joinpath("release.yaml").read_text("utf-8"))
    return {
        column: {name: str(each[name]) for name in ("what", "reviewed_by", "reviewed")}
        for each in listed
        for column in each["columns"]
    }


def withheld(table: type[Table]) -> tuple[str, ...]:
    """The columns of a table that stay in the house."""
    told = facts(table)
    return tuple(
        field.name for field in arrow_schema(table) if is_text(field.type) and not _is_released(table, told, field.name)
    )


def _is_released(table: type[Table], told: Mapping[str, Mapping[str, Any]], column: str) -> bool:
    kind = told[column]["text"]
    return kind == OPEN or (kind == OWN and f"{table_name(table)}.{column}" in release_list())


def overlapping(table: type[Table]) -> dict[str, str]:
    """What columns of kronor are called that do not add up over the table: `_kr`, since `_sek` does."""
    told = facts(table)
    return {name: f"{name.removesuffix(ADDS_UP)}{OVERLAPS}" for name, fact in told.items() if fact["overlaps"]}


def as_released(table: type[Table], rows: pa.Table) -> pa.Table:
    """Rows of a table as everybody may read them. Args: rows: with the columns of the table itself."""
    names = overlapping(table)
    kept = [name for name in arrow_schema(table).names if name not in withheld(table)]
    return rows.select(kept).rename_columns([names.get(name, name) for name in kept])


def as_declared(table: type[Table], rows: pa.Table) -> pa.Table:
    """Released rows with their columns called as the table itself calls them."""
    names = {released: name for name, released in overlapping(table).items()}
    return rows.rename_columns([names.get(name, name) for name in rows.column_names])


def released(table: type[Table]) -> type[Table]:
    """The table as everybody may read it; the table itself where all of it is."""
    inside, renamed = list(withheld(table)), overlapping(table)
    if not inside and not renamed:
        return table
    schema = table.to_schema().remove_columns(inside).rename_columns(renamed)

    def to_schema(_: type[Table]) -> pandera.DataFrameSchema:
        return schema

    return type(
        table.__name__,
        (table,),
        {"__doc__": table.__doc__, "Config": table.Config, "to_schema": classmethod(to_schema)},
    )

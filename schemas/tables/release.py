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
import yaml

from schemas.tables.base import OPEN, OWN, Table, table_name
from schemas.tables.project import arrow_schema, facts, is_text


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


def released(table: type[Table]) -> type[Table]:
    """The table as everybody may read it; the table itself where nothing of it is withheld."""
    inside = list(withheld(table))
    if not inside:
        return table
    schema = table.to_schema().remove_columns(inside)

    def to_schema(_: type[Table]) -> pandera.DataFrameSchema:
        return schema

    return type(
        table.__name__,
        (table,),
        {"__doc__": table.__doc__, "Config": table.Config, "to_schema": classmethod(to_schema)},
    )

"""The contract at every write: a table gets its declared Arrow schema, in order of key, and is checked by pandera."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
from pandera.pandas import DataFrameSchema

from schemas.rules.constraints import References, TableRule
from schemas.rules.contract import contract
from schemas.rules.rule import Stop, rules, table_rules
from schemas.tables import TABLES, project


def contracted(table: str, data: pa.Table) -> pa.Table:
    """The data as the table declares it: columns, types, order of rows, constraints.

    Raises: Stop if the data breaks the declaration: columns and checks are named, never a value.
    """
    schema = project.arrow_schema(TABLES[table])
    typed = _cast(table, data.select(schema.names), schema)
    ordered = typed.sort_by([(name, "ascending") for name in _order(table, schema)])
    _validate(table, ordered)
    return ordered


def _cast(table: str, data: pa.Table, schema: pa.Schema) -> pa.Table:
    try:
        return data.replace_schema_metadata().combine_chunks().cast(schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError):
        wrong = [field.name for field in schema if data.schema.field(field.name).type != field.type]
        empty = [field.name for field in schema if not field.nullable and data[field.name].null_count]
        raise Stop("table_breaks_its_contract", table=table, what=", ".join(sorted({*wrong, *empty}))) from None


def _order(table: str, schema: pa.Schema) -> list[str]:
    keys = project.key(TABLES[table])
    return [*keys, *(field.name for field in schema if field.name not in keys and not pa.types.is_list(field.type))]


def _validate(table: str, data: pa.Table) -> None:
    if not data.num_rows:
        return  # its columns and their types are those of the schema it was cast to
    try:
        _contract(table).validate(data.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        raise Stop("table_breaks_its_contract", table=table, what=_broken(errors.failure_cases)) from None


@cache
def _contract(table: str) -> DataFrameSchema:
    return contract(TABLES[table], own_rules(table))


@cache
def own_rules(table: str) -> list[TableRule]:
    """The rules that a table alone can break, and that no table may: what is a finding is no breach of contract."""
    alone = (rule for rule in table_rules(table) if not isinstance(rule.constraint, References))
    return [rule for rule in alone if rule.id not in rules()]


def _broken(cases: Any) -> str:  # noqa: ANN401 - pandera's failure cases are an untyped frame
    pairs = cases[["column", "check"]].drop_duplicates().astype(str).itertuples(index=False)
    return "; ".join(f"{column}: {check}" for column, check in pairs)

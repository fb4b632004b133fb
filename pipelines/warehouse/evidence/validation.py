"""Statements put to a database by Great Expectations: one suite per table. Imported by the child only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.result_format import ResultFormat
from great_expectations.datasource.fluent import SqliteDatasource

from pipelines.warehouse.evidence.expectations import expectation
from pipelines.warehouse.evidence.statements import NoRows, Result, RowCount, Statement, statements
from schemas.rules.constraints import TableRule

COUNTS_ONLY = ResultFormat.BASIC
"""The format of results in which our expectations fetch no value."""


@dataclass(frozen=True)
class TableValidation:
    """One table's suite and what became of it, as GX has them."""

    table: str
    suite: gx.ExpectationSuite
    outcome: ExpectationSuiteValidationResult


def validated(database: Path, row_counts: Mapping[str, int]) -> tuple[list[TableValidation], list[Result]]:
    """Put every statement about the tables to the database, table by table.

    Args: row_counts: every published table, with its number of rows in Parquet.
    Raises: whatever GX raises if a table cannot be read at all.
    """
    validations, results = [], []
    source = read_only(database)
    try:
        for table, count in row_counts.items():
            stated = list(statements(table, count))
            validation = validate_table(source, table, map(expectation, stated))
            validations.append(validation)
            results += _results(stated, validation.outcome)
    finally:
        source.get_engine().dispose()
    return validations, results


def read_only(database: Path) -> SqliteDatasource:
    """The database as a data source of a context that lives in memory only; nothing can be written to it."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    address = f"sqlite:///file:{quote(str(database.resolve()))}?mode=ro&uri=true"
    return context.data_sources.add_sqlite("version", connection_string=address)


def validate_table(source: SqliteDatasource, table: str, expectations: Iterable[Any]) -> TableValidation:
    """Put one suite of expectations to one table."""
    batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table(table).get_batch()
    suite = gx.ExpectationSuite(name=table, expectations=list(expectations))
    return TableValidation(table, suite, batch.validate(suite, result_format=COUNTS_ONLY))


def _results(stated: Sequence[Statement], outcome: ExpectationSuiteValidationResult) -> list[Result]:
    found = {each.expectation_config.meta["rule"]: each for each in outcome.results if each.expectation_config}
    [rows] = [found[each.id].result.get("observed_value") for each in stated if isinstance(each.holds, RowCount)]
    return [_result(statement, found[statement.id], rows) for statement in stated]


def _result(statement: Statement, outcome: ExpectationValidationResult, rows: int | None) -> Result:
    """The counts of a statement. GX gives none where the database refused, such as for a column that is not there."""
    counts, passed = outcome.result, bool(outcome.success)
    broken = checked = None
    match statement.holds:
        case TableRule():
            found = counts.get("unexpected_count", counts.get("observed_value"))
            broken = 0 if passed else found  # over no rows GX finds null
            checked = counts.get("element_count", None if broken is None else rows)
        case NoRows():
            broken = counts.get("observed_value")
        case RowCount():
            checked = rows
    return Result(statement.id, statement.table, statement.kind, statement.severity, passed, broken, checked)

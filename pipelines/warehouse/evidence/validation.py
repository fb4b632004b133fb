"""Statements put to a database by Great Expectations, all in one suite, and told apart by table.

Imported by the child only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.result_format import ResultFormat, ResultFormatUnion
from great_expectations.datasource.fluent import SqliteDatasource
from great_expectations.expectations.expectation import Expectation
from great_expectations.validator.validator import calc_validation_statistics

from pipelines.warehouse.evidence.expectations import expectation
from pipelines.warehouse.evidence.statements import NoRows, Result, RowCount, Statement, Values, statements
from schemas.rules.constraints import TableRule


@dataclass(frozen=True)
class TableValidation:
    """What became of the expectations about one table, as GX has it."""

    table: str
    outcome: ExpectationSuiteValidationResult


def validated(database: Path, row_counts: Mapping[str, int]) -> tuple[list[TableValidation], list[Result]]:
    """Put every statement about the tables to the database, in one suite.

    Args: row_counts: every published table, with its number of rows in Parquet.
    Raises: whatever GX raises if the database cannot be read at all.
    """
    stated = {table: list(statements(table, count)) for table, count in row_counts.items()}
    source = read_only(database)
    try:
        outcome = validate(
            source, next(iter(stated)), [expectation(each) for about in stated.values() for each in about]
        )
    finally:
        source.get_engine().dispose()
    found = _by_table(outcome)
    validations = [TableValidation(table, _of_table(outcome, table, list(found[table].values()))) for table in stated]
    return validations, [result for table, about in stated.items() for result in _results(about, found[table])]


def read_only(database: Path) -> SqliteDatasource:
    """The database as a data source of a context that lives in memory only; nothing can be written to it."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    address = f"sqlite:///file:{quote(str(database.resolve()))}?mode=ro&uri=true"
    return context.data_sources.add_sqlite("version", connection_string=address)


def validate(
    source: SqliteDatasource,
    table: str,
    expectations: Sequence[Expectation],
    result_format: ResultFormatUnion = ResultFormat.BASIC,
) -> ExpectationSuiteValidationResult:
    """Put one suite of expectations to the database. GX starts from a table; the expectations name their own."""
    batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table(table).get_batch()
    return batch.validate(
        gx.ExpectationSuite(name="version", expectations=list(expectations)), result_format=result_format
    )


def _by_table(outcome: ExpectationSuiteValidationResult) -> dict[str, dict[str, ExpectationValidationResult]]:
    """What was found, by table and by id of the statement, in the order in which GX has it."""
    found: dict[str, dict[str, ExpectationValidationResult]] = {}
    for each in outcome.results:
        if each.expectation_config:
            said = each.expectation_config.meta
            found.setdefault(said["table"], {})[said["rule"]] = each
    return found


def _of_table(
    whole: ExpectationSuiteValidationResult, table: str, results: list[ExpectationValidationResult]
) -> ExpectationSuiteValidationResult:
    """The part of an outcome that is about one table, as if the table had had a suite of its own."""
    statistics = calc_validation_statistics(results)
    return ExpectationSuiteValidationResult(
        success=statistics.success,
        results=results,
        suite_name=table,
        statistics=statistics._asdict(),
        meta=whole.meta | {"batch_spec": {"data_asset_name": table}},
    )


def _results(stated: Sequence[Statement], found: Mapping[str, ExpectationValidationResult]) -> list[Result]:
    [rows] = [found[each.id].result.get("observed_value") for each in stated if isinstance(each.holds, RowCount)]
    return [_result(statement, found[statement.id], rows) for statement in stated]


def _result(statement: Statement, outcome: ExpectationValidationResult, rows: int | None) -> Result:
    """The counts of a statement. GX gives none where the database refused, such as for a column that is not there."""
    broken = checked = None
    match statement.holds:
        case TableRule() | Values():
            broken = outcome.result.get("observed_value")
            checked = None if broken is None else rows
        case NoRows():
            broken = outcome.result.get("observed_value")
        case RowCount():
            checked = rows
    passed = bool(outcome.success)
    return Result(statement.id, statement.table, statement.kind, statement.severity, passed, broken, checked)

"""Statements as Great Expectations' own expectations. Imported by the child only.

All but one are queries that must find nothing (`queries`): GX's expectations of columns read one table each, and a
suite for every table costs more than all that is stated. No expectation asks for a value: rows are counted in the
database.
"""

from __future__ import annotations

from typing import Any, ClassVar

import great_expectations.expectations as gxe
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from pipelines.warehouse.evidence import queries
from pipelines.warehouse.evidence.statements import Columns, NoRows, RowCount, Statement, Values
from schemas.rules.constraints import TableRule


class Stated(Expectation):
    """An expectation that knows its own configuration: GX builds it anew some seventy times, a third of its time."""

    _known: ExpectationConfiguration | None = PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What the expectation says, as GX hands it around; nobody changes it."""
        self._known = self._known or super().configuration
        return self._known


class HasRowCount(Stated, gxe.ExpectTableRowCountToEqual):
    """Compiled from RowCount. The table is named, so that one suite can be about all."""

    table: str
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "table")


class FindsNoRows(Stated, gxe.UnexpectedRowsExpectation):
    """Compiled from a query for what is wrong: counts the rows and fetches none."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002 - as GX has it
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002 - as GX has it
    ) -> dict[str, Any]:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}


def expectation(statement: Statement) -> Expectation:
    """The statement as an expectation that carries its id, its table and its severity."""
    said: dict[str, Any] = {
        "meta": {"rule": statement.id, "table": statement.table},
        "severity": "critical" if statement.severity == "stop" else "warning",
    }
    sentence = f"{statement.sv} / {statement.en}" if statement.sv else ""
    match statement.holds:
        case RowCount(count):
            return HasRowCount(table=statement.table, value=count, description=sentence, **said)
        case TableRule() as rule:
            query = queries.rows_that_break(statement.table, [rule])
        case Values(rules):
            query = queries.rows_that_break(statement.table, rules)
        case Columns(names):
            query = queries.columns_out_of_place(statement.table, names)
        case NoRows(sql):
            query = sql
    return finding_nothing(query, description=f"{sentence} {query}".strip(), **said)


def finding_nothing(query: str, **said: Any) -> FindsNoRows:  # noqa: ANN401 - meta, severity, description
    """GX reads braces as places to fill in, SQLAlchemy a colon as the start of a parameter."""
    escaped = query.replace("{", "{{").replace("}", "}}").replace(":", r"\:")
    return FindsNoRows(unexpected_rows_query=escaped, **said)

"""Statements as Great Expectations' own expectations: one small compiler per kind. Imported by the child only.

Where GX has no expectation for a kind on SQLite, a query finds the rows that break it: made of names that are checked
and of words from configuration, never of data. No expectation asks for a value: rows are counted in the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch
from typing import Any, ClassVar

import great_expectations.expectations as gxe
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration, parse_result_format
from great_expectations.expectations.row_conditions import Column, OrCondition
from great_expectations.validator.validator import ValidationDependencies

from pipelines.warehouse.evidence.statements import Columns, NoRows, RowCount, Statement
from schemas.rules import constraints as kinds
from schemas.rules.constraints import Constraint, TableRule, Unless

IDENTIFIER = re.compile("[a-z_][a-z0-9_]*", re.ASCII)
PLAIN_TEXT = re.compile("[A-Za-z0-9_ .-]*", re.ASCII)
AnyEngine = ExecutionEngine[Any]
OUTER = "o"
"""What a query calls the table whose rows it looks for."""


class Stated(Expectation):
    """An expectation that knows its own configuration: GX builds it anew some seventy times, a third of its time."""

    _known: ExpectationConfiguration | None = PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What the expectation says, as GX hands it around; nobody changes it."""
        self._known = self._known or super().configuration
        return self._known


class Counting(Stated):
    """An expectation that, asked for BASIC results, counts the rows that break it and fetches none of their values."""

    def get_validation_dependencies(
        self,
        execution_engine: AnyEngine | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: dict[Any, Any],
    ) -> ValidationDependencies:
        """The counts that a plain yes or no needs, for results that show them."""
        asked = runtime_configuration or {}
        if parse_result_format(asked.get("result_format", {}))["result_format"] != "BASIC":
            return super().get_validation_dependencies(execution_engine, asked)
        counts = super().get_validation_dependencies(execution_engine, asked | {"result_format": "BOOLEAN_ONLY"})
        return replace(counts, result_format=parse_result_format("BASIC"))


class HasValue(Counting, gxe.ExpectColumnValuesToNotBeNull):
    """Compiled from NotNull."""


class InVocabulary(Counting, gxe.ExpectColumnValuesToBeInSet):
    """Compiled from OneOf."""


class WithinBounds(Counting, gxe.ExpectColumnValuesToBeBetween):
    """Compiled from Between."""


class HasLength(Counting, gxe.ExpectColumnValueLengthsToEqual):
    """Compiled from Length."""


class WithoutCharacters(Counting, gxe.ExpectColumnValuesToNotMatchRegex):
    """Compiled from Characters."""


class InOrder(Counting, gxe.ExpectColumnPairValuesAToBeGreaterThanB):
    """Compiled from Compare by < and <=."""


class SameAs(Counting, gxe.ExpectColumnPairValuesToBeEqual):
    """Compiled from Compare by ==."""


class HasColumns(Stated, gxe.ExpectTableColumnsToMatchOrderedList):
    """Compiled from Columns."""


class HasRowCount(Stated, gxe.ExpectTableRowCountToEqual):
    """Compiled from RowCount."""


class FindsNoRows(Stated, gxe.UnexpectedRowsExpectation):
    """Compiled from a query for wrong rows: counts them and fetches none."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002 - as GX has it
        execution_engine: AnyEngine | None = None,  # noqa: ARG002 - as GX has it
    ) -> dict[str, Any]:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}


def expectation(statement: Statement) -> Expectation:
    """The statement as an expectation that carries its id and its severity."""
    said: dict[str, Any] = {
        "meta": {"rule": statement.id},
        "severity": "critical" if statement.severity == "stop" else "warning",
    }
    if statement.sv:
        said["description"] = f"{statement.sv} / {statement.en}"
    match statement.holds:
        case TableRule():
            return of_rule(statement.holds, **said)
        case Columns(names):
            return HasColumns(column_list=list(names), **said)
        case RowCount(count):
            return HasRowCount(value=count, **said)
        case NoRows(sql):
            return FindsNoRows(unexpected_rows_query=_escaped(sql), **said)


def of_rule(rule: TableRule, **said: Any) -> Expectation:  # noqa: ANN401 - meta, severity, description
    """A rule as an expectation. Raises: ValueError if a name is none that the project gives."""
    if broken := _broken(rule):
        return FindsNoRows(unexpected_rows_query=_escaped(_rows_where(rule, broken)), **said)
    if rule.unless:
        said["row_condition"] = _concerned(rule.unless)
    return _own(rule.constraint, said)


def _concerned(unless: Unless) -> OrCondition:
    """The rows that the rule is about; in SQL, NOT IN leaves out nulls."""
    column = Column(unless.column)
    return column.is_null() | column.is_not_in(unless.values)


@singledispatch
def _own(constraint: Constraint, said: dict[str, Any]) -> Expectation:
    raise TypeError(constraint, said)


@_own.register
def _(constraint: kinds.NotNull, said: dict[str, Any]) -> Expectation:
    return HasValue(column=constraint.column, **said)


@_own.register
def _(constraint: kinds.OneOf, said: dict[str, Any]) -> Expectation:
    return InVocabulary(column=constraint.column, value_set=list(constraint.values), **said)


@_own.register
def _(constraint: kinds.Between, said: dict[str, Any]) -> Expectation:
    return WithinBounds(column=constraint.column, min_value=constraint.ge, max_value=constraint.le, **said)


@_own.register
def _(constraint: kinds.Length, said: dict[str, Any]) -> Expectation:
    return HasLength(column=constraint.column, value=constraint.exactly, **said)


@_own.register
def _(constraint: kinds.Characters, said: dict[str, Any]) -> Expectation:
    return WithoutCharacters(column=constraint.column, regex=constraint.forbidden, **said)


@_own.register
def _(constraint: kinds.Compare, said: dict[str, Any]) -> Expectation:
    said |= {"ignore_row_if": "either_value_is_missing"}
    if constraint.operator == "==":
        return SameAs(column_A=constraint.left, column_B=constraint.right, **said)
    allowed = constraint.operator == "<="
    return InOrder(column_A=constraint.right, column_B=constraint.left, or_equal=allowed, **said)


def _broken(rule: TableRule) -> str:
    """When a row breaks a rule, as SQL; empty where GX has an expectation of its own."""
    match rule.constraint:
        case kinds.Unique(columns):
            repeated = (
                f"SELECT {_names(columns)} FROM {_name(rule.table)} GROUP BY {_names(columns)} HAVING count(*) > 1"  # noqa: S608 - as in _rows_where
            )
            return f"{_complete(columns)} AND ({_names(columns, OUTER)}) IN ({repeated})"
        case kinds.References(columns, table, target):
            same = zip(_each(target, "t"), _each(columns, OUTER), strict=True)
            found = f"SELECT 1 FROM {_name(table)} AS t WHERE {' AND '.join(f'{a} = {b}' for a, b in same)}"  # noqa: S608 - as in _rows_where
            return f"{_complete(columns)} AND NOT EXISTS ({found})"
        case kinds.SumsTo(total, parts):
            return f"{_names([total], OUTER)} <> {' + '.join(_each(parts, OUTER))}"
        case _:
            return ""


def _rows_where(rule: TableRule, broken: str) -> str:
    """A query for the ids of the rows that a condition and a rule's exception leave: of checked names only."""
    excepted = f" AND coalesce({_spared(rule.unless)}, 1)" if rule.unless else ""
    return f"SELECT {OUTER}.rowid FROM {_name(rule.table)} AS {OUTER} WHERE {broken}{excepted}"  # noqa: S608 - as said


def _spared(unless: Unless) -> str:
    return f"{_names([unless.column], OUTER)} NOT IN ({', '.join(map(_text, unless.values))})"


def _complete(columns: Sequence[str]) -> str:
    return " AND ".join(f"{column} IS NOT NULL" for column in _each(columns, OUTER))


def _names(columns: Sequence[str], of: str = "") -> str:
    return ", ".join(_each(columns, of))


def _each(columns: Sequence[str], of: str) -> list[str]:
    return [f"{of}.{_name(column)}" if of else _name(column) for column in columns]


def _name(identifier: str) -> str:
    if not IDENTIFIER.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is no name of a table or column")
    return f'"{identifier}"'


def _text(word: str) -> str:
    """A word as SQL: in hexadecimal where it has signs that SQL, SQLAlchemy or GX would read."""
    return f"'{word}'" if PLAIN_TEXT.fullmatch(word) else f"CAST(x'{word.encode().hex()}' AS TEXT)"


def _escaped(query: str) -> str:
    """GX reads braces as places to fill in, SQLAlchemy a colon as the start of a parameter."""
    return query.replace("{", "{{").replace("}", "}}").replace(":", r"\:")

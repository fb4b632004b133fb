"""A rule means in SQL, as Great Expectations is told it, what it means in plain Python: over dirty data, row by row."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipelines.warehouse.evidence import queries
from pipelines.warehouse.evidence.statements import OF_ONE_VALUE, Statement, Values
from schemas.rules.constraints import OneOf, TableRule, Unique
from schemas.tables.sql import SQL_TYPES
from tests.dirty import DIRTY_ROWS, RULES, SCHEMA, TARGET_ROWS, TARGET_SCHEMA, Rows, broken_by_hand

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # importing Great Expectations uses what Python has deprecated
]


@pytest.fixture(scope="module")
def gx() -> SimpleNamespace:
    """What imports Great Expectations: not before a test is run that needs it."""
    from great_expectations.expectations import UnexpectedRowsExpectation  # noqa: PLC0415 - as said

    from pipelines.warehouse.evidence import expectations, validation  # noqa: PLC0415 - as said

    return SimpleNamespace(
        read_only=validation.read_only,
        validate=validation.validate,
        expectation=expectations.expectation,
        UnexpectedRowsExpectation=UnexpectedRowsExpectation,
    )


ONE_BY_ONE = [Statement(rule.id, rule.table, rule) for rule in RULES]
VALUES = tuple(rule for rule in RULES if isinstance(rule.constraint, OF_ONE_VALUE))
TOGETHER = Statement("values", "dirty", Values(VALUES))


def database(path: Path, rows: Rows, target: Rows) -> Path:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, schema, records in (("dirty", SCHEMA, rows), ("target", TARGET_SCHEMA, target)):
            columns = ", ".join(f"{field.name} {SQL_TYPES[field.type]}" for field in schema)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            places = ", ".join("?" * len(schema))
            values = [[record[column] for column in schema.names] for record in records]
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", values)
    return path


def listing(gx: SimpleNamespace, compiled: Any) -> Any:
    """An expectation that only counts wrong rows, as one that lists them."""
    return gx.UnexpectedRowsExpectation(unexpected_rows_query=compiled.unexpected_rows_query, meta=compiled.meta)


def outcomes(gx: SimpleNamespace, path: Path, compiled: list[Any], result_format: str) -> dict[str, Any]:
    source = gx.read_only(path)
    outcome = gx.validate(source, "dirty", compiled, result_format)
    source.get_engine().dispose()
    assert not [each.exception_info for each in outcome.results if each.exception_info.get("raised_exception", True)]
    return {each.expectation_config.meta["rule"]: each for each in outcome.results}


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DIRTY_ROWS, TARGET_ROWS)
def test_expectations_find_the_rows_that_break_a_rule(gx: SimpleNamespace, tmp_path: Path, rows: Rows, target: Rows):
    path = database(tmp_path / "dirty.sqlite", rows, target)
    expected = {rule.id: broken_by_hand(rule, rows, target) for rule in RULES}
    expected["values"] = set().union(*(expected[rule.id] for rule in VALUES))
    counting = [gx.expectation(statement) for statement in (*ONE_BY_ONE, TOGETHER)]
    listed = outcomes(gx, path, [listing(gx, each) for each in counting], "COMPLETE")
    found = {rule: [row["rowid"] for row in each.result["details"]["unexpected_rows"]] for rule, each in listed.items()}
    assert {rule: set(numbers) for rule, numbers in found.items()} == expected
    counted = outcomes(gx, path, counting, "BASIC")
    assert {rule: (each.success, each.result) for rule, each in counted.items()} == {
        rule: (not broken, {"observed_value": len(broken)}) for rule, broken in expected.items()
    }, "miscounted, or values were fetched"


NO_NAMES = ('x"; DROP TABLE y; --', "a b", "o.x", "Ä", "{batch}", ":p", "")


def test_a_name_that_the_project_does_not_give_never_reaches_sql():
    for name in NO_NAMES:
        for rule in (TableRule("r", "dirty", Unique((name,))), TableRule("r", name, Unique(("code",)))):
            with pytest.raises(ValueError, match="no name"):
                queries.rows_that_break(rule.table, [rule])


def test_what_a_statement_says_travels_with_its_expectation(gx: SimpleNamespace):
    rule = TableRule("warned", "dirty", OneOf("word", ("yes",)))
    compiled = gx.expectation(Statement("warned", "dirty", rule, warns=True))
    assert (compiled.meta, compiled.severity) == ({"rule": "warned", "table": "dirty"}, "warning")

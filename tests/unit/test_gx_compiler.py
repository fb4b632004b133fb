"""A rule means in SQL, as Great Expectations is told it, what it means in plain Python: over dirty data, row by row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from schemas.rules.constraints import OneOf, TableRule, Unique
from schemas.tables.project import SQL_TYPES
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
        validation=validation, expectations=expectations, UnexpectedRowsExpectation=UnexpectedRowsExpectation
    )


EVERY_ROW: dict[str, Any] = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row_no"]}


def database(path: Path, rows: Rows, target: Rows) -> Path:
    metadata = sa.MetaData()
    for name, schema in (("dirty", SCHEMA), ("target", TARGET_SCHEMA)):
        columns = [sa.Column(field.name, SQL_TYPES[field.type]) for field in schema]
        sa.Table(name, metadata, *columns)
    path.unlink(missing_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for name, records in (("dirty", rows), ("target", target)):
            if records:
                connection.execute(sa.insert(metadata.tables[name]), list(records))
    engine.dispose()
    return path


def told(gx: SimpleNamespace, rule: TableRule) -> Any:
    """The rule's expectation; a query that only counts wrong rows becomes one that lists them."""
    compiled = gx.expectations.of_rule(rule, meta={"rule": rule.id})
    if isinstance(compiled, gx.expectations.FindsNoRows):
        return gx.UnexpectedRowsExpectation(unexpected_rows_query=compiled.unexpected_rows_query, meta=compiled.meta)
    return compiled


def numbers(result: Mapping[str, Any]) -> set[int]:
    """The rows that GX lists. A row's id and its number are the same: both count from 1."""
    if "details" in result:
        return {row["rowid"] for row in result["details"]["unexpected_rows"]}
    return {row["row_no"] for row in result.get("unexpected_index_list") or []}


def outcomes(gx: SimpleNamespace, path: Path, compiled: Iterator[Any], result_format: Any) -> dict[str, Any]:
    source = gx.validation.read_only(path)
    batch = source.add_table_asset("dirty", table_name="dirty").add_batch_definition_whole_table("all").get_batch()
    suite = gx.validation.gx.ExpectationSuite(name="dirty", expectations=list(compiled))
    outcome = batch.validate(suite, result_format=result_format)
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
    listed = outcomes(gx, path, (told(gx, rule) for rule in RULES), EVERY_ROW)
    assert {rule: numbers(outcome.result) for rule, outcome in listed.items()} == expected
    counted = outcomes(gx, path, (gx.expectations.of_rule(rule, meta={"rule": rule.id}) for rule in RULES), "BASIC")
    assert {rule: outcome.success for rule, outcome in counted.items()} == {
        rule: not broken for rule, broken in expected.items()
    }
    assert {rule: count(outcome.result) for rule, outcome in counted.items()} == {
        rule: len(broken) for rule, broken in expected.items()
    }
    assert not [outcome for outcome in counted.values() if "list" in str(outcome.result)], "values were fetched"


def count(result: Mapping[str, Any]) -> int:
    """GX sums over no rows to null."""
    return int(result.get("unexpected_count", result.get("observed_value")) or 0)


@pytest.mark.parametrize("name", ['x"; DROP TABLE y; --', "a b", "o.x", "Ä", "{batch}", ":p", ""])
def test_a_name_that_the_project_does_not_give_never_reaches_sql(gx: SimpleNamespace, name: str):
    for rule in (TableRule("r", "dirty", Unique((name,))), TableRule("r", name, Unique(("code",)))):
        with pytest.raises(ValueError, match="no name"):
            gx.expectations.of_rule(rule)


def test_what_a_rule_says_travels_with_its_expectation(gx: SimpleNamespace):
    rule = TableRule("warned", "dirty", OneOf("word", ("yes",)))
    compiled = gx.expectations.of_rule(rule, meta={"rule": rule.id}, severity="warning")
    assert (compiled.meta, compiled.severity) == ({"rule": "warned"}, "warning")

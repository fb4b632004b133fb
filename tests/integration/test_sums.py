"""A plain sum over a published table counts each krona once, or it cannot be taken: `_sek` adds up, `_kr` says not."""

from pathlib import Path

import pytest

from schemas.tables import PUBLISHED, RELEASED, TABLES, project
from schemas.tables.release import as_declared, as_released
from tests.integration.publishing import PROGRAMME, current, rows

REPEATING = {
    "across",
    "category",
    "column_no",
    "dimension",
    "event",
    "figure",
    "indicator",
    "measure",
    "option",
    "question",
    "result",
    "year_end_date",
}
"""Columns that make several rows of the same money: the measure, how it is broken down, when it was looked at."""

ADDING_UP = {
    f"{name}.{column}" for name in PUBLISHED for column in project.columns(RELEASED[name]) if column.endswith("_sek")
}


def test_no_table_with_kronor_that_add_up_has_several_rows_of_the_same_money():
    kept = {name for name in PUBLISHED if any(column.endswith("_sek") for column in project.columns(RELEASED[name]))}
    assert {name: found for name in kept if (found := REPEATING & project.columns(RELEASED[name]).keys())} == {}


def test_every_column_that_does_not_add_up_says_why_in_the_dictionary_and_is_called_otherwise(sample_warehouse: Path):
    query = (
        "SELECT column_name, overlap_reason FROM data_dictionary WHERE table_name NOT LIKE 'out_table_\\_%' ESCAPE '\\'"
    )
    told = rows(current(sample_warehouse), query)
    assert all((reason is not None) == name.endswith("_kr") for name, reason in told)
    assert sum(reason is not None for _, reason in told) > 20


ONE_ROUND = "programme = '{programme}' AND year = 2023"
SAME = {
    "core_decision.granted_sek": "granted_sek",
    "core_reconciliation.granted_sek": "granted_sek",
    "core_account.granted_sek": "granted_sek",
    "out_annex.granted_sek": "granted_sek",
    "out_funds_by_year.granted_sek": "granted_sek",
    "out_grant_by_year.granted_sek": "granted_sek",
    "core_reconciliation.unused_sek": "unused_sek",
    "core_account.unused_sek": "unused_sek",
    "core_usage_report.unused_sek": "unused_sek",
    "out_annex.unused_sek": "unused_sek",
}
PRINTED = {"granted_sek": 21_117_795, "unused_sek": 3_119_562}
"""What the source prints of 2023."""


@pytest.mark.parametrize(("column", "figure"), SAME.items(), ids=SAME)
def test_a_plain_sum_is_what_is_printed(column: str, figure: str, sample_warehouse: Path):
    assert column in ADDING_UP
    table, name = column.split(".")
    query = f"SELECT sum({name}) FROM {table} WHERE {ONE_ROUND.format(programme=PROGRAMME)}"
    assert rows(current(sample_warehouse), query) == [(PRINTED[figure],)]


def test_every_other_column_of_kronor_is_looked_at_by_key():
    """A row of a table whose kronor add up is told by what its money is of: a grant, a body, a received row."""
    of_money = {"programme", "year", "grant_id", "recipient_code", "source_file", "source_row", "part_no"}
    more = {"core_recovery_decision": {"decision_no"}, "out_recovery_by_ground": {"grounds"}, "core_todo": {"todo"}}
    for name in sorted({each.split(".")[0] for each in ADDING_UP}):
        assert set(project.key(TABLES[name])) <= of_money | more.get(name, set()), name


def test_what_is_released_is_read_back_with_the_names_of_the_house():
    for table in TABLES.values():
        whole = project.arrow_schema(table).empty_table()
        names = as_declared(table, as_released(table, whole)).column_names
        assert set(names) <= set(whole.column_names)
        assert not [name for name in names if name.endswith("_kr")]


def test_a_view_gives_the_former_names(sample_warehouse: Path):
    query = "SELECT sum(amount_sek) FROM former_core_ledger_entry WHERE event = 'decision' AND year = 2023"
    assert rows(current(sample_warehouse), query) == [(PRINTED["granted_sek"],)]

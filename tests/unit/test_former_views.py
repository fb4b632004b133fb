"""The views that former queries read: they stand on columns that are there, one row per recipient."""

import sqlite3

import pytest

from schemas.tables import PUBLISHED, RELEASED, TABLES, former, sql

VIEWS = [statement.split()[2] for statement in former.create_views(TABLES[name] for name in PUBLISHED)]


@pytest.fixture
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for statement in (*sql.create_tables(RELEASED), *former.create_views(TABLES[name] for name in PUBLISHED)):
        connection.execute(statement)
    return connection


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read(database: sqlite3.Connection, view: str):
    assert database.execute(f"SELECT * FROM {view}").fetchall() == []


def test_two_grants_are_one_row_whose_debt_is_what_is_left_less_what_is_too_much(database: sqlite3.Connection):
    same = "'p', 2023, '9901', 0, 'balanced', 0, 'synthetic'"
    columns = "programme, year, recipient_code, paid_is_derived, status, rival_decision_count, provenance"
    for grant, outstanding, overpaid in (("a", 500, 0), ("b", 0, 200)):
        database.execute(
            f"INSERT INTO core_account ({columns}, grant_id, outstanding_sek, overpaid_sek) "
            f"VALUES ({same}, '{grant}', {outstanding}, {overpaid})"
        )
    read = "SELECT recipient_code, outstanding_sek, granted_sek, status FROM former_core_account"
    assert database.execute(read).fetchall() == [("9901", 300, None, None)]

"""Every column of a received file is listed with what it was read as and which rules look at it."""

import datetime as dt

from assets.coverage import source_columns
from assets.ports import RoundKey
from schemas.configuration import catalogue

PROGRAMME = catalogue.programme("stadigvarande-boende")
FORM = PROGRAMME.forms["decisions"]
RECORD = {
    "programme": "stadigvarande-boende",
    "source_file": "f.csv",
    "source_sheet": None,
    "form": "decisions",
    "header_row": 1,
    "header_cells": [*FORM.headers().values(), None, "Handläggarens\nanteckning"],
    "provenance": "synthetic",
    "source_date": dt.date(2024, 1, 1),
    "known_date": dt.date(2024, 1, 1),
    "is_replaced": False,
}
COLUMNS = {
    column["slot"] or column["source_column"]: column
    for column in source_columns(RoundKey("p", 2023), PROGRAMME, RECORD)
}


def test_every_column_is_listed_in_order():
    assert [column["column_no"] for column in COLUMNS.values()] == list(range(1, len(RECORD["header_cells"]) + 1))


def test_an_amount_is_held_against_the_rules_of_amounts():
    granted = COLUMNS["granted_sek"]
    assert granted["rules"] == (
        "amount_approximate, amount_has_ore, amount_in_unit, amount_is_dash, amount_negative, amount_unreadable, "
        "paid_above_granted, value_missing"
    )
    assert granted["rule_count"] == 8


def test_a_date_is_held_against_the_rules_of_its_table_too():
    assert COLUMNS["report_due_date"]["rules"] == "date_unreadable, report_due_before_decision"


def test_a_column_that_is_read_and_that_no_rule_looks_at_says_so():
    assert (COLUMNS["decision_maker"]["rules"], COLUMNS["decision_maker"]["rule_count"]) == (None, 0)


def test_a_column_that_no_form_asks_for_is_not_read():
    last = list(COLUMNS.values())[-1]
    assert (last["slot"], last["header"], last["rule_count"]) == (None, "Handläggarens anteckning", 0)


def test_a_column_without_a_header_is_listed_too():
    assert list(COLUMNS.values())[-2]["header"] is None

"""A finding about a computed table leads to file, sheet, row and column of the received cell that it comes from."""

import datetime as dt
from typing import Any

import pytest

from assets import audit
from assets.domain.breaches import breaches, failing_rows
from assets.domain.frames import Frame
from assets.frames import records_of
from schemas.configuration import catalogue
from schemas.rules.rule import found_rules
from tests.frames import table

PROGRAMME = catalogue.programme("stadigvarande-boende")
BOOK, SHEET, REPORT_ROW = "p/2022/rapport.xlsx", "Svar", 7
LIST, LIST_ROW = "p/2022/beslut.xlsx", 4
ACCOUNTS, ACCOUNTS_ROW = "p/2022/medel.csv", 9

IN_REPORT = (BOOK, SHEET, REPORT_ROW)
IN_LIST = (LIST, "Lista", LIST_ROW)
IN_ACCOUNTS = (ACCOUNTS, None, ACCOUNTS_ROW)


def file(path: str, form: str, *before: str) -> dict[str, Any]:
    """A received file: its columns in the form's order, behind those of somebody's own."""
    return {
        "programme": PROGRAMME.programme,
        "source_file": path,
        "form": form,
        "header_row": 1,
        "header_cells": [*before, *PROGRAMME.forms[form].headers().values()],
        "source_date": dt.date(2023, 6, 1),
        "known_date": dt.date(2023, 6, 1),
        "is_replaced": False,
    }


FILES = table(
    "raw_file", file(BOOK, "usage_report_2022", "Anm."), file(LIST, "decisions"), file(ACCOUNTS, "funds", "Nr", "Kod")
)
WHO = {"recipient_code": "9901"}


def placed(name: str, place: tuple[str, str | None, int], **values: object) -> Frame:
    path, sheet, row = place
    return table(name, {**WHO, "source_file": path, "source_sheet": sheet, "source_row": row, **values})


def account(**values: object) -> dict[str, Frame]:
    """A reconciliation of one recipient, and the rows that it is of."""
    return {
        "core_reconciliation": table("core_reconciliation", {**WHO, "outcome": "difference", **values}),
        "core_decision": placed("core_decision", IN_LIST),
        "core_usage_report": placed("core_usage_report", IN_REPORT),
        "core_event": placed("core_event", IN_ACCOUNTS),
    }


def found(name: str, tables: dict[str, Frame], files: Frame = FILES) -> list[dict[str, Any]]:
    cells = audit.field_cells(files)
    return [row for each in breaches(name, failing_rows(name, tables), tables, cells) for row in records_of(each)]


def addresses(findings: list[dict[str, Any]]) -> list[tuple[str, Any, str | None]]:
    return [
        (row["rule"], (row["source_file"], row["source_sheet"], row["source_row"]), row["source_column"])
        for row in findings
    ]


DAY, DAY_BEFORE = dt.date(2024, 2, 1), dt.date(2024, 1, 31)
SUM = {"granted_sek": 100, "used_sek": 50, "unused_sek": 50}
LED = {
    "used_above_granted": (account(**SUM | {"used_sek": 101}), IN_REPORT, "H"),
    "amount_thousandfold": (account(**SUM | {"amount_doubt": "thousandfold"}), IN_REPORT, "J"),
    "amount_thousandth": (account(**SUM | {"amount_doubt": "thousandth"}), IN_REPORT, "J"),
    "case_number_as_amount": (account(**SUM | {"amount_doubt": "case_number"}), IN_REPORT, "J"),
    "used_exactly_granted": (account(**SUM | {"amount_doubt": "exactly_granted"}), IN_REPORT, "H"),
    "unused_above_granted": (account(**SUM | {"unused_sek": 101}), IN_REPORT, "J"),
    "grant_is_not_used_plus_unused": (account(**SUM | {"used_sek": 49}), IN_REPORT, "J"),
    "granted_as_reported_differs": (account(**SUM, granted_as_reported_sek=99), IN_REPORT, "G"),
    "report_without_decision": (account(unused_sek=5, outcome="report_without_decision"), IN_REPORT, "E"),
    "event_without_decision": (account(outcome="event_without_decision"), IN_ACCOUNTS, "D"),
    "decision_without_report": (account(granted_sek=5, outcome="report_missing"), IN_LIST, "D"),
    "cost_before_period": (account(**SUM, cost_period_start_date=DAY, first_cost_date=DAY_BEFORE), IN_REPORT, None),
    "cost_after_period": (account(**SUM, cost_period_end_date=DAY_BEFORE, last_cost_date=DAY), IN_REPORT, None),
}
"""What is wrong, and where it leads: the columns in the form's order, behind one of somebody's own in the report."""


@pytest.mark.parametrize("rule", LED)
def test_a_breach_in_the_reconciliation_leads_to_the_cell_it_comes_from(rule: str):
    tables, place, column = LED[rule]
    [finding] = found("core_reconciliation", tables)
    assert addresses([finding]) == [(rule, place, column)]
    assert finding["recipient_code"] == "9901"


def test_every_rule_of_the_reconciliation_is_led_back():
    assert set(LED) == {rule.id for rule in found_rules() if rule.holds and rule.holds.table == "core_reconciliation"}


@pytest.mark.parametrize(
    ("rule", "name", "place", "column", "values"),
    [
        ("salary_above_used", "core_usage_report", IN_REPORT, "I", {"used_sek": 5, "salary_sek": 6}),
        (
            "report_due_before_decision",
            "core_decision",
            IN_LIST,
            "F",
            {"decided_date": DAY, "report_due_date": DAY_BEFORE},
        ),
        ("reversal_of_nothing", "core_event", IN_ACCOUNTS, None, {"event": "payment", "reverses_no": "H001"}),
    ],
)
def test_a_breach_in_a_row_that_was_received_leads_to_its_own_cell(
    rule: str, name: str, place: tuple[str, str | None, int], column: str | None, values: dict[str, object]
):
    assert addresses(found(name, {name: placed(name, place, **values)})) == [(rule, place, column)]


def test_a_breach_in_what_was_counted_of_a_file_leads_to_the_file():
    lost = {"source_file": BOOK, "received_count": 2, "accepted_count": 1}
    nothing = dict.fromkeys(("superseded_count", "excluded_count", "quarantined_count"), 0)
    tables = {"core_funnel": table("core_funnel", lost | nothing)}
    assert addresses(found("core_funnel", tables)) == [("row_lost", (BOOK, None, None), None)]


def test_a_breach_in_the_years_funds_is_about_the_round_as_a_whole():
    tables = {"out_funds_by_year": table("out_funds_by_year", {"available_sek": 5, "granted_sek": 6})}
    assert addresses(found("out_funds_by_year", tables)) == [("funds_exceeded", (None, None, None), None)]


def test_where_the_form_has_no_such_column_the_finding_leads_to_the_row():
    files = table("raw_file", file(BOOK, "usage_report_2023"))
    row = placed("core_usage_report", IN_REPORT, used_sek=5, salary_sek=6)
    found_there = found("core_usage_report", {"core_usage_report": row}, files)
    assert addresses(found_there) == [("salary_above_used", IN_REPORT, None)]


def test_a_file_that_another_one_replaced_makes_no_second_finding():
    """Both files have the column; the row stands in one of them."""
    files = table("raw_file", file(BOOK, "usage_report_2022"), file("p/2022/gammal.xlsx", "usage_report_2022", "Anm."))
    tables = account(**SUM | {"used_sek": 101})
    assert addresses(found("core_reconciliation", tables, files)) == [("used_above_granted", IN_REPORT, "G")]


def test_another_recipients_rows_and_another_years_are_left_alone():
    others = [
        {"recipient_code": "9902", "source_file": BOOK, "source_row": 8},
        {"recipient_code": "9901", "source_file": BOOK, "source_row": 8, "year": 2022},
        {"recipient_code": "9901", "source_file": BOOK, "source_sheet": SHEET, "source_row": REPORT_ROW},
    ]
    tables = account(**SUM | {"used_sek": 101}) | {"core_usage_report": table("core_usage_report", *others)}
    assert addresses(found("core_reconciliation", tables)) == [("used_above_granted", IN_REPORT, "H")]


def test_an_amount_is_told_as_a_person_writes_it():
    [finding] = found("core_reconciliation", account(granted_sek=700_000, used_sek=700_001, unused_sek=0))
    assert "(700\u00a0001 kr) är mer än de beviljade (700\u00a0000 kr)" in finding["message_sv"]
    assert "(SEK 700\u00a0001) is more than what was granted (SEK 700\u00a0000)" in finding["message_en"]


def test_a_row_with_two_faults_that_do_not_explain_one_another_is_found_twice():
    tables = account(**SUM | {"used_sek": 101}, granted_as_reported_sek=99)
    rules = [rule for rule, _, _ in addresses(found("core_reconciliation", tables))]
    assert sorted(rules) == ["granted_as_reported_differs", "used_above_granted"]

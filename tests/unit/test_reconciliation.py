"""The account per recipient: nothing is dropped, rounds stay apart, and made-up money marks what it touches."""

import datetime as dt

from assets.domain.reconciliation import reconcile_funds
from assets.frames import records_of
from tests.frames import rows_left_out, table

ROUNDS = table("core_round", {"as_of_date": dt.date(2024, 6, 30)})


def test_whoever_is_in_any_of_the_three_tables_has_a_row():
    rows = reconcile_funds(
        table("core_decision", {"recipient_code": "9901", "granted_sek": 1}),
        table("core_usage_report", {"recipient_code": "9902", "unused_sek": 1}),
        table("core_event", {"recipient_code": "9903", "event": "repaid_after_recovery", "amount_sek": 1}),
        ROUNDS,
        rows_left_out(),
    )
    assert sorted(row["recipient_code"] for row in records_of(rows)) == ["9901", "9902", "9903"]


def test_funds_without_a_recipient_make_no_row():
    funds = table("core_event", {"event": "available_funds", "amount_sek": 5})
    rows = reconcile_funds(table("core_decision"), table("core_usage_report"), funds, ROUNDS, rows_left_out())
    assert records_of(rows) == []


def test_one_recipients_two_years_are_two_accounts():
    decisions = table(
        "core_decision",
        {"recipient_code": "9901", "granted_sek": 10, "year": 2022},
        {"recipient_code": "9901", "granted_sek": 20, "year": 2023},
    )
    reports = table("core_usage_report", {"recipient_code": "9901", "unused_sek": 5, "year": 2023})
    rounds = table("core_round", *({"as_of_date": dt.date(2024, 6, 30), "year": year} for year in (2022, 2023)))
    rows = records_of(reconcile_funds(decisions, reports, table("core_event"), rounds, rows_left_out()))
    assert {row["year"]: (row["granted_sek"], row["unused_sek"]) for row in rows} == {2022: (10, None), 2023: (20, 5)}


def test_an_account_of_real_and_made_up_rows_is_mixed():
    decisions = table("core_decision", {"recipient_code": "9901", "granted_sek": 10, "provenance": "real"})
    reports = table("core_usage_report", {"recipient_code": "9901", "unused_sek": 5, "provenance": "synthetic"})
    [row] = records_of(reconcile_funds(decisions, reports, table("core_event"), ROUNDS, rows_left_out()))
    assert row["provenance"] == "mixed"


def test_an_account_of_real_rows_is_real():
    decisions = table("core_decision", {"recipient_code": "9901", "granted_sek": 10, "provenance": "real"})
    nothing = table("core_usage_report"), table("core_event")
    [row] = records_of(reconcile_funds(decisions, *nothing, ROUNDS, rows_left_out()))
    assert row["provenance"] == "real"


def test_a_grant_of_nothing_fully_used_adds_up():
    decisions = table("core_decision", {"recipient_code": "9901", "granted_sek": 0})
    reports = table("core_usage_report", {"recipient_code": "9901", "unused_sek": 0})
    [row] = records_of(reconcile_funds(decisions, reports, table("core_event"), ROUNDS, rows_left_out()))
    assert (row["used_sek"], row["outcome"]) == (0, "all_used")


def test_a_decision_in_quarantine_explains_a_report_without_one():
    reports = table("core_usage_report", {"recipient_code": "9901", "unused_sek": 0})
    left_out = rows_left_out(core_decision="9901")
    [row] = records_of(reconcile_funds(table("core_decision"), reports, table("core_event"), ROUNDS, left_out))
    assert (row["outcome"], row["granted_sek"]) == ("decision_quarantined", None)


def test_a_late_report_that_does_not_count_is_not_a_missing_one():
    decisions = table(
        "core_decision", {"recipient_code": "1", "granted_sek": 5, "report_due_date": dt.date(2024, 1, 1)}
    )
    left_out = rows_left_out("excluded", core_usage_report="1")
    nothing = table("core_usage_report"), table("core_event")
    [row] = records_of(reconcile_funds(decisions, *nothing, ROUNDS, left_out))
    assert row["outcome"] == "report_excluded"


def test_a_report_in_quarantine_is_not_a_missing_one():
    decisions = table(
        "core_decision",
        *({"recipient_code": code, "granted_sek": 5, "report_due_date": dt.date(2024, 1, 1)} for code in ("1", "2")),
    )
    left_out = rows_left_out(core_usage_report="1")
    rows = records_of(reconcile_funds(decisions, table("core_usage_report"), table("core_event"), ROUNDS, left_out))
    assert {row["recipient_code"]: row["outcome"] for row in rows} == {"1": "report_quarantined", "2": "report_missing"}

"""The ledger against the agency's books: what agrees, what does not and by how much, and what is owed at year-end.

The tolerance is 1 krona and 10 days, a difference is material from 1 000 kronor, and the year ends on 31 December.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.grant.receivables import year_ends
from tests.rows import Record
from tests.spec.books_language import (
    ACCOUNTING,
    books,
    by_result,
    claims,
    compared,
    ledger,
    match_records,
    material,
    receivable,
)
from tests.spec.language import decisions
from tests.spec.money_language import events
from tests.spec.placing_language import placed

PAID = "H1 | EX 1 | utbetalning | 2022-11-15 | 100 000"


def test_a_payment_that_is_booked_agrees():
    assert compared(ledger(PAID), books("1 | EX 1 | utbetalning | 2022-11-16 | 100 000")) == [("H1", 1, "matched", 0)]


def test_a_repayment_is_negative_on_its_account_and_agrees_all_the_same():
    repaid = ledger("H1 | EX 1 | återbetalning | 2022-11-15 | 500")
    assert compared(repaid, books("1 | EX 1 | återbetalning | 2022-11-15 | 500")) == [("H1", 1, "matched", 0)]
    [row] = match_records(repaid, books("1 | EX 1 | återbetalning | 2022-11-15 | 500"))
    assert (row["ledger_sek"], row["booked_sek"], row["account_no"]) == (500, 500, "in")


@pytest.mark.parametrize(
    ("booked", "result"),
    [("100 001", "matched"), ("100 002", "amount"), ("99 999", "matched"), ("99 998", "amount")],
)
def test_one_krona_more_or_less_agrees_and_is_shown_and_two_do_not(booked: str, result: str):
    [row] = compared(ledger(PAID), books(f"1 | EX 1 | utbetalning | 2022-11-15 | {booked}"))
    assert row == ("H1", 1, result, int(booked.replace(" ", "")) - 100_000)


@pytest.mark.parametrize(
    ("booked", "result"),
    [("2022-11-25", "matched"), ("2022-11-26", "timing"), ("2022-11-05", "matched"), ("2022-11-04", "timing")],
)
def test_ten_days_before_or_after_agree_and_eleven_do_not(booked: str, result: str):
    rows = compared(ledger(PAID), books(f"1 | EX 1 | utbetalning | {booked} | 100 000"))
    assert rows == [("H1", 1, result, 0)]


@pytest.mark.parametrize(("booked", "result"), [("2022-12-31", "matched"), ("2023-01-01", "timing")])
def test_what_is_booked_in_the_next_financial_year_is_booked_at_another_time(booked: str, result: str):
    paid = ledger("H1 | EX 1 | utbetalning | 2022-12-30 | 100 000")
    assert compared(paid, books(f"1 | EX 1 | utbetalning | {booked} | 100 000")) == [("H1", 1, result, 0)]


def test_a_payment_without_a_booking_and_a_booking_without_a_payment_are_orphans_of_either_side():
    rows = compared(ledger(PAID), books("1 | EX 2 | utbetalning | 2022-11-15 | 60 000"))
    assert rows == [("H1", None, "missing_in_books", -100_000), (None, 1, "missing_in_ledger", 60_000)]


def test_a_payment_does_not_agree_with_a_repayment_of_the_same_amount():
    rows = compared(ledger(PAID), books("1 | EX 1 | återbetalning | 2022-11-15 | 100 000"))
    assert [row[2] for row in rows] == ["missing_in_books", "missing_in_ledger"]


@pytest.mark.parametrize("case", ["EX 99", ""])
def test_a_booking_on_a_case_that_the_round_does_not_know_is_listed_whole(case: str):
    assert compared(ledger(), books(f"1 | {case} | utbetalning | 2022-11-15 | 5")) == [
        (None, 1, "unknown_case_number", 5)
    ]


def test_a_booking_on_an_account_that_nobody_declared_is_listed_whole():
    assert compared(ledger(), books("1 | EX 1 | 1930 | 2022-11-15 | -5")) == [(None, 1, "account_not_declared", -5)]


def test_of_several_alike_the_first_goes_with_the_first():
    paid = ledger(*(f"H{n} | EX 1 | utbetalning | 2022-0{n}-15 | 5 000" for n in (1, 2, 3)))
    booked = books(*(f"{n} | EX 1 | utbetalning | 2022-0{n}-16 | 5 000" for n in (3, 2, 1)))
    assert compared(paid, booked) == [(f"H{n}", n, "matched", 0) for n in (1, 2, 3)]


def test_the_same_amount_goes_before_the_same_order():
    paid = ledger("H1 | EX 1 | utbetalning | 2022-01-15 | 5 000", "H2 | EX 1 | utbetalning | 2022-02-15 | 7 000")
    booked = books("1 | EX 1 | utbetalning | 2022-01-16 | 7 000", "2 | EX 1 | utbetalning | 2022-02-16 | 5 500")
    assert compared(paid, booked) == [("H1", 2, "amount", 5_500 - 5_000), ("H2", 1, "timing", 0)]


def test_a_payment_that_is_reversed_expects_no_booking():
    entries = ledger(PAID, "H2 | EX 1 | utbetalning | 2022-11-20 | -100 000 | H1")
    assert compared(entries, books()) == [("H1", None, "reversed", 0)]


def test_a_payment_that_is_reversed_in_part_expects_the_rest():
    entries = ledger(PAID, "H2 | EX 1 | utbetalning | 2022-11-20 | -40 000 | H1")
    assert compared(entries, books("1 | EX 1 | utbetalning | 2022-11-15 | 60 000")) == [("H1", 1, "matched", 0)]


def test_a_booking_that_another_takes_back_leaves_nothing_and_the_right_one_agrees():
    booked = books(
        "1 | EX 1 | utbetalning | 2022-11-15 | 10 000",
        "2 | EX 1 | utbetalning | 2022-11-16 | -10 000",
        "3 | EX 1 | utbetalning | 2022-11-16 | 100 000",
    )
    assert compared(ledger(PAID), booked) == [
        ("H1", 3, "matched", 0),
        (None, 1, "reversed", 10_000),
        (None, 2, "reversed", -10_000),
    ]


@pytest.mark.parametrize(("booked", "is_material"), [("100 999", False), ("101 000", True)])
def test_a_difference_is_material_from_1_000_kronor(booked: str, is_material: bool):  # noqa: FBT001 - a case
    assert material(ledger(PAID), books(f"1 | EX 1 | utbetalning | 2022-11-15 | {booked}")) == [is_material]


def test_of_what_is_booked_in_another_year_the_whole_amount_decides_whether_it_is_material():
    assert material(ledger(PAID), books("1 | EX 1 | utbetalning | 2023-01-04 | 100 000")) == [True]


def test_the_sum_of_the_ledger_and_the_differences_is_the_sum_of_the_books():
    paid = ledger(PAID, "H2 | EX 2 | utbetalning | 2022-11-15 | 7 000")
    booked = books("1 | EX 1 | utbetalning | 2022-11-15 | 100 900", "2 | EX 3 | utbetalning | 2022-11-15 | 50")
    found = by_result(paid, booked)
    assert found == {
        "amount": (1, 100_000, 100_900, 900),
        "missing_in_books": (1, 7_000, 0, -7_000),
        "missing_in_ledger": (1, 0, 50, 50),
    }
    assert 107_000 + (900 - 7_000 + 50) == 100_950


LINES = st.lists(
    st.tuples(
        st.integers(1, 3), st.sampled_from(["utbetalning", "återbetalning"]), st.integers(1, 3), st.integers(1, 28)
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(entries=LINES, booked=LINES, order=st.randoms(use_true_random=False))
def test_whatever_is_booked_every_entry_and_booking_is_in_one_row_and_order_does_not_matter(entries, booked, order):
    ours = [
        f"H{n} | EX {case} | {event} | 2022-01-{at:02} | {sum_}" for n, (case, event, sum_, at) in enumerate(entries)
    ]
    theirs = [
        f"{n} | EX {case} | {event} | 2022-01-{at:02} | {sum_}" for n, (case, event, sum_, at) in enumerate(booked)
    ]
    rows = compared(ledger(*ours), books(*theirs))
    assert sorted(row[0] for row in rows if row[0]) == sorted(f"H{n}" for n in range(len(entries)))
    assert sorted(row[1] for row in rows if row[1] is not None) == list(range(len(booked)))
    assert sum(row[3] for row in rows) == sum(each[2] for each in booked) - sum(each[2] for each in entries)
    order.shuffle(ours)
    order.shuffle(theirs)
    assert compared(ledger(*ours), books(*theirs)) == rows


# -- receivables ----------------------------------------------------------------------------------------------------
ACCOUNT = (
    "Exempelkommun 01 | decision | 2022-10-01 | 700 000",
    "Exempelkommun 01 | payment | 2022-11-01 | 700 000",
    "Exempelkommun 01 | reported_use | 2022-12-15 | 515 637",
    "Exempelkommun 01 | reported_unused | 2022-12-15 | 184 363",
)
UNUSED, YEAR_END = 700_000 - 515_637, "2022-12-31"
FIRST = ("Exempelkommun 01", YEAR_END)


def test_what_is_unused_is_owed_to_nobody_before_a_decision():
    assert receivable(claims(*ACCOUNT), YEAR_END) == {FIRST: (UNUSED, 0, 0, UNUSED)}


def test_what_a_decision_claims_is_a_receivable_and_the_rest_stands_apart():
    entries = claims(*ACCOUNT, "Exempelkommun 01 | recovery_decided | 2022-12-20 | 100 000")
    assert receivable(entries, YEAR_END) == {FIRST: (UNUSED, 100_000, 0, UNUSED - 100_000)}


def test_what_is_repaid_before_the_decision_is_no_part_of_what_it_claims():
    entries = claims(
        *ACCOUNT,
        "Exempelkommun 01 | repaid | 2022-12-18 | 84 363",
        "Exempelkommun 01 | recovery_decided | 2022-12-20 | 100 000",
    )
    assert receivable(entries, YEAR_END) == {FIRST: (UNUSED - 84_363, 100_000, 0, 0)}


def test_what_is_repaid_after_the_decision_is_deducted_from_what_it_claims_and_a_later_waiver_from_the_rest():
    entries = claims(
        *ACCOUNT,
        "Exempelkommun 01 | recovery_decided | 2022-12-20 | 100 000",
        "Exempelkommun 01 | repaid | 2022-12-28 | 60 000",
        "Exempelkommun 01 | recovery_waived | 2022-12-29 | 10 000",
    )
    claimed, undecided = 100_000 - 60_000, UNUSED - 100_000 - 10_000
    assert receivable(entries, YEAR_END) == {FIRST: (claimed + undecided, claimed, 0, undecided)}


def test_what_was_invoiced_without_a_decision_is_notified_and_no_claim():
    entries = claims(*ACCOUNT, "Exempelkommun 01 | invoiced | 2022-12-20 | 100 000")
    assert receivable(entries, YEAR_END) == {FIRST: (UNUSED, 0, 100_000, UNUSED - 100_000)}


def test_what_happened_after_the_year_end_is_none_of_it():
    entries = claims(
        *ACCOUNT,
        "Exempelkommun 01 | recovery_decided | 2023-01-01 | 184 363",
        "Exempelkommun 01 | repaid | 2023-02-01 | 184 363",
    )
    assert receivable(entries, YEAR_END, "2023-12-31") == {
        FIRST: (UNUSED, 0, 0, UNUSED),
        ("Exempelkommun 01", "2023-12-31"): (0, 0, 0, 0),
    }


def test_what_had_happened_by_the_year_end_is_of_it_though_it_was_recorded_later():
    decided = "Exempelkommun 01 | recovery_decided | {} | 184 363 | 2023-01-15"
    on_it, after = (claims(*ACCOUNT, decided.format(day)) for day in ("2022-12-31", "2023-01-01"))
    assert receivable(on_it, YEAR_END) == {FIRST: (UNUSED, UNUSED, 0, 0)}
    assert receivable(after, YEAR_END) == {FIRST: (UNUSED, 0, 0, UNUSED)}


def closed_on(reported: list[Record], told: list[Record]) -> dict[str, Any]:
    """What was left of one grant at the end of 2023, as known half a year later."""
    rows = placed(decisions("Exempelkommun 01: 100 000", case="EX 1", decided="2022-11-15"), reported, told)
    [row] = [each for each in rows["out_receivable"] if each["year_end_date"] == dt.date(2023, 12, 31)]
    return row


REPORTED = {"recipient_name": "Exempelkommun 01", "submission_status": "Inlämnad"}
BEFORE = {**REPORTED, "submitted_at": "2023-02-01 12:00", "used_sek": "60 000", "unused_sek": "40 000"}
AFTER = {**REPORTED, "submitted_at": "2024-01-10 12:00", "used_sek": "55 000", "unused_sek": "45 000"}
PAID_OUT = "Exempelkommun 01 | 2022-12-01 | Utbetalning | 100 000 kr"


def test_a_report_that_a_later_one_replaces_after_the_year_end_had_come_by_then():
    assert closed_on([BEFORE, AFTER], events(PAID_OUT))["outstanding_sek"] == 40_000


def test_a_payment_that_was_taken_back_after_the_year_end_had_come_in_as_the_books_have_it():
    paid, back = events(*(f"Exempelkommun 01 | {day} | Återbetalning | 40 000 kr" for day in DAYS))
    told = [*events(PAID_OUT), {**paid, "event_no": "H1"}, {**back, "event_no": "H2", "reverses_no": "H1"}]
    assert closed_on([BEFORE], told)["received_sek"] == 40_000


DAYS = ("2023-12-20", "2024-01-10")


def test_without_a_report_nothing_is_outstanding_since_what_was_paid_is_not_accounted_for():
    assert receivable(claims(*ACCOUNT[:2]), YEAR_END) == {FIRST: (0, 0, 0, 0)}


def test_where_no_source_tells_of_repayments_what_is_outstanding_is_unknown():
    assert receivable(claims(*ACCOUNT), YEAR_END, told=("payment",)) == {FIRST: (None, None, None, None)}


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        ("2022-12-30", []),
        ("2022-12-31", ["2022-12-31"]),
        ("2024-06-30", ["2022-12-31", "2023-12-31"]),
    ],
)
def test_year_ends_are_those_from_the_year_of_the_round_to_the_day_that_figures_are_as_of(as_of: str, days: list[str]):
    found = year_ends(ACCOUNTING, 2022, dt.date.fromisoformat(as_of))
    assert found == [dt.date.fromisoformat(each) for each in days]

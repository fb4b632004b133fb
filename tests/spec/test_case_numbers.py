"""A case number is checked: it is the grant's own, and nothing goes to another recipient by it.

An event or a report that names one recipient and states the case number of another is not placed, and both cells are
told. A right case number beside a name that cannot be read says whose the row is. The books never agree across
recipients.
"""

import datetime as dt

import pytest

from tests.spec.language import decisions, reports
from tests.spec.money_language import events
from tests.spec.placing_language import (
    bookings,
    books,
    by_grant,
    cash,
    found,
    letters,
    placed,
    rules_of,
    stating,
    to_do,
)

FIRST, SECOND = "Exempelkommun 01", "Exempelkommun 02"
DUE = "2024-02-01"
BOTH = [
    *decisions(f"{FIRST}: 100 000", case="EX 1", due=DUE),
    *decisions(f"{SECOND}: 300 000", case="EX 2", due=DUE),
]
PAID = [
    *stating(events(f"{FIRST} | 2023-11-15 | Utbetalning | 100 000 kr"), "EX 1"),
    *stating(events(f"{SECOND} | 2023-11-15 | Utbetalning | 300 000 kr"), "EX 2"),
]
REPORTED = [
    *reports(f"{FIRST}: 60 000 använt, 40 000 oanvänt", case="EX 1"),
    *reports(f"{SECOND}: 280 000 använt, 20 000 oanvänt", case="EX 2"),
]
CAME = events(f"{FIRST} | 2024-02-20 | Återbetalning | 30 000 kr")


# -- another recipient's number ---------------------------------------------------------------------------------------
def test_a_repayment_with_another_recipients_case_number_lowers_nobodys_debt():
    told = placed(BOTH, REPORTED, [*PAID, *stating(CAME, "EX 2")])
    assert by_grant(told, "core_account", "outstanding_sek") == {"EX 1": 40_000, "EX 2": 20_000}
    assert cash(told) == {"9901": (30_000, 0, 30_000), "9902": (0, 0, 0)}


def test_it_is_found_at_both_cells_and_at_the_decision_that_has_the_number():
    told = placed(BOTH, REPORTED, [*PAID, *stating(CAME, "EX 2")])
    [(where, said)] = found(told, "case_of_another")
    assert where == "events.csv C/D4"
    assert "nämner 9901 men anger diarienumret EX 2, som är en annan mottagares (9902, se decisions.csv A3)" in said


def test_neither_is_asked_for_money_that_may_be_paid():
    told = placed(BOTH, REPORTED, [*PAID, *stating(CAME, "EX 2")])
    assert to_do(told) == dict.fromkeys(("EX 1", "EX 2"), "place_money")
    assert letters(told) == []


def test_a_report_with_another_recipients_case_number_is_of_neither_and_both_have_one_perhaps():
    told = placed(BOTH, reports(f"{FIRST}: 60 000 använt, 40 000 oanvänt", case="EX 2"))
    assert by_grant(told, "core_reconciliation", "outcome") == dict.fromkeys(("EX 1", "EX 2"), "report_not_placed")
    assert rules_of(told) == ["case_of_another"]


def test_where_it_has_no_grant_of_its_own_it_is_no_grant_without_a_decision_either():
    told = placed(BOTH, reports("Exempelkommun 03: 5 oanvänt", case="EX 2"))
    assert by_grant(told, "core_reconciliation", "outcome") == {"EX 1": "report_missing", "EX 2": "report_not_placed"}


def test_a_number_that_both_have_is_each_ones_own():
    shared = [*decisions(f"{FIRST}: 100 000", case="EX 1"), *decisions(f"{SECOND}: 300 000", case="EX 1")]
    told = placed(shared, (), stating(CAME, "EX 1"))
    assert by_grant(told, "core_account", "received_sek") == {"9901-EX 1": 30_000, "9902-EX 1": 0}


def test_a_number_is_anothers_from_the_day_of_its_decision_on():
    later = [{**row, "decided_date": on} for row, on in zip(BOTH, ("2023-06-01", "2024-03-01"), strict=True)]
    before, after = (
        placed(later, (), stating(CAME, "EX 2"), as_of=day)["core_account"] for day in ("2024-02-29", "2024-03-01")
    )
    assert [(row["grant_id"], row["received_sek"]) for row in before] == [("EX 1", 30_000)]
    assert [(row["grant_id"], row["received_sek"]) for row in after] == [("EX 1", 0), ("EX 2", 0)]


def test_the_ledger_takes_back_on_that_day_what_it_had_placed():
    later = [{**row, "decided_date": on} for row, on in zip(BOTH, ("2023-06-01", "2024-03-01"), strict=True)]
    made = placed(later, (), stating(CAME, "EX 2"))["core_ledger_entry"]
    repaid = [(row["recorded_date"], row["amount_sek"]) for row in made if row["event"] == "repaid"]
    assert sorted(repaid) == [(dt.date(2024, 2, 20), 30_000), (dt.date(2024, 3, 1), -30_000)]


# -- a name that cannot be read ---------------------------------------------------------------------------------------
def test_a_right_case_number_beside_an_unreadable_name_says_whose_it_is_and_is_listed():
    sent = reports("Xmpl k: 60 000 använt, 40 000 oanvänt", case="EX 1")
    told = placed(BOTH, sent, PAID)
    assert by_grant(told, "core_account", "unused_sek") == {"EX 1": 40_000, "EX 2": None}
    [(where, said)] = found(told, "name_by_case_number")
    assert where == "usage_report_2022.csv D2"
    assert "”Xmpl k” kan inte läsas, men diarienumret EX 1 är 9901s" in said


def test_a_name_that_is_missing_is_no_more_than_one_that_cannot_be_read():
    sent = [{**row, "recipient_name": None} for row in reports(f"{FIRST}: 60 000 använt, 40 000 oanvänt", case="EX 1")]
    came = [{**row, "recipient_name": None} for row in stating(CAME, "EX 1")]
    told = placed(BOTH, sent, [*PAID, *came])
    assert by_grant(told, "core_account", "outstanding_sek")["EX 1"] == 40_000 - 30_000
    assert rules_of(told) == ["name_by_case_number"] * 2


@pytest.mark.parametrize("case", [None, "EX 7"])
def test_without_a_case_number_that_somebody_has_it_is_nobodys(case: str | None):
    told = placed(BOTH, reports("Xmpl k: 5 oanvänt", case=case))
    assert rules_of(told) == ["name_unknown"]
    assert by_grant(told, "core_account", "unused_sek") == {"EX 1": None, "EX 2": None}


def test_a_number_that_several_recipients_have_says_nothing_of_whose_it_is():
    shared = [*decisions(f"{FIRST}: 100 000", case="EX 1"), *decisions(f"{SECOND}: 300 000", case="EX 1")]
    assert rules_of(placed(shared, reports("Xmpl k: 5 oanvänt", case="EX 1"))) == ["name_unknown"]


def test_it_is_known_whose_it_is_from_the_day_of_the_decision_on():
    decided = [{**row, "decided_date": on} for row, on in zip(BOTH, ("2024-03-01", "2023-06-01"), strict=True)]
    sent = [{**row, "submitted_at": "2024-01-10"} for row in reports("Xmpl k: 5 oanvänt", case="EX 1")]
    assert rules_of(placed(decided, sent, as_of="2024-02-29")) == ["after_as_of", "name_unknown"]
    assert rules_of(placed(decided, sent, as_of="2024-03-01")) == ["name_by_case_number"]


def test_money_with_an_unreadable_name_and_a_right_case_number_is_that_grants():
    told = placed(BOTH, REPORTED, [*PAID, *stating(events("Xmpl k | 2024-02-20 | Återbetalning | 30 000 kr"), "EX 1")])
    assert by_grant(told, "core_account", "outstanding_sek") == {"EX 1": 10_000, "EX 2": 20_000}


# -- the books --------------------------------------------------------------------------------------------------------
BOOKED = bookings(f"{FIRST} | EX 1 | utbetalning | 100 000", f"{SECOND} | EX 2 | utbetalning | 300 000")


def money_in(*booked: str, told: str | None) -> list[tuple[object, ...]]:
    """What comes of bookings of the repayment of 30 000 by the first, which states a case number or none."""
    found = books(placed(BOTH, REPORTED, [*PAID, *stating(CAME, told)], [*BOOKED, *bookings(*booked)]))
    return [row for row in found if row[4] not in {100_000, 300_000}]


def test_the_books_agree_where_they_name_the_same_recipient_and_case():
    assert money_in(f"{FIRST} | EX 1 | återbetalning | 30 000", told="EX 1") == [
        ("matched", "EX 1", 30_000, None, 30_000)
    ]


def test_a_booking_that_names_one_recipient_and_the_case_of_another_agrees_with_neither():
    assert money_in(f"{SECOND} | EX 1 | återbetalning | 30 000", told="EX 1") == [
        ("missing_in_books", "EX 1", 30_000, None, None),
        ("other_recipient", None, None, None, 30_000),
    ]


def test_it_is_found_at_both_cells():
    told = placed(BOTH, REPORTED, PAID, [*BOOKED, *bookings(f"{SECOND} | EX 1 | återbetalning | 30 000")])
    [(where, said)] = found(told, "booking_on_case_of_another")
    assert where == "bookings.csv C/D4"
    assert "bokförd på diarienumret EX 1, som är en annan mottagares (9901, se decisions.csv A2)" in said


def test_a_booking_without_a_counterparty_is_of_the_grant_that_has_the_number():
    assert money_in(" | EX 1 | återbetalning | 30 000", told="EX 1") == [("matched", "EX 1", 30_000, None, 30_000)]


def test_of_a_number_that_two_recipients_have_the_books_agree_for_each_by_itself():
    shared = [*decisions(f"{FIRST}: 100 000", case="EX 1"), *decisions(f"{SECOND}: 300 000", case="EX 1")]
    paid, booked = stating(PAID, "EX 1"), bookings(f"{SECOND} | EX 1 | utbetalning | 100 000")
    assert books(placed(shared, (), paid, booked)) == [
        ("amount", "9902-EX 1", 300_000, None, 100_000),
        ("missing_in_books", "9901-EX 1", 100_000, None, None),
    ]


def test_a_booking_whose_counterparty_cannot_be_read_is_compared_by_its_case_number():
    assert money_in("Xmpl k | EX 1 | återbetalning | 30 000", told="EX 1") == [
        ("matched", "EX 1", 30_000, None, 30_000)
    ]


def test_money_told_of_another_recipients_case_is_not_placed_in_the_books_either():
    assert money_in(f"{FIRST} | EX 2 | återbetalning | 30 000", told="EX 2") == [
        ("not_placed", None, None, 30_000, 30_000)
    ]

"""What cannot be placed on a grant is never lost, and nothing is asked of the grants that it may belong to.

A recipient with several grants sends a report, or money, and does not say of which. The report exists; the money is
received, not placed. An official places it, by a dated correction, and from that day on it counts.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.books_language import BOOKINGS
from tests.spec.language import DECISIONS, EVENTS, REPORTS, decisions, reports
from tests.spec.money_language import events
from tests.spec.placing_language import (
    Rows,
    Told,
    bookings,
    books,
    by_grant,
    cash,
    corrected,
    letters,
    placed,
    stating,
    to_do,
)
from tests.stops import stops_by

WHO = "Exempelkommun 01"
DUE = "2024-02-01"
TWO = [
    *decisions(f"{WHO}: 100 000", case="EX 1", due=DUE),
    *decisions(f"{WHO}: 300 000", case="EX 2", due=DUE),
]
THREE = [*TWO, *decisions(f"{WHO}: 50 000", case="EX 3", due=DUE)]
PAID = [
    row
    for case, sum_ in (("EX 1", "100 000"), ("EX 2", "300 000"))
    for row in stating(events(f"{WHO} | 2023-11-15 | Utbetalning | {sum_} kr"), case)
]
CAME = events(f"{WHO} | 2024-02-20 | Återbetalning | 30 000 kr")
UNUSED = [
    *reports(f"{WHO}: 60 000 använt, 40 000 oanvänt", case="EX 1"),
    *reports(f"{WHO}: 280 000 använt, 20 000 oanvänt", case="EX 2"),
]


def outstanding(told: Told) -> dict[str, int | None]:
    return by_grant(told, "core_account", "outstanding_sek")


# -- reports ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", [None, "EX 21"])
def test_a_report_with_a_typo_in_its_case_number_makes_no_grant_of_its_recipient_unreported(case: str | None):
    sent = [*reports(f"{WHO}: 60 000 använt, 40 000 oanvänt", case="EX 1"), *reports(f"{WHO}: 5 oanvänt", case=case)]
    told = placed(THREE, sent)
    assert by_grant(told, "core_reconciliation", "outcome") == {
        "EX 1": "unused_reported",
        "EX 2": "report_not_placed",
        "EX 3": "report_not_placed",
    }
    assert by_grant(told, "core_account", "status")["EX 2"] == "report_not_placed"
    assert {grant: todo for grant, todo in to_do(told).items() if grant != "EX 1"} == dict.fromkeys(
        ("EX 2", "EX 3"), "place_report"
    )
    assert "decision_without_report" not in [row["rule"] for row in told["core_finding"]]


def test_nobody_is_reminded_of_a_report_that_may_be_there():
    assert letters(placed(TWO)) == ["EX 1", "EX 2"]
    assert letters(placed(TWO, reports(f"{WHO}: 0 oanvänt"))) == []


def test_a_report_that_is_corrected_to_a_case_number_is_of_that_grant_from_that_day_on():
    sent = reports(f"{WHO}: 60 000 använt, 40 000 oanvänt")
    mended = corrected(REPORTS, 2, "2024-03-01", case_number=(None, "EX 1"))
    before, after = (placed(TWO, sent, PAID, as_of=day, corrections=mended) for day in ("2024-02-29", "2024-03-01"))
    assert by_grant(before, "core_reconciliation", "outcome") == dict.fromkeys(("EX 1", "EX 2"), "report_not_placed")
    assert by_grant(after, "core_reconciliation", "outcome") == {"EX 1": "unused_reported", "EX 2": "report_missing"}
    assert to_do(after) == {"EX 1": "decide_on_unused", "EX 2": "remind_of_report"}
    assert after["core_unplaced"] == []


def test_a_second_report_that_may_be_of_any_of_them_changes_no_figure_and_is_to_be_placed_first():
    told = placed(TWO, [*UNUSED, *reports(f"{WHO}: 0 oanvänt")])
    assert by_grant(told, "core_account", "unused_sek") == {"EX 1": 40_000, "EX 2": 20_000}
    assert to_do(told) == dict.fromkeys(("EX 1", "EX 2"), "place_report")


# -- money that came in -----------------------------------------------------------------------------------------------
def test_money_that_names_its_recipient_only_is_received_and_not_placed():
    told = placed(TWO, UNUSED, [*PAID, *CAME])
    [row] = told["core_unplaced"]
    assert (row["kind"], row["recipient_code"], row["case_number"], row["amount_sek"]) == (
        "repaid",
        "9901",
        None,
        30_000,
    )
    assert (row["source_file"], row["source_row"], row["rule"]) == ("p/2023/events.csv", 4, "grant_not_told")
    assert row["candidates"] == "EX 1, EX 2"
    assert outstanding(told) == {"EX 1": 40_000, "EX 2": 20_000}
    assert cash(told) == {"9901": (30_000, 0, 30_000)}


def test_no_letter_demands_from_a_grant_that_the_money_may_be_of():
    assert letters(placed(TWO, UNUSED, PAID)) == ["EX 1", "EX 2"]
    told = placed(TWO, UNUSED, [*PAID, *CAME])
    assert letters(told) == []
    assert {(row["todo"], row["amount_sek"]) for row in told["core_todo"]} == {("place_money", 30_000)}
    assert told["core_candidate_ground"] == []


def test_money_is_of_a_grant_of_which_some_is_outstanding_if_there_is_one():
    back = stating(events(f"{WHO} | 2024-02-10 | Återbetalning | 40 000 kr"), "EX 1")
    told = placed(TWO, UNUSED, [*PAID, *back, *CAME])
    assert to_do(told) == {"EX 2": "place_money"}
    assert [row["candidates"] for row in told["core_unplaced"]] == ["EX 2"]
    both = [*back, *stating(events(f"{WHO} | 2024-02-10 | Återbetalning | 20 000 kr"), "EX 2")]
    assert to_do(placed(TWO, UNUSED, [*PAID, *both, *CAME])) == dict.fromkeys(("EX 1", "EX 2"), "place_money")


def test_another_recipients_grants_are_asked_as_before():
    other = [
        decisions("Exempelkommun 02: 100 000", case="EX 9", due=DUE),
        reports("Exempelkommun 02: 90 000 använt, 10 000 oanvänt", case="EX 9"),
        stating(events("Exempelkommun 02 | 2023-11-15 | Utbetalning | 100 000 kr"), "EX 9"),
    ]
    told = placed([*TWO, *other[0]], [*UNUSED, *other[1]], [*PAID, *CAME, *other[2]])
    assert letters(told) == ["EX 9"]


def test_a_dated_correction_of_the_case_number_places_it():
    mended = corrected(EVENTS, 4, "2024-03-01", case_number=(None, "EX 1"))
    before, after = (
        placed(TWO, UNUSED, [*PAID, *CAME], as_of=day, corrections=mended) for day in ("2024-02-29", "2024-03-01")
    )
    assert outstanding(before) == {"EX 1": 40_000, "EX 2": 20_000}
    assert outstanding(after) == {"EX 1": 40_000 - 30_000, "EX 2": 20_000}
    assert (cash(before), cash(after)) == ({"9901": (30_000, 0, 30_000)}, {"9901": (30_000, 30_000, 0)})
    assert letters(after) == ["EX 1", "EX 2"]


def test_a_dated_correction_divides_it_over_several_grants():
    mended = corrected(EVENTS, 4, "2024-03-01", amount_sek=("30 000 kr", [("EX 1", 10_000), ("EX 2", 20_000)]))
    before, after = (
        placed(TWO, UNUSED, [*PAID, *CAME], as_of=day, corrections=mended) for day in ("2024-02-29", "2024-03-01")
    )
    assert outstanding(before) == {"EX 1": 40_000, "EX 2": 20_000}
    assert outstanding(after) == {"EX 1": 40_000 - 10_000, "EX 2": 0}
    assert cash(after) == {"9901": (30_000, 30_000, 0)}
    parts = [
        (row["part_no"], row["grant_id"], row["amount_sek"]) for row in after["core_event"] if row["source_row"] == 4
    ]
    assert parts == [(1, "EX 1", 10_000), (2, "EX 2", 20_000)]
    [shown] = after["core_correction"]
    assert (shown["old_value"], shown["new_value"]) == ("30 000 kr", "EX 1: 10000; EX 2: 20000")


def test_a_part_that_still_does_not_tell_its_grant_leaves_the_whole_amount_unplaced():
    mended = corrected(EVENTS, 4, "2024-03-01", amount_sek=("30 000 kr", [("EX 1", 10_000), ("EX 7", 20_000)]))
    told = placed(TWO, UNUSED, [*PAID, *CAME], corrections=mended)
    assert cash(told) == {"9901": (30_000, 0, 30_000)}
    assert outstanding(told) == {"EX 1": 40_000, "EX 2": 20_000}


@pytest.mark.rule("correction_split_unfit", holds=True)
def test_the_parts_are_the_amount_and_nothing_else():
    whole = corrected(EVENTS, 4, "2024-03-01", amount_sek=("30 000 kr", [("EX 1", 29_999), ("EX 2", 1)]))
    assert cash(placed(TWO, UNUSED, [*PAID, *CAME], corrections=whole)) == {"9901": (30_000, 30_000, 0)}


@pytest.mark.rule("correction_split_unfit")
@pytest.mark.parametrize("parts", [[("EX 1", 10_000), ("EX 2", 19_999)], [("EX 1", 30_001)]])
def test_parts_that_do_not_add_up_are_a_stop(parts: list[tuple[str, int]]):
    mended = corrected(EVENTS, 4, "2024-03-01", amount_sek=("30 000 kr", parts))
    with stops_by("correction_split_unfit", where="p/2023/events.csv", todo="rad 4", never=["30 000"]):
        placed(TWO, UNUSED, [*PAID, *CAME], corrections=mended)


@pytest.mark.rule("correction_split_unfit")
def test_only_an_amount_of_an_event_or_a_booking_is_divided():
    mended = corrected(DECISIONS, 2, "2024-03-01", granted_sek=("100 000", [("EX 1", 100_000)]))
    with stops_by("correction_split_unfit", where="p/2023/decisions.csv", todo="Rätta delarna."):
        placed(TWO, corrections=mended)


def test_a_repayment_and_its_reversal_that_are_both_not_placed_leave_nothing():
    back = [{**row, "event_no": "H2", "reverses_no": "H1"} for row in CAME]
    told = placed(TWO, UNUSED, [*PAID, *({**row, "event_no": "H1"} for row in CAME), *back])
    assert [row["amount_sek"] for row in told["core_unplaced"]] == [30_000, -30_000]
    assert cash(told) == {"9901": (0, 0, 0)}


def test_money_of_somebody_whose_name_cannot_be_read_is_listed_without_a_recipient():
    told = placed(TWO, UNUSED, [*PAID, *events("Exempelkommun 10 | 2024-02-20 | Återbetalning | 30 000 kr")])
    assert [(row["recipient_code"], row["amount_sek"]) for row in told["core_unplaced"]] == [(None, 30_000)]


# -- money that went out, and what else happens -----------------------------------------------------------------------
def test_a_payment_that_cannot_be_placed_is_paid_and_not_placed():
    told = placed(TWO, (), events(f"{WHO} | 2023-11-15 | Utbetalning | 100 000 kr"))
    [row] = told["out_cash"]
    assert (row["cash_out_sek"], row["paid_sek"], row["out_not_placed_sek"]) == (100_000, 0, 100_000)
    assert set(to_do(told).values()) == {"place_money"}


def test_a_decision_on_recovery_that_does_not_tell_its_grant_is_to_be_placed_before_anybody_is_asked():
    claim = events(f"{WHO} | 2024-03-01 | Beslut om återkrav | 40 000 kr | av A. Chef | skäl: Medel är kvar")
    told = placed(TWO, UNUSED, [*PAID, *claim])
    assert to_do(told) == dict.fromkeys(("EX 1", "EX 2"), "place_event")
    assert [(row["kind"], row["amount_sek"]) for row in told["core_unplaced"]] == [("recovery_decided", 40_000)]


# -- the books --------------------------------------------------------------------------------------------------------
BOOKED = bookings(f"{WHO} | EX 1 | utbetalning | 100 000", f"{WHO} | EX 2 | utbetalning | 300 000")


def money_in(told: Told) -> list[tuple[str, str | None, int | None, int | None, int | None]]:
    """What the comparison says of all but what was paid out."""
    return [row for row in books(told) if row[4] not in {100_000, 300_000}]


@pytest.mark.parametrize(
    ("booked", "shown"),
    [
        (f"{WHO} |  | återbetalning | 30 000", [("not_placed", None, None, 30_000, 30_000)]),
        (f"{WHO} | EX 7 | återbetalning | 30 000", [("not_placed", None, None, 30_000, 30_000)]),
        (
            f"{WHO} |  | återbetalning | 29 000",
            [("not_placed", None, None, 30_000, None), ("not_placed", None, None, None, 29_000)],
        ),
    ],
)
def test_the_books_say_that_it_is_not_placed(booked: str, shown: list[tuple[object, ...]]):
    told = placed(TWO, UNUSED, [*PAID, *CAME], [*BOOKED, *bookings(booked)])
    assert money_in(told) == shown


def test_money_that_is_not_placed_and_not_booked_is_shown_all_the_same():
    told = placed(TWO, UNUSED, [*PAID, *CAME], BOOKED)
    assert money_in(told) == [("not_placed", None, None, 30_000, None)]
    [result] = [row for row in told["out_book_by_year"] if row["result"] == "not_placed"]
    sums = ("ledger_sek", "unplaced_sek", "booked_sek", "difference_sek")
    assert [result[name] for name in sums] == [0, 30_000, 0, 0 - 30_000]


def test_a_booking_that_names_the_only_grants_recipient_and_no_case_number_agrees():
    one = stating(CAME, "EX 1")
    told = placed(TWO[:1], UNUSED[:1], [*PAID[:1], *one], [*BOOKED[:1], *bookings(f"{WHO} | | återbetalning | 30 000")])
    assert ("timing", "EX 1", 30_000, None, 30_000) not in books(told)
    assert ("matched", "EX 1", 30_000, None, 30_000) in books(told)


def test_an_amount_that_is_divided_in_the_case_system_and_in_the_books_agrees_part_by_part():
    parts = [("EX 1", 10_000), ("EX 2", 20_000)]
    mended = [
        *corrected(EVENTS, 4, "2024-03-01", amount_sek=("30 000 kr", parts)),
        *corrected(BOOKINGS, 4, "2024-03-01", amount_sek=("-30000", parts)),
    ]
    told = placed(
        TWO, UNUSED, [*PAID, *CAME], [*BOOKED, *bookings(f"{WHO} | | återbetalning | 30 000")], corrections=mended
    )
    assert money_in(told) == [
        ("matched", "EX 1", 10_000, None, 10_000),
        ("matched", "EX 2", 20_000, None, 20_000),
    ]


# -- whatever is told -------------------------------------------------------------------------------------------------
CASES = st.sampled_from(["EX 1", "EX 2", "EX 8", "EX 99", None])
NAMES = st.sampled_from(["Exempelkommun 01", "Exempelkommun 02", "Exempelkommun 03"])
KINDS = st.sampled_from(["Utbetalning", "Återbetalning"])
MOVED = st.lists(st.tuples(NAMES, CASES, KINDS, st.integers(1, 9)), max_size=6)
OF_TWO = [*TWO, *decisions("Exempelkommun 02: 70 000", case="EX 8", due=DUE)]


def moved_rows(moved: list[tuple[str, str | None, str, int]]) -> Rows:
    return [
        row
        for name, case, kind, sek in moved
        for row in stating(events(f"{name} | 2024-02-20 | {kind} | {sek} 000 kr"), case)
    ]


@settings(max_examples=20, deadline=None)
@given(moved=MOVED, order=st.randoms(use_true_random=False))
def test_whatever_moves_is_on_a_grant_or_not_placed_and_the_order_of_rows_is_nothing(moved, order):
    told = placed(OF_TWO, (), moved_rows(moved))
    came, went = (
        sum(sek * 1000 for *_, kind, sek in moved if kind == word) for word in ("Återbetalning", "Utbetalning")
    )
    assert sum(row["cash_in_sek"] for row in told["out_cash"]) == came
    assert sum(row["cash_out_sek"] for row in told["out_cash"]) == went
    for row in told["out_cash"]:
        assert row["cash_in_sek"] == row["received_sek"] + row["interest_sek"] + row["in_not_placed_sek"]
        assert row["cash_out_sek"] == row["paid_sek"] + row["out_not_placed_sek"]
    shuffled = list(moved)
    order.shuffle(shuffled)
    again = placed(OF_TWO, (), moved_rows(shuffled))
    for table in ("out_cash", "core_account", "core_todo"):
        assert again[table] == told[table]


def test_a_repayment_that_is_taken_back_without_its_case_number_waits_where_money_came_in():
    came = {**CAME[0], "case_number": "EX 1", "event_no": "H1"}
    back = {**CAME[0], "event_no": "H2", "reverses_no": "H1"}
    told = placed(TWO, UNUSED, [*PAID, came, back])
    assert [row["candidates"] for row in told["core_unplaced"]] == ["EX 1"]
    refund = {**CAME[0], "event": EVENTS.codes["event"]["refunded"]}
    told = placed(TWO, UNUSED, [*PAID, came, refund])
    assert [row["candidates"] for row in told["core_unplaced"]] == ["EX 1"]

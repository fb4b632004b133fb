"""Nobody owes anything before a decision, and nobody is decided against before the time to reply has passed.

SFS 2022:1416, 11 § (the agency decides on recovery).
"""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.grant.entries import report_date, report_days
from tests.spec.books_language import entry
from tests.spec.language import decisions, reports
from tests.spec.money_language import cases, events

GRANTED = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
REPORTED = reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")
WHO = "Exempelkommun 01"
NOTICE = "Exempelkommun 01 | 2024-03-01 | Kommunicering | senast 2024-03-22"
REPLY = "Exempelkommun 01 | 2024-03-20 | Svar på kommunicering"
DECISION = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar"
INVOICE = "Exempelkommun 01 | 2024-04-03 | Faktura | 184 363 kr | senast 2024-05-03"
HALF = "Exempelkommun 01 | 2024-05-02 | Återbetalning | 92 181 kr"


def case(*lines: str, as_of: str) -> dict[str, Any]:
    return cases(GRANTED, REPORTED, events(*lines), as_of=as_of, reported_on="2024-01-30")[WHO]


def test_unused_money_is_a_matter_to_decide_from_the_day_of_the_report():
    opened = case(as_of="2024-02-15")
    assert (opened["matter"], opened["state"]) == ("unused_outstanding", "to_decide")
    assert str(opened["opened_date"]) == "2024-01-30"
    assert opened["amount_at_issue_sek"] == 184_363
    assert opened["todo"] == "decide_on_unused"


def test_the_recipient_may_reply_through_the_last_day():
    heard = case(NOTICE, as_of="2024-03-22")
    assert (heard["state"], heard["todo"], heard["is_overdue"]) == ("hearing_open", "await_hearing", False)


def test_the_day_after_the_official_may_decide():
    heard = case(NOTICE, as_of="2024-03-23")
    assert (heard["state"], heard["todo"], heard["is_overdue"]) == ("hearing_overdue", "decide_after_hearing", True)
    assert str(heard["state_date"]) == "2024-03-23"


def test_a_reply_ends_the_waiting():
    heard = case(NOTICE, REPLY, as_of="2024-03-21")
    assert (heard["state"], heard["todo"]) == ("hearing_answered", "decide_after_hearing")


def test_a_decision_has_a_day_an_official_and_a_reason():
    decided = case(NOTICE, REPLY, DECISION, as_of="2024-04-02")
    assert (decided["state"], decided["todo"]) == ("recovered", "send_invoice")
    assert str(decided["decided_date"]) == "2024-04-02"
    assert (decided["decided_by"], decided["reason"]) == ("A. Chef", "Medel är kvar")
    assert decided["claimed_sek"] == decided["outstanding_sek"] == 184_363


def test_an_invoice_is_overdue_the_day_after_its_last_day():
    assert case(NOTICE, DECISION, INVOICE, as_of="2024-05-03")["state"] == "invoiced"
    late = case(NOTICE, DECISION, INVOICE, as_of="2024-05-04")
    assert (late["state"], late["todo"], late["is_overdue"]) == ("overdue", "remind_of_payment", True)


def test_half_a_payment_leaves_the_other_half_overdue():
    late = case(NOTICE, DECISION, INVOICE, HALF, as_of="2024-05-04")
    assert late["state"] == "overdue"
    assert late["amount_at_issue_sek"] == 184_363 - 92_181


def test_a_payment_in_time_ends_the_case():
    paid = case(
        NOTICE, DECISION, INVOICE, "Exempelkommun 01 | 2024-05-03 | Återbetalning | 184 363 kr", as_of="2024-05-04"
    )
    assert (paid["state"], paid["todo"], paid["amount_at_issue_sek"]) == ("paid", None, None)
    assert paid["outstanding_sek"] == 0


def test_a_payment_after_the_last_day_is_late():
    paid = case(
        NOTICE, DECISION, INVOICE, "Exempelkommun 01 | 2024-05-04 | Återbetalning | 184 363 kr", as_of="2024-05-05"
    )
    assert paid["state"] == "paid_late"


def test_a_payment_that_was_booked_by_mistake_and_reversed_settles_nothing():
    wrong = "Exempelkommun 01 | 2024-05-02 | Återbetalning | 184 363 kr | nr H1"
    back = "Exempelkommun 01 | 2024-05-03 | Återbetalning | 184 363 kr | nr H2 | återför H1"
    assert case(NOTICE, DECISION, INVOICE, wrong, as_of="2024-05-02")["state"] == "paid"
    assert case(NOTICE, DECISION, INVOICE, wrong, back, as_of="2024-05-04")["state"] == "overdue"


def test_who_was_reminded_of_a_payment_is_waited_for_and_then_decided_on():
    reminder = "Exempelkommun 01 | 2024-05-10 | Betalningspåminnelse | senast 2024-05-20"
    assert case(NOTICE, DECISION, INVOICE, reminder, as_of="2024-05-20")["todo"] == "await_payment"
    assert case(NOTICE, DECISION, INVOICE, reminder, as_of="2024-05-21")["todo"] == "decide_on_unpaid"


@settings(max_examples=10, deadline=None)
@given(st.permutations([NOTICE, REPLY, DECISION, INVOICE, HALF]))
def test_the_order_in_which_events_stand_in_the_file_does_not_matter(lines: list[str]):
    late = case(*lines, as_of="2024-05-04")
    assert (late["state"], late["amount_at_issue_sek"]) == ("overdue", 184_363 - 92_181)
    assert (str(late["state_date"]), late["decided_by"]) == ("2024-05-04", "A. Chef")


def test_a_case_that_is_closed_without_a_claim_is_closed():
    closed = case(
        NOTICE,
        "Exempelkommun 01 | 2024-04-02 | Ärendet avslutat utan återkrav | av A. Chef | skäl: Beloppet är ringa",
        as_of="2024-04-02",
    )
    assert (closed["state"], closed["todo"], closed["reason"]) == ("closed", None, "Beloppet är ringa")


def test_only_what_is_claimed_is_owed():
    part = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 100 000 kr | av A. Chef | skäl: En del av medlen"
    bill = "Exempelkommun 01 | 2024-04-03 | Faktura | 100 000 kr | senast 2024-05-03"
    assert case(part, bill, as_of="2024-05-04")["amount_at_issue_sek"] == 100_000


def test_what_was_never_claimed_is_to_be_decided_when_the_claim_is_paid():
    part = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 100 000 kr | av A. Chef | skäl: En del av medlen"
    bill = "Exempelkommun 01 | 2024-04-03 | Faktura | 100 000 kr | senast 2024-05-03"
    paid = "Exempelkommun 01 | 2024-05-03 | Återbetalning | 100 000 kr"
    rest = case(part, bill, paid, as_of="2024-05-04")
    assert (rest["state"], rest["todo"], str(rest["state_date"])) == ("to_decide", "decide_on_unused", "2024-05-03")
    assert rest["amount_at_issue_sek"] == rest["outstanding_sek"] == 184_363 - 100_000
    closed = "Exempelkommun 01 | 2024-05-10 | Ärendet avslutat utan återkrav | av A. Chef | skäl: Resten är ringa"
    assert case(part, bill, paid, closed, as_of="2024-05-10")["state"] == "closed"


def test_a_later_waiver_takes_what_was_never_claimed_and_then_of_the_claim():
    part = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 100 000 kr | av A. Chef | skäl: En del av medlen"
    waiver = "Exempelkommun 01 | 2024-04-10 | Efterskänkt återkrav | 100 000 kr | av B. Chef | skäl: Särskilda skäl"
    rest = case(part, waiver, as_of="2024-04-10")
    never_claimed = 184_363 - 100_000
    of_the_claim = 100_000 - never_claimed
    assert (rest["state"], rest["todo"], str(rest["state_date"])) == ("waived_in_part", "send_invoice", "2024-04-10")
    assert rest["amount_at_issue_sek"] == rest["outstanding_sek"] == 100_000 - of_the_claim


def test_what_was_repaid_before_a_claim_is_no_payment_of_it():
    before = "Exempelkommun 01 | 2024-02-10 | Återbetalning | 100 000 kr"
    rest = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 84 363 kr | av A. Chef | skäl: Resten är kvar"
    bill = "Exempelkommun 01 | 2024-04-03 | Faktura | 84 363 kr | senast 2024-05-03"
    late = case(before, rest, bill, as_of="2024-05-04")
    assert (late["state"], late["amount_at_issue_sek"]) == ("overdue", 184_363 - 100_000)


def test_a_case_that_was_closed_before_the_report_came_is_open_again_when_money_is_left():
    closed = "Exempelkommun 01 | 2024-01-20 | Ärendet avslutat utan återkrav | av A. Chef | skäl: Rapport väntas"
    opened = case(closed, as_of="2024-02-15")
    assert (opened["state"], opened["todo"], str(opened["state_date"])) == (
        "to_decide",
        "decide_on_unused",
        "2024-01-30",
    )


def test_of_one_day_the_later_step_of_a_case_holds_wherever_it_stands_in_the_file():
    bill = INVOICE.replace("2024-04-03", "2024-04-02")
    assert case(DECISION, bill, as_of="2024-04-02")["state"] == "invoiced"
    assert case(bill, DECISION, as_of="2024-04-02")["state"] == "invoiced"


def test_a_decision_of_which_a_part_is_reversed_stands():
    whole = f"{DECISION} | nr H1"
    part = (
        "Exempelkommun 01 | 2024-04-05 | Beslut om återkrav | 84 363 kr | av A. Chef | skäl: Fel | nr H2 | återför H1"
    )
    decided = case(whole, part, as_of="2024-04-05")
    assert (decided["state"], decided["decided_by"]) == ("recovered", "A. Chef")
    assert decided["claimed_sek"] == 184_363 - 84_363


def test_who_has_sent_the_supplement_is_waited_for_no_longer():
    asked = "Exempelkommun 01 | 2024-02-20 | Begäran om komplettering | senast 2024-03-05"
    told = cases(GRANTED, REPORTED, events(asked), as_of="2024-03-10", reported_on="2024-03-01")[WHO]
    assert (told["state"], told["todo"]) == ("to_decide", "decide_on_unused")
    waiting = cases(GRANTED, REPORTED, events(asked), as_of="2024-03-10", reported_on="2024-01-30")[WHO]
    assert (waiting["state"], waiting["todo"]) == ("supplement_requested", "close_supplement")


def test_a_report_of_a_krona_more_than_the_grant_is_a_difference_of_a_krona_to_decide():
    more = cases(GRANTED, reports("Exempelkommun 01: 700 001 använt, 0 oanvänt"), as_of="2024-02-15")[WHO]
    assert (more["todo"], more["amount_at_issue_sek"]) == ("decide_on_difference", 1)


def test_a_report_of_a_krona_less_than_the_grant_is_a_difference_to_decide():
    less = cases(GRANTED, reports("Exempelkommun 01: 515 636 använt, 184 363 oanvänt"), as_of="2024-02-15")[WHO]
    assert (less["matter"], less["todo"]) == ("under_reported", "decide_on_difference")


def test_a_single_krona_that_was_not_used_is_evidence_of_a_ground():
    one = cases(GRANTED, reports("Exempelkommun 01: 699 999 använt, 1 oanvänt"), as_of="2024-02-15")[WHO]
    assert "unused_not_repaid" in {ground["evidence"] for ground in one["grounds"]}


def test_a_hearing_on_what_was_never_claimed_is_awaited():
    part = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 100 000 kr | av A. Chef | skäl: En del av medlen"
    paid = "Exempelkommun 01 | 2024-05-03 | Återbetalning | 100 000 kr"
    notice = "Exempelkommun 01 | 2024-05-10 | Kommunicering | senast 2024-05-31"
    heard = case(part, paid, notice, as_of="2024-05-20")
    assert (heard["state"], heard["todo"], heard["amount_at_issue_sek"]) == ("hearing_open", "await_hearing", 84_363)


def test_a_correction_of_a_report_does_not_move_the_day_on_which_it_came():
    came, corrected = dt.date(2024, 1, 30), dt.date(2024, 2, 20)
    first = entry("R1", "reported_unused", came, 184_363, row_id="R1")
    again = entry("R2", "reported_unused", corrected, 200_000, row_id="R1", cause="correction")
    assert report_date([first, again], report_days([first, again])) == came


def test_a_report_came_when_it_came_though_the_decision_is_known_later():
    """Another recipient's decision is older: no report is from before all decisions of its round."""
    late = [{**row, "decided_date": "2024-06-01"} for row in GRANTED]
    first = decisions("Exempelkommun 02: 5", decided="2023-12-01", due="2024-12-01")
    found = cases([*late, *first], REPORTED, as_of="2024-06-15", reported_on="2024-01-30")[WHO]
    assert found["opened_date"] == dt.date(2024, 1, 30)

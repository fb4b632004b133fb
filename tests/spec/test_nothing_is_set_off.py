"""What one owes is never set off against what the other owes; every term of an account is at least zero.

paid = accepted use + repayable + not accounted for - to pay out; repayable = received + waived + written off +
outstanding - overpaid; outstanding = left of claims + notified + undecided. SFS 2022:1416, 9 to 11 §§.
"""

from tests.spec.recovery_language import grant


def test_without_a_report_all_that_was_paid_is_not_accounted_for():
    told = grant(reported=None, due="2023-08-01")
    assert (told.unaccounted, told.accepted_use, told.repayable, told.outstanding) == (100_000, 0, 0, 0)


def test_a_claim_because_no_report_came_takes_from_what_is_not_accounted_for():
    told = grant("2023-05-01 återkräver 50 000", reported=None, due="2023-03-01")
    assert (told.repayable, told.unaccounted, told.accepted_use) == (50_000, 50_000, 0)


def test_what_a_report_does_not_account_for_is_neither_used_nor_repayable():
    told = grant(used=60_000, unused=20_000)
    assert (told.accepted_use, told.repayable, told.unaccounted) == (60_000, 20_000, 20_000)
    assert told.todos == [("decide_on_difference", 40_000)]


def test_what_is_repaid_unasked_before_a_report_is_repayable_by_that():
    told = grant("2023-01-15 återbetalar 40 000", reported=None, due="2023-08-01")
    assert (told.repayable, told.overpaid, told.unaccounted) == (40_000, 0, 60_000)
    assert grant("2023-01-15 återbetalar 40 000").status == "unused_repaid"


def test_use_above_what_was_paid_is_to_be_paid_out():
    told = grant("2022-12-01 innehåller 30 000", paid=70_000, used=100_000, unused=0)
    assert (told.withheld, told.unpaid, told.to_pay_out, told.repayable) == (30_000, 0, 30_000, 0)
    assert told.todos == [("pay_out", 30_000)]


def test_money_that_is_withheld_and_not_due_for_use_is_to_be_decided_on():
    told = grant("2022-12-01 innehåller 30 000", paid=70_000)
    assert (told.repayable, told.to_pay_out, told.withheld) == (10_000, 0, 30_000)
    assert ("decide_on_withheld", 30_000) in told.todos


def test_what_is_neither_paid_nor_withheld_is_to_be_paid_until_a_report_tells_of_its_use():
    before = grant(paid=70_000, reported=None, due="2023-08-01")
    assert (before.unpaid, before.todos) == (30_000, [("pay_grant", 30_000)])
    after = grant(paid=70_000)
    assert (after.unpaid, after.todos) == (30_000, [("decide_on_unused", 10_000)])


def test_use_that_is_not_accepted_is_taken_from_what_was_never_paid_first():
    told = grant("2022-12-01 innehåller 30 000", "2023-03-01 godtar inte 20 000", paid=70_000, used=100_000, unused=0)
    assert (told.accepted_use, told.to_pay_out, told.repayable) == (80_000, 10_000, 0)


def test_more_repaid_than_is_repayable_is_refunded_and_no_debt_is_lowered_by_it():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-20 återbetalar 45 000")
    assert (told.outstanding, told.overpaid, told.todos) == (0, 5_000, [("refund", 5_000)])
    refunded = grant(
        "2023-05-01 återkräver 40 000", "2023-05-20 återbetalar 45 000", "2023-06-01 betalar tillbaka 5 000"
    )
    assert (refunded.received, refunded.overpaid, refunded.todos) == (40_000, 0, [])


def test_paid_twice_is_repayable_beside_the_use_of_the_grant():
    told = grant("2022-12-05 betalar ut 100 000", used=100_000, unused=0)
    assert (told.repayable, told.undecided, "paid_above_granted" in told.found) == (100_000, 100_000, True)


# -- interest, fees, write-offs ---------------------------------------------------------------------------------------
def test_interest_is_paid_before_principal_and_stands_in_an_account_of_its_own():
    claim, interest = "2023-05-01 återkräver 40 000", "2023-06-01 ränta 500"
    whole = grant(claim, interest, "2023-06-20 återbetalar 40 500")
    assert (whole.received, whole.charges, whole.charges_received, whole.outstanding) == (40_000, 500, 500, 0)
    short = grant(claim, interest, "2023-06-20 återbetalar 40 000")
    assert (short.received, short.charges_received, short.outstanding) == (39_500, 500, 500)


def test_interest_that_was_not_due_yet_is_not_paid_by_an_earlier_payment():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-20 återbetalar 40 000", "2023-06-01 avgift 60")
    assert (told.received, told.charges, told.charges_received, told.outstanding) == (40_000, 60, 0, 0)


def test_a_payment_that_says_it_is_of_the_principal_is():
    lines = ["2023-05-01 återkräver 40 000", "2023-06-01 ränta 500", "2023-06-20 återbetalar 40 000 | avser principal"]
    assert grant(*lines).outstanding == 0


def test_what_comes_in_after_a_write_off_takes_the_write_off_back():
    lines = ["2023-05-01 återkräver 40 000", "2023-06-01 skriver av 40 000"]
    assert (grant(*lines).written_off, grant(*lines).outstanding) == (40_000, 0)
    paid = grant(*lines, "2023-06-20 återbetalar 10 000")
    assert (paid.received, paid.written_off, paid.outstanding, paid.overpaid) == (10_000, 30_000, 0, 0)


# -- the ordinary way -------------------------------------------------------------------------------------------------
def test_an_invoice_of_reported_unused_money_needs_no_decision_and_is_no_claim():
    told = grant("2023-03-01 fakturerar 40 000 | senast 2023-07-15")
    assert (told.status, told.claimed, told.notified, told.undecided) == ("notified", 0, 40_000, 0)
    assert told.todos == [("await_payment", 40_000)]
    assert told.found == set()


def test_when_it_is_paid_nothing_is_left_to_do():
    paid = grant("2023-03-01 fakturerar 40 000", "2023-03-20 återbetalar 40 000")
    assert (paid.outstanding, paid.notified, paid.status, paid.todos) == (0, 0, "unused_repaid", [])


def test_overdue_it_leads_to_a_hearing_and_a_decision():
    overdue = grant("2023-03-01 fakturerar 40 000 | senast 2023-03-31")
    assert overdue.todos == [("hear_on_unpaid", 40_000)]
    assert overdue.demands == []
    heard = grant("2023-03-01 fakturerar 40 000 | senast 2023-03-31", "2023-04-03 kommunicerar | senast 2023-04-24")
    assert [todo for todo, _ in heard.todos] == ["decide_after_hearing"]


def test_a_notice_of_a_part_that_is_paid_leaves_the_rest_undecided():
    told = grant("2023-03-01 fakturerar 20 000", "2023-03-20 återbetalar 20 000")
    assert (told.outstanding, told.notified, told.undecided) == (20_000, 0, 20_000)


def test_a_claim_beside_a_notice_keeps_them_apart():
    told = grant("2023-03-01 fakturerar 40 000", "2023-05-01 återkräver 20 000 | avser use")
    assert (told.repayable, told.claim_left, told.notified, told.undecided) == (60_000, 20_000, 40_000, 0)


def test_a_grant_that_is_lowered_after_its_report_is_held_against_the_grant_of_its_day():
    told = grant("2023-03-01 ändrar beslutet till 80 000")
    assert (told.granted, told.repayable, told.accepted_use) == (80_000, 40_000, 60_000)
    lower = grant("2023-03-01 ändrar beslutet till 50 000")
    assert (lower.repayable, lower.accepted_use) == (50_000, 50_000)

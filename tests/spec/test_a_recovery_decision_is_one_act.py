"""A decision on recovery is one act: what it claims, what it waives, what it covers, and which decision it replaces.

100 000 granted and paid, 60 000 used and 40 000 unused, if nothing else is said. SFS 2022:1416, 10 and 11 §§.
"""

import pytest

from tests.spec.recovery_language import grant


def test_a_claim_of_use_that_says_so_is_repayable_beside_the_unused_money_that_was_repaid():
    """The printed annex: 184 363 of 700 000 unused and repaid; a recovery of 110 191 was decided later."""
    repaid = "2023-02-20 återbetalar 184 363"
    of = {"granted": 700_000, "paid": 700_000, "used": 515_637, "unused": 184_363}
    told = grant(repaid, "2023-05-01 återkräver 110 191 | avser use", **of)
    assert (told.repayable, told.outstanding) == (184_363 + 110_191, 110_191)
    assert told.todos == [("send_invoice", 110_191)]
    assert "claim_reaches_use" not in told.found


def test_where_it_is_silent_and_everything_else_is_settled_it_is_to_be_confirmed_before_an_invoice():
    repaid, claim = "2023-02-20 återbetalar 184 363", "2023-05-01 återkräver 110 191"
    of = {"granted": 700_000, "paid": 700_000, "used": 515_637, "unused": 184_363}
    silent = grant(repaid, claim, **of)
    assert (silent.repayable, silent.outstanding, silent.todos) == (294_554, 110_191, [("confirm_cover", 110_191)])
    assert "claim_reaches_use" in silent.found
    paid = grant(repaid, claim, "2023-06-01 återbetalar 110 191", **of)
    assert (paid.outstanding, paid.overpaid, paid.status, paid.todos) == (0, 0, "settled", [])


def test_a_claim_and_a_waiver_in_one_decision_leave_the_claim_to_be_invoiced():
    decided = grant("2023-05-01 återkräver 25 000, avstår 15 000")
    assert decided.todos == [("send_invoice", 25_000)]
    assert (decided.claimed, decided.waived, decided.outstanding, decided.undecided) == (25_000, 15_000, 25_000, 0)


def test_when_that_is_paid_it_is_settled():
    lines = [
        "2023-05-01 återkräver 25 000, avstår 15 000",
        "2023-05-02 fakturerar 25 000",
        "2023-05-20 återbetalar 25 000",
    ]
    paid = grant(*lines)
    assert (paid.outstanding, paid.overpaid, paid.todos) == (0, 0, [])


def test_told_gross_the_same_decision_claims_forty_thousand_with_what_is_waived():
    gross = grant("2023-05-01 återkräver 40 000, avstår 15 000", claim="gross")
    assert (gross.claimed, gross.waived, gross.outstanding) == (25_000, 15_000, 25_000)
    net = grant("2023-05-01 återkräver 40 000, avstår 15 000", claim="net")
    assert (net.repayable, net.claimed, net.waived, net.outstanding) == (55_000, 40_000, 15_000, 40_000)


def test_a_waiver_of_all_that_claims_nothing_is_settled_as_waived():
    waived = grant("2023-05-01 avstår 40 000")
    assert (waived.status, waived.outstanding, waived.todos, waived.found) == ("waived", 0, [], set())


CLAIM, RECONSIDERED = "2023-05-01 återkräver 40 000 | nr 9", "2023-05-22 återkräver 30 000 | nr 10 | ersätter 9"


def test_a_reconsidered_claim_is_the_claim_and_what_it_leaves_is_to_be_decided():
    paid = grant(CLAIM, RECONSIDERED, "2023-06-10 återbetalar 30 000")
    assert (paid.claimed, paid.received, paid.claim_left, paid.undecided) == (30_000, 30_000, 0, 10_000)
    assert paid.todos == [("decide_on_unused", 10_000)]
    assert paid.demands == []


def test_unless_the_second_decision_waives_it():
    waived = "2023-05-22 återkräver 30 000, avstår 10 000 | nr 10 | ersätter 9"
    paid = grant(CLAIM, waived, "2023-06-10 återbetalar 30 000")
    assert (paid.outstanding, paid.todos) == (0, [])


def test_what_was_paid_between_the_two_is_a_payment_of_the_second():
    paid = "2023-05-10 återbetalar 40 000"
    settled = grant(CLAIM, paid, RECONSIDERED)
    assert (settled.outstanding, settled.overpaid, settled.todos) == (0, 0, [])
    waived = "2023-05-22 återkräver 30 000, avstår 10 000 | nr 10 | ersätter 9"
    refund = grant(CLAIM, paid, waived)
    assert (refund.outstanding, refund.overpaid, refund.todos) == (0, 10_000, [("refund", 10_000)])
    refunded = grant(CLAIM, paid, waived, "2023-06-15 betalar tillbaka 10 000")
    assert (refunded.received, refunded.overpaid, refunded.todos) == (30_000, 0, [])


def test_a_reversal_of_the_second_revives_the_first():
    revived = grant(CLAIM, RECONSIDERED, "2023-06-01 återför 10 | nr 11")
    assert (revived.claimed, revived.claim_left) == (40_000, 40_000)


def test_a_reversal_that_is_reversed_is_none():
    twice = grant(CLAIM, "2023-06-01 återför 9 | nr 11", "2023-06-02 återför 11 | nr 12")
    assert twice.found == grant(CLAIM).found
    assert twice.claim_left == 40_000


def test_a_claim_and_its_reversal_are_neither():
    neither = grant(CLAIM, "2023-05-02 återför 9 | nr 11")
    before = grant()
    assert {k: v for k, v in neither.account.items() if k.endswith("_sek")} == {
        k: v for k, v in before.account.items() if k.endswith("_sek")
    }


def test_a_later_waiver_takes_what_no_decision_covers_and_then_the_claim():
    whole = grant("2023-05-01 återkräver 40 000", "2023-05-13 avstår 15 000")
    assert (whole.repayable, whole.claim_left, whole.todos) == (40_000, 25_000, [("send_invoice", 25_000)])
    part = grant("2023-05-01 återkräver 25 000", "2023-06-01 avstår 15 000")
    assert (part.claim_left, part.undecided) == (25_000, 0)


def test_use_that_is_not_accepted_and_a_claim_of_it_are_one_thing():
    lines = ["2023-02-20 återbetalar 40 000", "2023-04-01 godtar inte 20 000", "2023-05-01 återkräver 20 000"]
    told = grant(*lines)
    assert (told.repayable, told.accepted_use, told.todos) == (60_000, 40_000, [("send_invoice", 20_000)])


def test_a_report_that_comes_after_the_claim_is_a_reason_to_reconsider_and_no_reminder_goes():
    claimed = ["2023-04-01 återkräver 100 000", "2023-04-02 fakturerar 100 000 | senast 2023-05-02"]
    reconsider = grant(*claimed, reported="2023-05-01", due="2023-03-01")
    assert (reconsider.claimed, reconsider.claim_left, reconsider.repayable) == (100_000, 100_000, 100_000)
    assert reconsider.todos == [("reconsider", 100_000)]
    assert not reconsider.writes
    assert "report_after_claim" in reconsider.found


def test_a_claim_for_false_information_is_paid_by_what_comes_in_after_it():
    lines = ["2023-02-20 återbetalar 40 000", "2023-05-01 återkräver 60 000 | avser use | grund false_information"]
    assert grant(*lines, "2023-06-01 återbetalar 20 000").outstanding == 40_000


def test_a_claim_on_unused_money_alone_never_reaches_accepted_use():
    told = grant("2023-04-20 återbetalar 10 000", "2023-05-01 återkräver 40 000 | avser unused")
    assert (told.repayable, told.accepted_use, told.outstanding) == (40_000, 60_000, 30_000)
    assert told.todos == [("settle_finding", 30_000)]
    assert "claim_above_cover" in told.found


def test_a_silent_claim_takes_what_no_report_accounts_for_before_accepted_use():
    told = grant("2023-05-01 återkräver 40 000", used=60_000, unused=20_000)
    assert (told.repayable, told.accepted_use, told.unaccounted) == (40_000, 60_000, 0)
    assert "claim_reaches_use" not in told.found


# -- two of which none says that it replaces the other ----------------------------------------------------------------
def test_two_on_the_same_ground_are_one_claim_the_later():
    told = grant(
        "2023-05-01 återkräver 40 000 | nr 9 | grund unused", "2023-05-22 återkräver 30 000 | nr 10 | grund unused"
    )
    assert (told.claimed, told.repayable, told.undecided) == (30_000, 40_000, 10_000)
    assert told.found == set()


def test_two_on_different_grounds_stand_beside_each_other():
    told = grant(
        "2023-05-01 återkräver 40 000 | nr 9 | grund unused | avser unused",
        "2023-05-22 återkräver 30 000 | nr 10 | grund condition_broken | avser use",
    )
    assert (told.claimed, told.repayable, told.claim_left) == (70_000, 70_000, 70_000)
    assert told.found == set()


@pytest.mark.parametrize("amounts", [("40 000", "30 000"), ("30 000", "40 000")])
def test_without_a_ground_both_are_named_the_lower_holds_and_no_letter_goes(amounts: tuple[str, str]):
    first, second = amounts
    told = grant(
        f"2023-05-01 återkräver {first} | nr 9",
        "2023-05-02 fakturerar 30 000",
        f"2023-05-22 återkräver {second} | nr 10",
    )
    assert (told.claimed, told.claim_left) == (30_000, 30_000)
    assert [todo for todo, _ in told.todos] == ["settle_finding"]
    assert not told.writes
    [finding] = [row for row in told.tables["core_finding"] if row["rule"] == "claims_without_ground"]
    assert (finding["source_row"], "rad 3 i" in finding["message_sv"]) == (5, True)


def test_grounds_of_one_decision_are_its_parts():
    parts = [
        "2023-05-01 återkräver 40 000 | grund unused | avser unused",
        "2023-05-01 återkräver 10 000 | grund no_report | avser use",
    ]
    told = grant(*parts)
    assert (told.claimed, len(told.tables["core_recovery_decision"])) == (50_000, 1)
    rows = {row["grounds"]: row for row in told.tables["out_recovery_by_ground"]}
    assert {name: row["claimed_sek"] for name, row in rows.items()} == {"unused": 40_000, "no_report": 10_000}


def test_several_grounds_with_one_amount_are_a_row_of_their_own():
    told = grant("2023-05-01 återkräver 25 000, avstår 15 000 | grund unused+no_report", "2023-05-20 återbetalar 5 000")
    [row] = told.tables["out_recovery_by_ground"]
    assert row["grounds"] == "no_report+unused"
    assert (row["decided_sek"], row["claimed_sek"], row["waived_sek"], row["received_sek"]) == (
        40_000,
        25_000,
        15_000,
        5_000,
    )


# -- ambiguity is told ------------------------------------------------------------------------------------------------
def test_of_two_claims_of_one_day_the_number_decides():
    told = grant("2023-05-01 återkräver 40 000 | nr 10", "2023-05-01 återkräver 30 000 | nr 9")
    assert (told.claimed, told.todos) == (40_000, [("send_invoice", 40_000)])


def test_without_numbers_the_lower_holds_and_both_are_named():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-01 återkräver 30 000")
    assert (told.claimed, [todo for todo, _ in told.todos]) == (30_000, ["settle_finding"])
    [finding] = [row for row in told.tables["core_finding"] if row["rule"] == "claims_of_one_day"]
    rows = {3, 4}
    [other] = rows - {finding["source_row"]}
    assert f"rad {other} i" in finding["message_sv"]


def test_equal_ones_are_one():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-01 återkräver 40 000")
    assert (told.claimed, told.todos) == (40_000, [("send_invoice", 40_000)])


def test_of_two_adjusted_decisions_of_one_day_without_numbers_the_one_before_holds():
    both = ["2023-01-10 ändrar beslutet till 90 000", "2023-01-10 ändrar beslutet till 80 000"]
    told = grant(*both)
    assert (told.granted, "decisions_of_one_day" in told.found) == (100_000, True)
    numbered = grant(f"{both[0]} | nr 6", f"{both[1]} | nr 5")
    assert (numbered.granted, "decisions_of_one_day" in numbered.found) == (90_000, False)


def test_a_payment_on_the_day_of_the_claim_is_payment_of_it_and_told():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-01 återbetalar 40 000")
    assert (told.outstanding, "payment_on_the_day_of_the_claim" in told.found) == (0, True)
    before = grant("2023-05-01 återkräver 40 000", "2023-04-30 återbetalar 40 000")
    assert "payment_on_the_day_of_the_claim" not in before.found


# -- contradictions: a finding with its address, and the identities hold -----------------------------------------------
def test_a_decision_that_replaces_one_that_is_not_there_does_not_count():
    told = grant(CLAIM, "2023-05-22 återkräver 30 000 | nr 10 | ersätter 77")
    assert (told.claimed, "claim_replaces_nothing" in told.found, told.writes) == (40_000, True, False)


def test_more_claimed_and_waived_than_was_paid_does_not_count():
    told = grant("2023-05-01 återkräver 90 000, avstår 10 001")
    assert (told.claimed, told.outstanding, "claim_above_paid" in told.found) == (0, 40_000, True)
    assert grant("2023-05-01 återkräver 90 000, avstår 10 000").claimed == 90_000


def test_a_waiver_of_more_than_is_left_never_makes_the_agency_owe():
    told = grant("2023-05-01 avstår 40 001")
    assert (told.waived, told.overpaid, told.outstanding, told.found) == (40_000, 0, 0, {"waiver_above_left"})
    nothing = grant("2023-05-01 avstår 10 000", used=100_000, unused=0)
    assert (nothing.repayable, nothing.overpaid, "waiver_above_left" in nothing.found) == (0, 0, True)


def test_a_reversal_of_nothing_moves_nothing():
    told = grant("2023-05-01 återkräver 40 000", "2023-05-20 återför 99 | nr 12")
    assert (told.received, told.outstanding, "reversal_of_nothing" in told.found) == (0, 40_000, True)


def test_two_decisions_that_replace_each_other_are_none():
    told = grant(
        "2023-05-01 återkräver 40 000 | nr 9 | ersätter 10", "2023-05-22 återkräver 30 000 | nr 10 | ersätter 9"
    )
    assert (told.claimed, "claim_replaces_nothing" in told.found) == (0, True)


def test_where_no_source_tells_of_repayments_the_cover_must_be_told():
    silent = grant("2023-05-01 återkräver 20 000", untold=["repaid"])
    assert (silent.repayable, "claim_cover_not_told" in silent.found) == (40_000, True)
    told = grant("2023-05-01 återkräver 20 000 | avser use", untold=["repaid"])
    assert (told.repayable, "claim_cover_not_told" in told.found) == (60_000, False)


# -- what was repaid, and when ----------------------------------------------------------------------------------------
def test_money_that_came_before_a_second_claim_is_no_payment_of_it():
    told = grant(
        "2023-05-01 återkräver 10 000 | avser use | grund false_information | nr 1",
        "2023-05-10 återbetalar 10 000",
        "2023-05-20 återbetalar 40 000",
        "2023-06-01 återkräver 20 000 | avser use | grund condition_broken | nr 2",
    )
    assert (told.repayable, told.outstanding, told.claim_left, told.undecided) == (70_000, 20_000, 20_000, 0)
    assert told.todos == [("send_invoice", 20_000)]
    rows = {row["grounds"]: row["received_sek"] for row in told.tables["out_recovery_by_ground"]}
    assert rows == {"condition_broken": 0, "false_information": 10_000}


@pytest.mark.parametrize("refunded", [(), ("2023-03-01 betalar tillbaka 10 000",)])
def test_too_much_repaid_before_a_claim_of_use_takes_no_more_use_than_the_claim(refunded: tuple[str, ...]):
    told = grant("2023-02-20 återbetalar 50 000", *refunded, "2023-05-01 återkräver 20 000 | avser use")
    assert (told.repayable, told.accepted_use) == (60_000, 40_000)
    assert told.outstanding == 60_000 - told.received


def test_what_was_paid_back_to_the_recipient_is_not_repaid_when_a_claim_or_a_waiver_comes():
    back = ("2023-02-20 återbetalar 40 000", "2023-03-01 betalar tillbaka 15 000")
    claimed = grant(*back, "2023-05-01 återkräver 15 000")
    assert (claimed.repayable, claimed.accepted_use, claimed.todos) == (40_000, 60_000, [("send_invoice", 15_000)])
    waived = grant(*back, "2023-05-01 avstår 15 000")
    assert (waived.waived, waived.outstanding, waived.found, waived.todos) == (15_000, 0, set(), [])


def test_a_silent_claim_beside_one_of_use_has_no_part_of_that_use():
    told = grant(
        "2023-05-01 återkräver 60 000 | grund unused", "2023-05-01 återkräver 20 000 | avser use | grund no_report"
    )
    assert (told.repayable, told.accepted_use) == (80_000, 20_000)
    assert told.todos == [("confirm_cover", 80_000)]


def test_two_that_replace_the_same_decision_do_not_add_up():
    third = "2023-06-01 återkräver 20 000 | nr 11 | ersätter 9"
    told = grant(CLAIM, RECONSIDERED, third)
    assert (told.claimed, told.repayable) == (20_000, 40_000)
    assert "claims_without_ground" in told.found
    assert told.todos == [("settle_finding", 20_000)]
    same = grant(CLAIM, f"{RECONSIDERED} | grund unused", f"{third} | grund unused")
    assert (same.claimed, same.undecided, same.found) == (20_000, 20_000, set())


def test_a_decision_that_claims_nothing_leads_to_no_invoice():
    assert grant("2023-05-01 återkräver 0").todos == [("decide_on_unused", 40_000)]


@pytest.mark.parametrize(
    "line", ["2023-04-10 återbetalar 10 000", "2023-04-10 avstår 10 000", "2023-04-10 fakturerar 10 000"]
)
def test_a_report_that_is_missing_stays_to_be_asked_for(line: str):
    told = grant(line, reported=None, due="2023-03-01")
    assert (told.status, [todo for todo, _ in told.todos]) == ("no_report", ["remind_of_report"])


def test_what_a_report_does_not_account_for_stays_to_be_decided_when_the_unused_is_repaid():
    told = grant("2023-04-10 återbetalar 20 000", unused=20_000)
    assert (told.unaccounted, told.todos) == (20_000, [("decide_on_difference", 20_000)])


@pytest.mark.parametrize("act", ["betalar ut 100 000", "återkräver 40 000", "återbetalar 40 000"])
def test_money_that_moves_before_the_grant_was_decided_is_found_at_its_day(act: str):
    early, on_it = (grant(f"{day} {act}") for day in ("2022-11-14", "2022-11-15"))
    [found] = [row for row in early.tables["core_finding"] if row["rule"] == "money_before_decision"]
    assert (found["source_row"], "2022-11-14" in found["message_sv"]) == (3, True)
    assert "money_before_decision" not in on_it.found


def test_claims_that_are_together_more_than_was_paid_do_not_all_count():
    told = grant("2023-05-01 återkräver 70 000 | grund unused", "2023-05-22 återkräver 60 000 | grund no_report")
    assert (told.claimed, "claim_above_paid" in told.found, told.writes) == (70_000, True, False)


def test_a_decision_whose_predecessor_was_reversed_stands_in_no_place_of_what_that_one_replaced():
    """40 000; 30 000 in its place; 20 000 in the place of that; then the middle one is reversed."""
    lines = [
        "2023-05-01 återkräver 40 000 | nr 9",
        "2023-05-08 återkräver 30 000 | nr 10 | ersätter 9",
        "2023-05-15 återkräver 20 000 | nr 11 | ersätter 10",
        "2023-05-20 återför 10 | nr 12",
    ]
    told = grant(*lines)
    assert (told.claimed, "claims_without_ground" in told.found, told.writes) == (20_000, True, False)


def test_a_claim_of_more_than_what_it_covers_never_reaches_other_money():
    repaid = "2023-02-20 återbetalar 40 000"
    of_use = grant(repaid, "2023-05-01 återkräver 70 000 | avser use")
    assert (of_use.repayable, of_use.accepted_use, "claim_above_cover" in of_use.found) == (100_000, 0, True)
    of_nothing = grant(repaid, "2023-05-01 återkräver 30 000 | avser unaccounted")
    assert (of_nothing.repayable, of_nothing.accepted_use, of_nothing.writes) == (40_000, 60_000, False)
    assert "claim_above_cover" in of_nothing.found
    within = grant(repaid, "2023-05-01 återkräver 60 000 | avser use")
    assert "claim_above_cover" not in within.found


def test_more_refunded_than_came_in_is_found():
    told = grant("2023-05-01 betalar tillbaka 5 000")
    assert (told.received, "refunded_above_received" in told.found) == (-5_000, True)
    assert (
        "refunded_above_received"
        not in grant("2023-04-01 återbetalar 5 000", "2023-05-01 betalar tillbaka 5 000").found
    )

"""Where each recipient's money stands, in one word and to the krona, as of any day.

granted = paid + withheld + not yet paid; paid = accepted use + repayable + not accounted for - to pay out;
repayable = received + waived + written off + outstanding - overpaid; outstanding = claimed + notified + undecided.
"""

import pytest

from tests.spec.money_words import TOLD, decided, happened, ledger, money, reported

WHO = "Exempelkommun 01"
GRANTED = decided(f"2022-10-03 {WHO}: 700 000")
REPORTED = reported(f"2023-01-30 {WHO}: 515 637 använt, 184 363 oanvänt")
PAID = f"2022-11-15 utbetalning {WHO}: 700 000"
CLAIMED = f"2023-03-24 beslut om återkrav {WHO}: 184 363"


def status(*events: str, day: str = "2023-12-31", reports=REPORTED, granted=GRANTED, due: str = "2023-02-15") -> str:
    return str(money(ledger(granted, reports, happened(*events)), day, due=due)[WHO]["status"])


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([PAID], "unused_outstanding"),
        ([PAID, f"2023-02-10 återbetalning {WHO}: 184 362"], "unused_outstanding"),
        ([PAID, f"2023-02-10 återbetalning {WHO}: 184 363"], "unused_repaid"),
        ([PAID, f"2023-02-10 återbetalning {WHO}: 184 364"], "overpaid"),
        ([PAID, CLAIMED], "under_recovery"),
        ([PAID, CLAIMED, f"2023-04-25 återbetalning {WHO}: 184 362"], "under_recovery"),
        ([PAID, CLAIMED, f"2023-04-25 återbetalning {WHO}: 184 363"], "settled"),
        ([PAID, CLAIMED, f"2023-04-05 efterskänkt återkrav {WHO}: 184 363"], "waived"),
        ([PAID, CLAIMED, f"2023-09-05 avskrivning {WHO}: 184 363"], "written_off"),
        ([f"2022-11-15 utbetalning {WHO}: 515 636"], "to_be_paid"),
        ([f"2022-11-15 utbetalning {WHO}: 515 637"], "balanced"),
    ],
)
def test_the_status_follows_from_what_has_happened(events: list[str], expected: str):
    assert status(*events) == expected


def test_a_grant_that_was_used_whole_is_balanced():
    assert status(PAID, reports=reported(f"2023-01-30 {WHO}: 700 000 använt, 0 oanvänt")) == "balanced"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("700 001 använt, 0 oanvänt", "over_reported"),
        ("515 638 använt, 184 363 oanvänt", "over_reported"),
        ("515 636 använt, 184 363 oanvänt", "under_reported"),
    ],
)
def test_a_report_that_does_not_add_up_says_so(said: str, expected: str):
    assert status(PAID, reports=reported(f"2023-01-30 {WHO}: {said}")) == expected


def test_without_a_report_the_status_is_that_of_the_deadline():
    assert status(PAID, day="2023-02-15", reports=()) == "report_not_due"
    assert status(PAID, day="2023-02-16", reports=()) == "no_report"


def test_nothing_is_repayable_before_a_report_or_a_decision():
    account = money(ledger(GRANTED, (), happened(PAID)), "2023-12-31", due="2023-02-15")[WHO]
    assert (account["repayable_sek"], account["outstanding_sek"]) == (0, 0)
    assert account["unaccounted_sek"] == 700_000


def test_a_decision_on_recovery_makes_a_grant_without_a_report_repayable():
    claimed = f"2023-05-02 beslut om återkrav {WHO}: 700 000"
    account = money(ledger(GRANTED, (), happened(PAID, claimed)), "2023-12-31", due="2023-02-15")[WHO]
    assert (account["repayable_sek"], account["outstanding_sek"], account["status"]) == (
        700_000,
        700_000,
        "under_recovery",
    )


def test_what_is_disallowed_is_repayable_beside_what_was_not_used():
    """The annex footnote: 184 363 reported unused, and 110 191 more after a decision on recovery."""
    further = f"2023-06-30 ej godtagen användning {WHO}: 110 191"
    account = money(ledger(GRANTED, REPORTED, happened(PAID, further)), "2023-12-31")[WHO]
    assert account["accepted_use_sek"] == 515_637 - 110_191
    assert account["repayable_sek"] == 184_363 + 110_191
    assert account["unused_sek"] == 184_363


def test_accepted_use_is_never_below_zero():
    unspent = reported(f"2023-01-30 {WHO}: 0 använt, 700 000 oanvänt")
    further = f"2023-06-30 ej godtagen användning {WHO}: 110 191"
    account = money(ledger(GRANTED, unspent, happened(PAID, further)), "2023-12-31")[WHO]
    assert (account["accepted_use_sek"], account["repayable_sek"]) == (0, 700_000)


def test_what_is_withheld_is_not_repayable():
    events = happened(f"2022-11-15 utbetalning {WHO}: 600 000", f"2022-11-15 innehållen utbetalning {WHO}: 100 000")
    account = money(ledger(GRANTED, REPORTED, events), "2023-12-31")[WHO]
    assert (account["unpaid_sek"], account["repayable_sek"]) == (0, 600_000 - 515_637)


def test_use_beyond_the_grant_is_the_recipients_own_money():
    account = money(
        ledger(GRANTED, reported(f"2023-01-30 {WHO}: 800 000 använt, 0 oanvänt"), happened(PAID)), "2023-12-31"
    )
    assert (account[WHO]["accepted_use_sek"], account[WHO]["repayable_sek"]) == (700_000, 0)


def test_where_no_source_tells_of_payments_the_grant_counts_as_paid_and_says_so():
    account = money(ledger(GRANTED, REPORTED), "2023-12-31", told={"repaid"})[WHO]
    assert (account["paid_sek"], account["paid_is_derived"], account["repayable_sek"]) == (700_000, True, 184_363)


def test_where_no_source_tells_of_repayments_what_is_outstanding_is_unknown():
    account = money(ledger(GRANTED, REPORTED, happened(PAID)), "2023-12-31", told=TOLD - {"repaid"})[WHO]
    assert (account["received_sek"], account["outstanding_sek"], account["status"]) == (None, None, "repayment_unknown")


def test_the_status_is_as_of_the_day_that_is_asked_for():
    events = [PAID, CLAIMED, f"2023-04-25 återbetalning {WHO}: 184 363"]
    days = ["2022-12-31", "2023-02-15", "2023-03-24", "2023-04-25"]
    assert [status(*events, day=day) for day in days] == [
        "report_not_due",
        "unused_outstanding",
        "under_recovery",
        "settled",
    ]


def test_where_the_form_does_not_ask_what_was_used_it_is_the_grant_less_what_was_not():
    account = money(ledger(GRANTED, reported(f"2023-01-30 {WHO}: 184 363 oanvänt"), happened(PAID)), "2023-12-31")[WHO]
    assert (account["used_sek"], account["repayable_sek"]) == (700_000 - 184_363, 184_363)


def test_a_waiver_that_was_reversed_is_none_and_unknown_where_no_source_would_tell_of_one():
    waived, contrary = happened(*[f"2023-04-05 efterskänkt återkrav {WHO}: 184 363"] * 2)
    book = ledger(GRANTED, REPORTED, [waived, {**contrary, "reverses_no": "H1", "event_no": "H9"}])
    assert money(book, "2023-12-31")[WHO]["waived_sek"] == 0
    assert money(book, "2023-12-31", told=TOLD - {"recovery_waived"})[WHO]["waived_sek"] is None


def test_one_of_two_waivers_that_was_reversed_leaves_the_other():
    first, second = happened(*[f"2023-04-05 efterskänkt återkrav {WHO}: 100"] * 2)
    third = {**first, "reverses_no": "H1", "event_no": "H9"}
    [paid] = happened(PAID)
    book = ledger(GRANTED, REPORTED, [{**paid, "event_no": "H0"}, first, {**second, "event_no": "H2"}, third])
    assert money(book, "2023-12-31", told=TOLD - {"recovery_waived"})[WHO]["waived_sek"] == 100


def test_without_a_source_of_waivers_and_write_offs_repayments_alone_settle_what_is_outstanding():
    repaid = f"2023-02-10 återbetalning {WHO}: 84 363"
    told = TOLD - {"recovery_waived", "written_off"}
    account = money(ledger(GRANTED, REPORTED, happened(PAID, repaid)), "2023-12-31", told=told)[WHO]
    assert (account["waived_sek"], account["written_off_sek"], account["outstanding_sek"]) == (None, None, 100_000)


def test_without_a_source_of_payments_what_is_left_to_pay_is_unknown():
    assert money(ledger(GRANTED, REPORTED), "2023-12-31", told=TOLD - {"payment"})[WHO]["unpaid_sek"] is None


def test_one_krona_is_a_claim_a_waiver_and_a_write_off():
    one_left = reported(f"2023-01-30 {WHO}: 699 999 använt, 1 oanvänt")
    claimed = f"2023-03-24 beslut om återkrav {WHO}: 1"
    ended = {event: f"2023-04-05 {event} {WHO}: 1" for event in ("efterskänkt återkrav", "avskrivning")}
    assert status(PAID, claimed, reports=one_left) == "under_recovery"
    assert status(PAID, claimed, ended["efterskänkt återkrav"], reports=one_left) == "waived"
    assert status(PAID, claimed, ended["avskrivning"], reports=one_left) == "written_off"
    missing = money(ledger(GRANTED, (), happened(PAID, claimed)), "2023-12-31", due="2023-02-15")[WHO]
    assert missing["repayable_sek"] == 1


def test_use_that_is_not_accepted_is_taken_from_all_that_was_used():
    """720 000 used of 700 000: that 20 000 of it is not accepted leaves use for the whole grant."""
    used = reported(f"2023-01-30 {WHO}: 720 000 använt, 0 oanvänt")
    disallowed = f"2023-03-24 ej godtagen användning {WHO}: 20 000"
    account = money(ledger(GRANTED, used, happened(PAID, disallowed)), "2023-12-31")[WHO]
    assert (account["accepted_use_sek"], account["repayable_sek"]) == (700_000, 0)


USED_WHOLE = reported(f"2023-01-30 {WHO}: 700 000 använt, 0 oanvänt")
ON_ANOTHER_GROUND = f"2023-03-24 beslut om återkrav {WHO}: 30 000"


def test_what_is_claimed_on_another_ground_than_unused_money_is_repayable():
    """A condition was broken, say: all was used, and 30 000 is claimed back."""
    account = money(ledger(GRANTED, USED_WHOLE, happened(PAID, ON_ANOTHER_GROUND)), "2023-12-31")[WHO]
    assert (account["accepted_use_sek"], account["repayable_sek"], account["outstanding_sek"]) == (
        700_000 - 30_000,
        30_000,
        30_000,
    )
    assert account["status"] == "under_recovery"


def test_when_that_is_paid_it_is_settled():
    paid = f"2023-04-25 återbetalning {WHO}: 30 000"
    assert status(PAID, ON_ANOTHER_GROUND, paid, reports=USED_WHOLE) == "settled"


def test_a_claim_of_more_than_was_ever_paid_does_not_count_and_what_came_in_for_it_is_too_much():
    claimed, repaid = f"2023-03-24 beslut om återkrav {WHO}: 700 001", f"2023-04-25 återbetalning {WHO}: 700 000"
    account = money(ledger(GRANTED, REPORTED, happened(PAID, claimed, repaid)), "2023-12-31")[WHO]
    assert (account["claimed_sek"], account["repayable_sek"]) == (0, 184_363)
    assert (account["overpaid_sek"], account["status"]) == (700_000 - 184_363, "overpaid")
    assert status(PAID, claimed.replace("700 001", "700 000"), repaid) == "settled"


def test_what_was_paid_without_a_decision_is_known():
    account = money(ledger((), (), happened(f"2022-11-15 utbetalning {WHO}: 100 000")), "2023-12-31")[WHO]
    assert account["paid_sek"] == 100_000

"""Money repaid after a recovery decision is kept apart from what was reported unused.

The source's annex: 184 363 of 700 000 reported unused is the printed 26 %; a footnote adds 110 191 repaid later.
Together they would be 42 %.
"""

from tests.spec.language import annex_of, decisions, reconciliation, repayments, reports, year_of

GRANTED = decisions("Exempelkommun 01: 700 000")
ACCOUNT = reconciliation(GRANTED, reports("Exempelkommun 01: 184 363 oanvänt"), repayments("Exempelkommun 01: 110 191"))


def test_the_share_counts_what_was_reported_unused_and_not_what_was_repaid_later():
    [line] = annex_of(ACCOUNT)
    assert line["unused_sek"] == 184_363
    assert line["unused_percent"] == 26


def test_the_year_keeps_the_two_sums_apart():
    year = year_of(ACCOUNT)
    assert (year["unused_sek"], year["repaid_after_recovery_sek"]) == (184_363, 110_191)
    assert year["unused_percent"] == 26


def test_the_annex_notes_what_was_repaid_later():
    [line] = annex_of(ACCOUNT)
    assert line["note"] == "Ytterligare 110\u00a0191\u00a0kr har återbetalats efter beslut om återkrav."


def test_without_a_recovery_there_is_no_note_and_no_sum():
    account = reconciliation(GRANTED, reports("Exempelkommun 01: 184 363 oanvänt"))
    [line] = annex_of(account)
    assert line["note"] is None
    assert year_of(account)["repaid_after_recovery_sek"] is None


def test_several_repayments_of_one_recipient_are_added():
    repaid = repayments("Exempelkommun 01: 110 000", "Exempelkommun 01: 191")
    account = reconciliation(GRANTED, reports("Exempelkommun 01: 184 363 oanvänt"), repaid)
    assert year_of(account)["repaid_after_recovery_sek"] == 110_191


def test_a_line_that_was_printed_by_mistake_and_reversed_is_no_recovery():
    [printed] = repayments("Exempelkommun 01: 110 191")
    line, back = {**printed, "event_no": "1"}, {**printed, "event_no": "2", "reverses_no": "1"}
    account = reconciliation(GRANTED, reports("Exempelkommun 01: 184 363 oanvänt"), [line, back])
    assert year_of(account)["repaid_after_recovery_sek"] is None

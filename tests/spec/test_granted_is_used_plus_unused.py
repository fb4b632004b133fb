"""To the krona: granted = used + unused, for every recipient. What does not add up is shown, never adjusted."""

from tests.spec.language import accounts, annex_of, decisions, reconciliation, repayments, reports, year_of


def test_used_is_granted_less_unused_where_the_form_asks_only_for_unused():
    account = accounts(decisions("Exempelkommun 01: 700 000"), reports("Exempelkommun 01: 184 363 oanvänt"))
    assert account["Exempelkommun 01"]["used_sek"] == 700_000 - 184_363
    assert account["Exempelkommun 01"]["used_derived"] is True
    assert account["Exempelkommun 01"]["outcome"] == "unused_reported"


def test_reported_use_that_adds_up_is_kept_as_reported():
    reported = reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")
    account = accounts(decisions("Exempelkommun 01: 700 000"), reported)["Exempelkommun 01"]
    assert (account["used_sek"], account["used_derived"], account["difference_sek"]) == (515_637, False, 0)
    assert account["outcome"] == "unused_reported"


def test_one_krona_too_little_is_a_difference():
    reported = reports("Exempelkommun 01: 515 636 använt, 184 363 oanvänt")
    account = accounts(decisions("Exempelkommun 01: 700 000"), reported)["Exempelkommun 01"]
    assert (account["difference_sek"], account["outcome"]) == (1, "difference")


def test_one_krona_too_much_is_a_difference():
    reported = reports("Exempelkommun 01: 515 638 använt, 184 363 oanvänt")
    account = accounts(decisions("Exempelkommun 01: 700 000"), reported)["Exempelkommun 01"]
    assert (account["difference_sek"], account["outcome"]) == (-1, "difference")


def test_more_unused_than_was_granted_does_not_add_up():
    account = accounts(decisions("Exempelkommun 01: 100 000"), reports("Exempelkommun 01: 100 001 oanvänt"))
    assert account["Exempelkommun 01"]["outcome"] == "difference"


def test_a_report_without_a_decision_is_shown_as_such():
    account = accounts(decisions(), reports("Exempelkommun 01: 5 000 oanvänt"))["Exempelkommun 01"]
    assert (account["granted_sek"], account["used_sek"], account["unused_sek"]) == (None, None, 5_000)
    assert account["outcome"] == "report_without_decision"


def test_a_report_without_a_decision_is_no_line_of_the_annex():
    granted = decisions("Exempelkommun 01: 700 000")
    account = reconciliation(granted, reports("Exempelkommun 01: 0 oanvänt", "Exempelkommun 02: 5 000 oanvänt"))
    assert [line["recipient_code"] for line in annex_of(account)] == ["9901"]


def test_a_sum_that_is_true_by_itself_is_no_check():
    """Where only the unused is asked for, use is derived from it, and the difference says nothing."""
    account = accounts(decisions("Exempelkommun 01: 100 000"), reports("Exempelkommun 01: 25 000 oanvänt"))
    assert account["Exempelkommun 01"]["difference_sek"] is None
    assert account["Exempelkommun 01"]["used_sek"] == 100_000 - 25_000


def test_a_repayment_by_somebody_without_a_grant_is_an_outcome_of_its_own_and_is_counted():
    granted, reported = decisions("Exempelkommun 01: 100 000"), reports("Exempelkommun 01: 0 oanvänt")
    repaid = repayments("Exempelkommun 02: 7 000")
    assert accounts(granted, reported, repaid)["Exempelkommun 02"]["outcome"] == "event_without_decision"
    year = year_of(reconciliation(granted, reported, repaid))
    assert (year["repaid_after_recovery_sek"], year["recipient_count"]) == (7_000, 1)

"""What was not used is what the recipient reported as not used; without a report it is unknown, never zero."""

from tests.spec.language import accounts, annex_of, decisions, reconciliation, reports, year_of


def test_without_a_report_nothing_is_known_of_the_use():
    account = accounts(decisions("Exempelkommun 01: 700 000"), reports())["Exempelkommun 01"]
    assert account["granted_sek"] == 700_000
    assert account["used_sek"] is None
    assert account["unused_sek"] is None
    assert account["difference_sek"] is None
    assert account["used_derived"] is None


def test_a_report_of_nothing_unused_is_zero_and_not_unknown():
    account = accounts(decisions("Exempelkommun 01: 700 000"), reports("Exempelkommun 01: 0 oanvänt"))
    assert account["Exempelkommun 01"]["unused_sek"] == 0
    assert account["Exempelkommun 01"]["used_sek"] == 700_000
    assert account["Exempelkommun 01"]["outcome"] == "all_used"


def test_a_missing_report_makes_the_years_use_unknown_and_is_counted():
    granted = decisions("Exempelkommun 01: 700 000", "Exempelkommun 02: 300 000")
    year = year_of(reconciliation(granted, reports("Exempelkommun 01: 100 000 oanvänt")))
    assert year["granted_sek"] == 700_000 + 300_000
    assert year["used_sek"] is None
    assert year["unused_sek"] == 100_000
    assert year["without_report_count"] == 1


def test_a_year_in_which_nobody_has_reported_has_no_share_of_unused_money():
    year = year_of(reconciliation(decisions("Exempelkommun 01: 700 000"), reports()))
    assert year["without_report_count"] == 1
    assert year["unused_percent"] is None


def test_a_missing_report_leaves_its_line_of_the_annex_empty():
    granted = decisions("Exempelkommun 01: 700 000")
    [line] = annex_of(reconciliation(granted, reports()))
    assert (line["granted_sek"], line["unused_sek"], line["unused_percent"]) == (700_000, None, None)


def test_the_year_counts_who_used_all_who_used_a_part_and_who_used_nothing():
    granted = decisions("Exempelkommun 01: 100", "Exempelkommun 02: 100", "Exempelkommun 03: 100")
    reported = reports("Exempelkommun 01: 0 oanvänt", "Exempelkommun 02: 99 oanvänt", "Exempelkommun 03: 100 oanvänt")
    year = year_of(reconciliation(granted, reported))
    assert (year["used_all_count"], year["used_part_count"], year["used_nothing_count"]) == (1, 1, 1)
    assert year["used_sek"] == 100 + 1 + 0
    assert year["unused_sek"] == 0 + 99 + 100

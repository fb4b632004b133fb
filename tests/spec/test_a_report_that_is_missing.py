"""A grant without a report becomes a matter to decide the day after its last day; an official decides, not the system.

SFS 2022:1416, 8 § (the report) and 10 § (the ground that no report was sent).
"""

from tests.spec.language import decisions, reports
from tests.spec.money_language import cases, events, late, proposed, proposes

GRANTED = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
WHO = "Exempelkommun 01"


def test_a_grant_without_a_report_becomes_a_case_to_decide_the_day_after_its_deadline():
    case = cases(GRANTED, as_of="2024-02-02")[WHO]
    assert proposed(case) == proposes(700_000, candidate_grounds=["no_report"])
    assert case["state"] == "report_missing"
    assert str(case["opened_date"]) == "2024-02-02"
    assert case["todo"] == "remind_of_report"


def test_on_its_last_day_there_is_nothing_to_decide():
    assert cases(GRANTED, as_of="2024-02-01") == {}


def test_a_last_day_that_nobody_knows_opens_no_case():
    assert cases(decisions("Exempelkommun 01: 700 000"), as_of="2024-02-02") == {}


def test_nothing_is_owed_because_a_report_is_missing():
    case = cases(GRANTED, as_of="2024-02-02")[WHO]
    assert (case["repayable_sek"], case["outstanding_sek"], case["claimed_sek"]) == (0, 0, 0)
    assert case["decided_by"] is None


def test_who_was_reminded_has_until_the_day_of_the_reminder():
    told = events("Exempelkommun 01 | 2024-02-05 | Påminnelse om återrapportering | senast 2024-02-19")
    case = cases(GRANTED, told=told, as_of="2024-02-19")[WHO]
    assert (case["state"], case["todo"], case["is_overdue"]) == ("reminded", "await_report", False)


def test_the_day_after_the_official_is_to_decide_on_the_missing_report():
    told = events("Exempelkommun 01 | 2024-02-05 | Påminnelse om återrapportering | senast 2024-02-19")
    case = cases(GRANTED, told=told, as_of="2024-02-20")[WHO]
    assert (case["state"], case["todo"], case["is_overdue"]) == ("reminded", "decide_on_missing_report", True)


def test_a_report_that_comes_late_with_all_money_used_leaves_nothing_to_decide():
    reported = late(reports("Exempelkommun 01: 700 000 använt, 0 oanvänt"), "2024-02-20")
    told = events("Exempelkommun 01 | 2024-02-05 | Påminnelse om återrapportering | senast 2024-02-19")
    assert cases(GRANTED, reported, told, as_of="2024-02-21", reported_on="2024-02-20") == {}


def test_a_supplement_is_awaited_until_its_day_and_closed_after_it():
    told = events("Exempelkommun 01 | 2024-02-05 | Begäran om komplettering | senast 2024-02-19")
    reported = reports("Exempelkommun 01: 700 000 använt, 0 oanvänt")
    assert cases(GRANTED, reported, told, as_of="2024-02-19")[WHO]["todo"] == "await_supplement"
    assert cases(GRANTED, reported, told, as_of="2024-02-20")[WHO]["todo"] == "close_supplement"

"""A grant is one decision. A recipient may have several in a round, each with its own report, account and case.

What tells them apart is the case number, or, where none is printed, the recipient and the order of the decisions.
"""

from typing import Any

from tests.spec.language import SPECIFIED, annex_of, computed, decisions, reports, submissions, year_of
from tests.spec.money_language import UNPAID, events

WHO = "Exempelkommun 01"
TWO = [
    *decisions(f"{WHO}: 700 000", case="EX 1", due="2024-02-01"),
    *decisions(f"{WHO}: 300 000", case="EX 2", due="2024-02-01"),
]
FIRST, SECOND = "EX 1", "EX 2"


def accounts(*said: Any, **more: Any) -> dict[str, dict[str, Any]]:
    """The account of each grant. What is granted counts as paid out unless payments are told of."""
    return {row["grant_id"]: row for row in computed(*said, **{"programme": UNPAID, **more})["core_account"]}


def report_of(case: str | None, said: str = "300 000 använt, 0 oanvänt") -> Any:
    """A report that states a case number, or none."""
    return reports(f"{WHO}: {said}", case=case)


def findings(*said: Any) -> list[tuple[str, str | None]]:
    """Which rules found something, and about whom."""
    return [(row["rule"], row["recipient_code"]) for row in computed(*said)["raw_finding"]]


# -- two decisions ----------------------------------------------------------------------------------------------------
def test_two_decisions_with_their_own_case_numbers_count_both():
    assert {grant: row["granted_sek"] for grant, row in accounts(TWO).items()} == {FIRST: 700_000, SECOND: 300_000}


def test_the_year_adds_both_up_and_counts_one_recipient():
    year = year_of(computed(TWO))
    assert (year["granted_sek"], year["recipient_count"]) == (700_000 + 300_000, 1)


def test_the_annex_has_a_line_for_each():
    assert [(line["grant_id"], line["granted_sek"]) for line in annex_of(computed(TWO))] == [
        (FIRST, 700_000),
        (SECOND, 300_000),
    ]


def test_decisions_without_case_numbers_are_told_apart_by_their_dates():
    later, earlier = decisions(f"{WHO}: 5", decided="2023-06-02"), decisions(f"{WHO}: 7", decided="2023-06-01")
    granted = {grant: row["granted_sek"] for grant, row in accounts([*later, *earlier]).items()}
    assert granted == {"9901-1": 7, "9901-2": 5}


def test_two_decisions_that_nothing_tells_apart_are_both_set_aside():
    assert findings([*decisions(f"{WHO}: 5"), *decisions(f"{WHO}: 7")]) == [("duplicate_key", "9901")] * 2


# -- whose a report is ------------------------------------------------------------------------------------------------
def test_a_report_goes_to_the_grant_whose_case_number_it_states():
    found = accounts(TWO, report_of(SECOND))
    assert {grant: row["used_sek"] for grant, row in found.items()} == {FIRST: None, SECOND: 300_000}
    assert {grant: row["status"] for grant, row in found.items()} == {FIRST: "no_report", SECOND: "balanced"}


def test_each_grant_has_its_own_report():
    both = [*report_of(FIRST, "515 637 använt, 184 363 oanvänt"), *report_of(SECOND)]
    found = accounts(TWO, both)
    assert {grant: row["unused_sek"] for grant, row in found.items()} == {FIRST: 184_363, SECOND: 0}


def test_a_report_without_a_case_number_goes_to_the_only_grant_of_its_recipient():
    assert accounts(TWO[1:], report_of(None))[SECOND]["used_sek"] == 300_000


def test_a_report_that_states_a_case_number_which_nobody_has_goes_to_the_only_grant_of_its_recipient():
    assert accounts(TWO[1:], report_of("EX 99"))[SECOND]["used_sek"] == 300_000


def test_a_report_that_does_not_tell_which_of_two_grants_it_is_about_is_set_aside():
    assert findings(TWO, report_of(None)) == [("grant_not_told", "9901")]
    assert findings(TWO, report_of("EX 99")) == [("grant_not_told", "9901")]


def test_of_two_such_reports_neither_takes_the_place_of_the_other():
    sent = [{**row, "submitted_at": on} for on in ("2024-01-10", "2024-01-11") for row in report_of(None)]
    assert findings(TWO, sent) == [("grant_not_told", "9901")] * 2


def test_a_later_report_takes_the_place_of_the_one_on_the_same_grant_only():
    first, later = ([{**row, "submitted_at": on} for row in report_of(FIRST, said)] for on, said in SENT)
    other = [{**row, "submitted_at": "2024-01-10"} for row in report_of(SECOND)]
    found = accounts(TWO, [*first, *later, *other])
    assert {grant: row["unused_sek"] for grant, row in found.items()} == {FIRST: 184_363, SECOND: 0}


SENT = (("2024-01-20", "700 000 använt, 0 oanvänt"), ("2024-01-30", "515 637 använt, 184 363 oanvänt"))


def test_a_recipient_without_a_decision_has_a_grant_that_is_none():
    [(grant, row)] = accounts((), report_of(None)).items()
    assert (grant, row["granted_sek"], row["status"]) == ("9901-0", None, "report_without_decision")


def test_one_grant_of_a_recipient_takes_all_its_reports():
    assert submissions(f"{WHO} | 2024-01-30 | Inlämnad | 0") == [("accepted", None)]


# -- whose money it is ------------------------------------------------------------------------------------------------
def test_a_payment_goes_to_the_grant_whose_case_number_it_states():
    paid = [{**row, "case_number": SECOND} for row in events(f"{WHO} | 2023-11-15 | Utbetalning | 300 000 kr")]
    found = accounts(TWO, (), paid, programme=SPECIFIED)
    assert {grant: row["paid_sek"] for grant, row in found.items()} == {FIRST: 0, SECOND: 300_000}


def test_a_payment_that_does_not_tell_which_of_two_grants_it_is_of_is_set_aside():
    paid = events(f"{WHO} | 2023-11-15 | Utbetalning | 300 000 kr")
    assert findings(TWO, (), paid) == [("grant_not_told", "9901")]


def test_what_is_left_of_one_grant_does_not_make_up_for_what_is_missing_of_the_other():
    both = [*report_of(FIRST, "600 000 använt, 100 000 oanvänt"), *report_of(SECOND, "400 000 använt, 0 oanvänt")]
    found = accounts(TWO, both)
    assert {grant: row["unused_sek"] for grant, row in found.items()} == {FIRST: 100_000, SECOND: 0}
    assert found[SECOND]["status"] == "over_reported"


def test_each_grant_has_its_own_matter_to_decide():
    tables = computed(TWO, report_of(SECOND), as_of="2024-02-02", programme=UNPAID)
    assert [(row["grant_id"], row["todo"]) for row in tables["core_todo"]] == [(FIRST, "remind_of_report")]


# -- a case number that is not one grant's own ------------------------------------------------------------------------
SHARED = [*TWO, *decisions("Exempelkommun 02: 50 000", case="EX 1")]


def test_decisions_of_two_recipients_with_the_same_case_number_both_count():
    found = {grant: row["granted_sek"] for grant, row in accounts(SHARED).items()}
    assert found == {"9901-EX 1": 700_000, SECOND: 300_000, "9902-EX 1": 50_000}
    assert year_of(computed(SHARED))["granted_sek"] == 700_000 + 300_000 + 50_000


def test_a_report_that_states_such_a_number_is_of_its_own_recipients_grant():
    found = accounts(SHARED, report_of(FIRST, "515 637 använt, 184 363 oanvänt"))
    assert {grant: row["unused_sek"] for grant, row in found.items()} == {
        "9901-EX 1": 184_363,
        SECOND: None,
        "9902-EX 1": None,
    }


def test_a_number_is_a_grants_own_until_another_recipients_decision_states_it():
    decided = [{**row, "decided_date": on} for row, on in zip(SHARED, DECIDED, strict=True)]
    made = computed(decided)["core_ledger_entry"]
    first = [
        (str(row["recorded_date"]), row["grant_id"], row["amount_sek"]) for row in made if row["amount_sek"] in SUM
    ]
    assert set(first) == {
        ("2023-11-01", FIRST, 700_000),
        ("2023-12-01", FIRST, -700_000),
        ("2023-12-01", "9901-EX 1", 700_000),
    }


DECIDED, SUM = ("2023-11-01", "2023-11-01", "2023-12-01"), (700_000, -700_000)

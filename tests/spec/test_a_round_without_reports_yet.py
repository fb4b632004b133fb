"""A round runs from its first decision: what was granted is published, and what is to come, and when.

Until the first report is due only the decisions must be there. Of all else an export may be missing, or have headers
and no rows. From the day after, a report that nobody exported stops the round: it cannot tell who has not reported.
"""

import pytest

from tests.spec.arrived import as_of, made, round_of, statuses, todos
from tests.spec.language import decisions, year_of
from tests.spec.money_language import events
from tests.stops import stops_by

DECIDED = made("2023-12-01", decisions("Exempelkommun 01: 700 000", "Exempelkommun 02: 300 000", due="2024-03-25"))
EMPTY = made("2023-12-01", ())
NOBODY_KNOWS = made("2023-12-01", decisions("Exempelkommun 01: 700 000"))


def test_with_the_decisions_alone_what_was_granted_is_published():
    year = year_of(round_of(DECIDED))
    assert (year["recipient_count"], year["granted_sek"]) == (2, 1_000_000)
    assert (year["used_sek"], year["unused_sek"], year["unused_percent"]) == (None, None, None)


def test_each_grant_waits_for_a_report_that_is_not_due_and_nobody_has_anything_to_do():
    found = round_of(DECIDED)
    assert as_of(found) == "2023-11-30"
    assert statuses(found) == [("report_not_due", None)] * 2
    assert todos(found) == []
    assert {str(row["report_due_date"]) for row in found["core_decision"]} == {"2024-03-25"}


def test_exports_with_headers_only_are_empty_and_not_broken():
    found = round_of(DECIDED, EMPTY, EMPTY)
    assert statuses(found) == [("report_not_due", None)] * 2
    assert sorted(row["result"] for row in found["core_funnel"]) == ["counted", "nothing_yet", "nothing_yet"]
    assert {row["rule"] for row in found["core_finding"]} == {"file_without_rows"}


def test_an_export_of_events_without_rows_tells_that_nothing_has_happened():
    [one, other] = round_of(DECIDED, EMPTY, EMPTY)["core_account"]
    assert (one["paid_sek"], other["paid_sek"], one["paid_is_derived"]) == (0, 0, False)


def test_an_export_of_events_that_is_not_there_tells_nothing_and_nothing_is_taken_for_zero():
    [one, _] = round_of(DECIDED, EMPTY)["core_account"]
    assert (one["received_sek"], one["claimed_sek"], one["paid_is_derived"]) == (None, None, True)


def test_a_round_in_which_money_was_paid_and_nothing_reported_says_both():
    told = made("2023-12-20", events("Exempelkommun 01 | 2023-12-10 | Utbetalning | 700 000 kr"))
    [one, other] = round_of(DECIDED, told=told)["core_account"]
    assert (one["paid_sek"], other["paid_sek"]) == (700_000, 0)
    assert one["status"] == other["status"] == "report_not_due"


@pytest.mark.rule("form_missing", holds=True)
def test_on_the_last_day_to_report_an_export_of_reports_may_still_be_missing():
    assert statuses(round_of(DECIDED, as_of="2024-03-25")) == [("report_not_due", None)] * 2


@pytest.mark.rule("form_missing")
def test_the_day_after_it_may_not():
    with stops_by("form_missing", where="p 2023", todo="Lägg exporten i"):
        round_of(DECIDED, as_of="2024-03-26")


@pytest.mark.rule("form_missing")
def test_where_nobody_knows_when_reports_are_due_they_must_be_there():
    with stops_by("form_missing", where="p 2023", todo="Lägg exporten i"):
        round_of(NOBODY_KNOWS)


@pytest.mark.rule("form_missing")
def test_without_decisions_there_is_no_round():
    with stops_by("form_missing", where="p 2023", todo="Lägg exporten i"):
        round_of(None, EMPTY, EMPTY)


def test_a_list_of_decisions_without_rows_keeps_a_round_from_being_published():
    rules = {row["rule"]: row["severity"] for row in round_of(EMPTY, EMPTY, EMPTY)["core_finding"]}
    assert rules["nothing_left_of_file"] == "stop"

"""The account per grant: nothing is dropped, and made-up money marks what it touches."""

import datetime as dt

from assets.domain.grant.follow import follow_all
from assets.domain.grant.reconciliation import reconcile, reconciled
from tests.grants import DAY, decision, event, grant, report

PASSED = dt.date(2024, 1, 1)


def test_a_grant_of_which_anything_is_known_has_an_account():
    known = [grant(decision(1)), grant(report(1)), grant(event("repaid_after_recovery", 1))]
    outcomes = [each.outcome for each in reconciled(known, DAY)]
    assert outcomes == ["report_due_unknown", "report_without_decision", "event_without_decision"]


def test_a_grant_of_which_no_row_counts_has_none():
    left_out = grant(left_out={"core_decision": "quarantined"})
    assert reconciled([left_out], DAY) == []
    assert follow_all([left_out], [], frozenset(), DAY) == []


def test_an_account_of_real_and_made_up_rows_is_mixed_and_one_of_real_rows_is_real():
    for report_is, account_is in (("real", "real"), ("synthetic", "mixed")):
        found = reconcile(grant(decision(10, provenance="real"), report(5, provenance=report_is)), DAY)
        assert found.provenance == account_is, report_is


def test_a_grant_of_nothing_fully_used_adds_up():
    found = reconcile(grant(decision(0), report(0)), DAY)
    assert (found.used_sek, found.outcome) == (0, "all_used")


def test_what_is_not_known_is_not_computed():
    found = reconcile(grant(decision(10)), DAY)
    assert (found.granted_sek, found.used_sek, found.unused_sek, found.difference_sek) == (10, None, None, None)
    found = reconcile(grant(report(4)), DAY)
    assert (found.granted_sek, found.used_sek, found.used_derived) == (None, None, False)


def test_what_kept_a_row_from_counting_explains_why_it_is_not_there():
    due = decision(5, due=PASSED)
    cases = {
        "decision_quarantined": (grant(report(0), left_out={"core_decision": "quarantined"})),
        "report_excluded": grant(due, left_out={"core_usage_report": "excluded"}),
        "report_quarantined": grant(due, left_out={"core_usage_report": "quarantined"}),
        "report_missing": grant(due),
    }
    for outcome, known in cases.items():
        assert reconcile(known, DAY).outcome == outcome, outcome


def test_a_report_is_missing_from_the_day_after_its_last():
    known = grant(decision(5, due=PASSED))
    for day, outcome in ((PASSED, "report_not_due"), (PASSED + dt.timedelta(1), "report_missing")):
        assert reconcile(known, day).outcome == outcome, day


def test_what_was_repaid_and_reversed_again_was_not_repaid():
    repaid = event("repaid_after_recovery", 7, event_no="1")
    reversing = event("repaid_after_recovery", 7, event_no="2", reverses_no="1")
    assert reconcile(grant(decision(9), repaid), DAY).repaid_after_recovery_sek == 7
    assert reconcile(grant(decision(9), repaid, reversing), DAY).repaid_after_recovery_sek is None

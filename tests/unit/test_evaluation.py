"""The figures of a round in one row. The rules of the grant are in tests/spec."""

from dataclasses import replace
from typing import Any

from assets.domain.evaluation.grants import annex, application_by_year, grant_by_year
from assets.domain.grant.reconciliation import Reconciliation, reconcile
from tests.grants import DAY, GRANT, decision, grant, report


def by_outcome(*outcomes: str) -> dict[str, Any]:
    [row] = application_by_year([{"outcome": each, "provenance": "synthetic"} for each in outcomes])
    return row


def test_applications_are_counted_by_outcome():
    outcomes = ["approved", "partly_approved", "approved_wholly_or_partly", "rejected", "rejected"]
    row = by_outcome(*outcomes, "dismissed", "withdrawn", "withdrawn", "withdrawn")
    assert (row["application_count"], row["approved_count"], row["approval_percent"]) == (9, 3, 33)
    assert (row["rejected_count"], row["dismissed_count"], row["withdrawn_count"]) == (2, 1, 3)
    assert application_by_year([]) == []


def test_17_of_29_is_the_printed_approval_rate_of_59_percent():
    assert by_outcome(*["approved"] * 17, *["rejected"] * 12)["approval_percent"] == 59


def of(code: str, each: Reconciliation) -> Reconciliation:
    return replace(each, recipient_code=code)


def test_a_body_without_a_decision_is_no_recipient_of_the_year():
    known = [of("9901", reconcile(grant(decision(10), report(4)), DAY)), of("9902", reconcile(grant(report(7)), DAY))]
    [row] = grant_by_year(known)
    assert (row["recipient_count"], row["granted_sek"], row["used_sek"], row["unused_sek"]) == (1, 10, 6, 4)
    assert row["unused_percent"] == 40


def test_a_recipient_of_two_grants_is_one_recipient_that_used_what_it_used_of_both():
    """Of 10 and 20 it left nothing and 5: a part. Another has reported on one of its two: a report is missing."""
    [all_of_it, five_left, missing] = [
        reconcile(grant(decision(10), report(0)), DAY),
        reconcile(grant(decision(20), report(5)), DAY),
        reconcile(grant(decision(20)), DAY),
    ]
    [row] = grant_by_year([of("9901", all_of_it), of("9901", five_left), of("9902", all_of_it), of("9902", missing)])
    assert (row["recipient_count"], row["granted_sek"], row["used_sek"], row["unused_sek"]) == (2, 60, None, 5)
    counts = [row[f"{name}_count"] for name in ("used_all", "used_part", "used_nothing", "without_report")]
    assert counts == [0, 1, 0, 1]


def test_the_annex_has_the_name_as_reported_beside_the_official_one():
    known = [reconcile(grant(decision(10), report(0)), DAY), reconcile(grant(report(7)), DAY)]
    [line] = annex(known, {"9901": "Exempelkommun 01"}, {GRANT: "Exempelkommun 1*"})
    assert (line["recipient_name"], line["name_as_reported"]) == ("Exempelkommun 01", "Exempelkommun 1*")
    assert (line["granted_sek"], line["unused_sek"], line["unused_percent"], line["note"]) == (10, 0, 0, None)

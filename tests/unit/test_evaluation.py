"""The figures of a round in one row. The rules of the grant are in tests/spec."""

from assets.domain.evaluation import annex, application_by_year, grant_by_year
from assets.frames import records_of
from tests.frames import table


def test_applications_are_counted_by_outcome():
    outcomes = ["approved", "partly_approved", "approved_wholly_or_partly", "rejected", "rejected"]
    outcomes += ["dismissed", "withdrawn", "withdrawn", "withdrawn"]
    applications = table("core_application", *({"outcome": each} for each in outcomes))
    [row] = records_of(application_by_year(applications))
    assert row["application_count"] == 9
    assert row["approved_count"] == 3
    assert (row["rejected_count"], row["dismissed_count"], row["withdrawn_count"]) == (2, 1, 3)
    assert row["approval_percent"] == 33


def test_17_of_29_is_the_printed_approval_rate_of_59_percent():
    outcomes = ["approved"] * 17 + ["rejected"] * 12
    [row] = records_of(application_by_year(table("core_application", *({"outcome": each} for each in outcomes))))
    assert row["approval_percent"] == 59


def test_a_body_without_a_decision_is_no_recipient_of_the_year():
    accounts = table(
        "core_reconciliation",
        {"recipient_code": "9901", "granted_sek": 10, "used_sek": 6, "unused_sek": 4},
        {"recipient_code": "9902", "unused_sek": 7},
    )
    [row] = records_of(grant_by_year(accounts))
    assert (row["recipient_count"], row["granted_sek"], row["used_sek"], row["unused_sek"]) == (1, 10, 6, 4)
    assert row["unused_percent"] == 40


def test_the_annex_has_the_name_as_reported_beside_the_official_one():
    accounts = table("core_reconciliation", {"recipient_code": "9901", "granted_sek": 10, "unused_sek": 0})
    decisions = table("core_decision", {"recipient_code": "9901", "name_as_reported": "Exempelkommun 1*"})
    bodies = table("core_recipient", {"recipient_code": "9901", "recipient_name": "Exempelkommun 01"})
    [line] = records_of(annex(accounts, decisions, bodies, "{amount}"))
    assert (line["recipient_name"], line["name_as_reported"]) == ("Exempelkommun 01", "Exempelkommun 1*")
    assert line["note"] is None

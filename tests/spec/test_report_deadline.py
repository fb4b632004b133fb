"""A report is missing the day after its last day, not on it. Section 8 of the ordinance: the report."""

import pytest

from tests.spec.language import accounts, decisions, reports


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [("2024-01-31", "report_not_due"), ("2024-02-01", "report_not_due"), ("2024-02-02", "report_missing")],
)
def test_a_report_is_missing_only_the_day_after_its_deadline(as_of: str, outcome: str):
    granted = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
    assert accounts(granted, reports(), as_of=as_of)["Exempelkommun 01"]["outcome"] == outcome


def test_a_report_without_a_known_deadline_is_never_called_missing():
    account = accounts(decisions("Exempelkommun 01: 700 000"), reports(), as_of="2099-12-31")
    assert account["Exempelkommun 01"]["outcome"] == "report_due_unknown"


def test_a_report_that_has_come_is_not_missing_whatever_the_day():
    granted = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
    account = accounts(granted, reports("Exempelkommun 01: 0 oanvänt"), as_of="2024-02-02")
    assert account["Exempelkommun 01"]["outcome"] == "all_used"

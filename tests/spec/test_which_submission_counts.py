"""Of a recipient's submissions the latest valid one counts. Each row has one fate, and a rule says why."""

import pytest

from tests.spec.language import submissions

COUNTS = ("accepted", None)
REPLACED = ("superseded", "superseded_submission")


def test_a_test_submission_does_not_count():
    assert submissions("Exempelkommun 01 | 2024-01-30 10:00 | Test | 0") == [("excluded", "test_submission")]


def test_a_draft_does_not_count():
    assert submissions("Exempelkommun 01 | 2024-01-30 10:00 | Utkast | 0") == [("excluded", "draft_submission")]


def test_a_later_draft_or_test_does_not_replace_what_was_submitted():
    assert submissions(
        "Exempelkommun 01 | 2024-01-28 10:00 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-29 10:00 | Utkast   | 0",
        "Exempelkommun 01 | 2024-01-30 10:00 | Test     | 0",
    ) == [COUNTS, ("excluded", "draft_submission"), ("excluded", "test_submission")]


def test_the_latest_submission_counts_wherever_it_stands_in_the_file():
    assert submissions(
        "Exempelkommun 01 | 2024-01-29 10:00 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-30 09:59 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-28 23:00 | Inlämnad | 0",
    ) == [REPLACED, COUNTS, REPLACED]


def test_one_recipients_submission_does_not_replace_anothers():
    assert submissions(
        "Exempelkommun 01 | 2024-01-29 10:00 | Inlämnad | 0",
        "Exempelkommun 02 | 2024-01-30 10:00 | Inlämnad | 0",
    ) == [COUNTS, COUNTS]


def test_the_hour_decides_even_if_one_row_writes_a_t_before_it():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30T09:00 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
    ) == [REPLACED, COUNTS]


def test_of_two_of_one_moment_neither_counts_and_the_one_before_them_holds():
    assert submissions(
        "Exempelkommun 01 | 2024-01-29 10:00 | Inlämnad | 1",
        "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 2",
        "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 3",
    ) == [COUNTS, ("quarantined", "duplicate_key"), ("quarantined", "duplicate_key")]


def test_the_latest_counts_also_where_its_amount_cannot_be_read():
    assert submissions(
        "Exempelkommun 01 | 2024-01-29 10:00 | Inlämnad | 5 000",
        "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | ca 5 000",
    ) == [REPLACED, COUNTS]


def test_an_unreadable_date_is_quarantined_and_not_taken_for_a_date_to_come():
    assert submissions("Exempelkommun 01 | 30/1/2024 | Inlämnad | 0") == [("quarantined", "date_unreadable")]


def test_a_day_that_does_not_exist_is_quarantined_and_not_taken_for_a_late_one():
    assert submissions("Exempelkommun 01 | 2024-02-30 | Inlämnad | 0", due="2024-02-01", late="exclude") == [
        ("quarantined", "date_unreadable")
    ]


def test_an_unknown_name_is_quarantined():
    assert submissions("Exempelkommun 48 | 2024-01-30 10:00 | Inlämnad | 0") == [("quarantined", "name_unknown")]


LAST_DAY, DAY_AFTER = "2024-02-01 23:59:59", "2024-02-02 00:00"


@pytest.mark.parametrize("late", ["accept", "exclude"])
def test_a_report_on_the_last_day_counts_under_either_policy(late: str):
    assert submissions(f"Exempelkommun 01 | {LAST_DAY} | Inlämnad | 0", due="2024-02-01", late=late) == [COUNTS]


def test_a_late_report_counts_where_the_round_accepts_late_reports():
    assert submissions(f"Exempelkommun 01 | {DAY_AFTER} | Inlämnad | 0", due="2024-02-01", late="accept") == [COUNTS]


def test_a_late_report_does_not_count_where_the_round_excludes_late_reports():
    assert submissions(f"Exempelkommun 01 | {DAY_AFTER} | Inlämnad | 0", due="2024-02-01", late="exclude") == [
        ("excluded", "late_report_excluded")
    ]


def test_a_late_correction_does_not_replace_a_report_in_time_where_late_reports_are_excluded():
    assert submissions(
        f"Exempelkommun 01 | {LAST_DAY} | Inlämnad | 0",
        f"Exempelkommun 01 | {DAY_AFTER} | Inlämnad | 5",
        due="2024-02-01",
        late="exclude",
    ) == [COUNTS, ("excluded", "late_report_excluded")]


def test_a_submission_on_the_as_of_date_counts_and_one_the_day_after_does_not():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 23:59 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-01-31 00:00 | Inlämnad | 5",
        as_of="2024-01-30",
    ) == [COUNTS, ("excluded", "after_as_of")]


def test_a_row_without_a_status_is_quarantined_since_it_may_be_a_test():
    assert submissions("Exempelkommun 01 | 2024-01-30 |  | 5") == [("quarantined", "value_missing")]

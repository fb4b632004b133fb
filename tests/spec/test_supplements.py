"""A supplement (komplettering) counts in the place of what it supplements, and is as late as that was."""

import pytest

from tests.spec.language import submissions

COUNTS = ("accepted", None)
SUPPLEMENTED = ("superseded", "supplemented_submission")
ALONE = ("quarantined", "supplement_of_nothing")
LATE = ("excluded", "late_report_excluded")


@pytest.mark.parametrize("late", ["accept", "if_none_in_time", "exclude"])
def test_a_supplement_after_the_deadline_counts_for_a_report_in_time_under_every_policy(late: str):
    assert submissions(
        "Exempelkommun 01 | 2024-02-01 | Inlämnad      | 0",
        "Exempelkommun 01 | 2024-03-15 | Komplettering | 5",
        due="2024-02-01",
        late=late,
    ) == [SUPPLEMENTED, COUNTS]


def test_a_supplement_counts_even_if_what_it_supplements_has_faults():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 | Inlämnad      | ca 5 000",
        "Exempelkommun 01 | 2024-03-15 | Komplettering | 5 000",
    ) == [SUPPLEMENTED, COUNTS]


def test_what_is_supplemented_stands_where_nobody_knows_when_the_supplement_came():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 | Inlämnad      | 5 000",
        "Exempelkommun 01 | 15/3/2024  | Komplettering | 4 000",
    ) == [COUNTS, ("quarantined", "date_unreadable")]


def test_the_latest_of_several_supplements_counts():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 | Inlämnad      | 0",
        "Exempelkommun 01 | 2024-03-16 | Komplettering | 2",
        "Exempelkommun 01 | 2024-03-15 | Komplettering | 1",
    ) == [SUPPLEMENTED, COUNTS, ("superseded", "superseded_submission")]


def test_a_supplement_without_anything_to_supplement_is_for_a_person_to_decide():
    assert submissions("Exempelkommun 01 | 2024-01-30 | Komplettering | 0") == [ALONE]


def test_a_supplement_does_not_let_in_what_came_too_late():
    assert submissions(
        "Exempelkommun 01 | 2024-02-02 | Inlämnad      | 0",
        "Exempelkommun 01 | 2024-03-15 | Komplettering | 5",
        due="2024-02-01",
        late="exclude",
    ) == [LATE, ALONE]


def test_a_supplement_of_a_draft_is_a_supplement_of_nothing():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 | Utkast        | 0",
        "Exempelkommun 01 | 2024-03-15 | Komplettering | 5",
    ) == [("excluded", "draft_submission"), ALONE]


def test_a_supplement_is_its_own_recipients():
    assert submissions(
        "Exempelkommun 01 | 2024-01-30 | Inlämnad      | 0",
        "Exempelkommun 02 | 2024-03-15 | Komplettering | 5",
    ) == [COUNTS, ALONE]


def test_a_late_report_counts_where_none_came_in_time():
    assert submissions("Exempelkommun 01 | 2024-02-02 | Inlämnad | 0", due="2024-02-01", late="if_none_in_time") == [
        COUNTS
    ]


def test_a_late_report_does_not_count_where_one_came_in_time():
    assert submissions(
        "Exempelkommun 01 | 2024-02-01 | Inlämnad | 0",
        "Exempelkommun 01 | 2024-02-02 | Inlämnad | 5",
        "Exempelkommun 02 | 2024-02-02 | Inlämnad | 5",
        due="2024-02-01",
        late="if_none_in_time",
    ) == [COUNTS, LATE, COUNTS]


def test_a_late_report_does_not_count_where_an_amount_of_the_one_in_time_cannot_be_read():
    assert submissions(
        "Exempelkommun 01 | 2024-02-01 | Inlämnad | ca 5",
        "Exempelkommun 01 | 2024-02-02 | Inlämnad | 5",
        due="2024-02-01",
        late="if_none_in_time",
    ) == [COUNTS, LATE]

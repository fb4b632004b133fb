"""One fate per data row. The rules of the grant are in tests/spec; here is what holds for any form."""

import datetime as dt
from typing import Any

import narwhals as nw
import pytest

from assets.domain.records import judged_rows
from assets.domain.submissions import decide_fates, exclusion_rule, is_late, one_row_per_identity
from assets.frames import records_of
from schemas.configuration import catalogue
from schemas.configuration.forms import Form
from tests.frames import computed, received, texts

FORMS = catalogue.programme("stadigvarande-boende").forms
REPORTS, SURVEY, FUNDS = FORMS["usage_report_2022"], FORMS["survey_2023"], FORMS["funds"]
VALID = {"recipient_code": "9901", "respondent_id": None, "submitted_at": "2024-01-30 10:00"}
VALID |= {"excluded_by": None, "broken_rule": None, "late": False, "is_supplement": False}


def fates(form: Form, *rows: dict[str, Any], late_reports: str = "accept") -> list[tuple[str | None, str | None]]:
    judged = records_of(decide_fates(texts(*({**VALID, **row} for row in rows)), form, late_reports))
    return [(row["fate"], row["rule"]) for row in sorted(judged, key=lambda row: row["source_row"])]


def test_a_row_that_is_no_data_has_no_fate():
    assert fates(REPORTS, {"row_kind": "header"}, {"row_kind": "total"}) == [(None, None), (None, None)]


def test_a_row_that_is_excluded_and_broken_is_excluded():
    assert fates(REPORTS, {"excluded_by": "test_submission", "broken_rule": "value_missing"}) == [
        ("excluded", "test_submission")
    ]


def test_two_rows_of_one_recipient_without_a_date_are_both_quarantined():
    assert fates(REPORTS, {"submitted_at": None}, {"submitted_at": None}) == [("quarantined", "duplicate_key")] * 2


def test_of_a_dated_row_and_one_without_a_date_nobody_knows_which_is_later():
    assert fates(REPORTS, {"submitted_at": None}, {}) == [("quarantined", "duplicate_key")] * 2


def test_a_row_without_a_date_that_is_alone_counts():
    assert fates(REPORTS, {"submitted_at": None}) == [("accepted", None)]


def test_respondents_of_a_pseudonymous_survey_are_told_apart_by_their_id():
    rows = ({"recipient_code": None, "respondent_id": each} for each in ("R1", "R2", "R1"))
    assert [fate for fate, _ in fates(SURVEY, *rows)] == ["quarantined", "accepted", "quarantined"]


def test_a_recipient_may_have_several_money_events():
    assert fates(FUNDS, {}, {}) == [("accepted", None), ("accepted", None)]


@pytest.mark.parametrize(("form", "one"), [(REPORTS, True), (SURVEY, True), (FUNDS, False)])
def test_only_where_the_key_says_so_has_a_recipient_one_row(form: Form, one: bool):  # noqa: FBT001 - a table of cases
    assert one_row_per_identity(form) is one


@pytest.mark.parametrize(
    ("submitted", "due", "late"),
    [
        ("2024-02-01 23:59", dt.date(2024, 2, 1), False),
        ("2024-02-02", dt.date(2024, 2, 1), True),
        (None, dt.date(2024, 2, 1), None),
        ("2024-02-02", None, None),
    ],
)
def test_late_is_after_the_last_day_and_unknown_where_a_date_is(
    submitted: str | None,
    due: dt.date | None,
    late: bool | None,  # noqa: FBT001 - a table of cases
):
    dates = {"submitted": [submitted, "2024-01-01"], "due": [due, dt.date(2024, 2, 1)]}
    assert computed(is_late(nw.col("submitted"), nw.col("due")), **dates) == [late, False]


def test_an_event_is_held_against_the_as_of_date_by_the_day_it_was_recorded():
    rows = texts({"recorded_date": "2024-06-30"}, {"recorded_date": "2024-07-01"}, {"recorded_date": None})
    rules = records_of(rows.select(rule=exclusion_rule(received(FUNDS), "2024-06-30", late_is_excluded=False)))
    assert [row["rule"] for row in rules] == [None, "after_as_of", None]


def test_two_files_of_one_form_compete_for_the_same_place():
    """One report in each of two files, of the same recipient: only the later of them counts."""
    days = {"a.csv": "2024-01-30", "b.csv": "2024-01-31"}
    files = [texts({**VALID, "source_file": file, "submitted_at": day}) for file, day in days.items()]
    marked = [(rows.with_columns(late=nw.col("source_row") < 0), REPORTS) for rows in files]
    assert [records_of(rows)[0]["fate"] for rows in judged_rows(marked, "accept")] == ["superseded", "accepted"]


def test_a_row_without_a_date_became_known_with_its_file():
    known, later = received(FUNDS, date="2024-06-30"), received(FUNDS, date="2024-07-01")
    rows = texts({"recorded_date": None})
    rules = [
        records_of(rows.select(rule=exclusion_rule(each, "2024-06-30", late_is_excluded=False)))
        for each in (known, later)
    ]
    assert [rule for [rule] in rules] == [{"rule": None}, {"rule": "after_as_of"}]


def test_the_rows_of_a_replaced_file_are_superseded():
    rule = exclusion_rule(received(REPORTS, replaced=True), "2024-06-30", late_is_excluded=False)
    [row] = records_of(texts({**VALID, "submission_status": "Test", "late": None}).select(rule=rule))
    assert fates(REPORTS, {"excluded_by": row["rule"]}) == [("superseded", "replaced_file")]

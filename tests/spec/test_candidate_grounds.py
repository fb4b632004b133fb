"""Evidence speaks for grounds of repayment; which ground holds, an official decides. SFS 2022:1416, 10 §.

Grounds by their names in the programme's ordinance: unused (10 § 3), no_report (10 § 4), condition_broken (10 § 5).
"""

import pytest

from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES
from tests.spec.language import decisions, reports
from tests.spec.money_language import cases, events, late

GRANTED = decisions("Exempelkommun 01: 700 000", due="2024-02-01")
WHO = "Exempelkommun 01"
UNUSED = reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt")


def found(reported=(), told=(), as_of="2024-06-30"):
    """The candidate grounds of the only case: provision and evidence."""
    case = cases(GRANTED, reported, told, as_of=as_of)[WHO]
    return sorted((each["provision"], each["evidence"]) for each in case["grounds"])


def test_unused_money_that_is_not_repaid_may_be_the_third_ground():
    assert found(UNUSED) == [("unused", "unused_not_repaid")]


def test_unused_money_that_is_repaid_is_no_case():
    repaid = events("Exempelkommun 01 | 2024-02-10 | Återbetalning | 184 363 kr")
    assert cases(GRANTED, UNUSED, repaid, as_of="2024-06-30") == {}


def test_a_krona_that_is_not_repaid_is_enough():
    repaid = events("Exempelkommun 01 | 2024-02-10 | Återbetalning | 184 362 kr")
    assert found(UNUSED, repaid) == [("unused", "unused_not_repaid")]


def test_no_report_may_be_the_fourth_ground():
    assert found() == [("no_report", "no_report")]


def test_more_reported_than_granted_may_be_the_third_ground():
    assert found(reports("Exempelkommun 01: 700 001 använt, 0 oanvänt")) == [("unused", "reported_above_granted")]


def test_use_that_is_not_accepted_may_be_the_third_ground():
    told = events("Exempelkommun 01 | 2024-03-01 | Ej godtagen användning | 110 191 kr | skäl: Annat ändamål")
    assert found(reports("Exempelkommun 01: 700 000 använt, 0 oanvänt"), told) == [("unused", "use_disallowed")]


def test_a_late_report_may_be_a_condition_broken_beside_what_made_the_case():
    reported = late(UNUSED, "2024-02-20 09:12")
    assert found(reported) == [("condition_broken", "report_late"), ("unused", "unused_not_repaid")]


@pytest.mark.parametrize(
    ("first", "last", "is_outside"),
    [
        ("2022-07-07", "2022-12-31", False),
        ("2022-07-06", "2022-12-31", True),
        ("2022-07-07", "2023-01-01", True),
    ],
)
def test_a_cost_outside_the_period_may_be_a_condition_broken(first: str, last: str, is_outside: bool):  # noqa: FBT001 - a case
    reported = [{**row, "first_cost_date": first, "last_cost_date": last} for row in UNUSED]
    assert (("condition_broken", "cost_outside_period") in found(reported)) is is_outside


def test_a_granted_amount_that_contradicts_the_decision_suggests_no_false_information():
    reported = reports("Exempelkommun 01: 800 000 beviljat, 515 637 använt, 184 363 oanvänt")
    assert found(reported) == [("unused", "unused_not_repaid")]


def test_the_evidence_is_said_in_words_with_the_row_that_says_so():
    [ground] = cases(GRANTED, UNUSED, as_of="2024-06-30")[WHO]["grounds"]
    assert ground["evidence_sv"] == ("Mottagaren har redovisat 184\u00a0363 kr som oanvända. Återbetalat är 0 kr.")
    assert ground["evidence_en"] == "The recipient reported SEK 184\u00a0363 as unused. SEK 0 is repaid."
    assert (ground["section_sv"], ground["source_row"]) == ("10 § 3", 2)


def test_what_is_missing_is_said_with_the_row_of_the_decision_that_set_the_day():
    [ground] = cases(GRANTED, as_of="2024-02-02")[WHO]["grounds"]
    assert ground["evidence_sv"] == (
        "Ingen återrapportering har kommit in till och med 2024-02-02. Den skulle ha lämnats senast 2024-02-01."
    )
    assert ground["source_row"] == 2


def test_a_text_says_that_grounds_are_candidates_only():
    sv, en = (text("candidate_note", language) for language in LANGUAGES)
    assert "tänkbara, inte konstaterade" in sv
    assert "never chooses a ground" in en

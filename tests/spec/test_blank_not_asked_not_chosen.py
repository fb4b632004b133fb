"""Blank, not asked and not chosen are three things, and a share is of those that answered."""

from typing import Any

from tests.spec.language import survey

USED_ALL = {"funds_use": "Hela bidraget"}
USED_A_PART = {"funds_use": "En del av bidraget"}
USED_NOTHING = {"funds_use": "Inget av bidraget"}
NO_TIME = {"unused_reason.lack_of_time": "1", "unused_reason.lack_of_staff": "0", "unused_reason.other_reason": "0"}
NO_STAFF = {"unused_reason.lack_of_time": "0", "unused_reason.lack_of_staff": "1", "unused_reason.other_reason": "0"}


def answer(respondent: dict[str, str], question: str, option: str) -> tuple[str, bool | None]:
    [row] = [row for row in survey(respondent)["core_answer"] if (row["question"], row["option"]) == (question, option)]
    return row["status"], row["selected"]


def share(question: str, option: str, *respondents: dict[str, str]) -> dict[str, Any]:
    rows = survey(*respondents)["out_indicator"]
    [row] = [row for row in rows if (row["indicator"], row["option"]) == (question, option)]
    return row


def test_an_option_that_was_chosen():
    assert answer(USED_A_PART | NO_TIME, "unused_reason", "lack_of_time") == ("answered", True)


def test_an_option_that_was_not_chosen():
    assert answer(USED_A_PART | NO_TIME, "unused_reason", "lack_of_staff") == ("answered", False)


def test_a_question_that_was_left_blank():
    assert answer(USED_A_PART, "unused_reason", "lack_of_time") == ("blank", None)


def test_a_question_that_was_not_asked_since_everything_was_used():
    assert answer(USED_ALL, "unused_reason", "lack_of_time") == ("not_asked", None)


def test_an_answer_to_a_question_that_was_not_asked_does_not_count():
    assert answer(USED_ALL | NO_TIME, "unused_reason", "lack_of_time") == ("not_asked", None)


def test_those_that_used_nothing_are_not_asked_what_they_used_it_for():
    assert answer(USED_NOTHING, "purpose_rating", "4") == ("not_asked", None)


def test_a_share_is_of_those_that_answered():
    row = share(
        "unused_reason",
        "lack_of_time",
        USED_A_PART | NO_TIME,
        USED_NOTHING | NO_STAFF,
        USED_NOTHING | NO_STAFF,
        USED_A_PART,
        USED_ALL,
    )
    assert (row["numerator"], row["denominator"]) == (1, 3)
    assert row["percent"] == 33
    assert (row["asked_count"], row["blank_count"]) == (4, 1)


def test_a_share_of_nobody_is_no_share():
    row = share("unused_reason", "lack_of_time", USED_ALL)
    assert (row["numerator"], row["denominator"], row["percent"]) == (0, 0, None)


def test_a_share_states_its_base_and_whether_that_is_our_inference():
    row = share("unused_reason", "lack_of_time", USED_A_PART | NO_TIME)
    assert (row["base"], row["base_inferred"]) == ("had_unused", True)
    row = share("funds_use", "all", USED_ALL)
    assert (row["base"], row["base_inferred"]) == ("everyone", False)

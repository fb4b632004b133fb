"""Why something differs between two versions: told where it can be shown, and else that it is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assets.domain.changed.answers import answer_changes
from assets.domain.changed.causes import Address, Between, Cause, Made, settled

OLD, NEW, LOG, REGISTER = "p/2023/old.csv", "p/2023/new.csv", "p/2023/corrections.yaml", "reference/municipalities.csv"
CELL: Address = (OLD, None, 7, "D")
DAY = ("2024-02-01", "2024-02-01")
CARD: dict[str, Any] = {"form": "survey", "replaces": None, "known_date": "2024-02-01"}

FIRST = Made("p/2023/", {OLD: "1", REGISTER: "r"}, {OLD: CARD}, {}, DAY, "0.1+a", "configuration", "program")


def kinds(causes: tuple[Cause, ...]) -> list[str]:
    return [each.kind for each in causes]


def between(**now: Any) -> Between:
    return Between(FIRST, replace(FIRST, **now))


# -- what became of the cells -----------------------------------------------------------------------------------------
def test_a_cell_in_a_file_that_is_the_same_has_no_cause_of_its_own():
    assert between().of([CELL], [CELL]) == ()


def test_an_overwritten_file_is_the_cause_of_what_stands_in_it_and_of_nothing_else():
    changed = between(files=FIRST.files | {OLD: "2"})
    assert changed.of([CELL], [CELL]) == (Cause("replacement", OLD),)
    assert changed.of([(NEW, None, 7, "D")], []) == ()


def test_a_file_in_the_place_of_another_is_one_cause_for_what_left_and_what_came():
    has = {NEW: "2", REGISTER: "r"}
    changed = between(files=has, cards={NEW: CARD | {"replaces": "old.csv"}})
    assert changed.of([CELL], [(NEW, None, 3, "D")]) == (Cause("replacement", NEW),)


def test_a_file_that_nobody_says_replaces_another_is_new_and_the_other_lost():
    changed = between(files={NEW: "2", REGISTER: "r"}, cards={NEW: CARD})
    assert changed.of([], [(NEW, None, 3, "D")]) == (Cause("new_file", NEW),)
    assert changed.of([CELL], []) == (Cause("lost_file", OLD),)


def test_the_same_file_with_another_card_is_its_cards_doing():
    assert between(cards={OLD: CARD | {"form": "other"}}).of([CELL], [CELL]) == (Cause("card", OLD),)


@pytest.mark.parametrize(
    ("was", "is_now", "kind"),
    [
        ({}, {(OLD, 7, "D"): ("2024-03-01", "x")}, ["correction"]),
        ({(OLD, 7, "D"): ("2024-03-01", "x")}, {}, ["correction_withdrawn"]),
        ({(OLD, 7, "D"): ("2024-03-01", "x")}, {(OLD, 7, "D"): ("2024-03-01", "y")}, ["other_correction"]),
        ({(OLD, 7, "D"): ("2024-03-01", "x")}, {(OLD, 7, "D"): ("2024-03-01", "x")}, []),
        ({}, {(OLD, 7, "E"): ("2024-03-01", "x")}, []),
        ({}, {(OLD, 8, "D"): ("2024-03-01", "x")}, []),
    ],
)
def test_a_correction_is_the_cause_of_its_own_cell_only(was: dict, is_now: dict, kind: list[str]):
    changed = Between(replace(FIRST, corrected=was), replace(FIRST, corrected=is_now))
    assert kinds(changed.of([CELL], [CELL])) == kind


def test_of_what_is_known_by_its_row_a_correction_anywhere_in_the_row_is_a_cause():
    changed = between(corrected={(OLD, 7, "E"): ("2024-03-01", "x")})
    assert kinds(changed.of([(OLD, None, 7, None)], [])) == ["correction"]


def test_what_a_corrected_cell_says_is_its_corrections_doing_whatever_became_of_the_file():
    now = {"files": FIRST.files | {OLD: "2"}, "corrected": {(OLD, 7, "D"): ("2024-03-01", "x")}}
    assert kinds(between(**now).of([CELL], [CELL])) == ["correction"]
    assert kinds(between(**now).of([(OLD, None, 7, None)], [])) == ["replacement", "correction"], (
        "which cell is not known"
    )


# -- by elimination ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ({}, []),
        ({"program": "other", "code": "0.1+b"}, ["program"]),
        ({"configuration": "other", "code": "0.1+b"}, ["configuration"]),
        ({"files": {OLD: "1", REGISTER: "s"}}, ["register"]),
        ({"known": ("2024-03-01", "2024-03-01")}, ["day"]),
        ({"files": {OLD: "2", REGISTER: "r"}}, ["replacement"]),
        ({"program": None, "configuration": None, "code": "0.1+b"}, ["sources"]),
        ({"program": None, "configuration": None}, []),
        ({"program": "other", "known": ("2024-03-01", "2024-03-01")}, ["day", "program"]),
    ],
)
def test_what_no_cell_explains_is_what_alone_changed_of_all_that_the_round_is_made_of(now: dict, kind: list[str]):
    assert kinds(between(**now).everything) == kind


def test_where_something_changed_that_no_cell_explains_the_others_may_have_changed_with_it():
    changed = between(files={OLD: "2", REGISTER: "r"}, program="other")
    direct, none = changed.of([CELL], [CELL]), ()
    assert settled([direct, direct], changed) == [direct, direct], "every change stands in the file that was replaced"
    assert [kinds(each) for each in settled([direct, none], changed)] == [
        ["replacement", "program"],
        ["replacement", "program"],
    ]


# -- answers ----------------------------------------------------------------------------------------------------------
def answer(who: str, option: str, *, selected: bool | None, question: str = "partners", **facts: Any) -> dict[str, Any]:
    status = "blank" if selected is None else "answered"
    row = {"form": "survey", "respondent_id": who, "recipient_code": "9901", "question": question, "option": option}
    place = {"source_file": OLD, "source_sheet": None, "source_row": 7, "source_column": "D"}
    return row | place | {"status": status, "selected": selected, "amount_sek": None} | facts


ANSWERS = [answer("R1", "a", selected=True), answer("R1", "b", selected=False), answer("R2", "a", selected=True)]
Change = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def test_answers_that_are_the_same_are_no_change_in_whatever_order_or_row():
    moved = [each | {"source_row": 9} for each in reversed(ANSWERS)]
    assert answer_changes(ANSWERS, moved, between()) == []


def test_one_question_of_one_respondent_is_one_change_with_what_was_chosen_before_and_after():
    now = [answer("R1", "a", selected=False), answer("R1", "b", selected=True), *ANSWERS[2:]]
    [change] = answer_changes(ANSWERS, now, between(files={OLD: "2", REGISTER: "r"}))
    assert (change.respondent, change.recipient_code, change.question) == ("R1", "9901", "partners")
    assert (change.before.chosen, change.after.chosen) == (("a",), ("b",))
    assert kinds(change.causes) == ["replacement"]


@pytest.mark.parametrize("facts", [{"status": "not_asked"}, {"amount_sek": 5}, {"selected": None}])
def test_another_status_amount_or_choice_is_a_change(facts: dict[str, Any]):
    now = [*ANSWERS[:2], ANSWERS[2] | facts]
    assert [each.respondent for each in answer_changes(ANSWERS, now, between())] == ["R2"]


def test_a_respondent_that_came_or_went_is_one_change_however_many_questions():
    new = [answer("R3", "a", selected=True), answer("R3", "yes", selected=True, question="anyway")]
    [came] = answer_changes(ANSWERS, ANSWERS + new, between())
    [went] = answer_changes(ANSWERS + new, ANSWERS, between())
    assert (came.respondent, came.question, came.before) == ("R3", None, None)
    assert (went.respondent, went.question, went.after) == ("R3", None, None)


def test_an_answer_that_changed_while_nothing_did_has_no_cause():
    [change] = answer_changes(ANSWERS, ANSWERS[:2], between())
    assert change.causes == ()

"""Answers as form tools write them: one option per cell, options joined in one cell, one column per option."""

from typing import Any

import narwhals as nw
import pytest
from pydantic import ValidationError

from assets.domain.answers import answer_predicates, long_answers
from assets.frames import records_of
from schemas.configuration.programme import Programme
from tests.frames import problems_of, received, texts

LABEL = {"sv": "x", "en": "x"}
PROVISION = {**LABEL, "says": LABEL, "concerns": "report", "valid_from": None, "valid_to": None}
OPTIONS = {"a": "Myndighet", "b": "Annan myndighet", "c": "Bolag (kommunala, privata)/stiftelser. M.m."}


def programme(**asked: Any) -> Programme:
    """A programme with one form of two questions: `used` of everyone, `why` of those that used a part."""
    questions = {
        "used": {
            "layout": "single",
            "header": "Använt?",
            "base": "everyone",
            "options": {"all": "Allt", "part": "En del"},
        },
        "why": {"header": "Varför? {option}", "base": "some", "options": OPTIONS, **asked},
    }
    form = {"form": "f", "title": LABEL, "identity": "respondent", "fields": {"respondent_id": "R"}}
    return Programme.model_validate(
        {
            "programme": "p",
            "title": LABEL,
            "agency": "a",
            "ordinance": {
                "reference": "r",
                "status": "preliminary",
                "provisions": dict.fromkeys(("decision", "report", "recovery"), PROVISION),
            },
            "recipients": ["municipality"],
            "rounds": {},
            "bases": {"everyone": LABEL, "some": {**LABEL, "asked_if": {"question": "used", "options": ["part"]}}},
            "questions": {
                "used": {**LABEL, "type": "single", "options": {"all": LABEL, "part": LABEL}},
                "why": {**LABEL, "type": "multiple", "options": dict.fromkeys(OPTIONS, LABEL)},
            },
            "forms": {"f": {**form, "questions": questions}},
            "reports": {},
        }
    )


SINGLE = programme(layout="single")
JOINED = programme(layout="joined", separator=";", none_of_them="Ingen av dem")
BARRED = programme(layout="joined", separator="|")
LINES = programme(layout="joined", separator="\n")
COLUMNS = programme(layout="column_per_option", chosen="Ja", not_chosen="Nej")


def chosen(of: Programme, **cells: str | None) -> set[str] | str:
    """The options chosen in `why`, or its status."""
    file = received(of.forms["f"])
    frames = long_answers(_rows(of, cells), file, of)
    rows = [row for frame in frames for row in records_of(frame) if row["question"] == "why"]
    assert {row["option"] for row in rows} == set(OPTIONS)
    [status] = {row["status"] for row in rows}
    if status != "answered":
        assert {row["selected"] for row in rows} == {None}
        return str(status)
    return {row["option"] for row in rows if row["selected"]}


def problems(of: Programme, **cells: str | None) -> list[tuple[str, str]]:
    form = of.forms["f"]
    found = problems_of(_rows(of, cells), received(form), answer_predicates(received(form), of))
    return [(row["rule"], row["source_column"]) for row in found]


def _rows(of: Programme, cells: dict[str, str | None]) -> nw.LazyFrame[Any]:
    blank = dict.fromkeys(of.forms["f"].headers())
    return texts({**blank, "respondent_id": "1", "used": "En del", **cells})


@pytest.mark.parametrize("option", OPTIONS)
def test_a_single_choice_is_the_option_whose_text_it_is(option: str):
    assert chosen(SINGLE, why=OPTIONS[option]) == {option}
    assert problems(SINGLE, why=OPTIONS[option]) == []


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("Myndighet", {"a"}),
        ("Annan myndighet", {"b"}),
        ("Myndighet;Annan myndighet", {"a", "b"}),
        ("Myndighet; Annan myndighet", {"a", "b"}),
        ("Annan myndighet ;Myndighet", {"a", "b"}),
        ("Myndighet ; Annan myndighet;", {"a", "b"}),
        ("Bolag (kommunala, privata)/stiftelser. M.m.;Myndighet", {"a", "c"}),
        ("Myndighet;Annan myndighet;Bolag (kommunala, privata)/stiftelser. M.m.", {"a", "b", "c"}),
    ],
)
def test_a_joined_answer_is_the_options_between_its_separators(cell: str, options: set[str]):
    assert chosen(JOINED, why=cell) == options
    assert problems(JOINED, why=cell) == []
    assert chosen(BARRED, why=cell.replace(";", "|")) == options
    assert problems(BARRED, why=cell.replace(";", "|")) == []
    assert chosen(LINES, why=cell.replace(";", "\n")) == options
    assert problems(LINES, why=cell.replace(";", "\n")) == []


def test_a_joined_answer_may_say_that_it_chooses_nothing_where_the_form_has_words_for_it():
    """Footnote 9 of the source: an answer, unlike a blank."""
    assert chosen(JOINED, why="Ingen av dem") == set()
    assert problems(JOINED, why="Ingen av dem") == []
    assert problems(BARRED, why="Ingen av dem") == [("option_unknown", "C")]


@pytest.mark.parametrize("layout", ["single", "column_per_option"])
def test_only_a_joined_answer_says_in_words_that_it_chooses_nothing(layout: str):
    with pytest.raises(ValidationError, match="none_of_them"):
        programme(layout=layout, none_of_them="Ingen av dem")


def test_an_option_chosen_twice_in_a_joined_answer_is_still_an_option():
    assert chosen(JOINED, why="Myndighet;Myndighet") == {"a"}
    assert problems(JOINED, why="Myndighet;Myndighet") == []


@pytest.mark.parametrize("cell", ["Kyrkan", "Myndighet;Kyrkan", "Kyrkan;Myndighet", "Myndigheten", "Myndighet, Kyrkan"])
def test_a_joined_answer_with_something_that_is_no_option_is_a_problem(cell: str):
    assert problems(JOINED, why=cell) == [("option_unknown", "C")]


def test_a_single_choice_that_is_no_option_is_a_problem():
    assert problems(SINGLE, why="Kyrkan") == [("option_unknown", "C")]


def test_columns_say_which_options_were_chosen():
    cells = {"why.a": "Ja", "why.b": "Nej", "why.c": "Ja"}
    assert chosen(COLUMNS, **cells) == {"a", "c"}
    assert problems(COLUMNS, **cells) == []


def test_no_in_every_column_is_an_answer():
    assert chosen(COLUMNS, **{"why.a": "Nej", "why.b": "Nej", "why.c": "Nej"}) == set()


def test_a_column_with_something_else_is_a_problem_of_that_column():
    cells = {"why.a": "Ja", "why.b": "kanske", "why.c": "Nej"}
    assert problems(COLUMNS, **cells) == [("option_unknown", "D")]


@pytest.mark.parametrize("of", [SINGLE, JOINED, COLUMNS], ids=["single", "joined", "columns"])
def test_no_answer_at_all_is_blank(of: Programme):
    assert chosen(of) == "blank"
    assert problems(of) == []


@pytest.mark.parametrize(
    ("of", "cells"),
    [(SINGLE, {"why": "Myndighet"}), (JOINED, {"why": "Myndighet"}), (COLUMNS, {"why.a": "Ja"})],
    ids=["single", "joined", "columns"],
)
def test_an_answer_to_a_question_that_was_not_asked_is_a_problem_and_no_answer(of: Programme, cells: dict[str, str]):
    assert chosen(of, used="Allt", **cells) == "not_asked"
    assert problems(of, used="Allt", **cells) == [("answered_though_not_asked", "C")]


def test_who_did_not_say_what_was_used_was_not_asked_why():
    assert chosen(SINGLE, used=None) == "not_asked"


@pytest.mark.parametrize(
    ("of", "cells"),
    [(SINGLE, {"why": "Myndighet"}), (JOINED, {"why": "Myndighet"}), (COLUMNS, {"why.a": "Ja", "why.b": "Nej"})],
    ids=["single", "joined", "columns"],
)
def test_who_did_not_say_what_was_used_but_answered_why_was_asked_why(of: Programme, cells: dict[str, str]):
    assert chosen(of, used=None, **cells) == {"a"}
    assert problems(of, used=None, **cells) == []


def test_an_answer_has_the_column_it_stood_in():
    file = received(COLUMNS.forms["f"])
    rows = [row for frame in long_answers(_rows(COLUMNS, {}), file, COLUMNS) for row in records_of(frame)]
    assert {(row["question"], row["option"]): row["source_column"] for row in rows} == {
        ("used", "all"): "B",
        ("used", "part"): "B",
        ("why", "a"): "C",
        ("why", "b"): "D",
        ("why", "c"): "E",
    }


def test_separators_alone_are_no_answer():
    assert chosen(JOINED, why=" ; ;") == "blank"


def test_an_answer_tells_that_the_question_was_asked_if_the_earlier_one_is_blank():
    assert chosen(JOINED, used=None, why="Myndighet") == {"a"}
    assert chosen(JOINED, used=None, why=None) == "not_asked"
    assert chosen(JOINED, used="Allt", why="Myndighet") == "not_asked"

"""Answers as form tools write them: one option per cell, options joined in one cell, one column per option."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assets.domain.reading.answers import answers_of
from assets.domain.reading.lines import Line
from schemas.configuration.programme import Programme
from tests.rows import broken, export_of, lines

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


def line(of: Programme, cells: dict[str, str | None]) -> Line:
    [only] = lines(export_of(of.forms["f"], {"respondent_id": "1", "used": "En del", **cells}))
    return only


def chosen(of: Programme, **cells: str | None) -> set[str] | str:
    """The options chosen in `why`, or its status."""
    found = [answer for answer in answers_of(line(of, cells), of) if answer.question == "why"]
    assert {answer.option for answer in found} == set(OPTIONS)
    [status] = {answer.status for answer in found}
    if status != "answered":
        assert {answer.selected for answer in found} == {None}
        return status
    return {answer.option for answer in found if answer.selected}


def problems(of: Programme, **cells: str | None) -> list[tuple[str, str | None]]:
    return broken(line(of, cells), of)


def test_a_single_choice_is_the_option_whose_text_it_is():
    for option, text in OPTIONS.items():
        assert (chosen(SINGLE, why=text), problems(SINGLE, why=text)) == ({option}, []), option


JOINED_ANSWERS = {
    "Myndighet": {"a"},
    "Annan myndighet": {"b"},
    "Myndighet;Annan myndighet": {"a", "b"},
    "Myndighet; Annan myndighet": {"a", "b"},
    "Annan myndighet ;Myndighet": {"a", "b"},
    "Myndighet ; Annan myndighet;": {"a", "b"},
    "Bolag (kommunala, privata)/stiftelser. M.m.;Myndighet": {"a", "c"},
    "Myndighet;Annan myndighet;Bolag (kommunala, privata)/stiftelser. M.m.": {"a", "b", "c"},
}


def test_a_joined_answer_is_the_options_between_its_separators():
    for cell, options in JOINED_ANSWERS.items():
        for of, separator in ((JOINED, ";"), (BARRED, "|"), (LINES, "\n")):
            written = cell.replace(";", separator)
            assert (chosen(of, why=written), problems(of, why=written)) == (options, []), written


def test_an_option_whose_own_text_has_the_separator_in_it_is_one_option():
    of = programme(layout="joined", options={**OPTIONS, "c": "Bolag; stiftelser"})
    written = {
        "Bolag; stiftelser": {"c"},
        "Bolag;stiftelser": {"c"},
        "Myndighet;Bolag; stiftelser;Annan myndighet": {"a", "b", "c"},
    }
    for cell, options in written.items():
        assert (chosen(of, why=cell), problems(of, why=cell)) == (options, []), cell
    assert problems(of, why="Bolag;Myndighet") == [("answer_unreadable", "C")]


def test_a_joined_answer_may_say_that_it_chooses_nothing_where_the_form_has_words_for_it():
    """Footnote 9 of the source: an answer, unlike a blank."""
    assert chosen(JOINED, why="Ingen av dem") == set()
    assert problems(JOINED, why="Ingen av dem") == []
    assert problems(BARRED, why="Ingen av dem") == [("answer_unreadable", "C")]


def test_a_single_answer_has_no_words_of_its_own_for_choosing_nothing():
    with pytest.raises(ValidationError, match="none_of_them"):
        programme(layout="single", none_of_them="Ingen av dem")


def test_an_option_chosen_twice_in_a_joined_answer_is_still_an_option():
    assert chosen(JOINED, why="Myndighet;Myndighet") == {"a"}
    assert problems(JOINED, why="Myndighet;Myndighet") == []


def test_a_joined_answer_with_something_that_is_no_option_is_a_problem():
    for cell in ("Kyrkan", "Myndighet;Kyrkan", "Kyrkan;Myndighet", "Myndigheten", "Myndighet, Kyrkan"):
        assert problems(JOINED, why=cell) == [("answer_unreadable", "C")], cell


def test_a_single_choice_that_is_no_option_is_a_problem():
    assert problems(SINGLE, why="Kyrkan") == [("answer_unreadable", "C")]


def test_columns_say_which_options_were_chosen():
    cells = {"why.a": "Ja", "why.b": "Nej", "why.c": "Ja"}
    assert chosen(COLUMNS, **cells) == {"a", "c"}
    assert problems(COLUMNS, **cells) == []


def test_no_in_every_column_is_an_answer():
    assert chosen(COLUMNS, **{"why.a": "Nej", "why.b": "Nej", "why.c": "Nej"}) == set()


def test_a_column_with_something_else_is_a_problem_of_that_column():
    cells = {"why.a": "Ja", "why.b": "kanske", "why.c": "Nej"}
    assert problems(COLUMNS, **cells) == [("answer_unreadable", "D")]


ANSWERED = {
    "single": (SINGLE, {"why": "Myndighet"}),
    "joined": (JOINED, {"why": "Myndighet"}),
    "columns": (COLUMNS, {"why.a": "Ja", "why.b": "Nej"}),
}
"""One question in each layout, answered with its first option."""


def test_no_answer_at_all_is_blank():
    for layout, (of, _) in ANSWERED.items():
        assert (chosen(of), problems(of)) == ("blank", []), layout


def test_an_answer_to_a_question_that_was_not_asked_is_a_problem_and_no_answer():
    for layout, (of, cells) in ANSWERED.items():
        assert chosen(of, used="Allt", **cells) == "not_asked", layout
        assert problems(of, used="Allt", **cells) == [("answered_though_not_asked", "C")], layout


def test_who_did_not_say_what_was_used_was_not_asked_why():
    assert chosen(SINGLE, used=None) == "not_asked"


def test_who_did_not_say_what_was_used_but_answered_why_was_asked_why():
    for layout, (of, cells) in ANSWERED.items():
        assert (chosen(of, used=None, **cells), problems(of, used=None, **cells)) == ({"a"}, []), layout


def test_an_answer_has_the_column_it_stood_in():
    found = answers_of(line(COLUMNS, {}), COLUMNS)
    assert {(answer.question, answer.option): answer.source_column for answer in found} == {
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


@settings(max_examples=50, deadline=None)
@given(st.sets(st.sampled_from(sorted(OPTIONS)), min_size=1), st.randoms(use_true_random=False))
def test_the_same_choice_is_read_alike_in_every_layout(options: set[str], random: Any):
    texts = random.sample([OPTIONS[option] for option in sorted(options)], len(options))
    columns = {f"why.{option}": "Ja" if option in options else "Nej" for option in OPTIONS}
    assert chosen(COLUMNS, **columns) == options
    for of, separator in ((JOINED, "; "), (BARRED, "|"), (LINES, "\n")):
        assert chosen(of, why=separator.join(texts)) == options
        assert problems(of, why=separator.join(texts)) == []

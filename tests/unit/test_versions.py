"""Two versions of a form in one file, and amounts for each option: each row is read by the version that it fills."""

import dataclasses

import pytest

from assets.domain.answers import answer_predicates, long_answers
from assets.domain.fields import read_name, with_values
from assets.domain.forms import Received, own_columns, positions, text_rows, versions_in
from assets.frames import records_of
from tests.frames import problems_of, received, rows_below, texts
from tests.spec.language import PROGRAMME
from tests.spec.odd_forms import QUARTERS, VERSIONS, amounts

HEADERS = ["Kommun", "Ej använt", "Kvar"]


def versions() -> dict[str, Received]:
    base = dataclasses.replace(received(VERSIONS), own_columns=own_columns(VERSIONS, HEADERS))
    return {
        name: dataclasses.replace(base, version=name, positions=positions(VERSIONS, HEADERS, name))
        for name in versions_in(VERSIONS, HEADERS)
    }


def read(*cells: tuple[str | None, ...]) -> dict[str, list[tuple[str, str | None, int]]]:
    """By version: recipient, what is unused, and columns of how many versions the row fills."""
    found = {}
    for name, file in versions().items():
        rows = records_of(text_rows(rows_below(file, HEADERS, *cells), file))
        data = sorted((row for row in rows if row["row_kind"] == "data"), key=lambda row: row["source_row"])
        found[name] = [(row["recipient_name"], row["unused_sek"], row["version_count"]) for row in data]
    return found


def test_each_row_is_read_once_by_the_version_whose_columns_it_fills():
    found = read(("A", "10", None), ("B", None, "20"), ("C", "30", ""))
    assert found == {"1": [("A", "10", 1), ("C", "30", 1)], "2": [("B", "20", 1)]}


def test_a_row_that_fills_no_versions_columns_is_read_once():
    found = read(("A", None, None))
    assert sum(map(len, found.values())) == 1
    assert found["2"] == [("A", None, 0)]


def test_a_row_that_fills_the_columns_of_both_is_read_once_and_counted_as_of_two():
    assert read(("A", "10", "20")) == {"1": [("A", "10", 2)], "2": []}


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["Kommun", "Ej använt"], ["1"]),
        (["Kommun", "Kvar"], ["2"]),
        (HEADERS, ["1", "2"]),
        (["Kommun"], []),
    ],
)
def test_the_versions_of_a_file_are_told_by_its_headers(headers: list[str], found: list[str]):
    assert versions_in(VERSIONS, headers) == found


def test_the_columns_of_one_version_alone_are_its_own():
    assert own_columns(VERSIONS, HEADERS) == {"1": [1], "2": [2]}
    assert own_columns(VERSIONS, ["Kommun", "Kvar"]) == {}


# -- amounts per option ---------------------------------------------------------------------------------------------
BLANK = dict.fromkeys(QUARTERS.headers())


def test_each_option_has_its_amount_or_is_left_blank():
    file = received(QUARTERS)
    rows = texts({**BLANK, "used.q1": "1 000 kr", "used.q2": None}, {**BLANK, **amounts(0, 7)})
    found = [row for frame in long_answers(rows, file, PROGRAMME) for row in records_of(frame)]
    assert {(row["source_row"], row["option"]): (row["status"], row["amount_sek"]) for row in found} == {
        (1, "q1"): ("answered", 1000),
        (1, "q2"): ("blank", None),
        (2, "q1"): ("answered", 0),
        (2, "q2"): ("answered", 7),
    }
    assert {row["selected"] for row in found} == {None}


@pytest.mark.parametrize(
    ("cells", "total"),
    [(amounts(10, 20), 30), (amounts(0, 0), 0), ({"used.q1": "10"}, None), ({}, None)],
    ids=["both", "zeros", "one", "none"],
)
def test_a_field_of_sums_is_the_sum_of_its_amounts_and_unknown_where_one_is(cells: dict[str, str], total: int | None):
    [row] = records_of(with_values(texts({**BLANK, "recipient_name": "A", **cells}), QUARTERS))
    assert row[read_name("used_sek")] == total


def test_an_amount_that_cannot_be_read_or_is_negative_is_a_problem_in_its_own_column():
    file = received(QUARTERS)
    rows = texts({**BLANK, "used.q1": "ca 10", "used.q2": "-5"})
    found = problems_of(rows, file, answer_predicates(file, PROGRAMME))
    letters = dict(zip(QUARTERS.headers(), "ABCDEFG", strict=False))
    assert {(row["rule"], row["source_column"]) for row in found} == {
        ("amount_approximate", letters["used.q1"]),
        ("amount_negative", letters["used.q2"]),
    }

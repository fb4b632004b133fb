"""Two versions of a form in one file, and amounts for each option: each row is read by the version that it fills."""

from assets.domain.reading.answers import answers_of
from assets.domain.reading.exports import claimed
from assets.domain.reading.forms import versions_in, versions_of
from assets.domain.reading.lines import Line
from assets.domain.reading.rows import values_of
from tests.rows import PROGRAMME, broken, export_of, file_of_cells, lines
from tests.spec.odd_forms import QUARTERS, VERSIONS, amounts

HEADERS = ["Kommun", "Ej använt", "Kvar"]


def read(*cells: str | None) -> tuple[str, str | None, int]:
    """Of a row: its version, what is unused, and columns of how many versions it fills."""
    [line] = lines(claimed(file_of_cells(HEADERS, cells), [VERSIONS]))
    return line.version.name, line.texts["unused_sek"], line.version_count


def test_each_row_is_read_by_the_version_whose_columns_it_fills():
    assert read("A", "10", None) == ("1", "10", 1)
    assert read("B", None, "20") == ("2", "20", 1)
    assert read("C", "30", "") == ("1", "30", 1)


def test_a_row_that_fills_no_versions_columns_is_of_the_last_and_of_none():
    assert read("A", None, None) == ("2", None, 0)


def test_a_row_that_fills_the_columns_of_both_is_read_by_the_first_and_told():
    assert read("A", "10", "20") == ("1", "10", 2)
    [line] = lines(claimed(file_of_cells(HEADERS, ["A", "10", "20"]), [VERSIONS]))
    assert broken(line) == [("row_of_two_versions", None)]


def test_what_is_wrong_leads_to_the_column_of_the_rows_own_version():
    found = {}
    for cells in (("A", "x", None), ("A", None, "x")):
        [line] = lines(claimed(file_of_cells(HEADERS, cells), [VERSIONS]))
        found[line.version.name] = broken(line)
    assert found == {"1": [("amount_unreadable", "B")], "2": [("amount_unreadable", "C")]}


def test_the_versions_of_a_file_are_told_by_its_headers():
    found = {("Kommun", "Ej använt"): ["1"], ("Kommun", "Kvar"): ["2"], tuple(HEADERS): ["1", "2"], ("Kommun",): []}
    assert {headers: versions_in(VERSIONS, headers) for headers in found} == found


def test_the_columns_of_one_version_alone_are_its_own():
    assert {each.name: list(each.own_columns) for each in versions_of(VERSIONS, HEADERS)} == {"1": [1], "2": [2]}
    assert [list(each.own_columns) for each in versions_of(VERSIONS, ["Kommun", "Kvar"])] == [[]]


# -- amounts per option -----------------------------------------------------------------------------------------------
def quarters(**cells: str | None) -> Line:
    [line] = lines(export_of(QUARTERS, {"recipient_name": "A", **cells}))
    return line


def test_each_option_has_its_amount_or_is_left_blank():
    found = {
        (name, answer.option): (answer.status, answer.amount_sek, answer.selected)
        for name, line in {"first": quarters(**{"used.q1": "1 000 kr"}), "second": quarters(**amounts(0, 7))}.items()
        for answer in answers_of(line, PROGRAMME)
    }
    assert found == {
        ("first", "q1"): ("answered", 1000, None),
        ("first", "q2"): ("blank", None, None),
        ("second", "q1"): ("answered", 0, None),
        ("second", "q2"): ("answered", 7, None),
    }


def test_a_field_of_sums_is_the_sum_of_its_amounts_and_unknown_where_one_is():
    assert values_of(quarters(**amounts(10, 20)))["used_sek"] == 30
    assert values_of(quarters(**amounts(0, 0)))["used_sek"] == 0
    assert values_of(quarters(**{"used.q1": "10"}))["used_sek"] is None
    assert values_of(quarters())["used_sek"] is None


def test_an_amount_that_cannot_be_read_or_is_negative_is_a_problem_in_its_own_column():
    letters = dict(zip(QUARTERS.headers(), "ABCDEFG", strict=False))
    assert broken(quarters(**{"used.q1": "ca 10", "used.q2": "-5"})) == [
        ("amount_approximate", letters["used.q1"]),
        ("amount_negative", letters["used.q2"]),
    ]

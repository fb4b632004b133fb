"""Two versions of a table and a log: what the log explains, what it does not, and which entries explain nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.reading.explanations import Entry, Explained, Versions, explained, key_column, table_of
from tests.stops import stops_by

HEADERS = ("Id", "Kommun", "Belopp")
ROWS = (("1", "A", "10"), ("2", "B", "20"), ("3", "C", "30"))
Lines = Sequence[Sequence[str | None]]


def versions(before: Lines, after: Lines, key: str | None = None, headers: Sequence[str] = HEADERS) -> Versions:
    old, new = table_of("före.csv", [HEADERS, *before]), table_of("efter.csv", [headers, *after])
    return Versions(old, new, key_column(old, new, key))


def log(*lines: str) -> list[Entry]:
    """Entries: key | column | old | new."""
    return [Entry(number, *map(str.strip, line.split("|"))) for number, line in enumerate(lines, 1)]


def held(after: Lines, *lines: str, headers: Sequence[str] = HEADERS) -> Explained:
    return explained(versions(ROWS, after, headers=headers), log(*lines))


def without_reason(result: Explained) -> tuple[list[list[int]], list[tuple[str, str]], list[tuple[int, str]]]:
    """Which entries explain what does differ, what is not explained, and why entries explain nothing."""
    return (
        [[entry.number for entry in used] for _, used in result.explained],
        [(each.key, each.column) for each in result.unexplained],
        [(entry.number, reason) for entry, reason in result.idle],
    )


CORRECTED = (("1", "A", "11"), *ROWS[1:])


def test_the_same_table_and_an_empty_log_leave_nothing_to_explain():
    assert held(ROWS).is_whole


def test_a_corrected_cell_is_explained_by_the_entry_that_says_both_values():
    result = held(CORRECTED, "1 | Belopp | 10 | 11")
    assert without_reason(result) == ([[1]], [], [])
    assert result.is_whole


def test_a_difference_that_no_entry_mentions_is_not_explained():
    result = held(CORRECTED)
    assert without_reason(result) == ([], [("1", "Belopp")], [])
    assert (result.unexplained[0].row_before, result.unexplained[0].row_after) == (2, 2)
    assert not result.is_whole


def test_spaces_that_nobody_sees_are_no_difference():
    assert held((("1", " A\u00a0", "10"), *ROWS[1:])).is_whole


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("1 | Belopp | 9 | 11", "old_differs"),
        ("1 | Belopp | 10 | 12", "new_differs"),
    ],
)
def test_an_entry_with_another_value_explains_nothing(entry: str, reason: str):
    assert without_reason(held(CORRECTED, entry)) == ([], [("1", "Belopp")], [(1, reason)])


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("4 | Belopp | 1 | 2", "no_row"),
        (" | Belopp | 1 | 2", "no_row"),
        ("01 | Belopp | 1 | 2", "key_differs"),
        ("1.0 | Belopp | 1 | 2", "key_differs"),
        ("1 | Summa | 1 | 2", "no_column"),
        ("1 | Belopp | 10 | 11", "unchanged"),
        ("1 | | | ", "row_kept"),
    ],
)
def test_an_entry_about_what_does_not_differ_explains_nothing_and_says_why(entry: str, reason: str):
    result = held(ROWS, entry)
    assert without_reason(result) == ([], [], [(1, reason)])
    assert not result.is_whole


@pytest.mark.parametrize(
    ("entries", "used", "idle"),
    [
        (["1 | Belopp | 10 | 15", "1 | Belopp | 15 | 11"], [[1, 2]], []),
        (["1 | Belopp | 10 | 15", "1 | Belopp | 10 | 11"], [[2]], [(1, "new_differs")]),
        (["1 | Belopp | 10 | 11", "1 | Belopp | 15 | 11"], [[1]], [(2, "old_differs")]),
        (["1 | Belopp | 10 | 11", "1 | Belopp | 10 | 11"], [[1]], [(2, "twice")]),
    ],
)
def test_entries_of_one_cell_may_follow_on_each_other(entries: list[str], used: list[list[int]], idle: list[object]):
    assert without_reason(held(CORRECTED, *entries)) == (used, [], idle)


def test_a_submission_that_was_removed_and_one_that_was_added_are_explained_by_entries_without_a_column():
    after = (*ROWS[:2], ("4", "D", "40"))
    assert held(after, "3 | | | ", "4 | | | ").is_whole
    assert without_reason(held(after)) == ([], [("3", ""), ("4", "")], [])
    assert without_reason(held(after, "3 | | | ", "3 | | | ", "4 | | | ")) == ([[1], [3]], [], [(2, "twice")])


def test_an_entry_of_a_cell_does_not_explain_that_its_whole_row_is_gone_or_new():
    after = (*ROWS[:2], ("4", "D", "40"))
    told = without_reason(held(after, "3 | Belopp | 30 | ", "4 | Belopp | | 40"))
    assert told == ([], [("3", ""), ("4", "")], [(1, "row_gone"), (2, "row_new")])


# -- columns --------------------------------------------------------------------------------------------------------
def test_a_renamed_column_is_compared_under_both_names_and_said():
    result = held(CORRECTED, "1 | Summa | 10 | 11", headers=("Id", "Kommun", "Belopp"))
    assert without_reason(result)[2] == [(1, "no_column")]
    many = [(str(number), f"K{number}", str(10 * number)) for number in range(1, 11)]
    changed = [("1", "K1", "11"), *many[1:]]
    of_many = versions(many, changed, headers=("Id", "Kommun", "Summa"))
    for name in ("Belopp", "Summa"):
        result = explained(of_many, log(f"1 | {name} | 10 | 11"))
        assert without_reason(result) == ([[1]], [], [])
        assert (result.renamed, result.removed, result.added) == ({"Belopp": "Summa"}, [], [])
        assert not result.is_whole


def test_below_nine_values_in_ten_a_column_is_gone_and_another_is_new():
    many = [(str(number), f"K{number}", str(10 * number)) for number in range(1, 11)]
    changed = [("1", "K1", "11"), ("2", "K2", "21"), *many[2:]]
    result = explained(versions(many, changed, headers=("Id", "Kommun", "Summa")), [])
    assert (result.renamed, result.removed, result.added) == ({}, ["Belopp"], ["Summa"])
    assert not result.is_whole


def test_two_columns_that_could_be_the_renamed_one_are_both_new():
    after = [(*row, row[2]) for row in ROWS]
    result = explained(versions(ROWS, after, headers=("Id", "Kommun", "Summa", "Kopia")), [])
    assert (result.renamed, result.removed, result.added) == ({}, ["Belopp"], ["Summa", "Kopia"])


def test_columns_may_change_places():
    after = [(amount, name, number) for number, name, amount in ROWS]
    assert explained(versions(ROWS, after, key="Id", headers=("Belopp", "Kommun", "Id")), []).is_whole


def test_headers_below_a_title_are_found_and_doubled_or_empty_ones_have_names_of_their_own():
    table = table_of("f", [("Utdrag", None, None, None), (None,) * 4, ("Id", "Svar", "Svar", ""), ("1", "a", "b", "c")])
    assert list(table.columns) == ["Id", "Svar", "Svar (2)", "(D)"]
    assert (list(table.rows), table.text(4, "Svar (2)")) == ([4], "b")


# -- keys -----------------------------------------------------------------------------------------------------------
def test_the_key_is_the_first_column_that_tells_the_rows_of_both_apart():
    double = (("1", "A", "10"), ("1", "B", "10"))
    assert versions(double, ROWS).key == "Kommun"
    assert versions(ROWS, ROWS, key=" Belopp ").key == "Belopp"


@pytest.mark.rule("key_not_found")
@pytest.mark.parametrize(
    "before", [(("1", "A", "1"), ("1", "A", "1")), (("1", "A", "1"), (None, None, None), ("", "", "2"))]
)
def test_without_such_a_column_is_a_stop(before: Lines):
    after = [(*row[:2], "7") for row in ROWS]
    with stops_by("key_not_found", where="före.csv", todo="Ta bort dubbla rader", never=["A"]):
        versions(before, [after[0], after[0]])


@pytest.mark.rule("key_not_there")
def test_a_chosen_key_that_is_not_there_is_a_stop():
    with stops_by("key_not_there", where="efter.csv", todo="”Belopp”. Välj en annan med --key"):
        versions(ROWS, ROWS, key="Belopp", headers=("Id", "Kommun", "Summa"))


@pytest.mark.rule("key_repeated")
def test_a_chosen_key_that_two_rows_have_is_a_stop_with_both():
    with stops_by("key_repeated", where="efter.csv", todo="raderna 2 och 4 har samma värde", never=["77"]):
        explained(versions(ROWS, (("77", "A", "1"), ("2", "B", "1"), ("77", "C", "1")), key="Id"), [])


@pytest.mark.rule("key_blank")
def test_a_row_without_the_chosen_key_is_a_stop():
    with stops_by("key_blank", where="före.csv", todo="rad 3 har inget värde i nyckelkolumnen ”Id”"):
        explained(versions((ROWS[0], ("", "B", "20")), ROWS, key="Id"), [])


@pytest.mark.rule("key_written_differently")
@pytest.mark.parametrize("key", ["01", "1.0", "0 1"])
def test_keys_that_a_program_has_rewritten_are_a_stop_and_no_rows_gone_and_new(key: str):
    with stops_by("key_written_differently", where="efter.csv", todo="Exportera båda filerna med nyckeln som text"):
        explained(versions(ROWS, ((key, "A", "10"), *ROWS[1:]), key="Id"), [])


# -- whatever is changed --------------------------------------------------------------------------------------------
LETTERS = st.text("ab", min_size=1, max_size=2)


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=6), st.data())
def test_a_log_of_every_change_explains_all_and_one_entry_less_leaves_one_unexplained(
    cells: list[tuple[str, str]], data: st.DataObject
):
    before = [(f"k{number}", *pair) for number, pair in enumerate(cells)]
    after, lines = [], []
    for row in before:
        if data.draw(st.booleans(), "removed"):
            lines.append(f"{row[0]} | | | ")
            continue
        new = (row[0], *(data.draw(LETTERS) for _ in row[1:]))
        lines += [f"{row[0]} | {HEADERS[at]} | {row[at]} | {new[at]}" for at in (1, 2) if row[at] != new[at]]
        after.append(new)
    both = versions(before, after, key="Id")
    assert explained(both, log(*lines)).is_whole
    if lines:
        fewer = explained(both, log(*lines)[1:])
        assert (len(fewer.unexplained), fewer.idle) == (1, [])

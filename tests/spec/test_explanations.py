"""Two versions of a table and a log: what the log explains, what it does not, and which entries explain nothing."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.reading.compared import Versions, key_column, table_of
from assets.domain.reading.explanations import Entry, Explained, explained
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


def test_an_entry_with_another_new_value_explains_nothing():
    assert without_reason(held(CORRECTED, "1 | Belopp | 10 | 12")) == ([], [("1", "Belopp")], [(1, "new_differs")])
    assert without_reason(held(CORRECTED, "1 | Belopp | 9 | 12")) == ([], [("1", "Belopp")], [(1, "old_differs")])


def test_an_entry_with_the_new_value_and_another_old_one_is_a_class_of_its_own():
    result = held(CORRECTED, "1 | Belopp | 8 | 9", "1 | Belopp | 9 | 11")
    assert without_reason(result) == ([], [], [(1, "old_differs")])
    [(difference, entries)] = result.otherwise
    assert (difference.key, difference.column, [entry.number for entry in entries]) == ("1", "Belopp", [2])
    assert not result.is_whole


# -- amounts --------------------------------------------------------------------------------------------------------
SAME = [
    ("1000", "1 000", "1\u00a0000", "1000,00", "1000.0", "1 000 kr", "1000:-", "1000 SEK"),
    ("-5", "\u22125", "-5,0"),
    ("1234567", "1.234.567", "1.234.567,00"),
    ("0,5", "0.50"),
    ("1.612",),
    ("1,612",),
    ("0114",),
    ("114",),
    ("12 kg",),
    ("2024-01-01",),
]


def test_an_amount_is_the_same_amount_however_it_is_written_and_nothing_else_is():
    """A lost zero is a difference, and a point before three digits may group or not."""
    for one, other in product(range(len(SAME)), repeat=2):
        for written, again in product(SAME[one], SAME[other]):
            after = (("1", "A", again), *ROWS[1:])
            both = versions((("1", "A", written), *ROWS[1:]), after, key="Id")
            assert explained(both, []).is_whole == (one == other), (written, again)


def test_an_entry_may_write_its_amounts_in_its_own_way():
    assert held(CORRECTED, "1 | Belopp | 10,00 kr | 11.0").is_whole
    assert held(CORRECTED, "1 | Belopp | 10.0 | 1 500", "1 | Belopp | 1500,00 | 11").is_whole


# -- what an entry says that it does --------------------------------------------------------------------------------
def kinds(*lines: str) -> list[Entry]:
    """Entries: key | column | old | new | kind."""
    split = [[part.strip() for part in line.split("|")] for line in lines]
    return [Entry(number, *parts).of_kind(kind) for number, (*parts, kind) in enumerate(split, 1)]


def test_an_entry_that_says_that_it_changes_nothing_need_not_explain_anything():
    result = explained(versions(ROWS, CORRECTED), kinds("2 | Belopp | 20 | 20 | unchanged", "1|Belopp|10|11|changed"))
    assert result.is_whole
    assert [entry.number for entry in result.unchanged] == [1]
    nowhere = explained(versions(ROWS, ROWS), kinds("9 | Belopp | 20 | 20 | unchanged"))
    assert without_reason(nowhere) == ([], [], [(1, "no_row")])


def test_what_did_change_is_not_explained_by_an_entry_that_says_that_nothing_did():
    result = explained(versions(ROWS, CORRECTED), kinds("1 | Belopp | 10 | 11 | unchanged"))
    assert without_reason(result) == ([], [("1", "Belopp")], [])


def test_a_removal_explains_that_its_row_is_gone_whatever_its_column_says_and_no_row_that_is_new():
    gone, new = ROWS[:2], (*ROWS, ("4", "D", "40"))
    assert explained(versions(ROWS, gone), kinds("3 | Belopp | 30 | | removed")).is_whole
    assert without_reason(explained(versions(ROWS, ROWS), kinds("3 | all | | | removed")))[2] == [(1, "row_kept")]
    assert without_reason(explained(versions(ROWS, new), kinds("4 | | | | removed"))) == (
        [],
        [("4", "")],
        [(1, "row_new")],
    )


def test_a_cell_that_was_emptied_has_no_new_value_whatever_the_log_writes():
    emptied = (("1", "A", ""), *ROWS[1:])
    assert explained(versions(ROWS, emptied, key="Id"), kinds("1 | Belopp | 10 | NA | blanked")).is_whole


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


def keyed(before: Lines, after: Lines, logged: Sequence[str] = (), named: str | None = None) -> str:
    return key_column(table_of("f", [HEADERS, *before]), table_of("e", [HEADERS, *after]), None, logged, named)


def test_the_key_is_the_column_that_pairs_best():
    # Row numbers that moved up pair rows that are not the same; names do not.
    numbered = (("1", "B", "20"), ("2", "C", "30"))
    assert keyed(ROWS, numbered) == "Kommun"
    assert keyed(ROWS, ROWS) == "Id"
    assert keyed(ROWS, ROWS, ["B"]) == "Kommun"
    assert keyed(ROWS, ROWS, ["1", "2", "B"]) == "Id"
    assert keyed(ROWS, ROWS, [], "Kommun") == "Kommun"


def test_a_column_in_which_more_of_the_logs_keys_stand_is_told():
    assert held(CORRECTED, "1 | Belopp | 10 | 11").better_key is None
    assert held(CORRECTED, "A | Belopp | 10 | 11", "B | Belopp | 20 | 21").better_key == "Kommun"
    assert held(CORRECTED, "1 | Belopp | 10 | 11", "B | Belopp | 20 | 21").better_key is None


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

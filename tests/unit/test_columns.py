"""Text in columns: under each other, numbers by their ends, folded only where the terminal ends."""

from pipelines.reports.columns import Columns, laid_out

ROWS = [("Norrtälje", "94 500", "ett långt skäl som inte får plats"), ("Åmål", "5", "kort")]


def test_columns_are_as_wide_as_their_longest_text_and_numbers_end_together():
    assert list(Columns(ROWS, right=(1,)).lines()) == [
        "  Norrtälje  94 500  ett långt skäl som inte får plats",
        "  Åmål            5  kort",
    ]


def test_the_widest_text_is_folded_to_the_width_and_no_number_is():
    lines = list(Columns(ROWS, right=(1,)).lines(40))
    assert lines == [
        "  Norrtälje  94 500  ett långt skäl som",
        "                     inte får plats",
        "  Åmål            5  kort",
    ]
    assert max(map(len, lines)) <= 40


def test_a_terminal_that_is_too_narrow_gets_lines_that_are_too_long_rather_than_splinters():
    lines = list(Columns([("a" * 30, "b c")]).lines(10))
    assert lines[0] == f"  {'a' * 12}  b c"


def test_a_text_among_the_rows_is_a_line_of_its_own():
    assert list(laid_out(["före", Columns(["rubrik", ("a", "b")], indent=4), "efter"])) == [
        "före",
        "rubrik",
        "    a  b",
        "efter",
    ]

"""Which form a file is, and which of its columns carries what."""

import pytest

from assets.domain.reading.exports import claimed
from assets.domain.reading.forms import claims, column_letter, column_position, positions, recognise
from assets.domain.reading.lines import lines_of
from schemas.configuration.forms import Form
from schemas.configuration.layouts import plain
from tests.rows import export_of, file_of_cells, lines
from tests.stops import stops_by

TITLES = {"decisions": "Beslutslista", "dated": "Beslutsdagar"}


def form(name: str, **fields: str) -> Form:
    title = {"sv": TITLES.get(name, name), "en": name}
    return Form.model_validate(
        {"form": name, "title": title, "fills": "core_decision", "identity": "recipient", "fields": fields}
    )


DECISIONS = form("decisions", recipient_name="Mottagare", granted_sek="Beviljat belopp (kr)")
DATED = form("dated", recipient_name="Mottagare", decided_date="Beslutsdatum")
HEADER = ["Mottagare", "Beviljat belopp (kr)"]


@pytest.mark.rule("form_unknown", holds=True)
def test_a_header_in_the_first_row_is_recognised():
    claim = recognise("f.csv", [HEADER, ["A", "1"]], [DECISIONS, DATED])
    assert (claim.form.form, claim.header_row) == ("decisions", 1)


def test_a_header_below_a_title_block_is_recognised():
    assert recognise("f.csv", [["Beslutslista"], [None, None], HEADER], [DECISIONS]).header_row == 3


def test_a_header_stands_among_the_first_thirty_rows():
    found = {above: len(claims([["x"]] * above + [HEADER], [DECISIONS])) for above in (29, 30)}
    assert found == {29: 1, 30: 0}


def test_the_order_of_the_columns_and_further_columns_do_not_matter():
    header = ["Anm.", "Beviljat belopp (kr)", None, "Mottagare"]
    assert recognise("f.csv", [header], [DECISIONS]).header_row == 1
    assert positions(DECISIONS, header) == {"recipient_name": 3, "granted_sek": 1}


def test_a_header_with_a_line_break_and_a_mark_is_the_same_header():
    header = ["\ufeffMottagare ", "Beviljat\r\nbelopp\u00a0 (kr)"]
    assert recognise("f.csv", [header], [DECISIONS]).header_row == 1
    assert positions(DECISIONS, header) == {"recipient_name": 0, "granted_sek": 1}


def test_the_first_of_two_equal_headers_carries_the_slot():
    assert positions(DECISIONS, [*HEADER, "Mottagare"])["recipient_name"] == 0


@pytest.mark.rule("form_unknown")
def test_no_form_is_a_stop_that_names_the_nearest_form_and_what_it_lacks():
    rows = [["Mottagare", "Beviljat belopp kr"], ["Borås", "94 500"]]
    told = "Närmast är Beslutslista; i filen saknas: Beviljat belopp (kr)."
    with stops_by("form_unknown", where="f.csv", todo=told, never=["Borås", "94 500", "Beviljat belopp kr"]):
        recognise("f.csv", rows, [form("other", case_number="Nr", decision_maker="Av"), DECISIONS])


def test_an_empty_sheet_is_no_form():
    with stops_by("form_unknown", where="f.csv", todo="i filen saknas: Mottagare; Beviljat belopp (kr)."):
        recognise("f.csv", [], [DECISIONS])


@pytest.mark.rule("form_ambiguous")
def test_two_forms_are_a_stop_that_names_both():
    told = "flera formulär (Beslutslista, Beslutsdagar). Gör formulärens rubriker olika"
    with stops_by("form_ambiguous", where="f.csv", todo=told, never=["94 500"]):
        recognise("f.csv", [[*HEADER, "Beslutsdatum"], ["Borås", "94 500"]], [DECISIONS, DATED])


@pytest.mark.rule("form_ambiguous", holds=True)
def test_a_header_that_a_second_form_asks_for_in_other_words_leaves_no_doubt():
    assert recognise("f.csv", [[*HEADER, "Beslutsdag"]], [DECISIONS, DATED]).form == DECISIONS


def test_a_header_is_compared_whole_and_with_its_case():
    assert claims([["Mottagare ort", "beviljat belopp (kr)"]], [DECISIONS]) == []


def test_a_plain_text_has_no_marks_and_stands_on_one_line():
    clean = {None: "", " a\n b ": "a b", "\ufeffa": "a", "a\u00a0b": "a b", "A\u030a": "Å"}
    assert {text: plain(text) for text in clean} == clean


def test_a_column_has_the_letter_a_spreadsheet_shows_and_the_letter_leads_back():
    letters = {0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"}
    assert {position: column_letter(position) for position in letters} == letters
    assert {position: column_position(letter) for position, letter in letters.items()} == {at: at for at in letters}


def test_a_cell_loses_the_spaces_around_it_and_a_cell_of_spaces_is_blank():
    [line] = lines(export_of(DECISIONS, {"recipient_name": " \u00a0A b\ufeff ", "granted_sek": " \u00a0 "}))
    assert line.texts == {"recipient_name": "A b", "granted_sek": None}


def test_every_row_of_a_file_has_a_kind():
    total = DECISIONS.model_validate(
        DECISIONS.model_dump() | {"total_row": {"field": "recipient_name", "text": "Summa", "sums": "granted_sek"}}
    )
    cells = [["Lista", None], HEADER, ["A", "1"], [None, ""], ["Summa", "1"], ["B", None]]
    kinds = [line.kind for line in lines_of(claimed(file_of_cells(*cells), [total]), {})]
    assert kinds == ["title", "header", "data", "blank", "total", "data"]


def test_a_cell_beyond_the_headers_is_counted_and_a_blank_one_is_not():
    cells = [[*HEADER, "Anm.", None], ["A", "1", "x", " "], ["B", "1", None, "y"]]
    counts = [(line.filled_count, line.beyond_count) for line in lines(claimed(file_of_cells(*cells), [DECISIONS]))]
    assert counts == [(3, 0), (3, 1)]


@pytest.mark.rule("header_twice")
def test_a_header_that_stands_twice_is_a_stop():
    rows = [[*HEADER, "Beviljat belopp (kr)"], ["Borås", "94 500", "287 454"]]
    told = "flera kolumner (Beviljat belopp (kr)). Ta reda på vilken som gäller"
    with stops_by("header_twice", where="f.csv", todo=told, never=["94 500", "287 454"]):
        recognise("f.csv", rows, [DECISIONS])


@pytest.mark.rule("header_twice", holds=True)
def test_a_header_that_the_form_does_not_ask_for_may_stand_twice():
    assert recognise("f.csv", [[*HEADER, "Anm.", "Anm."]], [DECISIONS]).form == DECISIONS


@pytest.mark.rule("rows_above_headers")
def test_a_row_above_the_headers_that_is_as_full_as_data_is_a_stop():
    rows = [["Utdrag", None], ["Borås", "94 500"], HEADER]
    told = "rad 2 ovanför rubrikraden 3 ser ut som data. Kontrollera"
    with stops_by("rows_above_headers", where="f.csv", todo=told, never=["Borås", "94 500"]):
        recognise("f.csv", rows, [DECISIONS])


@pytest.mark.rule("rows_above_headers", holds=True)
def test_a_row_above_the_headers_with_one_cell_fewer_is_a_title():
    assert recognise("f.csv", [["Utdrag", None], ["Borås", " "], HEADER], [DECISIONS]).header_row == 3

"""Cells by their types, from the file to the rule: what is an amount, what is told, and what may not be read at all."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from assets.domain.reading.amounts import Amount, read_amount
from assets.domain.reading.cells import as_text, type_of
from assets.domain.reading.sheets import spans
from assets.received import InputFile, Sheet
from assets.round import compute
from pipelines.readers.nested_file import read_nested
from pipelines.readers.workbook import read_workbook
from schemas.configuration.forms import Form
from schemas.words.vocabulary import ERROR_VALUE, NOT_CALCULATED, PERHAPS_NOT_CALCULATED
from tests.rows import PROGRAMME, cells_of, export_of, exports_of, file_of_cells, lines, programme_of, received_of
from tests.stops import stops_by
from tests.unit.workbooks import xlsx_of

DECISIONS = PROGRAMME.forms["decisions"]
AMOUNT = list(DECISIONS.headers()).index("granted_sek")
SOUND = {"recipient_name": "Exempelkommun 01", "granted_sek": 94_500}


def decided(*amounts: object, form: Form = DECISIONS, **marks: object) -> InputFile:
    """A list of decisions with these amounts, and what its file says of its cells."""
    rows = [{"recipient_name": f"Exempelkommun {n:02}", "granted_sek": each} for n, each in enumerate(amounts, 1)]
    file = file_of_cells(*cells_of(form, *rows), name="beslut.xlsx", sheet="Beslut")
    return InputFile(**{**vars(file), "sheets": [Sheet("Beslut", file.sheets[0].rows, **marks)]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (164_032, Amount(164_032)),
        (Decimal("412.375"), Amount(412, has_ore=True)),
        (Decimal("99.125"), Amount(99, has_ore=True)),
        (Decimal("1612.6"), Amount(1613, has_ore=True)),
        (Decimal("0.5"), Amount(1, has_ore=True)),
        (Decimal("-0.5"), Amount(-1, has_ore=True)),
        (Decimal("5.0"), Amount(5)),
        (Decimal("103589.00000000001"), Amount(103_589)),  # what binary leaves of a sum
        (Decimal("103588.99999999999"), Amount(103_589)),
        (Decimal("103589.00000002"), Amount(103_589, has_ore=True)),  # two millionths of an öre
        (Decimal("0.30000000000000004"), Amount(0, has_ore=True)),
        (999_999_999_999_999, Amount(999_999_999_999_999)),
        (10**15, Amount(fault="amount_unreadable")),
        (Decimal("1e300"), Amount(fault="amount_unreadable")),
        (Decimal("NaN"), Amount(fault="amount_unreadable")),
        (True, Amount(fault="amount_unreadable")),
        (dt.date(2024, 1, 5), Amount(fault="amount_unreadable")),  # 1.5 that a spreadsheet took for a date
        ("1.612", Amount(1612)),  # in a text a point before three digits groups
        (None, Amount()),
    ],
)
def test_a_number_is_that_many_kronor_and_its_point_the_decimal_mark(cell: object, expected: Amount):
    assert read_amount(cell) == expected  # type: ignore[arg-type]


def test_amounts_of_json_reach_their_line_as_numbers():
    """412.375 was read as 412 375 kr."""
    headers = DECISIONS.headers()
    items = [{headers["recipient_name"]: "Exempelkommun 01", headers["granted_sek"]: "§"}]
    items = [{**dict.fromkeys(headers.values()), **item} for item in items]
    sheet, _ = read_nested(json.dumps(items).replace('"\\u00a7"', "412.375").encode(), ".json")
    [export] = exports_of([file_of_cells(*sheet.rows, name="beslut.json")], DECISIONS)
    [line] = lines(export)
    assert line.amounts["granted_sek"] == Amount(412, has_ore=True)


def test_a_cell_has_one_text_and_a_word_for_its_type():
    for cell, text, word in [
        ("0114", "0114", "text"),
        (114, "114", "whole"),
        (Decimal("1E+3"), "1000", "decimal"),
        (Decimal("412.375"), "412.375", "decimal"),
        (Decimal("1e299"), "1E+299", "decimal"),
        (True, "TRUE", "boolean"),
        (dt.date(2024, 2, 29), "2024-02-29", "date"),
        (dt.datetime(2024, 2, 29, 10, 5), "2024-02-29 10:05:00", "datetime"),  # noqa: DTZ001 - a cell
        (None, None, None),
    ]:
        assert (as_text(cell), type_of(cell)) == (text, word), cell
    assert as_text(False, ("false", "true")) == "false"  # noqa: FBT003 - a cell


def test_truth_is_written_as_its_file_writes_it():
    [export] = exports_of([decided(5)], DECISIONS)
    rows = [list(row) for row in export.sheet.rows]
    rows[1][list(DECISIONS.headers()).index("decision_maker")] = True
    for truth, text in ((("FALSE", "TRUE"), "TRUE"), (("false", "true"), "true")):
        file = InputFile(**{**vars(decided(5)), "sheets": [Sheet("Beslut", rows, truth=truth)]})
        [export] = exports_of([file], DECISIONS)
        [line] = lines(export)
        assert line.texts["decision_maker"] == text


def test_what_was_received_is_kept_with_its_types():
    tables = compute(received_of(decided(Decimal("94500.5"))), programme_of(DECISIONS))
    row = tables["raw_row"].to_pylist()[1]
    assert (row["cells"][AMOUNT], row["types"][AMOUNT]) == ("94500.5", "decimal")
    assert row["types"] == [
        None if cell is None else word for cell, word in zip(row["cells"], row["types"], strict=True)
    ]


def test_numbers_are_listed_as_a_person_lists_them():
    assert spans([7, 5, 6, 12]) == "5–7, 12"


# -- what may not be read ---------------------------------------------------------------------------------------------
@pytest.mark.rule("cell_lost")
@pytest.mark.parametrize(
    ("word", "why"), [(ERROR_VALUE, "har ett felvärde"), (NOT_CALCULATED, "har en formel som inte är beräknad")]
)
def test_a_cell_that_would_read_as_empty_is_refused_by_name(word: str, why: str):
    file = decided(None, 5, oddities={(2, AMOUNT): word})
    with stops_by("cell_lost", where="beslut.xlsx: Beslut", todo="räkna om arbetsboken") as stop:
        exports_of([file], DECISIONS)
    assert f"cellen {'ABCDEFGH'[AMOUNT]}2 {why}" in str(stop.value)


@pytest.mark.rule("cell_lost", holds=True)
def test_a_formula_that_has_a_value_and_an_error_in_a_sheet_that_nobody_reads_are_read():
    file = decided(5, oddities={(2, AMOUNT): PERHAPS_NOT_CALCULATED})
    other = Sheet("Beräkning", [["x"]], oddities={(1, 0): ERROR_VALUE})
    [export] = exports_of([InputFile(**{**vars(file), "sheets": [*file.sheets, other]})], DECISIONS)
    assert [line.amount("granted_sek") for line in lines(export)] == [5]


@pytest.mark.rule("cell_lost")
def test_an_error_without_an_address_of_its_own_is_refused_by_name():
    head = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in DECISIONS.headers().values())
    error = '<c t="e"><v>#REF!</v></c>'
    [sheet] = read_workbook(xlsx_of(f"<row>{head}</row><row>{'<c/>' * AMOUNT}{error}</row>"))
    file = InputFile(**{**vars(decided(5)), "sheets": [sheet]})
    with stops_by("cell_lost", where=f"{'ABCDEFGH'[AMOUNT]}2", todo="Rätta dem i källan"):
        exports_of([file], DECISIONS)


@pytest.mark.rule("cell_lost")
def test_a_header_that_is_lost_is_told_and_not_that_no_form_has_such_headers():
    sheet = Sheet("S", [["Namn", None], [None, 5]], oddities={(1, 1): NOT_CALCULATED})
    with stops_by("cell_lost", where="beslut.xlsx: S", todo="räkna om arbetsboken"):
        exports_of([InputFile(**{**vars(decided(5)), "sheets": [sheet]})], DECISIONS)


OVER_TWO = {"merged": [(2, AMOUNT, 3, AMOUNT)]}


@pytest.mark.rule("cells_merged")
def test_a_cell_merged_over_two_rows_of_data_is_refused():
    with stops_by("cells_merged", where="beslut.xlsx", todo="merged: fill"):
        exports_of([decided(5, None, **OVER_TWO)], DECISIONS)


@pytest.mark.rule("cells_merged", holds=True)
@pytest.mark.parametrize("merged", [(1, 0, 1, 3), (1, AMOUNT, 2, AMOUNT), (2, AMOUNT, 2, AMOUNT + 1), (2, 9, 3, 9)])
def test_cells_merged_in_one_row_or_with_the_header_or_empty_are_read(merged: tuple[int, ...]):
    [export] = exports_of([decided(5, 6, merged=[merged])], DECISIONS)
    assert [line.amount("granted_sek") for line in lines(export)] == [5, 6]


def test_a_merged_cell_holds_for_each_of_its_rows_where_the_form_says_so_and_the_file_stays_as_received():
    form = DECISIONS.model_copy(update={"merged": "fill"})
    file = decided(5, None, form=form, **OVER_TWO)
    [export] = exports_of([file], form)
    assert [line.amount("granted_sek") for line in lines(export)] == [5, 5]
    assert export.sheet.rows[2][AMOUNT] is None


def test_hidden_rows_count_or_not_as_the_form_says():
    for hidden, counted in (("count", [5, 6]), ("exclude", [5])):
        form = DECISIONS.model_copy(update={"hidden": hidden})
        tables = compute(received_of(decided(5, 6, form=form, hidden_rows=frozenset({3}))), programme_of(form))
        assert tables["core_decision"]["granted_sek"].to_pylist() == counted, hidden
        told = [row for row in tables["core_finding"].to_pylist() if "hidden" in row["rule"]]
        assert [row["source_row"] for row in told] == [3], hidden


def test_a_hidden_sheet_is_no_sheet_of_a_form_that_says_so():
    form = DECISIONS.model_copy(update={"hidden": "exclude"})
    rows = decided(5).sheets[0].rows
    old, new = Sheet("Gammalt", rows, is_hidden=True), Sheet("Nytt", rows)
    [export] = exports_of([InputFile(**{**vars(decided(5)), "sheets": [old, new]})], form)
    assert export.sheet.name == "Nytt"


def test_the_export_of_one_row_is_read_as_before():
    assert [line.amount("granted_sek") for line in lines(export_of(DECISIONS, SOUND))] == [94_500]

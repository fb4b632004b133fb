"""What a workbook says of its cells beside their values: errors, formulas, what is hidden, what is merged."""

import io

import pytest
import xlsxwriter

from assets.received import Sheet
from pipelines.readers.workbook import read_workbook
from schemas.words.vocabulary import (
    ERROR_VALUE,
    NOT_CALCULATED,
    NOT_READ,
    NUMBER_AS_TEXT,
    PERHAPS_NOT_CALCULATED,
)
from tests.unit.workbooks import (
    ods_of,
    ods_value,
    xls,
    xls_error,
    xls_hidden_column,
    xls_hidden_row,
    xls_merged,
    xlsx_of,
)


def sheet(content: bytes) -> Sheet:
    [found] = read_workbook(content)
    return found


XLSX_CELLS = {
    '<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row>': {(2, 1): ERROR_VALUE},
    "<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row>": {(1, 1): ERROR_VALUE},  # no address of its own
    '<row r="3"><c r="C3"><f>A1+1</f></c></row>': {(3, 2): NOT_CALCULATED},
    '<row r="3"><c r="C3"><f>A1+1</f><v></v></c></row>': {(3, 2): NOT_CALCULATED},
    '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c></row>': {},  # an empty text is a value
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>': {},
    '<row r="1"><c r="A1" s="1"/></row>': {},
    '<row r="1"><c r="A1" t="nonsense"><v>5</v></c></row>': None,
    '<row r="1"><c r="A1" t="s"><v>99</v></c></row>': None,  # there is no such shared text
}


@pytest.mark.parametrize("rows", XLSX_CELLS)
def test_a_cell_that_would_read_as_empty_is_known_by_its_address(rows: str):
    """Where a reader makes nothing of what a cell holds, the file is damaged or the cell is told."""
    expected = XLSX_CELLS[rows]
    if expected is not None:
        assert sheet(xlsx_of(rows)).oddities == expected
        return
    try:
        found = sheet(xlsx_of(rows))
    except Exception as refused:  # noqa: BLE001 - whatever is raised must be the one sentence
        assert type(refused).__name__ == "Unreadable"  # noqa: PT017 - either is right
    else:
        assert found.oddities or any(cell is not None for row in found.rows for cell in row)


def test_a_formula_in_a_workbook_marked_to_be_recalculated_may_not_have_been():
    row = '<row r="1"><c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><v>0</v></c></row>'
    assert sheet(xlsx_of(row, book='<calcPr fullCalcOnLoad="1"/>')).oddities == {(1, 0): PERHAPS_NOT_CALCULATED}
    assert sheet(xlsx_of(row, book='<calcPr fullCalcOnLoad="0"/>')).oddities == {}


def test_hidden_and_merged_parts_of_xlsx_are_told_by_address():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        shown, hidden = book.add_worksheet("Visas"), book.add_worksheet("Dolt")
        for row in range(6):
            shown.write_row(row, 0, ["a", "b", "c"])
        for row in (4, 5):
            shown.set_row(row, None, None, {"hidden": True})
        shown.set_column(1, 2, None, None, {"hidden": True})
        shown.merge_range(2, 0, 3, 0, "m")
        hidden.write(0, 0, "x")
        hidden.hide()
    first, second = read_workbook(content.getvalue())
    assert (first.hidden_rows, first.hidden_columns, list(first.merged)) == ({5, 6}, {1, 2}, [(3, 0, 4, 0)])
    assert (first.is_hidden, second.is_hidden) == (False, True)


ONE, REPEATED = ods_value("float", 'office:value="1"'), 'table:number-rows-repeated="2"'


def cell(*attributes: str, kind: str = "", text: str = "") -> str:
    said = " ".join([*attributes, *([f'office:value-type="{kind}"'] if kind else [])])
    return f"<table:table-cell {said}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def test_hidden_and_merged_parts_and_errors_of_ods_are_told_by_address():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    spanned = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    formula = 'table:formula="of:=1/0"'
    error = cell(formula, 'calcext:value-type="error"', kind="string", text="#DIV/0!")
    old_error = cell(formula, 'office:value="0"', kind="float", text="#DIV/0!")
    rows = "".join(
        [
            f"<table:table-row>{ONE}{ONE}</table:table-row>",
            f'<table:table-row table:visibility="filter" {REPEATED}>{ONE}</table:table-row>',
            f"<table:table-row>{cell(spanned, kind='string', text='m')}</table:table-row>",
            f"<table:table-row>{error}{cell(formula)}{old_error}{cell(text='löst')}</table:table-row>",
        ]
    )
    found = sheet(ods_of(columns + rows))
    assert (found.hidden_rows, found.hidden_columns, list(found.merged)) == ({2, 3}, {1}, [(4, 0, 5, 0)])
    told = {(5, 0): ERROR_VALUE, (5, 1): NOT_CALCULATED, (5, 2): ERROR_VALUE, (5, 3): NOT_READ}
    assert found.oddities == told


def test_a_comment_is_no_part_of_what_a_cell_of_ods_holds():
    comment = "<office:annotation><text:p>Stäm av</text:p></office:annotation>"
    row = f"<table:table-row>{ONE}<table:table-cell>{comment}</table:table-cell></table:table-row>"
    assert (sheet(ods_of(row)).rows, sheet(ods_of(row)).oddities) == ([[1]], {})


def test_hidden_and_merged_parts_and_errors_of_xls_are_told_by_address():
    more = (xls_error(2, 1), xls_hidden_row(1), xls_hidden_column(1), xls_merged(0, 1, 0, 0))
    found = sheet(xls([["m", 1], [None, 2]], *more, hidden=1))
    assert (found.hidden_rows, found.hidden_columns, list(found.merged)) == ({2}, {1}, [(1, 0, 2, 0)])
    assert (found.is_hidden, found.oddities) == (True, {(3, 1): ERROR_VALUE})


def test_a_number_as_text_is_an_exception_only_where_most_are_numbers():
    def column(*cells: str) -> str:
        return "".join(f'<row r="{row}"><c r="A{row}"{cell}</c></row>' for row, cell in enumerate(cells, 1))

    number, text, code = "><v>5</v>", ' t="inlineStr"><is><t>1 000,50</t></is>', ' t="inlineStr"><is><t>0114</t></is>'
    assert sheet(xlsx_of(column(number, number, text))).oddities == {(3, 0): NUMBER_AS_TEXT}
    assert sheet(xlsx_of(column(number, text, text))).oddities == {}
    assert sheet(xlsx_of(column(number, number, code))).oddities == {}

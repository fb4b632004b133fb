"""XLS by xlrd alone: it tells types, errors, merged cells and what is hidden, but not whether a cell is a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from pipelines.readers.confined import Counted, Refused
from pipelines.readers.workbook_marks import ERROR, Marks

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet


def sheets(content: bytes, counted: Counted) -> Iterator[tuple[str, bool, list[list[Any]], Marks]]:
    """Every sheet: name, whether it is hidden, its rows, and what is marked in it. Raises: Refused."""
    import xlrd  # noqa: PLC0415 - only after the limits are set

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
    except xlrd.biffh.XLRDError as error:
        raise Refused("workbook_locked" if "ncrypt" in str(error) else "no_workbook") from None
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        marks = Marks(counted)
        rows = [_row(book, sheet, row, marks) for row in range(sheet.nrows)]
        _mark(sheet, marks)
        yield sheet.name, sheet.visibility != 0, rows, marks.done()
        book.unload_sheet(number)


def _row(book: Book, sheet: XlsSheet, row: int, marks: Marks) -> list[Any]:
    return [_value(book, sheet, row, column, marks) for column in range(sheet.row_len(row))]


def _value(book: Book, sheet: XlsSheet, row: int, column: int, marks: Marks) -> Any:  # noqa: ANN401 - any type
    import xlrd  # noqa: PLC0415 - as above

    kind: int = sheet.cell_type(row, column)
    value: Any = sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        marks.odd(row, column, ERROR)
        return None
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
        return None
    marks.hold(row, column, len(value) if isinstance(value, str) else 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return _moment(value, 1 if book.datemode else 0) if kind == xlrd.XL_CELL_DATE else value


def _moment(value: float, mode: Literal[0, 1]) -> dt.date | dt.time | float:
    """A number with the format of a date: a day, a day and a time, or a time alone; what is none stays a number."""
    import xlrd  # noqa: PLC0415 - as above

    try:
        found: dt.datetime = xlrd.xldate_as_datetime(value, mode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return value
    if value < 1:
        return found.time()
    return found.date() if value.is_integer() else found


def _mark(sheet: XlsSheet, marks: Marks) -> None:
    """What is hidden and what is merged."""
    marks.hidden_rows.extend((row, row) for row, info in sorted(sheet.rowinfo_map.items()) if info.hidden)
    marks.hidden_columns.extend((at, at) for at, info in sorted(sheet.colinfo_map.items()) if info.hidden)
    for top, bottom, left, right in sheet.merged_cells:
        marks.merge(top, left, bottom - 1, right - 1)

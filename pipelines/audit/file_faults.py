"""Known kinds of fault in columns and whole files, planted on purpose. `FILE_FAULTS` work on the file's bytes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assets.domain.reading.forms import text_of
from assets.received import Sheet
from pipelines.audit.faults import Rows, Target, fault, in_sheet, kronor

CUT = 5
"""Rows that a cut export lacks."""


def _header(target: Target, chance: Random) -> tuple[Rows, int, int]:
    """A copy of the rows, the place (from 0) of the headers, and the column of one that the form asks for."""
    return target.rows(), target.header_row - 1, chance.choice(sorted(target.columns.values()))


@fault
def column_renamed(target: Target, chance: Random) -> Sheet:
    """A header has another name than the form's."""
    rows, header, column = _header(target, chance)
    rows[header][column] = f"{rows[header][column]} (ny)"
    return in_sheet(target, rows)


@fault
def column_missing(target: Target, chance: Random) -> Sheet:
    """A column is not there."""
    rows, _, column = _header(target, chance)
    return in_sheet(target, [[*row[:column], *row[column + 1 :]] for row in rows])


@fault
def column_doubled(target: Target, chance: Random) -> Sheet:
    """A column stands twice."""
    rows, _, column = _header(target, chance)
    return in_sheet(target, [[*row, row[column]] for row in rows])


@fault
def columns_swapped_with_headers(target: Target, chance: Random) -> Sheet:
    """Two columns have changed places, headers and all: the same table."""
    one, other = chance.sample(sorted(target.columns.values()), 2)
    rows = target.rows()
    for row in rows:
        row[one], row[other] = row[other], row[one]
    return in_sheet(target, rows)


@fault
def headers_swapped(target: Target, chance: Random) -> Sheet:
    """Two headers have changed places, and what stands below them has not."""
    one, other = chance.sample(sorted(target.columns.values()), 2)
    return _with_headers_swapped(target, one, other)


@fault
def amount_headers_swapped(target: Target, chance: Random) -> Sheet | None:
    """The headers of two columns of amounts have changed places."""
    amounts = sorted(target.columns[slot] for slot in target.slots("_sek"))
    return _with_headers_swapped(target, *chance.sample(amounts, 2)) if len(amounts) > 1 else None


def _with_headers_swapped(target: Target, one: int, other: int) -> Sheet:
    rows = target.rows()
    header = rows[target.header_row - 1]
    header[one], header[other] = header[other], header[one]
    return in_sheet(target, rows)


@fault
def header_row_doubled(target: Target, _: Random) -> Sheet:
    """The headers stand twice, one row below the other."""
    rows = target.rows()
    return in_sheet(target, [*rows[: target.header_row], *rows[target.header_row - 1 :]])


@fault
def header_row_within_data(target: Target, chance: Random) -> Sheet:
    """The headers stand again among the data, as in pages that were put together."""
    rows, at = target.rows(), chance.choice(target.counted)
    return in_sheet(target, [*rows[:at], rows[target.header_row - 1], *rows[at:]])


@fault
def header_row_missing(target: Target, _: Random) -> Sheet:
    """The headers are not there."""
    rows = target.rows()
    return in_sheet(target, [*rows[: target.header_row - 1], *rows[target.header_row :]])


@fault
def rows_cut(target: Target, _: Random) -> Sheet | None:
    """The last rows are not there."""
    rows = target.rows()
    return in_sheet(target, rows[:-CUT]) if len(target.counted) > CUT else None


@fault
def rows_cut_above_total(target: Target, _: Random) -> Sheet | None:
    """The last rows above the total row are not there."""
    if _total(target) is None or len(target.counted) <= CUT:
        return None
    rows, last = target.rows(), max(target.counted)
    return in_sheet(target, [*rows[: last - CUT], *rows[last:]])


@fault
def no_rows(target: Target, _: Random) -> Sheet:
    """Headers, and nothing below them."""
    return in_sheet(target, target.rows()[: target.header_row])


@fault
def blank_rows_between(target: Target, chance: Random) -> Sheet:
    """Blank rows stand among the data."""
    rows, at = target.rows(), chance.choice(target.counted)
    return in_sheet(target, [*rows[:at], [""], [""], *rows[at:]])


@fault
def total_row_changed(target: Target, _: Random) -> Sheet | None:
    """The total is another."""
    at = _total(target)
    if at is None or target.form.total_row is None:
        return None
    rows, column = target.rows(), target.columns[target.form.total_row.sums]
    rows[at][column] = str(kronor(str(rows[at][column])) + 1000)
    return in_sheet(target, rows)


@fault
def total_row_missing(target: Target, _: Random) -> Sheet | None:
    """The total is not there."""
    at = _total(target)
    if at is None:
        return None
    rows = target.rows()
    return in_sheet(target, [*rows[:at], *rows[at + 1 :]])


def _total(target: Target) -> int | None:
    """The place (from 0) of the total row, if there is one."""
    if target.form.total_row is None:
        return None
    mark, column = target.form.total_row.text, target.columns[target.form.total_row.field]
    return next((at for at, row in enumerate(target.sheet.rows) if text_of(row[column]) == mark), None)


# -- sheets ---------------------------------------------------------------------------------------------------------
SheetFault = Callable[[Target], list[Sheet]]
SHEET_FAULTS: dict[str, SheetFault] = {
    "sheet_of_remarks": lambda target: [target.sheet, Sheet("Anteckningar", [["Att stämma av"], ["Ring registrator"]])],
    "sheet_of_remarks_first": lambda target: [Sheet("Anteckningar", [["Att stämma av"]]), target.sheet],
    "sheet_doubled": lambda target: [target.sheet, Sheet("Kopia", target.sheet.rows)],
}
"""Every kind of fault in the sheets of a workbook by its name."""


# -- bytes ----------------------------------------------------------------------------------------------------------
FileFault = Callable[[bytes], bytes]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


FILE_FAULTS: dict[str, FileFault] = {
    "file_empty": lambda _: b"",
    "file_truncated": lambda content: content[: len(content) * 2 // 3],
    "file_is_an_image": lambda _: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}
"""Every kind of fault of a file's bytes by its name; what it is called is text `fault_<name>`."""

TEXT_FAULTS: dict[str, FileFault] = {
    "file_in_utf_16": lambda content: _text(content).encode("utf-16"),
    "file_letters_mangled": lambda content: _text(content).encode().decode("cp1252", "replace").encode(),
    "file_ends_in_a_quote": lambda content: content + b'"',
}
"""As FILE_FAULTS, for text files only."""

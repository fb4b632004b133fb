"""The side pass over ODS: errors, formulas without a value, what is hidden or merged; repeats are counted, not made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from pipelines.readers.confined import Counted, Refused
from pipelines.readers.workbook_marks import ERROR, NOT_CALCULATED, TALLEST, WIDEST, Marks, parse

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
CELLS = ("table:table-cell", "table:covered-table-cell")
COMMENT = "office:annotation"
HIDDEN = ("collapse", "filter")
VALUES = ("office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value")
ERRORS = ("#", "Err:")
"""How the text of an error begins, where a program marks it by nothing else."""


def sheets(archive: zipfile.ZipFile, counted: Counted) -> Iterator[Marks]:
    """What is marked in every sheet, in their order. Raises: Refused."""
    if MANIFEST in archive.namelist():
        with archive.open(MANIFEST) as stream:
            parse(stream, _refuse_encryption, _nothing, _nothing)
    reader = _Content(counted)
    with archive.open(CONTENT) as stream:
        parse(stream, reader.start, reader.end, reader.text)
    return (marks.done() for marks in reader.sheets)


def _refuse_encryption(element: str, _: dict[str, str]) -> None:
    if element == "manifest:encryption-data":
        raise Refused("workbook_locked")


def _nothing(*_: object) -> None:
    """What is of no interest."""


class _Content:
    """Every sheet of a spreadsheet as its XML streams by. Tables inside cells are passed over."""

    def __init__(self, counted: Counted) -> None:
        self.counted = counted
        self.sheets: list[Marks] = []
        self.depth = self.comments = self.paragraphs = 0
        self.row = self.column = self.columns = 0
        self.rows_repeated = self.hidden_groups = 0
        self.row_is_hidden = False
        self.cell: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.length = 0
        self.found: list[tuple[int, int, int]] = []
        """Of the row's cells: where the first of a repetition stands, how many they are, and their characters."""
        self.odd: list[tuple[int, int, str]] = []
        self.merged: list[tuple[int, int, int]] = []

    # -- elements -----------------------------------------------------------------------------------------------------
    def start(self, element: str, has: dict[str, Any]) -> None:
        if element == "table:table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(Marks(self.counted))
                self.row = self.columns = self.hidden_groups = 0
        elif self.depth != 1:
            return
        elif element in CELLS:
            self.cell, self.length, self.paragraphs = has, 0, 0
            self.pieces.clear()
        elif element == "table:table-row":
            self._start_row(has)
        elif element == "table:table-column":
            self._columns(has)
        elif element == "table:table-row-group":
            self.hidden_groups += bool(self.hidden_groups) or has.get("table:display") == "false"
        elif self.cell is not None:
            self._inside_cell(element, has)

    def _inside_cell(self, element: str, has: dict[str, str]) -> None:
        if element == COMMENT:
            self.comments += 1
        elif element == "text:p" and not self.comments:
            self.paragraphs += 1
        elif element == "text:s" and not self.comments:
            self._grow(_repeated(has, "text:c"))

    def text(self, piece: str) -> None:
        if self.cell is not None and self.paragraphs and not self.comments and self.depth == 1:
            self._grow(len(piece))
            self.pieces.append(piece)

    def _grow(self, length: int) -> None:
        self.length += length
        self.counted.add(0, 0, self.length)

    def end(self, element: str) -> None:
        if element == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif element == COMMENT:
            self.comments -= 1
        elif element in CELLS:
            self._end_cell()
        elif element == "table:table-row":
            self._end_row()
        elif element == "table:table-row-group" and self.hidden_groups:
            self.hidden_groups -= 1

    # -- columns and rows ---------------------------------------------------------------------------------------------
    def _columns(self, has: dict[str, str]) -> None:
        count = _repeated(has, "table:number-columns-repeated")
        if has.get("table:visibility") in HIDDEN:
            self.sheets[-1].hidden_columns.append((self.columns, min(self.columns + count, WIDEST) - 1))
        self.columns = min(self.columns + count, WIDEST)

    def _start_row(self, has: dict[str, str]) -> None:
        self.rows_repeated = _repeated(has, "table:number-rows-repeated")
        self.row_is_hidden = has.get("table:visibility") in HIDDEN or self.hidden_groups > 0
        self.column = 0
        self.found.clear()
        self.odd.clear()
        self.merged.clear()

    def _end_row(self) -> None:
        marks, rows = self.sheets[-1], self.rows_repeated
        if self.row_is_hidden:
            marks.hidden_rows.append((self.row, min(self.row + rows, TALLEST) - 1))
        for at, count, length in self.found:
            marks.grow(self.row + rows - 1, at + count - 1)
            self.counted.add(rows * count, rows * count * length, 0)
        for row in range(self.row, self.row + rows if self.found else self.row):
            for at, count, _ in self.found:
                marks.held.extend(range(row * WIDEST + at, row * WIDEST + at + count))
        for at, count, word in self.odd:
            marks.grow(self.row + rows - 1, at + count - 1)
            self.counted.add(rows * count, 0, 0)
            marks.oddities |= {(self.row + down, at + right): word for down in range(rows) for right in range(count)}
        for at, down, right in self.merged:
            marks.merge(self.row, at, self.row + down - 1, at + right - 1)
        self.row += rows

    # -- cells --------------------------------------------------------------------------------------------------------
    def _end_cell(self) -> None:
        has, self.cell = self.cell or {}, None
        count = _repeated(has, "table:number-columns-repeated")
        said = "".join(self.pieces).strip()
        kind, formula = has.get("office:value-type"), has.get("table:formula")
        if has.get("calcext:value-type") == "error" or (formula and said.startswith(ERRORS)):
            self.odd.append((self.column, count, ERROR))
        elif formula and not kind:
            self.odd.append((self.column, count, NOT_CALCULATED))
        elif length := self._content_length(has, kind, said):
            self.found.append((self.column, count, length))
        down, right = _repeated(has, "table:number-rows-spanned"), _repeated(has, "table:number-columns-spanned")
        if down > 1 or right > 1:
            self.merged.append((self.column, down, right))
        self.column += count

    def _content_length(self, has: dict[str, str], kind: str | None, said: str) -> int:
        value = "".join(has.get(name, "") for name in VALUES)
        if kind in (None, "string"):
            return self.length if said else len(value) if value.strip() else 0
        return len(value)


def _repeated(has: dict[str, str], name: str) -> int:
    """How many times; at least once. Raises: Refused where that is more than anything could be."""
    count = int(has.get(name, "1"))
    if not 0 < count < 10**9:
        raise Refused("too_many_cells", WIDEST * TALLEST)
    return count

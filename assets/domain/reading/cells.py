"""A cell as it was received: its text, and what its type is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assets.received import Cell, Cells, Sheet

TRUTH = ("FALSE", "TRUE")
MOST_DIGITS = 60
"""Digits of a number that are written out; one with more is written with its exponent."""

TYPES = {
    str: "text",
    bool: "boolean",
    int: "whole",
    Decimal: "decimal",
    dt.date: "date",
    dt.datetime: "datetime",
}
"""What the type of a cell is called."""


def as_text(cell: object, truth: tuple[str, str] = TRUTH) -> str | None:
    """A cell as text: a number with a point and no exponent, a date as ISO has it. None where there is no cell.

    Args: truth: how the file's program shows false and true.
    """
    if isinstance(cell, bool):
        return truth[cell]
    if isinstance(cell, Decimal):
        return f"{cell:f}" if cell.is_finite() and abs(cell.adjusted()) < MOST_DIGITS else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return None if cell is None else str(cell)


def type_of(cell: Cell) -> str | None:
    """What the type of a cell is called; None where there is no cell."""
    return None if cell is None else TYPES[type(cell)]


def merged_in(sheet: Sheet, header_row: int) -> Iterator[tuple[int, int, int, int]]:
    """Cells that are merged over several rows below the headers, and hold anything."""
    for top, left, bottom, right in sheet.merged:
        if bottom > max(top, header_row) and bottom > header_row + 1 and _holds(sheet, top, left):
            yield top, left, min(bottom, len(sheet.rows)), right


def _holds(sheet: Sheet, row: int, column: int) -> bool:
    return row <= len(sheet.rows) and column < len(sheet.rows[0]) and bool(as_text(sheet.rows[row - 1][column]))


def with_merged_filled(sheet: Sheet, header_row: int) -> Sequence[Cells]:
    """The rows of a sheet in which a merged cell holds for each of its rows below the headers."""
    filled = [list(row) for row in sheet.rows]
    for top, left, bottom, _ in merged_in(sheet, header_row):
        for row in range(max(top, header_row) + 1, bottom + 1):
            filled[row - 1][left] = sheet.rows[top - 1][left]
    return filled

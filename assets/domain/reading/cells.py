"""A cell as it was received: its text, and what its type is called."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from assets.received import Cell

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

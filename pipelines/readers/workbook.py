"""Workbooks, read in a child process: a legal file of a few kilobytes can abort the process that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assets.received import Address, Cell, Sheet
from pipelines.readers.child import answers, cell_of
from pipelines.readers.limits import Limits, limits
from pipelines.readers.unreadable import Unreadable
from schemas.words.vocabulary import NUMBER_AS_TEXT

CHILD = "pipelines.readers.workbook_child"
NUMBER = re.compile("[-\u2212]?(?:[1-9][0-9 \u00a0\u202f]*|0)(?:[.,][0-9]+)?")
"""A text that looks like a number, and not like a code that begins with zeros."""


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of a workbook, every cell with its type. Raises: Unreadable."""
    most = limits()
    said = answers(CHILD, content, most)
    return [_sheet(head, said, most) for head in said]


def _sheet(head: Any, said: Iterator[Any], most: Limits) -> Sheet:  # noqa: ANN401 - a JSON value
    rows: list[list[Cell]] = []
    for answer in said:
        if isinstance(answer, dict):
            width = max(map(len, rows), default=0)
            if most.refuses_grid(len(rows), width, most.grid):
                raise Unreadable("too_many_positions", most.grid)
            for row in rows:
                row.extend([None] * (width - len(row)))
            return _marked(head, rows, answer["marks"])
        rows.append([cell_of(each) for each in answer])
    raise Unreadable("damaged")


def _marked(head: dict[str, Any], rows: list[list[Cell]], marks: dict[str, Any]) -> Sheet:
    """The sheet. Rows are counted from 1, columns from 0, as everywhere but in the child."""
    height, width = len(rows), max(map(len, rows), default=0)
    odd = {(row + 1, column): word for row, column, word in marks["oddities"]}
    return Sheet(
        head["sheet"],
        rows,
        oddities=_numbers_as_text(rows) | odd,
        hidden_rows=frozenset(row + 1 for row in _within(marks["hidden_rows"], height)),
        hidden_columns=frozenset(_within(marks["hidden_columns"], width)),
        merged=tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in marks["merged"]),
        is_hidden=head["is_hidden"],
    )


def _within(spans: list[list[int]], end: int) -> Iterator[int]:
    return (at for first, last in spans for at in range(first, min(last + 1, end)))


def _numbers_as_text(rows: list[list[Cell]]) -> dict[Address, str]:
    """Texts that look like numbers, in columns most of whose numbers are numbers."""
    found: dict[int, list[int]] = {}
    numbers: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                if NUMBER.fullmatch(cell.strip()):
                    found.setdefault(at, []).append(number)
            elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
                numbers[at] = numbers.get(at, 0) + 1
    told = {at: places for at, places in found.items() if len(places) < numbers.get(at, 0)}
    return {(row, at): NUMBER_AS_TEXT for at, places in told.items() for row in places}

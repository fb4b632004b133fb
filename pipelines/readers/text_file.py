"""Delimited text: decoded, parsed once, as wide as its widest row; the delimiter is the one that makes rows even."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from assets.received import Cell, Sheet
from pipelines.readers.decoding import plain_text
from pipelines.readers.limits import Limits, limits
from pipelines.readers.unreadable import Unreadable

DELIMITERS = ";,\t"
SAMPLE_ROWS = 20
NO_COLUMNS = (0.0, 0)
LINES = re.compile("[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
SHARED_LENGTH, SHARED_MOST = 40, 100_000
"""Short texts that stand in many cells are kept once: most cells of a survey hold one of few answers."""


def parsed(text: str) -> tuple[list[list[str]], str]:
    """The records of a delimited text, and its delimiter. Raises: Unreadable."""
    best = max(DELIMITERS, key=lambda mark: _evenness(_first_records(text, mark)))
    return records(text, best, limits()), best


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    """The first records, or those before what is none."""
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        found.extend(islice(_reader(text, delimiter, limits()), SAMPLE_ROWS))
    return found


def _evenness(found: list[list[str]]) -> tuple[float, int]:
    """How many of the rows with cells have the commonest width, and that width: free text makes rows uneven."""
    widths = [len(record) for record in found if len(record) > 1]
    if not widths:
        return NO_COLUMNS
    commonest = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(commonest) / len(widths), commonest


def records(text: str, delimiter: str, most: Limits) -> list[list[str]]:
    """Every record, in one pass, counted as it goes. Raises: Unreadable: too much, or a quote that does not end."""
    found: list[list[str]] = []
    cells = filled = width = 0
    shared: dict[str, str] = {}
    try:
        for record in _reader(text, delimiter, most):
            width, cells = max(width, len(record)), cells + len(record)
            filled += sum(map(bool, record))
            _refuse_excess(width, cells, len(found) + 1, most)
            found.append([_shared(cell, shared) for cell in record])
    except csv.Error as error:
        is_long = "field limit" in str(error)
        raise Unreadable(*(("cell_too_long", most.cell_characters) if is_long else ("broken_quotes",))) from None
    if most.refuses_grid(len(found), width, filled):
        raise Unreadable("too_sparse")
    return found


def _refuse_excess(width: int, cells: int, height: int, most: Limits) -> None:
    if width > most.width:
        raise Unreadable("too_wide", most.width)
    if cells > most.text_cells:
        raise Unreadable("too_many_cells", most.text_cells)
    if width * height > most.grid:
        raise Unreadable("too_many_positions", most.grid)


def _reader(text: str, delimiter: str, most: Limits) -> Iterator[list[str]]:
    csv.field_size_limit(most.cell_characters)
    return csv.reader((line[0] for line in LINES.finditer(text)), delimiter=delimiter, strict=True)


def _shared(cell: str, shared: dict[str, str]) -> str:
    if len(cell) > SHARED_LENGTH:
        return cell
    if len(shared) >= SHARED_MOST:
        return shared.get(cell, cell)
    return shared.setdefault(cell, cell)


def rectangular(rows: Sequence[Sequence[Cell]]) -> Sheet:
    """Rows as wide as the widest: a cell that is not there is None, an empty one is empty text."""
    width = max(map(len, rows), default=0)
    return Sheet(None, [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows])


def read_lines(content: bytes) -> list[str]:
    """The lines of a text without columns. Raises: Unreadable."""
    return plain_text(content)[0].splitlines()


def read_text(content: bytes) -> tuple[Sheet, str, str]:
    """The one table of a text file, its encoding and its delimiter. Raises: Unreadable."""
    text, encoding = plain_text(content)
    found, delimiter = parsed(text)
    return rectangular(found), encoding, delimiter

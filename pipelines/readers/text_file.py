"""Delimited text: parsed once, as wide as its widest row; the delimiter is that with which a row is a header."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Protocol

from assets.received import Cell, Sheet
from pipelines.readers.decoding import plain_text
from pipelines.readers.limits import Limits, limits
from pipelines.readers.unreadable import Unreadable

USUAL = ";,\t"
DELIMITERS = f"{USUAL}|^~"
STATED = re.compile("sep=([^\r\n])(?:\r\n?|\n)")
"""How spreadsheets are told of the delimiter, in a line of its own."""

SAMPLE_ROWS = 40
ALIKE = 0.5
"""From this share of a form's headers on a row is like its header: that chooses what to suggest, and no figure."""

Likeness = Callable[[list[list[str]]], tuple[float, int]]
"""How like the known headers one of the first rows is (1 is exactly so), and how many headers that is."""

NO_COLUMNS = (0.0, 0)
LINES = re.compile("[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
SHARED_LENGTH, SHARED_MOST = 40, 100_000
"""Short texts that stand in many cells are kept once: most cells of a survey hold one of few answers."""


class Reader(Protocol):
    """What reads records one by one, and counts the lines that it has read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """The records."""


def delimiter_of(text: str, likeness: Likeness) -> str:
    """The delimiter: the one that the file itself states (`sep=;`), or with which a row is a known header, exactly.

    Where no row is one, the delimiter with which a row is most like one, or else that makes the rows even.
    """
    if stated := STATED.match(text):
        return stated[1]
    heads = {mark: _first_records(text, mark) for mark in DELIMITERS}
    found = {mark: likeness(head) for mark, head in heads.items()}
    if max(share for share, _ in found.values()) >= ALIKE:
        return max(DELIMITERS, key=lambda mark: (*found[mark], *_evenness(heads[mark])))
    return max(USUAL, key=lambda mark: _evenness(heads[mark]))


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    """The first records, or those before what is none."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        found.extend(islice(_reader(text, delimiter, limits()), SAMPLE_ROWS))
    return found


def _evenness(found: list[list[str]]) -> tuple[float, int]:
    """How many of the rows with cells have the commonest width, and that width: free text makes rows uneven."""
    widths = [len(record) for record in found if len(record) > 1]
    if not widths:
        return NO_COLUMNS
    commonest = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(commonest) / len(widths), commonest


def like_nothing(_: list[list[str]]) -> tuple[float, int]:
    """Where no headers are known."""
    return 0.0, 0


def records(text: str, delimiter: str, most: Limits) -> tuple[list[list[str | None]], list[tuple[int, int]]]:
    """Every record, in one pass, counted as it goes; and the records (from 1) that go on over how many further lines.

    Raises: Unreadable: too much, or a quote that does not end, with the line in which its record begins.
    """
    found: list[list[str | None]] = []
    continued: list[tuple[int, int]] = []
    cells = filled = width = line = 0
    reader = _reader(text, delimiter, most)
    shared: dict[str, str] = {}
    try:
        for record in reader:
            width, cells = max(width, len(record)), cells + len(record)
            filled += sum(map(bool, record))
            _refuse_excess(width, cells, len(found) + 1, most)
            found.append([_shared(cell, shared) for cell in record])
            if reader.line_num > line + 1:
                continued.append((len(found), reader.line_num - line - 1))
            line = reader.line_num
    except csv.Error as error:
        is_long = "field limit" in str(error)
        raise Unreadable(
            *(("cell_too_long", most.cell_characters) if is_long else ("broken_quotes", line + 1))
        ) from None
    if most.refuses_grid(len(found), width, filled):
        raise Unreadable("too_sparse")
    return found, continued


def _refuse_excess(width: int, cells: int, height: int, most: Limits) -> None:
    if width > most.width:
        raise Unreadable("too_wide", most.width)
    if cells > most.text_cells:
        raise Unreadable("too_many_cells", most.text_cells)
    if width * height > most.grid:
        raise Unreadable("too_many_positions", most.grid)


def _reader(text: str, delimiter: str, most: Limits) -> Reader:
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


def read_text(content: bytes, likeness: Likeness = like_nothing) -> tuple[Sheet, str, str]:
    """The one table of a text file, its encoding and its delimiter. Raises: Unreadable."""
    text, encoding = plain_text(content)
    delimiter = delimiter_of(text, likeness)
    found, continued = records(text, delimiter, limits())
    return replace(rectangular(found), continued=continued), encoding, delimiter

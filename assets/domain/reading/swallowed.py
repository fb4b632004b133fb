"""Rows that a quoted cell swallowed: a quotation mark that nobody meant begins a cell, and the next one ends it.

A line of such a cell splits to as many cells as there are headers, and most of those in typed columns look like the
others there. Delimiters alone do not tell: people write lists with semicolons.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assets.domain.reading.forms import Export, text_of
from assets.received import Cells
from schemas.rules.rule import Stop

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?")
NUMBER = re.compile(r"-?[0-9][0-9 .,\u00a0]*")
TEXT = "text"
LETTERS, DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"[0-9]+")

MANY = 0.2
"""A column holds dates or numbers where this share of its cells do; our choice."""

FITTING = 0.7
"""A line is a row where this share of its cells in typed columns fit: no false alarm in texts that people wrote."""

LOOKED_AT = 1000
"""So many rows tell what the columns hold."""

SEVERAL = 2


@dataclass(frozen=True)
class Swallowed:
    """A cell (row from 1, column from 0) with rows in it, and the physical lines of the first and the last of them."""

    row: int
    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Column:
    """What the cells of a column have in common."""

    shapes: frozenset[str]
    values: frozenset[str]
    patterns: frozenset[str]

    @property
    def is_typed(self) -> bool:
        """Whether they have anything in common."""
        return bool(self.shapes or self.values or self.patterns)

    def fits(self, text: str) -> bool:
        """Whether a text looks like the cells of the column."""
        return text in self.values or _pattern(text) in self.patterns or shape(text) in self.shapes


def shape(text: str) -> str:
    """Whether a text looks like a date, a number, or anything else."""
    if DATE.fullmatch(text):
        return "date"
    return "number" if NUMBER.fullmatch(text) else TEXT


def _pattern(text: str) -> str:
    return LETTERS.sub("a", DIGITS.sub("9", text))[:20]


def column_of(texts: Sequence[str]) -> Column:
    """What the cells of a column have in common: a date or a number, few values, one pattern with digits."""
    shapes, patterns = Counter(map(shape, texts)), Counter(map(_pattern, texts))
    return Column(
        shapes=frozenset(kind for kind, count in shapes.items() if kind != TEXT and count >= MANY * len(texts)),
        values=frozenset(text for text, count in Counter(texts).items() if count >= SEVERAL),
        patterns=frozenset(each for each, count in patterns.items() if "9" in each and count * 2 >= len(texts)),
    )


class Suspicion:
    """The cells of a text file that go on over several lines, held against what its columns hold."""

    def __init__(self, export: Export) -> None:
        """Of this export."""
        self._export = export
        self._delimiter = export.file.delimiter or ""
        self._below = export.sheet.rows[export.last_header_row :]
        self._continued = dict(export.sheet.continued)
        self._width = max((at for at, cell in enumerate(export.headers, 1) if text_of(cell)), default=0)

    @cached_property
    def columns(self) -> list[Column]:
        """What the columns hold in the rows of one line."""
        numbered = enumerate(self._below, self._export.last_header_row + 1)
        rows = [cells for number, cells in numbered if number not in self._continued][:LOOKED_AT]
        return [column_of([text for row in rows if (text := _cell(row, at))]) for at in range(self._width)]

    @property
    def has_types(self) -> bool:
        """Whether any column tells rows from other lines."""
        return any(column.is_typed for column in self.columns)

    def found(self) -> Iterator[Swallowed]:
        """The cells with rows in them, in order."""
        if not self._delimiter or self._width < SEVERAL:
            return
        before = 0
        for number, extra in sorted(self._continued.items()):
            if number > self._export.last_header_row:
                yield from self._in_row(number, number + before)
            before += extra

    def _in_row(self, number: int, line: int) -> Iterator[Swallowed]:
        for column, cell in enumerate(self._export.sheet.rows[number - 1]):
            lines = str(cell or "").splitlines()
            rows = [
                line + at for at, text in enumerate(lines) if at and self._is_row(text, is_last=at == len(lines) - 1)
            ]
            if rows:
                yield Swallowed(number, column, rows[0], rows[-1])
            line += max(len(lines) - 1, 0)

    def _is_row(self, text: str, *, is_last: bool) -> bool:
        """Whether a line of a cell is a row; the last may be one that the closing quote cut."""
        cells = next(csv.reader([text], delimiter=self._delimiter), [])
        is_whole = len(cells) == self._width
        if not is_whole and not (is_last and SEVERAL <= len(cells) <= self._width):
            return False
        if not self.has_types:
            return is_whole
        typed = [(each, column) for each, column in zip(map(str.strip, cells), self.columns, strict=False) if each]
        fits = [column.fits(each) for each, column in typed if column.is_typed]
        least = SEVERAL if self._width > SEVERAL else 1
        return sum(fits) >= max(least, FITTING * len(fits))


def _cell(row: Cells, at: int) -> str:
    return (text_of(row[at]) if at < len(row) else None) or ""


def refuse_swallowed_rows(export: Export) -> None:
    """Raises: Stop if a quoted cell has rows of the file in it, naming the first and the last line of them."""
    suspicion = Suspicion(export)
    for each in suspicion.found():
        if suspicion.has_types:
            raise Stop("rows_in_quotes", file=export.path, row=each.row, first=each.first, last=each.last)


def doubtful_cells(export: Export) -> list[Swallowed]:
    """Cells with lines in them that may be rows, in a file in which no column tells."""
    suspicion = Suspicion(export)
    return [] if not export.sheet.continued or suspicion.has_types else list(suspicion.found())

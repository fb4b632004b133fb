"""What a sheet holds beside the values that a library reads of it, gathered while its XML streams by. In the child."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from pipelines.readers.confined import Counted, Refused

WIDEST = 16_384
TALLEST = 1_048_576
CHUNK = 1024 * 1024
FILLED_OF = 1000
MOST_MERGED = 1_000_000

ERROR, NOT_CALCULATED, NOT_READ, UNSURE = "error_value", "not_calculated", "not_read", "perhaps_not_calculated"
"""What is exceptional about a cell, as `schemas.words.vocabulary` has it."""

Place = tuple[int, int]
"""A cell: row and column, both from 0."""


class Marks:
    """One sheet: which of its cells hold something, what is exceptional about some, what is hidden and what merged."""

    def __init__(self, counted: Counted) -> None:
        """Count what it holds with what the whole workbook does."""
        self.counted = counted
        self.held = array("Q")
        self.oddities: dict[Place, str] = {}
        self.hidden_rows: list[Place] = []
        self.hidden_columns: list[Place] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.height = 0
        self.width = 0

    def hold(self, row: int, column: int, length: int) -> None:
        """A cell holds so many characters. Raises: Refused."""
        self.grow(row, column)
        self.counted.add(1, length, length)
        self.held.append(row * WIDEST + column)

    def grow(self, row: int, column: int) -> None:
        """The sheet reaches so far. Raises: Refused if that is too far."""
        most = self.counted.most
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.width > min(WIDEST, most.width):
            raise Refused("too_wide", most.width)
        if self.height > TALLEST or self.height * self.width > most.grid:
            raise Refused("too_many_positions", most.grid)

    def odd(self, row: int, column: int, word: str) -> None:
        """Something is exceptional about a cell."""
        self.grow(row, column)
        self.oddities[row, column] = word

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Cells are merged, the last row and column included."""
        if len(self.merged) >= MOST_MERGED:
            raise Refused("too_many_cells", MOST_MERGED)
        self.merged.append((top, left, bottom, right))

    def done(self) -> Marks:
        """The sheet as a whole. Raises: Refused if it is large and almost empty, or has a cell twice."""
        positions = self.height * self.width
        if positions > self.counted.most.sparse_from and len(self.held) * FILLED_OF < positions:
            raise Refused("too_sparse")
        if len(set(self.held)) < len(self.held):
            raise Refused("cell_twice")
        self.held = array("Q", sorted(self.held))
        return self

    def told(self) -> dict[str, Any]:
        """What is said of it behind its rows."""
        return {
            "oddities": [[*place, word] for place, word in sorted(self.oddities.items())],
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "merged": self.merged,
        }


def rows_with(marks: Marks, rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The rows of a sheet; a cell that holds something and reads as empty becomes an oddity."""
    at, held = 0, marks.held
    for number, row in enumerate(rows):
        first, behind = number * WIDEST, (number + 1) * WIDEST
        while at < len(held) and held[at] < behind:
            column = held[at] - first
            if column >= len(row) or row[column] is None:
                marks.oddities.setdefault((number, column), NOT_READ)
            at += 1
        yield row
    for address in held[at:]:
        marks.oddities.setdefault(divmod(address, WIDEST), NOT_READ)


def parse(stream: IO[bytes], start: Callable[..., None], end: Callable[..., None], text: Callable[..., None]) -> None:
    """Let XML stream by, in chunks. Raises: Refused: a document type, which can hold entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk, False)  # noqa: FBT003 - expat's own
    parser.Parse(b"", True)  # noqa: FBT003 - expat's own


def _refuse_document_type(*_: object) -> None:
    raise Refused("xml_dtd")


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")

"""The rows of one programme, out of tables of all programmes: what expressions are asked of.

Arrow only slices here: to compare a column with a value it imports pandas, a third of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import pyarrow as pa

from assets.domain.figures.world import Read, Record, World

QUESTIONS = "questions"
"""No table of its own: which options of which question each year's forms have."""
OF_QUESTION = ("programme", "year", "question", "option")


class Worlds:
    """Each programme's rows of the same tables."""

    def __init__(self, table: Callable[[str], pa.Table]) -> None:
        """Read tables of all programmes by this."""
        self._table = table

    def world(self, programme: str) -> World:
        """What it has of one programme."""
        return World(programme, self.reader(programme))

    def reader(self, programme: str) -> Read:
        """Reads rows of one programme."""

        def read(name: str, year: int | None) -> Sequence[Record]:
            if name == QUESTIONS:
                return self._questions(programme)
            return [row for part in self._parts(name, programme, year) for row in part.to_pylist()]

        return read

    def _parts(self, name: str, programme: str, year: int | None) -> Iterator[pa.Table]:
        """The pieces of a table that are of a programme, and of a year if one is told."""
        table = self._table(name)
        years = table["year"].to_pylist() if "year" in table.column_names else [None] * len(table)
        at = 0
        for place, rows in groupby(zip(table["programme"].to_pylist(), years, strict=True)):
            length = len(list(rows))
            if place[0] == programme and year in (None, place[1]):
                yield table.slice(at, length)
            at += length

    def _questions(self, programme: str) -> list[Record]:
        columns = (self._table("core_answer")[name].to_pylist() for name in OF_QUESTION)
        found = sorted({each for each in zip(*columns, strict=True) if each[0] == programme})
        return [dict(zip(OF_QUESTION, each, strict=True)) for each in found]

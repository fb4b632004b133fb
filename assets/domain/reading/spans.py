"""On which days a row may count: from when it is known, until it is read anew or its file is replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.domain.reading.rows import Row

Address = tuple[str, int]
Readings = Sequence[tuple[dt.date | None, Row]]
"""One row as it was read at first (None), and from each day on which it was read anew."""


@dataclass(frozen=True, slots=True)
class Span:
    """A row of data as it was read, and the days on which it may count: from the first until, but not on, the last."""

    first: dt.date
    last: dt.date
    row: Row

    def holds(self, day: dt.date) -> bool:
        """Whether it may count on a day."""
        return self.first <= day < self.last


def spans_of(readings: Readings) -> Iterator[Span]:
    """The readings of one row that may count, each until the row was read anew or its file replaced."""
    ends = [since for since, _ in readings[1:]]
    for (since, row), until in zip(readings, [*ends, None], strict=True):
        first = max(row.first_date, since or dt.date.min)
        last = min(row.export.end or dt.date.max, until or dt.date.max)
        if row.is_data and row.set_aside_by is None and first < last:
            yield Span(first, last, row)

"""Of several that stand in each other's place: which holds, and whether that can be told at all.

The later day decides, then the number. Of one day and without numbers nobody can tell: the one before holds, and both
are named. Equal ones are one. The order of rows decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Rival:
    """What one of the rivals says that decides: its day, its number if it has one, and what it is about."""

    day: dt.date
    number: str | None
    content: object


def newest(rows: Iterable[T], told: Callable[[T], Rival]) -> tuple[T | None, Sequence[T]]:
    """The one that holds, if any, and those of which it cannot be told which came last."""
    every = sorted(rows, key=lambda row: (told(row).day, numbered(told(row).number), str(told(row).content)))
    if not every:
        return None, ()
    last = [row for row in every if told(row).day == told(every[-1]).day]
    if can_be_told([told(row) for row in last]):
        return every[-1], ()
    holds: T | None = newest(every[: -len(last)], told)[0]
    return holds, last


def can_be_told(rivals: Sequence[Rival]) -> bool:
    """Whether it can be told which of the rivals of one day holds: all are equal, or each has a number of its own."""
    if len({each.content for each in rivals}) == 1:
        return True
    numbers = {each.number for each in rivals}
    return None not in numbers and len(numbers) == len(rivals)


def numbered(number: str | None) -> tuple[int, str]:
    """Sorts numbers of events, which are texts, as they follow each other: none first, "H9" before "H10"."""
    return len(number or ""), number or ""

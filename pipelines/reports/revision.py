"""What was known when, as a table to read: measures down, days across. No text and no markup here."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
MOST_DAYS = 8
"""Columns that a printed page has room for; the table out_revision has every day."""

COMPARED = ("amount_sek", "known_count", "unknown_count")


@dataclass(frozen=True)
class Revisions:
    """The measures of a round that have changed, each with its row of every day on which any of them did."""

    days: Mapping[dt.date, bool]
    """Each day, and whether it is assumed."""
    measures: Mapping[str, list[Row]]
    provenance: str


def revisions(rows: Iterable[Row]) -> Revisions | None:
    """Only measures that changed after the first day, on that day and those of their changes; None if there are none.

    Of more days than a page has room for, the last of each month.

    Args: rows of out_revision of one round.
    """
    kept = {name: each for name, each in _by_measure(rows).items() if _changes(each)}
    if not kept:
        return None
    first = min(each[0]["as_of_date"] for each in kept.values())
    shown = _fitting({first}.union(*map(_changes, kept.values())))
    measures = {name: [row for row in each if row["as_of_date"] in shown] for name, each in kept.items()}
    every = [row for each in measures.values() for row in each]
    origins = {row["provenance"] for row in every}
    return Revisions(
        days={row["as_of_date"]: row["is_assumed"] for row in every},
        measures=measures,
        provenance=origins.pop() if len(origins) == 1 else "mixed",
    )


def _fitting(days: set[dt.date]) -> set[dt.date]:
    if len(days) <= MOST_DAYS:
        return days
    return set({(day.year, day.month): day for day in sorted(days)}.values())


def _by_measure(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["measure_no"], row["as_of_date"])):
        found.setdefault(row["measure"], []).append(row)
    return found


def _changes(rows: list[Row]) -> set[dt.date]:
    """The days on which a measure was not what it had been on the day before."""
    pairs = itertools.pairwise(rows)
    return {now["as_of_date"] for last, now in pairs if any(last[name] != now[name] for name in COMPARED)}

"""Which lists of a report are long: its page has the first rows of those, and they have pages of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reports.validation.content import RoundReport

LONG = 40
"""Rows. A longer list has pages of its own."""

FIRST = 10
"""Rows of a long list that the report itself has: those that ask for something come first."""

ROWS_OF_A_PAGE = 400
"""Rows of a list on one page: below 500 kB, whatever stands in them."""

Rows = Sequence[Any]


@dataclass(frozen=True)
class Part:
    """One page of a long list: its number from 1, and how many there are."""

    name: str
    number: int
    count: int

    @property
    def suffix(self) -> str:
        """What its file is called by."""
        return self.name if self.number == 1 else f"{self.name}-{self.number}"


def lists_of(report: RoundReport) -> dict[str, Rows]:
    """Every list of a report that may be long, by name."""
    return {
        "tasks": report.tasks,
        "not_reported": report.not_reported,
        "findings": report.findings,
        "left_out": report.left_out,
        "late": report.late,
        "corrections": report.corrections,
        "reconciliation": report.accounts,
        "accounts": report.money,
        "unplaced": report.unplaced,
        "recoveries": report.recoveries,
        "cases": report.cases,
        "books": report.books.gaps,
        "receivables": report.books.claims,
        "across": report.across or [],
    }


def parts_of(lists: Mapping[str, Rows]) -> list[Part]:
    """The pages that long lists have."""
    found = []
    for name, rows in lists.items():
        if len(rows) > LONG:
            count = -(-len(rows) // ROWS_OF_A_PAGE)
            found += [Part(name, number, count) for number in range(1, count + 1)]
    return found


def shown_in(part: Part | None, name: str, rows: Rows) -> Rows:
    """The rows of a list that a page has. Args: part: None for the report itself."""
    if part and part.name == name:
        start = (part.number - 1) * ROWS_OF_A_PAGE
        return rows[start : start + ROWS_OF_A_PAGE]
    return rows[:FIRST] if len(rows) > LONG else rows

"""What a validation report says of a round's books: the ledger held against them, and receivables at year-ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.words.vocabulary import BOOK_RESULTS, MATCHED, REVERSED

Row = dict[str, Any]

AGREED = (MATCHED, REVERSED)
SUMS = ("match_count", "material_count", "ledger_sek", "unplaced_sek", "booked_sek", "difference_sek")
READ = ("core_book_match", "out_book_by_year", "out_receivable")
CLAIMS = ("outstanding_sek", "claim_left_sek", "notified_sek", "undecided_sek")


@dataclass(frozen=True)
class YearEnd:
    """The receivables of one day: those that are not zero, their sums, and of how many recipients they are unknown."""

    day: date
    claims: list[Row]
    sums: dict[str, int]
    unknown_count: int


@dataclass(frozen=True)
class Books:
    """The comparison of a round: results with their sums, what does not agree, receivables. Empty if not compared."""

    results: list[Row]
    total: dict[str, int]
    gaps: list[Row]
    year_ends: list[YearEnd]


def books_of(rows: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> Books:
    """Collect what a report says of the books. Args: rows of the round, by table; names: recipients by code."""
    results = sorted(rows["out_book_by_year"], key=lambda row: row["result_no"])
    gaps = [_named(each, names) for each in rows["core_book_match"] if each["result"] not in AGREED]
    days = sorted({each["year_end_date"] for each in rows["out_receivable"]})
    return Books(
        results=[each for each in results if each["match_count"]],
        total={name: sum(each[name] for each in results) for name in SUMS},
        gaps=sorted(gaps, key=_largest_first),
        year_ends=[_year_end(day, rows["out_receivable"], names) for day in days],
    )


def _named(row: Row, names: Mapping[str, str]) -> Row:
    return row | {"recipient": names.get(row["recipient_code"] or "")}


def _largest_first(row: Row) -> tuple[bool, int, int, str]:
    return not row["is_material"], BOOK_RESULTS.index(row["result"]), -abs(row["difference_sek"]), row["match_id"]


def _year_end(day: date, rows: Sequence[Row], names: Mapping[str, str]) -> YearEnd:
    mine = [_named(each, names) for each in rows if each["year_end_date"] == day]
    claims = sorted((each for each in mine if each["outstanding_sek"]), key=lambda each: each["recipient_code"])
    sums = {name: sum(each[name] for each in claims) for name in CLAIMS}
    return YearEnd(day, claims, sums, sum(each["outstanding_sek"] is None for each in mine))

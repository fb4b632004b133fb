"""What a validation report says of a round's books: the ledger held against them, and receivables at year-ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.words.vocabulary import BOOK_RESULTS, MATCHED, REVERSED

Row = dict[str, Any]

AGREED = (MATCHED, REVERSED)
SUMS = ("match_count", "material_count", "ledger_sek", "unplaced_sek", "booked_sek", "difference_sek")
READ = ("core_account", "core_book_match", "out_book_by_year", "out_receivable")
CLAIMS = ("outstanding_sek", "claim_left_sek", "notified_sek", "undecided_sek", "received_sek")
IN_BOOKS = ("booked_received_sek", "difference_sek")


@dataclass(frozen=True)
class YearEnd:
    """The receivables of one day: what is left, or differs from the books, its sums, and of what it is not known.

    `unknown_granted_sek`: what was granted by the grants of which it is not known what is left.
    """

    day: date
    claims: list[Row]
    sums: dict[str, int | None]
    unknown_count: int
    unknown_granted_sek: int


@dataclass(frozen=True)
class Books:
    """The comparison of a round: results with their sums, what does not agree, receivables. Empty if not compared."""

    results: list[Row]
    total: dict[str, int]
    gaps: list[Row]
    year_ends: list[YearEnd]

    @property
    def claims(self) -> list[Row]:
        """What is left of all year-ends."""
        return [claim for year_end in self.year_ends for claim in year_end.claims]


def books_of(rows: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> Books:
    """Collect what a report says of the books. Args: rows of the round, by table; names: recipients by code."""
    results = sorted(rows["out_book_by_year"], key=lambda row: row["result_no"])
    gaps = [_named(each, names) for each in rows["core_book_match"] if each["result"] not in AGREED]
    days = sorted({each["year_end_date"] for each in rows["out_receivable"]})
    return Books(
        results=[each for each in results if each["match_count"]],
        total={name: sum(each[name] for each in results) for name in SUMS},
        gaps=sorted(gaps, key=_largest_first),
        year_ends=[_year_end(day, rows, names) for day in days],
    )


def _named(row: Row, names: Mapping[str, str]) -> Row:
    return row | {"recipient": names.get(row["recipient_code"] or "")}


def _largest_first(row: Row) -> tuple[bool, int, int, str]:
    return not row["is_material"], BOOK_RESULTS.index(row["result"]), -abs(row["difference_sek"]), row["match_id"]


def _year_end(day: date, rows: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> YearEnd:
    granted = {each["grant_id"]: each["granted_sek"] or 0 for each in rows["core_account"]}
    mine = [_named(each, names) for each in rows["out_receivable"] if each["year_end_date"] == day]
    told = [each for each in mine if each["outstanding_sek"] or each["difference_sek"]]
    unknown = [each for each in mine if each["outstanding_sek"] is None]
    return YearEnd(
        day=day,
        claims=sorted(told, key=lambda each: (each["recipient_code"], each["grant_id"])),
        sums={name: _sum(each[name] for each in told) for name in (*CLAIMS, *IN_BOOKS)},
        unknown_count=len(unknown),
        unknown_granted_sek=sum(granted.get(each["grant_id"], 0) for each in unknown),
    )


def _sum(amounts: Iterable[int | None]) -> int | None:
    """The sum of what is known, if anything is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None

"""Total rows held against the rows above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assets.domain.reading.forms import Export
from assets.domain.reading.rows import Row
from schemas.words.vocabulary import DATA, SUBTOTAL, TOTAL


def compared_totals(export: Export, rows: Sequence[Row], day: dt.date) -> Iterator[tuple[Row, str, bool]]:
    """The total rows of a file that holds, each with an amount that can be compared, and whether it is the sum.

    A total may be that of all rows or of those since the one before; a sub-total is that of those. Where an amount
    cannot be read, that is what is wrong: the sum is not known. A total that cannot be read is no sum. A replaced file
    is past mending, and one that replaces it may not have come yet.
    """
    if not export.holds(day) or not any(row.line.kind in (TOTAL, SUBTOTAL) for row in rows):
        return
    for slot in _summed(export):
        yield from ((row, slot, is_equal) for row, is_equal in _of_sums(export, rows, slot))


def _summed(export: Export) -> list[str]:
    """The amounts that total rows sum: the one that the form names, or all of its fields."""
    mark = export.form.total_row
    return [mark.sums] if mark else [field for field in export.form.fields if field.endswith("_sek")]


def _of_sums(export: Export, rows: Sequence[Row], slot: str) -> Iterator[tuple[Row, bool]]:
    every = [row.values[slot] for row in rows if row.line.kind == DATA]
    above: list[int | None] = []
    block: list[int | None] = []
    for row in rows:
        if row.line.kind == DATA:
            above.append(row.values[slot])
            block.append(row.values[slot])
        elif row.line.kind in (TOTAL, SUBTOTAL):
            is_total = row.line.kind == TOTAL
            sums = [_sum(block), *([_sum(above), *([_sum(every)] if not above else [])] if is_total else [])]
            told = row.line.texts[slot] if not export.form.total_row else "told"
            if told and None not in sums and every:
                yield row, row.values[slot] in sums
            block = []


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None

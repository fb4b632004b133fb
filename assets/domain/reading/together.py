"""Rows of one respondent that complete each other, as tools with repeating instruments write them, read as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assets.domain.reading.amounts import Amount, read_amount, whole
from assets.domain.reading.forms import Export, says, text_of
from assets.received import Cell, Cells
from schemas.configuration.layouts import plain
from schemas.words.vocabulary import COMPLETION


@dataclass(frozen=True)
class Together:
    """By the number of the first row of each respondent: what all its rows say together.

    `kinds`: the rows that are read with another. `disagreeing`: columns (from 0) in which they say different things.
    """

    cells: Mapping[int, Cells] = field(default_factory=dict)
    rows: Mapping[int, Sequence[int]] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    sums: Mapping[int, Mapping[str, Amount]] = field(default_factory=dict)
    disagreeing: Mapping[int, frozenset[int]] = field(default_factory=dict)


def together(export: Export, rows: Sequence[Cells]) -> Together:
    """The rows of an export that are read as one; none where its form does not say so."""
    key = export.form.reads.completes_by
    if key is None:
        return Together()
    column = export.versions[0].positions[key]
    groups: dict[str, list[int]] = {}
    for number, cells in enumerate(rows[export.last_header_row :], start=export.last_header_row + 1):
        if told := text_of(cells[column]):
            groups.setdefault(told, []).append(number)
    several = {numbers[0]: numbers for numbers in groups.values() if len(numbers) > 1 or _told_by(export) is not None}
    found = {first: _merged(export, rows, numbers) for first, numbers in several.items()}
    return Together(
        cells={first: cells for first, (cells, _, _) in found.items()},
        rows=several,
        kinds={number: COMPLETION for numbers in several.values() for number in numbers[1:]},
        sums={first: sums for first, (_, sums, _) in found.items()},
        disagreeing={first: columns for first, (_, _, columns) in found.items()},
    )


def _told_by(export: Export) -> int | None:
    """The column that tells which rows repeat."""
    repeats = export.form.reads.repeats
    headers = [says(cell) for cell in export.headers]
    return headers.index(plain(repeats.told_by)) if repeats and plain(repeats.told_by) in headers else None


def _merged(
    export: Export, rows: Sequence[Cells], numbers: Sequence[int]
) -> tuple[list[Cell], dict[str, Amount], frozenset[int]]:
    """One respondent's cells, what its repeated rows sum to, and the columns in which the others disagree."""
    told_by = _told_by(export)
    mine = [rows[number - 1] for number in numbers]
    repeated = [cells for cells in mine if told_by is not None and text_of(cells[told_by])]
    once = [cells for cells in mine if cells not in repeated] or mine[:1]
    merged: list[Cell] = list(once[0])
    disagreeing: set[int] = set()
    for cells in once[1:]:
        for at, cell in enumerate(cells):
            if text_of(merged[at]) is None:
                merged[at] = cell
            elif text_of(cell) not in (None, text_of(merged[at])):
                disagreeing.add(at)
    return merged, _sums(export, repeated), frozenset(disagreeing)


def _sums(export: Export, repeated: Sequence[Cells]) -> dict[str, Amount]:
    """The amounts that rows which repeat add up to; where one cannot be read, why not."""
    repeats, places = export.form.reads.repeats, export.versions[0].positions
    found = {}
    for slot in repeats.sums if repeats else ():
        told = [cells[places[slot]] for cells in repeated if text_of(cells[places[slot]]) is not None]
        amounts = [amount_of(cell, export.versions[0].kronor_of(slot)) for cell in told]
        broken = next((amount for amount in amounts if amount.fault), None)
        if amounts:
            found[slot] = broken or _sum(amounts)
    return found


def amount_of(cell: Cell, of: int = 1) -> Amount:
    """The amount that a cell holds; a text without stray spaces around it. Args: of: how many kronor one is."""
    return read_amount(text_of(cell) if isinstance(cell, str) else cell, of)


def _sum(amounts: Sequence[Amount]) -> Amount:
    ore = sum(amount.ore or 0 for amount in amounts)
    return Amount(
        kronor=whole(ore),
        ore=ore,
        has_ore=any(amount.has_ore for amount in amounts),
        in_larger_unit=any(amount.in_larger_unit for amount in amounts),
        in_kronor=any(amount.in_kronor for amount in amounts),
    )

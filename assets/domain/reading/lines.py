"""One received row as texts, one per slot of its form, after corrections: what every check of a row looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeGuard

from assets.domain.reading.amounts import NOTHING, Amount, read_amount
from assets.domain.reading.forms import Export, Version, text_of
from assets.domain.reading.names import NameMatch
from assets.received import Cell, Cells
from schemas.words.vocabulary import BLANK, DATA, HEADER, TITLE, TOTAL

Changes = Mapping[tuple[int, int], Cell]
"""Cells (row from 1, column from 0) that are read as something else than was received."""


@dataclass(frozen=True)
class Line:
    """One row of an export: its texts by slot, and the amounts that stand in them.

    A slot is None where its cell is blank, and where the version of the form does not ask.
    """

    export: Export
    version: Version
    number: int
    kind: str
    texts: Mapping[str, str | None]
    amounts: Mapping[str, Amount]
    filled_count: int
    beyond_count: int
    version_count: int
    corrected_count: int
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)
    """The cells, by slot, that are numbers in the file."""
    match: NameMatch | None = field(default=None)
    body_provenance: str | None = field(default=None)

    def amount(self, slot: str) -> int | None:
        """The whole kronor of a slot, or of a field that is the sum of a question's amounts; None if not known."""
        if slot not in self.export.form.sums:
            return self.amounts.get(slot, NOTHING).kronor
        parts = [self.amount(part) for part in self.export.form.parts(slot)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


def lines_of(export: Export, changes: Changes) -> list[Line]:
    """Every row of an export. Args: changes: the corrections of its cells that are in effect."""
    width = _filled_width(export.headers)
    changed = {row for row, _ in changes}
    return [
        line_of(export, number, cells, changes if number in changed else {}, width)
        for number, cells in enumerate(export.sheet.rows, start=1)
    ]


def line_of(export: Export, number: int, cells: Cells, changes: Changes, width: int | None = None) -> Line:
    """One row of an export (number from 1), with these changes of its cells."""
    mine = {column: new for (row, column), new in changes.items() if row == number}
    read = [mine.get(at, cell) for at, cell in enumerate(cells)] if mine else cells
    truth = export.sheet.truth
    texts = [text_of(cell, truth) for cell in read]
    version, version_count = _version(export.versions, texts)
    slots = dict.fromkeys(export.form.headers()) | {slot: texts[at] for slot, at in version.positions.items()}
    beyond = _filled_width(export.headers) if width is None else width
    filled_count = sum(text is not None for text in texts)
    return Line(
        export=export,
        version=version,
        number=number,
        kind=_kind(export, number, slots, filled_count),
        texts=slots,
        amounts={slot: _amount(slot, version, read, slots) for slot in export.form.amounts()},
        filled_count=filled_count,
        beyond_count=sum(text is not None for text in texts[beyond:]),
        version_count=version_count,
        corrected_count=len(mine),
        numbers={slot: cell for slot, at in version.positions.items() if is_number(cell := read[at])},
    )


def _amount(slot: str, version: Version, cells: Cells, texts: Mapping[str, str | None]) -> Amount:
    cell = cells[version.positions[slot]] if slot in version.positions else None
    return read_amount(texts[slot] if isinstance(cell, str) else cell)


def is_number(cell: Cell) -> TypeGuard[int | Decimal]:
    """Whether a cell is a number in the file; true and false are none."""
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _filled_width(headers: Cells) -> int:
    return max((at for at, cell in enumerate(headers, start=1) if text_of(cell)), default=0)


def _version(versions: Sequence[Version], texts: Sequence[str | None]) -> tuple[Version, int]:
    """The version that a row is of, by the columns that only it has, and columns of how many versions it fills."""
    if len(versions) == 1:
        return versions[0], 1
    filled = [each for each in versions if any(texts[at] is not None for at in each.own_columns)]
    return (filled[0] if filled else versions[-1]), len(filled)


def _kind(export: Export, number: int, slots: Mapping[str, str | None], filled_count: int) -> str:
    mark = export.form.total_row
    if number < export.header_row:
        return TITLE
    if number == export.header_row:
        return HEADER
    if filled_count == 0:
        return BLANK
    return TOTAL if mark and slots[mark.field] == mark.text else DATA

"""One received row as texts, one per slot of its form, after corrections: what every check of a row looks at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeGuard

from assets.domain.reading import dates
from assets.domain.reading.amounts import NOTHING, Amount, whole
from assets.domain.reading.codes import CODED, fault_of
from assets.domain.reading.forms import Export, Version, text_of
from assets.domain.reading.kinds import kind_of
from assets.domain.reading.names import NameMatch
from assets.domain.reading.together import Together, amount_of, together
from assets.received import Cell, Cells
from schemas.configuration.forms import HAPPENED_FIELDS
from schemas.words.vocabulary import DATA

Changes = Mapping[tuple[int, int], Cell]
"""Cells (row from 1, column from 0) that are read as something else than was received."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an export: its texts by slot, and the amounts that stand in them.

    A slot is None where its cell is blank, and where the version of the form does not ask. A date is ISO text where it
    can be read. `impossible`: the dates of what is told to have happened on a day on which it cannot have.
    `disagreeing`: the columns (from 0) in which rows that are read as one say different things.
    """

    export: Export
    version: Version
    number: int
    kind: str
    texts: Mapping[str, str | None]
    amounts: Mapping[str, Amount]
    filled_count: int
    beyond_count: int
    missing_count: int
    version_count: int
    corrected_count: int
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)
    """The cells, by slot, that are numbers in the file."""
    match: NameMatch | None = field(default=None)
    body_provenance: str | None = field(default=None)
    impossible: frozenset[str] = frozenset()
    disagreeing: frozenset[int] = frozenset()
    row_count: int = 1
    """How many rows are read as this one."""
    no_codes: Mapping[str, str] = field(default_factory=dict)
    """Why what stands in a slot is no code, by slot; its text is not told."""

    def amount(self, slot: str) -> int | None:
        """The whole kronor of a slot, or of a field that is the sum of a question's amounts; None if not known.

        A sum is rounded once, and not part by part.
        """
        if slot not in self.export.form.sums:
            return self.amounts.get(slot, NOTHING).kronor
        ore = self.ore(slot)
        return None if ore is None else whole(ore)

    @property
    def has_ore(self) -> bool:
        """Whether any of its amounts was rounded to whole kronor."""
        return any(amount.has_ore for amount in self.amounts.values())

    def ore(self, slot: str) -> int | None:
        """The same in öre, as it was written."""
        if slot not in self.export.form.sums:
            return self.amounts.get(slot, NOTHING).ore
        parts = [self.ore(part) for part in self.export.form.parts(slot)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    def date(self, slot: str) -> str | None:
        """The ISO text of a date; None where there is none, or it is an impossible one, which moves nothing."""
        return None if slot in self.impossible else self.texts.get(slot)


def lines_of(export: Export, changes: Changes) -> list[Line]:
    """Every row of an export. Args: changes: the corrections of its cells that are in effect."""
    width = _filled_width(export.headers)
    changed = {row for row, _ in changes}
    rows = [
        _changed(cells, number, changes) if number in changed else cells
        for number, cells in enumerate(export.rows, start=1)
    ]
    joined = together(export, rows)
    return [
        _line(export, number, joined.cells.get(number, cells), joined, width, changes if changed else {})
        for number, cells in enumerate(rows, start=1)
    ]


def line_of(export: Export, number: int, cells: Cells, changes: Changes) -> Line:
    """One row of an export (number from 1) by itself, with these changes of its cells."""
    return _line(export, number, _changed(cells, number, changes), Together(), _filled_width(export.headers), changes)


def _changed(cells: Cells, number: int, changes: Changes) -> Cells:
    return [changes.get((number, at), cell) for at, cell in enumerate(cells)]


def _line(  # noqa: PLR0913, PLR0917 - one argument per fact
    export: Export, number: int, cells: Cells, joined: Together, width: int, changes: Changes
) -> Line:
    truth = export.sheet.truth
    texts = [text_of(cell, truth) for cell in cells]
    version, version_count = _version(export.versions, texts)
    slots = dict.fromkeys(export.form.places()) | {slot: texts[at] for slot, at in version.positions.items()}
    slots |= _dates(export, version, cells)
    sums = joined.sums.get(number, {})
    slots |= {slot: str(amount.kronor) for slot, amount in sums.items()}
    rows = joined.rows.get(number, (number,))
    kind = joined.kinds.get(number) or kind_of(export, version, number, slots, texts)
    no_codes = _no_codes(export, slots, {slot for slot, at in version.positions.items() if (number, at) in changes})
    return Line(
        export=export,
        version=version,
        number=number,
        kind=kind,
        texts=slots | dict.fromkeys(no_codes) if kind == DATA else slots,
        amounts={slot: _amount(slot, version, cells) for slot in export.form.amounts()} | dict(sums),
        filled_count=sum(text is not None for text in texts),
        beyond_count=sum(text is not None for text in texts[width:]),
        missing_count=sum(cell is None for cell in cells[:width]) if export.writes_empty_cells else 0,
        version_count=version_count,
        corrected_count=sum(row in rows for row, _ in changes) if changes else 0,
        impossible=frozenset(slot for slot in HAPPENED_FIELDS if slot in slots and _is_impossible(export, slots[slot])),
        disagreeing=joined.disagreeing.get(number, frozenset()),
        numbers={slot: cell for slot, at in version.positions.items() if is_number(cell := cells[at])},
        row_count=len(rows),
        no_codes=no_codes,
    )


def _no_codes(export: Export, slots: Mapping[str, str | None], corrected: Collection[str]) -> dict[str, str]:
    """The fields that are numbers which somebody gave, and are none, with why."""
    given = ((slot, slots[slot]) for slot in sorted(CODED & export.form.fields.keys() - export.form.codes.keys()))
    faults = ((slot, fault_of(slot, text, is_released=slot in corrected)) for slot, text in given if text is not None)
    return {slot: fault for slot, fault in faults if fault}


def _amount(slot: str, version: Version, cells: Cells) -> Amount:
    at = version.positions.get(slot)
    return NOTHING if at is None else amount_of(cells[at], version.kronor_of(slot))


def is_number(cell: Cell) -> TypeGuard[int | Decimal]:
    """Whether a cell is a number in the file; true and false are none."""
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _dates(export: Export, version: Version, cells: Cells) -> dict[str, str | None]:
    """The fields that are dates, as ISO text where they can be read."""
    places = version.positions
    fields = [name for name in export.form.fields if name.endswith(("_date", "_at")) and name in places]
    filled = {name: cells[places[name]] for name in fields if text_of(cells[places[name]]) is not None}
    written = {name: text_of(cell, export.sheet.truth) for name, cell in filled.items()}
    return {name: dates.told(cell, export.form.date_formats(name)) or written[name] for name, cell in filled.items()}


def _is_impossible(export: Export, text: str | None) -> bool:
    day = dates.day(text)
    return day is not None and not export.earliest <= day <= export.latest


def _filled_width(headers: Cells) -> int:
    return max((at for at, cell in enumerate(headers, start=1) if text_of(cell)), default=0)


def _version(versions: Sequence[Version], texts: Sequence[str | None]) -> tuple[Version, int]:
    """The version that a row is of, by the columns that only it has, and columns of how many versions it fills."""
    if len(versions) == 1:
        return versions[0], 1
    filled = [each for each in versions if any(texts[at] is not None for at in each.own_columns)]
    return (filled[0] if filled else versions[-1]), len(filled)

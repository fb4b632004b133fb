"""Corrections of received cells: which cell an entry names, whether it counts, and what may be shown of it.

That the reader of cells reads the new texts is in `forms`; what was received stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw

from assets.domain.answers import answer_predicates
from assets.domain.fields import field_predicates, with_values
from assets.domain.forms import Received, Row, column_letter
from assets.domain.frames import Frame, is_true
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import plain
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said
from schemas.words.vocabulary import APPLIED, NOT_YET_KNOWN

READABLE_AS = ("amount_unreadable", "amount_approximate", "amount_is_dash", "date_unreadable", "option_unknown")
"""What a cell breaks that does not hold what its column is for: an amount, a date, an option."""


@dataclass(frozen=True)
class Corrected:
    """What an entry of the log is about: a file, its rows as received, and in which of them the headers stand."""

    file: str
    rows: Sequence[Row]
    header_row: int
    is_replaced: bool


@dataclass(frozen=True)
class Entry:
    """One entry of the log, numbered from 1, with its cell (row from 1, column from 0) where it has one."""

    number: int
    correction: Correction
    file: str
    row: int | None = None
    column: int | None = None

    @property
    def letter(self) -> str | None:
        """The column as a spreadsheet names it."""
        return None if self.column is None else column_letter(self.column)


def entries(corrections: Mapping[int, Correction], folder: str, files: Mapping[str, Corrected]) -> list[Entry]:
    """Every entry of a log with the cell that it names.

    Args: corrections by number. folder: of the log, for files that are not there. files: those of the round, by the
        name that the log has for them.
    Raises: Stop if an applied entry names no cell, several, one whose text is another than its old one, one in a file
        that another replaces, or one that an earlier entry changes. What is not applied need not fit what was received.
    """
    found: list[Entry] = []
    for number, correction in corrections.items():
        target = files.get(correction.file)
        path = target.file if target else f"{folder}/{correction.file}"
        entry = _addressed(Entry(number, correction, path), target)
        if target and correction.status == APPLIED:
            _refuse_misfits(entry, target, found)
        found.append(entry)
    return found


def effect(correction: Correction, as_of: dt.date | None) -> str:
    """What an entry does to a run: an applied one counts from its date on; without an as-of date all are known."""
    if correction.status == APPLIED and as_of and correction.date > as_of:
        return NOT_YET_KNOWN
    return correction.status


def _addressed(entry: Entry, target: Corrected | None) -> Entry:
    try:
        if target is None:
            raise _misplaced(entry, Said("correction_no_file"))
        row, column = _row(entry, target), _column(entry, target, entry.correction.column)
    except Stop:
        if entry.correction.status == APPLIED:
            raise
        return entry
    return replace(entry, row=row, column=column)


def _row(entry: Entry, target: Corrected) -> int:
    key = entry.correction.key
    if key is None:
        row = entry.correction.row or 0
        if not target.header_row < row <= len(target.rows):
            raise _misplaced(entry, Said("correction_no_row", row))
        return row
    at = _column(entry, target, key.column)
    below = enumerate(target.rows[target.header_row :], target.header_row + 1)
    rows = [number for number, cells in below if plain(cells[at]) == plain(key.value)]
    if len(rows) > 1:
        raise Stop("correction_ambiguous", file=entry.file, number=entry.number, header=plain(key.column))
    if not rows:
        raise _misplaced(entry, Said("correction_no_key", plain(key.column)))
    return rows[0]


def _column(entry: Entry, target: Corrected, header: str) -> int:
    headers = [plain(cell) for cell in target.rows[target.header_row - 1]]
    if headers.count(plain(header)) != 1:
        raise _misplaced(entry, Said("correction_no_column", plain(header)))
    return headers.index(plain(header))


def _misplaced(entry: Entry, why: Said) -> Stop:
    return Stop("correction_misplaced", file=entry.file, number=entry.number, why=why)


def _refuse_misfits(entry: Entry, target: Corrected, before: Sequence[Entry]) -> None:
    """Raises: Stop unless the cell is as the entry says, in a file that counts, and not corrected already."""
    if target.is_replaced:
        raise Stop("correction_in_replaced_file", file=entry.file, number=entry.number)
    said, header = entry.correction, plain(entry.correction.column)
    cell = (entry.file, entry.row, entry.column)
    for other in before:
        if other.correction.status == APPLIED and (other.file, other.row, other.column) == cell:
            first, number = other.number, entry.number
            raise Stop("correction_twice", file=entry.file, row=entry.row, header=header, first=first, number=number)
    if plain(target.rows[(entry.row or 0) - 1][entry.column or 0]) != plain(said.old):
        raise Stop("correction_outdated", file=entry.file, row=entry.row, header=header, number=entry.number)


def listed(raw_correction: Frame, core_row: Frame) -> Frame:
    """The corrections as table core_correction without its round columns: whose row it is, and no withheld text."""
    rows = core_row.select("source_file", "source_row", "recipient_code", row_provenance=nw.col("provenance"))
    known = raw_correction.join(rows, on=["source_file", "source_row"], how="left")
    return known.with_columns(
        old_value=nw.when(~nw.col("old_withheld")).then(nw.col("old_value")),
        new_value=nw.when(~nw.col("new_withheld")).then(nw.col("new_value")),
        provenance=nw.coalesce("row_provenance", "provenance"),
    )


def withheld(texts: Frame, received: Received, programme: Programme, slot: str) -> Frame:
    """Add `withheld`: may the text of the slot not be shown? It may as an amount, a date or an option of its column.

    Args: texts with a column per slot of the form; only that of `slot` matters.
    Names and other texts that are typed freely may be about a person, wherever they stand.
    """
    predicates = (*field_predicates(received.form), *answer_predicates(received, programme))
    broken = [each.broken for each in predicates if each.slot == slot and each.rule in READABLE_AS]
    unreadable = nw.any_horizontal(*broken, ignore_nulls=True) if broken else ~nw.col(slot).is_null()
    return with_values(texts, received.form).with_columns(withheld=is_true(unreadable))

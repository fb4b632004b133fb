"""Corrections of received cells: which cell an entry of the log names, whether it counts, and what may be shown of it.

That the reader of cells reads the new texts is in `lines`; what was received stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.reading import dates
from assets.domain.reading.amounts import read_amount
from assets.domain.reading.checks import answer_checks, field_checks
from assets.domain.reading.forms import Export, Version, column_letter, says, text_of
from assets.domain.reading.lines import Line
from assets.received import CorrectionLog
from schemas.configuration.corrections import Correction, Part
from schemas.configuration.layouts import plain
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said
from schemas.words.vocabulary import APPLIED, DATA, MIXED, NOT_YET_KNOWN

READABLE_AS = (
    "amount_unreadable",
    "amount_approximate",
    "amount_is_dash",
    "date_unreadable",
    "option_unknown",
    "answer_unreadable",
)
"""What a cell breaks that does not hold what its column is for: an amount, a date, an option."""


MONEY = ("core_event", "core_booking")
"""The tables of which an amount may be divided over several cases."""


@dataclass(frozen=True)
class Entry:
    """One entry of the log, numbered from 1, with its cell (row from 1, column from 0) where it has one."""

    number: int
    correction: Correction
    export: Export | None = None
    row: int | None = None
    column: int | None = None

    @property
    def is_applied(self) -> bool:
        """Whether it changes what is read, from its date on."""
        return self.correction.status == APPLIED

    def effect(self, as_of: dt.date) -> str:
        """What it does to a run: an applied one counts from its date on."""
        return NOT_YET_KNOWN if self.is_applied and self.correction.date > as_of else self.correction.status


def entries(log: CorrectionLog | None, exports: Sequence[Export]) -> list[Entry]:
    """Every entry of a log with the cell that it names. Args: exports: those of the round.

    Raises: Stop if an applied entry names no cell, several, one whose text is another than its old one, one in a file
        that another replaces, or one that an earlier entry changes. What is not applied need not fit what was received.
    """
    if log is None:
        return []
    folder = log.file.path.rpartition("/")[0]
    by_name = {export.path.removeprefix(f"{folder}/"): export for export in exports}
    found: list[Entry] = []
    for number, correction in log.entries.items():
        target = by_name.get(correction.file)
        path = target.path if target else f"{folder}/{correction.file}"
        entry = _addressed(Entry(number, correction, target), path)
        if entry.is_applied:
            _refuse_misfits(entry, path, found)
        found.append(entry)
    return found


def _addressed(entry: Entry, path: str) -> Entry:
    try:
        if entry.export is None:
            raise _misplaced(entry, path, Said("correction_no_file"))
        row, column = _row(entry, entry.export), _column(entry, entry.export, entry.correction.column)
    except Stop:
        if entry.is_applied:
            raise
        return entry
    return replace(entry, row=row, column=column)


def _row(entry: Entry, target: Export) -> int:
    key, rows = entry.correction.key, target.sheet.rows
    if key is None:
        row = entry.correction.row or 0
        if not target.last_header_row < row <= len(rows):
            raise _misplaced(entry, target.path, Said("correction_no_row", row))
        return row
    at = _column(entry, target, key.column)
    below = enumerate(rows[target.last_header_row :], target.last_header_row + 1)
    found = [number for number, cells in below if says(cells[at]) == plain(key.value)]
    if len(found) > 1:
        raise Stop("correction_ambiguous", file=target.path, number=entry.number, header=plain(key.column))
    if not found:
        raise _misplaced(entry, target.path, Said("correction_no_key", plain(key.column)))
    return found[0]


def _column(entry: Entry, target: Export, header: str) -> int:
    headers = [says(cell) for cell in target.headers]
    if headers.count(plain(header)) != 1:
        raise _misplaced(entry, target.path, Said("correction_no_column", plain(header)))
    return headers.index(plain(header))


def _misplaced(entry: Entry, path: str, why: Said) -> Stop:
    return Stop("correction_misplaced", file=path, number=entry.number, why=why)


def _refuse_misfits(entry: Entry, path: str, before: Sequence[Entry]) -> None:
    """Raises: Stop unless the cell is as the entry says, in a file that counts, and not corrected already."""
    if entry.export is None or entry.row is None or entry.column is None:
        return
    if entry.export.end is not None:
        raise Stop("correction_in_replaced_file", file=path, number=entry.number)
    said, header = entry.correction, plain(entry.correction.column)
    for other in before:
        if other.is_applied and (other.export, other.row, other.column) == (entry.export, entry.row, entry.column):
            first, number = other.number, entry.number
            raise Stop("correction_twice", file=path, row=entry.row, header=header, first=first, number=number)
    sheet = entry.export.sheet
    if says(sheet.rows[entry.row - 1][entry.column], sheet.truth) != plain(said.old):
        raise Stop("correction_outdated", file=path, row=entry.row, header=header, number=entry.number)
    if said.split and not _divides(entry, said.split):
        raise Stop("correction_split_unfit", file=path, row=entry.row, header=header, number=entry.number)


def _divides(entry: Entry, parts: Sequence[Part]) -> bool:
    """Whether it divides an amount of an event or a booking into parts that add up to it."""
    export, column = entry.export, entry.column
    if export is None or set(MONEY).isdisjoint(export.form.fills):
        return False
    is_amount = any(version.positions.get("amount_sek") == column for version in export.versions)
    amount = read_amount(text_of(entry.correction.old)).kronor
    return is_amount and amount is not None and abs(amount) == sum(part.amount_sek for part in parts)


# -- what is shown ----------------------------------------------------------------------------------------------------
def records_of(log: Sequence[Entry], programme: Programme, as_of: dt.date) -> Iterator[dict[str, Any]]:
    """The entries as rows of raw_correction without its round columns."""
    for entry in log:
        correction, export = entry.correction, entry.export
        withheld = [
            _is_withheld(entry, correction.old, programme),
            correction.split is None and _is_withheld(entry, correction.new, programme),
        ]
        yield {
            "correction_no": entry.number,
            "effect": entry.effect(as_of),
            "source_file": export.path if export else None,
            "source_sheet": export.sheet.name if export else None,
            "source_row": entry.row,
            "source_column": None if entry.column is None else column_letter(entry.column),
            "header": plain(correction.column),
            "old_value": correction.old or None,
            "new_value": correction.reads or None,
            "old_withheld": withheld[0],
            "new_withheld": withheld[1],
            "reason": correction.reason,
            "corrected_by": correction.by,
            "corrected_date": correction.date,
            "provenance": export.file.card.reality if export else MIXED,
        }


def _is_withheld(entry: Entry, text: str | None, programme: Programme) -> bool:
    """May the text of a cell not be shown? It may as an amount, a date or an option of its column.

    Names and other texts that are typed freely may be about a person, wherever they stand; where no form reads the
    cell, it holds whatever somebody wrote.
    """
    versions = entry.export.versions if entry.export else ()
    read = next((version for version in versions if entry.column in version.positions.values()), None)
    if entry.export is None or read is None:
        return bool(plain(text))
    export = entry.export
    slots = [slot for slot, at in read.positions.items() if at == entry.column]
    return any(_is_withheld_in(export, read, slot, text, programme) for slot in slots)


def _is_withheld_in(export: Export, version: Version, slot: str, text: str | None, programme: Programme) -> bool:
    every = (*field_checks(export.form), *answer_checks(export.form, programme))
    checks = [check for check in every if check.slot == slot and check.rule in READABLE_AS]
    line = _line_with(export, version, slot, text)
    return any(check.broken(line) for check in checks) if checks else line.texts[slot] is not None


def _line_with(export: Export, version: Version, slot: str, text: str | None) -> Line:
    """A row of data with one text in it."""
    said = dates.told(text, export.form.date_formats(slot)) if text and slot.endswith(("_date", "_at")) else None
    texts = dict.fromkeys(export.form.places()) | {slot: said or text_of(text)}
    amounts = {at: read_amount(texts[at], version.kronor_of(at)) for at in export.form.amounts()}
    return Line(export, version, 0, DATA, texts, amounts, 1, 0, 0, 1, 0)


def listed(
    records: Iterable[dict[str, Any]], owners: Mapping[tuple[str, int], tuple[str | None, str]]
) -> Iterator[dict[str, Any]]:
    """The entries as rows of core_correction: whose row each is about, and no withheld text.

    Args: owners: recipient and provenance of each row, by file and row.
    """
    for record in records:
        recipient, provenance = owners.get((record["source_file"], record["source_row"]), (None, record["provenance"]))
        yield record | {
            "old_value": None if record["old_withheld"] else record["old_value"],
            "new_value": None if record["new_withheld"] else record["new_value"],
            "recipient_code": recipient,
            "provenance": provenance,
        }

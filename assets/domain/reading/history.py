"""Every received row as it was read from day to day: each file is read once, and what is corrected once more.

A day is an argument: what was known on it is the file that held then, the corrections dated by then, and the rows that
were known by then.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assets.domain.reading.by_case import named_by_case
from assets.domain.reading.checks import checks_of
from assets.domain.reading.corrections import Entry
from assets.domain.reading.forms import Export
from assets.domain.reading.lines import Changes, line_of
from assets.domain.reading.rows import Bodies, Row, read_rows, row_of, written_in
from assets.domain.reading.spans import Address, Readings
from assets.received import Cell
from schemas.configuration.programme import Programme


@dataclass(frozen=True)
class History:
    """The rows of a round by address, each with its readings; and the days on which files hold and cells change."""

    exports: Sequence[Export]
    rows: dict[Address, Readings]
    corrected: dict[dt.date, frozenset[Address]]
    """The rows of which a cell is corrected on each day, and those that are read anew since they rest on them."""

    def on(self, day: dt.date) -> list[Row]:
        """Every row as it was read on a day, in order of address."""
        return [reading(readings, day) for readings in self.rows.values()]

    def last(self) -> list[Row]:
        """Every row with all its corrections."""
        return [readings[-1][1] for readings in self.rows.values()]

    def latest_day(self) -> dt.date:
        """The latest day on which anything was received or corrected: no row is known from a later one."""
        return max([*(export.latest for export in self.exports), *self.corrected])


def reading(readings: Readings, day: dt.date) -> Row:
    """A row as it was read on a day."""
    return next(row for since, row in reversed(readings) if since is None or since <= day)


def read(exports: Iterable[Export], log: Sequence[Entry], bodies: Bodies, programme: Programme) -> History:
    """Read every row of every file, and those that are corrected once more for each day of a correction."""
    every = sorted(exports, key=lambda export: export.path)
    rows: dict[Address, Readings] = {}
    corrected: dict[dt.date, set[Address]] = defaultdict(set)
    for export in every:
        mine = [entry for entry in log if entry.export is export and entry.is_applied]
        read_anew = _readings(export, mine, bodies, programme)
        for entry in mine:
            corrected[entry.correction.date].add((export.path, entry.row or 0))
        for address, readings in read_anew.items():
            for day in filter(None, (since for since, _ in readings)):
                corrected[day].add(address)
        rows |= read_anew
    return History(every, named_by_case(rows), {day: frozenset(addresses) for day, addresses in corrected.items()})


def _readings(export: Export, log: Sequence[Entry], bodies: Bodies, programme: Programme) -> dict[Address, Readings]:
    now = read_rows(export, {}, bodies, programme)
    found: dict[Address, list[tuple[dt.date | None, Row]]] = {row.address: [(None, row)] for row in now}
    for day in sorted({entry.correction.date for entry in log}):
        known = [entry for entry in log if entry.correction.date <= day]
        touched = {entry.row for entry in known if entry.correction.date == day}
        parts = {entry.row: entry.correction.split for entry in known if entry.correction.split}
        for read_anew in _reread(now, export, known, touched, bodies, programme):
            row = replace(read_anew, parts=parts[read_anew.number]) if read_anew.number in parts else read_anew
            if row != found[row.address][-1][1]:
                found[row.address].append((day, row))
        now = [readings[-1][1] for readings in found.values()]
    return dict(found)


def _reread(  # noqa: PLR0913, PLR0917 - one argument per fact
    rows: Sequence[Row],
    export: Export,
    log: Sequence[Entry],
    touched: set[int | None],
    bodies: Bodies,
    programme: Programme,
) -> Iterator[Row]:
    """The rows that corrections change: those that they touch, and all where one names another, that others rest on."""
    changes = changes_of(log)
    if export.form.reads.completes_by is not None:
        yield from read_rows(export, changes, bodies, programme)
        return
    before = [row.line for row in rows if row.number in touched]
    after = [line_of(export, line.number, export.rows[line.number - 1], changes) for line in before]
    if list(map(written_in, before)) != list(map(written_in, after)):
        yield from read_rows(export, changes, bodies, programme)
        return
    for old, new in zip(before, after, strict=True):
        line = replace(new, match=old.match, body_provenance=old.body_provenance)
        yield row_of(line, checks_of(export, line.version, programme))


def changes_of(log: Iterable[Entry]) -> Changes:
    """The new texts of the cells that entries name."""
    changed: dict[tuple[int, int], Cell] = {}
    for entry in log:
        if entry.correction.split is None and entry.row is not None and entry.column is not None:
            changed[entry.row, entry.column] = entry.correction.new
    return changed

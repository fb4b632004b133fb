"""Rounds made by hand of files of rows, and what is known of them on a day, stage by stage or as tables."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.counting import Counted, count
from assets.domain.findings import in_rows, numbered, of_register
from assets.domain.grant.entries import Entry
from assets.domain.grant.follow import Followed, follow_all, grants_of
from assets.domain.grant.ledger import Book, postings
from assets.domain.past import ledger_of
from assets.domain.reading.corrections import entries
from assets.domain.reading.history import History, read
from assets.received import Cells, InputFile, Received
from assets.round import bodies_of, compute
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from schemas.configuration.indicators import Indicators
from schemas.configuration.programme import Programme
from schemas.rules.rule import found_rules
from schemas.tables import ROUND_TABLES
from schemas.tables.base import table_name
from tests.rows import KEY, Record, cells_of, exports_of, file_of, log_of, received_of

Records = list[dict[str, Any]]

YEAR = KEY.year
TODAY = dt.date(2026, 1, 2)
LONG_AGO, LONG_AFTER = dt.date(2000, 1, 1), dt.date(2040, 1, 1)
"""The dates of a file of which only its rows' own dates matter: known since then, and none is after its own."""


def day(text: str | None) -> dt.date | None:
    """A day as it is written, if it is known."""
    return dt.date.fromisoformat(text) if text else None


# -- what is received -------------------------------------------------------------------------------------------------
def sheet_of(form: Form, records: Iterable[Record], *, beyond: Sequence[str | None] = ()) -> list[Cells]:
    """The rows of a form, headers first. Args: beyond: what the last row has to the right of the last header."""
    *above, last = cells_of(form, *records)
    return even([*above, [*last, *beyond]])


def even(cells: Iterable[Cells]) -> list[Cells]:
    """Rows as wide as the widest of them."""
    rows = list(cells)
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


def file(form: Form, *records: Record, name: str | None = None, date: dt.date = LONG_AGO, **card: Any) -> InputFile:
    """A file of one form. Args: card: what its card says of it."""
    return file_of(form, *records, name=name or f"{form.form}.csv", **{"date": date, "made": LONG_AFTER, **card})


def received(
    files: Sequence[InputFile], bodies: Sequence[dict[str, Any]], corrections: Sequence[Correction] = ()
) -> Received:
    """A round's files, the register that its names are held against, and its corrections."""
    return received_of(*files, known=bodies, log=log_of(*corrections) if corrections else None)


def programme_of(base: Programme, *forms: Form, late_reports: str = "accept", **more: Any) -> Programme:
    """A programme with one round, of these forms. Its costs may arise in the second half of 2022.

    What answers are broken down by is no matter of the specification, and takes most of a round's time.
    """
    spec = base.rounds[2022].model_copy(
        update={"forms": tuple(form.form for form in forms), "late_reports": late_reports, "waivers": ()}
    )
    known = base.forms | {form.form: form for form in forms}
    return base.model_copy(update={"rounds": {YEAR: spec}, "forms": known, "indicators": Indicators(), **more})


# -- what comes of it -------------------------------------------------------------------------------------------------
def tables_of(received: Received, programme: Programme, as_of: dt.date) -> dict[str, Records]:
    """Every table of the round, as records."""
    return {name: table.to_pylist() for name, table in compute(received, programme, as_of).items()}


@dataclass(frozen=True)
class Known:
    """A round as it was known on a day, stage by stage: what `compute` makes its tables of."""

    history: History
    counted: Sequence[Counted]
    ledger: Sequence[Entry]
    grants: Sequence[Followed]

    def accepted(self, table: str) -> list[Counted]:
        """The rows that count of every file that fills a table."""
        return [each for each in self.counted if each.is_accepted and table in each.row.tables]


def history_of(received: Received, programme: Programme) -> History:
    """Every row of the round as it was read from day to day."""
    exports = exports_of(received.files, *(programme.forms[name] for name in programme.rounds[YEAR].forms))
    return read(exports, entries(received.log, exports), bodies_of(received, programme), programme)


def known(received: Received, programme: Programme, as_of: dt.date, told: frozenset[str] | None = None) -> Known:
    """The round as it was known on a day. Args: told: the events that its sources can tell of, if not its forms'."""
    history, late = history_of(received, programme), programme.rounds[YEAR].late_reports
    counted, ledger = count(history.on(as_of), as_of, late), ledger_of(history, as_of, late)
    told = programme.told_events(YEAR) if told is None else told
    grants = follow_all(grants_of(counted), ledger, told, as_of, programme.tolerance_sek)
    return Known(history, counted, ledger, grants)


def by_day(received: Received, day: dt.date) -> Received:
    """What had come by a day: without the files that replace others, and the corrections, of later days."""
    files = [each for each in received.files if not each.card.replaces or each.known_date <= day]
    entries = received.log.entries.values() if received.log else ()
    known = [each for each in entries if each.date <= day]
    return replace(received, files=files, log=log_of(*known) if known else None)


def stated_on(received: Received, programme: Programme, day: dt.date) -> list[Entry]:
    """What the rows that count on a day state, as the entries of a ledger that knows this day only."""
    history = history_of(received, programme)
    stated = Book.empty()
    stated.turn(day, postings(count(history.on(day), day, programme.rounds[YEAR].late_reports)), lambda _: None)
    return stated.entries


def found_in_rows(received: Received, programme: Programme, as_of: dt.date) -> Records:
    """What is found in a round's files, as rows of raw_finding."""
    history = history_of(received, programme)
    counted = count(history.on(as_of), as_of, programme.rounds[YEAR].late_reports)
    return numbered([*of_register(received.register.faults), *in_rows(counted, history.exports, as_of)])


def empty_tables() -> dict[str, Records]:
    """Every table of a round, without rows."""
    led_to = {rule.at.table for rule in found_rules() if rule.at}
    return {name: [] for name in (*map(table_name, ROUND_TABLES), *led_to)}

"""Books: the bookings of the agency's accounting system, the ledger held against them, and receivables."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import pyarrow as pa

from assets.conform import accepted
from assets.domain import books, receivables
from assets.domain.frames import ROUND_KEY, Frame
from assets.frames import frame_from, frame_of, records_of
from assets.ledger import told_events
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue
from schemas.configuration.accounting import Accounting
from schemas.tables import TABLES, project

YEAR_ENDS = pa.schema([("year_end_date", pa.date32())])


@round_table("books")
def core_booking(raw_file: Frame, raw_row: Frame, raw_correction: Frame, core_row: Frame) -> Frame:
    """The bookings that count, typed."""
    return accepted("core_booking", raw_file, raw_row, raw_correction, core_row)


@round_table("books")
def core_book_match(core_ledger_entry: Frame, core_booking: Frame, core_application: Frame) -> Frame:
    """Every entry of money that moved and every booking, paired or alone; none where no books were received."""
    accounting = compared()
    if not accounting:
        return _no_rows("core_book_match")
    cases = [rows.select(*ROUND_KEY, "case_number") for rows in (core_ledger_entry, core_application)]
    return matches(core_ledger_entry, core_booking, nw.concat(cases, how="vertical"), accounting)


def matches(ledger: Frame, bookings: Frame, cases: Frame, accounting: Accounting) -> Frame:
    """The ledger held against the books, step by step; what a step gives is kept, since the next reads it often."""
    entries = _kept(books.cash_entries(ledger, accounting))
    booked = _kept(books.stated_bookings(bookings, cases, accounting))
    return books.book_matches(entries, booked, _kept(books.book_pairs(entries, booked)), accounting)


def _kept(frame: Frame) -> Frame:
    return frame_from(frame.collect(backend="pyarrow").to_native())


@round_table("books")
def out_book_by_year(core_book_match: Frame) -> Frame:
    """The ledger against the books, by result."""
    return books.books_by_year(core_book_match)


@round_table("books")
def out_receivable(core_ledger_entry: Frame, core_round: Frame) -> Frame:
    """What was left to repay at each year-end."""
    accounting = catalogue.programme(current_round().programme).accounting
    if not accounting:
        return _no_rows("out_receivable")
    days = year_ends(accounting, current_round().year, records_of(core_round)[0]["as_of_date"])
    return receivables.receivables(
        core_ledger_entry, frame_of([{"year_end_date": day} for day in days], YEAR_ENDS), told_events()
    )


def compared() -> Accounting | None:
    """How the round's ledger is held against the books; None where no form of the round brings them."""
    round_key = current_round()
    programme = catalogue.programme(round_key.programme)
    forms = (programme.forms[name] for name in programme.rounds[round_key.year].forms)
    return programme.accounting if any(form.fills == "core_booking" for form in forms) else None


def year_ends(accounting: Accounting, year: int, as_of: dt.date) -> list[dt.date]:
    """The year-ends from the round's year on, up to and with the day that figures are as of."""
    days = (dt.date.fromisoformat(f"{each}-{accounting.year_end}") for each in range(year, as_of.year + 1))
    return [day for day in days if day <= as_of]


def _no_rows(table: str) -> Frame:
    return frame_of([], project.arrow_schema(TABLES[table]))

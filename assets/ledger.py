"""Ledger: every krona of the round as entries, where each recipient's money stands, and what that comes to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import narwhals as nw

from assets.domain import accounts, ledger, vintages
from assets.domain.frames import Frame
from assets.domain.stated import AMOUNTS, Reading, readings, stated_rows, with_bounds
from assets.received import dated_changes, received_files
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue


@round_table("ledger")
def core_ledger_entry(  # noqa: PLR0913, PLR0917 - one argument per table
    raw_file: Frame,
    raw_row: Frame,
    raw_correction: Frame,
    core_row: Frame,
    core_event: Frame,
    core_source_file: Frame,
) -> Frame:
    """Every amount of the round: granted, paid, used, repaid; what no longer holds is reversed, never changed."""

    def stated(table: str) -> list[Frame]:
        return [
            with_bounds(stated_rows(raw_row, core_row, reading, table), reading).select(*wanted(table))
            for reading in readings_of(raw_file, raw_correction, table)
        ]

    events = ledger.dated_events(core_event, core_source_file)
    if read := stated("core_event"):
        events = ledger.as_read(events, nw.concat(read, how="vertical"))
    entries = [
        ledger.entries_of_decisions(nw.concat(stated("core_decision"), how="vertical"), events),
        ledger.entries_of_reports(nw.concat(stated("core_usage_report"), how="vertical")),
        ledger.entries_of_events(events),
    ]
    return nw.concat(entries, how="vertical")


@round_table("ledger")
def core_account(core_ledger_entry: Frame, core_reconciliation: Frame) -> Frame:
    """Where each recipient's money stands: balances of the ledger, and one status."""
    return accounts.accounts(core_ledger_entry, core_reconciliation, told_events())


@round_table("ledger")
def out_balance(core_account: Frame) -> Frame:
    """What the accounts of the round come to, and of how many recipients each amount is not known."""
    return accounts.balances_of_round(core_account)


@round_table("ledger")
def out_revision(core_ledger_entry: Frame) -> Frame:
    """What the accounts of the round came to on each day on which something was recorded."""
    return vintages.revisions(core_ledger_entry, told_events())


def told_events() -> frozenset[str]:
    """The events that some form of the round can tell of: of all others nothing is known."""
    round_key = current_round()
    return catalogue.programme(round_key.programme).told_events(round_key.year)


def readings_of(raw_file: Frame, raw_correction: Frame, table: str) -> Iterator[Reading]:
    """Every file that fills a table, as it was read before, between and after corrections of its amounts."""
    for file in received_files(raw_file, raw_correction, table):
        dated = dated_changes(file, raw_correction)
        others = [change for change in file.changes if change not in [each for _, each in dated]]
        yield from readings(dataclasses.replace(file, changes=others), dated)


def wanted(table: str) -> tuple[str, ...]:
    """The columns of the rows that state a table's amounts."""
    return (*ledger.STATED, *AMOUNTS[table])

"""The entries of the ledger as they are published, read back, and asked by day and by grant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from assets.domain.grant.records import Source

REPORTED = ("reported_use", "reported_unused", "unused_beside_use")


@dataclass(frozen=True)
class Entry:
    """One amount of the round, dated twice: a row of core_ledger_entry. Negative where it takes back another."""

    entry_id: str
    row_id: str
    event: str
    cost_category: str | None
    cause: str
    recipient_code: str | None
    grant_id: str | None
    case_number: str | None
    event_date: dt.date | None
    recorded_date: dt.date
    recorded_is_assumed: bool
    amount_sek: int
    reverses: str | None
    source: Source
    event_no: str | None = None
    replaces_no: str | None = None
    covers: str | None = None
    ground: str | None = None
    includes_waived: bool = False


def undoing(entry_id: str) -> str:
    """The id of the entry that takes another back."""
    return f"{entry_id}:reversed"


def records_of(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as rows of core_ledger_entry without its round columns, in order of their ids."""
    return [_record(entry) for entry in sorted(entries, key=lambda entry: entry.entry_id)]


def _record(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in vars(entry).items() if name not in ("row_id", "source")} | vars(entry.source)


def entry_of(record: Mapping[str, Any]) -> Entry:
    """A row of core_ledger_entry as the entry that it is of."""
    told = [field for field in fields(Entry) if field.name not in ("row_id", "source")]
    made = {field.name: record[field.name] for field in told if field.name in record}
    source = {field.name: record[field.name] for field in fields(Source) if field.name in record}
    posting, _, _ = str(record["entry_id"]).partition("@")
    return Entry(row_id=posting.rpartition(":")[0], source=Source(**source), **made)


def undone(entry: Entry) -> Entry:
    """What takes an entry back, itself a reversal or not, as if it had never been made."""
    return replace(entry, entry_id=undoing(entry.entry_id), reverses=entry.entry_id, amount_sek=-entry.amount_sek)


def known_by(entries: Iterable[Entry], day: dt.date) -> list[Entry]:
    """The entries that were known on a day."""
    return [entry for entry in entries if entry.recorded_date <= day]


def of_grants(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each grant."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.grant_id:
            found.setdefault(entry.grant_id, []).append(entry)
    return found


def report_days(ledger: Iterable[Entry]) -> dict[tuple[str, int], dt.date]:
    """The day on which each reported row was first entered, by its address; none where only its file has a date.

    A report may have come before the decision, and was of no grant then.
    """
    days: dict[tuple[str, int], dt.date] = {}
    for entry in ledger:
        if entry.event in REPORTED and entry.reverses is None and not entry.recorded_is_assumed:
            days[entry.source.address] = min(entry.recorded_date, days.get(entry.source.address, entry.recorded_date))
    return days


def report_date(entries: Iterable[Entry], days: Mapping[tuple[str, int], dt.date]) -> dt.date | None:
    """The day on which the newest report of a grant became known; None where only its file has a date.

    Args: days: as `report_days` of the whole ledger gives them.
    """
    first: dict[str, dt.date] = {}
    for entry in entries:
        if entry.event in REPORTED and entry.reverses is None and (day := days.get(entry.source.address)):
            first[entry.row_id] = min(day, first.get(entry.row_id, day))
    return max(first.values(), default=None)

"""The words of the specification about money: what a round's ledger is made of, written as lines.

    book = ledger(
        decided("2022-10-03 Exempelkommun 01: 700 000"),
        reported("2023-01-30 Exempelkommun 01: 515 637 använt, 184 363 oanvänt"),
        happened("2023-02-10 återbetalning Exempelkommun 01: 184 363"),
    )
    money(book, "2023-02-10")["Exempelkommun 01"]["outstanding_sek"] == 0

A line begins with the day on which it became known. Events are called as in the sample's export, in lower case.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import narwhals as nw
import pyarrow as pa

from assets.domain import accounts
from assets.domain.frames import Frame, nothing
from assets.domain.ledger import ENTRY, STATED, entries_of_decisions, entries_of_events, entries_of_reports
from assets.domain.reconciliation import reconcile_funds
from assets.frames import frame_of, records_of
from schemas.words.events import EVENTS
from tests.frames import FILE, ROUND, Record, rows_left_out, table
from tests.spec.language import NAME, PROGRAMME, WORDS, code, kronor

TOLD = frozenset(EVENTS)
"""Sources that can tell of everything."""

KINDS = {text.lower(): event for event, text in PROGRAMME.forms["events"].codes["event"].items()}

STATED_TYPES: dict[str, pa.DataType] = {
    "year": pa.int64(),
    "source_row": pa.int64(),
    "recorded_is_assumed": pa.bool_(),
    "is_last": pa.bool_(),
    **dict.fromkeys(("event_date", "since_date", "until_date"), pa.date32()),
    **dict.fromkeys(("granted_sek", "used_sek", "salary_sek", "unused_sek"), pa.int64()),
}


def decided(*lines: str) -> list[Record]:
    """What was granted to whom, and from when that is known."""
    return [
        {**_of(who), "known_at": f"{on} 00:00:00", "granted_sek": kronor(amount)} for on, who, amount in _said(lines)
    ]


def reported(*lines: str, cause: str = "report") -> list[Record]:
    """What recipients reported, and when; of several reports of one recipient the one sent last counts."""
    return [
        {**_of(who), "known_at": f"{on} 12:00:00", "cause": cause}
        | {WORDS[word]: kronor(amount) for amount, _, word in (part.rpartition(" ") for part in said.split(", "))}
        for on, who, said in _said(lines)
    ]


def happened(*lines: str) -> list[Record]:
    """What else happened with the money, from when it is known: `2023-02-10 återbetalning Exempelkommun 01: 5`."""
    events = []
    for number, line in enumerate(lines, 1):
        on, said = line.split(" ", 1)
        kind, _, rest = said.partition(f" {NAME}")
        who, _, amount = rest.partition(": ")
        event = {"event": KINDS[kind], "amount_sek": kronor(amount) if amount else None, "event_no": f"H{number}"}
        events.append({**_of(NAME + who), **event, "recorded_date": dt.date.fromisoformat(on)})
    return events


def _said(lines: Sequence[str]) -> list[tuple[str, str, str]]:
    parts = ((*line.split(" ", 1),) for line in lines)
    return [(on, *rest.split(": ", 1)) for on, rest in parts]  # type: ignore[misc]


def _of(who: str) -> dict[str, Any]:
    return {**ROUND, "recipient_code": code(who)}


def ledger(decisions: Sequence[Record] = (), reports: Sequence[Record] = (), events: Sequence[Record] = ()) -> Frame:
    """The entries of a round, as table core_ledger_entry."""
    told = dated(*events)
    entries = [
        entries_of_decisions(stated(decisions, "decisions", cause="decision"), told),
        entries_of_reports(stated(reports, "reports")),
        entries_of_events(told),
    ]
    return nw.concat([each.select(*ENTRY) for each in entries], how="vertical")


def dated(*events: Record) -> Frame:
    """Events as the ledger takes them, with the day from which each is known."""
    rows = table("core_event", *events, source_file=f"{FILE}.events")
    days = {name: nothing("recorded_date") for name in ("since_date", "until_date")}
    return rows.with_columns(recorded_is_assumed=nw.col("source_row") < 0, **days)


def stated(rows: Sequence[Record], file: str, **same: object) -> Frame:
    """Rows as the ledger takes them; the last row of each recipient counts."""
    last: dict[str, str] = {}
    for row in rows:
        last[row["recipient_code"]] = max(row["known_at"], last.get(row["recipient_code"], ""))
    names = [*STATED, "granted_sek", "used_sek", "salary_sek", "unused_sek"]
    schema = pa.schema([(name, STATED_TYPES.get(name, pa.string())) for name in names])
    records = (
        {"source_file": f"{FILE}.{file}", "source_row": at, "recorded_is_assumed": False}
        | {"is_last": row["known_at"] == last[row["recipient_code"]], **same, **row}
        for at, row in enumerate(rows, 1)
    )
    return frame_of(records, schema)


def known_on(book: Frame, day: str) -> Frame:
    """The ledger as it stood on a day."""
    return book.filter(nw.col("recorded_date") <= dt.date.fromisoformat(day))


def money(book: Frame, day: str, told: Collection[str] = TOLD, due: str | None = None) -> dict[str, dict[str, Any]]:
    """Each recipient's account as it stood on a day, by name.

    Args: told: the events that the round's sources can tell of. due: the last day to report.
    """
    known = known_on(book, day)
    found = accounts.accounts(known, _reconciled(known, day, due), told)
    return {NAME + row["recipient_code"][2:]: row for row in records_of(found)}


def _reconciled(known: Frame, day: str, due: str | None) -> Frame:
    """What was granted held against what was reported, as the ledger has both."""
    rows = records_of(accounts.balances(known, ["programme", "year", "recipient_code"], TOLD))
    last = dt.date.fromisoformat(due) if due else None
    granted = [{**row, "report_due_date": last} for row in rows if row["granted_sek"] is not None]
    sent = [row for row in rows if row["unused_sek"] is not None]
    stated = {row["recipient_code"] for row in records_of(known.filter(nw.col("event") == "reported_use"))}
    sent = [row if row["recipient_code"] in stated else {**row, "used_sek": None} for row in sent]
    rounds = table("core_round", {"as_of_date": dt.date.fromisoformat(day)})
    others = table("core_event", *({"recipient_code": row["recipient_code"], "event": "payment"} for row in rows))
    return reconcile_funds(
        table("core_decision", *granted), table("core_usage_report", *sent), others, rounds, rows_left_out()
    )


def entries(book: Frame, *columns: str) -> list[tuple[Any, ...]]:
    """The entries in order of the day on which they were recorded, reversals last: these columns of each."""
    rows = sorted(
        records_of(book), key=lambda row: (row["recorded_date"], row["reverses"] is not None, row["entry_id"])
    )
    return [tuple(row[name] for name in columns) for row in rows]

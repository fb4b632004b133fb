"""The words that the books are specified in: a line of the ledger, a line of the extract, and what comes of them.

    ledger("H1 | EX 1 | utbetalning | 2022-11-15 | 100 000")
    books("1 | EX 1 | utbetalning | 2022-11-16 | 100 000")
    claims("Exempelkommun 01 | granted | 2022-10-01 | 700 000")

Payments stand on the account "ut" as they are, repayments on the account "in" with the contrary sign.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assets.domain.counting import Counted
from assets.domain.grant import books as comparison
from assets.domain.grant.books import Match
from assets.domain.grant.entries import Entry
from assets.domain.grant.receivables import receivables
from assets.domain.grant.records import NotPlaced, Source
from schemas.configuration.accounting import Accounting
from tests.spec import rounds
from tests.spec.language import BODIES, PROGRAMME, code, kronor, name_of

ACCOUNTING = Accounting.model_validate(
    {
        "accounts": {"ut": {"event": "payment", "sign": 1}, "in": {"event": "repaid", "sign": -1}},
        "tolerance_days": 10,
        "materiality_sek": 1000,
        "year_end": "12-31",
    }
)
EVENTS = {"utbetalning": "payment", "återbetalning": "repaid"}
ACCOUNTS = {"utbetalning": ("ut", 1), "återbetalning": ("in", -1)}
BOOKINGS = PROGRAMME.forms["bookings"]
BOOKED = rounds.programme_of(PROGRAMME, BOOKINGS)
FIRST_ROW = 2
"""The row of the extract in which booking number 0 stands, below the headers."""

Ledger = Sequence[Entry]
Books = Sequence[Counted]


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def amount(text: str) -> int:
    """An amount as it is written here, with a minus before it if it has one."""
    return -kronor(text[1:]) if text.startswith("-") else kronor(text)


def entry(number: str, event: str, recorded: dt.date, sek: int, **more: Any) -> Entry:
    """One entry, of the grant of Exempelkommun 01 if nothing else is said."""
    said: dict[str, Any] = {
        "row_id": number,
        "cost_category": None,
        "cause": "report",
        "recipient_code": "9901",
        "grant_id": "9901-1",
        "case_number": None,
        "event_date": None,
        "recorded_is_assumed": False,
        "reverses": None,
        "source": Source("ledger.csv", None, 2),
        **more,
    }
    return Entry(entry_id=number, event=event, recorded_date=recorded, amount_sek=sek, **said)


def ledger(*lines: str) -> Ledger:
    """Entries: number | case number | event | day | amount | number of the entry that it reverses, if any."""
    return [_entry(line) for line in lines]


def _entry(line: str) -> Entry:
    number, case, event, happened, sum_, *reverses = _parts(line)
    on = dt.date.fromisoformat(happened)
    of_entry = {"case_number": case, "event_date": on, "reverses": reverses[0] if reverses else None}
    of_entry["grant_id"] = case
    return entry(number, EVENTS[event], on, amount(sum_), **of_entry)


def books(*lines: str) -> Books:
    """Bookings: row | case number | event, or an undeclared account | day | as the ledger signs it | who, if told."""
    order = [int(_parts(line)[0]) for line in lines]
    said = dict(zip(order, map(_booking, lines), strict=True))
    extract = [said.get(number, {}) for number in range(max(order, default=0) + 1)]
    received = rounds.received([rounds.file(BOOKINGS, *extract)], BODIES)
    read = {each.row.number: each for each in rounds.known(received, BOOKED, rounds.TODAY).accepted("core_booking")}
    return [read[number + FIRST_ROW] for number in order]


def _booking(line: str) -> rounds.Record:
    _, case, event, booked, sum_, *who = _parts(line)
    account, sign = ACCOUNTS.get(event, (event, 1))
    written = str(sign * amount(sum_))
    return {
        "account_no": account,
        "voucher_no": "V1",
        "recipient_name": who[0] or None if who else None,
        "case_number": case or None,
        "booked_date": booked,
        "amount_sek": written,
    }


def matches(entries: Ledger, booked: Books, unplaced: Sequence[NotPlaced] = ()) -> list[Match]:
    """The ledger held against the books. The cases of the round are EX 1 to EX 9."""
    cases = {f"EX {n}" for n in range(1, 10)}
    sek = PROGRAMME.tolerance_sek
    return comparison.matches(entries, booked, cases, ACCOUNTING, tolerance_sek=sek, unplaced=unplaced)


def match_records(entries: Ledger, booked: Books) -> rounds.Records:
    """The same as rows of core_book_match."""
    return list(comparison.records_of(matches(entries, booked)))


def compared(entries: Ledger, booked: Books) -> list[tuple[str | None, int | None, str, int]]:
    """Every row of the comparison: entry, row of the booking, result, difference; in order of entry and booking."""
    found = [
        (row["entry_id"], _row(row["booking_id"]), row["result"], row["difference_sek"])
        for row in match_records(entries, booked)
    ]
    return sorted(found, key=lambda row: (row[0] is None, row[0] or "", row[1] or 0))


def _row(booking_id: str | None) -> int | None:
    return int(booking_id.rpartition(":")[2]) - FIRST_ROW if booking_id else None


def material(entries: Ledger, booked: Books) -> list[bool]:
    """Whether each row is material."""
    return [match.is_material for match in matches(entries, booked)]


def by_result(entries: Ledger, booked: Books) -> dict[str, tuple[int, int, int, int]]:
    """Count, sum of the ledger, sum of the books and difference of each result that there is."""
    sums = ("match_count", "ledger_sek", "booked_sek", "difference_sek")
    found = comparison.by_result(matches(entries, booked))
    return {row["result"]: tuple(row[name] for name in sums) for row in found}  # type: ignore[misc]


ALL_TOLD = ("payment", "repaid", "recovery_decided", "recovery_waived", "written_off")


def claims(*lines: str) -> Ledger:
    """Entries about what is to be repaid: recipient | event | day it happened | amount | day recorded, if later."""
    return [_claim(number, line) for number, line in enumerate(lines)]


def _claim(number: int, line: str) -> Entry:
    name, event, happened, sum_, *recorded = _parts(line)
    on = dt.date.fromisoformat(happened)
    known = dt.date.fromisoformat(recorded[0]) if recorded else on
    whose = {"recipient_code": code(name), "grant_id": f"{code(name)}-1"}
    return entry(f"H{number}", event, known, kronor(sum_), **whose, event_date=on)


def receivable(entries: Ledger, *days: str, told: tuple[str, ...] = ALL_TOLD) -> dict[tuple[str, str], Any]:
    """Outstanding, left of the claims, notified and not decided yet, by recipient and year-end."""
    amounts = ("outstanding_sek", "claim_left_sek", "notified_sek", "undecided_sek")
    return {
        (name_of(row["recipient_code"]), row["year_end_date"].isoformat()): tuple(row[name] for name in amounts)
        for row in receivables(entries, [dt.date.fromisoformat(each) for each in days], told, ())
    }

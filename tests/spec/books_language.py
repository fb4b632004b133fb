"""The words that the books are specified in: a line of the ledger, a line of the extract, and what comes of them.

    ledger("H1 | EX 1 | utbetalning | 2022-11-15 | 100 000")
    books("1 | EX 1 | utbetalning | 2022-11-16 | 100 000")
    claims("Exempelkommun 01 | granted | 2022-10-01 | 700 000")

Payments stand on the account "ut" as they are, repayments on the account "in" with the contrary sign.
"""

from typing import Any

from assets import books as comparison
from assets.domain.books import books_by_year
from assets.domain.frames import Frame
from assets.domain.receivables import receivables
from assets.frames import frame_of, records_of
from schemas.configuration.accounting import Accounting
from tests.frames import FILE, Record, table
from tests.spec.language import code, day, kronor

ACCOUNTING = Accounting.model_validate(
    {
        "accounts": {"ut": {"event": "payment", "sign": 1}, "in": {"event": "repaid", "sign": -1}},
        "tolerance_sek": 1,
        "tolerance_days": 10,
        "materiality_sek": 1000,
        "year_end": "12-31",
    }
)
EVENTS = {"utbetalning": "payment", "återbetalning": "repaid"}
ACCOUNTS = {"utbetalning": ("ut", 1), "återbetalning": ("in", -1)}


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def amount(text: str) -> int:
    """An amount as it is written here, with a minus before it if it has one."""
    return -kronor(text[1:]) if text.startswith("-") else kronor(text)


def ledger(*lines: str) -> Frame:
    """Entries: number | case number | event | day | amount | number of the entry that it reverses, if any."""
    return table("core_ledger_entry", *map(_entry, lines), recorded_is_assumed=False)


def _entry(line: str) -> Record:
    number, case, event, happened, sum_, *reverses = _parts(line)
    days = {"event_date": day(happened), "recorded_date": day(happened)}
    of_entry = {"entry_id": number, "reverses": reverses[0] if reverses else None}
    return {**of_entry, **days, "case_number": case, "event": EVENTS[event], "amount_sek": amount(sum_)}


def books(*lines: str) -> Frame:
    """Bookings: row | case number | event, or an account that nobody declared | day | amount as the ledger signs it."""
    return table("core_booking", *map(_booking, lines))


def _booking(line: str) -> Record:
    number, case, event, booked, sum_ = _parts(line)
    account, sign = ACCOUNTS.get(event, (event, 1))
    whose = {"source_row": int(number), "case_number": case or None}
    return {**whose, "account_no": account, "booked_date": day(booked), "amount_sek": sign * amount(sum_)}


def matches(entries: Frame, booked: Frame) -> Frame:
    """The ledger held against the books. The cases of the round are EX 1 to EX 9."""
    cases = table("core_application", *({"case_number": f"EX {n}"} for n in range(1, 10)))
    return comparison.matches(entries, booked, cases, ACCOUNTING)


def compared(entries: Frame, booked: Frame) -> list[tuple[str | None, int | None, str, int]]:
    """Every row of the comparison: entry, row of the booking, result, difference; in order of entry and booking."""
    rows = [
        (row["entry_id"], _row(row["booking_id"]), row["result"], row["difference_sek"])
        for row in records_of(matches(entries, booked))
    ]
    return sorted(rows, key=lambda row: (row[0] is None, row[0] or "", row[1] or 0))


def _row(booking_id: str | None) -> int | None:
    return int(booking_id.removeprefix(f"{FILE}:")) if booking_id else None


def material(entries: Frame, booked: Frame) -> list[bool]:
    """Whether each row is material."""
    return [row["is_material"] for row in records_of(matches(entries, booked))]


def by_result(entries: Frame, booked: Frame) -> dict[str, tuple[int, int, int, int]]:
    """Count, sum of the ledger, sum of the books and difference of each result that there is."""
    rows = records_of(books_by_year(matches(entries, booked)))
    sums = ("match_count", "ledger_sek", "booked_sek", "difference_sek")
    return {row["result"]: tuple(row[name] for name in sums) for row in rows if row["match_count"]}  # type: ignore[misc]


ALL_TOLD = ("payment", "repaid", "recovery_decided", "recovery_waived", "written_off")


def claims(*lines: str) -> Frame:
    """Entries about what is to be repaid: recipient | event | day it was recorded | amount."""
    return table("core_ledger_entry", *(_claim(number, line) for number, line in enumerate(lines)))


def _claim(number: int, line: str) -> Record:
    name, event, recorded, sum_ = _parts(line)
    whose = {"entry_id": f"H{number}", "recipient_code": code(name), "event": event}
    return {**whose, "recorded_date": day(recorded), "amount_sek": kronor(sum_)}


def receivable(entries: Frame, *days: str, told: tuple[str, ...] = ALL_TOLD) -> dict[tuple[str, str], Any]:
    """Outstanding, claimed by a decision and not decided yet, by recipient and year-end."""
    year_ends = frame_of([{"year_end_date": day(each)} for each in days], comparison.YEAR_ENDS)
    rows = records_of(receivables(entries, year_ends, told))
    amounts = ("outstanding_sek", "claimed_by_decision_sek", "undecided_sek")
    return {
        (f"Exempelkommun {row['recipient_code'][2:]}", row["year_end_date"].isoformat()): tuple(
            row[name] for name in amounts
        )
        for row in rows
    }

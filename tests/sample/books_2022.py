"""The bookings of 2022: a voucher for every payment and repayment of the events, and a few declared differences.

All of it is invented. What differs from the events is declared here, so that what is found can be told beforehand.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tests.sample.events_2022 import Account, cash_of
from tests.sample.forms import Row, load_form

PAYMENTS, REPAYMENTS = "EX 7000", "EX 3000"
BOOKED_LATE = date(2023, 1, 4)
"""When the first recipient's payment is booked: in another financial year than it was paid."""

OFF_BY_SEK = 9_000
"""What is booked too much of the second recipient's payment."""

ROUNDED_SEK = 1
"""What is booked too much of the fifth recipient's payment: within the tolerance of the programme."""

UNKNOWN_CASE = "EX 2021-0007"
UNKNOWN_SEK = 12_000
"""A booking on a case that is not of the round."""

Booking = dict[str, Any]


def bookings_of(recipients: Sequence[Account]) -> list[Row]:
    """The rows of the extract, headers first, in the order of their vouchers."""
    form = load_form("bookings")
    booked = sorted(_bookings(recipients), key=lambda booking: booking["booked_date"])
    rows = (form.row(**booking, voucher_no=f"V{number:04d}") for number, booking in enumerate(booked, 1))
    return [list(form.headers()), *rows]


def _bookings(recipients: Sequence[Account]) -> Iterator[Booking]:
    late, off, unbooked, _, rounded, *_ = recipients
    for event in cash_of(recipients):
        booking = _booking(event["event"], event["account"], event["event_date"], event["amount_sek"])
        if event["event"] == "payment" and event["account"] is late:
            booking["booked_date"] = BOOKED_LATE
        if event["event"] == "payment" and event["account"] in (off, rounded):
            booking["amount_sek"] += OFF_BY_SEK if event["account"] is off else ROUNDED_SEK
        if event["account"] is not unbooked:
            yield booking
    yield _booking("payment", recipients[6], date(2022, 12, 12), UNKNOWN_SEK) | {"case_number": UNKNOWN_CASE}


def _booking(event: str, account: Account, happened: date, amount_sek: int) -> Booking:
    """As the accounts have it: a day later, and money that comes in with a minus."""
    return {
        "account_no": PAYMENTS if event == "payment" else REPAYMENTS,
        "recipient_name": account.name,
        "case_number": account.case_number,
        "booked_date": happened + timedelta(days=1),
        "amount_sek": amount_sek if event == "payment" else -amount_sek,
    }

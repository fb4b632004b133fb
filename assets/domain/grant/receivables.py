"""Receivables at year-end: what was left to repay by what had happened by that day, as it is known now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from assets.domain.grant.account import account_of
from assets.domain.grant.books import Match
from assets.domain.grant.entries import Entry, of_grants
from assets.domain.grant.moves import happened_by, standing
from assets.domain.reality import provenance_of
from schemas.configuration.accounting import Accounting

SHOWN = ("repayable", "received", "waived", "written_off", "outstanding", "claim_left", "notified", "undecided")
MONEY_IN = {"repaid": 1, "refunded": -1}
"""What of the books came in from recipients, and what went back to them."""


def year_ends(accounting: Accounting, year: int, as_of: dt.date) -> list[dt.date]:
    """The year-ends from the round's year on, up to and with the day that figures are as of."""
    days = (dt.date.fromisoformat(f"{each}-{accounting.year_end}") for each in range(year, as_of.year + 1))
    return [day for day in days if day <= as_of]


def receivables(
    ledger: Sequence[Entry], days: Sequence[dt.date], told: Collection[str], matches: Sequence[Match]
) -> Iterator[dict[str, Any]]:
    """What was left to repay of each grant at each year-end, as rows of out_receivable; unknown is never zero.

    A thing counts from the day that it happened, the same day by which it is held against the books.
    Args: told: the events that the round's sources tell of. matches: the ledger held against the books, if it is.
    Source: SFS 2022:1416 sections 10 and 11; nothing is claimed before a decision.
    """
    for grant_id, entries in of_grants(ledger).items():
        stand = standing(entries)
        for day in days:
            if not happened_by(stand, day):
                continue
            account = account_of(entries, told, day)
            received = account.received_sek
            booked = None if received is None or not matches else _booked(matches, grant_id, day)
            charges = account.charges_received_sek or 0
            yield {
                "grant_id": grant_id,
                "recipient_code": entries[0].recipient_code,
                "year_end_date": day,
                **{f"{name}_sek": account.measure(name) for name in SHOWN},
                "booked_received_sek": booked,
                "difference_sek": None if booked is None or received is None else booked - received - charges,
                "provenance": provenance_of(entry.source.provenance for entry in entries),
            }


def _booked(matches: Sequence[Match], grant_id: str, day: dt.date) -> int:
    """What was booked by a day as received of a grant: the bookings of its entries, and those that name it."""
    mine = ((each.booking, each.entry or each.booking) for each in matches)
    return sum(
        booking.sek * MONEY_IN[booking.event]
        for booking, owner in mine
        if booking and owner and booking.event in MONEY_IN and owner.grant_id == grant_id
        if booking.day is not None and booking.day <= day
    )

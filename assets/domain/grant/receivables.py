"""Receivables at year-end: what was left to repay, as known that day; claimed by a decision, or not decided yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from assets.domain.grant.account import account_of
from assets.domain.grant.ledger import Entry, known_by, of_grants
from assets.domain.grant.records import provenance_of
from schemas.configuration.accounting import Accounting
from schemas.words.events import adding_to

SETTLING = {event for name in ("received", "waived", "written_off") for event in adding_to(name)}
CLAIMING = set(adding_to("claimed"))


def year_ends(accounting: Accounting, year: int, as_of: dt.date) -> list[dt.date]:
    """The year-ends from the round's year on, up to and with the day that figures are as of."""
    days = (dt.date.fromisoformat(f"{each}-{accounting.year_end}") for each in range(year, as_of.year + 1))
    return [day for day in days if day <= as_of]


def receivables(ledger: Sequence[Entry], days: Sequence[dt.date], told: Collection[str]) -> Iterator[dict[str, Any]]:
    """What was left to repay of each grant at each year-end, as rows of out_receivable; unknown is never zero.

    Args: told: the events that the round's sources tell of. An entry counts from the day that it was recorded. What was
    settled since the first decision on recovery is deducted from what the decisions claim; what was settled before is
    not, since they came after it.
    Source: SFS 2022:1416 sections 10 and 11; nothing is owed before a decision.
    """
    for day in days:
        for grant_id, entries in of_grants(known_by(ledger, day)).items():
            account = account_of(entries, told)
            owed = account.outstanding_sek
            claim = (account.claimed_sek or 0) - _settled_since(entries)
            claimed = None if owed is None else min(claim, owed) if claim > 0 and owed > 0 else 0
            yield {
                "grant_id": grant_id,
                "recipient_code": entries[0].recipient_code,
                "year_end_date": day,
                **{name: getattr(account, name) for name in SHOWN},
                "claimed_by_decision_sek": claimed,
                "undecided_sek": None if owed is None or claimed is None else owed - claimed,
                "provenance": provenance_of(entry.source.provenance for entry in entries),
            }


SHOWN = ("repayable_sek", "received_sek", "waived_sek", "written_off_sek", "outstanding_sek")


def _settled_since(entries: Sequence[Entry]) -> int:
    """What was received, waived and written off from the day of the first decision on recovery on."""
    first = min((each.recorded_date for each in entries if each.event in CLAIMING and not each.reverses), default=None)
    if first is None:
        return 0
    return sum(each.amount_sek for each in entries if each.event in SETTLING and each.recorded_date >= first)

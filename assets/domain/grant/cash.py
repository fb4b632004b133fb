"""Money in and out, recipient by recipient: what is on the grants, and what is received or paid and not placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from assets.domain.grant.account import Account
from assets.domain.grant.records import Event, Grant, NotPlaced, provenance_of
from schemas.words.events import CASH, RECEIVED_EVENTS

PAID, RECEIVED = "paid", "received"
OUT = {name for name in CASH if PAID in RECEIVED_EVENTS[name].adds_to}
BESIDE = {name for name in CASH if name not in OUT and RECEIVED not in RECEIVED_EVENTS[name].adds_to}
"""Events of money that goes out, and of money that comes in beside what is repaid."""


def cash_of(grants: Iterable[tuple[Grant, Account]], unplaced: Iterable[NotPlaced]) -> Iterator[dict[str, Any]]:
    """What moved of each recipient, as rows of out_cash: the events as they were told, beside what the accounts have.

    What the accounts received and were paid is the ledger's sum; interest and fees are what else came in.
    """
    mine: dict[str, list[tuple[Grant, Account]]] = defaultdict(list)
    waiting: dict[str, list[NotPlaced]] = defaultdict(list)
    for grant, account in grants:
        mine[grant.recipient_code].append((grant, account))
    for each in unplaced:
        if each.recipient_code and each.is_money:
            waiting[each.recipient_code].append(each)
    for recipient in sorted({*mine, *waiting}):
        moved = [event for grant, _ in mine[recipient] for event in grant.events if event.event in CASH]
        if moved or waiting[recipient]:
            yield _of_recipient(recipient, [account for _, account in mine[recipient]], moved, waiting[recipient])


def _of_recipient(
    recipient: str, accounts: Iterable[Account], moved: list[Event], waiting: list[NotPlaced]
) -> dict[str, Any]:
    told = list(accounts)
    went = sum(event.signed_sek or 0 for event in moved if event.event in OUT)
    came = sum(event.signed_sek or 0 for event in moved if event.event not in OUT)
    out_waiting = sum(each.amount_sek or 0 for each in waiting if each.kind in OUT)
    in_waiting = sum(each.amount_sek or 0 for each in waiting if each.kind not in OUT)
    beside = [event for event in moved if event.event in BESIDE]
    sources = [*(event.source for event in moved), *(each.source for each in waiting)]
    return {
        "recipient_code": recipient,
        "cash_in_sek": came + in_waiting,
        "received_sek": sum(account.received_sek or 0 for account in told),
        "interest_sek": sum(event.signed_sek or 0 for event in beside),
        "in_not_placed_sek": in_waiting,
        "cash_out_sek": went + out_waiting,
        "paid_sek": sum(account.paid_sek or 0 for account in told if not account.paid_is_derived),
        "out_not_placed_sek": out_waiting,
        "provenance": provenance_of(source.provenance for source in sources),
    }

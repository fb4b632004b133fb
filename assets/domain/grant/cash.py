"""Money in and out, recipient by recipient: what is on the grants, and what is received or paid and not placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from assets.domain.grant.account import Account
from assets.domain.grant.records import Event, Grant, NotPlaced, what_is_left
from assets.domain.reality import provenance_of
from schemas.words.events import CASH, adding_to

OUT = adding_to("paid")
"""Events of money that goes out to recipients; what is refunded is taken off what came in."""


def cash_of(grants: Iterable[tuple[Grant, Account]], unplaced: Iterable[NotPlaced]) -> Iterator[dict[str, Any]]:
    """What moved of each recipient, as rows of out_cash: the events as they were told, beside what the accounts have.

    What the accounts received and were paid is theirs; interest and fees are what else came in. What is refunded is
    taken off what came in.
    """
    mine: dict[str, list[tuple[Grant, Account]]] = defaultdict(list)
    waiting: dict[str, list[NotPlaced]] = defaultdict(list)
    for grant, account in grants:
        mine[grant.recipient_code].append((grant, account))
    for each in unplaced:
        if each.recipient_code and each.is_money:
            waiting[each.recipient_code].append(each)
    for recipient in sorted({*mine, *waiting}):
        told = [each for grant, _ in mine[recipient] for each in what_is_left(grant.events)]
        moved = [(event, amount) for event, amount in told if event.event in CASH]
        if moved or waiting[recipient]:
            yield _of_recipient(recipient, [account for _, account in mine[recipient]], moved, waiting[recipient])


def _of_recipient(
    recipient: str, accounts: Iterable[Account], moved: list[tuple[Event, int]], waiting: list[NotPlaced]
) -> dict[str, Any]:
    told = list(accounts)
    out = sum(amount for event, amount in moved if event.event in OUT)
    came = sum(amount * _sign(event.event) for event, amount in moved if event.event not in OUT)
    out_waiting = sum(each.amount_sek or 0 for each in waiting if each.kind in OUT)
    in_waiting = sum((each.amount_sek or 0) * _sign(each.kind) for each in waiting if each.kind not in OUT)
    sources = [*(event.source for event, _ in moved), *(each.source for each in waiting)]
    return {
        "recipient_code": recipient,
        "cash_in_sek": came + in_waiting,
        "received_sek": sum(account.received_sek or 0 for account in told),
        "interest_sek": sum(account.charges_received_sek or 0 for account in told),
        "in_not_placed_sek": in_waiting,
        "cash_out_sek": out + out_waiting,
        "paid_sek": sum(account.paid_sek or 0 for account in told if not account.paid_is_derived),
        "out_not_placed_sek": out_waiting,
        "provenance": provenance_of(source.provenance for source in sources),
    }


def _sign(event: str) -> int:
    """Which way money moved: what is paid back to a recipient is taken off what came in."""
    return -1 if event in adding_to("refunded") else 1

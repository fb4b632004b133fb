"""The events of a round: what each is about, what it must say, and which balances it changes. Declared once, here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BALANCES = (
    "available",
    "administration",
    "granted",
    "paid",
    "withheld",
    "used",
    "unused",
    "disallowed",
    "claimed",
    "waived",
    "received",
    "refunded",
    "written_off",
    "notified",
    "charges",
)
"""What the ledger adds up to, each in whole kronor."""


@dataclass(frozen=True)
class EventKind:
    """One kind of event.

    `adds_to`: the balances that its amount is added to. `needs`: the fields without which it says nothing.
    `of_round`: it is about the round; the others are about a recipient. `replaces`: its amount stands in the place of
    the earlier one instead of beside it. `is_cash`: money moved, so the accounts have a voucher of it.
    """

    adds_to: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    of_round: bool = False
    replaces: bool = False
    is_cash: bool = False
    answers_to: tuple[str, ...] = field(default=())
    """The events of which one must have come before it."""


RECEIVED_EVENTS: Mapping[str, EventKind] = {
    "available_funds": EventKind(adds_to=("available",), of_round=True),
    "administration_allowed": EventKind(adds_to=("administration",), of_round=True),
    "decision_adjusted": EventKind(adds_to=("granted",), replaces=True),
    "payment": EventKind(adds_to=("paid",), is_cash=True),
    "payment_withheld": EventKind(adds_to=("withheld",)),
    "report_reminded": EventKind(),
    "supplement_requested": EventKind(needs=("due_date",)),
    "hearing_opened": EventKind(needs=("due_date",)),
    "hearing_answered": EventKind(answers_to=("hearing_opened",)),
    "use_disallowed": EventKind(adds_to=("disallowed",), needs=("reason",)),
    "recovery_decided": EventKind(adds_to=("claimed",), needs=("decided_by", "reason")),
    "recovery_waived": EventKind(adds_to=("waived",), needs=("decided_by", "reason")),
    "case_closed": EventKind(needs=("decided_by", "reason")),
    "invoiced": EventKind(adds_to=("notified",), needs=("due_date",)),
    "payment_reminded": EventKind(answers_to=("recovery_decided", "invoiced")),
    "repaid": EventKind(adds_to=("received",), is_cash=True),
    "repaid_after_recovery": EventKind(adds_to=("disallowed", "claimed", "received"), is_cash=True),
    "refunded": EventKind(adds_to=("refunded",), is_cash=True),
    "interest_charged": EventKind(adds_to=("charges",)),
    "fee_charged": EventKind(adds_to=("charges",)),
    "written_off": EventKind(
        adds_to=("written_off",), needs=("decided_by", "reason"), answers_to=("recovery_decided", "invoiced")
    ),
}
"""What the exports of the case system and the accounts tell of. `repaid_after_recovery` is the one line that a report
prints of a decision, of the use that it does not accept, and of the money that came in for it."""

DERIVED_EVENTS: Mapping[str, EventKind] = {
    "decision": EventKind(adds_to=("granted",), replaces=True),
    "reported_use": EventKind(adds_to=("used",), replaces=True),
    "reported_unused": EventKind(adds_to=("unused",), replaces=True),
    "unused_beside_use": EventKind(adds_to=("unused",), replaces=True),
}
"""What the ledger has from decisions and reports. `unused_beside_use` is what was not used where use was stated too and
cannot be read: it is unknown, and does not follow from what was not used."""

EVENTS = tuple(RECEIVED_EVENTS)
LEDGER_EVENTS = (*DERIVED_EVENTS, *(name for name, kind in RECEIVED_EVENTS.items() if kind.adds_to))
OF_ROUND = tuple(name for name, kind in RECEIVED_EVENTS.items() if kind.of_round)
OF_RECIPIENTS = tuple(name for name in EVENTS if name not in OF_ROUND)
OF_MONEY = tuple(name for name, kind in RECEIVED_EVENTS.items() if kind.adds_to)
"""Events that say nothing without an amount."""

REPLACING = tuple(name for name, kind in RECEIVED_EVENTS.items() if kind.replaces)
CASH = tuple(name for name, kind in RECEIVED_EVENTS.items() if kind.is_cash)
BOOKED_AS: Mapping[str, str] = {
    "payment": "payment",
    "repaid": "repaid",
    "repaid_after_recovery": "repaid",
    "refunded": "refunded",
    "written_off": "written_off",
}
"""What an event of the ledger is in the books: money out, money in, a claim that is given up."""


def kinds() -> dict[str, EventKind]:
    """Every kind of event that the ledger may hold."""
    return {**DERIVED_EVENTS, **RECEIVED_EVENTS}


def adding_to(balance: str) -> tuple[str, ...]:
    """The events whose amounts are added to a balance."""
    return tuple(name for name, kind in kinds().items() if balance in kind.adds_to)


PRINTED = tuple(name for name, kind in RECEIVED_EVENTS.items() if {"claimed", "received"} <= set(kind.adds_to))
"""The one line that a report prints of a decision and of the money that came in for it."""

CLAIMING = adding_to("claimed")
"""Events that claim money back: before them nothing is claimed."""

WAIVING = adding_to("waived")


def needing(column: str) -> tuple[str, ...]:
    """The received events that say nothing without this field."""
    return tuple(name for name, kind in RECEIVED_EVENTS.items() if column in kind.needs)


def resting_on(event: str) -> tuple[str, ...]:
    """The received events that one answers to, and those that they answer to in their turn."""
    nearest = RECEIVED_EVENTS[event].answers_to
    return (*nearest, *(name for each in nearest for name in resting_on(each)))

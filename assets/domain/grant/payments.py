"""Money that came in on a grant: interest and fees that were due are paid first, the rest is principal.

Source: Handelsbalken (1736:0123 2) chapter 9 section 5: what is paid goes to interest before principal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.domain.grant.moves import Move
from schemas.words.events import adding_to
from schemas.words.recovery import PRINCIPAL


@dataclass(frozen=True)
class Payments:
    """What came in as principal, day by day, and of interest and fees; whole kronor."""

    principal: Sequence[tuple[dt.date, int]]
    refunds: Sequence[tuple[dt.date, int]]
    charges: int
    charges_received: int

    @property
    def refunded(self) -> int:
        """What was paid back to the recipient."""
        return sum(amount for _, amount in self.refunds)

    @property
    def received(self) -> int:
        """What came in as principal, less what was paid back."""
        return sum(amount for _, amount in self.principal) - self.refunded

    def by(self, day: dt.date) -> int:
        """What had come in through a day, less what had been paid back."""
        return self.before(day + dt.timedelta(1))

    def before(self, day: dt.date) -> int:
        """What came in on earlier days, less what was paid back: no payment of what was claimed on this one."""
        came = sum(amount for paid, amount in self.principal if paid < day)
        return max(0, came - sum(amount for paid, amount in self.refunds if paid < day))

    def since(self, day: dt.date) -> int:
        """What came in from a day on, less what was paid back since: of one day, a payment of the claim."""
        came = sum(amount for paid, amount in self.principal if paid >= day)
        return max(0, came - sum(amount for paid, amount in self.refunds if paid >= day))


def payments_of(moves: Iterable[Move]) -> Payments:
    """The payments of one grant. Args: moves: what stands, in order."""
    rows = list(moves)
    charged = [move for move in rows if move.event in adding_to("charges")]
    principal: list[tuple[dt.date, int]] = []
    of_charges = 0
    for payment in (move for move in rows if move.event in adding_to("received")):
        due = sum(charge.amount_sek for charge in charged if charge.day <= payment.day) - of_charges
        is_principal = payment.covers == PRINCIPAL or payment.is_printed
        first = 0 if is_principal else min(max(0, due), payment.amount_sek)
        of_charges += first
        principal.append((payment.day, payment.amount_sek - first))
    return Payments(
        principal=principal,
        refunds=[(move.day, move.amount_sek) for move in rows if move.event in adding_to("refunded")],
        charges=sum(charge.amount_sek for charge in charged),
        charges_received=of_charges,
    )

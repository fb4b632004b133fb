"""The account of one grant on a day: what was used, what is repayable, and what became of that, to the krona.

Every term is at least zero, and nothing is set off:

    paid = accepted use + repayable + not accounted for - to pay out
    repayable = received + waived + written off + outstanding - overpaid
    outstanding = left of the claims + notified + undecided

Source: SFS 2022:1416 sections 9 (withheld), 10 (repayment) and 11 (recovery and waiver).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from assets.domain.grant.cover import Cover, cover_of
from assets.domain.grant.entries import Entry
from assets.domain.grant.moves import Move, made_by, standing
from assets.domain.grant.payments import Payments, payments_of
from assets.domain.grant.recovery import Act, acts_of, first_claim, with_received
from assets.domain.grant.use import use_of
from schemas.words.events import CLAIMING, WAIVING, adding_to
from schemas.words.recovery import UNUSED
from schemas.words.vocabulary import ACCOUNT_MEASURES

TOLD_BY = {
    "paid": "payment",
    "withheld": "payment_withheld",
    "disallowed": "use_disallowed",
    "claimed": "recovery_decided",
    "waived": "recovery_waived",
    "received": "repaid",
    "written_off": "written_off",
    "charges": "interest_charged",
    "notified": "invoiced",
}
"""The event that a source must be able to tell of before nothing told means nothing: else it is unknown, never zero."""


@dataclass(frozen=True)
class Account:
    """Where the money of one grant stands, in whole kronor. None is unknown, never zero."""

    granted_sek: int | None = None
    withheld_sek: int | None = None
    paid_sek: int | None = None
    paid_is_derived: bool = False
    unpaid_sek: int | None = None
    used_sek: int | None = None
    unused_sek: int | None = None
    disallowed_sek: int | None = None
    accepted_use_sek: int | None = None
    unaccounted_sek: int | None = None
    to_pay_out_sek: int | None = None
    repayable_sek: int | None = None
    claimed_sek: int | None = None
    received_sek: int | None = None
    waived_sek: int | None = None
    written_off_sek: int | None = None
    outstanding_sek: int | None = None
    claim_left_sek: int | None = None
    notified_sek: int | None = None
    undecided_sek: int | None = None
    overpaid_sek: int | None = None
    charges_sek: int | None = None
    charges_received_sek: int | None = None

    def measure(self, name: str) -> int | None:
        """One of ACCOUNT_MEASURES by its name."""
        amount: int | None = getattr(self, f"{name}_sek")
        return amount


AMOUNTS = attrgetter(*(f"{name}_sek" for name in ACCOUNT_MEASURES))


def measures(account: Account) -> dict[str, int]:
    """The known measures of an account."""
    amounts = zip(ACCOUNT_MEASURES, AMOUNTS(account), strict=True)
    return {name: amount for name, amount in amounts if amount is not None}


@dataclass(frozen=True)
class Position:
    """The account of a grant and the decisions on recovery that it rests on, each with what holds of it."""

    account: Account
    acts: Sequence[Act]


def account_of(entries: Iterable[Entry], told: Collection[str], by: dt.date | None = None) -> Account:
    """The account alone: see `position_of`."""
    return position_of(entries, told, by).account


def position_of(entries: Iterable[Entry], told: Collection[str], by: dt.date | None = None) -> Position:
    """What the entries of one grant come to.

    Args: told: the events that the round's sources can tell of; of all others nothing is known. by: only what had
    happened by that day counts, as it is known now.
    """
    made = list(entries) if by is None else made_by(entries, by)
    moves = standing(made)
    sums = _Sums(moves, told)
    granted, paid = sums.granted(), sums.paid()
    known = Account(
        granted_sek=granted,
        withheld_sek=sums.known("withheld"),
        paid_sek=paid,
        paid_is_derived=not sums.tells("paid") and granted is not None,
        disallowed_sek=sums.known("disallowed"),
    )
    numbers = {each.event_no for each in made if each.event in (*CLAIMING, *WAIVING) and each.event_no}
    payments = payments_of(moves)
    acts = acts_of(moves, paid or 0, numbers)
    acts = with_received(acts, payments)
    if paid is None:
        return Position(_with_decisions(known, acts, payments, sums), acts)
    use = use_of(moves, made, granted=granted, paid=paid)
    known = replace(
        known,
        used_sek=use.used_sek,
        unused_sek=use.unused_sek,
        unpaid_sek=_unpaid(granted, known.withheld_sek, paid) if sums.tells("paid") else None,
    )
    if not use.is_known:
        return Position(_with_decisions(known, acts, payments, sums), acts)
    cover = cover_of(
        use,
        acts,
        payments,
        paid=paid,
        disallowed=known.disallowed_sek or 0,
        is_receipt_told=sums.tells("received"),
    )
    account = _with_decisions(known, cover.acts, payments, sums)
    return Position(_settled(account, cover, payments, sums), cover.acts)


@dataclass(frozen=True)
class _Sums:
    """The sums of what stands: known where something does, and zero where nothing does if a source would tell."""

    moves: Sequence[Move]
    told: Collection[str]

    def tells(self, name: str) -> bool:
        return TOLD_BY[name] in self.told

    def of(self, name: str) -> int | None:
        amounts = [move.amount_sek for move in self.moves if move.event in adding_to(name)]
        return sum(amounts) if amounts else None

    def known(self, name: str) -> int | None:
        amount = self.of(name)
        return 0 if amount is None and self.tells(name) else amount

    def granted(self) -> int | None:
        return self.of("granted")

    def paid(self) -> int | None:
        granted, paid = self.of("granted"), self.of("paid")
        if not self.tells("paid"):
            return granted
        return 0 if paid is None and granted is not None else paid


def _unpaid(granted: int | None, withheld: int | None, paid: int) -> int | None:
    return None if granted is None or withheld is None else max(0, granted - withheld - paid)


def _with_decisions(account: Account, acts: Sequence[Act], payments: Payments, sums: _Sums) -> Account:
    """The account with what was decided, and with what came in of it; that needs no report."""
    claimed, waived = sums.known("claimed"), sums.known("waived")
    received = sums.known("received")
    return replace(
        account,
        claimed_sek=None if claimed is None else sum(act.claimed_sek for act in acts),
        waived_sek=None if waived is None else sum(act.waived_sek for act in acts),
        received_sek=None if received is None else payments.received,
        written_off_sek=sums.known("written_off"),
        charges_sek=sums.known("charges"),
        charges_received_sek=payments.charges_received if sums.known("charges") is not None else None,
    )


def _settled(account: Account, cover: Cover, payments: Payments, sums: _Sums) -> Account:
    """The account with what is repayable, and what became of it.

    What was given up and comes in all the same takes the write-off back.
    """
    to_pay_out = cover.accepted + cover.repayable + cover.unaccounted - (account.paid_sek or 0)
    account = replace(
        account,
        accepted_use_sek=cover.accepted,
        unaccounted_sek=cover.unaccounted,
        to_pay_out_sek=to_pay_out,
        repayable_sek=cover.repayable,
        waived_sek=None if account.waived_sek is None else cover.waived,
    )
    if not sums.tells("received"):
        return account
    left = cover.repayable - payments.received - cover.waived
    written_off = None if account.written_off_sek is None else max(0, min(account.written_off_sek, left))
    outstanding = max(0, left - (written_off or 0))
    claim_left, notified = _owed(cover, payments, sums, outstanding=outstanding, written_off=written_off or 0)
    return replace(
        account,
        written_off_sek=written_off,
        outstanding_sek=outstanding,
        overpaid_sek=max(0, -left),
        claim_left_sek=claim_left,
        notified_sek=notified,
        undecided_sek=outstanding - claim_left - notified,
    )


def _owed(cover: Cover, payments: Payments, sums: _Sums, *, outstanding: int, written_off: int) -> tuple[int, int]:
    """What is left of what decisions claim, and of what was invoiced without one.

    A later waiver takes what no decision covers, then the claim. What was repaid before the claim is no payment of it.
    """
    claimed = sum(act.claimed_sek for act in cover.acts)
    paid_of_claims = sum(act.received_sek for act in cover.acts)
    first = first_claim(cover.acts)
    decided = cover.unasked + claimed + cover.waived - cover.waived_later
    waived_of_claims = max(0, cover.waived_later - max(0, cover.repayable - decided))
    left_of_claims = max(0, claimed - waived_of_claims - written_off - paid_of_claims)
    claim_left = min(outstanding, left_of_claims)

    notices = [move for move in sums.moves if is_notice(move, first)]
    noticed = sum(move.amount_sek for move in notices)
    since = min((move.day for move in notices), default=None)
    paid_of_notices = max(0, payments.since(since) - paid_of_claims) if since else 0
    return claim_left, min(outstanding - claim_left, max(0, noticed - paid_of_notices))


def is_notice(move: Move, first_claim: dt.date | None) -> bool:
    """Whether an invoice is of reported unused money and not of a claim: it came before any, or says so."""
    if move.event != TOLD_BY["notified"]:
        return False
    return first_claim is None or move.day < first_claim or move.covers == UNUSED

"""Accounts: what the ledger's entries add up to, grant by grant, and one word for where the money stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

from assets.domain.grant.ledger import Entry
from schemas.words.events import BALANCES, kinds
from schemas.words.vocabulary import ACCOUNT_MEASURES

OF_GRANTS = tuple(name for name in BALANCES if name not in ("available", "administration"))
ADDS_TO = {event: kind.adds_to for event, kind in kinds().items()}

TOLD_BY = {
    "paid": "payment",
    "withheld": "payment_withheld",
    "disallowed": "use_disallowed",
    "claimed": "recovery_decided",
    "waived": "recovery_waived",
    "received": "repaid",
    "written_off": "written_off",
}
"""The event that a source must be able to tell of before nothing told means nothing: else a balance is unknown."""


@dataclass(frozen=True)
class Account:
    """Where the money of one grant stands, in whole kronor. None is unknown, never zero."""

    granted_sek: int | None
    paid_sek: int | None
    paid_is_derived: bool
    withheld_sek: int | None
    used_sek: int | None
    unused_sek: int | None
    disallowed_sek: int | None
    claimed_sek: int | None
    waived_sek: int | None
    received_sek: int | None
    written_off_sek: int | None
    accepted_use_sek: int | None
    repayable_sek: int | None
    unpaid_sek: int | None
    outstanding_sek: int | None

    def measure(self, name: str) -> int | None:
        """One of ACCOUNT_MEASURES by its name."""
        amount: int | None = getattr(self, f"{name}_sek")
        return amount

    @property
    def settled_sek(self) -> int | None:
        """What is no longer outstanding; unknown if what was received is."""
        if self.received_sek is None:
            return None
        return self.received_sek + (self.waived_sek or 0) + (self.written_off_sek or 0)


def account_of(entries: Iterable[Entry], told: Collection[str]) -> Account:
    """What the entries of one grant come to. Args: told: the events that the round's sources can tell of.

    Nothing is disallowed, waived or written off before somebody has decided so. What a decision claims back is not
    accepted, on whatever ground: so much at least is repayable.
    Source: SFS 2022:1416 sections 9 (withheld), 10 (repayment) and 11 (waiver); the identities of the account are
        paid = granted - withheld - unpaid, repayable = paid - accepted use,
        repayable = received + waived + written off + outstanding.
    """
    known = balances(entries, told)
    granted, unused, claimed = known["granted"], known["unused"], known["claimed"]
    paid_is_told = TOLD_BY["paid"] in told
    paid = (known["paid"] if granted is not None or known["paid"] else None) if paid_is_told else granted
    used = known["used"]
    if used is None and granted is not None and unused is not None:
        used = granted - unused
    accepted = accepted_use(used, known["disallowed"], granted, claimed, paid)
    repayable = paid - accepted if paid is not None and accepted is not None else claimed or None
    return Account(
        **{f"{name}_sek": amount for name, amount in known.items() if name not in ("paid", "used")},
        paid_sek=paid,
        used_sek=used,
        paid_is_derived=not paid_is_told and granted is not None,
        accepted_use_sek=accepted,
        repayable_sek=repayable,
        unpaid_sek=_unpaid(granted, known["withheld"], paid) if paid_is_told else None,
        outstanding_sek=_outstanding(repayable, known) if TOLD_BY["received"] in told else None,
    )


def balances(entries: Iterable[Entry], told: Collection[str]) -> dict[str, int | None]:
    """The sum of each balance: known where an entry stands, and zero where none does if a source would have told."""
    sums, standing = dict.fromkeys(OF_GRANTS, 0), dict.fromkeys(OF_GRANTS, 0)
    for entry in entries:
        for name in ADDS_TO[entry.event]:
            if name in sums:
                sums[name] += entry.amount_sek
                standing[name] += -1 if entry.reverses else 1
    return {name: sums[name] if standing[name] > 0 or TOLD_BY.get(name) in told else None for name in OF_GRANTS}


def accepted_use(
    used: int | None, disallowed: int | None, granted: int | None, claimed: int | None, paid: int | None
) -> int | None:
    """Used less what is not accepted, at most the grant and at most what is not claimed back; never below zero."""
    if used is None:
        return None
    limits = [used - (disallowed or 0)]
    if granted is not None:
        limits.append(granted)
    if claimed and claimed > 0 and paid is not None:
        limits.append(paid - claimed)
    return max(0, min(limits))


def _unpaid(granted: int | None, withheld: int | None, paid: int | None) -> int | None:
    return None if granted is None or withheld is None or paid is None else granted - withheld - paid


def _outstanding(repayable: int | None, known: dict[str, int | None]) -> int | None:
    received = known["received"]
    if repayable is None or received is None:
        return None
    return repayable - received - (known["waived"] or 0) - (known["written_off"] or 0)


UNDECIDED = ("decision_quarantined", "report_without_decision", "event_without_decision")
UNREPORTED = {
    "report_quarantined": "report_quarantined",
    "report_excluded": "report_excluded",
    "report_due_unknown": "report_due_unknown",
    "report_not_due": "report_not_due",
    "report_missing": "no_report",
    "report_not_known": "not_known",
}
"""Outcomes of a reconciliation without a report, and the status that each gives."""


def status_of(account: Account, outcome: str) -> str:
    """One word for where the money stands: the first that is true, in the order of docs/ledger.md."""
    if outcome in UNDECIDED:
        return outcome
    if not (account.claimed_sek or 0) > 0:
        if outcome in UNREPORTED:
            return UNREPORTED[outcome]
        if doubtful := _as_reported(account):
            return doubtful
    return _as_repaid(account)


def _as_reported(account: Account) -> str | None:
    """What a report says that does not add up to the grant, if it does not."""
    granted, used, unused = account.granted_sek, account.used_sek, account.unused_sek
    if granted is None or used is None:
        return None
    reported = used + unused if unused is not None else None
    if used > granted or (reported is not None and reported > granted):
        return "over_reported"
    return "under_reported" if reported is not None and reported < granted else None


def _as_repaid(account: Account) -> str:  # noqa: PLR0911 - one case per word
    repayable, owed, claimed = account.repayable_sek, account.outstanding_sek, account.claimed_sek or 0
    if repayable is not None and repayable < 0:
        return "to_be_paid"
    if repayable == 0 and claimed <= 0 and not owed:
        return "balanced"
    if owed is None:
        return "repayment_unknown"
    if owed < 0:
        return "overpaid"
    if claimed > 0 and (owed > 0 or (account.settled_sek or 0) < claimed):
        return "under_recovery"
    if owed > 0:
        return "unused_outstanding"
    return _as_settled(account, claimed)


def _as_settled(account: Account, claimed: int) -> str:
    if (account.waived_sek or 0) > 0:
        return "waived"
    if (account.written_off_sek or 0) > 0:
        return "written_off"
    return "settled" if claimed > 0 else "unused_repaid"


AMOUNTS = attrgetter(*(f"{name}_sek" for name in ACCOUNT_MEASURES))


def measures(account: Account) -> dict[str, int]:
    """The known measures of an account."""
    amounts = zip(ACCOUNT_MEASURES, AMOUNTS(account), strict=True)
    return {name: amount for name, amount in amounts if amount is not None}

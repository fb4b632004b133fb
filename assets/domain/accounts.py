"""Accounts: what the ledger's entries add up to, recipient by recipient, and one word for where the money stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, constant, counted, first_of, is_true, nothing, summed
from assets.domain.reconciliation import KEY
from schemas.words.events import BALANCES, adding_to
from schemas.words.vocabulary import ACCOUNT_MEASURES

OF_RECIPIENTS = tuple(name for name in BALANCES if name not in ("available", "administration"))

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

UNDECIDED = ("decision_quarantined", "report_without_decision", "event_without_decision")
UNREPORTED = {
    "report_quarantined": "report_quarantined",
    "report_excluded": "report_excluded",
    "report_due_unknown": "report_due_unknown",
    "report_not_due": "report_not_due",
    "report_missing": "no_report",
}
"""Outcomes of a reconciliation without a report, and the status that each gives."""


def balances(ledger: Frame, by: Sequence[str], told: Collection[str]) -> Frame:
    """What the entries add up to in each group: one column `<balance>_sek` per balance of a recipient; pure addition.

    Args: ledger: core_ledger_entry, of one day if it is cut at `recorded_date`. told: the events that the round's
        sources can tell of. by: the columns of the group.
    Returns: also the amounts that follow from balances: accepted use, repayable, outstanding, unpaid. Null is unknown.
    Source: SFS 2022:1416 sections 9 (withheld), 10 (repayment) and 11 (waiver); the identities of the account are
        paid = granted - withheld - unpaid, repayable = paid - accepted use,
        repayable = received + waived + written off + outstanding.
    """
    mine = ledger.filter(~nw.col("recipient_code").is_null())
    sums = summed(mine, by, {name: addend for balance in OF_RECIPIENTS for name, addend in _addends(balance)})
    known = {f"{balance}_sek": _known(balance, told) for balance in OF_RECIPIENTS}
    return _followed(sums.with_columns(**known), told).drop(*(f"{balance}_standing" for balance in OF_RECIPIENTS))


def _addends(balance: str) -> list[tuple[str, nw.Expr]]:
    """The amounts of a balance, and how many entries stand: those that are not reversed."""
    adds = is_true(nw.col("event").is_in(list(adding_to(balance))))
    standing = nw.when(adds & nw.col("reverses").is_null()).then(1).otherwise(0)
    reversed_ones = nw.when(adds & ~nw.col("reverses").is_null()).then(1).otherwise(0)
    return [
        (f"{balance}_sek", nw.when(adds).then(nw.col("amount_sek"))),
        (f"{balance}_standing", standing - reversed_ones),
    ]


def _known(balance: str, told: Collection[str]) -> nw.Expr:
    """A balance is known where an entry stands, and zero where none does if a source would have told of it."""
    amount = nw.col(f"{balance}_sek")
    return amount if TOLD_BY.get(balance) in told else nw.when(nw.col(f"{balance}_standing") > 0).then(amount)


def _followed(rows: Frame, told: Collection[str]) -> Frame:
    """What follows from the balances. Nothing is disallowed, waived or written off before somebody has decided so.

    What a decision claims back is not accepted, on whatever ground: so much at least is repayable.
    """
    granted, used, unused = nw.col("granted_sek"), nw.col("used_sek"), nw.col("unused_sek")
    disallowed, claimed = nw.col("disallowed_sek"), nw.col("claimed_sek")
    paid, paid_is_told = nw.col("paid_sek"), TOLD_BY["paid"] in told
    rows = rows.with_columns(
        paid_is_derived=nw.lit(value=not paid_is_told) & ~granted.is_null(),
        paid_sek=nw.when(~granted.is_null() | (nw.col("paid_sek") > 0)).then(paid) if paid_is_told else granted,
        used_sek=nw.coalesce(used, granted - unused),
    )
    allowed = used - disallowed.fill_null(0)
    accepted = _at_most(_at_most(allowed, granted), nw.when(claimed > 0).then(nw.col("paid_sek") - claimed))
    rows = rows.with_columns(accepted_use_sek=nw.when(~is_true(accepted < 0)).then(accepted).otherwise(0))
    repayable = nw.coalesce(nw.col("paid_sek") - nw.col("accepted_use_sek"), nw.when(claimed > 0).then(claimed))
    rows = rows.with_columns(
        repayable_sek=repayable,
        unpaid_sek=granted - nw.col("withheld_sek") - nw.col("paid_sek") if paid_is_told else nothing("granted_sek"),
    )
    outstanding = nw.col("repayable_sek") - _settled()
    return rows.with_columns(outstanding_sek=outstanding if TOLD_BY["received"] in told else nothing("granted_sek"))


def _settled() -> nw.Expr:
    """What is no longer outstanding; unknown if what was received is."""
    return nw.col("received_sek") + nw.col("waived_sek").fill_null(0) + nw.col("written_off_sek").fill_null(0)


def _at_most(amount: nw.Expr, most: nw.Expr) -> nw.Expr:
    """The amount, or the most that it may be; the amount where that is unknown."""
    return nw.when(is_true(amount > most)).then(most).otherwise(amount)


def accounts(ledger: Frame, reconciliation: Frame, told: Collection[str]) -> Frame:
    """One account per recipient (table core_account): everybody in core_reconciliation, with one status each."""
    found = balances(ledger, KEY, told).drop("provenance")
    rows = reconciliation.select(*KEY, "outcome", "provenance").join(found, on=KEY, how="left")
    rows = rows.with_columns(paid_is_derived=is_true(nw.col("paid_is_derived")))
    return rows.with_columns(status=_status())


def _status() -> nw.Expr:
    """Where the money stands: the first that is true, in the order of docs/ledger.md."""
    outcome, owed = nw.col("outcome"), nw.col("outstanding_sek")
    claimed, repayable = is_true(nw.col("claimed_sek") > 0), nw.col("repayable_sek")
    granted, reported = nw.col("granted_sek"), nw.col("used_sek") + nw.col("unused_sek")
    cases = [
        *((outcome == each, each) for each in UNDECIDED),
        *(((outcome == each) & ~claimed, status) for each, status in UNREPORTED.items()),
        (~claimed & ((nw.col("used_sek") > granted) | (reported > granted)), "over_reported"),
        (~claimed & (reported < granted), "under_reported"),
        (repayable < 0, "to_be_paid"),
        ((repayable == 0) & ~claimed & (is_true(owed == 0) | owed.is_null()), "balanced"),
        (owed.is_null(), "repayment_unknown"),
        (owed < 0, "overpaid"),
        (claimed & ((owed > 0) | is_true(_settled() < nw.col("claimed_sek"))), "under_recovery"),
        (owed > 0, "unused_outstanding"),
        (nw.col("waived_sek") > 0, "waived"),
        (nw.col("written_off_sek") > 0, "written_off"),
        (claimed, "settled"),
    ]
    return first_of(cases, otherwise=constant("unused_repaid", "programme"))


def balances_of_round(account: Frame) -> Frame:
    """The accounts of a round added up (table out_balance): one row per measure."""
    frames = [_of_measure(account, number, measure) for number, measure in enumerate(ACCOUNT_MEASURES, start=1)]
    return nw.concat(frames, how="vertical")


def _of_measure(account: Frame, number: int, measure: str) -> Frame:
    amount = nw.col(f"{measure}_sek")
    sums = {"amount_sek": amount, "known_count": counted(~amount.is_null()), "unknown_count": counted(amount.is_null())}
    rows = summed(account.filter(~nw.col("granted_sek").is_null()), ROUND_KEY, sums)
    return rows.with_columns(
        amount_sek=nw.when(nw.col("known_count") > 0).then(nw.col("amount_sek")),
        measure=constant(measure, "programme"),
        measure_no=constant(number, "year"),
    )

"""Where a grant's money stands, in one word."""

from __future__ import annotations

from dataclasses import replace

from assets.domain.grant.account import Account

UNDECIDED = ("decision_quarantined", "report_without_decision", "event_without_decision")
UNREPORTED = {
    "amount_unknown": "amount_unknown",
    "report_not_placed": "report_not_placed",
    "report_quarantined": "report_quarantined",
    "report_excluded": "report_excluded",
    "report_due_unknown": "report_due_unknown",
    "report_not_due": "report_not_due",
    "report_missing": "no_report",
    "report_not_known": "not_known",
}
"""Outcomes of a reconciliation without a report that says it all, and the status that each gives."""


def status_of(account: Account, outcome: str) -> str:
    """One word for where the money stands: the first that is true, in the order of docs/ledger.md."""
    if outcome in UNDECIDED:
        return outcome
    if not account.claimed_sek:
        if outcome in UNREPORTED:
            return UNREPORTED[outcome]
        if outcome == "difference" and (doubtful := _as_reported(account)):
            return doubtful
    return _as_repaid(account)


def without_rest(account: Account, tolerance_sek: int) -> Account:
    """The account, settled where no more is left than öre that were rounded. Args: tolerance_sek: whole kronor."""
    rest = (account.outstanding_sek or 0) + (account.overpaid_sek or 0)
    if 0 < rest <= tolerance_sek and (account.received_sek or account.waived_sek):
        return _settled(account)
    if account.unused_sek == 0 and not account.claimed_sek and 0 < (account.repayable_sek or 0) <= tolerance_sek:
        return replace(account if account.outstanding_sek is None else _settled(account), repayable_sek=0)
    return account


def _settled(account: Account) -> Account:
    return replace(account, outstanding_sek=0, claim_left_sek=0, notified_sek=0, undecided_sek=0, overpaid_sek=0)


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
    if account.overpaid_sek:
        return "overpaid"
    if account.claim_left_sek:
        return "under_recovery"
    if account.undecided_sek:
        return "unused_outstanding"
    if account.notified_sek:
        return "notified"
    if account.repayable_sek and account.outstanding_sek is None:
        return "repayment_unknown"
    if account.to_pay_out_sek:
        return "to_be_paid"
    if not account.repayable_sek:
        return "balanced"
    return _as_settled(account)


def _as_settled(account: Account) -> str:
    if account.waived_sek:
        return "waived"
    if account.written_off_sek:
        return "written_off"
    return "settled" if account.claimed_sek else "unused_repaid"

"""Where a grant's money stands, in one word."""

from __future__ import annotations

from assets.domain.grant.account import Account

UNDECIDED = ("decision_quarantined", "report_without_decision", "event_without_decision")
UNREPORTED = {
    "report_not_placed": "report_not_placed",
    "report_quarantined": "report_quarantined",
    "report_excluded": "report_excluded",
    "report_due_unknown": "report_due_unknown",
    "report_not_due": "report_not_due",
    "report_missing": "no_report",
}
"""Outcomes of a reconciliation without a report, and the status that each gives."""


def status_of(account: Account, outcome: str) -> str:
    """One word for where the money stands: the first that is true, in the order of docs/ledger.md."""
    if outcome in UNDECIDED:
        return outcome
    if not account.claimed_sek:
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

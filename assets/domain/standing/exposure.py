"""What is at stake of one grant: money paid that is neither shown to be rightly used nor come back nor given up."""

from __future__ import annotations

from dataclasses import dataclass

from assets.domain.grant.account import Account
from assets.domain.grant.follow import Followed
from schemas.words.vocabulary import NOT_KNOWN

NOTHING = ("balanced", "to_be_paid", "unused_repaid", "settled", "waived", "written_off", "overpaid", "report_not_due")
"""Statuses of a grant of which nothing is at stake: the account is closed, or no report need have come yet."""

NOT_TOLD = (NOT_KNOWN, "report_due_unknown", "report_quarantined", "report_not_placed", "amount_unknown")
"""Statuses that leave open how much of what is not accounted for is at stake."""


@dataclass(frozen=True)
class Exposure:
    """Kronor at stake of a grant, and of how many it is not known whether they still are. None: not known at all."""

    at_stake_sek: int | None
    not_known_sek: int = 0


def exposure_of(followed: Followed) -> Exposure:
    """What is at stake of a grant: what is not accounted for once a report is due, and what is left to repay.

    What is repayable and of which no source tells whether it came back is at stake, and not known.
    """
    account, status = followed.account, followed.status
    if status in NOTHING or (followed.case and followed.case.state == "closed"):
        return Exposure(0)
    if account.repayable_sek is None or account.unaccounted_sek is None:
        whole = account.granted_sek if account.paid_sek is None else account.paid_sek
        return Exposure(whole, whole or 0)
    left, not_told = account.unaccounted_sek, account.unaccounted_sek if status in NOT_TOLD else 0
    if account.outstanding_sek is not None:
        return Exposure(left + account.outstanding_sek, not_told)
    perhaps = _not_seen_again(account)
    return Exposure(left + perhaps, not_told + perhaps)


def _not_seen_again(account: Account) -> int:
    """What is repayable less what is known to have come or to be given up."""
    known = (account.received_sek, account.waived_sek, account.written_off_sek)
    return max(0, (account.repayable_sek or 0) - sum(amount or 0 for amount in known))


def total(exposures: list[Exposure]) -> tuple[int | None, int, int]:
    """Kronor at stake, those of them that are not known, and of how many grants nothing is known at all.

    The sum is None where nothing is known of anybody.
    """
    known = [each for each in exposures if each.at_stake_sek is not None]
    amount = sum(each.at_stake_sek or 0 for each in known) if known or not exposures else None
    return amount, sum(each.not_known_sek for each in known), len(exposures) - len(known)

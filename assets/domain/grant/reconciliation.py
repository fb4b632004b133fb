"""What was granted held against what was reported, grant by grant. Unknown is unknown, never zero."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.domain.grant.records import REPORT, Grant, what_is_left
from assets.domain.reading import dates
from schemas.words.vocabulary import (
    ALL_OF_IT,
    CASE_NUMBER,
    EXCLUDED,
    NO_DOUBT,
    QUARANTINED,
    THOUSANDFOLD,
    THOUSANDTH,
)

SHORTEST_CASE_NUMBER = 1000
"""Shorter numbers than four digits may be amounts by chance."""

REPAID = "repaid_after_recovery"


@dataclass(frozen=True)
class Reconciliation:
    """One grant: what was granted, used, not used, and what does not add up. A row of core_reconciliation."""

    grant_id: str
    recipient_code: str
    case_number: str | None
    provenance: str
    granted_sek: int | None
    used_sek: int | None
    reported_used_sek: int | None
    used_derived: bool | None
    unused_sek: int | None
    repaid_after_recovery_sek: int | None
    granted_as_reported_sek: int | None
    granted_when_reported_sek: int | None
    difference_sek: int | None
    first_cost_date: dt.date | None
    last_cost_date: dt.date | None
    amount_doubt: str
    outcome: str


def reconcile(grant: Grant, as_of: dt.date, tolerance_sek: int = 0) -> Reconciliation:
    """Hold what was granted against what was reported, as of a day. Amounts in whole kronor.

    A report is held against the grant of its own day. A form that asks only for what was not used has its use derived
    as granted less unused, and says so; use that was stated and cannot be read is not derived.
    Source: SFS 2022:1416 sections 8 (the report) and 10 (repayment).
    """
    report = grant.report
    granted = grant.granted_on(dates.day(report.submitted_at)) if report else None
    reported, unused = (report.used_sek, report.unused_sek) if report else (None, None)
    is_derived = report is not None and reported is None and "used_sek" not in report.unknown
    used = _less(granted, unused) if is_derived else reported
    difference = _less(_less(granted, reported), unused)
    return Reconciliation(
        grant_id=grant.grant_id,
        recipient_code=grant.recipient_code,
        case_number=grant.decision.case_number if grant.decision else None,
        provenance=grant.provenance,
        granted_sek=grant.granted_sek,
        used_sek=used,
        reported_used_sek=reported,
        used_derived=(is_derived and granted is not None) if report else None,
        unused_sek=unused,
        repaid_after_recovery_sek=_repaid(grant),
        granted_as_reported_sek=report.granted_as_reported_sek if report else None,
        granted_when_reported_sek=granted,
        difference_sek=difference,
        first_cost_date=report.first_cost_date if report else None,
        last_cost_date=report.last_cost_date if report else None,
        amount_doubt=doubt(grant),
        outcome=_outcome(grant, used, abs(difference or 0) > tolerance_sek, as_of),
    )


def _less(amount: int | None, other: int | None) -> int | None:
    return None if amount is None or other is None else amount - other


def _repaid(grant: Grant) -> int | None:
    """What was repaid after a decision on recovery, less what was reversed of it; None if nothing is left."""
    return sum(left for each, left in what_is_left(grant.events) if each.event == REPAID) or None


def doubt(grant: Grant) -> str:
    """The likeliest mistake: amounts of another magnitude than the decision's, its case number, exactly its amount."""
    report = grant.report
    granted = grant.granted_on(dates.day(report.submitted_at)) if report else None
    if granted is None or report is None:
        return NO_DOUBT
    used, unused, as_reported = report.used_sek, report.unused_sek, report.granted_as_reported_sek
    stated = list(_known(as_reported, None if used is None or unused is None else used + unused))
    if any(_about(amount, granted * 1000) for amount in (*stated, *_known(unused))):
        return THOUSANDFOLD
    if any(_about(amount * 1000, granted) for amount in stated):
        return THOUSANDTH
    case_number = grant.decision.case_number if grant.decision else None
    if any(_is_number(amount, case_number) for amount in _known(as_reported, used, unused)):
        return CASE_NUMBER
    return ALL_OF_IT if used == granted and granted > 0 else NO_DOUBT


def _known(*amounts: int | None) -> Iterator[int]:
    return (amount for amount in amounts if amount is not None)


def _about(amount: int, expected: int) -> bool:
    """Within a factor of two: a thousandfold mistake is told from a difference of any other size."""
    return expected < amount * 2 and amount < expected * 2


def _is_number(amount: int, case_number: str | None) -> bool:
    """Tell an amount with the digits of the case number, or of its middle ("12345" of "9.2-12345/2023")."""
    if case_number is None or amount < SHORTEST_CASE_NUMBER:
        return False
    middle = re.sub("^.*-|/.*$", "", case_number)
    return str(amount) in {re.sub("[^0-9]", "", text) for text in (case_number, middle)}


def _outcome(grant: Grant, used: int | None, is_different: bool, as_of: dt.date) -> str:  # noqa: FBT001 - said once
    report = grant.report
    if grant.decision is None:
        if ("core_decision", QUARANTINED) in grant.left_out:
            return "decision_quarantined"
        return "report_without_decision" if report else "event_without_decision"
    if report is None:
        return _without_report(grant, as_of)
    if report.is_amount_unknown:
        return "amount_unknown"
    if is_different or (used is not None and used < 0):
        return "difference"
    return "unused_reported" if report.unused_sek else "all_used"


def _without_report(grant: Grant, as_of: dt.date) -> str:
    if any(each.kind == REPORT for each in grant.not_placed):
        return "report_not_placed"
    for fate, outcome in ((QUARANTINED, "report_quarantined"), (EXCLUDED, "report_excluded")):
        if ("core_usage_report", fate) in grant.left_out:
            return outcome
    if grant.due_date is None:
        return "report_due_unknown"
    if grant.due_date < grant.reach.reports.known_on(as_of):
        return "report_missing"
    return "report_not_known" if grant.due_date < as_of else "report_not_due"


def reconciled(grants: Iterable[Grant], as_of: dt.date) -> list[Reconciliation]:
    """Every grant of which something counts, reconciled as of a day."""
    return [reconcile(grant, as_of) for grant in grants if counts(grant)]


def counts(grant: Grant) -> bool:
    """Whether any row of the grant counts; a grant of which all rows are left out has no account."""
    known: Sequence[object] = [grant.decision, grant.report, *grant.events]
    return any(each is not None for each in known)

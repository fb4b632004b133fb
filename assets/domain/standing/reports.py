"""Who has not reported, as far as is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assets.domain.grant.follow import Followed
from schemas.words.tasks import NOT_REPORTED


@dataclass(frozen=True)
class NotReported:
    """A grant without a report that counts: why, since when it is due, and how much was granted."""

    grant_id: str
    recipient_code: str
    case_number: str | None
    outcome: str
    report_due_date: dt.date | None
    days_late_count: int | None
    granted_sek: int | None
    provenance: str


def not_reported(grants: Iterable[Followed], as_of: dt.date) -> Iterator[NotReported]:
    """The grants of which a report is due, or may be, and none counts."""
    for followed in grants:
        grant, outcome = followed.grant, followed.reconciliation.outcome
        if outcome in NOT_REPORTED:
            due = grant.due_date
            yield NotReported(
                grant_id=grant.grant_id,
                recipient_code=grant.recipient_code,
                case_number=grant.decision.case_number if grant.decision else None,
                outcome=outcome,
                report_due_date=due,
                days_late_count=max(0, (as_of - due).days) if due else None,
                granted_sek=grant.granted_sek,
                provenance=grant.provenance,
            )

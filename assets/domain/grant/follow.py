"""The grants of a round on a day, each with what counts of it, followed to its account, status and case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.counting import LATE_RULE, Counted
from assets.domain.grant.account import Account, account_of, status_of
from assets.domain.grant.case import Case, Facts, case_of
from assets.domain.grant.ledger import Entry, of_grants, report_date, report_days
from assets.domain.grant.reconciliation import Reconciliation, counts, reconcile
from assets.domain.grant.records import EVERYTHING, Decision, Event, Grant, Reach, Report, source_of, standing
from schemas.words.cases import CLAIMING
from schemas.words.vocabulary import EXCLUDED, NOT_KNOWN, QUARANTINED


@dataclass(frozen=True)
class Followed:
    """One grant: what is known of it, what does not add up, where its money stands, and its case if there is one."""

    grant: Grant
    reconciliation: Reconciliation
    account: Account
    status: str
    case: Case | None
    not_known_since: dt.date | None
    """The first day of which it is not known whether the status still holds; None where it holds on the day."""


NOT_REPORTED = ("no_report", "report_due_unknown", NOT_KNOWN)
NOT_REPAID = ("unused_outstanding", "under_recovery")
"""Statuses that say that a report has not come, or money."""


def follow(
    grant: Grant, entries: Sequence[Entry], told: Collection[str], as_of: dt.date, reported: dt.date | None
) -> Followed:
    """One grant as of a day. Args: entries: those of the ledger that are about it; reported: when its report came."""
    reconciliation = reconcile(grant, as_of)
    account = account_of(entries, told)
    status = status_of(account, reconciliation.outcome)
    not_known_since = _not_known_since(grant, status, as_of)
    if not_known_since and status in NOT_REPAID and not_known_since <= _repayable_since(grant, reported):
        status = NOT_KNOWN
    facts = Facts(grant, account, status, reconciliation.difference_sek, reported, as_of)
    return Followed(grant, reconciliation, account, status, case_of(facts), not_known_since)


def _not_known_since(grant: Grant, status: str, as_of: dt.date) -> dt.date | None:
    if status in NOT_REPAID:
        return grant.reach.payments.since(as_of)
    return grant.reach.reports.since(as_of) if status in NOT_REPORTED else None


def _repayable_since(grant: Grant, reported: dt.date | None) -> dt.date:
    """Since when there is something to repay: the latest claim, or else the report."""
    claims = [event.happened for event in standing(grant.events) if event.event in CLAIMING]
    return max(claims, default=reported or dt.date.min)


def follow_all(
    grants: Iterable[Grant], ledger: Sequence[Entry], told: Collection[str], as_of: dt.date
) -> list[Followed]:
    """Every grant of which something counts, as of a day."""
    entries, days = of_grants(ledger), report_days(ledger)
    mine = ((grant, entries.get(grant.grant_id, [])) for grant in grants if counts(grant))
    return [follow(grant, made, told, as_of, report_date(made, days)) for grant, made in mine]


# -- from rows to grants ----------------------------------------------------------------------------------------------
def grants_of(counted: Iterable[Counted], reach: Reach = EVERYTHING) -> list[Grant]:
    """The grants that rows tell of, in order of recipient and grant.

    Args: counted: the rows of a round on a day. reach: how far their exports tell of what may be missing.
    """
    mine: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    unplaced: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in counted:
        recipient = each.row.recipient_code
        if recipient and each.grant_id:
            mine[recipient, each.grant_id].append(each)
        elif recipient:
            unplaced[recipient].update(_left_out(each))
    return [_grant(recipient, grant_id, rows, unplaced, reach) for (recipient, grant_id), rows in sorted(mine.items())]


def _grant(
    recipient: str,
    grant_id: str,
    rows: Sequence[Counted],
    unplaced: Mapping[str, set[tuple[str, str]]],
    reach: Reach,
) -> Grant:
    accepted: dict[str, list[Counted]] = defaultdict(list)
    for each in rows:
        if each.is_accepted:
            for table in each.row.tables:
                accepted[table].append(each)
    left_out = {left for each in rows for left in _left_out(each)}
    return Grant(
        grant_id=grant_id,
        recipient_code=recipient,
        decision=next(map(decision_of, accepted["core_decision"]), None),
        report=next(map(report_of, accepted["core_usage_report"]), None),
        events=tuple(map(event_of, accepted["core_event"])),
        left_out=frozenset(left_out | unplaced.get(recipient, set())),
        reach=reach,
    )


def _left_out(each: Counted) -> set[tuple[str, str]]:
    """The tables that a row would have filled, and what became of it: in quarantine, or too late to count."""
    if each.fate != QUARANTINED and each.rule != LATE_RULE:
        return set()
    return {(table, QUARANTINED if each.fate == QUARANTINED else EXCLUDED) for table in each.row.tables}


def _values(each: Counted, *names: str) -> dict[str, Any]:
    return {name: each.row.values.get(name) for name in names}


def decision_of(each: Counted) -> Decision:
    """A row that counts as a decision."""
    return Decision(
        grant_id=str(each.grant_id),
        recipient_code=str(each.row.recipient_code),
        source=source_of(each),
        **_values(each, "granted_sek", "case_number", "decided_date", "report_due_date"),
    )


REPORTED = (
    "unused_sek",
    "used_sek",
    "salary_sek",
    "granted_as_reported_sek",
    "first_cost_date",
    "last_cost_date",
    "submitted_at",
)


def report_of(each: Counted) -> Report:
    """A row that counts as a report."""
    return Report(
        grant_id=str(each.grant_id),
        recipient_code=str(each.row.recipient_code),
        source=source_of(each),
        late=each.late,
        **_values(each, *REPORTED),
    )


HAPPENED = (
    "event",
    "event_date",
    "due_date",
    "amount_sek",
    "event_no",
    "reverses_no",
    "case_number",
    "decided_by",
    "reason",
)


def event_of(each: Counted) -> Event:
    """A row that counts as an event."""
    return Event(
        source=source_of(each),
        known_date=each.row.values.get("recorded_date") or each.row.export.file.known_date,
        grant_id=each.grant_id if each.row.recipient_code else None,
        recipient_code=each.row.recipient_code,
        **_values(each, *HAPPENED),
    )

"""The grants of a round on a day, each with what counts of it, followed to its account, status and case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from assets.domain.counting import LATE_RULE, Counted, parted
from assets.domain.grant.account import Account, account_of, position_of
from assets.domain.grant.case import Case, Facts, case_of
from assets.domain.grant.entries import Entry, of_grants, report_date, report_days
from assets.domain.grant.reconciliation import Reconciliation, counts, reconcile
from assets.domain.grant.records import EVERYTHING, Decision, Event, Grant, NotPlaced, Reach, Report, source_of
from assets.domain.grant.recovery import Act
from assets.domain.grant.status import status_of, without_rest
from assets.domain.grant.unplaced import by_grant, narrowed, to_place, unplaced_of
from assets.domain.placing import is_of_grant
from assets.domain.reading import dates
from assets.domain.same_case import REPLACED_DECISION
from schemas.words.vocabulary import EXCLUDED, NOT_KNOWN, QUARANTINED


@dataclass(frozen=True)
class Followed:
    """One grant: what is known of it, what does not add up, where its money stands, and its case if there is one."""

    grant: Grant
    reconciliation: Reconciliation
    account: Account
    acts: Sequence[Act]
    status: str
    case: Case | None
    not_known_since: dt.date | None
    """The first day of which it is not known whether the status still holds; None where it holds on the day."""


NOT_REPORTED = ("no_report", "report_due_unknown", NOT_KNOWN)
NOT_REPAID = ("unused_outstanding", "notified", "under_recovery")
"""Statuses that say that a report has not come, or money."""


def follow(  # noqa: PLR0913, PLR0917 - one argument per fact
    grant: Grant,
    entries: Sequence[Entry],
    told: Collection[str],
    as_of: dt.date,
    reported: dt.date | None,
    tolerance_sek: int = 0,
) -> Followed:
    """One grant as of a day. Args: entries: those of the ledger that are about it; reported: when its report came."""
    rest = tolerance_sek if grant.is_in_ore else 0
    reconciliation = reconcile(grant, as_of, rest)
    position = position_of(entries, told)
    account, acts = position.account, position.acts
    settled, came = without_rest(account, rest), _came(grant, reported)
    status = status_of(settled, reconciliation.outcome)
    not_known_since = _not_known_since(grant, status, as_of)
    if not_known_since and status in NOT_REPAID and not_known_since <= _repayable_since(acts, came):
        status = NOT_KNOWN
    facts = Facts(grant, settled, acts, status, reconciliation.difference_sek, came, as_of)
    return Followed(grant, reconciliation, account, acts, status, to_place(facts) or case_of(facts), not_known_since)


def _came(grant: Grant, entered: dt.date | None) -> dt.date | None:
    """When the newest report came: by its entries, or by its own date where it has none since nothing can be read."""
    own = dates.day(grant.report.submitted_at) if grant.report else None
    return max((day for day in (entered, own) if day), default=None)


def _not_known_since(grant: Grant, status: str, as_of: dt.date) -> dt.date | None:
    if status in NOT_REPAID:
        return grant.reach.payments.since(as_of)
    return grant.reach.reports.since(as_of) if status in NOT_REPORTED else None


def _repayable_since(acts: Sequence[Act], reported: dt.date | None) -> dt.date:
    """Since when there is something to repay: the latest decision that claims, or else the report."""
    return max((act.day for act in acts if act.claims), default=reported or dt.date.min)


def follow_all(
    grants: Iterable[Grant], ledger: Sequence[Entry], told: Collection[str], as_of: dt.date, tolerance_sek: int = 0
) -> list[Followed]:
    """Every grant of which something counts, as of a day. Args: tolerance_sek: so much may be öre that were rounded."""
    entries, days = of_grants(ledger), report_days(ledger)
    mine = [(grant, entries.get(grant.grant_id, [])) for grant in grants if counts(grant)]
    waiting = _narrowed([(grant, account_of(made, told)) for grant, made in mine if grant.not_placed])
    followed = ((replace(grant, not_placed=tuple(waiting.get(grant.grant_id, ()))), made) for grant, made in mine)
    return [follow(grant, made, told, as_of, report_date(made, days), tolerance_sek) for grant, made in followed]


def _narrowed(grants: Sequence[tuple[Grant, Account]]) -> dict[str, list[NotPlaced]]:
    """What is likely to be of each grant of all that may be."""
    every = dict.fromkeys(each for grant, _ in grants for each in grant.not_placed)
    return by_grant(narrowed(every, {grant.grant_id: account for grant, account in grants}))


# -- from rows to grants ----------------------------------------------------------------------------------------------
def grants_of(counted: Sequence[Counted], reach: Reach = EVERYTHING) -> list[Grant]:
    """The grants that rows tell of, in order of recipient and grant.

    Args: counted: the rows of a round on a day. reach: how far their exports tell of what may be missing.
    """
    mine: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for each in (part for row in counted for part in parted(row)):
        recipient = each.row.recipient_code
        if recipient and each.grant_id and is_of_grant(each.row):
            mine[recipient, each.grant_id].append(each)
    waiting = by_grant(unplaced_of(counted))
    return [
        replace(_grant(recipient, grant_id, rows, waiting.get(grant_id, ())), reach=reach)
        for (recipient, grant_id), rows in sorted(mine.items())
    ]


def _grant(recipient: str, grant_id: str, rows: Sequence[Counted], waiting: Sequence[NotPlaced]) -> Grant:
    accepted: dict[str, list[Counted]] = defaultdict(list)
    for each in rows:
        if each.is_accepted:
            for table in each.row.tables:
                accepted[table].append(each)
    return Grant(
        grant_id=grant_id,
        recipient_code=recipient,
        decision=decision_of(accepted["core_decision"], rows) if accepted["core_decision"] else None,
        report=next(map(report_of, accepted["core_usage_report"]), None),
        events=tuple(map(event_of, accepted["core_event"])),
        left_out=frozenset(left for each in rows for left in _left_out(each)),
        not_placed=tuple(waiting),
        late_report=_late_report(rows),
    )


def _late_report(rows: Iterable[Counted]) -> Report | None:
    """The newest of the reports that came too late to count."""
    late = [each for each in rows if each.rule == LATE_RULE and "core_usage_report" in each.row.tables]
    newest = max(late, key=lambda each: (each.row.submitted_at or "", each.row.address), default=None)
    return report_of(newest) if newest else None


def _left_out(each: Counted) -> set[tuple[str, str]]:
    """The tables that a row would have filled, and what became of it: in quarantine, or too late to count."""
    if each.fate != QUARANTINED and each.rule != LATE_RULE:
        return set()
    return {(table, QUARANTINED if each.fate == QUARANTINED else EXCLUDED) for table in each.row.tables}


def _values(each: Counted, *names: str) -> dict[str, Any]:
    return {name: each.row.values.get(name) for name in names}


def decision_of(rows: Sequence[Counted], every: Sequence[Counted] = ()) -> Decision:
    """The rows that count as a decision: one, or those that add up to it, of which the first by date is the source.

    Args: every: all rows of the grant; those that the decision replaces tell what was granted before.
    """
    first, *_ = ordered = sorted(rows, key=_decided)
    due = [last for each in ordered if (last := each.row.values.get("report_due_date"))]
    return Decision(
        grant_id=str(first.grant_id),
        recipient_code=str(first.row.recipient_code),
        source=source_of(first),
        granted_sek=sum(each.row.values["granted_sek"] for each in rows),
        report_due_date=max(due, default=None),
        is_in_ore=any(each.row.line.has_ore for each in rows),
        steps=_steps(ordered, replaced := [each for each in every if each.rule == REPLACED_DECISION]),
        is_replaced=bool(replaced),
        **_values(first, "case_number", "decided_date"),
    )


def _steps(ordered: Sequence[Counted], replaced: Sequence[Counted]) -> list[tuple[dt.date, int]]:
    """What was granted from which day on, where every row has a day: replaced in turn, or added up."""
    rows = sorted([*ordered, *replaced], key=_decided)
    if len(rows) == 1 or not all(each.row.values.get("decided_date") for each in rows):
        return []
    amounts = [each.row.values["granted_sek"] for each in rows]
    sums = amounts if replaced else accumulate(amounts)
    return [(each.row.values["decided_date"], amount) for each, amount in zip(rows, sums, strict=True)]


def _decided(each: Counted) -> tuple[object, ...]:
    return str(each.row.values.get("decided_date") or ""), each.row.values["granted_sek"], each.row.address


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
        unknown=each.row.unknown,
        is_in_ore=each.row.line.has_ore,
        **_values(each, *REPORTED),
    )


HAPPENED = (
    "event",
    "event_date",
    "due_date",
    "amount_sek",
    "event_no",
    "reverses_no",
    "replaces_no",
    "covers",
    "ground",
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
        is_in_ore=each.row.line.has_ore,
        **_values(each, *HAPPENED),
    )

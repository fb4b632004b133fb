"""The verdict of a round, and the few figures behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.domain.grant.follow import Followed
from assets.domain.standing.exposure import exposure_of, total
from assets.domain.standing.reports import NotReported
from assets.domain.standing.tasks import Known, Task
from schemas.words.tasks import ALL_RIGHT, KNOWN_MISSING, OF_BOOKS, PRELIMINARY, RECIPIENT, TO_DO


@dataclass(frozen=True)
class Standing:
    """Where a round stands. A sum is None where nothing is known of it: unknown, never zero.

    `at_stake_sek`: paid, and neither shown to be rightly used nor come back nor given up. Of `not_known_sek` of these
    nobody can tell whether they still are, and of `unknown_count` grants not even how much.
    """

    verdict: str
    task_count: int
    waiting_count: int
    overdue_count: int
    overdue_sek: int | None
    at_stake_sek: int | None
    not_known_sek: int
    unknown_count: int
    repayable_sek: int | None
    repayable_unknown_count: int
    outstanding_sek: int | None
    outstanding_unknown_count: int
    books_differ_sek: int
    set_aside_count: int
    not_reported_count: int
    report_not_known_count: int


def standing_of(this: Known, tasks: Sequence[Task], missing: Sequence[NotReported]) -> Standing:
    """Where a round stands. Args: tasks: all there is to do; missing: the grants without a report."""
    at_stake, not_known, unknown = total([exposure_of(each) for each in this.grants])
    repayable, outstanding = _known(this.grants, "repayable"), _known(this.grants, "outstanding")
    overdue = [task for task in tasks if task.is_overdue]
    count = len(this.grants)
    return Standing(
        verdict=verdict_of(tasks, is_preliminary=bool(this.set_aside)),
        task_count=len(tasks),
        waiting_count=sum(task.owner == RECIPIENT for task in tasks),
        overdue_count=len(overdue),
        overdue_sek=_sum([task.at_stake_sek for task in overdue if task.at_stake_sek is not None], len(overdue)),
        at_stake_sek=at_stake,
        not_known_sek=not_known,
        unknown_count=unknown,
        repayable_sek=_sum(repayable, count),
        repayable_unknown_count=count - len(repayable),
        outstanding_sek=_sum(outstanding, count),
        outstanding_unknown_count=count - len(outstanding),
        books_differ_sek=sum(task.at_stake_sek or 0 for task in tasks if task.kind == OF_BOOKS),
        set_aside_count=len(this.set_aside),
        not_reported_count=sum(each.outcome in KNOWN_MISSING for each in missing),
        report_not_known_count=sum(each.outcome not in KNOWN_MISSING for each in missing),
    )


def verdict_of(tasks: Sequence[Task], *, is_preliminary: bool) -> str:
    """All right only if nothing is left to do; what is set aside may change every figure, and is said first."""
    if is_preliminary:
        return PRELIMINARY
    return TO_DO if tasks else ALL_RIGHT


def _known(grants: Sequence[Followed], measure: str) -> list[int]:
    amounts = (each.account.measure(measure) for each in grants)
    return [amount for amount in amounts if amount is not None]


def _sum(known: Sequence[int], count: int) -> int | None:
    """The sum of what is known; None where there is something, and nothing is known of it."""
    return sum(known) if known or not count else None

"""What a grant's report accounts for of what was paid: used, not used, and not accounted for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assets.domain.grant.entries import Entry
from assets.domain.grant.moves import Move, granted_on
from schemas.words.events import adding_to

USED, UNUSED = adding_to("used"), adding_to("unused")
USE_NOT_READ = "unused_beside_use"
"""What was not used, beside use that was stated and cannot be read."""


@dataclass(frozen=True)
class Use:
    """What was paid of a grant, laid out in three: used, unused, not accounted for; whole kronor.

    `used_sek` and `unused_sek` are as reported. `in_grant` is the use that the grant is for: of more, the rest
    (`beyond`) is the recipient's own money. Together with `unused` and `unaccounted` it is what was paid, or more
    where less was paid than was used.
    """

    used_sek: int | None
    unused_sek: int | None
    in_grant: int
    beyond: int
    unused: int
    unaccounted: int
    report_day: dt.date | None
    is_known: bool

    @property
    def is_reported(self) -> bool:
        """Whether there is a report of which anything could be read."""
        return self.report_day is not None


def use_of(moves: Sequence[Move], entries: Iterable[Entry], *, granted: int | None, paid: int) -> Use:
    """What the report accounts for; without one all that was paid is not accounted for.

    A form that asks only for what was not used has its use derived from what was granted on the day of the report.
    Where a form asks for an amount and it cannot be read, nothing of the report is taken to be known.
    Source: SFS 2022:1416 sections 8 (the report) and 10 (repayment).
    """
    used, unused = _told(moves, USED), _told(moves, UNUSED)
    if used is None and unused is None:
        return Use(None, None, 0, 0, 0, paid, report_day=None, is_known=True)
    grant = granted if granted is not None else paid
    report_day = max(move.day for move in moves if move.event in (*USED, *UNUSED))
    then = granted_on(entries, report_day)
    grant_then = grant if then is None else then
    if used is None and unused is not None and not any(move.event == USE_NOT_READ for move in moves):
        used = max(0, grant_then - unused)
    if used is None or unused is None:
        return Use(used, unused, 0, 0, 0, 0, report_day=report_day, is_known=False)
    in_grant = max(0, min(used, grant))
    gap = min(max(0, grant_then - used - unused), max(0, paid - in_grant))
    return Use(
        used_sek=used,
        unused_sek=unused,
        in_grant=in_grant,
        beyond=max(0, used - grant),
        unused=max(0, paid - in_grant - gap),
        unaccounted=gap,
        report_day=report_day,
        is_known=True,
    )


def _told(moves: Iterable[Move], events: Collection[str]) -> int | None:
    amounts = [move.amount_sek for move in moves if move.event in events]
    return sum(amounts) if amounts else None

"""What stands of a grant's ledger on a day: each amount with what is left of it after what takes it back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assets.domain.grant.entries import REPORTED, Entry
from assets.domain.grant.records import Source
from assets.domain.grant.replacing import numbered
from schemas.words.events import PRINTED

DECIDED = ("decision", "decision_adjusted")


@dataclass(frozen=True)
class Move:
    """One amount that stands, in whole kronor, with what its row says of it.

    `day`: when it happened, or else when it became known. `covers` and `ground`: of which money, and on what ground,
    if that is told. `includes_waived`: it is a claim of which the waiver of the same decision is a part.
    """

    event: str
    amount_sek: int
    day: dt.date
    source: Source
    event_no: str | None = None
    replaces_no: str | None = None
    covers: str | None = None
    ground: str | None = None
    includes_waived: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts by day, and then by number; the row it stands in settles nothing but the order of what is alike."""
        return self.day, numbered(self.event_no), self.amount_sek, self.source.address

    @property
    def is_printed(self) -> bool:
        """Whether it is the one line that a report prints of a decision, and of the money that came in for it."""
        return self.event in PRINTED


def standing(entries: Iterable[Entry]) -> list[Move]:
    """What stands: every entry that reverses no other, with what is left of it. What is reversed whole is not there.

    What takes back a reversal revives what that one took back.
    """
    undone = defaultdict(list)
    mine = list(entries)
    for entry in mine:
        if entry.reverses:
            undone[entry.reverses].append(entry)

    def left(entry: Entry) -> int | None:
        back = [amount for each in undone[entry.entry_id] if (amount := left(each)) is not None]
        rest = max(0, abs(entry.amount_sek) - sum(map(abs, back)))
        return None if back and not rest else rest if entry.amount_sek >= 0 else -rest

    found = ((entry, left(entry)) for entry in mine if entry.reverses is None)
    stand = [_move(entry, amount) for entry, amount in found if amount is not None]
    return sorted(stand, key=lambda each: each.order)


def _move(entry: Entry, left: int) -> Move:
    return Move(
        event=entry.event,
        amount_sek=left,
        day=entry.event_date or entry.recorded_date,
        source=entry.source,
        event_no=entry.event_no,
        replaces_no=entry.replaces_no,
        covers=entry.covers,
        ground=entry.ground,
        includes_waived=entry.includes_waived,
    )


def granted_on(entries: Iterable[Entry], day: dt.date) -> int | None:
    """What was granted by the decision in force on a day; None where none was yet.

    A decision that was adjusted or replaced later was in force until then. Rows that add up count from their own days.
    """
    decided = [move.amount_sek for move in standing(made_by(entries, day)) if move.event in DECIDED]
    return sum(decided) if decided else None


def made_by(entries: Iterable[Entry], day: dt.date) -> list[Entry]:
    """The entries of what had happened by a day, as it is known now.

    What was taken back or replaced by something that happened later still stood then: an event that a later one
    reverses, a decision that was adjusted later, a report that a later one replaces.
    """
    made = list(entries)
    reasons = [each for each in made if not each.reverses and each.event in (*DECIDED, *REPORTED)]

    def is_later(entry: Entry) -> bool:
        if entry.reverses is None or entry.event not in (*DECIDED, *REPORTED):
            return (entry.event_date or entry.recorded_date) > day
        family = DECIDED if entry.event in DECIDED else REPORTED
        instead = [each for each in reasons if each.event in family and each.recorded_date == entry.recorded_date]
        return bool(instead) and all((each.event_date or each.recorded_date) > day for each in instead)

    return [entry for entry in made if not is_later(entry)]


def happened_by(moves: Iterable[Move], day: dt.date | None) -> list[Move]:
    """What had happened by a day; all of it without one."""
    return [move for move in moves if day is None or move.day <= day]

"""What is known of one grant: the decision, the report that counts, what happened. Facts only; nothing is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assets.domain.counting import Counted
from assets.domain.grant.replacing import Rival, newest, numbered
from assets.domain.reality import provenance_of
from schemas.words.events import CASH, OF_RECIPIENTS, RECEIVED_EVENTS
from schemas.words.vocabulary import SYNTHETIC


@dataclass(frozen=True)
class Source:
    """The received row that says something: file, sheet and row, how real it is, and which part if it is split."""

    source_file: str
    source_sheet: str | None
    source_row: int
    provenance: str = SYNTHETIC
    part_no: int = 1

    @property
    def address(self) -> tuple[str, int]:
        """File and row, which put sources in order."""
        return self.source_file, self.source_row


def source_of(counted: Counted) -> Source:
    """Where a row stands."""
    row = counted.row
    return Source(row.export.path, row.export.sheet.name, row.number, row.provenance, counted.part_no)


@dataclass(frozen=True)
class Decision:
    """What the agency decided for one application, as it was first told; amounts in whole kronor.

    `steps`: what was granted from which day on, where several rows of the case say so, in order. `is_replaced`: the
    last of these stands in the place of the others, and of what adjusted them.
    """

    grant_id: str
    recipient_code: str
    source: Source
    granted_sek: int
    case_number: str | None = None
    decided_date: dt.date | None = None
    report_due_date: dt.date | None = None
    is_in_ore: bool = False
    steps: Sequence[tuple[dt.date, int]] = ()
    is_replaced: bool = False

    def granted_on(self, day: dt.date) -> int:
        """What the rows of a day or before come to; of an earlier day what the first did."""
        before = [amount for since, amount in self.steps if since <= day]
        return before[-1] if before else self.steps[0][1] if self.steps else self.granted_sek


@dataclass(frozen=True)
class Report:
    """What the recipient reported. None is what the form does not ask, and, in `unknown`, what cannot be read."""

    grant_id: str
    recipient_code: str
    source: Source
    unused_sek: int | None
    used_sek: int | None = None
    salary_sek: int | None = None
    granted_as_reported_sek: int | None = None
    first_cost_date: dt.date | None = None
    last_cost_date: dt.date | None = None
    submitted_at: str | None = None
    late: bool | None = None
    unknown: frozenset[str] = frozenset()
    is_in_ore: bool = False

    @property
    def is_amount_unknown(self) -> bool:
        """Whether what was used, or what was not, is asked for and cannot be read."""
        return self.unused_sek is None or "used_sek" in self.unknown


@dataclass(frozen=True)
class Event:
    """One thing that happened in a case, as the case system and the accounts tell of it.

    `known_date`: when it was recorded, or else the date of the file that tells of it.
    """

    event: str
    source: Source
    known_date: dt.date
    grant_id: str | None = None
    recipient_code: str | None = None
    event_date: dt.date | None = None
    due_date: dt.date | None = None
    amount_sek: int | None = None
    event_no: str | None = None
    reverses_no: str | None = None
    replaces_no: str | None = None
    covers: str | None = None
    ground: str | None = None
    case_number: str | None = None
    decided_by: str | None = None
    reason: str | None = None
    is_in_ore: bool = False

    @property
    def happened(self) -> dt.date:
        """The day that it happened, or else that it became known."""
        return self.event_date or self.known_date

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts as events happened; those of one day by how far they bring a case, and then by their numbers."""
        stage = tuple(RECEIVED_EVENTS).index(self.event)
        return self.happened, stage, self.known_date, numbered(self.event_no), self.source.address


REPORT = "report"


@dataclass(frozen=True)
class NotPlaced:
    """A received row about a grant, by a rule not placed: a report or an event (`kind`), and of which it may be."""

    kind: str
    source: Source
    rule: str
    known_date: dt.date
    recipient_code: str | None = None
    case_number: str | None = None
    event_date: dt.date | None = None
    amount_sek: int | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether money moved."""
        return self.kind in CASH


@dataclass(frozen=True)
class Told:
    """How far what tells of something reaches: everything up to and with a day is told, by an export of a day."""

    through: dt.date = dt.date.max
    exported: dt.date | None = None

    def known_on(self, as_of: dt.date) -> dt.date:
        """The last day, up to the one that is asked for, of which it is known."""
        return min(as_of, self.through)

    def since(self, as_of: dt.date) -> dt.date | None:
        """The first day of which it is not known; None if it is known up to the day that is asked for."""
        return self.through + dt.timedelta(1) if self.through < as_of else None


@dataclass(frozen=True)
class Reach:
    """How far each thing is told of that may be missing: reports, repayments, replies to notices.

    What no source tells of has no end: that it is unknown is said elsewhere.
    """

    reports: Told = Told()
    payments: Told = Told()
    replies: Told = Told()


EVERYTHING = Reach()
"""All is told, up to any day."""


@dataclass(frozen=True)
class Grant:
    """One grant and everything that counts of it on a day.

    `left_out`: the tables of which a row was received that does not count, with what became of it. `not_placed`: what
    was received and may be of it. A recipient that is told of without a decision has a grant without one.
    `late_report`: the newest of the reports that came too late to count.
    """

    grant_id: str
    recipient_code: str
    decision: Decision | None = None
    report: Report | None = None
    events: Sequence[Event] = ()
    left_out: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    not_placed: Sequence[NotPlaced] = ()
    late_report: Report | None = None
    reach: Reach = EVERYTHING

    @cached_property
    def adjusted(self) -> Event | None:
        """The adjusted decision in force: the newest by day and number."""
        return self._adjusted[0]

    @property
    def adjusted_alike(self) -> Sequence[Event]:
        """Adjusted decisions of one day of which it cannot be told which came last."""
        return self._adjusted[1]

    @cached_property
    def _adjusted(self) -> tuple[Event | None, Sequence[Event]]:
        since = self.decision.decided_date if self.decision and self.decision.is_replaced else None
        return _in_force(each for each in self.events if since is None or each.happened >= since)

    @property
    def granted_sek(self) -> int | None:
        """What is granted, as last adjusted."""
        if self.decision is None:
            return None
        return self.decision.granted_sek if self.adjusted is None else self.adjusted.amount_sek

    def granted_on(self, day: dt.date | None) -> int | None:
        """What was granted by the newest decision of a day or before; as last adjusted where the day is not known."""
        if self.decision is None or day is None:
            return self.granted_sek
        decided = [since for since, _ in self.decision.steps if since <= day] if self.decision.is_replaced else []
        since = max(decided, default=dt.date.min)
        adjusted, _ = _in_force(each for each in self.events if since <= each.happened <= day)
        return self.decision.granted_on(day) if adjusted is None else adjusted.amount_sek

    @property
    def due_date(self) -> dt.date | None:
        """The last day to report."""
        return self.decision.report_due_date if self.decision else None

    @property
    def is_in_ore(self) -> bool:
        """Whether any amount that is told of it was rounded to whole kronor."""
        return any(each.is_in_ore for each in (self.decision, self.report, *self.events) if each)

    @property
    def provenance(self) -> str:
        """How real what is known of it is."""
        sources = [each.source for each in (self.decision, self.report, *self.events) if each]
        return provenance_of(source.provenance for source in sources)


def _in_force(events: Iterable[Event]) -> tuple[Event | None, Sequence[Event]]:
    replacing = [each for each in events if RECEIVED_EVENTS[each.event].replaces]
    return newest(replacing, lambda each: Rival(each.happened, each.event_no, each.amount_sek))


CASE_FREE = {name for name in CASH if "received" not in RECEIVED_EVENTS[name].adds_to}
OF_CASES = tuple(name for name in OF_RECIPIENTS if name not in CASE_FREE | {"payment_withheld", "decision_adjusted"})
"""Events of a recipient's case: all but those of its grant and the payment of it."""


def standing(events: Sequence[Event]) -> list[Event]:
    """The events of a case that stand, in the order in which they happened: none that reverses, none reversed whole."""
    mine = (each for each in events if each.event in OF_CASES)
    return [each for each, left in what_is_left(mine) if left or not each.amount_sek]


def what_is_left(told: Iterable[Event]) -> list[tuple[Event, int]]:
    """The events that reverse no other and are not reversed whole, each with what is left of its amount.

    What reverses a reversal revives what that one took back. Of events with one number the first is reversed.
    """
    events = sorted(told, key=lambda each: each.order)
    names = {(each.event, each.event_no): each for each in reversed(events) if each.event_no}
    back: dict[int, list[Event]] = {}
    for each in events:
        undone = names.get((each.event, each.reverses_no)) if each.reverses_no else None
        if undone is not None and undone is not each:
            back.setdefault(id(undone), []).append(each)

    def left(each: Event) -> int | None:
        taken = [amount for other in back.get(id(each), ()) if (amount := left(other)) is not None]
        rest = max(0, (each.amount_sek or 0) - sum(taken))
        return None if taken and not rest else rest

    amounts = ((each, left(each)) for each in events if not each.reverses_no)
    return [(each, amount) for each, amount in amounts if amount is not None]

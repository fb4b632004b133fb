"""What is known of one grant: the decision, the report that counts, what happened. Facts only; nothing is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assets.domain.counting import Counted
from schemas.words.events import CASH, OF_RECIPIENTS, RECEIVED_EVENTS
from schemas.words.vocabulary import MIXED, SYNTHETIC


@dataclass(frozen=True)
class Source:
    """The received row that says something: file, sheet and row, and how real it is."""

    source_file: str
    source_sheet: str | None
    source_row: int
    provenance: str = SYNTHETIC

    @property
    def address(self) -> tuple[str, int]:
        """File and row, which put sources in order."""
        return self.source_file, self.source_row


def source_of(counted: Counted) -> Source:
    """Where a row stands."""
    row = counted.row
    return Source(row.export.path, row.export.sheet.name, row.number, row.provenance)


@dataclass(frozen=True)
class Decision:
    """What the agency decided for one application, as it was first told; amounts in whole kronor."""

    grant_id: str
    recipient_code: str
    source: Source
    granted_sek: int
    case_number: str | None = None
    decided_date: dt.date | None = None
    report_due_date: dt.date | None = None


@dataclass(frozen=True)
class Report:
    """What the recipient reported: the submission that counts. None is what the form does not ask."""

    grant_id: str
    recipient_code: str
    source: Source
    unused_sek: int
    used_sek: int | None = None
    salary_sek: int | None = None
    granted_as_reported_sek: int | None = None
    first_cost_date: dt.date | None = None
    last_cost_date: dt.date | None = None
    submitted_at: str | None = None
    late: bool | None = None


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
    case_number: str | None = None
    decided_by: str | None = None
    reason: str | None = None

    @property
    def happened(self) -> dt.date:
        """The day that it happened, or else that it became known."""
        return self.event_date or self.known_date

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts as events happened; those of one day by how far they bring a case, and then by their numbers."""
        stage = tuple(RECEIVED_EVENTS).index(self.event)
        return self.happened, stage, self.known_date, numbered(self.event_no), self.source.address

    @property
    def signed_sek(self) -> int | None:
        """The amount; with the contrary sign if it reverses another event."""
        return None if self.amount_sek is None else self.amount_sek * (-1 if self.reverses_no else 1)


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

    `left_out`: the tables of which a row was received that does not count, with what became of it. A recipient that is
    told of without a decision has a grant without one.
    """

    grant_id: str
    recipient_code: str
    decision: Decision | None = None
    report: Report | None = None
    events: Sequence[Event] = ()
    left_out: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    reach: Reach = EVERYTHING

    @cached_property
    def adjusted(self) -> Event | None:
        """The decision that was last adjusted: the newest by when it was recorded, then by when it happened."""
        replacing = [each for each in self.events if RECEIVED_EVENTS[each.event].replaces]
        return max(replacing, key=_newest, default=None)

    @property
    def granted_sek(self) -> int | None:
        """What is granted, as last adjusted."""
        if self.decision is None:
            return None
        return self.decision.granted_sek if self.adjusted is None else self.adjusted.amount_sek

    @property
    def due_date(self) -> dt.date | None:
        """The last day to report."""
        return self.decision.report_due_date if self.decision else None

    @property
    def provenance(self) -> str:
        """How real what is known of it is."""
        sources = [each.source for each in (self.decision, self.report, *self.events) if each]
        return provenance_of(source.provenance for source in sources)


def _newest(event: Event) -> tuple[object, ...]:
    return event.known_date, event.event_date or dt.date.min, numbered(event.event_no), event.source.address


def numbered(number: str | None) -> tuple[int, str]:
    """Sorts numbers of events, which are texts, as they follow each other: none first, "H9" before "H10"."""
    return len(number or ""), number or ""


def provenance_of(provenances: Iterable[str]) -> str:
    """How real something is that rests on several sources: as they are if they agree, else mixed."""
    return next(iter(found)) if len(found := set(provenances)) == 1 else MIXED


CASE_FREE = {name for name in CASH if "received" not in RECEIVED_EVENTS[name].adds_to}
OF_CASES = tuple(name for name in OF_RECIPIENTS if name not in CASE_FREE | {"payment_withheld", "decision_adjusted"})
"""Events of a recipient's case: all but those of its grant and the payment of it."""


def standing(events: Sequence[Event]) -> list[Event]:
    """The events of a case that stand, in the order in which they happened: neither reversing nor reversed whole."""
    mine = [each for each in events if each.event in OF_CASES]
    reversed_whole = {(each.event, each.reverses_no, each.amount_sek or 0) for each in mine if each.reverses_no}
    stand = [
        each
        for each in mine
        if not each.reverses_no and (each.event, each.event_no, each.amount_sek or 0) not in reversed_whole
    ]
    return sorted(stand, key=lambda each: each.order)

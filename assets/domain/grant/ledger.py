"""The ledger: every amount of a round as an entry that is never changed.

What stands on a day are postings; the ledger is the differences of what stood from day to day. What no longer stands is
reversed by an entry of its own on the day that this became known. So the ledger as of a day is its entries by that day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assets.domain.counting import Counted, parted
from assets.domain.grant.entries import REPORTED, Entry, undoing
from assets.domain.grant.records import source_of
from assets.domain.grant.replacing import Rival, newest
from assets.domain.grant.reversals import moved
from assets.domain.reading.rows import Row
from assets.domain.same_case import ADDS, REPLACES
from schemas.words.events import CLAIMING, OF_MONEY, PRINTED, RECEIVED_EVENTS, REPLACING
from schemas.words.recovery import USE
from schemas.words.vocabulary import OTHER_COSTS, SALARIES

CAUSES = {
    "decision_adjusted": "adjusted_decision",
    "payment": "payment",
    "payment_withheld": "payment",
    "use_disallowed": "recovery",
    "recovery_decided": "recovery",
    "recovery_waived": "waiver",
    "repaid": "repayment",
    "repaid_after_recovery": "recovery",
    "written_off": "write_off",
    "refunded": "repayment",
    "invoiced": "notice",
    "interest_charged": "charge",
    "fee_charged": "charge",
}
"""Why an event is in the ledger; those of a round are its funds."""

DECISIONS = ("decision", "decision_adjusted")
CORRECTION, REPLACEMENT = "correction", "replacement"


@dataclass(frozen=True)
class Posting:
    """One amount that stands: what it is, of which grant, and the received row that says so.

    `key` tells it from all others and stays from day to day: the submission, event or grant that it comes from, never
    the file. `row_id` is the same of the whole row.
    """

    key: str
    row_id: str
    event: str
    cost_category: str | None
    amount_sek: int
    event_date: dt.date | None
    cause: str
    counted: Counted

    @property
    def row(self) -> Row:
        """The received row that says so."""
        return self.counted.row

    @property
    def recipient_code(self) -> str | None:
        """Whose it is; None where it is the round's."""
        return self.row.recipient_code

    @property
    def grant_id(self) -> str | None:
        """The grant that it is of; None where it is the round's."""
        return self.counted.grant_id if self.row.recipient_code else None

    @property
    def case_number(self) -> str | None:
        """The case number that the row states."""
        return self.row.values.get("case_number")

    @property
    def event_no(self) -> str | None:
        """The number of its event."""
        return self.row.values.get("event_no")

    @property
    def reverses_no(self) -> str | None:
        """The number of the event that it reverses, if it does."""
        return self.row.values.get("reverses_no")

    @property
    def covers(self) -> str | None:
        """Of which money the row says that it is; the printed line is of use that is not accepted."""
        return USE if self.event in PRINTED else self.row.values.get("covers")

    @property
    def includes_waived(self) -> bool:
        """Whether it is a claim that is told with what is waived of it."""
        return self.event in CLAIMING and self.row.form.claim == "gross"

    @property
    def family(self) -> str:
        """What may come in its place: a decision's amount or a report's; an event's is its own."""
        if self.event in DECISIONS:
            return "decision"
        return "report" if self.event in REPORTED else self.event

    @property
    def content(self) -> tuple[object, ...]:
        """What makes it another posting when it changes."""
        values = self.row.values
        whose = self.recipient_code, self.grant_id, self.case_number
        decided = values.get("replaces_no"), self.covers, values.get("ground"), self.includes_waived
        return self.amount_sek, self.event, self.event_date, *whose, self.reverses_no, *decided

    @property
    def name(self) -> tuple[str | None, str, str | None]:
        """How a received event of the same grant names it that reverses it."""
        return self.grant_id, self.event, self.event_no

    @property
    def reversed_name(self) -> tuple[str | None, str, str] | None:
        """The name of the event that it reverses, if it is such a one."""
        return (self.grant_id, self.event, self.reverses_no) if self.reverses_no else None


Why = Callable[[Posting], str | None]
"""Why a posting is read otherwise on a day than before, if it is: a correction, a replaced file."""


# -- what stands ------------------------------------------------------------------------------------------------------
def postings(counted: Iterable[Counted]) -> list[Posting]:
    """The amounts that the rows of one recipient, or the funds of a round, state. Args: counted: as of one day."""
    every = [part for each in counted if each.is_accepted for part in parted(each)]
    accepted = [(each, table) for each in every for table in each.row.tables if table in POSTED]
    ids = _row_ids(accepted)
    known = _Known.of([each for each, _ in accepted])
    found: list[Posting] = []
    for (each, table), row_id in zip(accepted, ids, strict=True):
        found += POSTED[table](each, row_id, known)
    return found


@dataclass(frozen=True)
class _Known:
    """What one row has to know of the others: the adjusted decision in force of each grant, what each event moves."""

    adjusted: Mapping[str, Counted]
    moved: Mapping[int, int]

    @classmethod
    def of(cls, accepted: Sequence[Counted]) -> _Known:
        return cls(_adjustments(accepted), moved(accepted))


def _row_ids(accepted: Sequence[tuple[Counted, str]]) -> list[str]:
    """What tells each row from all others of the round, whatever file it came in; by order where nothing does.

    A number tells a row from the others of its recipient only: systems number anew, and people number by hand.
    """
    seen: Counter[str] = Counter()
    ids = []
    for each, table in accepted:
        row_id = _row_id(each, table)
        seen[row_id] += 1
        ids.append(row_id if seen[row_id] == 1 else f"{row_id}#{seen[row_id]}")
    return ids


def _row_id(each: Counted, table: str) -> str:
    values, form = each.row.values, each.row.form.form
    if table == "core_decision":
        part = f":{values.get('decided_date')}:{values['granted_sek']}" if each.row.form.same_case == ADDS else ""
        return f"{each.grant_id}{part}"
    if number := values.get("submission_id") or values.get("event_no"):
        return ":".join(filter(None, (form, each.row.recipient_code, number)))
    if table == "core_usage_report":
        return f"{form}:{each.grant_id}"
    said = [values.get(name) for name in ("event", "event_date", "amount_sek")]
    decided = [values.get(name) for name in ("covers", "ground", "replaces_no", "reverses_no")]
    return ":".join(str(part or "") for part in (form, each.grant_id, *said, *filter(None, decided)))


def _adjustments(accepted: Sequence[Counted]) -> dict[str, Counted]:
    """The adjusted decision in force of each grant that has a decision to adjust."""
    decided = {each.grant_id: _replaces_since(each) for each in accepted if "core_decision" in each.row.tables}
    adjusting: dict[str, list[Counted]] = {}
    for each in accepted:
        is_adjusted = each.row.values.get("event") in REPLACING and each.grant_id in decided
        if is_adjusted and _told(each).day >= decided[each.grant_id]:
            adjusting.setdefault(str(each.grant_id), []).append(each)
    found = {grant: newest(rows, _told)[0] for grant, rows in adjusting.items()}
    return {grant: each for grant, each in found.items() if each is not None}


def _replaces_since(decision: Counted) -> dt.date:
    """From which day on a decision is adjusted: a later one that replaces it stands for what had adjusted it, too."""
    since: dt.date | None = decision.row.values.get("decided_date")
    return since if since and decision.row.form.same_case == REPLACES else dt.date.min


def _told(each: Counted) -> Rival:
    values = each.row.values
    day = values.get("event_date") or each.row.known_date
    return Rival(day, values.get("event_no"), values.get("amount_sek"))


def _of_decision(each: Counted, row_id: str, known: _Known) -> Iterator[Posting]:
    if str(each.grant_id) not in known.adjusted:
        amount = each.row.values["granted_sek"]
        yield _posting(each, row_id, "decision", amount, happened="decided_date", cause="decision")


def _of_report(each: Counted, row_id: str, _: _Known) -> Iterator[Posting]:
    """Use by category of cost, and what was not used. A part of an unknown whole is not the whole."""
    used, salary, unused = (each.row.values.get(f"{name}_sek") for name in ("used", "salary", "unused"))
    cause = "supplement" if each.row.is_supplement else "late_report" if each.late else "report"
    parts: list[tuple[str, str | None, int | None]] = [("reported_use", None, used)] if salary is None else []
    if salary is not None and used is not None:
        parts = [("reported_use", SALARIES, salary), ("reported_use", OTHER_COSTS, used - salary)]
    of_unused = "unused_beside_use" if "used_sek" in each.row.unknown else "reported_unused"
    for event, category, amount in (*parts, (of_unused, None, unused)):
        if amount is not None:
            yield _posting(each, row_id, event, amount, happened="submitted_at", cause=cause, category=category)


def _of_event(each: Counted, row_id: str, known: _Known) -> Iterator[Posting]:
    values = each.row.values
    event, amount = values["event"], values.get("amount_sek")
    if event not in OF_MONEY or not RECEIVED_EVENTS[event].adds_to or amount is None:
        return
    if event in REPLACING and known.adjusted.get(str(each.grant_id)) is not each:
        return
    moves, cause = known.moved.get(id(each)), CAUSES.get(event, "funds")
    if moves is not None:
        yield _posting(each, row_id, event, moves, happened="event_date", cause=cause)


POSTED = {"core_decision": _of_decision, "core_usage_report": _of_report, "core_event": _of_event}


def _posting(  # noqa: PLR0913 - one keyword per fact
    each: Counted, row_id: str, event: str, amount: int, *, happened: str, cause: str, category: str | None = None
) -> Posting:
    day = each.row.values.get(happened)
    return Posting(
        key=f"{row_id}:{event}.{category}" if category else f"{row_id}:{event}",
        row_id=row_id,
        event=event,
        cost_category=category,
        amount_sek=amount,
        event_date=dt.date.fromisoformat(day[:10]) if isinstance(day, str) else day,
        cause=cause,
        counted=each,
    )


# -- from day to day --------------------------------------------------------------------------------------------------
@dataclass
class Book:
    """The entries of one recipient, or of the funds of a round, as they were made day by day."""

    entries: list[Entry]
    standing: dict[str, tuple[Posting, Entry]]

    @classmethod
    def empty(cls) -> Book:
        """A book without entries."""
        return cls([], {})

    def turn(self, day: dt.date, now: Sequence[Posting], why: Why) -> None:
        """Enter what stands from this day on, and reverse what does not any more.

        What reverses an event is entered anew when that event is: it follows what it reverses.

        Args: why: why a posting is read otherwise on this day than before (a correction, a replaced file), if so.
        """
        before = {key: posting for key, (posting, _) in self.standing.items()}
        wanted = {posting.key: posting for posting in now}
        turned = _turned(before, wanted)
        gone = [posting for key, posting in before.items() if key in turned]
        come = [posting for key, posting in wanted.items() if key in turned]
        because = _following(why, [*gone, *come], before)
        left = {(posting.grant_id, posting.family) for posting in gone}
        causes = {each.key: _cause(each, because(each), left) for each in come}
        instead = {(each.grant_id, each.family): causes[each.key] for each in come}
        for posting in gone:
            cause = because(posting) or instead.get((posting.grant_id, posting.family), posting.cause)
            self._reverse(posting.key, day, cause)
        ids = self._ids(come, day) if any(posting.reverses_no for posting in come) else {}
        self.standing = {key: (wanted[key], entry) for key, (_, entry) in self.standing.items()}
        for posting in come:
            self._enter(posting, day, causes[posting.key], ids)

    def _ids(self, come: Iterable[Posting], day: dt.date) -> dict[object, str]:
        """The entry of every event that stands or is entered on a day, by its name; of several the first by id."""
        named = [(posting.name, entry.entry_id) for posting, entry in self.standing.values()]
        named += [(posting.name, entry_id(posting, day)) for posting in come]
        return dict(sorted(named, key=lambda pair: pair[1], reverse=True))

    def _enter(self, posting: Posting, day: dt.date, cause: str, ids: Mapping[object, str]) -> None:
        entry = Entry(
            entry_id=entry_id(posting, day),
            row_id=posting.row_id,
            event=posting.event,
            cost_category=posting.cost_category,
            cause=cause,
            recipient_code=posting.recipient_code,
            grant_id=posting.grant_id,
            case_number=posting.case_number,
            event_date=posting.event_date,
            recorded_date=day,
            recorded_is_assumed=posting.row.is_assumed and cause not in (CORRECTION, REPLACEMENT),
            amount_sek=posting.amount_sek,
            reverses=ids.get(posting.reversed_name),
            source=source_of(posting.counted),
            event_no=posting.event_no,
            replaces_no=posting.row.values.get("replaces_no"),
            covers=posting.covers,
            ground=posting.row.values.get("ground"),
            includes_waived=posting.includes_waived,
        )
        self.entries.append(entry)
        self.standing[posting.key] = posting, entry

    def _reverse(self, key: str, day: dt.date, cause: str) -> None:
        _, entry = self.standing.pop(key)
        self.entries.append(
            replace(
                entry,
                entry_id=undoing(entry.entry_id),
                recorded_date=day,
                cause=cause,
                reverses=entry.entry_id,
                amount_sek=-entry.amount_sek,
            )
        )


def _cause(posting: Posting, why: str | None, left: Collection[tuple[str | None, str]]) -> str:
    """Why a posting is entered. A row that only the new file has is no replacement of anything."""
    if why == REPLACEMENT and (posting.grant_id, posting.family) not in left:
        return posting.cause
    return why or posting.cause


def _turned(before: Mapping[str, Posting], now: Mapping[str, Posting]) -> set[str]:
    """The keys of what stands otherwise than before, and of what stands as before and reverses such."""
    both = before.keys() & now.keys()
    other = (before.keys() | now.keys()) - {key for key in both if _is_same(before[key], now[key])}
    names = {side[key].name for key in other for side in (before, now) if key in side}
    return other | {key for key in both if now[key].reversed_name in names}


def _is_same(before: Posting, now: Posting) -> bool:
    """Whether nothing of a posting changed; the same row of the same grant says the same."""
    is_same_row = before.row is now.row and before.grant_id == now.grant_id
    return is_same_row or before.content == now.content


def _following(why: Why, turned: Iterable[Posting], before: Mapping[str, Posting]) -> Why:
    """Why a posting is read otherwise: for its own sake, or for that of what it reverses if it stood before."""
    named = {posting.name: posting for posting in turned if posting.event_no}

    def because(posting: Posting) -> str | None:
        reversed_one = named.get(posting.reversed_name) if posting.reversed_name and posting.key in before else None
        return why(posting) or (why(reversed_one) if reversed_one else None)

    return because


def entry_id(posting: Posting, day: dt.date) -> str:
    """The id of the entry of a posting that is made on a day."""
    return f"{posting.key}@{day}"

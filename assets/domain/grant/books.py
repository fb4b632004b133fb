"""The books: what the ledger says of money that moved, held against the bookings of the agency, one to one.

An entry and a booking belong together by grant, event and amount, or else by grant and event: never across recipients.
Money that moved and is placed on no grant goes with a booking of the same recipient, event and amount. Where several
are alike, the first of one side goes with the first of the other. Nothing is left out: what has no counterpart is an
orphan, on either side.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.counting import Counted
from assets.domain.grant.entries import Entry, undoing
from assets.domain.grant.records import NotPlaced, Source, source_of
from assets.domain.reading.dates import year_ending
from assets.domain.reality import provenance_of
from schemas.configuration.accounting import Accounting
from schemas.words.events import BOOKED_AS, CASH
from schemas.words.vocabulary import (
    ACCOUNT_NOT_DECLARED,
    AMOUNT,
    BOOK_RESULTS,
    MATCHED,
    MISSING_IN_BOOKS,
    MISSING_IN_LEDGER,
    NOT_PLACED,
    OTHER_RECIPIENT,
    REVERSED,
    TIMING,
    UNKNOWN_CASE_NUMBER,
)


@dataclass(frozen=True)
class Side:
    """An entry of the ledger or a booking, in the words of both: amounts are signed as the ledger's are.

    `result`: what comes of it whatever the other side says; None where that decides.
    """

    id: str
    event: str | None
    case_number: str | None
    recipient_code: str | None
    grant_id: str | None
    day: dt.date | None
    sek: int
    source: Source
    result: str | None = None
    account_no: str | None = None
    voucher_no: str | None = None
    is_placed: bool = True

    @property
    def order(self) -> tuple[str, str]:
        """By day, then by id; without a day last."""
        return str(self.day or "–"), self.id


@dataclass(frozen=True)
class Match:
    """An entry with the booking that it is paired with, or one of them alone: a row of core_book_match."""

    entry: Side | None
    booking: Side | None
    result: str
    is_material: bool

    @property
    def ledger_sek(self) -> int | None:
        """What the ledger has."""
        return self.entry.sek if self.entry and self.entry.is_placed else None

    @property
    def unplaced_sek(self) -> int | None:
        """What moved and is placed on no grant."""
        return self.entry.sek if self.entry and not self.entry.is_placed else None

    @property
    def difference_sek(self) -> int:
        """What was booked less what the ledger has, and what is not placed."""
        return (self.booking.sek if self.booking else 0) - (self.entry.sek if self.entry else 0)


def matches(  # noqa: PLR0913 - one keyword per fact
    ledger: Sequence[Entry],
    bookings: Iterable[Counted],
    cases: Collection[str],
    accounting: Accounting,
    *,
    tolerance_sek: int,
    unplaced: Iterable[NotPlaced] = (),
) -> list[Match]:
    """Every entry of money that moved, all such money that is not placed, and every booking, each in exactly one match.

    Args: bookings: the rows that count. cases: the case numbers that the round knows. tolerance_sek: up to so much
    amounts agree. unplaced: what is not placed.
    """
    entries = cash_entries(ledger, accounting)
    booked = taken_back(stated(bookings, _grants_by_number(ledger), cases, accounting))
    pairs = paired([each for each in entries if not each.result], [each for each in booked if not each.result])
    taken = {booking.id for _, booking in pairs}
    waiting = [_of_unplaced(each) for each in unplaced if each.is_money and each.amount_sek is not None]
    pairs += with_unplaced(waiting, [each for each in booked if each.id not in taken])
    by_entry = {entry.id: booking for entry, booking in pairs}
    with_entry = {booking.id for booking in by_entry.values()}
    both = [(entry, by_entry.get(entry.id)) for entry in [*entries, *waiting]]
    alone = [(None, booking) for booking in booked if booking.id not in with_entry]
    return [_judged(entry, booking, accounting, tolerance_sek) for entry, booking in [*both, *alone]]


def cash_entries(ledger: Sequence[Entry], accounting: Accounting) -> list[Side]:
    """The entries that the books have a booking of, less what reverses them; one reversed whole expects none."""
    declared = {account.event for account in accounting.accounts.values()}
    events = {name for name, booked in BOOKED_AS.items() if name in CASH or booked in declared}
    mine = [entry for entry in ledger if entry.event in events]
    undone = {entry.reverses for entry in mine if entry.reverses and entry.entry_id == undoing(entry.reverses)}
    back: dict[str, int] = defaultdict(int)
    for entry in mine:
        if entry.reverses and entry.entry_id not in undone:
            back[entry.reverses] += entry.amount_sek
    return [_of_entry(entry, back.get(entry.entry_id)) for entry in mine if not entry.reverses]


def _of_entry(entry: Entry, back: int | None) -> Side:
    own_day = None if entry.recorded_is_assumed else entry.recorded_date
    left = entry.amount_sek + (back or 0)
    return Side(
        id=entry.entry_id,
        event=BOOKED_AS[entry.event],
        case_number=entry.case_number,
        recipient_code=entry.recipient_code,
        grant_id=entry.grant_id,
        day=entry.event_date or own_day,
        sek=left,
        source=entry.source,
        result=REVERSED if back is not None and left == 0 else None,
    )


def _of_unplaced(each: NotPlaced) -> Side:
    """Money that moved and is of no grant; it is no entry of the ledger."""
    return Side(
        id=f"{each.source.source_file}:{each.source.source_row}",
        event=BOOKED_AS[each.kind],
        case_number=each.case_number,
        recipient_code=each.recipient_code,
        grant_id=None,
        day=each.event_date,
        sek=each.amount_sek or 0,
        source=each.source,
        result=NOT_PLACED,
        is_placed=False,
    )


Numbers = Mapping[str, set[tuple[str | None, str | None]]]
"""The recipients and grants of the entries that state a case number."""


def _grants_by_number(ledger: Iterable[Entry]) -> Numbers:
    found: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for entry in ledger:
        if entry.case_number and entry.grant_id:
            found[entry.case_number].add((entry.recipient_code, entry.grant_id))
    return found


def stated(bookings: Iterable[Counted], numbers: Numbers, cases: Collection[str], accounting: Accounting) -> list[Side]:
    """The bookings in the ledger's words; one of an unknown account or case, or another's, has no counterpart."""
    return [_of_booking(each, numbers, cases, accounting) for each in bookings]


def _of_booking(each: Counted, numbers: Numbers, cases: Collection[str], accounting: Accounting) -> Side:
    values = each.row.values
    account = accounting.accounts.get(values["account_no"])
    grant_id = each.grant_id or _grant_of(each, numbers)
    refused = ACCOUNT_NOT_DECLARED if account is None else _refused(each, grant_id, cases)
    part = f":{each.part_no}" if each.part_no > 1 else ""
    return Side(
        id=f"{each.row.export.path}:{each.row.number}{part}",
        event=account.event if account else None,
        case_number=values.get("case_number"),
        recipient_code=each.row.recipient_code,
        grant_id=grant_id,
        day=values["booked_date"],
        sek=values["amount_sek"] * (account.sign if account else 1),
        source=source_of(each),
        result=refused,
        account_no=values["account_no"],
        voucher_no=values.get("voucher_no"),
    )


def _grant_of(each: Counted, numbers: Numbers) -> str | None:
    """The grant of the entries with the booking's case number, if it is one; of its recipient where it names one."""
    recipient, found = each.row.recipient_code, numbers.get(each.row.values.get("case_number") or "", ())
    grants = {grant for code, grant in found if recipient in (None, code)}
    return grants.pop() if len(grants) == 1 else None


def _refused(each: Counted, grant_id: str | None, cases: Collection[str]) -> str | None:
    """Why a booking has no counterpart, whatever the ledger says."""
    case = each.row.values.get("case_number")
    if each.is_anothers:
        return OTHER_RECIPIENT
    if case is not None:
        return None if case in cases else UNKNOWN_CASE_NUMBER
    if grant_id is not None:
        return None
    return UNKNOWN_CASE_NUMBER if each.row.recipient_code is None else NOT_PLACED


def taken_back(booked: Sequence[Side]) -> list[Side]:
    """The bookings; those that another of the same grant and the contrary amount takes back are reversed."""
    standing = [each for each in booked if not each.result]
    out, back = ([each for each in standing if (each.sek > 0) is sign and each.sek] for sign in (True, False))
    pairs = alike(out, back, lambda each: (*_whose(each), each.event, abs(each.sek)))
    gone = {each.id for pair in pairs for each in pair}
    return [replace(each, result=REVERSED) if each.id in gone else each for each in booked]


def paired(entries: Sequence[Side], booked: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Which entry goes with which booking: those of the same amount first, then what is left of each grant."""
    ours, theirs = ([each for each in side if each.grant_id] for side in (entries, booked))
    same = alike(ours, theirs, lambda each: (each.grant_id, each.event, each.sek))
    taken = {each.id for pair in same for each in pair}
    left, right = ([each for each in side if each.id not in taken] for side in (ours, theirs))
    return [*same, *alike(left, right, lambda each: (each.grant_id, each.event))]


def _whose(each: Side) -> tuple[str | None, str | None, str | None]:
    """What says whose a booking is: its grant, or else what it states."""
    return each.grant_id, each.recipient_code, each.case_number


def with_unplaced(waiting: Iterable[Side], booked: Iterable[Side]) -> list[tuple[Side, Side]]:
    """Money that is not placed with the bookings of it: of the same recipient, event and amount."""
    ours = [each for each in waiting if each.recipient_code]
    theirs = [each for each in booked if each.recipient_code and each.event and each.result != REVERSED]
    return alike(ours, theirs, lambda each: (each.recipient_code, each.event, each.sek))


def alike(left: Iterable[Side], right: Iterable[Side], key: Callable[[Side], Any]) -> list[tuple[Side, Side]]:
    """Pairs of sides that are alike in a key, the first with the first."""
    ours, theirs = _by(left, key), _by(right, key)
    return [pair for each in ours for pair in zip(ours[each], theirs.get(each, ()), strict=False)]


def _by(sides: Iterable[Side], key: Callable[[Side], Any]) -> dict[Any, list[Side]]:
    found: dict[Any, list[Side]] = defaultdict(list)
    for each in sorted(sides, key=lambda side: side.order):
        found[key(each)].append(each)
    return found


def _judged(entry: Side | None, booking: Side | None, accounting: Accounting, tolerance_sek: int) -> Match:
    """Result and whether it is material; of what is booked late its whole amount may be."""
    result = _result(entry, booking, accounting, tolerance_sek)
    match = Match(entry, booking, result, is_material=False)
    amount = entry.sek if result == TIMING and entry else match.difference_sek
    return replace(match, is_material=abs(amount) >= accounting.materiality_sek and result != REVERSED)


def _result(entry: Side | None, booking: Side | None, accounting: Accounting, tolerance_sek: int) -> str:
    own = next((side.result for side in (entry, booking) if side and side.result), None)
    if own:
        return own
    if entry is None or booking is None:
        return MISSING_IN_LEDGER if entry is None else MISSING_IN_BOOKS
    if abs(booking.sek - entry.sek) > tolerance_sek:
        return AMOUNT
    return TIMING if _at_another_time(entry.day, booking.day, accounting) else MATCHED


def _at_another_time(happened: dt.date | None, booked: dt.date | None, accounting: Accounting) -> bool:
    """Booked too many days before or after, or in another financial year. Unknown where the entry has no day."""
    if happened is None or booked is None:
        return False
    other_year = year_ending(booked, accounting.year_end) != year_ending(happened, accounting.year_end)
    return other_year or abs((booked - happened).days) > accounting.tolerance_days


def records_of(found: Iterable[Match]) -> Iterator[dict[str, Any]]:
    """Matches as rows of core_book_match without its round columns. The source is the booking, or else the entry."""
    for match in found:
        entry, booking = match.entry, match.booking
        known = [side for side in (entry, booking) if side]
        first, where = known[0], known[-1]
        yield {
            "match_id": first.id,
            "result": match.result,
            "event": first.event,
            "recipient_code": next((side.recipient_code for side in known if side.recipient_code), None),
            "grant_id": first.grant_id,
            "case_number": first.case_number,
            "entry_id": entry.id if entry and entry.is_placed else None,
            "booking_id": booking.id if booking else None,
            "account_no": booking.account_no if booking else None,
            "voucher_no": booking.voucher_no if booking else None,
            "ledger_date": entry.day if entry and entry.is_placed else None,
            "booked_date": booking.day if booking else None,
            "ledger_sek": match.ledger_sek,
            "unplaced_sek": match.unplaced_sek,
            "booked_sek": booking.sek if booking else None,
            "difference_sek": match.difference_sek,
            "is_material": match.is_material,
            **vars(where.source),
            "provenance": provenance_of(side.source.provenance for side in known),
        }


def by_result(found: Sequence[Match]) -> Iterator[dict[str, Any]]:
    """The matches by result, as rows of out_book_by_year: counts, the sum of either side, and the difference."""
    for number, result in enumerate(BOOK_RESULTS, start=1):
        if mine := [match for match in found if match.result == result]:
            yield {
                "result": result,
                "result_no": number,
                "match_count": len(mine),
                "material_count": sum(match.is_material for match in mine),
                "ledger_sek": sum(match.ledger_sek or 0 for match in mine),
                "unplaced_sek": sum(match.unplaced_sek or 0 for match in mine),
                "booked_sek": sum(match.booking.sek for match in mine if match.booking),
                "difference_sek": sum(match.difference_sek for match in mine),
                "provenance": provenance_of(
                    side.source.provenance for match in mine for side in (match.entry, match.booking) if side
                ),
            }

"""The money of 2022 after the decisions: every grant is paid out, and each unused amount takes another course."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from tests.sample.forms import Row, load_form

OFFICIAL = "Handläggare Exempel"
PAID = date(2022, 11, 15)
WITHHELD_SEK = 10_000
"""Invented: what is kept back of the last recipient's grant until its report, which is late, has come."""

Event = dict[str, Any]


class Account(Protocol):
    """What is needed of a recipient."""

    name: str
    case_number: str
    granted_sek: int
    unused_sek: int


def events_of(recipients: Sequence[Account]) -> list[Row]:
    """The rows of the export, headers first, in the order in which the events were recorded, numbered."""
    form = load_form("events", "before_2026")
    told = sorted(_events(recipients), key=lambda event: event["recorded_date"])
    numbers = {event["is"]: f"H{number:03d}" for number, event in enumerate(told, 1) if "is" in event}
    rows = [_row(event, f"H{number:03d}", numbers) for number, event in enumerate(told, 1)]
    return [list(form.headers()), *(form.row(**row) for row in rows)]


def cash_of(recipients: Sequence[Account]) -> list[Event]:
    """The events in which money moved, in the order in which they were recorded."""
    moved = (event for event in _events(recipients) if event["event"] in ("payment", "repaid"))
    return sorted(moved, key=lambda event: event["recorded_date"])


def _row(event: Event, number: str, numbers: dict[str, str]) -> Event:
    own = {key: value for key, value in event.items() if key not in ("is", "reverses", "account")}
    of_whom = {"recipient_name": event["account"].name, "case_number": event["account"].case_number}
    return {**own, **of_whom, "event_no": number, "reverses_no": numbers.get(event.get("reverses", ""))}


def _events(recipients: Sequence[Account]) -> Iterator[Event]:
    *others, last = recipients
    for account in others:
        yield _event("payment", account, PAID, amount_sek=account.granted_sek)
    yield from _withheld(last)
    repaying, heard, claimed, waived = [account for account in recipients if account.unused_sek]
    yield _event("repaid", repaying, date(2023, 2, 10), amount_sek=repaying.unused_sek)
    yield _event("hearing_opened", heard, date(2023, 3, 20), due_date=date(2023, 4, 11))
    yield from _claimed(claimed)
    yield from _waived(waived)


def _withheld(account: Account) -> Iterator[Event]:
    """A part is withheld; when the report has come, that is reversed and the part paid out."""
    yield _event("payment", account, PAID, amount_sek=account.granted_sek - WITHHELD_SEK)
    yield _event("payment_withheld", account, PAID, amount_sek=WITHHELD_SEK) | {"is": "withheld"}
    yield _event("payment_withheld", account, date(2023, 2, 22), amount_sek=WITHHELD_SEK) | {"reverses": "withheld"}
    yield _event("payment", account, date(2023, 2, 23), amount_sek=WITHHELD_SEK)


def _claimed(account: Account) -> Iterator[Event]:
    amount, decided = account.unused_sek, date(2023, 3, 24)
    why = "Oanvända medel har inte återbetalats."
    yield _event("hearing_opened", account, date(2023, 2, 27), due_date=date(2023, 3, 13))
    yield _event("recovery_decided", account, decided, amount_sek=amount, decided_by=OFFICIAL, reason=why)
    yield _event("invoiced", account, date(2023, 3, 27), amount_sek=amount, due_date=date(2023, 4, 26))
    yield _event("repaid", account, date(2023, 4, 25), amount_sek=amount // 2)


def _waived(account: Account) -> Iterator[Event]:
    amount = account.unused_sek
    why = "Oanvända medel har inte återbetalats."
    special = "Särskilda skäl: beslutet kom så sent på året att insatsen inte hann påbörjas."
    yield _event("hearing_opened", account, date(2023, 2, 27), due_date=date(2023, 3, 13))
    yield _event("hearing_answered", account, date(2023, 3, 10))
    yield _event("recovery_decided", account, date(2023, 3, 24), amount_sek=amount, decided_by=OFFICIAL, reason=why)
    yield _event("recovery_waived", account, date(2023, 4, 5), amount_sek=amount, decided_by=OFFICIAL, reason=special)


def _event(event: str, account: Account, day: date, **more: object) -> Event:
    return {"event": event, "account": account, "event_date": day, "recorded_date": day, **more}

"""One grant, written by hand: its decision, its report and its events as the domain has them. All are fictitious."""

import datetime as dt
from typing import Any

from assets.domain.grant.records import Decision, Event, Grant, Report, Source

GRANT, CODE = "EX 2023-0001", "9901"
DAY = dt.date(2024, 6, 30)
"""The day on which everything is asked that is not said to be asked on another."""


def source(row: int = 2, provenance: str = "synthetic") -> Source:
    return Source("p/2023/file.csv", None, row, provenance)


def decision(granted_sek: int, due: dt.date | None = None, provenance: str = "synthetic") -> Decision:
    return Decision(GRANT, CODE, source(2, provenance), granted_sek, case_number=GRANT, report_due_date=due)


def report(unused_sek: int, used_sek: int | None = None, provenance: str = "synthetic", **said: Any) -> Report:
    return Report(GRANT, CODE, source(3, provenance), unused_sek, used_sek, **said)


def event(name: str, amount_sek: int | None = None, **said: Any) -> Event:
    of = {"known_date": DAY, "grant_id": GRANT, "recipient_code": CODE, **said}
    return Event(name, source(4), amount_sek=amount_sek, **of)


def grant(*known: Decision | Report | Event, left_out: dict[str, str] | None = None) -> Grant:
    """A grant of what is known. Args: left_out: by table, what became of a row that does not count."""
    [decided, reported] = (
        next((each for each in known if isinstance(each, kind)), None) for kind in (Decision, Report)
    )
    events = tuple(each for each in known if isinstance(each, Event))
    return Grant(GRANT, CODE, decided, reported, events, frozenset((left_out or {}).items()))

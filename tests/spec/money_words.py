"""The words of the specification about money: what a round's ledger is made of, written as lines.

    book = ledger(
        decided("2022-10-03 Exempelkommun 01: 700 000"),
        reported("2023-01-30 Exempelkommun 01: 515 637 använt, 184 363 oanvänt"),
        happened("2023-02-10 återbetalning Exempelkommun 01: 184 363"),
    )
    money(book, "2023-02-10")["Exempelkommun 01"]["outstanding_sek"] == 0

A line begins with the day on which it became known. Events are called as in the sample's export, in lower case.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from assets.domain.grant.entries import records_of
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, NAME, REPORTS, SPECIFIED, Rows, name_of
from tests.spec.language import reports as reports_of

TOLD = frozenset(EVENTS.codes["event"])
"""Sources that can tell of everything."""

DECIDED_BY = {"decided_by": "A. Chef", "reason": "Medel är kvar"}
LAST_DAY = dt.date(2199, 12, 31)


@dataclass(frozen=True)
class Story:
    """What became known of a round: the rows of its three files."""

    decisions: Rows
    reports: Rows
    events: Rows

    def known(self, day: dt.date, told: Collection[str] = TOLD, due: str | None = None) -> rounds.Known:
        """The round as it was known on a day. Args: due: the last day to report."""
        granted = [{**row, "report_due_date": due} for row in self.decisions]
        files = [
            rounds.file(form, *said)
            for form, said in ((DECISIONS, granted), (REPORTS, self.reports), (EVENTS, self.events))
        ]
        return rounds.known(rounds.received(files, BODIES), SPECIFIED, day, frozenset(told))


def decided(*lines: str) -> Rows:
    """What was granted to whom, and from when that is known."""
    return [
        {"decided_date": on, "recipient_name": who, "granted_sek": amount} for on, who, amount in map(_parts, lines)
    ]


def reported(*lines: str) -> Rows:
    """What recipients reported, and when; of several reports of one recipient the one sent last counts."""
    said = map(_parts, lines)
    return [{**reports_of(f"{who}: {amounts}")[0], "submitted_at": f"{on} 12:00"} for on, who, amounts in said]


def happened(*lines: str) -> Rows:
    """What else happened with the money, from when it is known: `2023-02-10 återbetalning Exempelkommun 01: 5`."""
    return [_event(number, line) for number, line in enumerate(lines, 1)]


def _event(number: int, line: str) -> dict[str, Any]:
    on, said = line.split(" ", 1)
    kind, _, rest = said.partition(f" {NAME}")
    who, _, amount = rest.partition(": ")
    of_event = {"event_no": f"H{number}", "event": kind.capitalize(), "recorded_date": on}
    return {**of_event, "recipient_name": NAME + who, "amount_sek": amount, **DECIDED_BY}


def _parts(line: str) -> tuple[str, str, str]:
    on, rest = line.split(" ", 1)
    who, said = rest.split(": ", 1)
    return on, who, said


def ledger(decisions: Rows = (), reports: Rows = (), events: Rows = ()) -> Story:
    """What a round's entries are made of."""
    return Story(decisions, reports, events)


def money(book: Story, day: str, told: Collection[str] = TOLD, due: str | None = None) -> dict[str, dict[str, Any]]:
    """Each recipient's account as it stood on a day, by name.

    Args: told: the events that the round's sources can tell of. due: the last day to report.
    """
    return {
        name_of(each.grant.recipient_code): vars(each.account) | {"status": each.status}
        for each in book.known(dt.date.fromisoformat(day), told, due).grants
    }


def entries(book: Story, *columns: str) -> list[tuple[Any, ...]]:
    """The entries in order of the day on which they were recorded, reversals last: these columns of each."""
    made = records_of(book.known(LAST_DAY).ledger)
    made.sort(key=lambda row: (row["recorded_date"], row["reverses"] is not None, row["entry_id"]))
    return [tuple(row[name] for name in columns) for row in made]

"""What was known on 60 days, of 300 and of 30 000 grants: `python -m tests.benchmarks.days [GRANTS ...]`.

The rows are drawn: a decision, a report and what happened in the case of each grant, spread over 60 days, with doubles,
supplements, corrections, and a file that is replaced. What is timed is the ledger from day to day and what the accounts
came to on each. The clock asserts nothing: machines differ.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from random import Random

import click

from assets.domain.past import ledger_of, revisions
from assets.domain.reading.corrections import entries
from assets.domain.reading.history import History, read
from schemas.configuration.corrections import Correction
from tests.rows import PROGRAMME, Record, bodies_of, body, correction, exports_of, file_of, log_of

GRANTS = (300, 30_000)
DAYS = 60
START = dt.date(2023, 3, 1)
LAST = START + dt.timedelta(DAYS)
FORMS = [PROGRAMME.forms[name] for name in ("decisions", "usage_report_2022", "events")]
CHANGED = 0.01
"""How many of the rows the file that replaces another has otherwise."""

TOLD = frozenset(FORMS[2].codes["event"])
UNUSED = FORMS[1].fields["unused_sek"]
HAPPENS = ("Utbetalning", "Ej godtagen användning", "Beslut om återkrav", "Återbetalning", "Efterskänkt återkrav")


def drawn(grants: int) -> History:
    """The round of so many grants, the same for the same number."""
    draw = Random(grants)  # noqa: S311 - repeatable on purpose
    decided = file_of(FORMS[0], *(_decision(number) for number in range(grants)), name="d.csv", date=START)
    reported = [report for number in range(grants) for report in _reports(number, draw)]
    happened = file_of(FORMS[2], *(each for number in range(grants) for each in _events(number, draw)), name="e.csv")
    later = [each | {"unused_sek": "1"} if draw.random() < CHANGED else each for each in reported]
    replaced = file_of(FORMS[1], *reported, name="r.csv", date=START)
    replacing = file_of(FORMS[1], *later, name="s.csv", date=START + dt.timedelta(DAYS // 2), replaces="r.csv")
    exports = exports_of([decided, replaced, replacing, happened], *FORMS)
    log = log_of(*_corrections(later, draw))
    known = [body(_code(number), _name(number)) for number in range(grants)]
    return read(exports, entries(log, exports), bodies_of(known), PROGRAMME)


def _code(number: int) -> str:
    return f"{99_0000 + number}"


def _name(number: int) -> str:
    return f"Exempelkommun {number:05}"


def _of(number: int) -> Record:
    return {"recipient_name": _name(number), "case_number": f"EX {number}"}


def _decision(number: int) -> Record:
    return {**_of(number), "granted_sek": "100000", "decided_date": str(START)}


def _reports(number: int, draw: Random) -> Iterator[dict[str, str]]:
    """One report, of a tenth of the recipients two, and of another tenth a supplement."""
    for again, status in enumerate(("Inlämnad", *draw.choices(["", "Inlämnad", "Komplettering"], [8, 1, 1]))):
        if status:
            unused = draw.randrange(0, 40_000)
            yield {
                **_of(number),
                "submission_id": f"{number}-{again}",
                "submission_status": status,
                "submitted_at": f"{_day(draw, again * DAYS // 2)} 10:00",
                "used_sek": str(100_000 - unused),
                "unused_sek": str(unused),
            }


def _events(number: int, draw: Random) -> Iterator[Record]:
    for order, name in enumerate(HAPPENS[: draw.randrange(1, len(HAPPENS) + 1)]):
        day = str(_day(draw, order * DAYS // len(HAPPENS)))
        who = {"decided_by": "A. Chef", "reason": "Medel är kvar", "event_no": f"{number}-{order}"}
        yield {**_of(number), **who, "event": name, "amount_sek": "1000", "event_date": day, "recorded_date": day}


def _day(draw: Random, first: int) -> dt.date:
    return START + dt.timedelta(draw.randrange(first, DAYS))


def _corrections(reports: list[dict[str, str]], draw: Random) -> Iterator[Correction]:
    """One amount of each hundred reports is corrected, after the file that holds now has come."""
    for row in range(2, len(reports) + 2, 100):
        old, day = reports[row - 2]["unused_sek"], _day(draw, DAYS // 2)
        yield correction(file="s.csv", row=row, column=UNUSED, old=old, new="2", date=day)


def main() -> None:
    """Draw, compute, and print seconds."""
    for grants in map(int, sys.argv[1:] or GRANTS):
        history = drawn(grants)
        started = time.process_time()
        ledger = ledger_of(history, LAST, "accept")
        entered = time.process_time()
        revised = list(revisions(ledger, TOLD))
        ended = time.process_time()
        days = len({row["as_of_date"] for row in revised})
        click.echo(
            f"{grants:>6} grants, {len(history.rows):>7} rows, {len(ledger):>7} entries on {days} days:"
            f" {ended - started:6.2f} s (ledger {entered - started:.2f}, revisions {ended - entered:.2f})"
        )


if __name__ == "__main__":
    main()

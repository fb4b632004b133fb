"""What a version is examined by must hold of every round that the domain can compute, whatever it is made of."""

import datetime as dt
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assets.round import compute
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.evidence.statements import NoRows, invariants
from pipelines.warehouse.sqlite import new_database
from schemas.configuration.corrections import Correction
from schemas.configuration.programme import Programme
from schemas.tables import PUBLISHED
from schemas.words.events import RECEIVED_EVENTS
from tests.rows import correction
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, PROGRAMME, REPORTS, SPECIFIED, Rows, decisions, reports
from tests.spec.money_language import events

WHO, OTHER = "Exempelkommun 01", "Exempelkommun 02"
ONE = decisions(f"{WHO}: 700 000", decided="2023-11-01")
TWO = [*decisions(f"{WHO}: 700 000", case="EX 1"), *decisions(f"{WHO}: 300 000", case="EX 2")]
OF_EACH = [
    *reports(f"{WHO}: 600 000 använt, 100 000 oanvänt", case="EX 1"),
    *reports(f"{WHO}: 200 000 använt, 100 000 oanvänt", case="EX 2"),
]
PAID = events(f"{WHO} | 2023-12-01 | Utbetalning | 700 000 | nr H1")
REPAID, TAKEN_BACK = "Återkrävt och återbetalt | 5 000", f"{WHO} | 2024-03-02 | Återkrävt och återbetalt | 5 000"
NEVER_CAME, CASES = f"{TAKEN_BACK} | nr H2 | återför H9", ("EX 1", "EX 2")
FUNDS = {"event": "Disponibla medel", "amount_sek": "900 000", "recorded_date": "2023-10-01", "event_no": "M1"}
MADE_OF: dict[str, tuple[Rows, Rows, Rows]] = {
    "two grants, both reported on": (TWO, OF_EACH, ()),
    "two grants, one reported on": (TWO, OF_EACH[1:], ()),
    "a case number of two recipients": ([*TWO, *decisions(f"{OTHER}: 5 000", case="EX 1")], OF_EACH, ()),
    "a number that two recipients have": (
        [*ONE, *decisions(f"{OTHER}: 5 000")],
        (),
        [*PAID, *events(f"{OTHER} | 2023-12-01 | Utbetalning | 5 000 | nr H1")],
    ),
    "two decisions adjusted on one day": (
        ONE,
        (),
        events(*(f"{WHO} | 2024-01-01 | Ändrat beslut | {amount}" for amount in ("600 000", "500 000"))),
    ),
    "an adjusted decision of nothing": (ONE, (), events(f"{OTHER} | 2024-01-01 | Ändrat beslut | 600 000")),
    "an amount where none is asked": (
        ONE,
        (),
        events(f"{WHO} | 2024-01-01 | Kommunicering | 5 000 | senast 2024-02-01"),
    ),
    "a repayment taken back": (
        ONE,
        (),
        events(f"{WHO} | 2024-03-01 | {REPAID} | nr H1", f"{TAKEN_BACK} | nr H2 | återför H1"),
    ),
    "a repayment taken back that never came": (ONE, (), events(f"{TAKEN_BACK} | nr H2 | återför H1")),
    "what one has repaid and another has not": (
        TWO,
        (),
        [
            {**row, "case_number": case}
            for row, case in zip(events(f"{WHO} | 2024-03-01 | {REPAID} | nr H1", NEVER_CAME), CASES, strict=True)
        ],
    ),
    "a repayment taken back twice, and more than came": (
        ONE,
        (),
        events(
            f"{WHO} | 2024-03-01 | {REPAID} | nr H1",
            f"{WHO} | 2024-03-02 | Återkrävt och återbetalt | 4 000 | nr H2 | återför H1",
            f"{WHO} | 2024-03-03 | Återkrävt och återbetalt | 4 000 | nr H3 | återför H1",
            f"{WHO} | 2024-03-04 | Återkrävt och återbetalt | 4 000 | nr H4 | återför H1",
        ),
    ),
    "funds taken back": (ONE, (), [FUNDS, {**FUNDS, "event_no": "M2", "reverses_no": "M1"}]),
}


def test_the_events_of_which_no_amount_is_looked_for_are_those_that_add_to_no_balance():
    """And adjusted decisions, of which only the last one stands in the ledger."""
    [sql] = [each.holds.sql for each in invariants() if isinstance(each.holds, NoRows) and each.id == OF_AMOUNTS]
    listed = set(re.findall("'([a-z_]+)'", sql.partition("NOT IN")[2].partition(")")[0]))
    assert listed == {name for name, kind in RECEIVED_EVENTS.items() if not kind.adds_to or kind.replaces}


OF_AMOUNTS = "every_amount_is_an_entry"


def contradicted(
    folder: Path, files: list[Any], programme: Programme = SPECIFIED, log: Sequence[Correction] = ()
) -> list[str]:
    """The statements that a round of these files contradicts."""
    tables = compute(rounds.received(files, BODIES, log), programme, rounds.TODAY)
    path = folder / "round.sqlite"
    with new_database(path, PUBLISHED, []) as database:
        for name in PUBLISHED:
            if name in tables:
                database.insert(name, contracted(name, tables[name]))
    stated = [each for each in invariants() if each.table in tables]
    with closing(sqlite3.connect(path)) as connection:
        return [each.id for each in stated if isinstance(each.holds, NoRows) and _finds(connection, each.holds.sql)]


def _finds(connection: sqlite3.Connection, sql: str) -> bool:
    return connection.execute(sql).fetchone() is not None


@pytest.mark.parametrize("made_of", MADE_OF)
def test_no_round_that_can_be_computed_contradicts_what_a_version_is_examined_by(tmp_path: Path, made_of: str):
    forms = zip((DECISIONS, REPORTS, EVENTS), MADE_OF[made_of], strict=True)
    assert contradicted(tmp_path, [rounds.file(form, *rows) for form, rows in forms]) == []


@pytest.mark.parametrize("form", [DECISIONS, REPORTS, EVENTS], ids=lambda form: form.form)
def test_nor_does_one_of_which_a_file_is_replaced_by_one_that_says_the_same(tmp_path: Path, form: Any):
    sent = reports(f"{WHO}: 600 000 använt, 100 000 oanvänt")
    rows = {DECISIONS.form: ONE, REPORTS.form: sent, EVENTS.form: PAID}
    files = [rounds.file(each, *rows[each.form]) for each in (DECISIONS, REPORTS, EVENTS)]
    again = rounds.file(form, *rows[form.form], name="again.csv", replaces=f"{form.form}.csv", date=rounds.TODAY)
    assert contradicted(tmp_path, [*files, again]) == []


def test_nor_does_one_of_which_a_payment_is_taken_back_and_then_corrected(tmp_path: Path):
    """What takes it back follows it, and either is held against the books with what is left of it."""
    bookings = PROGRAMME.forms["bookings"]
    booked = {"account_no": "EX 7000", "case_number": "EX 1", "booked_date": "2023-12-01", "amount_sek": "700 000"}
    paid = [*PAID, *events(f"{WHO} | 2023-12-05 | Utbetalning | 700 000 | nr H2 | återför H1")]
    forms = (DECISIONS, REPORTS, EVENTS, bookings)
    said: tuple[Rows, ...] = (TWO, (), [{**row, "case_number": "EX 1"} for row in paid], [booked])
    files = [rounds.file(form, *rows) for form, rows in zip(forms, said, strict=True)]
    cell = {"file": f"{EVENTS.form}.csv", "row": 2, "column": "Belopp (kr)", "old": "700 000", "new": "600 000"}
    log = [correction(**cell, date=dt.date(2024, 2, 1))]
    assert contradicted(tmp_path, files, rounds.programme_of(PROGRAMME, *forms), log) == []

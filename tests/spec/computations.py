"""Computed tables, for the rules about them: what follows from decisions, reports and accounts, and what is found.

account(decisions(...), reports(...), repayments(...), as_of="2024-02-01")     the reconciliation and what it is of
budget(decisions(...), funds(...))                                             the year's funds in one row
row_of("core_funnel", received_count=5, ...)                                   a row that no computation would give
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

from assets import audit
from assets.conform import in_round
from assets.domain import evaluation
from assets.domain.frames import Frame
from assets.domain.submissions import funnel
from assets.frames import records_of
from assets.ports import RoundKey
from tests.frames import Record, table
from tests.spec.arrivals import Found
from tests.spec.language import PROGRAMME, judged, reconciliation, repayments, reports

ROUND = RoundKey("p", 2023)
TODAY = dt.date(2024, 6, 30)


def account(
    granted: Frame,
    reported: Frame | None = None,
    repaid: Frame | None = None,
    as_of: str = "2024-06-30",
    left_out: Frame | None = None,
) -> Callable[[], Found]:
    """What is found in decisions, reports and repayments, and in the reconciliation of them."""
    reported = reports() if reported is None else reported
    repaid = repayments() if repaid is None else repaid
    return _in(
        core_decision=granted,
        core_usage_report=reported,
        core_event=repaid,
        core_reconciliation=reconciliation(granted, reported, repaid, as_of, left_out),
    )


def budget(granted: Frame, available: Frame) -> Callable[[], Found]:
    """What is found in the year's funds."""
    return _in(out_funds_by_year=evaluation.funds_by_year(granted, available))


def applied(*outcomes: str) -> Callable[[], Found]:
    """What is found in the year's applications, one for each outcome."""
    filed = table("core_application", *({"outcome": outcome} for outcome in outcomes))
    return _in(out_application_by_year=evaluation.application_by_year(filed))


def received_reports(*lines: str) -> Callable[[], Found]:
    """What is found in the count of a file of reports. A line: who | when | status | unused."""
    rows = judged(*lines, due="2024-02-01", as_of="2024-06-30", late="accept")
    return _in(core_funnel=funnel(in_round(rows, ROUND)))


def row_of(name: str, **values: object) -> Callable[[], Found]:
    """What is found in one row of a table."""
    return _in(**{name: table(name, values)})


def rows_of(name: str, *rows: Record) -> Callable[[], Found]:
    """What is found in a few rows of a table."""
    return _in(**{name: table(name, *rows)})


def _in(**tables: Frame) -> Callable[[], Found]:
    return partial(_found, tables)


def _found(tables: dict[str, Frame]) -> Found:
    every = {name: table(name) for name in audit.READ} | tables
    this_round = {"programme": ROUND.programme, "year": ROUND.year}
    return records_of(audit.core_findings(every, PROGRAMME.rounds[ROUND.year], this_round, TODAY))

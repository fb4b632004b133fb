"""Computed tables, for the rules about them: what follows from decisions, reports and accounts, and what is found.

account(decisions(...), reports(...), repayments(...), as_of="2024-02-01")     the reconciliation and what it is of
budget(decisions(...), funds(...))                                             the year's funds in one row
row_of("core_funnel", received_count=5, ...)                                   a row that no computation would give
"""

from collections.abc import Callable, Mapping
from functools import partial

from assets.domain.evaluation.grants import application_by_year
from assets.domain.findings import numbered, of_tables
from tests.rows import Record, records
from tests.spec import rounds
from tests.spec.arrivals import AS_OF, Found
from tests.spec.language import REPORTS, Rows, computed, judged
from tests.spec.rounds import Records

OF_ACCOUNTS = ("core_decision", "core_usage_report", "core_event", "core_reconciliation")
Tables = Mapping[str, Records]


def account(granted: Rows, reported: Rows = (), repaid: Rows = (), as_of: str = AS_OF) -> Callable[[], Found]:
    """What is found in decisions, reports and repayments, and in the reconciliation of them."""
    return partial(_in_account, granted, reported, repaid, as_of)


def _in_account(granted: Rows, reported: Rows, repaid: Rows, as_of: str) -> Found:
    tables = computed(granted, reported, repaid, as_of=as_of)
    return _found({name: tables[name] for name in OF_ACCOUNTS})


def budget(granted: Rows, available: Rows) -> Callable[[], Found]:
    """What is found in the year's funds."""
    return partial(_in_budget, granted, available)


def _in_budget(granted: Rows, available: Rows) -> Found:
    return _found({"out_funds_by_year": computed(granted, told=available)["out_funds_by_year"]})


def applied(*outcomes: str) -> Callable[[], Found]:
    """What is found in the year's applications, one for each outcome."""
    filed = [{"outcome": outcome, "provenance": "synthetic"} for outcome in outcomes]
    return rows_of("out_application_by_year", *application_by_year(filed))


def received_reports(*lines: str, as_of: str = AS_OF) -> Callable[[], Found]:
    """What is found in the count of a file of reports, due on 1 February. A line: who | when | status | unused."""
    return partial(_in_reports, lines, as_of)


def _in_reports(lines: tuple[str, ...], as_of: str) -> Found:
    counted = judged(*lines, due="2024-02-01", as_of=as_of, late="accept")["core_funnel"]
    return _found({"core_funnel": [row for row in counted if row["form"] == REPORTS.form]})


def row_of(name: str, **values: object) -> Callable[[], Found]:
    """What is found in one row of a table."""
    return rows_of(name, values)


def rows_of(name: str, *said: Record) -> Callable[[], Found]:
    """What is found in a few rows of a table."""
    return partial(_found, {name: records(name, *said)})


def _found(tables: Tables) -> Found:
    every = rounds.empty_tables() | dict(tables)
    return numbered(of_tables(every, {}))

"""Checks of a round. A blocking one that fails keeps the round from being accepted; the others are listed.

Each belongs to the rounds' partitions: otherwise one year's pass would hide another's failure. A result names counts
and where to look, never a value.
"""

from __future__ import annotations

from collections.abc import Callable

import dagster as dg
import narwhals as nw

from assets.domain.frames import Frame, is_true
from assets.frames import records_of
from assets.rounds import ROUNDS

WITHOUT_REPORT_OR_DECISION = [
    "report_missing",
    "report_due_unknown",
    "report_without_decision",
    "repayment_without_decision",
]

RowsThatAreWrong = Callable[[Frame], Frame]


def round_check(table: str, *, blocking: bool = False) -> Callable[[RowsThatAreWrong], dg.AssetChecksDefinition]:
    """Declare a check of one table of a round. The function returns the rows that are wrong; its docstring is shown."""

    def declare(function: RowsThatAreWrong) -> dg.AssetChecksDefinition:
        severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN

        def check(rows: Frame) -> dg.AssetCheckResult:
            wrong = len(records_of(function(rows).select("provenance")))
            return dg.AssetCheckResult(
                passed=wrong == 0, severity=severity, metadata={"rows": wrong}, description=_told(function, wrong)
            )

        return dg.asset_check(
            asset=table,
            name=function.__name__,
            description=function.__doc__,
            blocking=blocking,
            partitions_def=ROUNDS,
        )(check)

    return declare


def _told(function: RowsThatAreWrong, wrong: int) -> str:
    meaning = (function.__doc__ or "").split("\n")[0]
    return (
        meaning if not wrong else f"{wrong} row(s) do not meet this: {meaning} They are in the table that is checked."
    )


@round_check("core_funnel", blocking=True)
def no_row_is_lost(core_funnel: Frame) -> Frame:
    """Per file, rows received equal those accepted, superseded, excluded and quarantined."""
    fates = (
        nw.col("accepted_count") + nw.col("superseded_count") + nw.col("excluded_count") + nw.col("quarantined_count")
    )
    return core_funnel.filter(nw.col("received_count") != fates)


@round_check("core_funnel", blocking=True)
def every_file_gives_rows(core_funnel: Frame) -> Frame:
    """No file is without data rows, and none has all its rows in quarantine."""
    return core_funnel.filter(nw.col("received_count") == nw.col("quarantined_count"))


@round_check("out_funds_by_year", blocking=True)
def grants_stay_within_the_funds(out_funds_by_year: Frame) -> Frame:
    """Administration and grants together do not exceed the available funds, where those are known."""
    spent = nw.col("administration_sek").fill_null(0) + nw.col("granted_sek")
    return out_funds_by_year.filter(is_true(spent > nw.col("available_sek")))


@round_check("core_finding")
def nothing_is_quarantined(core_finding: Frame) -> Frame:
    """No row had to be left out of the core tables."""
    return core_finding.filter(nw.col("severity") == "quarantine")


@round_check("core_reconciliation")
def every_grant_adds_up(core_reconciliation: Frame) -> Frame:
    """For every recipient, granted equals used plus unused."""
    return core_reconciliation.filter(nw.col("outcome") == "difference")


@round_check("core_reconciliation")
def every_grant_is_reported(core_reconciliation: Frame) -> Frame:
    """Every recipient with a grant has reported, unless it need not yet; every report and repayment has a decision."""
    return core_reconciliation.filter(nw.col("outcome").is_in(WITHOUT_REPORT_OR_DECISION))

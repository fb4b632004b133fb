"""Reconcile: what was granted held against what was reported."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import Frame, first_of, is_true, nothing
from assets.domain.reconciliation import reconcile_funds
from assets.domain.submissions import LATE_RULE
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue
from schemas.words.vocabulary import QUARANTINED


@round_table("reconcile")
def core_reconciliation(
    core_decision: Frame, core_usage_report: Frame, core_event: Frame, core_round: Frame, core_row: Frame
) -> Frame:
    """One row per recipient: what was granted, used, not used, and what does not add up."""
    left_out = rows_left_out(core_row)
    return reconcile_funds(core_decision, core_usage_report, core_event, core_round, left_out)


def rows_left_out(core_row: Frame) -> Frame:
    """The rows in quarantine, and the late reports that do not count, with the `table` that each would have filled."""
    forms = catalogue.programme(current_round().programme).forms.values()
    fills = [(nw.col("form") == form.form, form.fills) for form in forms if form.fills]
    rows = core_row.filter(is_true(nw.col("fate") == QUARANTINED) | is_true(nw.col("rule") == LATE_RULE))
    return rows.with_columns(table=first_of(fills, otherwise=nothing("source_file")))

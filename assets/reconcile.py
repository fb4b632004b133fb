"""Reconcile: what was granted held against what was reported."""

from __future__ import annotations

from assets.domain.frames import Frame
from assets.domain.reconciliation import reconcile_funds
from assets.rounds import round_table


@round_table("reconcile")
def core_reconciliation(
    core_decision: Frame, core_usage_report: Frame, core_ledger_entry: Frame, core_round: Frame
) -> Frame:
    """One row per recipient: what was granted, used, not used, and what does not add up."""
    return reconcile_funds(core_decision, core_usage_report, core_ledger_entry, core_round)

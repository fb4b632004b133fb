"""What queries of the version before read, as views of the database: the former columns, one row per recipient.

They stand beside the tables for one version of the system (docs/queries-that-change.md), and then go.
"""

from __future__ import annotations

SUMMED = ("granted", "withheld", "paid", "used", "unused", "disallowed", "accepted_use", "repayable", "claimed")
ROUND = "programme, year, recipient_code"
PROVENANCE = "CASE WHEN min(provenance) = max(provenance) THEN min(provenance) ELSE 'mixed' END AS provenance"


def _sum(name: str) -> str:
    """A sum that is unknown as soon as a part of it is."""
    return f"CASE WHEN count({name}_sek) = count(*) THEN sum({name}_sek) END AS {name}_sek"


def _net(name: str, less: str) -> str:
    """An amount of which another was deducted, where now both stand by themselves."""
    known = f"count({name}_sek) = count(*)"
    return f"CASE WHEN {known} THEN sum({name}_sek) - sum(coalesce({less}_sek, 0)) END AS {name}_sek"


FORMER_VIEWS = {
    "former_core_account": (
        f"SELECT {ROUND}, {', '.join(map(_sum, SUMMED))}, {_sum('received')}, {_sum('waived')}, {_sum('written_off')}, "
        f"{_net('outstanding', 'overpaid')}, {_sum('unpaid')}, max(paid_is_derived) AS paid_is_derived, "
        f"CASE WHEN count(*) = 1 THEN min(status) END AS status, {PROVENANCE} FROM core_account GROUP BY {ROUND}"
    ),
    "former_core_reconciliation": (
        f"SELECT {ROUND}, {', '.join(map(_sum, ('granted', 'used', 'unused', 'difference')))}, "
        "sum(repaid_after_recovery_sek) AS repaid_after_recovery_sek, "
        f"CASE WHEN count(*) = 1 THEN min(outcome) END AS outcome, {PROVENANCE} "
        f"FROM core_reconciliation GROUP BY {ROUND}"
    ),
    "former_out_receivable": (
        f"SELECT {ROUND}, year_end_date, {', '.join(map(_sum, ('repayable', 'received', 'waived', 'written_off')))}, "
        f"{_sum('outstanding')}, CASE WHEN count(claim_left_sek) = count(*) THEN sum(claim_left_sek) END "
        "AS claimed_by_decision_sek, CASE WHEN count(undecided_sek) = count(*) "
        f"THEN sum(undecided_sek) + sum(notified_sek) END AS undecided_sek, {PROVENANCE} "
        f"FROM out_receivable GROUP BY {ROUND}, year_end_date"
    ),
    "former_core_case_event": (
        "SELECT programme, year, source_file, source_row, recipient_code, event, case_number, event_date, recorded_date, "
        "due_date, amount_sek, decided_by, reason, asked_count AS claim_count, notice_count, reply_due_date, provenance "
        "FROM core_case_event"
    ),
}
"""Each view by its name, and the query that it is."""


def create_views() -> list[str]:
    """One statement per view."""
    return [f"CREATE VIEW {name} AS {query}" for name, query in FORMER_VIEWS.items()]

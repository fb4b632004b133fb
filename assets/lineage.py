"""What each table is made of, group by group: what Dagster draws. `compute` makes them all at once."""

from __future__ import annotations

from graphlib import TopologicalSorter

from schemas.rules.rule import found_rules, ruled_tables
from schemas.tables import TABLES

RECEIVED, ACCEPTED, PUBLISHED_VERSION = "received", "accepted_round", "published_version"
"""What is no table: the files as they came, the pointer to a round's accepted tables, and what readers open."""

READ = ("raw_file", "raw_row", "raw_correction")
EXPORTS = (*READ, "core_row")


def _examined() -> tuple[str, ...]:
    """The tables that findings are made of: those that rules are about, and those that they lead to."""
    places = {rule.at.table for rule in found_rules() if rule.at}
    names = {*ruled_tables(), *places, "raw_file", "raw_finding", "core_round"}
    return tuple(name for name in TABLES if name in names)


GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "received": {
        "raw_file": (RECEIVED,),
        "raw_row": (RECEIVED,),
        "raw_correction": (RECEIVED,),
        "core_recipient": (RECEIVED,),
        "core_provision": (RECEIVED,),
        "core_source_file": (RECEIVED, "raw_file", "raw_correction"),
        "core_source_column": ("raw_file",),
        "core_round": READ,
    },
    "read": {
        "core_row": (*READ, "core_round", "core_recipient"),
        "raw_finding": (*READ, "core_round", "core_recipient"),
        "core_correction": ("raw_correction", "core_row"),
        "core_funnel": ("core_row",),
        "core_application": EXPORTS,
        "core_decision": (*EXPORTS, "core_source_file", "core_event"),
        "core_decision_part": EXPORTS,
        "core_usage_report": EXPORTS,
        "core_event": EXPORTS,
        "core_unplaced": EXPORTS,
        "core_booking": EXPORTS,
        "core_answer": EXPORTS,
    },
    "grants": {
        "core_reconciliation": ("core_round", "core_row", "core_decision", "core_usage_report", "core_event"),
        "core_ledger_entry": (*EXPORTS, "core_source_file", "core_event"),
        "core_account": ("core_reconciliation", "core_ledger_entry"),
        "core_recovery_decision": ("core_ledger_entry",),
        "core_case_event": ("core_source_file", "core_event", "core_ledger_entry"),
        "core_recovery_case": (
            "core_round",
            "core_decision",
            "core_reconciliation",
            "core_ledger_entry",
            "core_account",
            "core_case_event",
        ),
        "core_candidate_ground": (
            "core_round",
            "core_decision",
            "core_usage_report",
            "core_reconciliation",
            "core_account",
            "core_case_event",
            "core_recovery_case",
        ),
        "core_todo": ("core_recovery_case",),
        "core_book_match": ("core_application", "core_booking", "core_ledger_entry", "core_unplaced"),
        "out_balance": ("core_account",),
        "out_cash": ("core_account", "core_event", "core_ledger_entry", "core_unplaced"),
        "out_revision": ("core_ledger_entry",),
        "out_book_by_year": ("core_book_match",),
        "out_receivable": ("core_round", "core_ledger_entry", "core_book_match"),
        "out_recovery_by_ground": ("core_recovery_decision",),
    },
    "evaluated": {
        "core_set_aside": ("core_row", "core_decision", "core_usage_report"),
        "out_grant_by_year": ("core_reconciliation", "core_set_aside"),
        "out_funds_by_year": ("core_decision", "core_event", "core_set_aside"),
        "out_application_by_year": ("core_application", "core_set_aside"),
        "out_annex": ("core_recipient", "core_decision", "core_reconciliation"),
        "out_indicator": ("core_decision", "core_answer", "core_reconciliation"),
        "out_grant_by_group": ("core_recipient", "core_decision", "core_reconciliation"),
        "out_indicator_by_group": ("core_recipient", "core_decision", "core_answer"),
        "out_measure_by_group": ("core_recipient", "core_decision", "core_answer"),
        "out_answer_check": ("core_round", "core_answer", "core_reconciliation"),
        "out_comparison": ("core_round", "core_answer"),
        "out_left_out": ("core_recipient", "core_answer", "core_reconciliation", "core_set_aside"),
    },
    "examined": {
        "core_finding": _examined(),
        "core_waiver": ("core_round", "core_finding"),
        "core_rule_result": ("core_round", "core_finding"),
        "core_task": (
            "core_todo",
            "core_unplaced",
            "core_book_match",
            "core_set_aside",
            "core_finding",
            "core_account",
        ),
        "core_not_reported": ("core_decision", "core_reconciliation"),
        "out_standing": ("core_task", "core_not_reported", "core_account"),
    },
    "published": {
        "out_table_cell": (ACCEPTED,),
        "out_across": (ACCEPTED,),
        "out_label": (ACCEPTED,),
        "out_question": (ACCEPTED,),
        "data_dictionary": (),
    },
}
"""Groups of tables, and of each table what it is made of."""

MADE_FROM = {table: parents for tables in GROUPS.values() for table, parents in tables.items()}
GROUP_OF = {table: group for group, tables in GROUPS.items() for table in tables}
ORDER = tuple(name for name in TopologicalSorter(MADE_FROM).static_order() if name in MADE_FROM)
"""The tables, each after those that it is made of."""

"""Every table of a round."""

from __future__ import annotations

from assets.tables import Tables, completed, in_round, table_of
from assets.written.computed import Computed, Record
from assets.written.figures import figure_tables
from assets.written.found import audit_tables
from assets.written.money import book_tables, case_tables, money_tables
from assets.written.received import core_tables, received_tables
from schemas.rules.rule import ruled_tables
from schemas.tables import FILLED_BY_FORMS, ROUND_TABLES
from schemas.tables.base import table_name

LOOKED_AT = frozenset((*ruled_tables(), *FILLED_BY_FORMS))
"""The tables whose rows are held against rules, and those that their breaches are led back to; no others stay."""


def tables_of(this: Computed) -> Tables:
    """Every table of the round. The last ones are about the others: what breaks a rule in them, and at which cell."""
    same = in_round(this.received.key)
    tables: Tables = {"core_answer": this.answers}
    looked_at: dict[str, list[Record]] = {}
    for part in (received_tables, core_tables, money_tables, case_tables, book_tables, figure_tables):
        for name, rows in part(this).items():
            records = completed(name, rows, same)
            tables[name] = table_of(name, records)
            if name in LOOKED_AT:
                looked_at[name] = records
    for name, rows in audit_tables(this, looked_at).items():
        tables[name] = table_of(name, completed(name, rows, same))
    return {name: tables[name] for name in map(table_name, ROUND_TABLES)}

"""Every table of a round."""

from __future__ import annotations

from assets.tables import Tables, completed, in_round, table_of
from assets.written.computed import Computed, Record
from assets.written.figures import figure_tables
from assets.written.found import audit_tables
from assets.written.money import book_tables, case_tables, money_tables
from assets.written.received import core_tables, received_tables
from schemas.tables import ROUND_TABLES
from schemas.tables.base import table_name


def tables_of(this: Computed) -> Tables:
    """Every table of the round. The last ones are about the others: what breaks a rule in them, and at which cell."""
    same = in_round(this.received.key)
    records: dict[str, list[Record]] = {}
    for part in (received_tables, core_tables, money_tables, case_tables, book_tables, figure_tables):
        records |= {name: completed(name, rows, same) for name, rows in part(this).items()}
    records |= {name: completed(name, rows, same) for name, rows in audit_tables(this, records).items()}
    tables = {name: table_of(name, rows) for name, rows in records.items()} | {"core_answer": this.answers}
    return {name: tables[name] for name in map(table_name, ROUND_TABLES)}

"""Every table of a round."""

from __future__ import annotations

from assets.domain.findings import Breaches, cells_of
from assets.domain.trials import TableTrials
from assets.released import look
from assets.tables import Tables, completed, in_round, table_of
from assets.written.computed import Computed
from assets.written.figures import figure_tables
from assets.written.found import audit_tables
from assets.written.money import book_tables, case_tables, money_tables
from assets.written.received import core_tables, received_tables
from assets.written.standing import standing_tables
from schemas.tables import FILLED_BY_FORMS, ROUND_TABLES
from schemas.tables.base import table_name


def tables_of(this: Computed) -> Tables:
    """Every table of the round. The last ones are about the others: what breaks a rule in them, and at which cell.

    Raises: Stop if something that tells of a person would be published.
    """
    same = in_round(this.received.key)
    tables: Tables = {"core_answer": this.answers}
    breaches = Breaches(cells_of(this.history.exports))
    tried = TableTrials()
    for part in (received_tables, core_tables, money_tables, case_tables, book_tables, figure_tables):
        for name, rows in sorted(part(this).items(), key=_forms_first):
            records = completed(name, rows, same)
            tables[name] = table_of(name, records)
            breaches.look(name, records)
            tried.look(name, records)
    audited = audit_tables(this, breaches.found(), tried)
    for name, rows in (audited | standing_tables(this, audited["core_finding"])).items():
        tables[name] = table_of(name, completed(name, rows, same))
    for name, table in tables.items():
        look(name, table)
    return {name: tables[name] for name in map(table_name, ROUND_TABLES)}


def _forms_first(part: tuple[str, object]) -> bool:
    return part[0] not in FILLED_BY_FORMS

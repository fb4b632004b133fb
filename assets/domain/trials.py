"""On how many things each rule was held, or why it could not be: a rule that nothing was held on has not passed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assets.domain.counting import LATE_RULE, REPLACED_RULE, UNDATED_RULE, Counted, one_row_per_identity
from assets.domain.placing import is_of_grant
from assets.domain.reading.by_case import BY_CASE, is_nameless
from assets.domain.reading.checks import Check, checks_of, tried_checks
from assets.domain.reading.corrections import Entry
from assets.domain.reading.forms import Export
from assets.domain.reading.registers import tried_in
from assets.domain.reading.rows import Row
from assets.domain.reading.totals import compared_totals
from assets.received import InputFile, Received
from schemas.configuration.programme import Programme
from schemas.rules.predicate import Records
from schemas.rules.rule import Rule, rules
from schemas.tables import ROUND_TABLES
from schemas.words.trials import AT_PUBLICATION, NOT_DECLARED, NOT_KNOWN, NOTHING_THERE

ACCEPT = "accept"
"""The policy under which no report is late."""

XML = (".xml", ".zip")


class Trial(NamedTuple):
    """On how many things a rule was held; of none, why."""

    held: int
    not_tried: str | None = None


@dataclass(frozen=True)
class Material:
    """What a round has that rules about rows, files and corrections are held on. `day`: on which it is told."""

    received: Received
    programme: Programme
    exports: Sequence[Export]
    counted: Sequence[Counted]
    log: Sequence[Entry]
    day: dt.date

    @cached_property
    def rows(self) -> list[Counted]:
        """The rows of data."""
        return [each for each in self.counted if each.row.is_data]

    @cached_property
    def told(self) -> list[Counted]:
        """Those whose cells are held against rules: not of a replaced file, not known later, no test and no draft."""
        return [each for each in self.rows if each.excluded_by in (None, UNDATED_RULE)]

    @cached_property
    def valid(self) -> list[Counted]:
        """Those that nothing but another row can keep from counting."""
        return [each for each in self.rows if each.is_valid]

    @cached_property
    def rivals(self) -> list[Counted]:
        """Those of which only one may count of each grant or respondent."""
        return [
            each
            for each in self.valid
            if one_row_per_identity(each.row.form)
            and not each.is_unplaced
            and (each.grant_id or each.row.respondent_id)
        ]

    @cached_property
    def workbooks(self) -> list[Export]:
        """The exports that are workbooks and not replaced."""
        return [export for export in self.exports if export.is_workbook and not export.is_replaced(self.day)]

    @cached_property
    def applied(self) -> list[Entry]:
        """The corrections that are in effect."""
        return [entry for entry in self.log if entry.is_applied]

    @property
    def has_policy(self) -> bool:
        """Whether a late report may be left out."""
        return self.programme.rounds[self.received.key.year].late_reports != ACCEPT


# -- rules about tables -----------------------------------------------------------------------------------------------
class TableTrials:
    """On how many rows each rule of a table is held, counted as the tables are made."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._there: Counter[str] = Counter()
        self._tried: Counter[str] = Counter()

    def look(self, table: str, rows: Records) -> None:
        """Count the rows of a table for the rules that are held on it."""
        for rule in (rule for rule in rules().values() if rule.tried and rule.tried.table == table):
            there = [row for row in rows if rule.tried and rule.tried.is_there(row)]
            self._there[rule.id] = len(there)
            self._tried[rule.id] = sum(rule.tried.is_known(row) for row in there if rule.tried)

    def of(self, rule: Rule) -> Trial:
        """What became of one of those rules."""
        return _trial(self._tried[rule.id], NOT_KNOWN if self._there[rule.id] else NOTHING_THERE)


def _trial(count: int, not_tried: str) -> Trial:
    return Trial(count, None if count else not_tried)


# -- rules about cells and rows ---------------------------------------------------------------------------------------
def cell_trials(this: Material) -> Counter[str]:
    """How often each check was held, by rule; 0 of those that some form calls for and no row has anything for."""
    found: Counter[str] = Counter()
    checks = {
        (export.path, each.name): checks_of(export, each, this.programme)
        for export in this.exports
        for each in export.versions
    }
    for each in checks.values():
        found.update(dict.fromkeys((check.rule for check in each), 0))
    for counted in this.told:
        found.update(_tried(counted.row, checks[counted.row.export.path, counted.row.line.version.name]))
    return found


def _tried(row: Row, checks: Sequence[Check]) -> Iterator[str]:
    """The rule of every check that a row was held against, once for each cell and each constraint."""
    return (rule for rule, _, _ in {(check.rule, check.slot, check.says) for check in tried_checks(row.line, checks)})


# -- rules about what was received as a whole -------------------------------------------------------------------------
Held = Callable[[Material, str], int | None]
"""How many things of a kind there are for a rule; None where nothing that the round declares calls for it."""


def _nameless(this: Material, _: str) -> int:
    return sum(is_nameless(each.row) or BY_CASE in each.row.faults for each in this.told)


def _about_grants(this: Material) -> Iterator[Counted]:
    return (each for each in this.valid if is_of_grant(each.row) and each.row.recipient_code and not _decides(each))


def _decides(each: Counted) -> bool:
    return "core_decision" in each.row.form.fills


def _states_a_case(each: Counted) -> bool:
    return bool(each.row.values.get("case_number") or each.parts)


def _bookings(this: Material, _: str) -> int:
    mine = (each for each in this.valid if each.is_accepted and "core_booking" in each.row.form.fills)
    return sum(each.row.recipient_code is not None and _states_a_case(each) for each in mine)


def _with_status(this: Material, rule: str) -> int | None:
    """Rows of the forms that tell so of a row; not those that are left out for another reason before it is asked."""
    forms = {export.form.form for export in this.exports if rule in (each.rule for each in export.form.excluded_when)}
    return sum(_is_asked(each) for each in this.rows if each.row.form.form in forms) if forms else None


def _is_asked(each: Counted) -> bool:
    return each.excluded_by in (None, UNDATED_RULE, LATE_RULE, each.row.set_aside_by)


def _supplements(this: Material, _: str) -> int | None:
    return sum(each.row.is_supplement for each in this.valid) if _has_supplements(this) else None


def _to_supplement(this: Material, _: str) -> int | None:
    mine = (each for each in this.valid if each.row.form.supplement_when and not each.row.is_supplement)
    return sum(1 for _ in mine) if _has_supplements(this) else None


def _has_supplements(this: Material) -> bool:
    return any(export.form.supplement_when for export in this.exports)


def _under_a_policy(this: Material, _: str) -> int | None:
    return sum(each.late is not None or each.is_undated for each in this.rows) if this.has_policy else None


def _dated_under_a_policy(this: Material, _: str) -> int | None:
    return sum(each.late is not None for each in this.rows) if this.has_policy else None


def _if_hidden(this: Material, does: str) -> int | None:
    """Rows of workbooks whose forms count hidden rows, or leave them out."""
    is_declared = does == "count" or any(export.form.hidden == does for export in this.exports)
    mine = (each for each in this.rows if each.row.export in this.workbooks and each.row.form.hidden == does)
    return sum(1 for _ in mine) if is_declared else None


def _merged(this: Material, _: str) -> int | None:
    return len([each for each in this.workbooks if each.form.merged == "fill"]) or None


def _totals(this: Material, _: str) -> int:
    rows: dict[str, list[Row]] = defaultdict(list)
    for each in this.counted:
        rows[each.row.export.path].append(each.row)
    return sum(len(list(compared_totals(export, rows[export.path], this.day))) for export in this.exports)


def _registers(this: Material) -> list[InputFile]:
    return [file for file in this.received.register.files if file.path in this.programme.registers]


MATERIAL: Mapping[str, Held] = {
    "unreadable_names": _nameless,
    "rivals": lambda this, _: len(this.rivals),
    "reports_that_came": lambda this, _: sum(each.row.export.is_report for each in this.rivals),
    "rows_about_grants": lambda this, _: sum(1 for _ in _about_grants(this)),
    "case_numbers": lambda this, _: sum(map(_states_a_case, _about_grants(this))),
    "bookings_of_cases": _bookings,
    "decisions_of_cases": lambda this, _: sum(_decides(each) and _states_a_case(each) for each in this.valid),
    "rows_with_status": _with_status,
    "supplements": _supplements,
    "reports_to_supplement": _to_supplement,
    "dated_reports": lambda this, _: sum(each.late is not None and each.is_accepted for each in this.rows),
    "dated_reports_under_a_policy": _dated_under_a_policy,
    "reports_under_a_policy": _under_a_policy,
    "rows_of_standing_files": lambda this, _: sum(each.excluded_by != REPLACED_RULE for each in this.rows),
    "received_rows": lambda this, _: len(this.rows),
    "received_decisions": lambda this, _: sum(map(_decides, this.told)),
    "received_reports": lambda this, _: sum(each.row.export.is_report for each in this.told),
    "exports": lambda this, _: len(this.received.files),
    "workbooks": lambda this, _: sum(export.is_workbook for export in this.exports),
    "sheets": lambda this, _: sum(len(export.file.sheets) for export in this.exports if export.is_workbook),
    "read_sheets": lambda this, _: len(this.workbooks),
    "rows_that_may_be_hidden": lambda this, _: _if_hidden(this, "count"),
    "rows_left_out_if_hidden": lambda this, _: _if_hidden(this, "exclude"),
    "sheets_with_filled_cells": _merged,
    "sheets_without_filled_cells": lambda this, _: sum(each.form.merged != "fill" for each in this.workbooks),
    "xml_files": lambda this, _: sum(file.path.endswith(XML) for file in this.received.files),
    "long_cells": lambda this, _: sum(len(export.sheet.continued) for export in this.exports),
    "replacing_files": lambda this, _: sum(file.card.replaces is not None for file in this.received.files),
    "forms": lambda this, _: len(this.programme.rounds[this.received.key.year].forms),
    "corrections": lambda this, _: len(this.applied),
    "corrections_by_key": lambda this, _: sum(entry.correction.key is not None for entry in this.applied),
    "split_corrections": lambda this, _: sum(entry.correction.split is not None for entry in this.applied),
    "tables": lambda *_: len(ROUND_TABLES),
    "registers": lambda this, _: len(_registers(this)) or None,
    "reference_files": lambda this, _: len(this.received.register.files) - len(_registers(this)),
    "totals": _totals,
}
"""How many there are of each kind that the round itself has, but for rows of registers."""


# -- all of them ------------------------------------------------------------------------------------------------------
def trials(this: Material, in_tables: TableTrials) -> dict[str, Trial]:
    """Every rule of an auditor's list, with on how many things it was held. Args: in_tables: those about tables."""
    in_cells, in_registers = cell_trials(this), tried_in(_registers(this))
    return {rule.id: _of(rule, this, in_tables, in_cells, in_registers) for rule in rules().values() if rule.tried}


def _of(
    rule: Rule, this: Material, in_tables: TableTrials, in_cells: Mapping[str, int], in_registers: Mapping[str, int]
) -> Trial:
    things = rule.tried.things if rule.tried else ""
    if things == "published_versions":
        return Trial(0, AT_PUBLICATION)
    if things in MATERIAL:
        count = MATERIAL[things](this, rule.id)
        return Trial(0, NOT_DECLARED) if count is None else _trial(count, NOTHING_THERE)
    if rule.holds:
        return in_tables.of(rule)
    is_declared = rule.id in in_cells or rule.id in in_registers
    count = in_cells.get(rule.id, 0) + in_registers.get(rule.id, 0)
    return _trial(count, NOTHING_THERE if is_declared else NOT_DECLARED)

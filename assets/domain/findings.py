"""Findings: what a person should know about what was received, each with the address of its cell and a sentence."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assets.domain.counting import ANOTHERS_RULE, UNDATED_RULE, Counted
from assets.domain.reading.cells import merged_in
from assets.domain.reading.checks import Check
from assets.domain.reading.forms import Export, column_letter, text_of
from assets.domain.reading.rows import Row, cell_of
from assets.domain.reading.sheets import address, spans
from assets.domain.reading.swallowed import doubtful_cells
from assets.domain.reading.totals import compared_totals
from assets.domain.same_case import REPLACED_DECISION, TIED_RULE
from assets.domain.shares import grouped
from assets.domain.waivers import covering, subject_of
from assets.received import RegisterFault
from schemas.configuration.layouts import plain
from schemas.configuration.programme import Waiver
from schemas.rules.predicate import Record, Records, failing
from schemas.rules.rule import Rule, catalogue_rules, consequences, received_rules, ruled_tables, rules
from schemas.tables import FILLED_BY_FORMS
from schemas.words.vocabulary import PERHAPS_NOT_CALCULATED

NOT_TOLD = "–"
ADDRESS = ("source_file", "source_sheet", "source_row", "source_column")
LATE_BUT_COUNTED = "late_report_accepted"
BOOKED_ON_ANOTHER = "booking_on_case_of_another"
OF_ANOTHER = (ANOTHERS_RULE, BOOKED_ON_ANOTHER)
BESIDE = (*OF_ANOTHER, REPLACED_DECISION, TIED_RULE)
"""Rules about a row and others, which they name."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found: by which rule, where, and in which words."""

    rule: str
    severity: str
    source_file: str | None
    source_sheet: str | None
    source_row: int | None
    source_column: str | None
    message_sv: str
    message_en: str
    recipient_code: str | None
    provenance: str

    @property
    def order(self) -> tuple[Any, ...]:
        """By address, then by rule; what is about a whole file or row comes before its cells."""
        return self.source_file or "", self.source_row or 0, self.source_column or "", self.rule, self.message_sv


def _finding(rule: Rule, values: Mapping[str, Any], provenance: str) -> Finding:
    """A finding in the words of its rule. Args: values: what the sentence may name, the address among them."""
    shown = {name: _shown(name, values.get(name)) for name in _named(rule.id)}
    address: dict[str, Any] = {name: values.get(name) for name in (*ADDRESS, "recipient_code")}
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message_sv=rule.message("sv", shown),
        message_en=rule.message("en", shown),
        provenance=provenance,
        **address,
    )


@cache
def _named(rule: str) -> tuple[str, ...]:
    """The values that the sentences of a rule name."""
    both = f"{rules()[rule].sv}{rules()[rule].en}"
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(both) if name))


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a cell of a table holds
    """A value as a person writes it."""
    if value is None:
        return NOT_TOLD
    is_number = isinstance(value, int) and not isinstance(value, bool) and name not in (*ADDRESS, "score")
    return grouped(value) if is_number else str(value)


# -- of received rows -------------------------------------------------------------------------------------------------
def in_rows(counted: Sequence[Counted], exports: Iterable[Export], day: dt.date) -> list[Finding]:
    """Everything that is wrong in received rows, in the totals below them, and with sheets."""
    rows: dict[str, list[Row]] = {}
    for each in counted:
        rows.setdefault(each.row.export.path, []).append(each.row)
    every = list(exports)
    totals = (found for export in every for found in of_totals(export, rows.get(export.path, []), day))
    marked = (found for export in every for found in of_file(export, rows.get(export.path, []), day))
    quotes = (found for export in every for found in of_quotes(export))
    return [*of_rows(counted), *totals, *quotes, *of_sheets(every), *marked]


def of_rows(counted: Iterable[Counted]) -> Iterator[Finding]:
    """What is wrong with the cells of rows that count, what decided the fate of whole rows, late reports that count."""
    told = {rule.id for rule in received_rules()}
    for each in counted:
        yield from (_of_row(each, rule, check) for rule, check in _broken(each) if rule in told)


def _broken(each: Counted) -> Iterator[tuple[str, Check | None]]:
    if each.excluded_by in (None, UNDATED_RULE):
        yield from ((fault.rule, fault) for fault in each.row.faults)
    if each.rule and not (each.excluded_by is None and each.row.broken_rule):
        yield each.rule, None
    if each.late and each.is_accepted:
        yield LATE_BUT_COUNTED, None
    if each.is_anothers and each.is_accepted:
        yield BOOKED_ON_ANOTHER, None


def _of_row(each: Counted, rule: str, check: Check | None) -> Finding:
    line = each.row.line
    match = line.match
    values = {
        "source_file": line.export.path,
        "source_sheet": line.export.sheet.name,
        "source_row": line.number,
        "source_column": check.column(line.version) if check else None,
        "header": check.header(line.version, line.export.form) if check else None,
        "written": line.texts.get(check.slot) if check else None,
        "unused_sek": each.row.values.get("unused_sek"),
        "name": each.row.name_as_reported,
        "official_name": match.official_name if match else None,
        "score": match.score if match else None,
        "suggestions": match.suggestions if match else None,
        "recipient_code": each.row.recipient_code,
        "case_number": each.row.values.get("case_number"),
        **_beside(each, rule),
    }
    return _finding(rules()[rule], values, each.row.provenance)


def _beside(each: Counted, rule: str) -> dict[str, str | None]:
    """The cells that a rule about several rows names, and whose the other rows are."""
    if rule not in BESIDE:
        return {}
    cells = ("case_number", "recipient_name") if rule in OF_ANOTHER else ("case_number",)
    version = each.row.line.version
    columns = [column_letter(version.positions[name]) for name in cells if name in version.positions]
    return {
        "source_column": "/".join(sorted(columns)) or None,
        "beside": ", ".join(cell_of(row, "case_number") for row in each.beside),
        "others": ", ".join(sorted({str(row.recipient_code) for row in each.beside})),
    }


def of_totals(export: Export, rows: Sequence[Row], day: dt.date) -> Iterator[Finding]:
    """A total row that is not the sum of the rows above it: an amount was changed, or a row is missing."""
    for row, slot, is_equal in compared_totals(export, rows, day):
        if not is_equal:
            yield _unequal(export, row, slot)


def _unequal(export: Export, row: Row, slot: str) -> Finding:
    return _in_cell("total_row_differs", export, row.number, row.line.version.positions[slot], row.provenance)


def _in_cell(rule: str, export: Export, row: int, at: int, provenance: str) -> Finding:
    """A finding about a cell by its place alone (row from 1, column from 0)."""
    headers = export.headers
    values = {
        "source_file": export.path,
        "source_sheet": export.sheet.name,
        "source_row": row,
        "source_column": column_letter(at),
        "header": plain(text_of(headers[at])) if at < len(headers) else None,
    }
    return _finding(rules()[rule], values, provenance)


def of_quotes(export: Export) -> Iterator[Finding]:
    """Quoted cells with lines that may be rows, in a file in which no column tells whether they are."""
    for each in doubtful_cells(export):
        yield _in_cell("rows_in_quotes_perhaps", export, each.row, each.column, export.file.card.reality)


def of_sheets(exports: Iterable[Export]) -> Iterator[Finding]:
    """Sheets of workbooks that hold something and that no form claims."""
    for export in exports:
        for sheet in unread_sheets(export):
            values = {"source_file": export.path, "source_sheet": sheet}
            yield _finding(rules()["sheet_not_read"], values, export.file.card.reality)


def unread_sheets(export: Export) -> list[str | None]:
    """The sheets of a file that hold something and were not read."""
    others = (sheet for sheet in export.file.sheets if sheet is not export.sheet)
    return [sheet.name for sheet in others if any(cell not in (None, "") for row in sheet.rows for cell in row)]


def of_register(faults: Iterable[RegisterFault]) -> list[Finding]:
    """What is wrong with the cells of the programme's own registers."""
    return [_finding(rules()[each.rule], _told_of(each), each.provenance) for each in faults]


def _told_of(fault: RegisterFault) -> dict[str, Any]:
    return {**vars(fault), "source_row": fault.row, "source_column": column_letter(fault.column)}


# -- of what a file says of its cells ---------------------------------------------------------------------------------
def of_file(export: Export, rows: Sequence[Row], day: dt.date) -> Iterator[Finding]:
    """What a file hides, merges, may not have calculated or declares badly, where its form reads it.

    A replaced file is past mending.
    """
    if export.is_replaced(day):
        return
    for rule, values in _marked(export, [row.number for row in rows if row.is_data]):
        about = {"source_file": export.path, "source_sheet": export.sheet.name, **values}
        yield _finding(rules()[rule], about, export.file.card.reality)


def _marked(export: Export, numbers: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each rule with what its sentence names. Args: numbers: the rows of data."""
    sheet, columns = export.sheet, {at for version in export.versions for at in version.positions.values()}
    if sheet.is_declared_badly:
        yield "declaration_broken", {}
    if sheet.is_hidden:
        yield "sheet_hidden", {}
    if hidden := sheet.hidden_columns & columns:
        yield "columns_hidden", {"columns": ", ".join(map(column_letter, sorted(hidden)))}
    if thousands := {each.positions[slot] for each in export.versions for slot in each.in_thousands}:
        yield "amounts_in_thousands", {"columns": ", ".join(map(column_letter, sorted(thousands)))}
    rows = sheet.hidden_rows.intersection(numbers)
    if rows and export.form.hidden == "count":
        yield "rows_hidden", {"rows": spans(rows), "source_row": min(rows)}
    for top, left, bottom, right in merged_in(sheet, export.last_header_row):
        cells = f"{address(top, left)}:{address(bottom, right)}"
        yield "cells_filled", {"cells": cells, "source_row": top, "source_column": column_letter(left)}
    data = set(numbers)
    unsure = [
        (row, at)
        for (row, at), word in sorted(sheet.oddities.items())
        if word == PERHAPS_NOT_CALCULATED and row in data and at in columns
    ]
    if unsure:
        row, at = unsure[0]
        named = {"cell": address(row, at), "count": len(unsure)}
        yield "formulas_not_sure", {**named, "source_row": row, "source_column": column_letter(at)}


# -- of tables --------------------------------------------------------------------------------------------------------
Cells = Mapping[tuple[str, str], str]
"""In which column of which file each field stands; in several where a file has several versions of its form."""


def of_tables(tables: Mapping[str, Records], cells: Cells) -> Iterator[Finding]:
    """Breaches of the catalogue's table rules, each led back to the received cell, in the words of its rule."""
    places = Places(tables)
    for table in ruled_tables():
        if table in tables:
            yield from _of_table(table, tables[table], tables, places, cells)


class Breaches:
    """What `of_tables` finds, looked for as the tables are made, so that not all of their rows are there at once.

    The rows of received forms come first, and stay: others refer to them, and breaches are led back to them.
    """

    def __init__(self, cells: Cells) -> None:
        """Look for breaches; `cells` as for `of_tables`."""
        self._cells = cells
        self._there: dict[str, Records] = {}
        self._places = Places(self._there)
        self._found: dict[str, list[Finding]] = {}

    def look(self, table: str, rows: Records) -> None:
        """Hold the rows of a table against its rules; those of forms when every form is there."""
        if table in FILLED_BY_FORMS:
            self._there[table] = rows
        elif table in ruled_tables():
            self._found[table] = self._of(table, rows)

    def found(self) -> list[Finding]:
        """Everything that was found, table by table in the order of the catalogue."""
        of_forms = {table: self._of(table, rows) for table, rows in self._there.items()}
        return [each for table in ruled_tables() for each in {**self._found, **of_forms}.get(table, ())]

    def _of(self, table: str, rows: Records) -> list[Finding]:
        return list(_of_table(table, rows, self._there, self._places, self._cells))


def _of_table(
    table: str, rows: Records, there: Mapping[str, Records], places: Places, cells: Cells
) -> Iterator[Finding]:
    for rule, row in failing(rows, catalogue_rules(table), there, consequences()):
        yield from _of_breach(rules()[rule.id], row, places, cells)


def _of_breach(rule: Rule, row: Record, places: Places, cells: Cells) -> Iterator[Finding]:
    field = rule.at.field if rule.at else None
    for place in places.of(rule, row):
        values = {**row, **place}
        column = cells.get((str(values.get("source_file")), field or ""))
        yield _finding(rule, values | {"source_column": column}, row["provenance"])


class Places:
    """Where the rows stand that rules of computed tables lead to: of the same grant, or else of the same recipient."""

    def __init__(self, tables: Mapping[str, Records]) -> None:
        """Look for them in these tables."""
        self._tables = tables
        self._found: dict[tuple[str, str], dict[Any, list[Record]]] = {}

    def of(self, rule: Rule, row: Record) -> list[Record]:
        """File, sheet and row of a breach: nothing of its own if the row has them, or the rule leads nowhere."""
        if "source_row" in row or not rule.at:
            return [{}]
        rows = self._tables[rule.at.table]
        key = "grant_id" if "grant_id" in row and rows and "grant_id" in rows[0] else "recipient_code"
        found = self._by(rule.at.table, key).get(row.get(key), [])
        return [{name: place[name] for name in ADDRESS[:3]} for place in found] or [{}]

    def _by(self, table: str, key: str) -> dict[Any, list[Record]]:
        if (table, key) not in self._found:
            found: dict[Any, list[Record]] = {}
            for place in self._tables[table]:
                found.setdefault(place.get(key), []).append(place)
            self._found[table, key] = found
        return self._found[table, key]


def cells_of(exports: Iterable[Export]) -> dict[tuple[str, str], str]:
    """In which columns of which file each field stands."""
    places: dict[tuple[str, str], set[int]] = {}
    for export in exports:
        for version in export.versions:
            for slot, at in version.positions.items():
                places.setdefault((export.path, slot), set()).add(at)
    return {key: "/".join(map(column_letter, sorted(columns))) for key, columns in places.items()}


# -- the list ---------------------------------------------------------------------------------------------------------
def numbered(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings in order of address, numbered from 1, as rows of raw_finding without its round columns."""
    ordered = sorted(found, key=lambda each: each.order)
    return [{"finding_no": number, **vars(each)} for number, each in enumerate(ordered, start=1)]


def waived(
    findings: Iterable[dict[str, Any]], waivers: Sequence[Waiver], cases: Mapping[tuple[str, int], str]
) -> list[dict[str, Any]]:
    """The findings with until when each is waived, why and by whom, as rows of core_finding; None where a rule stands.

    Args: waivers: those in force; cases: the case numbers that rows state, by file and row.
    """
    return [each | _waived(each, waivers, cases) for each in findings]


def _waived(
    found: Mapping[str, Any], waivers: Sequence[Waiver], cases: Mapping[tuple[str, int], str]
) -> dict[str, Any]:
    waiver = covering(waivers, found["rule"], subject_of(found["source_file"], found["source_row"], cases))
    return {
        "waived_until_date": waiver.expires if waiver else None,
        "waiver_reason": waiver.reason if waiver else None,
        "waived_by": waiver.by if waiver else None,
    }


def stated_cases(counted: Iterable[Counted]) -> dict[tuple[str, int], str]:
    """The case number that each row states, by file and row."""
    return {each.row.address: case for each in counted if (case := each.row.values.get("case_number"))}

"""Printed tables as cells: one tidy list for every table of every report, laid out as the report's YAML declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.evaluation.expressions import expression_of
from assets.domain.evaluation.left_out import TOGETHER
from assets.domain.evaluation.notes import Notes, Place
from assets.domain.evaluation.small_bases import Shown, shown
from schemas.configuration.indicators import Indicators
from schemas.configuration.programme import Programme
from schemas.configuration.questions import Base
from schemas.configuration.reports import NUMBERED_WITH, Report, ReportTable, TableColumn, TableRows
from schemas.words.vocabulary import EVERYONE, LANGUAGES, MEAN, SHARE, SUM

Record = Mapping[str, Any]
Tables = Mapping[str, Sequence[Record]]

READ = (
    "out_indicator",
    "out_indicator_by_group",
    "out_measure_by_group",
    "out_comparison",
    "out_grant_by_group",
    "out_grant_by_year",
    "out_funds_by_year",
    "out_application_by_year",
    "out_left_out",
)
"""The tables that a printed table can be laid out from."""

OPTION, CATEGORY = "option", "category"


@dataclass(frozen=True)
class Declared:
    """What a programme declares of its figures: groups and comparisons, whom questions are put to, the least base."""

    indicators: Indicators
    bases: Mapping[str, Base]
    least_base: int

    @classmethod
    def of(cls, programme: Programme) -> Declared:
        """That of a programme."""
        return cls(programme.indicators, programme.bases, programme.least_base)


def table_cells(programme: str, report: Report, tables: Tables, declared: Declared) -> Iterator[dict[str, Any]]:
    """All cells of a report's tables, as rows of table out_table_cell. Args: tables: those of READ, of all rounds."""
    mine = {name: [row for row in tables[name] if row["programme"] == programme] for name in READ}
    notes = Notes(mine["out_left_out"], declared.indicators.comparisons, declared.bases)
    for number, table in report.tables.items():
        rows = printed_rows(table.rows, mine, report)
        categories = {str(row["category"]) for row in rows if "category" in row}
        for at, (name, column) in enumerate(table.columns.items(), start=1):
            values = _values(table.rows, column, mine, report)
            people = _values(table.rows, column.model_copy(update={"measure": SHARE}), mine, report)
            for row_no, row in enumerate(rows, start=1):
                found = values.get(row["row_key"]), people.get(row["row_key"])
                of = shown(table.rows, column, *found, declared.least_base)
                note = _noted(of, notes.of(Place(table, of.column, row, categories), of.value))
                place = {"report": report.report, "table_no": number, "row_no": row_no, "base_count": of.base}
                expression = expression_of(table.rows, of.column, row["row_key"], declared.indicators)
                column_of = {"column_no": at, "column_name": name, "expression": expression}
                yield _cell(table, of.column, row, of.value) | note | place | {"programme": programme} | column_of


def _noted(of: Shown, note: dict[str, Any]) -> dict[str, Any]:
    """The note of a cell, after that of a count that stands in the place of a share."""
    said = {f"note_{each}": " ".join(filter(None, (of.notes[each], note[f"note_{each}"]))) for each in LANGUAGES}
    return note | {name: text or None for name, text in said.items()}


def _cell(table: ReportTable, column: TableColumn, row: Record, value: Record | None) -> dict[str, Any]:
    numbered = _is_numbered(table, row)
    named = {NUMBERED_WITH: (value or {}).get(NUMBERED_WITH)} if numbered else {}
    labels = {"column_label": column.sv, "column_label_en": column.en}
    return {
        "row_label": row["row_label"],
        "row_label_en": row["row_label_en"],
        **{name: _sentence(label, named) for name, label in labels.items()},
        "value": value[column.value] if value else None,
        "unit": column.unit,
        "provenance": value["provenance"] if value else row["provenance"],
    }


def _is_numbered(table: ReportTable, row: Record) -> bool:
    return NUMBERED_WITH in row and table.rows.kind != "table"


def _sentence(template: str, named: Record) -> str:
    return template.format_map({name: "–" if value is None else value for name, value in named.items()})


def printed_rows(rows: TableRows, tables: Tables, report: Report) -> list[dict[str, Any]]:
    """What a table has a row for, in printed order, each once: with its key, its labels and how real it is."""
    found: dict[Any, dict[str, Any]] = {}
    for row in sorted(_source(rows, tables, report), key=lambda row: _order(rows, row)):
        keyed = _keyed(rows, row)
        first = found.setdefault(keyed["row_key"], keyed)
        if first["provenance"] != keyed["provenance"]:
            first["provenance"] = "mixed"
    return list(found.values())


def _order(rows: TableRows, row: Record) -> tuple[Any, ...]:
    """Options by falling count, as declared where equal; categories by their number; years as they come."""
    match rows.kind:
        case "indicator":
            return -row["numerator"], row["option_no"]
        case "comparison":
            return (row["option_no"],)
        case "table":
            return (row["year"],)
        case _:
            return (row["option_no"],) if _by_option(rows) else (row["category_no"], row["category"])


def _keyed(rows: TableRows, row: Record) -> dict[str, Any]:
    if rows.kind == "table":
        key = sv = en = str(row["year"])
    else:
        what = OPTION if _by_option(rows) or rows.kind == "comparison" else CATEGORY
        key, sv, en = row[what], row[f"{what}_label_sv"], row[f"{what}_label_en"]
    return {**row, "row_key": key, "row_label": sv, "row_label_en": en}


def _by_option(rows: TableRows) -> bool:
    """Whether each row is an option; else it is a category of recipients or respondents."""
    return rows.kind == "indicator" or (rows.kind == "sum_of" and not rows.across)


def _source(rows: TableRows, tables: Tables, report: Report) -> list[Record]:
    """The figures that a table is laid out from."""
    if rows.kind == "table":
        return [row for row in tables[str(rows.table)] if row["year"] in report.rounds]
    if rows.kind == "comparison":
        compared = (row for row in tables["out_comparison"] if row["comparison"] == rows.comparison)
        return [row for row in compared if row["year"] in report.rounds]
    if rows.kind == "indicator":
        wanted = {"year": rows.year, "indicator": rows.indicator}
        return _where(tables["out_indicator"], wanted)
    if rows.kind == "grants_by":
        return _where(tables["out_grant_by_group"], {"year": rows.year, "across": rows.grants_by})
    measure, indicator = (MEAN, rows.mean_of) if rows.mean_of else (SUM, rows.sum_of)
    wanted = {"year": rows.year, "measure": measure, "indicator": indicator, "across": rows.across or EVERYONE}
    found = _where(tables["out_measure_by_group"], wanted)
    return [row for row in found if row["option"] == TOGETHER] if rows.across else found


def _where(rows: Sequence[Record], wanted: Record) -> list[Record]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def _values(rows: TableRows, column: TableColumn, tables: Tables, report: Report) -> dict[Any, Record]:
    """The figures of one column by the key of their row."""
    if column.category:
        wanted = {
            "indicator": rows.indicator,
            "year": rows.year,
            "across": column.across,
            "category": column.category,
            "measure": column.measure,
        }
        return {row[OPTION]: row for row in _where(tables["out_indicator_by_group"], wanted)}
    found = _source(rows, tables, report)
    if rows.kind == "comparison":
        found = [row for row in found if row["year"] == column.year]
    return {_keyed(rows, row)["row_key"]: row for row in found}

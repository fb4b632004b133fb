"""Printed tables as cells: one tidy frame for every table of every report, laid out as the report's YAML declares."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from assets.domain.frames import Frame, constant, sentence, summed
from assets.domain.indicators import TOGETHER
from schemas.configuration.reports import NUMBERED_WITH, Report, ReportTable, TableColumn, TableRows
from schemas.words.vocabulary import EVERYONE, MEAN, SUM

READ = (
    "out_indicator",
    "out_indicator_by_group",
    "out_measure_by_group",
    "out_comparison",
    "out_grant_by_group",
    "out_grant_by_year",
    "out_funds_by_year",
    "out_application_by_year",
)
"""The tables that a printed table can be laid out from."""

OPTION = ("option", "option_label_sv", "option_label_en")
CATEGORY = ("category", "category_label_sv", "category_label_en")


def table_cells(programme: str, report: Report, tables: Mapping[str, Frame]) -> list[Frame]:
    """All cells of a report's tables, one frame per printed column, as table out_table_cell.

    Args: the tables of READ, of all accepted rounds.
    """
    mine = {name: tables[name].filter(nw.col("programme") == programme) for name in READ}
    return [
        _cells(report, number, at, mine) for number, table in report.tables.items() for at in range(len(table.columns))
    ]


def _cells(report: Report, number: int, at: int, tables: Mapping[str, Frame]) -> Frame:
    table = report.tables[number]
    name, column = list(table.columns.items())[at]
    values = _values(table.rows, column, tables, report)
    rows = _numbered(table, tables, report).join(values, on="row_key", how="left")
    named = [NUMBERED_WITH] if NUMBERED_WITH in rows.collect_schema().names() else []
    return rows.select(
        "programme",
        "row_no",
        "row_label",
        "row_label_en",
        provenance=nw.coalesce(nw.col("provenance_of_value"), nw.col("provenance")),
        report=constant(report.report, "programme"),
        table_no=constant(number, "row_no"),
        column_no=constant(at + 1, "row_no"),
        column_name=constant(name, "programme"),
        column_label=sentence(column.sv, named, "programme"),
        column_label_en=sentence(column.en, named, "programme"),
        value=nw.col(column.value),
        unit=constant(column.unit, "programme"),
    )


def _numbered(table: ReportTable, tables: Mapping[str, Frame], report: Report) -> Frame:
    """The table's rows in printed order (programme, provenance, row_key, row_no, labels)."""
    rows, order = _rows(table.rows, tables, report)
    distinct = summed(rows, ["programme", "row_key", "row_label", "row_label_en", *order], {})
    numbered = distinct.with_row_index("row_no", order_by=order)
    return numbered.drop(*order).with_columns(row_no=nw.col("row_no").cast(nw.Int64) + 1)


def _rows(rows: TableRows, tables: Mapping[str, Frame], report: Report) -> tuple[Frame, list[str]]:
    """What a table has a row for, and by which columns the rows are ordered."""
    found = _source(rows, tables, report)
    match rows.kind:
        case "indicator":  # options by falling count, as declared where equal
            return _keyed(found.with_columns(falling=0 - nw.col("numerator")), OPTION), ["falling", "option_no"]
        case "comparison":
            return _keyed(found, OPTION), ["option_no"]
        case "sum_of" if not rows.across:
            return _keyed(found, OPTION), ["option_no"]
        case "table":
            return _of_years(found), ["year"]
        case _:
            return _keyed(found, CATEGORY), ["category_no", "category"]


def _source(rows: TableRows, tables: Mapping[str, Frame], report: Report) -> Frame:
    """The figures that a table is laid out from."""
    if rows.kind == "table":
        return tables[str(rows.table)].filter(nw.col("year").is_in(list(report.rounds)))
    if rows.kind == "comparison":
        covered = nw.col("year").is_in(list(report.rounds))
        return tables["out_comparison"].filter(covered & (nw.col("comparison") == rows.comparison))
    of_year = nw.col("year") == rows.year
    if rows.kind == "indicator":
        return tables["out_indicator"].filter(of_year & (nw.col("indicator") == rows.indicator))
    if rows.kind == "grants_by":
        return tables["out_grant_by_group"].filter(of_year & (nw.col("across") == rows.grants_by))
    measure, indicator = (MEAN, rows.mean_of) if rows.mean_of else (SUM, rows.sum_of)
    chosen = (nw.col("measure") == measure) & (nw.col("indicator") == indicator)
    found = tables["out_measure_by_group"].filter(of_year & chosen & (nw.col("across") == (rows.across or EVERYONE)))
    return found.filter(nw.col("option") == TOGETHER) if rows.across else found


def _values(rows: TableRows, column: TableColumn, tables: Mapping[str, Frame], report: Report) -> Frame:
    """The figures of one column (row_key, provenance_of_value, the value, and the denominator if it has one)."""
    found = _source(rows, tables, report)
    if rows.kind == "table":
        found = _of_years(found)
    elif rows.kind == "comparison":
        found = _keyed(found.filter(nw.col("year") == column.year), OPTION)
    elif column.category:
        grouped = (nw.col("indicator") == rows.indicator) & (nw.col("year") == rows.year)
        group = (nw.col("across") == column.across) & (nw.col("category") == column.category)
        shares = tables["out_indicator_by_group"].filter(grouped & group & (nw.col("measure") == column.measure))
        found = shares.with_columns(row_key=nw.col("option"))
    else:
        found = found.with_columns(row_key=nw.col(OPTION[0] if _by_option(rows) else CATEGORY[0]))
    named = [NUMBERED_WITH] if NUMBERED_WITH in found.collect_schema().names() else []
    wanted = dict.fromkeys([column.value, *named])
    return found.select("row_key", *wanted, provenance_of_value=nw.col("provenance"))


def _by_option(rows: TableRows) -> bool:
    """Whether each row is an option; else it is a category of recipients or respondents."""
    return rows.kind == "indicator" or (rows.kind == "sum_of" and not rows.across)


def _keyed(rows: Frame, columns: tuple[str, str, str]) -> Frame:
    key, sv, en = map(nw.col, columns)
    return rows.with_columns(row_key=key, row_label=sv, row_label_en=en)


def _of_years(rows: Frame) -> Frame:
    year = nw.col("year").cast(nw.String)
    return rows.with_columns(row_key=year, row_label=year, row_label_en=year)

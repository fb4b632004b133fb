"""Printed tables as cells: one tidy frame for every table of every report, laid out as the report's YAML declares."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import Frame, constant, sentence
from schemas.reports import NUMBERED_WITH, Report, ReportTable


def table_cells(programme: str, report: Report, indicators: Frame, by_year: Frame) -> list[Frame]:
    """All cells of a report's tables, one frame per printed column, as table out_table_cell.

    Args: out_indicator and out_grant_by_year of all accepted rounds.
    """
    mine = indicators.filter(nw.col("programme") == programme)
    years = by_year.filter((nw.col("programme") == programme) & nw.col("year").is_in(list(report.rounds)))
    return [
        cells
        for number, table in report.tables.items()
        for cells in _columns(report.report, number, table, _rows(table, mine, years))
    ]


def _rows(table: ReportTable, indicators: Frame, by_year: Frame) -> Frame:
    """The table's rows in printed order: options by falling count (as declared where equal), or years."""
    if table.rows.indicator:
        chosen = (nw.col("indicator") == table.rows.indicator) & (nw.col("year") == table.rows.year)
        rows = indicators.filter(chosen).with_columns(
            falling=0 - nw.col("numerator"), row_label=nw.col("option_label_sv"), row_label_en=nw.col("option_label_en")
        )
        return _in_order(rows, ["falling", "option_no"])
    year = nw.col("year").cast(nw.String)
    return _in_order(by_year.with_columns(row_label=year, row_label_en=year), ["year"])


def _in_order(rows: Frame, order: list[str]) -> Frame:
    return rows.with_row_index("row_no", order_by=order).with_columns(row_no=nw.col("row_no").cast(nw.Int64) + 1)


def _columns(report: str, number: int, table: ReportTable, rows: Frame) -> list[Frame]:
    named = [NUMBERED_WITH] if table.rows.indicator else []
    return [
        rows.select(
            "programme",
            "row_no",
            "row_label",
            "row_label_en",
            "provenance",
            report=constant(report, "programme"),
            table_no=constant(number, "row_no"),
            column_no=constant(at, "row_no"),
            column_name=constant(name, "programme"),
            column_label=sentence(column.sv, named, "programme"),
            column_label_en=sentence(column.en, named, "programme"),
            value=nw.col(column.value),
            unit=constant(column.unit, "programme"),
        )
        for at, (name, column) in enumerate(table.columns.items(), start=1)
    ]

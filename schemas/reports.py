"""What a report prints: its tables, where their rows come from, and their columns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from schemas.declared import Declared, Label


class TableRows(Declared):
    """Where a printed table's rows come from: the options of an indicator in one year, or a table's years."""

    indicator: str | None = None
    year: int | None = None
    table: Literal["out_grant_by_year"] | None = None


class TableColumn(Label):
    """One column of a printed table: which value, in which unit."""

    value: str
    unit: Literal["sek", "percent", "count"]


class ReportTable(Declared):
    """One printed table."""

    title: Label
    rows: TableRows
    row_header: Label
    columns: dict[Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")], TableColumn]


class Report(Declared):
    """A report: which rounds it covers, and its tables by number."""

    report: str
    title: Label
    rounds: tuple[int, ...]
    annex: int
    tables: dict[int, ReportTable]

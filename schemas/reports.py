"""What a report prints: its tables, where their rows come from, and their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import pyarrow as pa
from pydantic import StringConstraints
from pydantic_core import InitErrorDetails

from schemas import project
from schemas.declared import Declared, Label, Loc, Reference, fault, named_twice, stray_braces
from schemas.tables import TABLES

OF_INDICATORS = "out_indicator"
"""The table that an indicator's rows are taken from."""

NUMBERED_WITH = "denominator"
"""What may stand in braces in a column's label, where the rows are an indicator's."""


class TableRows(Declared):
    """Where a printed table's rows come from: the options of an indicator in one year, or a table's years."""

    indicator: str | None = None
    """A question whose options are the rows; `year` goes with it."""
    year: int | None = None
    """The round whose answers are counted."""
    table: Literal["out_grant_by_year"] | None = None
    """A table with one row per round, instead of an indicator."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """Rows of both kinds, of none, or of an indicator in no year."""
        if (self.indicator is None) == (self.table is None) or (self.indicator is None) != (self.year is None):
            yield fault("rows_unclear", ())


class TableColumn(Label):
    """One column of a printed table: which value, in which unit."""

    value: str
    """The figure that is printed: a column of the table, or of `out_indicator`."""
    unit: Literal["sek", "percent", "count"]
    """What it is measured in."""


class ReportTable(Declared):
    """One printed table."""

    title: Label
    """What is printed above the table."""
    rows: TableRows
    """Where its rows come from."""
    row_header: Label
    """What is printed above the first column."""
    columns: dict[Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")], TableColumn]
    """Its columns from left to right, named as in the SQL view. `{denominator}` in a text is the base's number."""

    def references(self) -> Iterator[Reference]:
        """The figures that its columns print."""
        schema = project.arrow_schema(TABLES[self.rows.table or OF_INDICATORS])
        figures = [column.name for column in schema if pa.types.is_integer(column.type)]
        for name, column in self.columns.items():
            yield Reference("figure", ("columns", name, "value"), column.value, figures)

    def faults(self) -> Iterator[InitErrorDetails]:
        """Labels that name what the rows do not have."""
        allowed = [NUMBERED_WITH] if self.rows.indicator else []
        for name, column in self.columns.items():
            for language, text in (("sv", column.sv), ("en", column.en)):
                at: Loc = ("columns", name, language)
                if stray_braces(text, *allowed):
                    yield fault("label_braces", at, name=name, allowed=NUMBERED_WITH)


class Report(Declared):
    """A report: which rounds it covers, and its tables by number."""

    report: str
    """The report's id. One file holds one report."""
    title: Label
    """What is printed above it."""
    rounds: tuple[int, ...]
    """The rounds that it covers."""
    annex: int
    """The round whose recipients are listed in the annex."""
    tables: dict[int, ReportTable]
    """Its tables by number."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """Rounds that stand twice."""
        return named_twice(self.rounds, ("rounds",))

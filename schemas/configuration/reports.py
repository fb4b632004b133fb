"""What a report prints: its tables, where their rows come from, and their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

import pyarrow as pa
from pydantic import StringConstraints
from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Label, Loc, Reference, fault, named_twice, stray_braces
from schemas.configuration.indicators import Dimension
from schemas.tables import TABLES, project

YearTable = Literal["out_grant_by_year", "out_funds_by_year", "out_application_by_year"]

ROW_SOURCES = {
    "indicator": "out_indicator",
    "comparison": "out_comparison",
    "mean_of": "out_measure_by_group",
    "sum_of": "out_measure_by_group",
    "grants_by": "out_grant_by_group",
    "table": "",
}
"""Where the rows of a printed table may come from, and the table that each is taken from."""

NUMBERED_WITH = "denominator"
"""What may stand in braces in a column's label, where the rows are an indicator's."""

PRINTED_WITH = ("row_no", "row_label", "row_label_en", "row_left_out_count", "note_sv", "note_en", "provenance")
"""What a printed table has beside its columns."""


OF_CHANGE = re.compile(
    r"\b(?:ökat|ökar|ökning\w*|minskat|minskar|minskning\w*|förändr\w*|fler|färre|stigit|sjunkit"
    r"|increas\w*|decreas\w*|chang\w*|rise|risen|fall|fallen|more|fewer)\b",
    re.IGNORECASE,
)
"""What no label of a comparison may say: its columns show years, and whether they can be compared is another matter."""


class TableRows(Declared):
    """Where a printed table's rows come from: the options of an indicator in one year, or a table's years."""

    indicator: str | None = None
    """A question whose options are the rows, by falling count; `year` goes with it."""
    comparison: str | None = None
    """A comparison of `indicators.yaml` whose common options are the rows; each column names its year."""
    mean_of: str | None = None
    """A rating whose mean is shown for each category of `across`; `year` goes with it."""
    sum_of: str | None = None
    """Amounts whose sum is shown for each category of `across`, or else for each option; `year` goes with it."""
    grants_by: Dimension | None = None
    """What the recipients are broken down by: each category is a row; `year` goes with it."""
    table: YearTable | None = None
    """A table with one row per round, instead of one of these."""
    year: int | None = None
    """The round whose answers are counted."""
    across: str | None = None
    """The dimension or the question that a mean or a sum is broken down by; without it, all recipients are together."""

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(kind for kind in ROW_SOURCES if getattr(self, kind))

    @property
    def source(self) -> str:
        """The table that the figures are taken from."""
        return self.table or ROW_SOURCES[self.kind]

    def faults(self) -> Iterator[InitErrorDetails]:
        """Rows of several kinds, of none, or without the year that goes with them."""
        kinds = [kind for kind in ROW_SOURCES if getattr(self, kind)]
        needs_year = kinds not in (["comparison"], ["table"])
        if len(kinds) != 1 or needs_year != (self.year is not None):
            yield fault("rows_unclear", ())


class TableColumn(Label):
    """One column of a printed table: which value, in which unit."""

    value: str
    """The figure that is printed: a column of the table that the rows are taken from."""
    unit: Literal["sek", "percent", "count", "hundredths"]
    """What it is measured in."""
    year: int | None = None
    """Of a comparison: the round that the column shows."""
    category: str | None = None
    """Of an indicator: the column shows only those in this category of `across`, from `out_indicator_by_group`."""
    across: str | None = None
    """The dimension or the question that the category belongs to."""
    measure: Literal["share", "share_of_money"] = "share"
    """Whether the category's share is of recipients or of what they were granted."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """A category of nothing, or a breakdown without its category."""
        if (self.category is None) != (self.across is None):
            yield fault("category_unclear", ())


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
        for name, column in self.columns.items():
            source = "out_indicator_by_group" if column.category else self.rows.source
            schema = project.arrow_schema(TABLES[source])
            figures = [each.name for each in schema if pa.types.is_integer(each.type)]
            yield Reference("figure", ("columns", name, "value"), column.value, figures)

    def faults(self) -> Iterator[InitErrorDetails]:
        """Labels that name what the rows do not have, or say that years which stand side by side have changed."""
        yield from self._words_of_change() if self.rows.comparison else ()
        for name, column in self.columns.items():
            if name in PRINTED_WITH:
                yield fault("column_name_taken", ("columns", name), name=name)
            allowed = [NUMBERED_WITH] if self.rows.kind in ("indicator", "comparison") else []
            if (self.rows.kind == "comparison") != (column.year is not None):
                yield fault("column_year_unclear", ("columns", name), name=name)
            for language, text in (("sv", column.sv), ("en", column.en)):
                at: Loc = ("columns", name, language)
                if stray_braces(text, *allowed):
                    yield fault("label_braces", at, name=name, allowed=NUMBERED_WITH)

    def _words_of_change(self) -> Iterator[InitErrorDetails]:
        headed: dict[Loc, Label] = {("title",): self.title, ("row_header",): self.row_header}
        labels = headed | {("columns", name): column for name, column in self.columns.items()}
        for at, label in labels.items():
            for language, said in (("sv", label.sv), ("en", label.en)):
                if found := OF_CHANGE.search(said):
                    yield fault("words_of_change", (*at, language), name=found[0])


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

"""What a report prints: its tables, where their rows come from, and their columns."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from schemas.declared import Declared, Label
from schemas.indicators import Dimension


class TableRows(Declared):
    """Where a printed table's rows come from: exactly one of these, and of one year where it says so.

    `indicator`: the options of a question, by falling count. `comparison`: the common options of a comparison, as
    declared; its columns name years. `mean_of`, `sum_of`: the categories that a rating or amounts are broken down by
    (`across`; all respondents together where it is not said). `grants_by`: the recipients by what they are. `table`:
    the report's years.
    """

    indicator: str | None = None
    comparison: str | None = None
    mean_of: str | None = None
    sum_of: str | None = None
    grants_by: Dimension | None = None
    table: Literal["out_grant_by_year", "out_funds_by_year", "out_application_by_year"] | None = None
    year: int | None = None
    across: str | None = None

    @property
    def kind(self) -> str:
        """Which of them it is."""
        kinds = ("indicator", "comparison", "mean_of", "sum_of", "grants_by", "table")
        return next(kind for kind in kinds if getattr(self, kind))

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        places = (self.indicator, self.comparison, self.mean_of, self.sum_of, self.grants_by, self.table)
        if sum(place is not None for place in places) != 1:
            raise ValueError("rows come from exactly one of indicator, comparison, mean_of, sum_of, grants_by, table")
        if self.year is None and not (self.comparison or self.table):
            raise ValueError("rows of this kind are of one year: say which, as year")
        return self


class TableColumn(Label):
    """One column of a printed table: which value, in which unit.

    `year`: of a comparison. `across` and `category`: an indicator's share among those only, by `measure`.
    """

    value: str
    unit: Literal["sek", "percent", "count", "hundredths"]
    year: int | None = None
    across: str | None = None
    category: str | None = None
    measure: Literal["share", "share_of_money"] = "share"


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

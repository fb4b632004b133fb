"""Years that cannot be compared: they stand side by side, each with whom it is of and how many, and with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.reports.swedish import formatted
from schemas.configuration.programme import Programme
from schemas.configuration.reports import ReportTable
from schemas.texts.catalogue import text

Row = Mapping[str, Any]


def side_by_side(programme: Programme, table: ReportTable, compared: Sequence[Row]) -> Iterator[str]:
    """What stands below a table of years that cannot be compared, in Swedish; nothing below any other.

    Args: compared: the rows of out_comparison of the programme.
    """
    years = {column.year for column in table.columns.values()}
    mine = [row for row in compared if row["comparison"] == table.rows.comparison and row["year"] in years]
    reasons = dict.fromkeys(row["why_not_sv"] for row in mine if not row["is_comparable"])
    if reasons:
        bases = (
            _year(programme, year, [row for row in mine if row["year"] == year]) for year in sorted(filter(None, years))
        )
        yield text("side_by_side", "sv").format(bases=" ".join(bases), why=" ".join(reasons))


def _year(programme: Programme, year: int, rows: Sequence[Row]) -> str:
    bases = {row["base"] for row in rows if row["base"]}
    counts = sorted({row["denominator"] for row in rows if row["denominator"] is not None})
    if not counts:
        return text("side_by_side_not_asked", "sv").format(year=year)
    called = ", ".join(programme.bases[base].sv for base in sorted(bases))
    count = "–".join(map(formatted, dict.fromkeys([counts[0], counts[-1]])))
    return text("side_by_side_year", "sv").format(year=year, base=called, count=count)

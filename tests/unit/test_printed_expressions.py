"""Every printed cell carries the expression that it is: evaluated over the same tables, it is what the cell shows."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pyarrow as pa
import pytest

from assets.domain.evaluation.expressions import (
    BY_YEAR,
    OF_AMOUNTS,
    OF_ANSWERS,
    OF_GROUP,
    OF_MONEY,
    OF_RATINGS,
    expression_of,
)
from assets.domain.evaluation.printed import READ, Declared, table_cells
from assets.domain.figures.evaluation import evaluated
from assets.domain.figures.leaving import provenance
from assets.domain.figures.lineage import Lineage
from assets.domain.figures.world import World
from assets.received import RoundKey
from assets.spanning import spanning
from pipelines.documentation.figures import written
from pipelines.inquiries.computed import computed
from pipelines.readers.raw_folder import RawFolder
from pipelines.settings import raw_folder
from schemas.configuration import catalogue
from schemas.configuration.indicators import Indicators
from schemas.configuration.reports import Report, TableColumn, TableRows, YearTable
from tests.figures import Records, world_of

Cell = dict[str, Any]
LABEL = {"sv": "x", "en": "x"}
UNITS = {"_sek": "sek", "_count": "count", "percent": "percent"}


@cache
def published(name: str) -> dict[str, Records]:
    """The tables of a programme's rounds in the sample."""
    folder, rounds = RawFolder(raw_folder()), catalogue.programme(name).rounds
    tables = [computed(folder, RoundKey(name, year), None) for year in rounds]
    whole = {table: pa.concat_tables([each[table] for each in tables]) for table in tables[0]}
    return {table: each.to_pylist() for table, each in (whole | spanning(whole.__getitem__)).items()}


@cache
def world(name: str) -> World:
    """What expressions of a programme are evaluated over."""
    return world_of(published(name))


def shown(cell: Cell) -> tuple[int | None, str]:
    """What the expression of a cell comes to, in the cell's unit, and how real it is; unknown rests on nothing."""
    found = evaluated(cell["expression"], world(cell["programme"]))
    Lineage(world(cell["programme"])).cells(found)
    return found.in_cell(cell["unit"]), provenance(found) or cell["provenance"]


@pytest.mark.parametrize("programme", catalogue.programme_names())
def test_the_expression_of_every_printed_cell_of_the_sample_gives_the_cell(programme: str):
    cells = published(programme)["out_table_cell"]
    assert cells
    for cell in cells:
        assert shown(cell) == (cell["value"], cell["provenance"]), cell["expression"]


# -- what other reports may print -------------------------------------------------------------------------------------
def report_of(programme: str, *tables: tuple[dict[str, Any], dict[str, dict[str, Any]]]) -> Report:
    years = tuple(catalogue.programme(programme).rounds)
    numbered = {
        number: {
            "title": LABEL,
            "row_header": LABEL,
            "rows": rows,
            "columns": {k: LABEL | v for k, v in columns.items()},
        }
        for number, (rows, columns) in enumerate(tables, 1)
    }
    return Report.model_validate(
        {"report": "r", "title": LABEL, "rounds": years, "annex": years[-1], "tables": numbered}
    )


def column(value: str, **more: Any) -> dict[str, Any]:
    unit = next((unit for suffix, unit in UNITS.items() if value.endswith(suffix)), "count")
    return {"value": value, "unit": unit} | more


def wanted(programme: str) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]]]]:
    """Every kind of rows with every value that has an expression, of everything that the programme declares."""
    declared = catalogue.programme(programme)
    for table in get_args(YearTable):
        yield {"table": table}, {name: column(name) for name in BY_YEAR[table]}
    for year in declared.rounds:
        for across in declared.indicators.grants_by:
            yield {"grants_by": across, "year": year}, {name: column(name) for name in OF_GROUP}
        for question, spec in declared.indicators.indicators.items():
            for across in (None, *spec.by, *spec.across):
                yield from _of_question(question, spec.measures, across, year)
    for name in declared.indicators.comparisons:
        columns = {f"{each}_{year}": column(each, year=year) for year in declared.rounds for each in COMPARED}
        yield {"comparison": name}, columns


COMPARED = ("numerator", "denominator", "percent")


def _of_question(question: str, measures: tuple[str, ...], across: str | None, year: int) -> Iterator[Any]:
    for kind, of in (("mean", OF_RATINGS), ("sum", OF_AMOUNTS)):
        if kind in measures:
            units = {"value": "hundredths" if kind == "mean" else "sek", "total": "sek"}
            rows = {f"{kind}_of": question, "year": year} | ({"across": across} if across else {})
            yield rows, {name: column(name) | {"unit": units.get(name, "count")} for name in of}
    if across is None:
        yield {"indicator": question, "year": year}, {name: column(name) for name in OF_ANSWERS}
        return
    found = {
        (row["measure"], row["category"])
        for row in published(_programme_of(question))["out_indicator_by_group"]
        if (row["indicator"], row["across"], row["year"]) == (question, across, year)
    }
    for number, (measure, category) in enumerate(sorted(found)):
        of = {"across": across, "category": category, "measure": measure}
        yield (
            {"indicator": question, "year": year},
            {f"{name}_{number}": column(name, **of) for name in OF_MONEY},
        )


def _programme_of(question: str) -> str:
    names = catalogue.programme_names()
    return next(name for name in names if question in catalogue.programme(name).indicators.indicators)


@pytest.mark.parametrize("programme", catalogue.programme_names())
def test_whatever_a_report_may_print_has_an_expression_that_gives_it(programme: str):
    tables = {name: published(programme)[name] for name in READ}
    report = report_of(programme, *wanted(programme))
    cells = list(table_cells(programme, report, tables, Declared.of(catalogue.programme(programme))))
    assert len(cells) > 100
    wrong = [
        (cell["expression"], cell["value"], found)
        for cell in cells
        if cell["value"] != (found := shown(cell)[0]) and not _has_no_row(cell)
    ]
    assert wrong == []


def _has_no_row(cell: Cell) -> bool:
    """Of a category that nobody of an option is in there is no row, so the cell is empty, though zero is known."""
    return cell["value"] is None and "among=" in cell["expression"]


@pytest.mark.parametrize("expression", [each["expression"] for each in written()["examples"]])
def test_every_example_of_the_page_is_a_figure_that_is_known(expression: str):
    assert evaluated(expression, world("stadigvarande-boende")).value is not None


def test_a_bound_has_no_expression():
    rows = TableRows.model_validate({"indicator": "cooperation", "year": 2023})
    bound = TableColumn.model_validate(LABEL | {"value": "lowest_percent", "unit": "percent"})
    assert expression_of(rows, bound, "authority", Indicators()) is None


def test_a_word_that_python_has_for_something_else_stands_in_quotes():
    rows = TableRows.model_validate({"indicator": "class", "year": 2023})
    count = TableColumn.model_validate(LABEL | {"value": "numerator", "unit": "count"})
    assert expression_of(rows, count, "not", Indicators()) == 'count(answered(2023, "class", any=["not"]))'

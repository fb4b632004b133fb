"""Printed tables as cells: which rows, in which order, with which figures."""

from typing import Any

from assets.domain.evaluation.printed import READ, Declared, table_cells
from schemas.configuration.indicators import Indicators
from schemas.configuration.reports import Report
from tests.rows import KEY, records

LABEL = {"sv": "x", "en": "x"}
COUNT = {
    "count": {"value": "numerator", "unit": "count", "sv": "Antal (N={denominator})", "en": "Count (N={denominator})"}
}
SHARE = {"share": {"value": "percent", "unit": "percent", "sv": "Andel", "en": "Share"}}
UNUSED = {"unused": {"value": "unused_sek", "unit": "sek", "sv": "Oanvänt", "en": "Unused"}}
SUM = {"sum": {"value": "value", "unit": "sek", "sv": "Kr", "en": "SEK"}}
REPORT = Report.model_validate(
    {
        "report": "r",
        "title": LABEL,
        "rounds": [2022, 2023],
        "annex": 2023,
        "tables": {
            1: {
                "title": LABEL,
                "rows": {"indicator": "q", "year": 2023},
                "row_header": LABEL,
                "columns": {**COUNT, **SHARE},
            },
            2: {"title": LABEL, "rows": {"table": "out_grant_by_year"}, "row_header": LABEL, "columns": UNUSED},
            3: {"title": LABEL, "rows": {"sum_of": "a", "year": 2023}, "row_header": LABEL, "columns": SUM},
            4: {
                "title": LABEL,
                "rows": {"sum_of": "a", "across": "group", "year": 2023},
                "row_header": LABEL,
                "columns": SUM,
            },
        },
    }
)


def _table(name: str, *said: dict[str, Any], **same: Any) -> list[dict[str, Any]]:
    """Rows of a table; which round each is of it says itself, or else it is of the one that all are of."""
    rows = records(name, *said, **same)
    own = [{key: row[key] for key in ("programme", "year") if key in row} for row in said]
    return [row | of for row, of in zip(rows, own, strict=True)]


SHARED = {"indicator": "q", "option_label_en": "x", "denominator": 49}
INDICATORS = _table(
    "out_indicator",
    *(
        {**SHARED, "option": label.lower(), "option_no": number, "option_label_sv": label, **row}
        for number, (label, row) in enumerate(
            {
                "A": {"numerator": 24, "percent": 49},
                "B": {"numerator": 43, "percent": 88},
                "C": {"numerator": 24, "percent": 49},
                "D": {"numerator": 99, "percent": 1, "year": 2022},
                "E": {"numerator": 99, "percent": 1, "indicator": "other"},
                "F": {"numerator": 99, "percent": 1, "programme": "other"},
            }.items(),
            1,
        )
    ),
)
YEARS = _table("out_grant_by_year", *({"year": year, "unused_sek": year * 10} for year in (2023, 2021, 2022)))
OPTIONS = {"second": (2, "Andra"), "first": (1, "Första"), "all_together": (1000, "Tillsammans")}
CATEGORIES = {"everyone": ("everyone", "Alla", 100), "small": ("group", "Små", 40), "large": ("group", "Stora", 60)}
SUMS = _table(
    "out_measure_by_group",
    *(
        {"option": option, "option_no": number, "option_label_sv": label, "value": value + number, "across": across}
        | {"category": category, "category_no": value, "category_label_sv": called}
        for option, (number, label) in OPTIONS.items()
        for category, (across, called, value) in CATEGORIES.items()
    ),
    indicator="a",
    measure="sum",
    option_label_en="x",
    category_label_en="x",
)
TABLES_READ = {name: [] for name in READ} | {
    "out_indicator": INDICATORS,
    "out_grant_by_year": YEARS,
    "out_measure_by_group": SUMS,
}


def cells(number: int) -> list[dict[str, Any]]:
    mine = [
        row
        for row in table_cells(KEY.programme, REPORT, TABLES_READ, Declared(Indicators(), {}, 1))
        if row["table_no"] == number
    ]
    return sorted(mine, key=lambda row: (row["row_no"], row["column_no"]))


def test_options_stand_by_falling_count_and_as_declared_where_equal():
    counts = [(row["row_no"], row["row_label"], row["value"]) for row in cells(1) if row["column_no"] == 1]
    assert counts == [(1, "B", 43), (2, "A", 24), (3, "C", 24)]


def test_a_column_has_its_number_name_label_and_unit():
    first, second = cells(1)[:2]
    assert (first["column_no"], first["column_name"], first["unit"]) == (1, "count", "count")
    assert (first["column_label"], first["column_label_en"]) == ("Antal (N=49)", "Count (N=49)")
    assert (second["column_no"], second["column_name"], second["unit"], second["value"]) == (2, "share", "percent", 88)


def test_years_stand_in_order_and_only_those_the_report_covers():
    assert [(row["row_no"], row["row_label"], row["value"]) for row in cells(2)] == [
        (1, "2022", 20_220),
        (2, "2023", 20_230),
    ]


def test_a_cell_is_as_made_up_as_the_figure_in_it():
    assert {row["provenance"] for row in cells(1)} == {"synthetic"}


def test_sums_stand_option_by_option_in_the_forms_order_and_together_last():
    assert [(row["row_label"], row["value"]) for row in cells(3)] == [
        ("Första", 101),
        ("Andra", 102),
        ("Tillsammans", 1100),
    ]


def test_sums_that_are_broken_down_are_of_all_options_together():
    assert [(row["row_label"], row["value"]) for row in cells(4)] == [("Små", 1040), ("Stora", 1060)]


def test_a_row_that_has_no_figure_in_a_column_has_an_empty_cell_there():
    rows = [{**row, "year": 2022} for row in YEARS if row["year"] == 2022]
    nothing = {**TABLES_READ, "out_grant_by_year": [rows[0] | {"unused_sek": None}]}
    [cell] = [
        each
        for each in table_cells(KEY.programme, REPORT, nothing, Declared(Indicators(), {}, 1))
        if each["table_no"] == 2
    ]
    assert (cell["row_label"], cell["value"]) == ("2022", None)

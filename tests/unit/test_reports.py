"""Printed tables as cells."""

import narwhals as nw

from assets.domain.reports import READ, table_cells
from assets.frames import records_of
from schemas.reports import Report
from tests.frames import table

LABEL = {"sv": "x", "en": "x"}
COUNT = {
    "count": {"value": "numerator", "unit": "count", "sv": "Antal (N={denominator})", "en": "Count (N={denominator})"}
}
SHARE = {"share": {"value": "percent", "unit": "percent", "sv": "Andel", "en": "Share"}}
UNUSED = {"unused": {"value": "unused_sek", "unit": "sek", "sv": "Oanvänt", "en": "Unused"}}
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
        },
    }
)
SHARED = {"indicator": "q", "option_label_en": "x", "denominator": 49}
INDICATORS = table(
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
YEARS = table("out_grant_by_year", *({"year": year, "unused_sek": year * 10} for year in (2023, 2021, 2022)))
TABLES_READ = {name: table(name) for name in READ} | {"out_indicator": INDICATORS, "out_grant_by_year": YEARS}


def cells(number: int):
    rows = records_of(nw.concat(table_cells("p", REPORT, TABLES_READ), how="vertical"))
    mine = [row for row in rows if row["table_no"] == number]
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

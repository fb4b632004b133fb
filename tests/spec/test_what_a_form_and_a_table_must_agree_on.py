"""Versions, ratings, constraints, and the rows and columns of printed tables: what cannot be is named with its line."""

from pathlib import Path

import pytest

from schemas.configuration.catalogue import load_programme
from tests.spec.yaml_faults import (
    PRINTED,
    QUESTIONS,
    REPORTED,
    Fault,
    last_line_with,
    refused,
    refused_in_its_line,
    spoil,
    written,
)

UNUSED_COLUMN = "unused_sek: {value: unused_sek,"

FAULTS = {
    "column_year_unclear": Fault(
        PRINTED, UNUSED_COLUMN, f"{UNUSED_COLUMN} year: 2024,", "unused_sek: {value", "ska ha ett bidragsår (year) om"
    ),
    "category_unclear": Fault(
        PRINTED,
        "municipality_percent: {value: percent,",
        "municipality_percent: {value: percent, category: all,",
        "municipality_percent:",
        "både across och category",
    ),
    "constraint_unclear": Fault(
        REPORTED,
        "questions:\n",
        "constraints:\n  - says: Löner ryms\nquestions:\n",
        "says: Löner",
        "antingen compare eller sums_to",
    ),
    "none_not_joined": Fault(
        REPORTED,
        'chosen: "1"\n    not_chosen',
        'none_of_them: Inget\n    chosen: "1"\n    not_chosen',
        "none_of_them",
        "Ta bort raden.",
    ),
    "version_lacks": Fault(
        REPORTED,
        "questions:\n",
        "versions:\n  first: {}\n  second: {fields: {unused_sek: null}}\nquestions:\n",
        "second:",
        "kan inte läsas utan fältet ”unused_sek”",
    ),
    "versions_alike": Fault(
        REPORTED,
        "questions:\n",
        "versions:\n  first: {}\n  second: {}\nquestions:\n",
        "second:",
        "samma rubriker som ”first”",
    ),
    "rating_no_number": Fault(QUESTIONS, "type: single", "type: rating", "all: {sv", "”all” är inget heltal"),
}


TABLE = """
  3:
    title: {sv: x, en: x}
    rows: {%s, year: 2024}
    row_header: {sv: x, en: x}
    columns: {amount: {value: %s, unit: sek, sv: x, en: x}}
"""
NOT_COMPUTED = {
    "mean_of: activity_area": ("value", "inget sådant mått (measures) för ”activity_area”"),
    "sum_of: activity_area": ("value", "inget sådant mått (measures) för ”activity_area”"),
    "grants_by: county": ("granted_sek", "ingen uppdelning av bidraget (grants_by) efter ”county”"),
}


@pytest.mark.parametrize("rows", NOT_COMPUTED)
def test_a_table_of_what_is_not_computed_is_refused_with_its_line(rows: str, tmp_path: Path):
    folder, (value, told) = written(tmp_path), NOT_COMPUTED[rows]
    text = (folder / PRINTED).read_text("utf-8")
    (folder / PRINTED).write_text(text + TABLE % (rows, value), "utf-8")
    error = refused(folder, "reference_unknown", PRINTED, told)
    assert error.faults[0].place.line == last_line_with(folder / PRINTED, rows)


def test_a_breakdown_that_is_not_computed_is_refused_with_its_line(tmp_path: Path):
    folder = written(tmp_path)
    (folder / "indicators.yaml").write_text("indicators: {activity_area: {measures: [sum], by: [group]}}\n", "utf-8")
    text = (folder / PRINTED).read_text("utf-8")
    (folder / PRINTED).write_text(text + TABLE % ("sum_of: activity_area, across: group", "value"), "utf-8")
    assert load_programme(folder).reports["follow_up"].tables[3].rows.across == "group"
    spoil(folder, Fault(PRINTED, "across: group", "across: county"))
    error = refused(folder, "reference_unknown", PRINTED, "ingen uppdelning (by, across) av frågan efter ”county”")
    assert error.faults[0].place.line == last_line_with(folder / PRINTED, "across: county")


@pytest.mark.rule("column_year_unclear")
@pytest.mark.rule("category_unclear")
@pytest.mark.rule("constraint_unclear")
@pytest.mark.rule("none_not_joined")
@pytest.mark.rule("version_lacks")
@pytest.mark.rule("versions_alike")
@pytest.mark.rule("rating_no_number")
@pytest.mark.parametrize(("rule", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_fault_is_one_sentence_with_its_file_and_line(rule: str, fault: Fault, tmp_path: Path):
    refused_in_its_line(written(tmp_path), rule, fault)

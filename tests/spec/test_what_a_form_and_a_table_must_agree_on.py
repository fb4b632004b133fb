"""Versions, ratings, constraints, and the rows and columns of printed tables: what cannot be is named with its line."""

from pathlib import Path

import pytest

from tests.spec.yaml_faults import PRINTED, QUESTIONS, REPORTED, Fault, refused_in_its_line, written

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

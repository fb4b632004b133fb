"""Every coded value that is published has its labels, and every question its texts."""

from pathlib import Path

import pyarrow.parquet as pq

from assets.labels import ANY, coded_columns
from schemas.tables import RELEASED, project
from schemas.texts.catalogue import text
from schemas.texts.spoken import text_of_word
from schemas.words.vocabulary import LANGUAGES
from tests.integration.publishing import current, rows

WITHIN = {
    "core_answer": {"option": "question"},
    "out_indicator": {"option": "indicator"},
    "out_comparison": {"option": "comparison"},
    "out_grant_by_group": {"category": "across"},
    "out_indicator_by_group": {"option": "indicator", "category": "across"},
    "out_measure_by_group": {"option": "indicator", "category": "across"},
    "out_left_out": {"option": "figure", "category": "across"},
    "out_table_cell": {"table_no": "report"},
}
"""What a value is looked up within, where it is not the same in all of a programme."""


def used(version: Path, table: str, column: str) -> set[tuple[str, str, str]]:
    """The values of a column, with programme and what they are within; a list of words is each of them."""
    within = WITHIN.get(table, {}).get(column)
    told = pq.read_table(version / f"parquet/{table}.parquet").to_pylist()
    return {
        (row.get("programme", ANY), str(row[within]) if within else ANY, word)
        for row in told
        if row[column] is not None
        for word in str(row[column]).split(", ")
    }


def without_labels(version: Path) -> list[tuple[str, str, str, str]]:
    """The values of coded columns that nothing says what they are called, as table, column, place and value."""
    query = (
        "SELECT table_name, column_name, programme, within, value FROM out_label WHERE label_sv > '' AND label_en > ''"
    )
    called = set(rows(version, query))
    return [
        (table, column, within, value)
        for table, column in coded_columns()
        for programme, within, value in used(version, table, column)
        if not called & {(table, column, p, w, value) for p in (programme, ANY) for w in (within, ANY)}
    ]


def test_every_coded_value_of_the_sample_has_its_labels(sample_warehouse: Path):
    assert without_labels(current(sample_warehouse)) == []


def test_every_word_that_a_column_may_have_is_called_something_and_no_name_is_left_open():
    for table, column in coded_columns():
        vocabulary = project.facts(RELEASED[table])[column]["one_of"] or ()
        for word in vocabulary:
            said = [text(text_of_word(vocabulary, word), language) for language in LANGUAGES]
            assert all(said), word
            assert "{" not in "".join(said), word


def test_a_question_is_there_as_it_was_asked_and_as_it_is_called(sample_warehouse: Path):
    """Title and text from the programme's YAML; the form of 2022 has one option for all landlords."""
    query = (
        "SELECT DISTINCT question_sv, asked_as, base FROM out_question WHERE year = 2022 AND question = 'cooperation'"
    )
    [(title, asked, base)] = rows(current(sample_warehouse), query)
    assert title == "Samverkan"
    assert asked
    assert base
    query = (
        "SELECT option FROM out_question WHERE year = 2022 AND question = 'cooperation' AND option LIKE '%landlords'"
    )
    assert rows(current(sample_warehouse), query) == [("landlords",)]


def test_every_answer_is_to_a_question_that_is_told(sample_warehouse: Path):
    query = """SELECT DISTINCT a.form, a.question, a.option FROM core_answer AS a LEFT JOIN out_question AS q
        USING (programme, year, form, question, option) WHERE q.option IS NULL"""
    assert rows(current(sample_warehouse), query) == []

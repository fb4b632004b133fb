"""Every table of the registry, walked: what is declared is whole, and every projection says the same."""

import re
import sqlite3
from contextlib import closing
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS as POSTGRESQL_WORDS
from sqlalchemy.dialects.sqlite.base import SQLiteIdentifierPreparer

from assets.graph import column_schema
from schemas.rules.constraints import implied_rules
from schemas.tables import PUBLISHED, RESTRICTED_LAYER, ROUND_TABLES, SPANNING_TABLES, TABLES, project, sql
from schemas.tables.base import label_sv, meaning_en

NAMED_IN_THE_ISSUE = {
    "core_recipient",
    "core_application",
    "core_decision",
    "core_usage_report",
    "core_answer",
    "core_reconciliation",
    "core_correction",
    "core_finding",
    "out_grant_by_year",
    "out_annex",
    "out_indicator",
    "out_table_cell",
}
COLUMNS_IN_THE_ISSUE = {
    "out_grant_by_year": "programme year granted_sek unused_sek unused_percent",
    "out_annex": "programme year recipient_code recipient_name name_as_reported granted_sek unused_sek unused_percent"
    " note",
    "out_indicator": "programme year indicator option numerator denominator base percent",
    "out_table_cell": "programme report table_no row_no row_label column_no column_label value unit",
    "core_answer": "respondent_id recipient_code",
    "core_finding": "programme year rule severity source_file source_sheet source_row source_column message_sv"
    " message_en recipient_code",
}
SUFFIX_TYPES = {"_sek": pa.int64(), "_count": pa.int64(), "_percent": pa.int64(), "_date": pa.date32()}
SUFFIX_TYPES |= {"_code": pa.string(), "_at": pa.string()}
published_tables = {name: TABLES[name] for name in PUBLISHED}


@pytest.fixture(scope="module")
def inspector() -> sa.Inspector:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        for statement in sql.create_tables(published_tables):
            connection.exec_driver_sql(statement)
    return sa.inspect(engine)


def test_the_tables_named_in_the_issue_exist_and_are_published():
    assert set(PUBLISHED) >= NAMED_IN_THE_ISSUE


def test_a_table_has_the_columns_named_in_the_issue():
    for name, columns in COLUMNS_IN_THE_ISSUE.items():
        assert set(columns.split()) <= set(project.columns(TABLES[name])), name


def test_every_table_is_listed_once_under_a_name_of_its_own():
    assert len(TABLES) == len(ROUND_TABLES) + len(SPANNING_TABLES)


def test_raw_rows_are_never_published():
    assert RESTRICTED_LAYER == "raw_"
    assert [name for name in PUBLISHED if name.startswith("raw_")] == []
    assert set(TABLES) - set(PUBLISHED) == {"raw_file", "raw_row", "raw_correction", "raw_finding"}


def test_provenance_is_the_last_column():
    for name in TABLES:
        assert list(project.columns(TABLES[name]))[-1] == "provenance", name


def test_a_table_and_its_columns_have_labels_in_both_languages():
    for name in TABLES:
        assert label_sv(TABLES[name]).strip(), name
        assert meaning_en(TABLES[name]).strip(), name
        for column, fact in project.facts(TABLES[name]).items():
            assert fact["sv"].strip(), (name, column)
            assert fact["en"].strip(), (name, column)


def test_a_column_may_be_empty_if_and_only_if_it_says_why():
    for name in TABLES:
        facts = project.facts(TABLES[name])
        for column, declared in project.columns(TABLES[name]).items():
            assert declared.nullable == (facts[column]["null"] is not None), (name, column)
            assert facts[column]["null"] != "", (name, column)
            assert declared.required, (name, column)


def test_a_table_has_a_key_that_is_never_empty():
    for name in TABLES:
        columns, key = project.columns(TABLES[name]), project.key(TABLES[name])
        assert key, name
        assert [column for column in key if columns[column].nullable] == [], name


def test_the_arrow_schema_has_the_declared_columns_types_and_nullability():
    for name in TABLES:
        declared = TABLES[name].to_schema().columns
        schema = project.arrow_schema(TABLES[name])
        assert set(schema.names) == set(declared), name
        assert len(schema.names) == len(declared), name
        for field in schema:
            assert field.type == declared[field.name].dtype.type.pyarrow_dtype, (name, field.name)
            assert field.nullable == declared[field.name].nullable, (name, field.name)


def test_what_a_column_declares_becomes_a_rule_and_nothing_else_does():
    for name in TABLES:
        facts = project.facts(TABLES[name])
        implied = {rule.id for rule in implied_rules(TABLES[name], TABLES)}
        expected = {
            f"{name}.{column}.{kind}"
            for column, fact in facts.items()
            for kind, is_declared in {
                "not_null": fact["null"] is None,
                "one_of": fact["one_of"] is not None,
                "between": (fact["ge"], fact["le"]) != (None, None),
                "length": fact["length"] is not None,
                "characters": fact["characters"] is not None,
                "references": fact["refers"] is not None,
            }.items()
            if is_declared
        }
        assert implied == {*expected, f"{name}.key.unique"}, name


def test_a_name_is_a_type():
    for name in TABLES:
        for field in project.arrow_schema(TABLES[name]):
            for suffix, kind in SUFFIX_TYPES.items():
                if field.name.endswith(suffix):
                    assert field.type == kind, (name, field.name)


def test_no_column_is_called_by_a_word_that_sql_keeps_for_itself():
    for name in TABLES:
        reserved = POSTGRESQL_WORDS | SQLiteIdentifierPreparer.reserved_words
        assert reserved.isdisjoint(project.columns(TABLES[name])), name
        assert all(re.fullmatch("[a-z][a-z0-9_]*", column) for column in project.columns(TABLES[name])), name


def test_what_a_column_refers_to_exists_and_has_the_shared_key():
    for name in TABLES:
        columns = project.columns(TABLES[name])
        for column, fact in project.facts(TABLES[name]).items():
            if fact["refers"]:
                *shared, own = project.key(TABLES[fact["refers"]])
                assert set(shared) <= set(columns), name
                assert str(columns[column].dtype) == str(project.columns(TABLES[fact["refers"]])[own].dtype), name


def test_the_dictionary_has_one_row_per_column():
    for name in TABLES:
        rows = project.dictionary_rows([TABLES[name]])
        facts = project.facts(TABLES[name])
        assert [row["column_name"] for row in rows] == list(facts), name
        assert [row["column_no"] for row in rows] == list(range(1, len(facts) + 1)), name
        assert {row["table_name"] for row in rows} == {name}, name
        for row in rows:
            fact = facts[row["column_name"]]
            told = (row["label_sv"], row["label_en"], row["null_reason"])
            assert told == (fact["sv"], fact["en"], fact["null"]), (name, row["column_name"])
            assert row["is_key"] == (row["column_name"] in project.key(TABLES[name])), name


def test_the_dictionary_fits_its_own_table():
    columns = set(project.columns(TABLES["data_dictionary"]))
    assert all(set(row) == columns for row in project.dictionary_rows(TABLES.values()))


def test_dagster_shows_the_declared_columns():
    for name in TABLES:
        shown = [(column.name, column.type, column.constraints.nullable) for column in column_schema(name).columns]
        assert shown == [
            (field.name, str(field.type), field.nullable) for field in project.arrow_schema(TABLES[name])
        ], name


def test_sqlite_has_the_declared_columns_types_keys_and_nullability(inspector: sa.Inspector):
    for name in PUBLISHED:
        kinds = {"string": "TEXT", "int64": "BIGINT", "date32[day]": "DATE", "bool": "BOOLEAN"}
        schema = project.arrow_schema(TABLES[name])
        found = [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)]
        assert found == [(field.name, kinds[str(field.type)], field.nullable) for field in schema], name
        assert inspector.get_pk_constraint(name)["constrained_columns"] == list(project.key(TABLES[name])), name


def test_sqlite_checks_the_declared_bounds_and_vocabularies(inspector: sa.Inspector):
    for name in PUBLISHED:
        found = sorted(check["sqltext"] for check in inspector.get_check_constraints(name))
        assert found == sorted(
            text for column in project.facts(TABLES[name]).items() for text in _conditions(*column)
        ), name


def _conditions(column: str, fact: dict[str, Any]) -> list[str]:
    words = ", ".join(f"'{word}'" for word in fact["one_of"] or ())
    conditions = [f"{column} IN ({words})"] if words else []
    conditions += [f"{column} >= {fact['ge']}"] if fact["ge"] is not None else []
    return conditions + ([f"{column} <= {fact['le']}"] if fact["le"] is not None else [])


def test_sqlite_holds_the_declared_references(inspector: sa.Inspector):
    for name in PUBLISHED:
        found = {
            tuple(key["constrained_columns"]): (key["referred_table"], tuple(key["referred_columns"]))
            for key in inspector.get_foreign_keys(name)
        }
        expected = {}
        for column, fact in project.facts(TABLES[name]).items():
            if fact["refers"]:
                target = project.key(TABLES[fact["refers"]])
                expected[(*target[:-1], column)] = (fact["refers"], target)
        assert found == expected, name


RECIPIENT = {
    "programme": "p",
    "year": 2023,
    "recipient_code": "9901",
    "recipient_name": "n",
    "name_no": 1,
    "county_code": "99",
}
RECIPIENT |= {"kind": "municipality", "county_name": "c", "provenance": "real"}
FUNDS = {"programme": "p", "year": 2023, "granted_sek": 0, "provenance": "real"}


@pytest.mark.parametrize(
    ("table", "row", "wrong"),
    [
        ("core_recipient", RECIPIENT, {"provenance": "invented"}),
        ("core_recipient", RECIPIENT, {"recipient_name": None}),
        ("core_recipient", RECIPIENT, {"kind": "commune"}),
        ("core_recipient", RECIPIENT, {"year": 1989}),
        ("core_recipient", RECIPIENT, {"year": 2101}),
        ("out_funds_by_year", FUNDS, {"granted_sek": -1}),
    ],
)
def test_sqlite_refuses_a_row_that_breaks_its_declaration(table: str, row: dict[str, Any], wrong: dict[str, Any]):
    with pytest.raises(sqlite3.IntegrityError):
        insert(table, {**row, **wrong})


def test_sqlite_takes_a_sound_row_once():
    insert("core_recipient", RECIPIENT)
    with pytest.raises(sqlite3.IntegrityError):
        insert("core_recipient", RECIPIENT, RECIPIENT)


def insert(table: str, *rows: dict[str, Any]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in sql.create_tables(published_tables):
            connection.execute(statement)
        for row in rows:
            places = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))


def test_column_names_can_be_written_without_quotes_in_sqlite():
    with sqlite3.connect(":memory:") as connection:
        for name, table in published_tables.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(project.columns(table))})")
    connection.close()


def test_the_unit_of_a_column_is_in_its_name():
    for column, unit in [
        ("granted_sek", "kr"),
        ("unused_percent", "%"),
        ("asked_count", "antal"),
        ("as_of_date", "datum"),
        ("submitted_at", "tidpunkt"),
        ("recipient_code", "kod"),
        ("recipient_name", None),
    ]:
        assert project.unit(column) == unit, column

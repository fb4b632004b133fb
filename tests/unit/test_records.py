"""Rows become records: named, as real as their recipient, and shaped as a table."""

import datetime as dt

import narwhals as nw
import pytest

from assets.conform import NAMES, core_rows, faults, judge, name_rows, unread
from assets.domain.forms import text_rows
from assets.domain.frames import extended
from assets.domain.records import accepted_records, due_dates, named_rows
from assets.frames import frame_of, records_of
from schemas.configuration import catalogue
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from schemas.tables import TABLES, project
from tests.frames import raw_rows, received, table, texts

PROGRAMME = catalogue.programme("stadigvarande-boende")
BODIES = table(
    "core_recipient",
    {"recipient_code": "0001", "recipient_name": "Verkliga", "provenance": "real"},
    {"recipient_code": "9901", "recipient_name": "Exempelkommun 01", "provenance": "synthetic"},
)
MATCHED = frame_of(
    [
        {"recipient_name": "Verkliga kommun", "recipient_code": "0001", "how": "simplified"},
        {"recipient_name": "Exemplekommun 01", "recipient_code": "9901", "how": "likeness", "score": 94},
        {"recipient_name": "Atlantis", "how": "unknown"},
    ],
    NAMES,
)
SENT = [{"recipient_name": name} for name in ("Verkliga kommun", "Exemplekommun 01", "Atlantis")]
APPLICATIONS = PROGRAMME.forms["applications"]


@pytest.mark.parametrize(
    ("file", "rows"),
    [("mixed", ["real", "synthetic", "mixed"]), ("real", ["real"] * 3), ("synthetic", ["synthetic"] * 3)],
)
def test_a_row_of_a_mixed_file_is_as_real_as_its_recipient(file: str, rows: list[str]):
    source = received(APPLICATIONS, provenance=file)
    named = records_of(named_rows(raw_rows(source, *SENT), source, MATCHED, BODIES))
    by_row = {row["source_row"]: row["provenance"] for row in named if row["row_kind"] == "data"}
    assert [by_row[number] for number in (2, 3, 4)] == rows


def test_an_unknown_name_and_a_likeness_are_problems_of_the_name_column():
    source = received(APPLICATIONS)
    found = records_of(faults(named_rows(raw_rows(source, *SENT), source, MATCHED, BODIES), source, PROGRAMME))
    named = {(row["source_row"], row["rule"], row["source_column"]) for row in found if row["rule"].startswith("name_")}
    assert named == {(3, "name_by_likeness", "C"), (4, "name_unknown", "C")}


def test_a_record_has_the_tables_columns_and_null_where_the_form_does_not_ask():
    form = PROGRAMME.forms["usage_report_2023"]
    source = received(form)
    rows = text_rows(raw_rows(source, {"recipient_name": "Exempelkommun 01", "unused_sek": "5 000"}), source)
    fates = table("core_row", {"source_row": 2, "fate": "accepted", "recipient_code": "9901"})
    records = accepted_records(rows, fates, source, "core_usage_report")
    columns = [name for name in project.columns(TABLES["core_usage_report"]) if name not in ("programme", "year")]
    assert records.collect_schema().names() == columns
    [record] = records_of(records)
    assert (record["recipient_code"], record["unused_sek"], record["used_sek"]) == ("9901", 5000, None)
    assert record["late"] is None


def test_only_accepted_rows_of_the_same_file_become_records():
    source = received(PROGRAMME.forms["usage_report_2023"])
    rows = text_rows(raw_rows(source, {"unused_sek": "1"}, {"unused_sek": "2"}, {"unused_sek": "3"}), source)
    fates = table(
        "core_row",
        {"source_row": 2, "fate": "quarantined"},
        {"source_row": 3, "fate": "accepted"},
        {"source_row": 4, "fate": "accepted", "source_file": "other.csv"},
    )
    assert [row["unused_sek"] for row in records_of(accepted_records(rows, fates, source, "core_usage_report"))] == [2]


def test_a_deadline_is_known_only_with_its_recipient():
    rows = texts(
        {"recipient_code": "9901", "report_due_date": "2024-02-01"},
        {"recipient_code": None, "report_due_date": "2024-02-02"},
        {"recipient_code": "9903", "report_due_date": None},
        {"recipient_code": "9904", "report_due_date": "2024-02-04", "row_kind": "total"},
    )
    form = PROGRAMME.forms["decisions"].model_copy(update={"fields": {"report_due_date": "Redovisas senast"}})
    [due] = due_dates([(rows, form)])
    known = [(row["recipient_code"], row["report_due_date"]) for row in records_of(due)]
    assert known == [("9901", dt.date(2024, 2, 1))]


def test_a_name_spelled_right_in_one_file_is_still_guessed_in_another():
    """Within one file a body is not guessed that another name has; the other file has its own names."""
    bodies = table("core_recipient", {"recipient_code": "0188", "recipient_name": "Norrtälje"})
    right, wrong = ({"recipient_name": name} for name in ("Norrtälje kommun", "Norrälje kommun"))
    file = received(APPLICATIONS)
    alone = records_of(name_rows(raw_rows(file, wrong), file, bodies, PROGRAMME))
    beside = records_of(name_rows(raw_rows(file, right, wrong), file, bodies, PROGRAMME))
    assert [row["recipient_code"] for row in alone if row["row_kind"] == "data"] == ["0188"]
    codes = {row["recipient_name"]: row["recipient_code"] for row in beside if row["row_kind"] == "data"}
    assert codes == {"Norrtälje kommun": "0188", "Norrälje kommun": None}


WITH_COUNTY = Form(
    form="with_county",
    title=Label(sv="Beslut", en="Decisions"),
    fills="core_decision",
    identity="recipient",
    fields={"recipient_code": "Kod", "county_name": "Län", "recipient_name": "Mottagare", "granted_sek": "Belopp"},
)
COUNTED = table(
    "core_recipient",
    {"recipient_code": "0123", "recipient_name": "Exempelby", "county_name": "Exempels län"},
)


def judged(**cells: str) -> tuple[list[tuple[str, str]], list[dict[str, object]]]:
    """The rules that a row breaks and where; and what of it becomes a decision."""
    file = received(WITH_COUNTY)
    raw = raw_rows(file, {"recipient_name": "Exempelby", "granted_sek": "5", **cells})
    named = name_rows(raw, file, COUNTED, PROGRAMME)
    rounds = table("core_round", {"as_of_date": dt.date(2024, 6, 30), "late_reports": "accept"})
    [each] = judge([(named, file)], PROGRAMME, rounds)
    found = [(row["rule"], row["source_column"]) for row in records_of(each.faults)]
    return found, records_of(accepted_records(text_rows(raw, file), core_rows([each]), file, "core_decision"))


@pytest.mark.parametrize("cells", [{}, {"recipient_code": "123"}, {"recipient_code": "0123", "county_name": "Exempel"}])
def test_a_row_has_the_code_of_its_recipient_whatever_stands_in_its_column_of_codes(cells: dict[str, str]):
    found, [decision] = judged(**cells)
    assert (found, decision["recipient_code"], decision["granted_sek"]) == ([], "0123", 5)


def test_what_contradicts_a_name_is_found_in_its_own_cell_and_the_row_is_nobodys():
    assert judged(recipient_code="0124") == ([("code_differs", "A")], [])
    assert judged(county_name="Annat län") == ([("name_county_differs", "B")], [])


def test_one_name_in_two_counties_is_two_things_said():
    file = received(WITH_COUNTY)
    sent = ({"recipient_name": "Exempelby", "county_name": county} for county in ("Exempel", "Annat län", ""))
    rows = records_of(name_rows(raw_rows(file, *sent), file, COUNTED, PROGRAMME))
    codes = {row["county_name"]: row["recipient_code"] for row in rows if row["row_kind"] == "data"}
    assert codes == {"Exempel": "0123", "Annat län": None, None: "0123"}


def test_a_sheet_that_no_form_claims_is_a_problem_of_its_file():
    files = table("raw_file", {"source_file": "a.xlsx", "unread_sheets": ["Extra"]}, {"unread_sheets": []})
    [found] = records_of(unread(files))
    assert (found["source_file"], found["source_sheet"], found["rule"]) == ("a.xlsx", "Extra", "sheet_not_read")


def rules_broken(source, **row):
    """The rules that one row breaks as a whole, with the addresses of a real and a fictitious body known."""
    rows = named_rows(raw_rows(source, {"recipient_name": "Verkliga kommun"}), source, MATCHED, BODIES)
    rows = extended(rows, {name: nw.lit(value) for name, value in row.items()})
    return {found["rule"] for found in records_of(faults(rows, source, PROGRAMME))} - {"value_missing"}


def test_a_row_with_cells_beyond_the_headers_is_not_trusted():
    source = received(APPLICATIONS, provenance="real")
    assert rules_broken(source, beyond_count=0) == set()
    assert rules_broken(source, beyond_count=1) == {"row_too_long"}


@pytest.mark.parametrize(("file", "rules"), [("real", set()), ("mixed", set()), ("synthetic", {"reality_differs"})])
def test_a_real_body_does_not_stand_in_a_file_of_fictitious_ones(file: str, rules: set[str]):
    assert rules_broken(received(APPLICATIONS, provenance=file)) == rules


def test_a_footnote_below_a_survey_is_no_respondent():
    source = received(PROGRAMME.forms["survey_2023"])
    answers = [{"respondent_id": "R1", "funds_use": "Hela bidraget"}, {"respondent_id": "Antal svar: 1"}]
    rows = named_rows(raw_rows(source, *answers), source, MATCHED, BODIES)
    found = [(row["source_row"], row["rule"]) for row in records_of(faults(rows, source, PROGRAMME))]
    assert found == [(3, "row_almost_empty")]

"""Rows become records: whose each is, as real as its recipient, and shaped as a table."""

import datetime as dt
from typing import Any

from assets.domain.reading.corrections import entries
from assets.domain.reading.exports import claimed
from assets.domain.reading.forms import Export
from assets.domain.reading.history import read
from assets.round import compute
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from schemas.tables import TABLES, project
from tests.rows import (
    DAY,
    PROGRAMME,
    Record,
    bodies_of,
    body,
    cells_of,
    correction,
    export_of,
    file_of,
    file_of_cells,
    log_of,
    programme_of,
    received_of,
    rows,
)

BODIES = [body("0001", "Verkliga", provenance="real"), body("9901", "Exempelkommun 01")]
SENT = [{"recipient_name": name} for name in ("Verkliga kommun", "Exemplekommun 01", "Atlantis")]
APPLICATIONS, DECISIONS = PROGRAMME.forms["applications"], PROGRAMME.forms["decisions"]
REPORTS, SURVEY = PROGRAMME.forms["usage_report_2023"], PROGRAMME.forms["survey_2023"]


def rules_of(export: Export, known: list[Record] = BODIES) -> list[set[str]]:
    """The rules that each row breaks, but for blanks."""
    return [{check.rule for check in row.faults} - {"value_missing"} for row in rows(export, known)]


def test_a_row_of_a_mixed_file_is_as_real_as_its_recipient_and_else_as_its_file():
    expected = {"mixed": ["real", "synthetic", "mixed"], "real": ["real"] * 3, "synthetic": ["synthetic"] * 3}
    for reality, provenances in expected.items():
        found = rows(export_of(APPLICATIONS, *SENT, reality=reality), BODIES)
        assert [row.provenance for row in found] == provenances, reality


def test_an_unknown_name_and_a_likeness_are_problems_of_the_name_column():
    found = {
        (row.number, check.rule, check.column(row.line.version))
        for row in rows(export_of(APPLICATIONS, *SENT, reality="mixed"), BODIES)
        for check in row.faults
        if check.rule != "value_missing"
    }
    assert found == {(3, "name_by_likeness", "C"), (4, "name_unknown", "C")}


def test_a_name_spelled_right_in_one_file_is_still_guessed_in_another():
    """Within one file a body is not guessed that another name has; the other file has its own names."""
    bodies = [body("0188", "Norrtälje")]
    right, wrong = {"recipient_name": "Norrtälje kommun"}, {"recipient_name": "Norrälje kommun"}
    assert [row.recipient_code for row in rows(export_of(APPLICATIONS, wrong), bodies)] == ["0188"]
    assert [row.recipient_code for row in rows(export_of(APPLICATIONS, right, wrong), bodies)] == ["0188", None]


# -- shaped as a table ------------------------------------------------------------------------------------------------
DECIDED = {"recipient_name": "Exempelkommun 01", "granted_sek": "9 000"}


def tables_of(*reports: Record, late_reports: str = "accept", **of_decision: str) -> dict[str, list[dict[str, Any]]]:
    """Every table of a round of one decision and these reports, as records."""
    files = [file_of(DECISIONS, DECIDED | of_decision, name="beslut.csv"), file_of(REPORTS, *reports, name="svar.csv")]
    tables = compute(received_of(*files), programme_of(DECISIONS, REPORTS, late_reports=late_reports))
    return {name: table.to_pylist() for name, table in tables.items()}


def test_a_record_has_the_tables_columns_and_none_where_the_form_does_not_ask():
    [report] = tables_of({"recipient_name": "Exempelkommun 01", "unused_sek": "5 000"})["core_usage_report"]
    assert set(report) == set(project.columns(TABLES["core_usage_report"]))
    assert (report["recipient_code"], report["unused_sek"], report["used_sek"]) == ("9901", 5000, None)
    assert (report["late"], report["grant_id"], report["source_row"]) == (None, "9901-1", 2)


def test_only_rows_that_count_become_records():
    names = ("Exempelkommun 02", "Atlantis", "Exempelkommun 01")
    sent = [{"recipient_name": name, "unused_sek": str(at)} for at, name in enumerate(names, 1)]
    tables = tables_of(*sent)
    assert [row["unused_sek"] for row in tables["core_usage_report"]] == [1, 3]
    assert [row["fate"] for row in tables["core_row"] if row["source_file"].endswith("svar.csv")] == [
        None,
        "accepted",
        "quarantined",
        "accepted",
    ]


def test_a_name_that_is_nobodys_stays_in_the_store():
    """What stands in the wrong column may be a person's name, and core_row is published."""
    sent = [{"recipient_name": name, "unused_sek": "5"} for name in ("Exempelkommun 01*", "Anna Andersson")]
    tables = tables_of(*sent)
    shown = [(row["name_as_reported"], row["rule"]) for row in tables["core_row"] if row["form"] == REPORTS.form]
    assert shown == [(None, None), ("Exempelkommun 01*", None), (None, "name_unknown")]
    published = [row for name, rows_ in tables.items() if not name.startswith("raw_") for row in rows_]
    assert "Andersson" not in str(published)


# -- what stands beside the name --------------------------------------------------------------------------------------
WITH_COUNTY = Form(
    form="with_county",
    title=Label(sv="Beslut", en="Decisions"),
    fills="core_decision",
    identity="recipient",
    fields={"recipient_code": "Kod", "county_name": "Län", "recipient_name": "Mottagare", "granted_sek": "Belopp"},
)
COUNTED = [body("0123", "Exempelby", county_name="Exempels län")]


def judged(**cells: str) -> tuple[str | None, list[tuple[str, str | None]]]:
    """Whose a row is, and the rules that it breaks and where."""
    [row] = rows(export_of(WITH_COUNTY, {"recipient_name": "Exempelby", "granted_sek": "5", **cells}), COUNTED)
    return row.recipient_code, [(check.rule, check.column(row.line.version)) for check in row.faults]


def test_a_row_has_the_code_of_its_recipient_whatever_stands_in_its_column_of_codes():
    for cells in ({}, {"recipient_code": "123"}, {"recipient_code": "0123", "county_name": "Exempel"}):
        assert judged(**cells) == ("0123", []), cells


def test_what_contradicts_a_name_is_found_in_its_own_cell_and_the_row_is_nobodys():
    assert judged(recipient_code="0124") == (None, [("code_differs", "A")])
    assert judged(county_name="Annat län") == (None, [("name_county_differs", "B")])


def test_a_code_in_the_name_that_is_anothers_is_found_in_the_cell_of_the_name():
    """Also where the form has no column of codes."""
    assert judged(recipient_name="Exempelby (0123)") == ("0123", [])
    assert judged(recipient_name="Exempelby (0124)") == (None, [("code_differs", "C")])
    sent = {"recipient_name": "Verkliga 9901"}
    assert rules_of(export_of(APPLICATIONS, sent, reality="mixed")) == [{"code_differs"}]


def test_no_fictitious_body_is_guessed_in_a_real_file():
    sent = {"recipient_name": "Exemplekommun 01"}
    for reality, rule in [("mixed", "name_by_likeness"), ("synthetic", "name_by_likeness"), ("real", "name_unknown")]:
        [row] = rows(export_of(APPLICATIONS, sent, reality=reality), BODIES)
        assert rule in {check.rule for check in row.faults}, reality
    assert row.line.match is not None
    assert row.line.match.suggestions is None


def test_one_name_in_two_counties_is_two_things_said():
    sent = [{"recipient_name": "Exempelby", "county_name": county} for county in ("Exempel", "Annat län", "")]
    assert [row.recipient_code for row in rows(export_of(WITH_COUNTY, *sent), COUNTED)] == ["0123", None, "0123"]


# -- a row as a whole -------------------------------------------------------------------------------------------------
REALITIES = ("real", "synthetic", "mixed")


def test_a_row_with_cells_beyond_the_headers_is_not_trusted():
    header, sent = cells_of(APPLICATIONS, {"recipient_name": "Verkliga kommun"})
    found = {
        beyond: rules_of(claimed(file_of_cells([*header, None], [*sent, beyond], reality="real"), [APPLICATIONS]))
        for beyond in (None, " ", "5")
    }
    assert found == {None: [set()], " ": [set()], "5": [{"row_too_long"}]}


def test_a_real_body_does_not_stand_in_a_file_of_fictitious_ones_nor_the_other_way_round():
    real, fictitious = {"recipient_name": "Verkliga kommun"}, {"recipient_name": "Exempelkommun 01"}
    found = {reality: rules_of(export_of(APPLICATIONS, real, fictitious, reality=reality)) for reality in REALITIES}
    assert found == {
        "real": [set(), {"reality_differs"}],
        "synthetic": [{"reality_differs"}, set()],
        "mixed": [set(), set()],
    }


def test_a_footnote_below_a_survey_is_no_respondent():
    answers = [{"respondent_id": "R1", "funds_use": "Hela bidraget"}, {"respondent_id": "Antal svar: 1"}]
    assert rules_of(export_of(SURVEY, *answers)) == [set(), {"row_almost_empty"}]


def test_an_event_that_is_registered_before_it_happens_is_told_and_on_its_own_day_is_not():
    funds = PROGRAMME.forms["funds"]
    event = {"event": "Disponibla medel", "amount_sek": "5", "recorded_date": "2023-06-30"}
    found = {
        day: rules_of(export_of(funds, event | {"event_date": day}))
        for day in ("2023-06-30", "2023-07-01", "2024-01-02")
    }
    assert found == {
        "2023-06-30": [set()],
        "2023-07-01": [{"event_in_the_future"}],
        "2024-01-02": [{"event_in_the_future"}],
    }


def test_a_row_is_known_from_its_own_day_or_else_from_that_of_its_file():
    sent = [{"recorded_date": "2023-06-30"}, {"event_date": "2023-06-30"}]
    found = rows(export_of(PROGRAMME.forms["funds"], *({"event": "Disponibla medel"} | row for row in sent)))
    assert [(row.known_date, row.is_assumed) for row in found] == [(dt.date(2023, 6, 30), False), (DAY, True)]


def test_a_correction_that_turns_a_total_row_into_data_finds_its_recipient():
    """It was found by no name but that of the row as it was received: a total row has none."""
    form = DECISIONS.model_copy(
        update={"total_row": DECISIONS.total_row and DECISIONS.total_row.model_copy(update={"field": "case_number"})}
    )
    export = export_of(form, DECIDED | {"case_number": "Summa"})
    said = correction(row=2, column="Diarienummer", old="Summa", new="S 1/2023")
    history = read([export], entries(log_of(said), [export]), bodies_of(), PROGRAMME)
    kinds = [(row.line.kind, row.recipient_code) for row in (history.on(DAY)[1], history.last()[1])]
    assert kinds == [("total", None), ("data", "9901")]

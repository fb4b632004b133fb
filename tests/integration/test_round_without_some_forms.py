"""A round of decisions and usage reports alone is published: what no form tells is empty or unknown, never zero."""

import re
from pathlib import Path

import pytest

from pipelines.commands.scaffold import start
from tests.integration.projects import drop, project_copy, statsbidrag
from tests.integration.publishing import current, inside, rows

NAME, YEAR = "utan-ansokan", 2030
REPORT = """
report: follow_up
title: {sv: Uppföljning, en: Follow-up}
rounds: [2030]
annex: 2030
tables:
  1:
    title: {sv: Bidraget, en: The grant}
    rows: {table: out_grant_by_year}
    row_header: {sv: År, en: Year}
    columns: {granted_sek: {value: granted_sek, unit: sek, sv: Beviljat, en: Granted}}
  2:
    title: {sv: Medlen, en: The funds}
    rows: {table: out_funds_by_year}
    row_header: {sv: År, en: Year}
    columns: {available_sek: {value: available_sek, unit: sek, sv: Disponibelt, en: Available}}
  3:
    title: {sv: Ansökningarna, en: The applications}
    rows: {table: out_application_by_year}
    row_header: {sv: År, en: Year}
    columns: {application_count: {value: application_count, unit: count, sv: Antal, en: Number}}
"""


def without_what_may_be_absent(programme: Path) -> None:
    """No form for applications or funds, and none that asks a question."""
    for form in ("applications", "funds"):
        (programme / f"forms/{form}.yaml").unlink()
    replaced(programme / "programme.yaml", "forms: .*", "forms: [decisions, usage_report]")
    replaced(programme / "forms/usage_report.yaml", "(?s)questions:.*", "")
    (programme / "questions.yaml").write_text("bases: {}\nquestions: {}\n", "utf-8")
    (programme / "reports/follow_up.yaml").write_text(REPORT, "utf-8")


def replaced(file: Path, old: str, new: str) -> None:
    file.write_text(re.sub(old, new, file.read_text("utf-8")), "utf-8")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_copy(tmp_path_factory.mktemp("project"))
    start(NAME, YEAR, project / "schemas/programmes")
    without_what_may_be_absent(project / "schemas/programmes" / NAME)
    received = project / "raw" / NAME / str(YEAR)
    drop(
        received,
        "beslut.csv",
        "Diarienummer;Beslutsdatum;Beslutsfattare;Mottagare;Beviljat belopp (kr);Redovisas senast",
        "1;2030-03-01;A. Chef;Exempelkommun 01;100 000;2031-01-31",
        "2;2030-03-01;A. Chef;Exempelkommun 02;50 000;2031-01-31",
        ";;;Summa;150 000;",
    )
    drop(
        received,
        "aterrapport.csv",
        "Ärende-id;Status;Inskickad;Kommun;Diarienummer;Hur mycket statsbidrag beviljades kommunen?;"
        "Hur mycket av statsbidraget har använts?;Hur mycket av statsbidraget har inte använts?",
        "11;Inlämnad;2031-01-20 10:00;Exempelkommun 01;1;100 000;70 000;30 000",
    )
    done = statsbidrag(project, "run", "--programme", NAME)
    assert done.returncode == 0, done.stderr
    (project / "told").write_text(done.stdout, "utf-8")
    return project / "warehouse"


def test_what_is_told_is_computed(warehouse: Path):
    query = "SELECT recipient_count, granted_sek, used_sek, unused_sek, without_report_count FROM out_grant_by_year"
    assert rows(current(warehouse), query) == [(2, 150_000, None, 30_000, 1)]


@pytest.mark.parametrize(
    "table",
    ["core_application", "core_event", "core_answer", "out_application_by_year", "out_indicator",
     "out_indicator_by_group", "out_measure_by_group", "out_comparison"],
)  # fmt: skip
def test_a_table_that_no_form_tells_of_has_no_rows(table: str, warehouse: Path):
    assert rows(current(warehouse), f"SELECT * FROM {table}") == []


def test_funds_that_no_form_tells_of_are_unknown(warehouse: Path):
    query = "SELECT granted_sek, available_sek, administration_sek, undistributed_sek FROM out_funds_by_year"
    assert rows(current(warehouse), query) == [(150_000, None, None, None)]


def test_the_summary_says_that_applications_and_funds_are_unknown(warehouse: Path):
    told = (warehouse.parent / "told").read_text("utf-8")
    assert re.search("Ansökningar +–\n", told)
    assert re.search("Ej fördelat +okänt\n", told)


def test_a_programme_without_a_round_has_no_reports(warehouse: Path):
    assert [path.name for path in (current(warehouse) / "reports").iterdir()] == [NAME]


def test_its_reports_print_what_there_is(warehouse: Path):
    page = (current(warehouse) / "reports" / NAME / "follow_up.html").read_text("utf-8")
    assert "Beviljat" in page
    assert "Disponibelt" in page
    query = "SELECT table_no, value FROM out_table_cell ORDER BY table_no"
    assert rows(current(warehouse), query) == [(1, 150_000), (2, None)]
    for language in ("sv", "en"):
        assert (inside(warehouse) / "validation" / f"{NAME}-{YEAR}.{language}.html").is_file()

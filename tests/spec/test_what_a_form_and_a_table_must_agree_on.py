"""Versions, ratings, constraints, and the rows and columns of printed tables: what cannot be is named with its line."""

from pathlib import Path

import pytest

from schemas.configuration.catalogue import load_programme
from tests.spec.yaml_faults import (
    DECISIONS,
    PRINTED,
    PROGRAMME,
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
    "column_name_taken": Fault(
        PRINTED, UNUSED_COLUMN, "row_no: {value: unused_sek,", "row_no: {value", "får inte heta ”row_no”"
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
        "layout: single\n",
        "layout: single\n    none_of_them: Inget\n",
        "none_of_them",
        "Ta bort raden.",
    ),
    "place_unclear": Fault(
        REPORTED,
        "case_number: Diarienummer",
        "case_number: {nth: 2}",
        "case_number",
        "antingen en rubrik (header) eller",
    ),
    "date_format_unfit": Fault(
        REPORTED,
        "submitted_at: Inskickad",
        "submitted_at: {header: Inskickad, date_format: '%H:%M'}",
        "submitted_at",
        "”%H:%M” anger inte år, månad och dag",
    ),
    "date_formats_confused": Fault(
        REPORTED,
        "submitted_at: Inskickad",
        "submitted_at: {header: Inskickad, date_format: ['%d/%m/%Y', '%m/%d/%Y']}",
        "submitted_at",
        "”%m/%d/%Y” och ”%d/%m/%Y” läser samma text som olika dagar",
    ),
    "date_format_of_no_date": Fault(
        REPORTED,
        "case_number: Diarienummer",
        "case_number: {header: Diarienummer, date_format: '%d/%m/%Y'}",
        "case_number",
        "”case_number” är inget datum",
    ),
    "unit_of_no_amount": Fault(
        REPORTED,
        "case_number: Diarienummer",
        "case_number: {header: Diarienummer, amounts_in: thousands}",
        "case_number",
        "”case_number” är inget belopp",
    ),
    "unit_not_told": Fault(
        DECISIONS,
        "granted_sek: Beviljat belopp (kr)",
        "granted_sek: Beviljat belopp (tkr)",
        "(tkr)",
        "Skriv amounts_in: thousands",
    ),
    "header_not_joined": Fault(
        REPORTED, "questions:\n", "reads: {header: joined}\nquestions:\n", "reads:", "Skriv header_rows: 2"
    ),
    "fills_unfit": Fault(
        REPORTED, "fills: core_usage_report", "fills: [core_usage_report, core_event]", "fills:", "kan fylla en tabell"
    ),
    "same_case_of_no_decision": Fault(
        REPORTED,
        "identity: recipient\n",
        "identity: recipient\nsame_case: adds\n",
        "same_case:",
        "bara ett formulär som fyller core_decision",
    ),
    "other_not_an_option": Fault(
        REPORTED, "layout: single\n", "layout: single\n    other: annat\n", "other:", "Lägg till det under options"
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


COMPARED = """
comparisons:
  areas:
    sv: Områden
    en: Areas
    question: activity_area
    options:
      first: {sv: Första, en: First, any_of: [first_area]}
"""
SIDE_BY_SIDE = """
  3:
    title: {sv: Områden 2024, en: Areas in 2024}
    rows: {comparison: areas}
    row_header: {sv: Område, en: Area}
    columns:
      percent_2024: {year: 2024, value: percent, unit: percent, sv: "2024 (%)", en: "2024 (%)"}
"""


@pytest.mark.rule("words_of_change")
@pytest.mark.parametrize(
    ("plain", "change", "word"),
    [
        ("sv: Områden 2024", "sv: Områden som ökat till 2024", "ökat"),
        ("en: Areas in 2024", "en: Increase of areas", "Increase"),
        ('sv: "2024 (%)"', 'sv: "Fler 2024 (%)"', "Fler"),
    ],
)
def test_years_that_stand_side_by_side_have_no_word_of_change_in_their_table(
    tmp_path: Path, plain: str, change: str, word: str
):
    folder = written(tmp_path)
    (folder / "indicators.yaml").write_text(COMPARED, "utf-8")
    text = (folder / PRINTED).read_text("utf-8")
    (folder / PRINTED).write_text(text + SIDE_BY_SIDE, "utf-8")
    assert load_programme(folder).reports["follow_up"].tables[3].rows.comparison == "areas"
    spoil(folder, Fault(PRINTED, plain, change))
    error = refused(folder, "words_of_change", PRINTED, f"”{word}” säger att något har ändrats")
    assert error.faults[0].place.line == last_line_with(folder / PRINTED, change)


@pytest.mark.rule("column_year_unclear")
@pytest.mark.rule("column_name_taken")
@pytest.mark.rule("category_unclear")
@pytest.mark.rule("constraint_unclear")
@pytest.mark.rule("none_not_joined")
@pytest.mark.rule("place_unclear")
@pytest.mark.rule("date_format_unfit")
@pytest.mark.rule("date_formats_confused")
@pytest.mark.rule("date_format_of_no_date")
@pytest.mark.rule("unit_of_no_amount")
@pytest.mark.rule("unit_not_told")
@pytest.mark.rule("header_not_joined")
@pytest.mark.rule("fills_unfit")
@pytest.mark.rule("same_case_of_no_decision")
@pytest.mark.rule("other_not_an_option")
@pytest.mark.rule("version_lacks")
@pytest.mark.rule("versions_alike")
@pytest.mark.rule("rating_no_number")
@pytest.mark.parametrize(("rule", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_fault_is_one_sentence_with_its_file_and_line(rule: str, fault: Fault, tmp_path: Path):
    refused_in_its_line(written(tmp_path), rule, fault)


OPTIONS = "options: {all: Hela bidraget, part: En del av bidraget, none: Inget av bidraget}"


@pytest.mark.rule("joined_two_ways")
def test_options_that_make_a_joined_answer_readable_in_two_ways_are_refused(tmp_path: Path):
    """“a, b” may be the two options a and b, or the option “a, b”; with another sign between them it is not."""
    folder = written(tmp_path)
    spoil(folder, Fault(REPORTED, OPTIONS, 'options: {all: a, part: b, none: "a, b"}'))
    spoil(folder, Fault(REPORTED, "layout: single\n", 'layout: joined\n    separator: " | "\n'))
    assert load_programme(folder).forms["usage_report"].questions["funds_use"].separator == " | "
    spoil(folder, Fault(REPORTED, 'separator: " | "', 'separator: ", "'))
    error = refused(folder, "joined_two_ways", REPORTED, "”none” består av andra alternativ med ”, ” emellan")
    assert error.faults[0].place.line == last_line_with(folder / REPORTED, "options: {all: a")


@pytest.mark.rule("form_without_header")
def test_a_form_that_no_header_knows_is_refused(tmp_path: Path):
    folder = written(tmp_path)
    text = "form: x\ntitle: {sv: x, en: x}\nidentity: respondent\nfields: {respondent_id: {column: A}}\n"
    (folder / "forms/x.yaml").write_text(text, "utf-8")
    refused(folder, "form_without_header", "forms/x.yaml", "Ge minst ett fält eller en fråga en rubrik")


BOTH = """
form: both
title: {sv: Beslut och rapport, en: Decision and report}
fills: [core_decision, core_usage_report]
identity: recipient
fields: {recipient_name: Namn, granted_sek: Beviljat, unused_sek: Kvar}
"""


@pytest.mark.rule("same_case_of_reports")
def test_rows_that_decide_and_report_may_replace_each_other_and_are_never_added_up(tmp_path: Path):
    folder = written(tmp_path)
    (folder / PRINTED).unlink()
    spoil(folder, Fault(PROGRAMME, "[applications, decisions, funds, usage_report]", "[applications, both, funds]"))
    (folder / "forms/both.yaml").write_text(BOTH + "same_case: replaces\n", "utf-8")
    assert load_programme(folder).forms["both"].same_case == "replaces"
    (folder / "forms/both.yaml").write_text(BOTH + "same_case: adds\n", "utf-8")
    refused(folder, "same_case_of_reports", "forms/both.yaml", "kan inte läggas samman")


@pytest.mark.rule("decided_and_reported")
def test_decisions_with_their_reports_leave_no_place_for_another_form_of_either_and_no_late_ones(tmp_path: Path):
    folder = written(tmp_path)
    (folder / "forms/both.yaml").write_text(BOTH, "utf-8")
    (folder / PRINTED).unlink()
    forms = "[applications, decisions, funds, usage_report]"
    spoil(folder, Fault(PROGRAMME, forms, "[applications, both, funds]"))
    assert load_programme(folder).rounds[2024].forms == ("applications", "both", "funds")
    spoil(folder, Fault(PROGRAMME, "late_reports: accept ", "late_reports: exclude "))
    refused(folder, "decided_and_reported", PROGRAMME, "late_reports måste vara accept")
    spoil(folder, Fault(PROGRAMME, "late_reports: exclude ", "late_reports: accept "))
    spoil(folder, Fault(PROGRAMME, "[applications, both, funds]", "[applications, both, funds, usage_report]"))
    refused(folder, "decided_and_reported", PROGRAMME, "kan inget annat formulär i omgången fylla samma tabeller")


@pytest.mark.parametrize("unit", ["kronor", "thousands"])
def test_a_header_in_thousands_is_no_fault_where_the_form_says_what_its_amounts_are_in(unit: str, tmp_path: Path):
    folder = written(tmp_path)
    told = f"{{header: Beviljat belopp (tkr), amounts_in: {unit}}}"
    spoil(folder, Fault(DECISIONS, "Beviljat belopp (kr)", told))
    assert load_programme(folder).forms["decisions"].has_thousands == (unit == "thousands")

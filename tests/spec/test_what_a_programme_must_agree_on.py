"""What a programme's YAML says in several places agrees, or the place that does not is named with file and line."""

import shutil
from pathlib import Path

import pytest

from schemas.configuration.catalogue import load_programme
from tests.spec.yaml_faults import (
    APPLICATIONS,
    DECISIONS,
    FUNDS,
    NAME,
    PRINTED,
    PROGRAMME,
    QUESTIONS,
    REPORTED,
    YEAR,
    Fault,
    last_line_with,
    refused,
    refused_in_its_line,
    spoil,
    waived,
    waiver,
    written,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


FAULTS = [
    *(
        pytest.param(
            "register_misplaced",
            Fault(
                PROGRAMME,
                "recipient_codes: four_digits   #",
                f"registers: ['{path}']\nrecipient_codes: four_digits   #",
                path,
                f"”{path}” ska vara en fil i en av mapparna i raw/",
            ),
            marks=pytest.mark.rule("register_misplaced"),
            id=f"register {path}",
        )
        for path in ("egna.csv", "reference/2024/egna.csv", "../egna.csv", "reference/.egna")
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            PROGRAMME,
            "funds, usage_report]",
            "fund, usage_report]",
            "fund,",
            "inget formulär som heter ”fund”; menade du ”funds”?",
        ),
        marks=pytest.mark.rule("reference_unknown"),
        id="form of a round",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            DECISIONS,
            "fills: core_decision",
            "fills: core_row",
            "fills:",
            "ingen tabell att fylla som heter ”core_row”",
        ),
        id="table of a form",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            DECISIONS,
            "  decided_date:",
            "  decide_date:",
            "decide_date",
            "inget fält i tabellen som heter ”decide_date”; menade du ”decided_date”?",
        ),
        id="field of a form",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            REPORTED, "fills: core_usage_report\n", "", "case_number", "inget fält för ett formulär utan tabell (fills)"
        ),
        id="field of a form without a table",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            APPLICATIONS,
            "    rejected:",
            "    reject:",
            "reject:",
            "ingen kod som heter ”reject”; menade du ”rejected”?",
        ),
        id="code",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            DECISIONS,
            "sums: granted_sek",
            "sums: decided_date",
            "sums:",
            "inget belopp i formuläret som heter ”decided_date”",
        ),
        id="amount of a total row",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            REPORTED,
            "rule: test_submission",
            "rule: form_unknown",
            "form_unknown",
            "ingen regel för rader som heter ”form_unknown”",
        ),
        id="rule of an exclusion",
    ),
    pytest.param(
        "reference_unknown",
        Fault(REPORTED, "text: Test", "text: Tset", "Tset", "ingen kod i fältet som skrivs ”Tset”; menade du ”Test”?"),
        id="text of an exclusion",
    ),
    pytest.param(
        "reference_unknown",
        Fault(QUESTIONS, "question: funds_use", "question: fund_use", "fund_use", "”fund_use”; menade du ”funds_use”?"),
        id="question of a base",
    ),
    pytest.param(
        "reference_unknown",
        Fault(QUESTIONS, "options: [all, part]", "options: [all, parts]", "parts", "”parts”; menade du ”part”?"),
        id="option of a base",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            REPORTED,
            "base: everyone",
            "base: somebody",
            "somebody",
            "ingen bas som heter ”somebody”; det finns everyone, used",
        ),
        id="base of a form's question",
    ),
    pytest.param(
        "reference_unknown",
        Fault(REPORTED, "{first_area: F", "{first_aera: F", "first_aera", "”first_aera”; menade du ”first_area”?"),
        id="option of a form's question",
    ),
    pytest.param(
        "reference_unknown",
        Fault(PRINTED, "annex: 2024", "annex: 2023", "annex:", "det finns inget bidragsår ”2023”; det finns 2024."),
        id="round of a report",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            PRINTED,
            "indicator: activity_area",
            "indicator: area",
            "indicator:",
            "ingen fråga ställd det bidragsåret som heter ”area”",
        ),
        id="indicator of a report",
    ),
    pytest.param(
        "reference_unknown",
        Fault(
            PRINTED,
            "value: percent",
            "value: unused_percent",
            "value: unused_percent",
            "”unused_percent”; menade du ”percent”?",
        ),
        id="figure of a report's column",
    ),
    pytest.param(
        "reference_unknown",
        waiver(
            waived("amount_unreadable"),
            at="amount_unr",
            told="ingen regel som kan undantas och heter ”amount_unreadable”",
        ),
        id="rule of a waiver",
    ),
    pytest.param(
        "name_twice",
        Fault(
            PROGRAMME,
            "[applications,",
            "[funds, applications,",
            "forms:",
            "”funds” står två gånger i listan. Ta bort den ena.",
        ),
        marks=pytest.mark.rule("name_twice"),
    ),
    pytest.param(
        "text_shared",
        Fault(
            DECISIONS,
            "Redovisas senast",
            "Beslutsdatum\u00a0",
            "report_due_date",
            "samma text som ”decided_date”. Ge dem var sin",
        ),
        marks=pytest.mark.rule("text_shared"),
        id="headers",
    ),
    pytest.param(
        "text_shared",
        Fault(REPORTED, "second_area: Andra", "second_area: Första", "second_area", "samma text som ”first_area”."),
        id="options",
    ),
    pytest.param(
        "text_shared",
        Fault(
            APPLICATIONS,
            "rejected: Avslag",
            "rejected: Bifall",
            "rejected",
            "”rejected” har samma text som ”approved”.",
        ),
        id="codes",
    ),
    pytest.param(
        "programme_misnamed",
        Fault(
            PROGRAMME,
            f"programme: {NAME}",
            "programme: annat",
            "programme: annat",
            f"mappen ”{NAME}”. Ge dem samma namn.",
        ),
        marks=pytest.mark.rule("programme_misnamed"),
    ),
    pytest.param(
        "waived_twice",
        waiver(
            waived(), waived(reason="Ännu en gång"), at="Ännu", told="Förnya ett undantag genom att flytta dess datum."
        ),
        marks=pytest.mark.rule("waived_twice"),
    ),
    pytest.param(
        "waiver_narrowed_badly",
        waiver(waived(narrowed=", file: beslut.xlsx"), at="beslut.xlsx", told="Rätta det, eller utelämna alla tre"),
        marks=pytest.mark.rule("waiver_narrowed_badly"),
    ),
    pytest.param(
        "waiver_backwards",
        waiver(waived(date="2024-06-04"), at="2024-06-04", told="upphör före sitt datum. Rätta datumen."),
        marks=pytest.mark.rule("waiver_backwards"),
    ),
    pytest.param(
        "header_without_option",
        Fault(
            REPORTED, "arbetat? – {option}", "arbetat? – {optoin}", "optoin", "ska ha ordet option inom klammerparentes"
        ),
        marks=pytest.mark.rule("header_without_option"),
    ),
    pytest.param(
        "header_without_option",
        Fault(REPORTED, "arbetat? – {option}", "arbetat {option} {x!q}", "{x!q}", "och inga andra klammerparenteser."),
        id="another word in braces",
    ),
    pytest.param(
        "label_braces",
        Fault(
            PRINTED,
            'en: "Municipalities (N={denominator})"',
            'en: "Municipalities (N={n})"',
            "N={n}",
            "runt ordet denominator",
        ),
        marks=pytest.mark.rule("label_braces"),
    ),
    pytest.param(
        "label_braces",
        Fault(
            PRINTED,
            "sv: Oanvänt statsbidrag (kr)",
            "sv: 'Oanvänt ({denominator})'",
            "Oanvänt (",
            "där raderna är en fråga",
        ),
        id="a table's rows have no denominator",
    ),
    pytest.param(
        "rows_unclear",
        Fault(
            PRINTED,
            "{indicator: activity_area, year: 2024}",
            "{indicator: activity_area}",
            "rows: {ind",
            "exakt ett av",
        ),
        marks=pytest.mark.rule("rows_unclear"),
    ),
    pytest.param(
        "base_not_asked",
        Fault(
            REPORTED, "all: Hela bidraget, part: En del av bidraget, none", "none", "base: used", "Välj en annan bas."
        ),
        marks=pytest.mark.rule("base_not_asked"),
    ),
    pytest.param(
        "round_without_form",
        Fault(
            PROGRAMME,
            "decisions, funds, usage_report",
            "funds, usage_report",
            "forms:",
            "2024 fyller core_decision. Lägg till ett som gör det.",
        ),
        marks=pytest.mark.rule("round_without_form"),
        id="round without decisions",
    ),
    pytest.param(
        "round_without_form",
        Fault(PROGRAMME, "funds, usage_report", "funds", "forms:", "2024 fyller core_usage_report. Lägg till ett"),
        id="round without usage reports",
    ),
]


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_a_fault_is_one_sentence_with_its_file_and_line(rule: str, fault: Fault, folder: Path):
    refused_in_its_line(folder, rule, fault)


@pytest.mark.rule("declared_twice")
@pytest.mark.parametrize("file", [FUNDS, PRINTED])
def test_two_files_of_one_name_are_refused_with_both_places(file: str, folder: Path):
    other = file.replace(".yaml", "_2.yaml")
    shutil.copy(folder / file, folder / other)
    line = last_line_with(folder / file, "form: " if file == FUNDS else "report: ")
    refused(folder, "declared_twice", other, f"finns också i programmes/{NAME}/{file}, rad {line}.")


@pytest.mark.rule("forms_overlap")
@pytest.mark.parametrize("more", ["", "  submission_id: Nr\n"], ids=["the same headers", "all headers and one more"])
def test_two_forms_of_a_round_that_would_claim_one_export_are_refused_with_both_places(more: str, folder: Path):
    text = (folder / FUNDS).read_text("utf-8").replace("form: funds", "form: more").replace("codes:", f"{more}codes:")
    (folder / "forms/more.yaml").write_text(text, "utf-8")
    spoil(folder, Fault(PROGRAMME, "funds,", "funds, more,"))
    refused(folder, "forms_overlap", FUNDS, f"finns också i programmes/{NAME}/forms/more.yaml, rad 2,")


@pytest.mark.rule("round_without_form", holds=True)
def test_a_round_needs_no_form_but_for_decisions_and_usage_reports(folder: Path):
    spoil(folder, Fault(PROGRAMME, "[applications, decisions, funds, usage_report]", "[decisions, usage_report]"))
    assert load_programme(folder).rounds[YEAR].forms == ("decisions", "usage_report")


@pytest.mark.parametrize("rounds", ["funds,", "more,"])
def test_forms_with_the_same_headers_may_be_of_different_rounds(rounds: str, folder: Path):
    text = (folder / FUNDS).read_text("utf-8").replace("form: funds", "form: more")
    (folder / "forms/more.yaml").write_text(text, "utf-8")
    spoil(folder, Fault(PROGRAMME, "funds,", rounds))
    assert set(load_programme(folder).forms) > {"funds", "more"}


def test_a_header_of_its_own_on_each_side_is_enough_for_two_forms(folder: Path):
    text = (folder / FUNDS).read_text("utf-8").replace("form: funds", "form: more").replace("Diarienummer", "Ärende")
    (folder / "forms/more.yaml").write_text(text, "utf-8")
    spoil(folder, Fault(PROGRAMME, "funds,", "funds, more,"))
    assert load_programme(folder).rounds[YEAR].forms[3] == "more"

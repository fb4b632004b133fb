"""A finding about a computed table leads to file, sheet, row and column of the received cell that it comes from."""

import datetime as dt
from typing import Any

from assets.domain.findings import Finding, cells_of, of_tables
from assets.domain.reading.forms import Export
from schemas.rules.rule import found_rules
from tests.rows import FOLDER, PROGRAMME, exports_of, file_of_cells, records
from tests.spec.odd_forms import VERSIONS

BOOK, SHEET, REPORT_ROW = "rapport.xlsx", "Svar", 7
LIST, LIST_ROW = "beslut.xlsx", 4
ACCOUNTS, ACCOUNTS_ROW = "medel.csv", 9

IN_REPORT = (BOOK, SHEET, REPORT_ROW)
IN_LIST = (LIST, "Lista", LIST_ROW)
IN_ACCOUNTS = (ACCOUNTS, None, ACCOUNTS_ROW)


def file(path: str, form: str, *before: str) -> Export:
    """A received file: its columns in the form's order, behind those of somebody's own."""
    headers = [*before, *PROGRAMME.forms[form].headers().values()]
    return exports_of([file_of_cells(headers, name=path)], PROGRAMME.forms[form])[0]


FILES = [file(BOOK, "usage_report_2022", "Anm."), file(LIST, "decisions"), file(ACCOUNTS, "funds", "Nr", "Kod")]
WHO = {"recipient_code": "9901", "grant_id": "9901-1"}
Tables = dict[str, list[dict[str, Any]]]


def placed(name: str, place: tuple[str, str | None, int], **values: object) -> list[dict[str, Any]]:
    path, sheet, row = place
    return records(name, WHO | values, source_file=f"{FOLDER}/{path}", source_sheet=sheet, source_row=row)


def account(**values: object) -> Tables:
    """A reconciliation of one grant, and the rows that it is of."""
    return {
        "core_reconciliation": records("core_reconciliation", {**WHO, "outcome": "difference", **values}),
        "core_decision": placed("core_decision", IN_LIST),
        "core_usage_report": placed("core_usage_report", IN_REPORT),
        "core_event": placed("core_event", IN_ACCOUNTS),
    }


def found(tables: Tables, files: list[Export] = FILES) -> list[Finding]:
    """The breaches of the catalogue's rules in these tables."""
    return list(of_tables(tables, cells_of(files)))


def addresses(findings: list[Finding]) -> list[tuple[str, Any, str | None]]:
    return [
        (each.rule, (_file(each.source_file), each.source_sheet, each.source_row), each.source_column)
        for each in findings
    ]


def _file(path: str | None) -> str | None:
    return path and path.removeprefix(f"{FOLDER}/")


DAY, DAY_BEFORE = dt.date(2024, 2, 1), dt.date(2024, 1, 31)
SUM = {"granted_sek": 100, "granted_when_reported_sek": 100, "used_sek": 50, "unused_sek": 50}
LED = {
    "used_above_granted": (account(**SUM | {"used_sek": 101}), IN_REPORT, "H"),
    "amount_thousandfold": (account(**SUM | {"amount_doubt": "thousandfold"}), IN_REPORT, "J"),
    "amount_thousandth": (account(**SUM | {"amount_doubt": "thousandth"}), IN_REPORT, "J"),
    "case_number_as_amount": (account(**SUM | {"amount_doubt": "case_number"}), IN_REPORT, "J"),
    "used_exactly_granted": (account(**SUM | {"amount_doubt": "exactly_granted"}), IN_REPORT, "H"),
    "unused_above_granted": (account(**SUM | {"unused_sek": 101}), IN_REPORT, "J"),
    "grant_is_not_used_plus_unused": (account(**SUM | {"used_sek": 49}), IN_REPORT, "J"),
    "granted_as_reported_differs": (account(**SUM, granted_as_reported_sek=99), IN_REPORT, "G"),
    "report_without_decision": (account(unused_sek=5, outcome="report_without_decision"), IN_REPORT, "E"),
    "event_without_decision": (account(outcome="event_without_decision"), IN_ACCOUNTS, "D"),
    "decision_without_report": (account(granted_sek=5, outcome="report_missing"), IN_LIST, "D"),
    "report_not_known": (account(granted_sek=5, outcome="report_not_known"), IN_LIST, "D"),
    "cost_before_period": (account(**SUM, cost_period_start_date=DAY, first_cost_date=DAY_BEFORE), IN_REPORT, None),
    "cost_after_period": (account(**SUM, cost_period_end_date=DAY_BEFORE, last_cost_date=DAY), IN_REPORT, None),
}
"""What is wrong, and where it leads: the columns in the form's order, behind one of somebody's own in the report."""


def test_a_breach_in_the_reconciliation_leads_to_the_cell_it_comes_from():
    for rule, (tables, place, column) in LED.items():
        [finding] = found(tables)
        assert addresses([finding]) == [(rule, place, column)], rule
        assert finding.recipient_code == "9901", rule


def test_every_rule_of_the_reconciliation_is_led_back():
    assert set(LED) == {rule.id for rule in found_rules() if rule.holds and rule.holds.table == "core_reconciliation"}


OF_ROWS = {
    "salary_above_used": ("core_usage_report", IN_REPORT, "I", {"used_sek": 5, "salary_sek": 6}),
    "report_due_before_decision": (
        "core_decision",
        IN_LIST,
        "F",
        {"decided_date": DAY, "report_due_date": DAY_BEFORE},
    ),
    "reversal_of_nothing": ("core_event", IN_ACCOUNTS, None, {"event": "payment", "reverses_no": "H001"}),
}


def test_a_breach_in_a_row_that_was_received_leads_to_its_own_cell():
    for rule, (name, place, column, values) in OF_ROWS.items():
        assert addresses(found({name: placed(name, place, **values)})) == [(rule, place, column)], rule


def test_a_breach_in_what_was_counted_of_a_file_leads_to_the_file():
    lost = {"received_count": 2, "accepted_count": 1, "source_file": f"{FOLDER}/{BOOK}"}
    nothing = dict.fromkeys(("superseded_count", "excluded_count", "quarantined_count"), 0)
    tables = {"core_funnel": records("core_funnel", lost | nothing)}
    assert addresses(found(tables)) == [("row_lost", (BOOK, None, None), None)]


def test_a_breach_in_the_years_funds_is_about_the_round_as_a_whole():
    tables = {"out_funds_by_year": records("out_funds_by_year", {"available_sek": 5, "granted_sek": 6})}
    assert addresses(found(tables)) == [("funds_exceeded", (None, None, None), None)]


def test_where_the_form_has_no_such_column_the_finding_leads_to_the_row():
    row = placed("core_usage_report", IN_REPORT, used_sek=5, salary_sek=6)
    found_there = found({"core_usage_report": row}, [file(BOOK, "usage_report_2023")])
    assert addresses(found_there) == [("salary_above_used", IN_REPORT, None)]


def test_a_file_that_another_one_replaced_makes_no_second_finding():
    """Both files have the column; the row stands in one of them."""
    files = [file(BOOK, "usage_report_2022"), file("gammal.xlsx", "usage_report_2022", "Anm.")]
    assert addresses(found(account(**SUM | {"used_sek": 101}), files)) == [("used_above_granted", IN_REPORT, "G")]


def test_where_a_file_has_two_versions_of_its_form_both_columns_are_told():
    [export] = exports_of([file_of_cells(["Kommun", "Ej använt", "Kvar"], name=BOOK)], VERSIONS)
    [finding] = found(account(**SUM | {"unused_sek": 101}), [export])
    assert finding.source_column == "B/C"


def test_the_rows_of_another_grant_are_left_alone_also_of_the_same_recipient():
    others = [
        {"recipient_code": "9902", "grant_id": "9902-1", "source_file": f"{FOLDER}/{BOOK}", "source_row": 8},
        {"recipient_code": "9901", "grant_id": "9901-2", "source_file": f"{FOLDER}/{BOOK}", "source_row": 9},
    ]
    tables = account(**SUM | {"used_sek": 101})
    tables["core_usage_report"] = [*records("core_usage_report", *others), *tables["core_usage_report"]]
    assert addresses(found(tables)) == [("used_above_granted", IN_REPORT, "H")]


def test_an_amount_is_told_as_a_person_writes_it():
    granted = {"granted_sek": 700_000, "granted_when_reported_sek": 700_000}
    [finding] = found(account(**granted, used_sek=700_001, unused_sek=0))
    assert "(700\u00a0001 kr) är mer än de beviljade (700\u00a0000 kr)" in finding.message_sv
    assert "(SEK 700\u00a0001) is more than what was granted (SEK 700\u00a0000)" in finding.message_en


def test_a_row_with_two_faults_that_do_not_explain_one_another_is_found_twice():
    rules = [each.rule for each in found(account(**SUM | {"used_sek": 101}, granted_as_reported_sek=99))]
    assert sorted(rules) == ["granted_as_reported_differs", "used_above_granted"]

"""What a validation report says of a round: collected from the version's tables, compared with those before."""

import csv
import io
from collections.abc import Mapping

import pyarrow as pa

from assets.tables import table_of
from pipelines.reports.validation.changes import COMPARED, Change, changes
from pipelines.reports.validation.content import READ, RECEIVED, RoundReport, Total, round_report
from pipelines.reports.validation.download import findings_csv, inert
from tests.rows import Record, records

FILE, OTHER = "p/2023/a.csv", "p/2023/b.csv"


def tables(**rows: list[Record]) -> dict[str, pa.Table]:
    """The tables that a report reads, with one round; those that are not named are empty."""
    given: Mapping[str, list[Record]] = {"core_round": [{}], **rows}
    return {name: table_of(name, records(name, *given.get(name, []))) for name in {*READ, *COMPARED, RECEIVED}}


def reported(**rows: list[Record]) -> RoundReport:
    return round_report(tables(**rows), "p", 2023)


def rule(name: str, severity: str, count: int) -> Record:
    return {"rule": name, "severity": severity, "title_sv": name.upper(), "finding_count": count}


def finding(number: int, name: str, **facts: object) -> Record:
    return {"finding_no": number, "rule": name, "severity": "warn", "source_file": FILE, "source_row": number, **facts}


def test_rules_are_ranked_by_severity_and_then_by_how_much_they_found():
    results = [rule("a", "warn", 9), rule("b", "quarantine", 1), rule("c", "stop", 0), rule("d", "warn", 10)]
    assert [each["rule"] for each in reported(core_rule_result=results).rules] == ["c", "b", "d", "a"]


def test_a_rule_that_found_nothing_is_listed_and_has_no_group():
    report = reported(core_rule_result=[rule("a", "warn", 0), rule("b", "warn", 1)], core_finding=[finding(1, "b")])
    assert [each["rule"] for each in report.rules] == ["b", "a"]
    assert [(group.rule["rule"], len(group.findings)) for group in report.groups] == [("b", 1)]


def test_a_row_that_does_not_count_has_its_fate_its_rule_and_what_was_said_of_it():
    rows = [
        {"source_row": 1, "row_kind": "data", "fate": "accepted"},
        {"source_row": 2, "row_kind": "data", "fate": "quarantined", "rule": "b", "recipient_code": "9901"},
        {"source_row": 3, "row_kind": "header"},
        {"source_row": 4, "row_kind": "data", "fate": "excluded", "rule": "b"},
    ]
    body = {"recipient_code": "9901", "recipient_name": "Exempelkommun 01"}
    report = reported(
        core_row=[{"source_file": FILE, **row} for row in rows],
        core_recipient=[body],
        core_rule_result=[rule("b", "quarantine", 1)],
        core_finding=[finding(2, "b", message_sv="Rätta det.")],
    )
    told = [(row["source_row"], row["recipient"], row["fate"]) for row in report.left_out]
    assert told == [(2, "Exempelkommun 01", "quarantined"), (4, None, "excluded")]
    assert [row["finding"] and row["finding"]["message_sv"] for row in report.left_out] == ["Rätta det.", None]


def test_gaps_of_the_reconciliation_come_first_and_sums_say_for_how_many_they_are_not_known():
    bodies = [{"recipient_code": f"990{n}", "recipient_name": f"Exempelkommun 0{n}"} for n in (1, 2, 3)]
    accounts = [
        {
            "recipient_code": "9901",
            "granted_sek": 700,
            "used_sek": 500,
            "unused_sek": 200,
            "outcome": "unused_reported",
        },
        {"recipient_code": "9902", "granted_sek": 300, "outcome": "report_missing"},
        {"recipient_code": "9903", "granted_sek": 10, "used_sek": 9, "unused_sek": 2, "outcome": "difference"},
    ]
    report = reported(core_recipient=bodies, core_reconciliation=accounts)
    assert [(each["recipient"][-1], each["is_gap"]) for each in report.accounts] == [
        ("2", True),
        ("3", True),
        ("1", False),
    ]
    assert report.account_totals["granted_sek"] == Total(1010, 0, 0)
    assert report.account_totals["used_sek"] == Total(509, 1, 300)
    assert report.account_totals["unused_sek"] == Total(202, 1, 300)


def test_what_nobody_checked_is_what_no_form_reads_and_what_no_rule_looks_at():
    columns = [
        {"column_no": 1, "source_column": "A", "header": "Belopp", "slot": "granted_sek", "rule_count": 3},
        {"column_no": 2, "source_column": "B", "header": "Beslutsfattare", "slot": "decision_maker", "rule_count": 0},
        {"column_no": 3, "source_column": "C", "header": "Anteckning", "rule_count": 0},
        {"column_no": 4, "source_column": "D", "rule_count": 0},
    ]
    report = reported(core_source_column=[{"source_file": FILE, **each} for each in columns])
    assert [each["source_column"] for each in report.unread_columns] == ["C"]
    assert [each["source_column"] for each in report.unruled_columns] == ["B"]


def test_a_finding_says_that_its_cell_was_corrected_if_the_correction_is_in_effect():
    cells = [{"source_file": FILE, "source_row": n, "source_column": "B", "effect": "applied"} for n in (1, 2)]
    corrections = [cells[0], cells[1] | {"effect": "withdrawn"}]
    found = [finding(n, "b", source_column=column) for n, column in ((1, "B"), (2, "B"), (1, "C"))]
    report = reported(core_rule_result=[rule("b", "warn", 3)], core_finding=found, core_correction=corrections)
    assert [each["is_corrected"] for each in report.groups[0].findings] == [True, False, False]
    assert [each["file"] for each in report.corrections] == ["a.csv", "a.csv"]


def test_the_funnel_is_summed_over_files():
    funnel = [{"source_file": name, "received_count": 5, "accepted_count": 4} for name in (FILE, OTHER)]
    counts = {"superseded_count": 0, "excluded_count": 1, "quarantined_count": 0, "other_count": 2}
    report = reported(core_funnel=[each | counts for each in funnel])
    assert (report.funnel_total["received_count"], report.funnel_total["excluded_count"]) == (10, 2)


# -- what changed ---------------------------------------------------------------------------------------------------


def changed(before: dict[str, list[Record]], now: dict[str, list[Record]]) -> list[Change] | None:
    return changes(tables(**before), tables(**now), "p", 2023)


def test_the_same_round_twice_is_unchanged():
    rows = {"out_grant_by_year": [{"granted_sek": 5}], "core_finding": [finding(1, "a")]}
    assert changed(rows, rows) == []


def test_a_round_that_was_not_there_before_is_new_and_not_changed():
    assert changes(tables(core_round=[]), tables(), "p", 2023) is None


def test_a_figure_that_is_another_one_is_told_with_both():
    was, is_now = ({"out_grant_by_year": [{"granted_sek": amount}]} for amount in (5, 6))
    assert changed(was, is_now) == [Change("figure", ("out_grant_by_year", "granted_sek"), 5, 6)]


def test_files_that_came_went_or_have_other_content_are_told():
    def holding(**hashes: str) -> dict[str, list[Record]]:
        return {
            "core_source_file": [{"source_file": f"p/2023/{name}", "sha256": text} for name, text in hashes.items()]
        }

    found = changed(holding(a="1", b="1", c="1"), holding(a="1", b="2", d="1"))
    assert found == [
        Change("file", ("b",), "1", "2"),
        Change("file", ("d",), None, "1"),
        Change("file", ("c",), "1", None),
    ]


def test_findings_are_compared_rule_by_rule_and_rows_fate_by_fate():
    was = {"core_finding": [finding(1, "a"), finding(2, "b")]}
    now = {"core_finding": [finding(1, "a"), finding(2, "a")]}
    rows = [{"source_file": FILE, "source_row": n, "row_kind": "data", "fate": "accepted"} for n in (1, 2)]
    was |= {"core_row": rows}
    now |= {"core_row": [rows[0], rows[1] | {"fate": "excluded"}]}
    assert changed(was, now) == [
        Change("findings", ("a",), 1, 2),
        Change("findings", ("b",), 1, 0),
        Change("rows", ("accepted", "a.csv"), 2, 1),
        Change("rows", ("excluded", "a.csv"), 0, 1),
    ]


# -- the table to download --------------------------------------------------------------------------------------------


def test_findings_are_downloaded_in_their_order_whatever_their_groups():
    results = [rule("a", "warn", 1), rule("b", "stop", 1)]
    report = reported(core_rule_result=results, core_finding=[finding(1, "a"), finding(2, "b", message_sv="å;ä")])
    content = findings_csv(report.groups, "sv")
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header[:4] == ["Löpnummer", "Allvarlighetsgrad", "Regel", "Källfil"]
    assert [row[:3] for row in rows] == [["1", "varning", "a"], ["2", "varning", "b"]]
    assert rows[1][header.index("Meddelande")] == "å;ä"


def test_no_cell_of_the_table_is_a_formula():
    for text in ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"):
        assert inert(text) == f"'{text}"


def test_any_other_cell_is_shown_as_it_is():
    for value, shown in ((None, ""), (5, "5"), ("a=b", "a=b"), ("", "")):
        assert inert(value) == shown, value

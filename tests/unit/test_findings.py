"""What the system can say: every rule is used, and every sentence can be said with what is known."""

import ast
import dataclasses
import datetime as dt
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.domain.counting import Counted, count
from assets.domain.findings import ADDRESS, Finding, numbered, of_rows, of_sheets, of_totals, waived
from assets.domain.reading.forms import Export
from assets.domain.reading.rows import read_rows
from assets.domain.waivers import in_force
from assets.received import Sheet
from schemas.configuration import catalogue
from schemas.configuration.programme import Waiver
from schemas.rules.rule import Stop, found_rules, received_rules, rules
from schemas.tables import TABLES, project
from schemas.words.vocabulary import LANGUAGES, SEVERITIES
from tests.rows import MUCH_LATER, PROGRAMME, Record, bodies_of, export_of, exports_of, file_of

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("schemas", "assets", "pipelines") for path in sorted((ROOT / folder).rglob("*.py"))]
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
OF_FILES = {"rows", "columns", "cells", "cell", "count"}
"""What is known of a file that says something of its cells."""

NAMEABLE = {*ADDRESS, *OF_FILES, "header", "name", "official_name", "score", "suggestions", "recipient_code"}
NAMEABLE |= {"case_number", "beside", "others"}
NAMEABLE |= {"written", "unused_sek"}
"""What is known of a row that is found to be wrong."""
MARKED = {"rows", "columns", "cells", "cell", "count"}
"""What a finding about what a file says of its cells has besides."""


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def stops() -> Iterator[ast.Call]:
    """Every `Stop("rule", ...)` in the sources."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Stop":
                yield node


def rules_named() -> set[str]:
    """Every text in the sources, and every rule a form excludes rows by."""
    texts = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    programmes = [catalogue.programme(name) for name in catalogue.programme_names()]
    return texts | {each.rule for one in programmes for form in one.forms.values() for each in form.excluded_when}


def test_a_rule_says_the_same_in_both_languages():
    for rule in rules().values():
        assert placeholders(rule.sv) == placeholders(rule.en), rule.id
        assert rule.severity in SEVERITIES, rule.id


def test_the_sentence_of_a_finding_names_only_what_a_finding_has():
    for rule in received_rules():
        nameable = NAMEABLE | MARKED if rule.source in ("file", "form") else NAMEABLE
        assert placeholders(rule.sv) <= nameable, rule.id


def test_the_sentence_of_a_rule_of_a_table_names_only_columns_of_the_table():
    for rule in found_rules():
        if rule.holds:
            assert placeholders(rule.sv) <= {*project.columns(TABLES[rule.holds.table]), *ADDRESS}, rule.id


def test_every_rule_is_used_by_some_code():
    assert {rule.id for rule in rules().values() if not rule.holds} - rules_named() == set()


def test_every_stop_gives_exactly_the_values_its_sentence_names():
    """Where some are given together (`**facts`), the others are among them; such a stop is made to happen elsewhere."""
    calls = list(stops())
    assert len(calls) > 10
    for call in calls:
        [name] = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        assert rules()[name].severity == "stop"
        given, named = {keyword.arg for keyword in call.keywords}, placeholders(rules()[name].sv)
        assert given == named or (None in given and given - {None} < named), name


def test_a_stop_says_its_sentence_in_either_language():
    stop = Stop("file_empty", file="f.csv")
    assert str(stop) == "f.csv är tom. Exportera filen på nytt."
    assert stop.sentence("en") == "f.csv is empty. Export the file again."


def test_a_sentence_without_one_of_its_values_is_an_error():
    with pytest.raises(KeyError, match="missing"):
        rules()["form_unknown"].message(LANGUAGES[0], {"file": "f", "form": "g"})


AS_OF = dt.date(2024, 6, 30)
DECISIONS, REPORTS = PROGRAMME.forms["decisions"], PROGRAMME.forms["usage_report_2022"]


def counted(*exports: Export) -> list[Counted]:
    rows = [row for export in exports for row in read_rows(export, {}, bodies_of(), PROGRAMME)]
    return count(rows, AS_OF, "accept")


def found_in(*exports: Export) -> list[Finding]:
    return list(of_rows(counted(*exports)))


def decided(name: str | None, granted: str | None = "5") -> Record:
    return {"recipient_name": name, "granted_sek": granted}


def test_a_finding_is_what_a_row_breaks_in_the_words_of_its_rule():
    [finding] = found_in(export_of(DECISIONS, decided("Exempelkomun 01")))
    # One of sixteen letters is missing: 1 - 1/16 = 93.75 %.
    assert finding.message_sv == (
        "”Exempelkomun 01” finns inte i registret och tolkades som Exempelkommun 01 (9901) på grund av likhet (94 %)."
        " Rätta namnet i källan eller lägg till ett alias i programme.yaml."
    )
    assert (finding.severity, finding.source_row, finding.source_column) == ("warn", 2, "D")
    assert finding.recipient_code == "9901"


def test_a_finding_of_a_cell_names_its_header():
    [finding] = found_in(export_of(DECISIONS, decided("Exempelkommun 01", None)))
    assert (finding.rule, finding.source_column) == ("value_missing", "E")
    assert finding.message_en == "A value is missing in the column “Beviljat belopp (kr)”. Supply it at the source."


def test_braces_in_what_was_received_are_said_as_they_stand():
    file = file_of(DECISIONS, decided("Exempelkommun 01"), sheet="Lista")
    [export] = exports_of([dataclasses.replace(file, sheets=[*file.sheets, Sheet("{score}", [["x"]])])], DECISIONS)
    [finding] = of_sheets([export])
    assert "{score}" in finding.message_sv


def test_a_name_that_is_nobodys_is_not_shown():
    """What stands in the wrong column may be a person's name; the address leads to it."""
    [finding] = found_in(export_of(DECISIONS, decided("Anna Andersson")))
    assert finding.rule == "name_unknown"
    assert "Anna" not in f"{finding.message_sv}{finding.message_en}"


SENT = {"recipient_name": "Exempelkommun 01", "submission_status": "Inlämnad", "unused_sek": "5"}


def test_what_does_not_count_is_found_for_that_alone_and_not_for_its_cells():
    """A test with an unreadable amount is a test; of two reports the first is told as superseded."""
    sent = [
        {**SENT, "submitted_at": "2024-01-01", "submission_status": "Test", "unused_sek": "?"},
        {**SENT, "submitted_at": "2024-01-02"},
        {**SENT, "submitted_at": "2024-01-03"},
    ]
    found = [(each.source_row, each.rule) for each in found_in(export_of(REPORTS, *sent, made=MUCH_LATER))]
    assert found == [(2, "test_submission"), (3, "superseded_submission")]


def test_a_row_that_is_kept_out_by_a_fault_is_found_once_for_it():
    found = [(each.rule, each.source_column) for each in found_in(export_of(REPORTS, {**SENT, "unused_sek": "?"}))]
    assert found == [("amount_unreadable", "I")]


def test_a_report_that_came_late_and_counts_is_told_with_its_row():
    decision = decided("Exempelkommun 01") | {"report_due_date": "2024-02-01"}
    files = [file_of(DECISIONS, decision, name="a.csv")]
    files += [file_of(REPORTS, {**SENT, "submitted_at": "2024-02-02"}, name="b.csv", made=MUCH_LATER)]
    [finding] = found_in(*exports_of(files, DECISIONS, REPORTS))
    assert (finding.rule, finding.source_file, finding.source_row) == ("late_report_accepted", files[1].path, 2)


# -- total rows -------------------------------------------------------------------------------------------------------
def totals(*sent: Record, day: dt.date = AS_OF) -> list[tuple[int | None, str | None]]:
    export = export_of(DECISIONS, *sent)
    rows = read_rows(export, {}, bodies_of(), PROGRAMME)
    return [(each.source_row, each.source_column) for each in of_totals(export, rows, day)]


def test_a_total_that_is_not_the_sum_of_the_files_rows_is_found_in_its_cell():
    first, second = decided("Exempelkommun 01", "5"), decided("Atlantis", "7")
    assert totals(first, second, decided("Summa", "12")) == []
    assert totals(first, second, decided("Summa", "13")) == [(4, "E")]
    assert totals(first, second, decided("Summa", None)) == [(4, "E")]


def test_a_total_is_not_held_against_rows_that_cannot_be_read_or_are_not_there():
    assert totals(decided("Exempelkommun 01", "?"), decided("Summa", "12")) == []
    assert totals(decided("Summa", "12")) == []


# -- the list ---------------------------------------------------------------------------------------------------------
def test_findings_are_numbered_from_one_in_order_of_address():
    exports = [export_of(DECISIONS, *([decided(None)] * 10), name=name) for name in ("b.csv", "a.csv")]
    listed = numbered(found_in(*exports))
    addresses = [(row["source_file"], row["source_row"]) for row in listed]
    assert [row["finding_no"] for row in listed] == list(range(1, 21))
    assert addresses == sorted(addresses)
    assert addresses[9] == ("p/2023/a.csv", 11)


def test_a_waiver_is_in_force_from_its_day_until_its_last():
    waiver = Waiver.model_validate(
        {"rule": "name_by_likeness", "reason": "Kontrollerat mot ansökan", "by": "A. Chef"}
        | {"date": dt.date(2024, 1, 1), "expires": dt.date(2024, 1, 31)}
    )
    listed = numbered(found_in(export_of(DECISIONS, decided("Exempelkomun 01"), decided("Atlantis"))))
    days = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 1, 31), dt.date(2024, 2, 1)]
    reasons = [[row["waiver_reason"] for row in waived(listed, in_force([waiver], day), {})] for day in days]
    assert reasons == [[None, None], [waiver.reason, None], [waiver.reason, None], [None, None]]

"""`statsbidrag audit-rules`: which rules find planted faults, and the page that says so."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from pathlib import Path
from random import Random

import pytest

from pipelines.audit import __main__ as rule_audit_page
from pipelines.audit import report as rule_audit_report
from pipelines.audit.faults import FAULTS
from pipelines.audit.rule_audit import Planted, all_places, damaged, figures, kinds, planted
from pipelines.reports.audited import FIGURES, Audited, audited
from pipelines.reports.columns import laid_out
from schemas.rules.rule import Stop, rules
from schemas.texts.catalogue import Said, known
from tests.integration.command import ROOT, statsbidrag

RAW = ROOT / "raw"
HELD = {"duplicate_key": 4, "amount_negative": 7}
SAID = [
    Planted("amount_negative", "decisions", 2023, "found", ("amount_negative", "total_row_differs")),
    Planted("amount_negative", "decisions", 2022, "found", ("amount_negative",)),
    Planted("column_missing", "funds", 2023, "stopped", ("form_unknown",)),
    Planted("answer_to_another_option", "survey_2023", 2023, "missed"),
    Planted("blank_rows_between", "funds", 2023, "harmless"),
]


def test_each_kind_of_fault_has_a_name_in_both_languages():
    assert [kind for kind in kinds() if not known(f"fault_{kind}")] == []


def test_what_was_harmless_is_left_out_of_the_rate():
    assert rule_audit_report.totals(SAID, 1, "sv") == ("Frö 1: 3 av 4 fel med verkan funna (75 %); 1 utan verkan.")
    report = rule_audit_report.report(SAID, 7, HELD)
    assert report["rules"] == {"amount_negative": 2, "form_unknown": 1, "total_row_differs": 1}
    assert report["kinds"]["blank_rows_between"] == {  # type: ignore[index]
        "planted": 1,
        "stopped": 0,
        "found": 0,
        "harmless": 1,
        "missed": 0,
    }
    assert report["rules_that_found_nothing"] == ["duplicate_key"]
    assert "duplicate_key" not in report["rules_that_could_not_be_tried"]  # type: ignore[operator]
    assert "not_in_the_ledger" in report["rules_that_could_not_be_tried"]  # type: ignore[operator]


def test_validation_reports_tell_what_the_audit_came_to_and_when():
    told = rule_audit_report.figures(SAID, 7, dt.date(2024, 7, 1))
    found = Audited(**told)  # type: ignore[arg-type]
    assert found.sentence("sv").startswith(
        "Så bra är reglerna: av 4 planterade fel med verkan fann de 3 (75 %), prövat 2024-07-01"
    )
    assert found.unseen("sv") == [("ett annat svar", 1, "bara den svarande vet vad den menade")]


def test_what_nothing_found_is_listed_with_where_and_why():
    told = "\n".join(laid_out(rule_audit_report.lines(SAID, 1, "sv", HELD)))
    assert "ett annat svar  survey_2023 2023  bara den svarande vet vad den menade" in told
    page = rule_audit_report.page(SAID, 1, HELD)
    assert "| another answer | survey_2023 2023 | only the respondent knows what was meant |" in page


def test_the_same_seed_plants_the_same_faults_and_leaves_the_files_alone():
    before = {path: path.read_bytes() for path in RAW.rglob("*") if path.is_file()}
    once, again, elsewhere = (planted(RAW, seed, "amount_negative") for seed in (1, 1, 5))
    assert once == again
    assert {each.outcome for each in (*once, *elsewhere)} == {"found"}
    assert all("amount_negative" in each.rules for each in once)
    assert {path: path.read_bytes() for path in RAW.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("kind", "outcome", "found_by"),
    [
        ("correction_repeated", "stopped", ("correction_twice",)),
        ("correction_of_no_row", "stopped", ("correction_misplaced",)),
        ("correction_of_another_value", "stopped", ("correction_outdated",)),
        ("correction_to_no_option", "found", ("answer_unreadable",)),
        ("correction_forgotten", "missed", ()),
    ],
)
def test_a_fault_in_the_log_of_corrections_is_told_unless_it_looks_like_a_choice(
    kind: str, outcome: str, found_by: tuple[str, ...]
):
    assert {(each.outcome, each.rules) for each in planted(RAW, 1, kind)} == {(outcome, found_by)}


def test_every_kind_of_fault_changes_what_it_is_planted_in():

    for kind in FAULTS:
        files = [(place, damaged(place, kind, Random(kind))) for place in all_places(RAW)]  # noqa: S311 - repeatable
        changed = [place for place, file in files if file is not None and file != place.file]
        assert changed, kind
    assert figures(all_places(RAW)[0].round.tables)


def test_a_folder_without_rounds_is_one_sentence(tmp_path: Path):
    done = statsbidrag("audit-rules", "--raw", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr


def found_by_rule(page: str) -> dict[str, int]:
    return {rule: int(found) for rule, found in re.findall(r"^\| (\w+) \| (\d+) \| \d+ \|$", page, re.MULTILINE)}


@pytest.mark.slow
def test_the_committed_audit_is_that_of_a_fresh_run_and_no_rule_finds_less():
    committed = (ROOT / "docs/rule-audit.md").read_text("utf-8")
    fresh, figures = rule_audit_page.written(dt.date.fromisoformat(audited().date))
    before, now = found_by_rule(committed), found_by_rule(fresh)
    assert before.keys() <= rules().keys()
    assert {rule: (count, now.get(rule, 0)) for rule, count in before.items() if now.get(rule, 0) < count} == {}
    assert fresh == committed, "run make rule-audit"
    assert figures == FIGURES.read_text("utf-8"), "run make rule-audit"


def test_a_stop_goes_whole_from_one_process_to_another():
    stop = Stop("file_unreadable", file="a.csv", why=Said("too_slow", 60))
    assert pickle.loads(pickle.dumps(stop)).sentence("en") == stop.sentence("en")  # noqa: S301 - our own bytes

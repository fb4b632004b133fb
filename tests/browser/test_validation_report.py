"""The validation report in Debian's Chromium: accessible, filtered without a script, whole on paper, and inert."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.reports.validation.pages import SHOWN_ROWS, Published, round_files
from pipelines.warehouse.layout import MANIFEST
from schemas.rules.rule import received_rules
from schemas.tables import PUBLISHED
from tests.browser.hostile import HOSTILE
from tests.integration.publishing import PROGRAMME, current, whole_table

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
FREE_TEXTS = ("message_sv", "message_en", "title", "origin", "sender", "note", "licence", "header", "date_note")
FREE_TEXTS += ("recipient_name", "name_as_reported", "source_sheet", "reason", "waived_by")
THOUSAND = 1_000


@pytest.fixture(scope="module")
def tables(sample_warehouse: Path) -> dict[str, pa.Table]:
    return {name: whole_table(sample_warehouse, name) for name in PUBLISHED}


@pytest.fixture(scope="module")
def card(sample_warehouse: Path) -> dict[str, Any]:
    manifest = json.loads((current(sample_warehouse) / MANIFEST).read_text("utf-8"))
    return next(card for card in manifest["rounds"] if card["year"] == 2023)


def read(tables: Mapping[str, pa.Table], card: Mapping[str, Any], folder: Path, language: str = "sv") -> dict[str, Any]:
    """What a reader of the report sees, and what the page tried to do."""
    for name, content in round_files(Published("0123456789abcdef", tables, (), None), card).items():
        (folder / name).write_bytes(content)
    pictures = HERE / "pictures" / folder.name
    pictures.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    page = folder / f"{PROGRAMME}-2023.{language}.html"
    command = [node, str(HERE / "read_report.mjs"), str(page), str(pictures)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def assert_well_made(seen: Mapping[str, Any]) -> None:
    assert seen["violations"] == []
    assert (seen["asked"], seen["said"], seen["dialogs"], seen["ran"], seen["handlers"]) == ([], [], 0, False, 0)
    assert (seen["overflow"], seen["narrowOverflow"]) == (0, 0)


def with_findings(tables: Mapping[str, pa.Table], findings: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """The same tables with other findings, and the rules' counts in line."""
    schema = tables["core_finding"].schema
    results = tables["core_rule_result"].to_pylist()
    for result in results:
        result["finding_count"] = sum(each["rule"] == result["rule"] for each in findings)
    rules = pa.Table.from_pylist(results, tables["core_rule_result"].schema)
    return {**tables, "core_finding": pa.Table.from_pylist(findings, schema), "core_rule_result": rules}


def thousand_findings(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """A thousand findings of every rule of received rows in turn, in every file in turn, in hostile words."""
    files = sorted(row["source_file"] for row in tables["core_source_file"].to_pylist() if row["year"] == 2023)
    said: Iterator[str] = itertools.cycle(HOSTILE)
    turns = zip(itertools.cycle(received_rules()), itertools.cycle(files), said, strict=False)
    return [
        {
            "programme": PROGRAMME,
            "year": 2023,
            "finding_no": number,
            "rule": rule.id,
            "severity": rule.severity,
            "source_file": file,
            "source_row": number,
            "source_column": "C",
            "message_sv": words,
            "message_en": words,
            "provenance": "synthetic",
        }
        for number, (rule, file, words) in enumerate(itertools.islice(turns, THOUSAND), 1)
    ]


def hostile(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Every free text of every table in hostile words."""
    said = itertools.cycle(HOSTILE)
    worse = {}
    for name, table in tables.items():
        columns = {
            column: pa.array([next(said) for _ in range(table.num_rows)]) if column in FREE_TEXTS else table[column]
            for column in table.column_names
        }
        worse[name] = pa.table(columns, schema=table.schema)
    return worse


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_report_with_few_findings_is_accessible_and_loads_nothing(tables, card, tmp_path, language):
    folder = tmp_path / f"few-{language}"
    folder.mkdir()
    seen = read(tables, card, folder, language)
    assert_well_made(seen)
    assert seen["first"] == [["nothing_chosen", 3], ["name_by_likeness", 3]]
    assert seen["printed"] == seen["first"]


@pytest.fixture(scope="module")
def thousand(tables, card, tmp_path_factory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("pages") / "thousand"
    folder.mkdir()
    return read(with_findings(hostile(tables), thousand_findings(tables)), card, folder)


def test_a_report_with_a_thousand_hostile_findings_is_accessible_and_does_nothing(thousand):
    assert_well_made(thousand)


def test_a_thousand_findings_are_ranked_and_shown_ten_to_a_rule(thousand):
    severities = {rule.id: rule.severity for rule in received_rules()}
    order = [severities[rule] for rule, _ in thousand["first"]]
    assert order == sorted(order, key=["stop", "quarantine", "warn"].index)
    assert {count for _, count in thousand["first"]} == {SHOWN_ROWS}
    assert len(thousand["first"]) == len(severities)


def test_all_findings_of_a_rule_can_be_shown(thousand):
    [(rule, count), *others] = thousand["all"]
    assert count == sum(each == rule for each in _rules_in_turn())
    assert {count for _, count in others} == {SHOWN_ROWS}


def _rules_in_turn() -> list[str]:
    return [rule.id for rule in itertools.islice(itertools.cycle(received_rules()), THOUSAND)]


def test_warnings_alone_can_be_shown(thousand):
    severities = {rule.id: rule.severity for rule in received_rules()}
    assert {severities[rule] for rule, _ in thousand["warnings"]} == {"warn"}
    assert len(thousand["warnings"]) == sum(severity == "warn" for severity in severities.values())


def test_the_findings_of_one_file_can_be_shown_and_then_all_of_them(thousand, tables):
    in_turn = [each["source_file"].rpartition("/")[2] for each in thousand_findings(tables)]
    assert set(thousand["files"]) == {thousand["firstFile"]}
    assert len(thousand["files"]) == in_turn.count(thousand["firstFile"])
    assert sum(count for _, count in thousand["ofFirstFile"]) == len(thousand["files"]) > SHOWN_ROWS


def test_paper_has_them_all(thousand):
    assert sum(count for _, count in thousand["printed"]) == THOUSAND

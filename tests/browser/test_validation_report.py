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
import pyarrow.parquet as pq
import pytest

from pipelines.reports.validation.lists import ROWS_OF_A_PAGE
from pipelines.reports.validation.pages import Published, round_files
from pipelines.warehouse.layout import ACCEPTED, MANIFEST, STORE
from schemas.rules.rule import received_rules
from schemas.tables import PUBLISHED
from tests.browser.hostile import HOSTILE
from tests.integration.publishing import PROGRAMME, current, whole_table

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
FREE_TEXTS = ("message_sv", "message_en", "title", "origin", "sender", "note", "licence", "header", "date_note")
FREE_TEXTS += ("recipient_name", "name_as_reported", "source_sheet", "reason", "waived_by")
THOUSAND = 1_000
PAGES = ("findings", "findings-2", "findings-3")


@pytest.fixture(scope="module")
def tables(sample_warehouse: Path) -> dict[str, pa.Table]:
    return {name: whole_table(sample_warehouse, name) for name in PUBLISHED} | {"raw_row": received(sample_warehouse)}


def received(warehouse: Path) -> pa.Table:
    """What was received for the round, as it stands in the store."""
    return pq.read_table(warehouse / STORE / PROGRAMME / "2023" / ACCEPTED / "raw_row.parquet")


@pytest.fixture(scope="module")
def card(sample_warehouse: Path) -> dict[str, Any]:
    manifest = json.loads((current(sample_warehouse) / MANIFEST).read_text("utf-8"))
    return next(card for card in manifest["rounds"] if card["year"] == 2023) | {"ran_by": "somebody"}


def read(tables: Mapping[str, pa.Table], card: Mapping[str, Any], folder: Path, page: str = "sv") -> dict[str, Any]:
    """What a reader of one page of the round sees, and what the page tried to do."""
    for name, content in round_files(Published("0123456789abcdef", tables, (), None), card).items():
        (folder / name).write_bytes(content)
    return opened(folder, page)


def opened(folder: Path, page: str) -> dict[str, Any]:
    """What a reader of a page that is there sees."""
    pictures = HERE / "pictures" / f"{folder.name}-{page}"
    pictures.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    command = [node, str(HERE / "read_report.mjs"), str(folder / f"{PROGRAMME}-2023.{page}.html"), str(pictures)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def assert_well_made(seen: Mapping[str, Any]) -> None:
    assert seen["violations"] == []
    assert (seen["asked"], seen["said"], seen["dialogs"], seen["ran"], seen["handlers"]) == ([], [], 0, False, 0)
    assert (seen["overflow"], seen["narrowOverflow"], seen["wide"]) == (0, 0, [])


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


@pytest.fixture(scope="module")
def few(tables, card, tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("pages") / "few"
    folder.mkdir()
    return folder, read(tables, card, folder)


def test_a_report_with_few_findings_is_accessible_and_loads_nothing(few):
    assert_well_made(few[1])


def test_each_finding_is_folded_on_the_screen_and_printed(few):
    assert few[1]["first"] == []
    assert few[1]["printed"] == [["all-nothing_chosen", 3], ["all-name_by_likeness", 3]]


@pytest.mark.parametrize("page", ["en", "accounts.sv", "r-0188.sv", "r.en"])
def test_every_other_kind_of_page_is_accessible_and_loads_nothing(few, page):
    assert_well_made(opened(few[0], page))


@pytest.fixture(scope="module")
def thousand(tables, card, tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("pages") / "thousand"
    folder.mkdir()
    return folder, read(with_findings(hostile(tables), thousand_findings(tables)), card, folder, "findings.sv")


def test_a_thousand_hostile_findings_are_accessible_and_do_nothing(thousand):
    assert_well_made(thousand[1])


def test_the_report_on_a_thousand_hostile_findings_is_accessible_and_does_nothing(thousand):
    assert_well_made(opened(thousand[0], "sv"))


def test_a_thousand_findings_are_ranked_and_are_all_there_on_pages_of_a_few_hundred(thousand):
    severities = {f"all-{rule.id}": rule.severity for rule in received_rules()}
    order = [severities[rule] for rule, _ in thousand[1]["first"]]
    assert order == sorted(order, key=["stop", "quarantine", "warn"].index)
    assert sum(count for _, count in thousand[1]["first"]) == ROWS_OF_A_PAGE
    rows = sum((thousand[0] / f"{PROGRAMME}-2023.{page}.sv.html").read_text().count("<tr class=") for page in PAGES)
    assert rows == THOUSAND


def test_the_findings_of_one_file_can_be_shown(thousand):
    seen = thousand[1]
    assert set(seen["files"]) == {seen["firstFile"]}
    assert 0 < len(seen["files"]) < ROWS_OF_A_PAGE


def test_paper_has_all_of_a_page(thousand):
    assert thousand[1]["printed"] == thousand[1]["first"]

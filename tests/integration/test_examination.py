"""A version that contradicts itself is never switched to; one that does not has its evidence and its reports in it."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.warehouse.code_version import code_version
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import DATABASE, MANIFEST, REFUSED
from schemas.rules.rule import Stop
from tests.integration.publishing import (
    PROGRAMME,
    copied,
    current,
    digests,
    inside,
    leftovers,
    publish_rounds,
    spanning_of,
    versions,
)
from tests.unexamined import Unexamined

HELD = Result("core_round.columns", "core_round", "columns", "stop", passed=True, broken_count=0, checked_count=None)
BROKEN = Result("granted_is_decided", "out_grant_by_year", "across_tables", "stop", False, 1, None)  # noqa: FBT003
WARNED = Result("used_above_granted", "core_reconciliation", "compare", "warn", False, 2, 71)  # noqa: FBT003


class Finding(Unexamined):
    """Says of every version what it was told to say, and writes a page of it."""

    def __init__(self, *results: Result) -> None:
        self.results = results
        self.staged: list[Path] = []

    def examine(self, database: Path, row_counts: Mapping[str, int]) -> tuple[Result, ...]:
        assert row_counts
        self.staged.append(database)
        return self.results

    def write_docs(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("evidence", "utf-8")


@pytest.fixture
def warehouse(sample_warehouse: Path, tmp_path: Path) -> Path:
    """Both rounds are accepted, and the version that is current is not theirs: a table of it was changed."""
    root = copied(sample_warehouse, tmp_path / "warehouse")
    with closing(sqlite3.connect(current(root) / DATABASE)) as database:
        database.execute("UPDATE out_grant_by_year SET granted_sek = 0")
        database.commit()
    return root


@pytest.fixture
def publish(sample_warehouse: Path):
    spanning = spanning_of(sample_warehouse)

    def publish_examined(root: Path, *results: Result) -> Finding:
        examiner = Finding(*results)
        publish_rounds(root, spanning, examiner)
        return examiner

    return publish_examined


def evidence(root: Path) -> dict[str, object]:
    manifest: dict[str, dict[str, object]] = json.loads((current(root) / MANIFEST).read_text("utf-8"))
    return manifest["evidence"]


@pytest.mark.rule("version_contradicted")
def test_a_version_that_contradicts_itself_is_not_published(warehouse, publish):
    before, files_before = versions(warehouse), digests(current(warehouse))
    with pytest.raises(Stop) as stop:
        publish(warehouse, HELD, BROKEN)
    assert stop.value.rule.id == "version_contradicted"
    assert "Beviljade medel per år är summan av besluten." in str(stop.value)
    assert "out_grant_by_year" in stop.value.sentence("en")
    assert (versions(warehouse), digests(current(warehouse))) == (before, files_before)
    assert leftovers(warehouse) == []


def test_the_evidence_against_a_refused_version_is_kept_where_the_sentence_says(warehouse, publish):
    with pytest.raises(Stop) as stop:
        publish(warehouse, BROKEN)
    assert str(warehouse / REFUSED / "evidence") in str(stop.value)
    assert (warehouse / REFUSED / "evidence" / "index.html").read_text("utf-8") == "evidence"


def test_it_is_the_staged_database_that_is_examined(warehouse, publish):
    [database] = publish(warehouse, HELD).staged
    assert database.name == DATABASE
    assert database.parent.name.startswith(".aside-")


@pytest.mark.rule("version_contradicted", holds=True)
def test_the_manifest_has_what_was_examined_and_what_did_not_hold(warehouse, publish):
    publish(warehouse, HELD, WARNED)
    assert evidence(warehouse) == {
        "code_version": code_version(),
        "statements": 2,
        "held": 1,
        "broken": [
            {"rule": "used_above_granted", "table": "core_reconciliation", "severity": "warn", "broken_count": 2}
        ],
    }


def test_the_report_has_what_was_examined_and_what_did_not_hold(warehouse, publish):
    publish(warehouse, HELD, WARNED)
    page = (inside(warehouse) / f"validation/{PROGRAMME}-2023.sv.html").read_text("utf-8")
    assert "prövade 2 påståenden om alla omgångar; 1 höll" in page
    assert "Använt mer än beviljat." in page


def test_every_file_of_a_version_is_in_its_manifest(warehouse, publish):
    publish(warehouse, HELD)
    manifest = json.loads((current(warehouse) / MANIFEST).read_text("utf-8"))
    found = digests(current(warehouse))
    del found[MANIFEST]
    assert found == {each["path"]: each["sha256"] for each in manifest["outputs"]}
    assert "evidence/index.html" in found


def test_publishing_the_same_again_keeps_the_evidence_of_the_version(warehouse, publish):
    publish(warehouse, HELD, WARNED)
    files_before = digests(current(warehouse))
    again = publish(warehouse, BROKEN)
    assert again.staged == []  # what is published was examined when it was made
    assert evidence(warehouse)["held"] == 1
    files_after = digests(current(warehouse))
    assert {path for path in files_after if files_after[path] != files_before[path]} <= {MANIFEST}


def test_what_great_expectations_says_of_the_sample_is_in_its_manifest(sample_warehouse):
    told = evidence(sample_warehouse)
    declared = ("booking_amount_differs", "booked_at_another_time", "not_in_the_books", "booking_with_unknown_case")
    warned = {(each["rule"], each["severity"]) for each in told["broken"]}
    assert warned == {(rule, "warn") for rule in ("used_exactly_granted", *declared)}
    assert told["statements"] == told["held"] + 1 + len(declared)
    assert told["held"] > 250
    assert (current(sample_warehouse) / "evidence/index.html").exists()

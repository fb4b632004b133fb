"""A published version is read back over SQL: it holds, and whatever is changed in it is found."""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from pipelines.warehouse.evidence.examiner import Examiner, Result
from pipelines.warehouse.evidence.kept_out import UNUSED
from pipelines.warehouse.evidence.statements import NoRows, Statement, Values, statements
from pipelines.warehouse.layout import DATABASE
from schemas.rules.constraints import TableRule
from schemas.rules.rule import Stop, rules, table_rules
from schemas.tables import PUBLISHED
from tests.integration.publishing import current, rows
from tests.integration.tampering import HARMLESS, TAMPERED


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """One child for all tests: what it imports takes seconds."""
    with Examiner() as started:
        yield started


@pytest.fixture(scope="module")
def version(sample_warehouse: Path) -> Path:
    return current(sample_warehouse)


@pytest.fixture(scope="module")
def counts(version: Path) -> dict[str, int]:
    return dict(json.loads((version / "manifest.json").read_text("utf-8"))["row_counts"])


def stated(table: str) -> list[Statement]:
    return list(statements(table, 0))


def only_evidence_states() -> dict[str, str]:
    """The statements beside the tables' own rules, shapes and values, with their tables."""
    own = {rule.id for table in PUBLISHED for rule in table_rules(table)}
    of_model = ("columns", "row_count", "values")
    every = (each for table in PUBLISHED for each in stated(table))
    return {each.id: each.table for each in every if each.id not in own and each.kind not in of_model}


def changed(version: Path, folder: Path, *changes: str) -> Path:
    copy = Path(shutil.copy(version / DATABASE, folder / DATABASE))
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for change in changes:
            assert database.execute(change).rowcount != 0, change
        database.commit()
    return copy


def failed(results: tuple[Result, ...]) -> set[str]:
    return {result.rule for result in results if not result.passed}


# -- what holds ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("evidence_failed", holds=True)
def test_the_published_sample_keeps_every_statement_that_stops(examiner, version, counts):
    results = examiner.examine(version / DATABASE, counts)
    assert [result for result in results if not result.passed and result.severity == "stop"] == []
    assert [result.rule for result in results] == [each.id for table in counts for each in stated(table)]
    assert all(result.checked_count == counts[result.table] for result in results if result.kind == "row_count")
    counted = [result for result in results if result.kind not in {"columns", "row_count"}]
    assert all((result.broken_count == 0) == result.passed for result in counted)


def test_the_same_database_gives_the_same_results(examiner, version, counts, tmp_path):
    first = examiner.examine(version / DATABASE, counts)
    assert examiner.examine(changed(version, tmp_path), counts) == first


def test_ids_are_unique_and_what_only_evidence_states_is_said_in_both_languages():
    ids = [each.id for table in PUBLISHED for each in stated(table)]
    assert len(ids) == len(set(ids))
    beside = only_evidence_states()
    said = [each for table in PUBLISHED for each in stated(table) if each.id in beside]
    assert all(
        each.sentence("sv") and each.sentence("en") and each.severity == ("warn" if each.warns else "stop")
        for each in said
    )
    assert not set(beside) & set(rules()), "a statement must not borrow the severity of a rule"
    assert all(each.table in PUBLISHED for each in said if isinstance(each.holds, NoRows))


# -- what is found --------------------------------------------------------------------------------------------------


def test_every_statement_that_only_evidence_makes_is_tried():
    assert set(TAMPERED) == set(only_evidence_states())


def found(examiner: Examiner, version: Path, folder: Path, table: str, count: int, *changes: str) -> set[str]:
    """What is found against the database, as to one table, once it is changed."""
    return failed(examiner.examine(changed(version, folder, *changes), {table: count}))


def test_every_change_is_found(examiner, version, counts, tmp_path):
    tables = only_evidence_states()
    for statement, change in [(name, change) for name, changes in TAMPERED.items() for change in changes]:
        table = tables[statement]
        assert statement in found(examiner, version, tmp_path, table, counts[table], change), (statement, change)


def test_what_only_just_keeps_a_statement_is_let_through(examiner, version, counts, tmp_path):
    tables = only_evidence_states()
    for statement, change in [(name, change) for name, changes in HARMLESS.items() for change in changes]:
        table = tables[statement]
        assert statement not in found(examiner, version, tmp_path, table, counts[table], change), (statement, change)


UNGUARDED = (
    "CREATE TABLE bare AS SELECT * FROM core_decision",
    "DROP TABLE core_decision",
    "ALTER TABLE bare RENAME TO core_decision",
)
"""The same rows without what the database enforces: null, vocabularies, bounds, keys and references."""


def test_what_the_database_enforces_is_read_again(examiner, version, counts, tmp_path):
    changes = {
        "nothing": ("UPDATE core_decision SET year = year", set()),
        "a null": ("UPDATE core_decision SET granted_sek = NULL WHERE recipient_code = '0188'", {"values"}),
        "a word": ("UPDATE core_decision SET provenance = 'hearsay' WHERE recipient_code = '0188'", {"values"}),
        "a bound": ("UPDATE core_decision SET granted_sek = -1 WHERE recipient_code = '0188'", {"values"}),
        "a sign": (
            "UPDATE core_decision SET recipient_code = '01b8' WHERE recipient_code = '0188'",
            {"values", "recipient_code.references"},
        ),
        "a reference": (
            "UPDATE core_decision SET recipient_code = '9999' WHERE recipient_code = '0188'",
            {"recipient_code.references"},
        ),
        "a key": (
            "UPDATE core_decision SET grant_id = (SELECT min(grant_id) FROM core_decision) WHERE year = 2023",
            {"key.unique"},
        ),
    }
    of_model = {"core_decision.values", "core_decision.key.unique", "core_decision.recipient_code.references"}
    for name, (change, broken) in changes.items():
        count = counts["core_decision"]
        against = found(examiner, version, tmp_path, "core_decision", count, *UNGUARDED, change)
        assert against & of_model == {f"core_decision.{each}" for each in broken}, name


def test_every_rule_of_a_table_is_stated_alone_or_among_its_values():
    for table in PUBLISHED:
        rules_stated = [
            rule
            for each in stated(table)
            for rule in (each.holds.rules if isinstance(each.holds, Values) else [each.holds])
            if isinstance(rule, TableRule)
        ]
        assert set(table_rules(table)) <= set(rules_stated), table
        assert len(rules_stated) == len(set(rules_stated)), table


def test_a_table_with_another_number_of_rows_than_in_parquet_is_found(examiner, version, counts):
    for difference in (-1, 1):
        others = {table: count + difference for table, count in counts.items()}
        results = examiner.examine(version / DATABASE, others)
        assert failed(results) >= {f"{table}.row_count" for table in counts}
        assert all(result.checked_count == counts[result.table] for result in results if result.kind == "row_count")


DROPPED = "ALTER TABLE core_recipient DROP COLUMN recipient_name"
OTHER_COLUMNS = (
    ["ALTER TABLE core_recipient ADD COLUMN extra TEXT"],
    ["ALTER TABLE core_recipient RENAME COLUMN recipient_name TO name"],
    [DROPPED],
    [DROPPED, "ALTER TABLE core_recipient ADD COLUMN recipient_name TEXT"],
)


def test_other_columns_or_another_order_are_found(examiner, version, counts, tmp_path):
    for changes in OTHER_COLUMNS:
        against = found(examiner, version, tmp_path, "core_recipient", counts["core_recipient"], *changes)
        assert "core_recipient.columns" in against, changes


def test_a_column_that_is_gone_breaks_its_rules_without_counts(examiner, version, counts, tmp_path):
    gone = changed(version, tmp_path, DROPPED)
    results = {each.rule: each for each in examiner.examine(gone, {"core_recipient": counts["core_recipient"]})}
    broken = results["core_recipient.values"]
    assert (broken.passed, broken.broken_count, broken.checked_count) == (False, None, None)


def test_the_rows_with_a_wrong_value_are_counted(examiner, version, counts, tmp_path):
    tampered = changed(version, tmp_path, "UPDATE core_decision SET granted_sek = -1 WHERE year = 2022")
    results = {each.rule: each for each in examiner.examine(tampered, {"core_decision": counts["core_decision"]})}
    broken = results["core_decision.values"]
    assert (broken.kind, broken.severity, broken.passed) == ("values", "stop", False)
    assert (broken.broken_count, broken.checked_count) == (17, counts["core_decision"])


def test_nothing_is_written_to_the_database_and_nothing_beside_it(examiner, version, counts, tmp_path):
    copy = changed(version, tmp_path)
    copy.chmod(0o400)
    before = (copy.read_bytes(), copy.stat().st_mtime_ns)
    examiner.examine(copy, counts)
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


# -- no value leaves ------------------------------------------------------------------------------------------------

MARKER = "Hemligt-namn-0114"


def all_marked(version: Path, folder: Path) -> Path:
    """The database with every text of every table that has rows replaced."""
    texts = rows(
        version,
        "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.type = 'TEXT' AND NOT c.pk",
    )
    return changed(
        version,
        folder,
        *(
            f"UPDATE {table} SET {column} = '{MARKER}'"
            for table, column in texts
            if rows(version, f"SELECT 1 FROM {table} LIMIT 1")
        ),
    )


def test_no_value_of_a_cell_is_in_results_or_pages(examiner, version, counts, tmp_path):
    results = examiner.examine(all_marked(version, tmp_path), counts)
    examiner.write_docs(tmp_path / "pages")
    assert len(failed(results)) > 40
    assert MARKER not in json.dumps([asdict(result) for result in results])
    pages = list((tmp_path / "pages").iterdir())
    assert len(pages) == len(counts) + 1
    assert all(MARKER not in page.read_text("utf-8") for page in pages)


def test_pages_withhold_what_the_database_said_when_it_refused(examiner, version, counts, tmp_path):
    gone = changed(version, tmp_path, DROPPED)
    examiner.examine(gone, {"core_recipient": counts["core_recipient"]})
    examiner.write_docs(tmp_path / "pages")
    [page] = (tmp_path / "pages").glob("*core_recipient.html")
    text = page.read_text("utf-8")
    assert "Traceback" not in text
    assert str(tmp_path) not in text
    assert "recipient_name" in text


# -- pages ----------------------------------------------------------------------------------------------------------


def test_the_same_examination_gives_the_same_pages_in_place_of_the_old(examiner, version, counts, tmp_path):
    folder = tmp_path / "evidence" / "pages"
    examiner.examine(version / DATABASE, counts)
    examiner.write_docs(folder)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "stale.html").write_text("old")
    examiner.examine(changed(version, tmp_path), counts)
    examiner.write_docs(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert [path.name for path in folder.parent.iterdir()] == ["pages"]


# -- the child ------------------------------------------------------------------------------------------------------

HANGS = "import time; time.sleep(600)"
ENDS_AT_ONCE = "raise SystemExit(3)"
ENDS_WHEN_ASKED = "input(); raise SystemExit(3)"
RUBBISH = "input(); print('no JSON', flush=True); input()"
ENDLESS_RUBBISH = "while True: print('x' * 100000, end='')"
HALF_AN_ANSWER = "input(); print('{\"results\":', end='', flush=True); import time; time.sleep(600)"
ANOTHER_ANSWER = "input(); print('[]', flush=True); input()"
NO_RESULTS = 'input(); print(\'{"results": [{"rule": 1}]}\', flush=True); input()'
NOTHING_EXAMINED = "input(); print('{\"results\": []}', flush=True); input()"
AN_ERROR = 'input(); print(\'{"error": "Secret"}\', flush=True); input()'


@pytest.mark.rule("evidence_failed")
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (HANGS, "mer än 1 sekunder"),
        (HALF_AN_ANSWER, "mer än 1 sekunder"),
        (ENDS_AT_ONCE, "avslutades"),
        (ENDS_WHEN_ASKED, "avslutades"),
        (RUBBISH, "inte läsbart"),
        (ENDLESS_RUBBISH, "inte läsbart"),
        (NO_RESULTS, "inte läsbart"),
        (NOTHING_EXAMINED, "inte läsbart"),
        (ANOTHER_ANSWER, "inte läsas"),
        (AN_ERROR, "inte läsas"),
    ],
)
def test_a_child_that_fails_stops_the_publication_in_one_sentence(tmp_path, program, why):
    examiner = Examiner([sys.executable, "-c", program], seconds=1)
    examiner.start()
    child = examiner._child.pid
    began = time.monotonic()
    with pytest.raises(Stop) as stopped:
        examiner.examine(tmp_path / DATABASE, {"core_round": 1})
    assert time.monotonic() - began < 10
    assert stopped.value.rule.id == "evidence_failed"
    assert why in stopped.value.sentence("sv")
    assert "Secret" not in stopped.value.sentence("en")
    assert not Path(f"/proc/{child}").exists(), "still there, or a zombie"
    examiner.close()


@pytest.mark.rule("evidence_failed")
def test_a_child_that_died_while_it_waited_is_noticed(version, counts):
    examiner = Examiner()
    examiner.start()
    os.kill(examiner._child.pid, 9)
    with pytest.raises(Stop):
        examiner.examine(version / DATABASE, counts)


def test_the_child_says_no_more_of_what_it_cannot_do_than_the_name_of_the_error(tmp_path):
    (tmp_path / "rubbish.sqlite").write_bytes(b"no database" * 1000)
    unreadable = ("rubbish.sqlite", "missing.sqlite")
    requests = [
        {"docs": str(tmp_path / "pages")},
        *({"validate": str(tmp_path / name), "row_counts": {"core_round": 1}} for name in unreadable),
    ]
    with Examiner() as fresh:
        answers = [json.loads(fresh._answer(json.dumps(each).encode() + b"\n")) for each in requests]
    assert all(list(each) == ["error"] and each["error"].isidentifier() for each in answers), answers
    assert answers[0] == {"error": "ValueError"}, "nothing was examined"
    assert [path.name for path in tmp_path.iterdir()] == ["rubbish.sqlite"]


def test_closing_is_always_possible_and_leaves_nothing():
    never = Examiner()
    never.close()
    importing = Examiner()
    importing.start()
    importing.start()
    child, home = importing._child.pid, Path(importing._home.name)
    importing.close()
    importing.close()
    assert not Path(f"/proc/{child}").exists()
    assert not home.exists()


def test_the_parent_imports_no_great_expectations():
    program = "import sys, pipelines.warehouse.evidence.examiner; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_child_talks_to_no_other_machine():
    program = """
import socket
from pipelines.warehouse.evidence import child
child.stay_at_home()
for reach_out in (socket.create_connection, socket.socket().connect):
    try:
        reach_out(("127.0.0.1", 9))
    except PermissionError as refused:
        print(refused)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["socket.getaddrinfo", "socket.connect"], done.stderr


USES = {
    "expectations/core/expect_column_kl_divergence_to_be_less_than.py",
    "expectations/metrics/column_aggregate_metrics/column_bootstrapped_ks_test_p_value.py",
    "expectations/metrics/column_aggregate_metrics/column_parameterized_distribution_ks_test_p_value.py",
}
"""Of Great Expectations, what is about distributions: nothing that is stated."""


def test_what_is_kept_out_is_used_by_nothing_that_is_stated():
    [root] = importlib.util.find_spec("great_expectations").submodule_search_locations
    imports = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(UNUSED)})\b", re.MULTILINE)
    found = {path for path in Path(root).rglob("*.py") if imports.search(path.read_text("utf-8"))}
    assert {path.relative_to(root).as_posix() for path in found} == USES


def test_the_child_leaves_nothing_in_its_home(examiner, version, counts):
    examiner.examine(version / DATABASE, {"core_round": counts["core_round"]})
    assert list(Path(examiner._home.name).iterdir()) == []

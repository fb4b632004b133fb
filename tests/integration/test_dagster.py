"""What Dagster is told: every table an asset with its columns, every check by round; nothing pickled or sent home."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from assets.rounds import ROUNDS
from pipelines.definitions import JOB, defs
from schemas.tables import TABLES

ROOT = Path(__file__).parents[2]
WITHOUT_A_ROUND = """
import json, logging, pathlib, sys
from pipelines import settings
settings.prepare(pathlib.Path("raw"), pathlib.Path(sys.argv[1]))
import dagster as dg
from pipelines.definitions import JOB, defs
logging.getLogger("dagster").setLevel(logging.CRITICAL)
with dg.DagsterInstance.get() as instance:
    result = defs.resolve_job_def(JOB).execute_in_process(instance=instance, raise_on_error=False)
failures = [event.step_failure_data.user_failure_data for event in result.all_events if event.is_step_failure]
print(json.dumps([failure.description for failure in failures]))
"""


@pytest.fixture(scope="module")
def graph() -> dg.AssetGraph:
    return defs.get_repository_def().asset_graph


def test_every_table_is_an_asset_with_its_columns_owner_group_and_meaning(graph: dg.AssetGraph) -> None:
    for name, table in TABLES.items():
        if name == "data_dictionary":
            continue  # written with the version, from the declarations themselves
        node = graph.get(dg.AssetKey(name))
        columns = [column.name for column in node.metadata["dagster/column_schema"].columns]
        assert set(columns) == set(table.to_schema().columns)
        assert columns[-1] == "provenance"
        assert node.owners
        assert node.group_name != "default"
        assert node.description


def test_every_check_belongs_to_the_rounds(graph: dg.AssetGraph) -> None:
    assert graph.asset_check_keys
    for key in graph.asset_check_keys:
        assert graph.get(key).partitions_def == ROUNDS, key


def test_the_yearly_job_holds_every_asset_and_runs_in_one_process(graph: dg.AssetGraph) -> None:
    job = defs.resolve_job_def(JOB)
    assert job.asset_layer.selected_asset_keys == graph.executable_asset_keys
    assert job.executor_def.name == "in_process"


@pytest.mark.rule("round_not_chosen")
def test_a_launch_without_a_partition_ends_in_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_A_ROUND, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told
    assert set(told) == {"Ingen omgång är vald: starta jobbet med ett program och ett bidragsår (partition)."}
    assert not (tmp_path / "current").exists()


def test_nothing_is_pickled_and_nothing_is_sent_home(sample_warehouse: Path) -> None:
    settings = (sample_warehouse / ".dagster" / "dagster.yaml").read_text("utf-8")
    assert "telemetry:\n  enabled: false" in settings
    assert "nux:\n  enabled: false" in settings
    pickles = [path for path in sample_warehouse.rglob("*") if path.is_file() and path.read_bytes()[:1] == b"\x80"]
    assert pickles == []
    assert not (sample_warehouse / ".dagster" / ".telemetry").exists()


def test_no_cell_value_is_in_the_run_history(sample_warehouse: Path) -> None:
    """The name in the finding is in the warehouse, where it belongs, and nowhere in Dagster's databases."""
    history = [path for path in (sample_warehouse / ".dagster").rglob("*") if path.is_file()]
    assert history
    for path in history:
        content = path.read_bytes()
        for value in ("Norrälje", "Exempelkommun 01", "1612600", "EX 2022-0001"):
            assert value.encode() not in content, (path.name, value)

"""Dagster's home: its settings, what becomes of settings that were there, its history, and runs of the command line."""

import os
from pathlib import Path

import dagster as dg
import pytest
import yaml

from pipelines import settings
from pipelines.orchestration.command_line_run import execute
from pipelines.orchestration.pruning import prune

ROUNDS = dg.StaticPartitionsDefinition(["a-2022", "a-2023"])
BEFORE_THE_MOVE = """\
# Written by statsbidrag where there is none. No telemetry, no first-run dialog.
telemetry:
  enabled: false
nux:
  enabled: false
event_log_storage:
  module: pipelines.history
  class: History
# The terminal that serves the UI shows what needs attention; every event is in the UI itself.
python_logs:
  python_log_level: WARNING
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of Dagster's that no run has used yet."""
    for name in (settings.RAW, settings.WAREHOUSE, settings.DAGSTER_HOME):
        monkeypatch.setenv(name, "")  # so that what `prepare` sets is taken away again
        monkeypatch.delenv(name)
    return tmp_path / "warehouse" / ".dagster"


def prepared(home: Path) -> str:
    settings.prepare(home.parent.parent / "raw", home.parent)
    return (home / "dagster.yaml").read_text("utf-8")


@dg.asset(partitions_def=ROUNDS)
def table(context: dg.AssetExecutionContext) -> None:
    if context.run.tags.get("fails"):
        raise dg.Failure("As asked", allow_retries=False)


def job() -> dg.JobDefinition:
    yearly = dg.define_asset_job("yearly")
    return dg.Definitions(assets=[table], jobs=[yearly], executor=dg.in_process_executor).resolve_job_def("yearly")


# -- settings ---------------------------------------------------------------------------------------------------------
def test_settings_are_written_where_there_are_none_and_dagster_takes_them(home: Path):
    prepared(home)
    with dg.DagsterInstance.get() as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
        assert instance.event_log_storage.kept_runs == 30
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == len(os.sched_getaffinity(0))


def test_settings_that_we_wrote_before_the_history_moved_are_renewed(home: Path):
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text(BEFORE_THE_MOVE, "utf-8")
    assert yaml.safe_load(prepared(home))["event_log_storage"]["module"] == "pipelines.orchestration.history"


def test_settings_that_we_wrote_for_another_number_of_cores_are_renewed(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "cores", lambda: 64)
    assert "max_concurrent_runs: 64" in prepared(home)
    monkeypatch.setattr(settings, "cores", lambda: 3)
    assert "max_concurrent_runs: 3\n" in prepared(home)


@pytest.mark.parametrize("written", [BEFORE_THE_MOVE, settings.instance_settings()])
def test_settings_that_a_person_changed_are_left_alone(home: Path, written: str):
    home.mkdir(parents=True)
    own = written.replace("enabled: false", "enabled: true", 1)
    (home / "dagster.yaml").write_text(own, "utf-8")
    assert prepared(home) == own


# -- history ----------------------------------------------------------------------------------------------------------
def test_of_each_round_the_last_runs_are_kept_and_the_last_that_went_well(home: Path):
    written = prepared(home).replace("kept_runs: 30", "kept_runs: 2")
    (home / "dagster.yaml").write_text(written, "utf-8")
    with dg.DagsterInstance.get() as instance:

        def run(partition: str, **tags: str) -> str:
            return execute(job(), instance, partition, run_config={}, tags=tags).run_id

        other = run("a-2022")
        run("a-2023")
        good = run("a-2023")
        bad = [run("a-2023", fails="yes") for _ in range(3)]
        prune(instance)
        assert set(instance.get_run_ids()) == {other, good, bad[1], bad[2]}
        assert {path.stem for path in (home / "history" / "runs").glob("*-*.db")} == {other, good, bad[1], bad[2]}
        latest = instance.get_latest_materialization_event(dg.AssetKey("table"))
        assert latest
        assert latest.run_id == good


# -- runs of the command line -----------------------------------------------------------------------------------------
def test_a_run_of_the_command_line_has_the_origin_by_which_the_ui_shows_it_and_runs_it_again(home: Path):
    prepared(home)
    with dg.DagsterInstance.get() as instance:
        result = execute(job(), instance, "a-2023", run_config={}, tags={"who": "Kim"})
        assert result.success
        run = instance.get_run_by_id(result.run_id)
    assert run
    assert run.tags["who"] == "Kim"
    assert run.tags["dagster/partition"] == "a-2023"
    assert run.tags[".dagster/repository"] == "__repository__@statsbidrag"
    assert run.remote_job_origin
    assert run.remote_job_origin.job_name == "yearly"
    location = run.remote_job_origin.repository_origin.code_location_origin
    assert location.location_name == "statsbidrag"
    assert location.loadable_target_origin.module_name == "pipelines.definitions"


def test_a_run_of_the_command_line_that_fails_tells_it_and_raises_nothing(home: Path):
    prepared(home)
    with dg.DagsterInstance.get() as instance:
        result = execute(job(), instance, "a-2023", run_config={}, tags={"fails": "yes"})
    assert not result.success
    assert "As asked" in str(
        [event.step_failure_data.user_failure_data for event in result.all_events if event.is_step_failure]
    )

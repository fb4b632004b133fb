"""Dagster's history is kept within bounds: `kept_runs` of each round, a setting of `dagster.yaml` in Dagster's home.

Dagster itself keeps every run for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines.orchestration.history import History
from pipelines.settings import KEPT_RUNS

PARTITION = "dagster/partition"
ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def prune(instance: dg.DagsterInstance) -> None:
    """Forget the oldest runs of each round, with their logs. The last run that went well is always kept."""
    storage = instance.event_log_storage
    kept = storage.kept_runs if isinstance(storage, History) else KEPT_RUNS
    for run_id in list(_outdated(instance, kept)):
        instance.delete_run(run_id)
        instance.compute_log_manager.delete_logs(prefix=[run_id])


def _outdated(instance: dg.DagsterInstance, kept: int) -> Iterator[str]:
    known: set[str] = set()
    for _, rounds in instance.get_run_tags(tag_keys=[PARTITION]):
        for each in sorted(rounds):
            runs = instance.get_run_ids(dg.RunsFilter(tags={PARTITION: each}, statuses=ENDED))
            went_well = dg.RunsFilter(tags={PARTITION: each}, statuses=[dg.DagsterRunStatus.SUCCESS])
            spared = set(instance.get_run_ids(went_well, limit=1))
            known.update(runs)
            yield from (run_id for run_id in runs[kept:] if run_id not in spared)
    of_no_round = [run_id for run_id in instance.get_run_ids(dg.RunsFilter(statuses=ENDED)) if run_id not in known]
    yield from of_no_round[kept:]

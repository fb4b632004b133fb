"""Runs in this process that are runs like those of the UI. All of Dagster's own that this takes stands here.

`execute_in_process` leaves a run without an origin: the UI's first page does not show it, and cannot execute it again.
Its tests hold that both work with the version of Dagster that is pinned.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.api import execute_run
from dagster._core.remote_origin import RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.workspace.load_target import WorkspaceFileTarget

from pipelines.settings import DAGSTER_HOME

PARTITION = "dagster/partition"
REPOSITORY = "__repository__"
REPOSITORY_TAG = ".dagster/repository"


def execute(
    job: dg.JobDefinition,
    instance: dg.DagsterInstance,
    partition: str | None,
    *,
    run_config: Mapping[str, Any],
    tags: Mapping[str, str],
) -> dg.JobExecutionResult:
    """Run a job whole, for one partition if it has any. Faults of steps are in the result, not raised."""
    origin = _origin(job.name)
    location = origin.repository_origin.code_location_origin.location_name
    chosen = {PARTITION: partition} if partition else {}
    run = instance.create_run_for_job(
        job,
        run_config=run_config,
        tags={**tags, **chosen, REPOSITORY_TAG: f"{REPOSITORY}@{location}"},
        remote_job_origin=origin,
    )
    return execute_run(InMemoryJob(job), run, instance, raise_on_error=False)


def _origin(job: str) -> RemoteJobOrigin:
    """Where the UI finds the job: in the one code location of the workspace in Dagster's home."""
    [location] = WorkspaceFileTarget([str(Path(os.environ[DAGSTER_HOME]) / "workspace.yaml")]).create_origins()
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, REPOSITORY), job)

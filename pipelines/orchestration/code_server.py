"""The process that loads our definitions for the web server and the daemon, and in which runs of the UI are started.

One for both: left to themselves each starts its own, the daemon a new one every minute.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter
from dagster._cli.proxy_server_manager import ProxyServerManager
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._core.workspace.load_target import WorkspaceFileTarget

from pipelines.orchestration.pruning import prune
from pipelines.settings import DAGSTER_HOME


@contextmanager
def code_server() -> Iterator[Path]:
    """Have it serve until the block ends; gives the workspace file that leads to it. Old history is forgotten first."""
    target = WorkspaceFileTarget([str(Path(os.environ[DAGSTER_HOME]) / "workspace.yaml")])
    with DagsterInstance.get() as instance, tempfile.TemporaryDirectory(prefix="statsbidrag-ui-") as folder:
        prune(instance)
        with ProxyServerManager(instance, target, "warning") as manager:
            workspace = Path(folder) / "workspace.yaml"
            workspace.write_text(yaml.safe_dump({"load_from": manager.get_code_server_specs()}), "utf-8")
            try:
                yield workspace
            finally:
                _end_runs(instance)


def _end_runs(instance: DagsterInstance) -> None:
    """Cancel what is going on in the code server, which would otherwise go on until it is done."""
    for run in instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTING, DagsterRunStatus.STARTED])):
        if GRPC_INFO_TAG in run.tags:
            instance.run_coordinator.cancel_run(run.run_id)

"""What Dagster loads: every asset and check found below `assets/`, the yearly job, the resources."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from pipelines.orchestration.progress import progress
from pipelines.orchestration.resources import resources

JOB = "annual_evaluation"

annual_evaluation = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="One round from received files to published tables. Pick a programme and a year.",
)

defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=Path(__file__)),
    dg.Definitions(
        jobs=[annual_evaluation],
        resources=resources(),
        # On Definitions, not on the job: a backfill ignores the job's own. A step in a process of its own costs 3 s.
        executor=dg.in_process_executor,
        loggers={"console": dg.colored_console_logger, "progress": progress},
    ),
)

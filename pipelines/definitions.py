"""What Dagster loads: the graph, its jobs, the resources."""

from __future__ import annotations

import dagster as dg

from assets.graph import GRAPH, OF_A_ROUND, SPANNING
from assets.lineage import ACCEPTED, PUBLISHED_VERSION, RECEIVED
from pipelines.orchestration.progress import progress
from pipelines.orchestration.resources import resources

JOB = "annual_evaluation"
ROUND_JOB, PUBLICATION_JOB = "one_round", "publication"
"""What the command line runs: each round by itself, and then one publication of them all."""

OF_ROUNDS = dg.AssetSelection.assets(RECEIVED, *OF_A_ROUND, ACCEPTED)
OF_PUBLICATION = dg.AssetSelection.assets(*SPANNING, PUBLISHED_VERSION)

defs = dg.Definitions(
    assets=GRAPH,
    jobs=[
        dg.define_asset_job(
            JOB,
            selection=dg.AssetSelection.all(),
            description="One round from received files to published tables. Pick a round.",
        ),
        dg.define_asset_job(
            ROUND_JOB,
            selection=OF_ROUNDS,
            description="One round from received files to accepted tables. Pick a round.",
        ),
        dg.define_asset_job(
            PUBLICATION_JOB, selection=OF_PUBLICATION, description="One version of all accepted rounds."
        ),
    ],
    resources=resources(),
    # On Definitions, not on the job: a backfill ignores the job's own. A step in a process of its own costs 3 s.
    executor=dg.in_process_executor,
    loggers={"console": dg.colored_console_logger, "progress": progress},
)

"""The run's progress, said on the logger of progress: the name of each table or version that is there."""

from __future__ import annotations

import logging

import dagster as dg

from pipelines.settings import PROGRESS


class Progress(logging.Handler):
    """Passes on that a table or a version is there."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say a materialisation; everything else is in Dagster's own event log."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is not None and event.is_step_materialization:
            logging.getLogger(PROGRESS).info(event.step_materialization_data.materialization.asset_key.to_user_string())


@dg.logger
def progress(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger that passes on each table that is finished and nothing else."""
    # Not one of the shared loggers: Dagster hands every run a handler of its own.
    logger = logging.Logger("statsbidrag.dagster", level=logging.DEBUG)  # noqa: LOG001
    logger.addHandler(Progress())
    return logger

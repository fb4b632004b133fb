"""The run's progress, said on the logger of progress: the name of each step that begins."""

from __future__ import annotations

import logging

import dagster as dg

from pipelines.settings import PROGRESS


class Progress(logging.Handler):
    """Passes on that a step begins."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say the step; everything else is in Dagster's own event log."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is not None and event.event_type == dg.DagsterEventType.STEP_START:
            logging.getLogger(PROGRESS).info(event.step_key)


@dg.logger
def progress(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger that passes on each step that begins and nothing else."""
    # Not one of the shared loggers: Dagster hands every run a handler of its own.
    logger = logging.Logger("statsbidrag.dagster", level=logging.DEBUG)  # noqa: LOG001
    logger.addHandler(Progress())
    return logger

"""The run's progress on the terminal: one line per finished table, nothing else."""

from __future__ import annotations

import logging
from typing import Any

import click
import dagster as dg

from pipelines.reports.swedish import formatted

NAME_WIDTH = 26


class Progress(logging.Handler):
    """Prints a line when a table or a version is there."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show a materialisation; everything else is in Dagster's own event log."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is not None and event.is_step_materialization:
            data = event.step_materialization_data.materialization
            click.echo(line(data.asset_key.to_user_string(), data.metadata), err=True)


def line(name: str, metadata: dict[str, Any]) -> str:
    """A table's name and, where it has rows, how many."""
    rows = metadata.get("dagster/row_count")
    count = formatted(int(rows.value)) if rows is not None else ""
    return f"  ✓ {name:<{NAME_WIDTH}}{count:>8}"


@dg.logger
def progress(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger that shows one line per finished table and nothing else."""
    # Not one of the shared loggers: Dagster hands every run a handler of its own.
    logger = logging.Logger("statsbidrag.progress", level=logging.DEBUG)  # noqa: LOG001
    logger.addHandler(Progress())
    return logger

"""`statsbidrag ui`: Dagster's user interface, and the reports beside it, on this machine only."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines import settings
from pipelines.commands.command import Option, declared, outputs, raw_option, received, warehouse_option
from pipelines.commands.spoken import language

LAST_PORT = 65534


@declared(
    "ui",
    Option("--port", type=click.IntRange(1, LAST_PORT), default=3000, show_default=True, unit="number"),
    raw_option(),
    warehouse_option(),
)
def command(*, port: int, raw: Path | None, warehouse: Path | None) -> int:
    """Serve until interrupted."""
    settings.prepare(received(raw), outputs(warehouse))
    from pipelines.orchestration.ui import serve  # noqa: PLC0415 - heavy

    return serve(port, language())

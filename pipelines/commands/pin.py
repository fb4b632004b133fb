"""`statsbidrag pin`: keep a version for good."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import Argument, declared, outputs, said_option, warehouse_option
from pipelines.commands.spoken import told


@declared(
    "pin",
    Argument("version", unit="version"),
    said_option("--by", "who"),
    said_option("--why", "why"),
    warehouse_option(),
)
def command(*, version: str, by: str, why: str, warehouse: Path | None) -> int:
    """Pin one version."""
    from pipelines.warehouse import pins  # noqa: PLC0415 - heavy

    made = pins.pin(outputs(warehouse), version, by, why)
    printer.show("text", lines=lambda: [told("pin_done", version=made.version)], document=tuple)
    return 0

"""`statsbidrag remove`: take a version away by name, for a cited reason that is left behind with its manifest."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import Argument, declared, outputs, said_option, warehouse_option
from pipelines.commands.spoken import told


@declared(
    "remove",
    Argument("version", unit="version"),
    said_option("--by", "who"),
    said_option("--why", "why"),
    warehouse_option(),
)
def command(*, version: str, by: str, why: str, warehouse: Path | None) -> int:
    """Remove one version."""
    from pipelines.reports.version_pages import VersionPages  # noqa: PLC0415 - heavy
    from pipelines.warehouse import pins  # noqa: PLC0415 - heavy
    from pipelines.warehouse.layout import REMOVED  # noqa: PLC0415 - as above

    folder = outputs(warehouse)
    made = pins.remove(folder, version, by, why)
    VersionPages(folder).index(folder)
    done = told("remove_done", version=made.version, folder=folder / REMOVED)
    printer.show("text", lines=lambda: [done], document=tuple)
    return 0

"""`statsbidrag versions`: which versions are published, kept for good, removed, and as they were published."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import csv_option, declared, json_option, outputs, warehouse_option
from pipelines.commands.spoken import language


@declared("versions", json_option(), csv_option(), warehouse_option())
def command(*, shape: printer.Shape, warehouse: Path | None) -> int:
    """List the versions, each held against its manifest."""
    from pipelines.inquiries import version_list  # noqa: PLC0415 - heavy

    found = version_list.listed(outputs(warehouse))
    printer.show(
        shape,
        lines=lambda: version_list.lines(found, language()),
        document=lambda: version_list.document(found),
        table=lambda: version_list.table(found),
    )
    return 0

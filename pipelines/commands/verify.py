"""`statsbidrag verify`: whether a version is as it was published."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import Argument, declared, json_option, outputs, warehouse_option
from pipelines.commands.endings import STOPPED
from pipelines.commands.spoken import language


@declared("verify", Argument("version", unit="version", required=False), json_option(), warehouse_option())
def command(*, version: str | None, shape: printer.Shape, warehouse: Path | None) -> int:
    """Hold every file of a version against what was published."""
    from pipelines.inquiries import version_list  # noqa: PLC0415 - heavy

    found = version_list.verdict(outputs(warehouse), version)
    printer.show(
        shape,
        lines=lambda: [f"{found.version}: {found.sentence(language())}"],
        document=lambda: asdict(found),
    )
    return 0 if found.is_sound else STOPPED

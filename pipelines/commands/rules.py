"""`statsbidrag rules`: every rule that an auditor's list has."""

from __future__ import annotations

from pipelines.commands import printer
from pipelines.commands.command import csv_option, declared, json_option
from pipelines.commands.spoken import language


@declared("rules", json_option(), csv_option())
def command(*, shape: printer.Shape) -> int:
    """Show the rules."""
    from pipelines.documentation.rulebook import rule_list, rule_records  # noqa: PLC0415 - heavy

    printer.show(shape, lines=lambda: rule_list(language()), document=rule_records, table=rule_records)
    return 0

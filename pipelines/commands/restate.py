"""`statsbidrag restate`: what changed between two days or since a version, and why."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import (
    DAY,
    Option,
    csv_option,
    declared,
    json_option,
    outputs,
    programme_option,
    warehouse_option,
    year_option,
)
from pipelines.commands.endings import WRONG_USE
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language
from schemas.words.vocabulary import ACCOUNT_MEASURES

MEASURES = ("granted", "unused", "accepted_use", "repayable", "outstanding")
"""What is shown if nothing is chosen: what was decided, what was reported, and what follows for the money."""


@declared(
    "restate",
    programme_option("programme_of_round"),
    year_option("year_wanted", required=True),
    Option("--from", "since", required=True, unit="since"),
    Option("--to", "until", type=DAY, default="", unit="date"),
    Option("--measure", "measures", type=click.Choice(ACCOUNT_MEASURES), multiple=True),
    json_option(),
    csv_option(),
    warehouse_option(),
    stopped=WRONG_USE,
)
def command(  # noqa: PLR0913 - one argument per option
    *,
    programme: str | None,
    year: int,
    since: str,
    until: str,
    measures: tuple[str, ...],
    shape: printer.Shape,
    warehouse: Path | None,
) -> int:
    """Say what changed, from the published ledger."""
    check_choice(programme, year)
    from pipelines.inquiries import restatement, restatement_told  # noqa: PLC0415 - heavy

    asked = restatement.Asked(outputs(warehouse), programme, year, since, until, measures or MEASURES)
    found = restatement.restated(asked)
    printer.show(
        shape,
        lines=lambda: restatement_told.lines(found, language()),
        document=lambda: restatement_told.report(found),
        table=lambda: restatement_told.changes(found),
    )
    return 0

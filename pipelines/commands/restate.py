"""`statsbidrag restate`: what changed between two days or two versions, and why."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import (
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


@declared(
    "restate",
    programme_option("programme_of_round"),
    year_option("year_wanted", required=True),
    Option("--from", "since", required=True, unit="since"),
    Option("--to", "until", default="", unit="since"),
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
    """Say what changed, from what is published."""
    check_choice(programme, year)
    from pipelines.inquiries import restatement, restatement_told  # noqa: PLC0415 - heavy
    from pipelines.reports.changed.comparison import MEASURES  # noqa: PLC0415 - as above

    asked = restatement.Asked(outputs(warehouse), programme, year, since, until, measures or MEASURES)
    found = restatement.restated(asked)
    printer.show(
        shape,
        lines=lambda: restatement_told.lines(found, language()),
        document=lambda: restatement_told.report(found),
        table=lambda: restatement_told.changes(found),
    )
    return 0

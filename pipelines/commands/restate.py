"""`statsbidrag restate`: what changed between two days or since a version, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipelines import settings
from pipelines.commands.command import (
    WRONG_USE,
    as_json_text,
    check_date,
    in_one_sentence,
    json_option,
    language_option,
    warehouse_option,
)
from schemas.words.vocabulary import ACCOUNT_MEASURES, Language

MEASURES = ("granted", "unused", "accepted_use", "repayable", "outstanding")
"""What is shown if nothing is chosen: what was decided, what was reported, and what follows for the money."""


@click.command("restate")
@click.option("--programme", metavar="P", help="The programme (default: the one that has the round).")
@click.option("--year", type=int, metavar="Y", required=True, help="The round.")
@click.option("--from", "since", metavar="DATE|VERSION", required=True, help="A day, or a version that is kept.")
@click.option("--to", "until", default="", metavar="DATE", help="A later day (default: that of the round's figures).")
@click.option("--measure", "measures", type=click.Choice(ACCOUNT_MEASURES), multiple=True, help="Only this; repeat it.")
@json_option
@warehouse_option
@language_option
def restate(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str | None,
    year: int,
    since: str,
    until: str,
    measures: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 - a flag
    warehouse: Path | None,
    language: Language,
) -> None:
    """Say what has changed in a round between two days, recipient by recipient, and why, to the krona.

    From the ledger in the warehouse; nothing is run again. With a VERSION in the place of the first day: what has
    changed since it was published, what the ledger explains of it, and what rules or code do.
    """
    check_date(until, "--to")

    def told() -> int:
        from pipelines.inquiries import restatement, restatement_told  # noqa: PLC0415 - the command's own imports

        folder = (warehouse or settings.warehouse_folder()).resolve()
        asked = restatement.Asked(folder, programme, year, since, until, measures or MEASURES)
        found = restatement.restated(asked)
        lines = restatement_told.lines(found, language)
        click.echo(as_json_text(restatement_told.report(found)) if as_json else "\n".join(lines))
        return 0

    sys.exit(in_one_sentence(language, told, stopped=WRONG_USE))

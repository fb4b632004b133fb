"""`statsbidrag cases`: what an official has to do."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import (
    as_of_option,
    csv_option,
    declared,
    json_option,
    outputs,
    programme_option,
    raw_option,
    received,
    warehouse_option,
    year_option,
)
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language


@declared(
    "cases",
    programme_option(),
    year_option(),
    as_of_option("as_of_cases"),
    json_option(),
    csv_option(),
    raw_option(),
    warehouse_option(),
)
def command(  # noqa: PLR0913 - one argument per option
    *,
    programme: str | None,
    year: int | None,
    as_of: str,
    shape: printer.Shape,
    raw: Path | None,
    warehouse: Path | None,
) -> int:
    """List the cases, as published or as of a day."""
    check_choice(programme, year)
    folder = received(raw) if as_of else None
    from pipelines.inquiries import case_list  # noqa: PLC0415 - heavy

    asked = case_list.Chosen(programme, year)
    rounds = case_list.gathered(asked, folder, as_of, outputs(warehouse))
    printer.show(
        shape,
        lines=lambda: case_list.lines(rounds, language()),
        document=lambda: case_list.records(rounds),
        table=lambda: case_list.rows(rounds),
    )
    return 0

"""`statsbidrag names`: any list of names as codes. The answer is a table, so it is CSV unless JSON is asked for."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import (
    RECEIVED,
    Argument,
    Option,
    declared,
    json_option,
    programme_option,
    raw_option,
    received,
    year_option,
)
from pipelines.commands.endings import STOPPED, WRONG_USE
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language

YEARS = (1990, 2100)


@declared(
    "names",
    Argument("file", unit="file", type=RECEIVED),
    year_option("year_of_register", type=click.IntRange(*YEARS)),
    programme_option("programme_of_names"),
    Option("--column", unit="column"),
    json_option(),
    raw_option(),
    stopped=WRONG_USE,
)
def command(  # noqa: PLR0913 - one argument per option
    *, file: Path, year: int | None, programme: str | None, column: str | None, shape: printer.Shape, raw: Path | None
) -> int:
    """Map the names. Exit 1: some are not certain."""
    check_choice(programme, None)
    folder = received(raw)
    from pipelines.inquiries import name_list  # noqa: PLC0415 - heavy

    names = name_list.read_names(file, column)
    mapped = name_list.map_names(names, folder, programme, year)
    rows = name_list.records(mapped)
    printer.show("json" if shape == "json" else "csv", lines=tuple, document=lambda: rows, table=lambda: rows)
    for line in name_list.told(names, mapped, language()):
        printer.say(line)
    return 0 if mapped.is_certain else STOPPED

"""`statsbidrag dictionary`: every published table and column."""

from __future__ import annotations

from functools import partial

from pipelines.commands import printer
from pipelines.commands.command import Argument, csv_option, declared, json_option
from pipelines.commands.spoken import language


@declared("dictionary", Argument("table", unit="table", required=False), json_option(), csv_option())
def command(*, table: str | None, shape: printer.Shape) -> int:
    """Show the dictionary, or that of one table."""
    from pipelines.documentation.dictionary import dictionary_list, dictionary_records  # noqa: PLC0415 - heavy

    records = partial(dictionary_records, table)
    printer.show(shape, lines=lambda: dictionary_list(table, language()), document=records, table=records)
    return 0

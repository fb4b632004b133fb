"""`statsbidrag trace`: from a figure to the received cells that it rests on, and from a cell to printed figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import Argument, declared, json_option, outputs, programme_option, warehouse_option
from pipelines.commands.endings import WRONG_USE, Ended
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language, told

EXPRESSION, CELL, PRINTED = 1, 2, 4
"""How many words there are: an expression; a file and a cell; a report, a table, a row and a column."""


@declared(
    "trace",
    Argument("words", unit="traced", nargs=-1, required=True),
    programme_option("programme_of_figure"),
    json_option(),
    warehouse_option(),
)
def command(*, words: tuple[str, ...], programme: str | None, shape: printer.Shape, warehouse: Path | None) -> int:
    """Tell the way."""
    check_choice(programme, None)
    if len(words) not in (EXPRESSION, CELL, PRINTED):
        raise click.BadParameter(told("use_traced", count=len(words)))
    from assets.domain.figures.refused import Refused  # noqa: PLC0415 - heavy

    try:
        return _told(words, programme, shape, outputs(warehouse))
    except Refused as refused:
        raise Ended(refused.sentence(language()), WRONG_USE) from None


def _told(words: tuple[str, ...], programme: str | None, shape: printer.Shape, warehouse: Path) -> int:
    from pipelines.inquiries import figures, trace  # noqa: PLC0415 - heavy

    if len(words) == CELL:
        feeds = trace.fed(warehouse, programme, *words)
        printer.show(
            shape, lines=lambda: trace.fed_lines(feeds, language()), document=lambda: trace.fed_document(feeds)
        )
        return 0
    is_expression = len(words) == EXPRESSION
    answered = (
        figures.asked(words[0], warehouse, programme)
        if is_expression
        else trace.of_printed(warehouse, programme, words)
    )
    printer.show(
        shape,
        lines=lambda: trace.lines(answered, language()),
        document=lambda: trace.document(answered, language()),
    )
    return 0

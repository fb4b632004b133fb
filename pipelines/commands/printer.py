"""All that a command prints, in one of three shapes: text for a person, one JSON document, one table as CSV.

Answers go to standard output, everything about the work to standard error. Colour and folding only on a terminal.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import click

from pipelines.reports.columns import Columns, laid_out

Shape = Literal["text", "json", "csv"]
TEXT: Shape = "text"
FAULT = "red"


def show(
    shape: Shape,
    *,
    lines: Callable[[], Iterable[str | Columns]],
    document: Callable[[], object],
    table: Callable[[], Sequence[Mapping[str, Any]]] = tuple,
) -> None:
    """Print an answer in the shape that was asked for; only that shape is made.

    Args: lines: for a person. document: for programs. table: rows for a spreadsheet, all with the same columns.
    """
    match shape:
        case "json":
            click.echo(json.dumps(document(), ensure_ascii=False, indent=2))
        case "csv":
            click.echo(as_csv(table()), nl=False)
        case _:
            click.echo("\n".join(laid_out(lines(), width())).rstrip())


def say(line: str) -> None:
    """A line about the work."""
    click.echo(line, err=True)


def fault(sentence: str) -> None:
    """A sentence about what went wrong."""
    click.secho(sentence, fg=FAULT, err=True, color=False if os.environ.get("NO_COLOR") else None)


def width() -> int | None:
    """How wide the terminal is that the answer goes to; None where it goes to a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows below their column names: unknown is empty, and no cell is a formula to a spreadsheet."""
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([map(_cell, row.values()) for row in rows])
    return said.getvalue()


def _cell(value: object) -> object:
    from pipelines.reports.summary import printable  # noqa: PLC0415 - only this shape needs it
    from pipelines.reports.validation.download import inert  # noqa: PLC0415 - as above

    return inert(printable(value)) if isinstance(value, str) else value

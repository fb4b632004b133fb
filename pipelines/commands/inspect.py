"""`statsbidrag inspect`: what a file is, before any form knows it; and a form that reads it, as a draft."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import RECEIVED, Argument, Option, declared, json_option
from pipelines.commands.endings import WRONG_USE
from pipelines.commands.spoken import language


@declared(
    "inspect",
    Argument("file", unit="file", type=RECEIVED),
    Option("--against", unit="form"),
    json_option(),
    Option("--draft", is_flag=True),
    stopped=WRONG_USE,
)
def command(*, file: Path, against: str | None, shape: printer.Shape, draft: bool) -> int:
    """Say what the file is; nothing is written."""
    from pipelines.inquiries import inspection, inspection_against, inspection_draft, inspection_told  # noqa: PLC0415 - heavy

    form = inspection_against.form_called(against) if against else None
    inspected = inspection.inspect(file)
    if draft:
        click.echo(inspection_draft.draft(inspected, language()), nl=False)
        return 0
    difference = inspection_against.against(inspected, *form) if form else None
    told = {"against": inspection_against.document(difference)} if difference else {}
    printer.show(
        shape,
        lines=lambda: inspection_told.lines(inspected, difference, language()),
        document=lambda: inspection.document(inspected) | told,
    )
    return 0

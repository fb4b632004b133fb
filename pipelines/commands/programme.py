"""`statsbidrag programme new`: a programme to start from."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from pipelines import settings
from pipelines.commands import printer
from pipelines.commands.command import Argument, Group, declared, raw_option
from pipelines.commands.spoken import language


@declared("new", Argument("name", unit="name"), raw_option(), path="programme new")
def new(*, name: str, raw: Path | None) -> int:
    """Write the files, and say what to do next."""
    from pipelines.commands import scaffold  # noqa: PLC0415 - heavy

    year = dt.datetime.now(dt.UTC).year
    files = [Path(os.path.relpath(file)) for file in scaffold.start(name, year)]
    told = scaffold.told(name, files, year, raw or settings.raw_folder(), language())
    printer.show("text", lines=lambda: told, document=tuple)
    return 0


command = Group("programme", {"new": new})

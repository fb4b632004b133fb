"""Runs alone in a child process: reads one workbook under limits of memory and time, prints its cells as JSON.

Imports nothing of the project, so that it starts fast and holds nothing worth stealing.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from typing import Any

MEMORY_LIMIT = 2 * 1024**3
CPU_SECONDS = 30


def limit() -> None:
    """Bound what a hostile file can take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def as_text(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A cell as text: whole numbers without a decimal point, dates as ISO, booleans as in the program."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def main(path: str) -> None:
    """Print every sheet of the workbook at the path: a list of {name, rows}."""
    limit()
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only after the limits are set

    with CalamineWorkbook.from_path(path) as book:
        sheets = [
            {
                "name": name,
                "rows": [
                    list(map(as_text, row)) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            }
            for name in book.sheet_names
        ]
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])

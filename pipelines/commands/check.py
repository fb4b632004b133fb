"""`statsbidrag check`: one export as the next run would take it, and nothing written."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import (
    RECEIVED,
    Argument,
    csv_option,
    declared,
    json_option,
    programme_option,
    raw_option,
    received,
    year_option,
)
from pipelines.commands.endings import STOPPED
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language


@declared(
    "check",
    Argument("file", unit="file", type=RECEIVED),
    programme_option("programme_of_file"),
    year_option("year_of_file"),
    json_option(),
    csv_option(),
    raw_option(),
)
def command(*, file: Path, programme: str | None, year: int | None, shape: printer.Shape, raw: Path | None) -> int:
    """Check the file. Exit 1: it would stop the run."""
    check_choice(programme, year)
    folder = received(raw)
    from pipelines.inquiries import check_report  # noqa: PLC0415 - heavy
    from pipelines.inquiries.checking import check  # noqa: PLC0415 - heavy

    checked = check(file, folder, programme, year)
    printer.show(
        shape,
        lines=lambda: check_report.lines(checked, language()),
        document=lambda: check_report.report(checked),
        table=lambda: check_report.findings(checked),
    )
    if checked.stop and shape != "json":
        printer.fault(check_report.stop_line(checked.stop, language()))
    return STOPPED if check_report.stops(checked) else 0

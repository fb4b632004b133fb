"""`statsbidrag corrections diff`: whether a log explains what differs between two versions of a table."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import RECEIVED, Argument, Group, Option, csv_option, declared, json_option
from pipelines.commands.endings import STOPPED, WRONG_USE
from pipelines.commands.spoken import language


@declared(
    "diff",
    Argument("before", unit="before", type=RECEIVED),
    Argument("after", unit="after", type=RECEIVED),
    Argument("log", unit="log", type=RECEIVED),
    Option("--key", unit="column"),
    Option("--change-type", "change_types", about="change_type", unit="change_type", multiple=True),
    json_option(),
    csv_option(),
    path="corrections diff",
    stopped=WRONG_USE,
)
def diff(  # noqa: PLR0913 - one argument per option
    *, before: Path, after: Path, log: Path, key: str | None, change_types: tuple[str, ...], shape: printer.Shape
) -> int:
    """Compare. Exit 1: something is not explained, or explains nothing."""
    from pipelines.inquiries import corrections_diff  # noqa: PLC0415 - heavy

    result = corrections_diff.compare(before, after, log, key, change_types)
    printer.show(
        shape,
        lines=lambda: corrections_diff.lines(result, language()),
        document=lambda: corrections_diff.report(result),
        table=lambda: corrections_diff.differences(result),
    )
    return 0 if result.is_whole else STOPPED


command = Group("corrections", {"diff": diff})

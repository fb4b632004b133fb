"""`statsbidrag drafts`: drafts of the letters that the cases take."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import (
    FOLDER,
    Option,
    as_of_option,
    declared,
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
    "drafts",
    programme_option("programme_wanted", required=True),
    year_option("year_wanted", required=True),
    as_of_option("as_of_cases"),
    Option("--out", type=FOLDER, required=True, about="out_drafts", unit="folder"),
    raw_option(),
    warehouse_option(),
)
def command(  # noqa: PLR0913 - one argument per option
    *, programme: str, year: int, as_of: str, out: Path, raw: Path | None, warehouse: Path | None
) -> int:
    """Write the drafts of a round into a new folder."""
    check_choice(programme, year)
    folder = received(raw) if as_of else None
    from pipelines.inquiries import case_list, drafts  # noqa: PLC0415 - the command's own imports

    [cases] = case_list.gathered(case_list.Chosen(programme, year), folder, as_of, outputs(warehouse))
    written = drafts.write(cases, out, language())
    printer.show("text", lines=lambda: written, document=tuple)
    return 0

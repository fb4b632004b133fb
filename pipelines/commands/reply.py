"""`statsbidrag reply`: receipts to the recipients of a round, of what they sent."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import (
    FOLDER,
    Option,
    declared,
    outputs,
    programme_option,
    warehouse_option,
    year_option,
)
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language


@declared(
    "reply",
    programme_option("programme_wanted", required=True),
    year_option("year_wanted", required=True),
    Option("--recipient", unit="name"),
    Option("--out", type=FOLDER, required=True, about="out_replies", unit="folder"),
    warehouse_option(),
)
def command(*, programme: str, year: int, recipient: str | None, out: Path, warehouse: Path | None) -> int:
    """Write the receipts into a new folder."""
    check_choice(programme, year)
    from assets.received import RoundKey  # noqa: PLC0415 - heavy
    from pipelines.inquiries import reply, reply_files  # noqa: PLC0415 - heavy

    this_round, earlier = reply.opened(outputs(warehouse), RoundKey(programme, year))
    asked = reply.one(this_round, recipient) if recipient else reply.everybody(this_round)
    made = reply.replies(asked, this_round, earlier, language())
    written = reply_files.write(made, asked, out, language())
    printer.show("text", lines=lambda: written, document=tuple)
    return 0

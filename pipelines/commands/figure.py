"""`statsbidrag figure`: what an expression comes to, in the version that is published."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import Argument, declared, json_option, outputs, programme_option, warehouse_option
from pipelines.commands.endings import STOPPED, WRONG_USE, Ended
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language


@declared(
    "figure",
    Argument("expression", unit="expression"),
    programme_option("programme_of_figure"),
    json_option(),
    warehouse_option(),
)
def command(*, expression: str, programme: str | None, shape: printer.Shape, warehouse: Path | None) -> int:
    """Tell the figure. Exit 1: it is not known."""
    check_choice(programme, None)
    from assets.domain.figures.refused import Refused  # noqa: PLC0415 - heavy
    from pipelines.inquiries import figures  # noqa: PLC0415 - heavy

    try:
        answered = figures.asked(expression, outputs(warehouse), programme)
    except Refused as refused:
        raise Ended(refused.sentence(language()), WRONG_USE) from None
    printer.show(
        shape,
        lines=lambda: figures.lines(answered, language()),
        document=lambda: figures.document(answered, language()),
    )
    return 0 if answered.figure.value is not None else STOPPED

"""`statsbidrag draw`: an auditor's sample of a round, with its working paper."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands import printer
from pipelines.commands.command import Option, declared, outputs, programme_option, warehouse_option, year_option
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language, told

SUFFIX = ".xlsx"
AMOUNTS = ("granted", "used")


def _workbook(_context: click.Context, _option: click.Parameter, path: Path) -> Path:
    """Refuse what Excel would not open."""
    if path.suffix.lower() != SUFFIX:
        raise click.BadParameter(told("use_workbook", value=path.name))
    return path


@declared(
    "draw",
    programme_option("programme_wanted", required=True),
    year_option("year_wanted", required=True),
    Option("--amounts", type=click.Choice(AMOUNTS), default="granted", show_default=True),
    Option("--seed", required=True, type=click.IntRange(min=0), unit="number"),
    Option("--materiality", required=True, type=click.IntRange(min=1), unit="kronor"),
    Option("--confidence", required=True, type=click.IntRange(1, 99), unit="percent"),
    Option(
        "--out",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_workbook,
        about="out_paper",
        unit="workbook",
    ),
    warehouse_option(),
)
def command(  # noqa: PLR0913 - one argument per option
    *,
    programme: str,
    year: int,
    amounts: str,
    seed: int,
    materiality: int,
    confidence: int,
    out: Path,
    warehouse: Path | None,
) -> int:
    """Draw from the published round, and write the working paper."""
    check_choice(programme, year)
    from pipelines.inquiries import draw  # noqa: PLC0415 - heavy
    from pipelines.inquiries.working_paper import working_paper  # noqa: PLC0415 - heavy
    from pipelines.warehouse import files  # noqa: PLC0415 - heavy

    [of_amounts] = [each for each in draw.AMOUNTS if each == amounts]
    order = draw.Order(programme, year, of_amounts, seed, materiality, confidence)
    made = draw.drawn(outputs(warehouse), order)
    files.replace_file(out.resolve(), working_paper(made, language()))
    out.chmod(files.FOR_THE_HOUSE)
    printer.show("text", lines=lambda: draw.told(made, out, language()), document=tuple)
    return 0

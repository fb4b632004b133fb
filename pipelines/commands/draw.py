"""`statsbidrag draw`: an auditor's sample of a round, with its working paper."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines import settings
from pipelines.commands.command import in_one_sentence, language_option, warehouse_option

if TYPE_CHECKING:
    from schemas.words.vocabulary import Language


def _workbook(_context: click.Context, _option: click.Parameter, path: Path) -> Path:
    """Refuse what Excel would not open."""
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{path.name!r} does not end in .xlsx")
    return path


@click.command("draw")
@click.option("--programme", required=True, metavar="P", help="The programme.")
@click.option("--year", required=True, type=int, metavar="Y", help="The round.")
@click.option(
    "--amounts",
    type=click.Choice(("granted", "used")),
    default="granted",
    show_default=True,
    help="Which kronor are drawn: granted by decision, or used as reported.",
)
@click.option("--seed", required=True, type=click.IntRange(min=0), metavar="N", help="The same seed, the same sample.")
@click.option(
    "--materiality", required=True, type=click.IntRange(min=1), metavar="SEK", help="The largest error to tolerate."
)
@click.option(
    "--confidence", required=True, type=click.IntRange(1, 99), metavar="PERCENT", help="That no larger one is missed."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_workbook,
    metavar="FILE.xlsx",
    help="The working paper to write.",
)
@warehouse_option
@language_option
def draw_sample(language: Language, out: Path, warehouse: Path | None, **asked: Any) -> None:  # noqa: ANN401 - options
    """Draw a monetary-unit sample from the published round, and write its working paper.

    Where a sample would be no smaller than the population, all are to be read. No error is expected: the interval is
    the materiality divided by -ln(1 - confidence), which is 3.00 at 95 percent.
    """
    sys.exit(in_one_sentence(language, partial(_draw, language, out, warehouse, asked)))


def _draw(language: Language, out: Path, warehouse: Path | None, asked: dict[str, Any]) -> int:
    from pipelines.inquiries import draw  # noqa: PLC0415 - the command's own imports
    from pipelines.reports.working_paper import working_paper  # noqa: PLC0415 - as above
    from pipelines.warehouse import files  # noqa: PLC0415 - the command's own imports

    order = draw.Order(materiality_sek=asked.pop("materiality"), **asked)
    made = draw.drawn((warehouse or settings.warehouse_folder()).resolve(), order)
    files.replace_file(out.resolve(), working_paper(made, language))
    click.echo("\n".join(draw.told(made, out, language)))
    return 0

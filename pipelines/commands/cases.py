"""`statsbidrag cases` and `statsbidrag drafts`: what officials have to do, and drafts of the letters it takes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines import settings
from pipelines.commands.command import (
    as_json_text,
    check_date,
    in_one_sentence,
    json_option,
    language_option,
    raw_option,
    warehouse_option,
)
from schemas.words.vocabulary import Language

if TYPE_CHECKING:
    from pipelines.inquiries.case_list import Chosen, RoundCases

as_of_option = click.option(
    "--as-of", default="", metavar="DATE", help="As it stood on this day (default: as published)."
)


@click.command("cases")
@click.option("--programme", metavar="P", help="One programme (default: all).")
@click.option("--year", type=int, metavar="Y", help="One round (default: all).")
@as_of_option
@json_option
@raw_option
@warehouse_option
@language_option
def cases(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str | None,
    year: int | None,
    as_of: str,
    as_json: bool,  # noqa: FBT001 - a flag
    raw: Path | None,
    warehouse: Path | None,
    language: Language,
) -> None:
    """List what an official has to do: with whom, by when, and about how much. Decides nothing, writes nothing."""
    check_date(as_of, "--as-of")
    sys.exit(
        in_one_sentence(language, lambda: _cases(programme, year, as_of, raw, warehouse, language, as_json=as_json))
    )


def _cases(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str | None,
    year: int | None,
    as_of: str,
    raw: Path | None,
    warehouse: Path | None,
    language: Language,
    *,
    as_json: bool,
) -> int:
    from pipelines.inquiries import case_list  # noqa: PLC0415 - imports Dagster

    rounds = _gathered(case_list.Chosen(programme, year), as_of, raw, warehouse)
    told = as_json_text(case_list.records(rounds)) if as_json else "\n".join(case_list.lines(rounds, language))
    click.echo(told.rstrip())
    return 0


def _gathered(chosen: Chosen, as_of: str, raw: Path | None, warehouse: Path | None) -> list[RoundCases]:
    """The cases as of the day that was asked for, or else as published."""
    from pipelines.inquiries import case_list  # noqa: PLC0415 - imports Dagster

    if as_of:
        return case_list.rehearsed(chosen, (raw or settings.raw_folder()).resolve(), as_of)
    return case_list.published(chosen, warehouse or settings.warehouse_folder())


@click.command("drafts")
@click.option("--programme", metavar="P", required=True, help="The programme.")
@click.option("--year", type=int, metavar="Y", required=True, help="The round.")
@as_of_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="A new or empty folder for the drafts.",
)
@raw_option
@warehouse_option
@language_option
def drafts(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str,
    year: int,
    as_of: str,
    out: Path,
    raw: Path | None,
    warehouse: Path | None,
    language: Language,
) -> None:
    """Write drafts (Word, Swedish) of reminders and notices for what there is to do. Nothing is sent or decided.

    In a round with fictitious rows only fictitious recipients get drafts, marked as examples.
    """
    check_date(as_of, "--as-of")
    sys.exit(in_one_sentence(language, lambda: _drafts(programme, year, as_of, out, raw, warehouse, language)))


def _drafts(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str, year: int, as_of: str, out: Path, raw: Path | None, warehouse: Path | None, language: Language
) -> int:
    from pipelines.inquiries import case_list  # noqa: PLC0415 - imports Dagster
    from pipelines.reports import drafts  # noqa: PLC0415 - imports Dagster

    [round_cases] = _gathered(case_list.Chosen(programme, year), as_of, raw, warehouse)
    click.echo("\n".join(drafts.write(round_cases, out, language)))
    return 0

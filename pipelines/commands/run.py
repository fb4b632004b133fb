"""`statsbidrag run`: rounds from received files to published tables. What went wrong is told last, and alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from pipelines import settings
from pipelines.commands import printer
from pipelines.commands.command import (
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
from pipelines.commands.endings import STOPPED, Signals
from pipelines.commands.progress import Progress
from pipelines.commands.rounds import check_choice, declared_rounds, listed, meant
from pipelines.commands.spoken import language, told
from pipelines.readers.received_folders import Stray, Survey, survey
from pipelines.warehouse.layout import CURRENT, DATABASE
from schemas.configuration.outline import Round, programme_names


@declared(
    "run",
    programme_option(),
    year_option("year_received"),
    Option("--all", "everything", is_flag=True),
    as_of_option(),
    Option("--force", is_flag=True),
    raw_option(),
    warehouse_option(),
)
def command(  # noqa: PLR0913 - one argument per option
    *,
    programme: str | None,
    year: int | None,
    everything: bool,
    as_of: str,
    force: bool,
    raw: Path | None,
    warehouse: Path | None,
) -> int:
    """Run what was chosen, and show what is published then."""
    if everything and (programme or year):
        raise click.BadParameter(told("use_all"), param_hint="--all")
    check_choice(programme, year)
    folder, there = received(raw), outputs(warehouse)
    found = survey(folder)
    rounds, strays = chosen(found, programme, year), strays_of(found, programme, year)
    _tell_left_over(found, rounds)
    unchanged = {} if force else standing(folder, there, rounds, as_of)
    for each, since in unchanged.items():
        printer.say(told("run_unchanged", programme=each.programme, year=each.year, since=since))
    to_run = [each for each in rounds if each not in unchanged]
    failures = _run(to_run, folder, there, as_of) if to_run else []
    if not to_run and unchanged:
        printer.say(told("run_nothing"))
    failures += [*_told(strays)] if rounds or strays else [_nothing_received(folder)]
    return _tell_failures(failures)


# -- what is run ------------------------------------------------------------------------------------------------------
def chosen(found: Survey, programme: str | None, year: int | None) -> list[Round]:
    """The rounds that fit the choice and have a folder. One that is named by its year alone is tried without, too."""
    fitting = [each for each in found.rounds if _fits(each.programme, each.year, programme, year)]
    if fitting or year is None:
        return fitting
    return [each for each in declared_rounds() if _fits(each.programme, each.year, programme, year)]


def strays_of(found: Survey, programme: str | None, year: int | None) -> list[Stray]:
    """The folders that belong to no round, of those that the choice is about."""
    return [each for each in found.strays if year is None and programme in (None, each.programme)]


def _fits(name: str, its_year: int, programme: str | None, year: int | None) -> bool:
    return programme in (None, name) and year in (None, its_year)


def standing(raw: Path, warehouse: Path, rounds: Sequence[Round], as_of: str) -> dict[Round, str]:  # noqa: ARG001
    """The rounds whose published figures would come out the same, each with the time since when they stand.

    Always empty until `pipelines.warehouse.unchanged.standing` tells: every round is run.
    """
    return {}


def _run(rounds: Sequence[Round], raw: Path, warehouse: Path, as_of: str) -> list[str]:
    """Run the rounds and print what is published. Returns: a sentence for each that was stopped."""
    settings.prepare(raw, warehouse)
    failures = list(_run_each(rounds, as_of))
    if (warehouse / CURRENT / DATABASE).exists():
        from pipelines.reports.summary import summary  # noqa: PLC0415 - heavy

        click.echo(summary(warehouse, language()))
    return failures


def _run_each(rounds: Sequence[Round], as_of: str) -> Iterator[str]:
    """The one place that knows how a round is run: one after another, by Dagster, each published by itself."""
    from assets.ports import RoundKey  # noqa: PLC0415 - heavy
    from pipelines.orchestration.run import RunStopped, run_round  # noqa: PLC0415 - imports Dagster

    signals, progress = click.get_current_context().find_object(Signals), Progress(len(rounds))
    for each in rounds:
        try:
            with progress.of(each):
                run_round(RoundKey(each.programme, each.year), as_of, language())
        except RunStopped as stop:
            yield str(stop)
        if signals is not None:
            signals.check()  # Dagster makes a failed step of an interruption


# -- what is told -----------------------------------------------------------------------------------------------------
def _tell_left_over(found: Survey, rounds: Iterable[Round]) -> None:
    """Once, whatever the number of rounds: which files nobody put there on purpose."""
    folders = {(each.programme, str(each.year)) for each in rounds}
    names = [path.name for path in found.left_over if (path.parent.parent.name, path.parent.name) in folders]
    if names:
        printer.say(told("run_passed_over", files=listed(dict.fromkeys(names))))


def _told(strays: Iterable[Stray]) -> Iterator[str]:
    known = programme_names()
    for each in strays:
        if each.year is None:
            yield told("stray_programme", folder=each.folder, meant=meant(each.programme, known), known=listed(known))
        else:
            yield told("stray_year", folder=each.folder, year=each.year, programme=each.programme)


def _nothing_received(folder: Path) -> str:
    from schemas.rules.rule import Stop  # noqa: PLC0415 - heavy

    return Stop("nothing_received", folder=folder).sentence(language())


def _tell_failures(failures: Sequence[str]) -> int:
    """The failures after everything else, where they are not to be missed."""
    for sentence in failures:
        printer.fault(sentence)
    return STOPPED if failures else 0

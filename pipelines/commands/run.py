"""`statsbidrag run`: rounds from received files to published tables. What went wrong is told last, and alone."""

from __future__ import annotations

import datetime as dt
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
from pipelines.reports.summary import start_line, summary
from pipelines.warehouse import unchanged
from pipelines.warehouse.layout import CURRENT, DATABASE, START_PAGES
from pipelines.warehouse.verification import verified
from schemas.configuration.outline import Round, programme_names

MOMENT = "%Y-%m-%d %H:%M"


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
    today = dt.datetime.now(dt.UTC).date()
    as_before = {} if force else standing(folder, there, rounds, as_of, today)
    for each, since in as_before.items():
        printer.say(told("run_unchanged", programme=each.programme, year=each.year, since=since))
    to_run = [each for each in rounds if each not in as_before]
    if to_run:
        tell_damaged(there)
    failures = _run(to_run, folder, there, as_of, today) if to_run else []
    if not to_run and as_before:
        printer.say(told("run_nothing"))
        click.echo(start_line(there, language()))
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


def standing(raw: Path, warehouse: Path, rounds: Sequence[Round], as_of: str, today: dt.date) -> dict[Round, str]:
    """The rounds whose published figures would come out the same, each with since when they stand, in local time."""
    since = unchanged.standing(raw, warehouse, rounds, as_of, today)
    return {each: moment.astimezone().strftime(MOMENT) for each in rounds if (moment := since[each])}


def _run(rounds: Sequence[Round], raw: Path, warehouse: Path, as_of: str, today: dt.date) -> list[str]:
    """Run the rounds and print what is published. Returns: a sentence for each that was stopped."""
    settings.prepare(raw, warehouse)
    made_of = unchanged.fingerprints(raw, rounds, as_of, today)
    failures = dict(_run_each(rounds, as_of))
    if (warehouse / CURRENT / DATABASE).exists():
        done = [] if None in failures else [each for each in rounds if each not in failures]
        unchanged.remember(warehouse, {(each.programme, each.year): made_of[each] for each in done})
        stopped = [(each.programme, each.year) for each in failures if each]
        click.echo(summary(warehouse, language(), stopped, printer.width()))
    elif (warehouse / START_PAGES[language()]).exists():
        click.echo(start_line(warehouse, language()))
    if failures:
        printer.say("")  # what was stopped stands alone
    return list(failures.values())


def _run_each(rounds: Sequence[Round], as_of: str) -> Iterator[tuple[Round | None, str]]:
    """Compute the rounds one after another, then publish all accepted ones as one version; a single one in one run.

    Returns: the rounds that were stopped, or None for the publication, each with the sentence that says why.
    """
    from assets.received import RoundKey  # noqa: PLC0415 - heavy
    from pipelines.orchestration.run import Runs, RunStopped  # noqa: PLC0415 - imports Dagster

    signals, progress = click.get_current_context().find_object(Signals), Progress(len(rounds))
    accepted, is_alone = 0, len(rounds) == 1
    with Runs(language()) as runs:
        for each in rounds:
            try:
                with progress.of(each):
                    runs.run_round(RoundKey(each.programme, each.year), as_of, and_publish=is_alone)
                accepted += 1
            except RunStopped as stop:
                yield each, str(stop)
            if signals is not None:
                signals.check()  # Dagster makes a failed step of an interruption
        if accepted and not is_alone:
            try:
                with progress.of_publication():
                    runs.publish()
            except RunStopped as stop:
                yield None, str(stop)


# -- what is told -----------------------------------------------------------------------------------------------------
def _tell_left_over(found: Survey, rounds: Iterable[Round]) -> None:
    """Once, whatever the number of rounds: which files nobody put there on purpose."""
    folders = {(each.programme, str(each.year)) for each in rounds}
    names = [path.name for path in found.left_over if (path.parent.parent.name, path.parent.name) in folders]
    if names:
        printer.say(told("run_passed_over", files=listed(dict.fromkeys(names))))


def tell_damaged(warehouse: Path) -> None:
    """That the current version is not as it was published, and is replaced."""
    if (warehouse / CURRENT).exists():
        verdict = verified((warehouse / CURRENT).resolve())
        if not verdict.is_sound:
            what = verdict.sentence(language())
            printer.say(told("run_replaces_damaged", version=verdict.version, what=what))


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

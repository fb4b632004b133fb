"""`statsbidrag add`: an export into raw/, with its source card; what is not given is asked for on a terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands import printer
from pipelines.commands.command import (
    DAY,
    RECEIVED,
    Argument,
    Option,
    declared,
    programme_option,
    raw_option,
    received,
    year_option,
)
from pipelines.commands.endings import STOPPED, WRONG_USE
from pipelines.commands.rounds import check_choice
from pipelines.commands.spoken import language, told

if TYPE_CHECKING:
    from pipelines.inquiries.adding import Place

REALITIES = ("real", "synthetic", "mixed")
ASKED = ("title", "origin", "sender", "date", "reality", "licence")
MAY_BE_EMPTY = ("sender",)


@declared(
    "add",
    Argument("file", unit="file", type=RECEIVED),
    programme_option("programme_to_add"),
    year_option("year_to_add"),
    Option("--title", unit="text"),
    Option("--origin", unit="text"),
    Option("--sender", unit="text"),
    Option("--date", type=DAY, unit="date"),
    Option("--complete-through", type=DAY, unit="date"),
    Option("--closed", is_flag=True),
    Option("--reality", type=click.Choice(REALITIES)),
    Option("--licence", unit="text"),
    Option("--note", unit="text"),
    Option("--replaces", unit="other_file"),
    Option("--as", "answered", about="answers", unit="answers", multiple=True),
    raw_option(),
    stopped=WRONG_USE,
)
def command(  # noqa: PLR0913 - one argument per option
    *,
    file: Path,
    programme: str | None,
    year: int | None,
    answered: Sequence[str],
    raw: Path | None,
    closed: bool,
    **given: str | None,
) -> int:
    """Put the file there, and say what check says of it."""
    from pipelines.inquiries import adding  # noqa: PLC0415 - heavy

    answers = adding.answers_in(answered) | {key: value for key, value in given.items() if value}
    answers |= {"closed": adding.TRUE} if closed else {}
    programme, year = programme or answers.pop("programme", None), year or _year(answers.pop("year", None))
    check_choice(programme, year)
    folder, today = received(raw), dt.datetime.now(dt.UTC).date()
    place = adding.place_for(file, folder, programme, year)
    if sys.stdin.isatty():
        _ask(place, answers, lambda key, value: adding.unfit(key, value, today) is None)
    adding.put(place, answers, today)
    click.echo(told("add_done", file=place.target, programme=place.key.programme, year=place.key.year))
    return _checked(place.target, folder)


def _year(value: str | None) -> int | None:
    if value is None or value.isdecimal():
        return int(value) if value else None
    raise click.BadParameter(told("add_year", value=value), param_hint="--as year")


def _ask(place: Place, answers: dict[str, str], fits: Callable[[str, str], bool]) -> None:
    """Ask for what is not answered. Raises: KeyboardInterrupt if whoever is asked would rather not."""
    try:
        for key in (key for key in ASKED if key not in answers):
            if value := _asked(key, place.title if key == "title" else "", fits):
                answers[key] = value
        if place.standing and "replaces" not in answers:
            question = told("add_ask_replaces", file=place.target.name, other=place.standing)
            if click.confirm(question, default=True, err=True):
                answers["replaces"] = place.standing
    except click.Abort:
        raise KeyboardInterrupt from None


def _asked(key: str, default: str, fits: Callable[[str, str], bool]) -> str:
    kind = click.Choice(REALITIES) if key == "reality" else str
    while True:
        may_be_empty = key in MAY_BE_EMPTY
        value = click.prompt(
            told(f"add_ask_{key}"), default=default if default or may_be_empty else None, type=kind, err=True,
            show_default=bool(default),
        )  # fmt: skip
        if fits(key, str(value)):
            return str(value).strip()
        printer.say(told("add_again"))


def _checked(path: Path, raw: Path) -> int:
    from pipelines.inquiries import check_report  # noqa: PLC0415 - heavy
    from pipelines.inquiries.checking import check  # noqa: PLC0415 - heavy

    checked = check(path, raw, None, None)
    printer.show("text", lines=lambda: check_report.lines(checked, language()), document=tuple)
    if checked.stop:
        printer.fault(check_report.stop_line(checked.stop, language()))
    return STOPPED if check_report.stops(checked) else 0

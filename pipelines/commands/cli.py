"""The command line `statsbidrag`: its commands by name, and what frames each of them.

Nothing heavy is imported before a command needs it. Every error is one sentence; `endings` lists the exit codes.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

import click

from pipelines.commands import endings, printer
from pipelines.commands.command import Group, Option
from pipelines.commands.spoken import UnknownLanguage, speaking, wanted

NAME = "statsbidrag"
SELDOM = (100_000, 20, 20)
"""How often Python looks for garbage: what is imported is none, and to look as often as it does by itself takes an
eighth of a round."""

COMMANDS = {
    "run": "pipelines.commands.run",
    "ui": "pipelines.commands.ui",
    "inspect": "pipelines.commands.inspect",
    "add": "pipelines.commands.add",
    "check": "pipelines.commands.check",
    "cases": "pipelines.commands.cases",
    "drafts": "pipelines.commands.drafts",
    "reply": "pipelines.commands.reply",
    "restate": "pipelines.commands.restate",
    "versions": "pipelines.commands.versions",
    "verify": "pipelines.commands.verify",
    "pin": "pipelines.commands.pin",
    "remove": "pipelines.commands.remove",
    "draw": "pipelines.commands.draw",
    "figure": "pipelines.commands.figure",
    "trace": "pipelines.commands.trace",
    "names": "pipelines.commands.names",
    "corrections": "pipelines.commands.corrections",
    "rules": "pipelines.commands.rules",
    "dictionary": "pipelines.commands.dictionary",
    "audit-rules": "pipelines.commands.audit_rules",
    "programme": "pipelines.commands.programme",
}


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own
    if wanted and not ctx.resilient_parsing:
        click.echo(f"{NAME} {version(NAME)}")
        ctx.exit()


def _version_option() -> Option:
    return Option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)


statsbidrag = Group(NAME, COMMANDS, params=[_version_option()])


def exit_code(arguments: Sequence[str]) -> int:
    """Do what the arguments say; all that is to be told has been told."""
    try:
        language = wanted(arguments, os.environ)
    except UnknownLanguage as unknown:
        printer.fault(str(unknown))
        return endings.WRONG_USE
    with speaking(language), endings.signals() as signals:
        try:
            return _done(arguments, signals)
        except BrokenPipeError:
            return endings.nobody_reads()
        except KeyboardInterrupt:
            return endings.told_of(signals.ending())


def _done(arguments: Sequence[str], signals: endings.Signals) -> int:
    try:
        # Not click's own `main`, which has ways of its own with interruptions and readers that go away.
        with statsbidrag.make_context(NAME, list(arguments), obj=signals) as context:
            code = statsbidrag.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.BadParameter as wrong:
        return _refused(wrong)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except endings.Ended as end:
        signals.check()  # a library may have made something else of an interruption
        return endings.told_of(end)
    else:
        return int(code)


def _refused(wrong: click.BadParameter) -> int:
    """A value that is wrong is one line: how to use the command is not what was asked."""
    if isinstance(wrong, click.MissingParameter):
        wrong.show()
    else:
        printer.fault(wrong.format_message())
    return wrong.exit_code


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)  # everything ends with the process; looking for garbage first takes a second
    sys.exit(exit_code(sys.argv[1:]))

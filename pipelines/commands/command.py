"""What every command shares: how it is declared, its texts from the catalogue, its options, and how it ends.

Nothing heavy is imported here, nor by any module of a command before the command runs.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from pipelines import settings
from pipelines.commands.endings import STOPPED, Ended, ended
from pipelines.commands.printer import TEXT
from pipelines.commands.spoken import OPTION, told
from schemas.words.vocabulary import LANGUAGES

FOLDER = click.Path(file_okay=False, path_type=Path)


def text_of(path: str) -> str:
    """The name of a command's text, by its words: `corrections diff` has `command_corrections_diff`."""
    return f"command_{path.replace(' ', '_').replace('-', '_')}"


def short(path: str) -> str:
    """The first sentence about a command."""
    return told(text_of(path)).partition("\n")[0].partition(". ")[0].rstrip(".")


class Option(click.Option):
    """An option whose help, and whose word for its value, are texts of the catalogue."""

    def __init__(self, *names: str, about: str | None = None, unit: str | None = None, **facts: Any) -> None:  # noqa: ANN401
        """Explain it by the text `option_<about>`, or else by its own name; call its value by `metavar_<unit>`."""
        super().__init__(names, **facts)
        self.about, self.unit = about or self.name, unit

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names and what it does."""
        self.help = told(f"option_{self.about}")
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """What its value is called."""
        return told(f"metavar_{self.unit}") if self.unit else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument that is called by a text of the catalogue."""

    def __init__(self, name: str, *, unit: str, **facts: Any) -> None:  # noqa: ANN401 - click's own
        """Call it by `metavar_<unit>`."""
        super().__init__([name], **facts)
        self.unit = unit

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """What it is called, in brackets where it may be left out."""
        called = told(f"metavar_{self.unit}")
        return called if self.required else f"[{called}]"


class Told(click.Command):
    """What commands and groups of them have in common: help and usage in the language that is spoken, --language."""

    def __init__(  # the rest is click's own
        self,
        name: str,
        *,
        path: str | None = None,
        params: Sequence[click.Parameter] = (),
        **facts: Any,  # noqa: ANN401
    ) -> None:
        """Declare it; `path` is its words where it belongs to a group."""
        settings_of_help = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        super().__init__(name=name, params=[*params, language_option()], context_settings=settings_of_help, **facts)
        self.path = path or name

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, in whole."""
        self.help = told(text_of(self.path))
        super().format_help_text(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = told("option_help")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after its name where it is said how to use it."""
        self.options_metavar = f"[{told('metavar_options')}]"
        return super().collect_usage_pieces(ctx)


class Command(Told):
    """A command. Whatever goes wrong in it is one sentence; a rule that stops exits `stopped`."""

    def __init__(self, name: str, *, stopped: int = STOPPED, **facts: Any) -> None:  # noqa: ANN401 - click's own
        """Declare it."""
        super().__init__(name, **facts)
        self.stopped = stopped

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run it. Raises: Ended."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, Ended, BrokenPipeError):
            raise
        except Exception as error:
            raise ended(error, self.stopped) from error


class Group(Told, click.Group):
    """Commands by name, each imported only when it is asked for: by module, or declared right here."""

    def __init__(self, name: str, commands: Mapping[str, str | click.Command], **facts: Any) -> None:  # noqa: ANN401
        """Declare it; a module has its command as `command`."""
        super().__init__(name, **facts)
        self.declared = commands

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in order of declaration."""
        return list(self.declared)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """One command."""
        found = self.declared.get(cmd_name)
        if isinstance(found, str):
            command: click.Command = importlib.import_module(found).command
            return command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its first sentence, and none of them imported."""
        above = "" if ctx.parent is None else f"{self.path} "
        rows = [(name, short(f"{above}{name}")) for name in self.list_commands(ctx)]
        with formatter.section(told("click_commands")):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after its name where it is said how to use it."""
        self.subcommand_metavar = f"{told('metavar_command')} [{told('metavar_arguments')}]..."
        return super().collect_usage_pieces(ctx)


def declared(name: str, *parameters: click.Parameter, **facts: Any) -> Callable[[Callable[..., int]], Command]:  # noqa: ANN401
    """Declare a function as a command that returns its exit code."""

    def as_command(function: Callable[..., int]) -> Command:
        return Command(name, params=parameters, callback=function, **facts)

    return as_command


# -- kinds of values --------------------------------------------------------------------------------------------------
class Day(click.ParamType[str]):
    """A day, as an ISO text; left out it is empty."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as written in ISO 8601. Fails on anything else."""
        try:
            return dt.date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            return self.fail(told("use_date", value=value), param, ctx)


class Received(click.Path):
    """A file that is there."""

    def __init__(self) -> None:
        """Take it whole, wherever it lies."""
        super().__init__(exists=True, dir_okay=False, resolve_path=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Its path. Fails if there is no such file, in the language that is spoken."""
        self.name = told("kind_file")
        return super().convert(value, param, ctx)


class Said(click.ParamType[str]):
    """Words that somebody answers for: never empty."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words, without space around them. Fails if there are none."""
        named = param.opts[0] if param else ""
        return value.strip() or self.fail(told("use_empty", option=named), param, ctx)


DAY, RECEIVED, SAID = Day(), Received(), Said()


# -- options ----------------------------------------------------------------------------------------------------------
def language_option() -> Option:
    """The language, which `spoken` has read already: here it is only refused if there is none such."""
    return Option(OPTION, type=click.Choice(LANGUAGES), expose_value=False)


def programme_option(about: str = "programme", **facts: Any) -> Option:  # noqa: ANN401 - click's own
    """The programme, told by name."""
    return Option("--programme", about=about, unit="programme", **facts)


def year_option(about: str = "year", **facts: Any) -> Option:  # noqa: ANN401 - click's own
    """The year of a round."""
    return Option("--year", about=about, unit="year", **{"type": int} | facts)


def raw_option() -> Option:
    """The folder of received files."""
    return Option("--raw", type=FOLDER, unit="folder")


def warehouse_option() -> Option:
    """The folder of outputs."""
    return Option("--warehouse", type=FOLDER, unit="folder")


def said_option(name: str, unit: str) -> Option:
    """Who decides something, or why."""
    return Option(name, required=True, type=SAID, unit=unit)


def as_of_option(about: str = "as_of") -> Option:
    """A day that things are told as of."""
    return Option("--as-of", type=DAY, default="", about=about, unit="date")


def json_option() -> Option:
    """The answer as one document."""
    return Option("--json", "shape", flag_value="json", default=TEXT, about="json", type=str)


def csv_option() -> Option:
    """The answer as one table."""
    return Option("--csv", "shape", flag_value="csv", default=TEXT, about="csv", type=str)


# -- folders ----------------------------------------------------------------------------------------------------------
def received(raw: Path | None) -> Path:
    """The folder of received files, whole. Raises: BadParameter if it is not there."""
    folder = (raw or settings.raw_folder()).resolve()
    if not folder.is_dir():
        hint = "--raw" if raw else settings.RAW
        raise click.BadParameter(told("use_no_folder", folder=folder), param_hint=hint)
    return folder


def outputs(warehouse: Path | None) -> Path:
    """The folder of outputs, whole."""
    return (warehouse or settings.warehouse_folder()).resolve()

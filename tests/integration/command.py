"""The command line as a person starts it, in this process: a process is started only where one is what is tested."""

import contextlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.commands.cli import exit_code
from pipelines.settings import DAGSTER_HOME, LANGUAGE, LAUNCHED_FROM, RAW, REPORTS_ADDRESS, WAREHOUSE
from tests.unexamined import unexamined

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("statsbidrag")
CHOSEN = (DAGSTER_HOME, RAW, WAREHOUSE, LANGUAGE, LAUNCHED_FROM, REPORTS_ADDRESS)
READ_ONCE = ("pipelines.definitions", "pipelines.orchestration.run")
"""What reads the folders when it is imported: anew for each run, as in a process of its own."""


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


class Terminal(io.StringIO):
    """Takes what is printed as a terminal would."""

    def isatty(self) -> bool:
        return True


def statsbidrag(
    *arguments: str | Path,
    folder: Path = ROOT,
    examined: bool = False,
    terminal: bool = False,
    environment: dict[str, str] | None = None,
) -> Done:
    """Run the command from a folder; what it publishes is examined only on request, which takes seconds."""
    out, err = (Terminal() if terminal else io.StringIO() for _ in range(2))
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        stack.enter_context(_environment(environment or {}))
        if arguments[:1] == ("run",):
            stack.enter_context(_as_for_the_first_time(examined=examined))
        stack.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", "AssetExecutionContext.run_id", DeprecationWarning)  # a process shows none
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        code = exit_code([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())


def _as_for_the_first_time(*, examined: bool) -> contextlib.AbstractContextManager[None]:
    for name in READ_ONCE:
        sys.modules.pop(name, None)
    return contextlib.nullcontext() if examined else unexamined()


@contextlib.contextmanager
def _environment(chosen: dict[str, str]) -> Iterator[None]:
    """Nobody's choices of folders or language but these, for as long as the command runs."""
    before = dict(os.environ)
    for name in CHOSEN:
        os.environ.pop(name, None)
    os.environ.update(chosen)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

"""What a run is at: which round of how many, its stage, the seconds. One line that moves on a terminal, else lines."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import click

from pipelines.commands.spoken import language, told
from pipelines.settings import PROGRESS
from schemas.configuration.outline import Round
from schemas.texts.catalogue import known, text

CLEARED = "\r\x1b[K"


class Progress(logging.Handler):
    """Shows what is said on the logger of progress while a round runs."""

    def __init__(self, count: int) -> None:
        """Of so many rounds."""
        super().__init__()
        self.count = count
        self.moves = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._number, self._round, self._since = 0, "", 0.0

    def of(self, this: Round) -> AbstractContextManager[None]:
        """One round, from its first stage until it is done or stopped."""
        self._number += 1
        said = told("run_round", number=self._number, count=self.count, programme=this.programme, year=this.year)
        return self._shown(said)

    def of_publication(self) -> AbstractContextManager[None]:
        """The publication of all rounds."""
        return self._shown(told("run_publication"))

    @contextmanager
    def _shown(self, what: str) -> Iterator[None]:
        self._round, self._since = what, time.monotonic()
        self._show(self._round)
        logger = logging.getLogger(PROGRESS)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        logger.addHandler(self)
        try:
            yield
        except BaseException:
            self._end("run_stopped")
            raise
        else:
            self._end("run_done")
        finally:
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Show the stage that has begun, or the table that is there."""
        said = record.getMessage()
        self._show(f"{self._round}: {text(f'stage_{said}', language()) if known(f'stage_{said}') else said}")

    def _show(self, line: str) -> None:
        if self.moves:
            click.echo(f"{CLEARED}{line}  {self._seconds()} s", err=True, nl=False)
        else:
            click.echo(line, err=True)

    def _end(self, how: str) -> None:
        start = CLEARED if self.moves else ""
        click.echo(start + told(how, round=self._round, seconds=self._seconds()), err=True)

    def _seconds(self) -> str:
        said = f"{time.monotonic() - self._since:.1f}"
        return said.replace(".", ",") if language() == "sv" else said

"""How a command ends when it does not end well: one sentence (of a programme's YAML one for each fault) and a code.

Exit codes: 1 stopped (something is not published, or not in order), 2 wrong use or environment, 130 and 143 ended from
outside, 141 whoever read the output went away.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from pipelines import settings
from pipelines.commands import printer
from pipelines.commands.spoken import language, told

STOPPED, WRONG_USE = 1, 2
BY_SIGNAL = 128
"""What is added to a signal's number, as shells have it."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)
SENTENCES = {signal.SIGINT: "ended_interrupted", signal.SIGTERM: "ended_terminated"}
FULL = "disk_full"
REASONS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.ENOENT: "no_such_folder",
    errno.ENOTDIR: "no_folder_there",
    errno.EROFS: "read_only",
}
"""Why the system refuses a write, by its number; of others, what the system itself says."""
WRONG_USE_RULES = (
    "programme_unknown",
    "programme_name_unfit",
    "programme_exists",
    "round_undeclared",
    "port_taken",
    "table_unknown",
    "round_not_told",
    "name_column_not_told",
    "nothing_published_yet",
    "drafts_need_a_folder",
    "round_not_published",
    "round_without_version",
    "nothing_to_draw",
    "form_not_there",
    "form_not_told",
    "draft_without_headers",
    "add_name_unfit",
    "add_name_taken",
    "add_same_content",
    "add_not_told",
    "add_answer_unknown",
    "add_answer_unfit",
    "add_replaces_unknown",
    "add_replaces_nothing",
)


class Ended(Exception):  # noqa: N818 - a sentence to a person
    """A command that cannot go on: its sentence and exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        """End with this code."""
        super().__init__(sentence)
        self.code = code


def ended(error: Exception, stopped: int) -> Ended:
    """What a person is told of an error; a rule that stops exits `stopped`, if it is not about wrong use."""
    from schemas.rules.rule import Stop, rules  # noqa: PLC0415 - heavy, and needed only here

    if isinstance(error, Stop):
        return Ended("\n".join(error.sentences(language())), WRONG_USE if error.rule.id in WRONG_USE_RULES else stopped)
    if why := reason(error):
        values = {"file": getattr(error, "filename", None) or settings.warehouse_folder()}
        if why == FULL:
            return Ended(rules()[FULL].message(language(), values), WRONG_USE)
        said = told(why) if why in REASONS.values() else why
        return Ended(rules()["write_failed"].message(language(), values | {"why": said}), WRONG_USE)
    home = os.environ.get(settings.DAGSTER_HOME) or settings.warehouse_folder() / ".dagster"
    values = {"error": type(error).__name__, "home": home}
    return Ended(rules()["out_of_order"].message(language(), values), WRONG_USE)


def reason(error: BaseException) -> str | None:
    """Why the system refused what the error is about, or its own words for that; None if it did not.

    SQLite tells of a full disk in words of its own, whatever wraps them.
    """
    for each in _causes(error):
        if "disk is full" in str(each):
            return FULL
        if isinstance(each, OSError):
            return REASONS.get(each.errno or 0) or each.strerror or type(each).__name__
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it came of."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


# -- from outside ---------------------------------------------------------------------------------------------------
class Signals:
    """Which signals have come. Others, such as Dagster, put handlers of their own in: the descriptor tells all."""

    def __init__(self, descriptor: int) -> None:
        """Read the numbers of signals from here."""
        self._descriptor = descriptor
        self._come: list[int] = []

    def first(self) -> int | None:
        """The first that came, if any."""
        with suppress(BlockingIOError):
            self._come += [number for number in os.read(self._descriptor, 64) if number in SIGNALS]
        return self._come[0] if self._come else None

    def check(self) -> None:
        """Raises: KeyboardInterrupt if one has come, whoever took it."""
        if self.first() is not None:
            raise KeyboardInterrupt

    def ending(self) -> Ended:
        """What is said of the first, and the customary code."""
        number = self.first() or signal.SIGINT
        return Ended(told(SENTENCES[signal.Signals(number)]), BY_SIGNAL + number)


@contextmanager
def signals() -> Iterator[Signals]:
    """Have a signal end the command as Ctrl-C does. Another one, while it is ending, changes nothing."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    before = {number: signal.signal(number, _interrupt) for number in SIGNALS}
    descriptor = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield Signals(reading)
    finally:
        signal.set_wakeup_fd(descriptor)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def nobody_reads() -> int:
    """The reader of the output went away: nothing more is said, not even when Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    return BY_SIGNAL + signal.SIGPIPE


def told_of(end: Ended) -> int:
    """Say the sentence; return the code."""
    printer.fault(str(end))
    return end.code

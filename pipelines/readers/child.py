"""A reader in a process of its own, under limits of memory, time and output: what it reads may abort it, not us."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from assets.received import Cell
from pipelines.readers.limits import Limits
from pipelines.readers.unreadable import Unreadable
from schemas.configuration.faults import shown

ROOT = Path(__file__).parents[2]
START = "import sys; sys.path.insert(0, {root!r}); from {module} import main; main()"
DAMAGED = 2
"""How a child ends that could not make sense of what it was given. Any other end but 0 is that of one out of memory."""

BESIDE_THE_CELLS = 4
"""Bytes of output for each character of a cell, and for each of its signs; what is more is no answer."""

TYPES: Mapping[str, Callable[[str], Cell]] = {
    "n": Decimal,
    "d": dt.date.fromisoformat,
    "t": dt.datetime.fromisoformat,
}
"""The types that JSON does not have, by the letters that a child gives them."""


def cell_of(said: Any) -> Cell:  # noqa: ANN401 - a JSON value
    """A cell as a child answers it. Raises: Unreadable: null characters."""
    if isinstance(said, list):
        return TYPES[said[0]](said[1])
    if isinstance(said, str) and "\x00" in said:
        raise Unreadable("null_in_cell")  # a database shows what stands before it, Parquet all of it
    cell: Cell = said
    return cell


def answers(module: str, content: bytes, most: Limits) -> Iterator[Any]:
    """What the `main` of a module answers to these bytes, JSON value by JSON value.

    Raises: Unreadable: as it says, or since it was too slow, out of memory, or answered too much.
    """
    with _started(module, most) as (child, is_late):
        _given(child, content)
        yield from _lines(child, most)
    if is_late.is_set() or child.returncode in (-24, -9):  # SIGXCPU, and what follows it
        raise Unreadable("too_slow", most.child_seconds)
    if child.returncode:
        raise Unreadable("damaged" if child.returncode == DAMAGED else "too_costly", most.child_mib)


@contextmanager
def _started(module: str, most: Limits) -> Iterator[tuple[subprocess.Popen[bytes], threading.Event]]:
    command = [sys.executable, "-I", "-c", START.format(root=str(ROOT), module=module), json.dumps(asdict(most))]
    is_late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own script, our own interpreter
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:

        def end() -> None:
            is_late.set()
            child.kill()

        clock = threading.Timer(most.child_seconds, end)
        clock.start()
        try:
            yield child, is_late
        finally:
            clock.cancel()
            if child.poll() is None and child.stdout and not child.stdout.closed:
                child.stdout.close()  # a child that writes on ends by that
            _ended(child)


def _ended(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        child.kill()


def _given(child: subprocess.Popen[bytes], content: bytes) -> None:
    stream: IO[bytes] | None = child.stdin
    if stream:
        try:
            with stream:
                stream.write(content)
        except BrokenPipeError:
            pass  # it ended before it had read everything; its end says why


def _lines(child: subprocess.Popen[bytes], most: Limits) -> Iterator[Any]:
    left = BESIDE_THE_CELLS * (most.characters + most.grid)
    while child.stdout and (line := child.stdout.readline(left + 1)):
        left -= len(line)
        if left < 0:
            raise Unreadable("too_many_characters", most.characters)
        if not line.endswith(b"\n"):
            return  # it ended in the middle of an answer
        answer = json.loads(line)
        if isinstance(answer, dict) and "refused" in answer:
            reason, limit, within = answer["refused"]
            raise Unreadable(reason, shown(limit) if isinstance(limit, str) else limit, shown(within))
        yield answer

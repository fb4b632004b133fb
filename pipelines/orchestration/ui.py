"""The Dagster UI on loopback: the guarded web server and the daemon, since without the daemon runs stay queued.

The reports are served beside it, on the next port, so that a check can link to its place in one: a page of theirs is
then another origin than Dagster's, and can start nothing there.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import click

from pipelines.reports.report_server import LOOPBACK, served
from pipelines.reports.start.pages import write_start
from pipelines.settings import REPORTS_ADDRESS, WAREHOUSE
from pipelines.warehouse.layout import START_PAGES
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said, text
from schemas.words.vocabulary import Language

CHILD = (sys.executable, "-m", "pipelines.orchestration.child")
CHILDREN = {"web-server": "ui_web_server", "daemon": "ui_daemon"}
"""What `child` may be, and what a person calls it."""

ENDING_SECONDS = 20
BY_SIGNAL = 128
"""A command that a signal ended exits with this and the signal's number."""


def serve(port: int, language: Language) -> int:
    """Serve until interrupted or terminated. Raises: Stop if a port is taken or one of the servers ends by itself."""
    for each in (port, port + 1):
        if _taken(each):
            raise Stop("port_taken", port=each, first=port, second=port + 1)
    click.echo(text("ui_starting", language))
    from pipelines.orchestration.code_server import code_server  # noqa: PLC0415 - imports Dagster for a second

    warehouse = Path(os.environ[WAREHOUSE])
    if not (warehouse / START_PAGES[language]).exists():
        write_start(warehouse)
    with served(warehouse, port + 1) as reports:
        os.environ[REPORTS_ADDRESS] = reports
        with _happenings() as happened, code_server() as workspace, _children(workspace, port, language, happened):
            first = happened.get()
    if isinstance(first, str):
        raise Stop("ui_ended_early", part=Said(CHILDREN[first]))
    click.echo(text("ui_ended", language), err=True)
    return BY_SIGNAL + first


Happening = int | str
"""A signal to this command, or the one of its children that has ended."""


@contextmanager
def _happenings() -> Iterator[SimpleQueue[Happening]]:
    """What happens to this command and its children, in order; signals are told here and do nothing else meanwhile."""
    happened: SimpleQueue[Happening] = SimpleQueue()
    before = {each: signal.signal(each, lambda one, _: happened.put(one)) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield happened
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _children(workspace: Path, port: int, language: Language, happened: SimpleQueue[Happening]) -> Iterator[None]:
    """Both servers while the block runs. Ctrl-C reaches this command alone, which then ends them in good order."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for name in CHILDREN:
            command = [*CHILD, name, str(workspace), str(port), language]
            child = subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603 - our own command
            started.append(child)
            threading.Thread(target=_tell_end, args=(child, name, happened), daemon=True).start()
        yield
    finally:
        for child in started:
            child.send_signal(signal.SIGINT)
        for child in started:
            _await(child)


def _tell_end(child: subprocess.Popen[bytes], name: str, happened: SimpleQueue[Happening]) -> None:
    child.wait()
    happened.put(name)


def _await(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdin is not None:
        child.stdin.close()


def _taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that has just ended is none
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False

"""Dagster's two servers as processes of `statsbidrag ui`: the guarded web server, and the daemon that starts runs.

Each ends when it is interrupted, and when the command that started it is gone, however it went.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import suppress

import click
import uvicorn
from dagster import DagsterInstance, __version__
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._daemon.cli import run_command
from dagster_webserver.app import create_app_from_workspace_process_context

from pipelines.orchestration.guard import Guard
from pipelines.orchestration.report_links import ReportLinks
from pipelines.reports.report_server import LOOPBACK
from pipelines.settings import REPORTS_ADDRESS, warehouse_folder
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

DAEMON = "daemon"
STATEMENT_MILLISECONDS, RECYCLE_SECONDS, OVERFLOW = 15_000, 3_600, 20
"""What Dagster's own web server takes for its databases where nothing is said."""

POLL_MILLISECONDS = 2_000
GRACE_SECONDS = 2
"""For requests under way when it is to end; a page that listens would otherwise hold it."""


def serve_web(workspace: str, port: int, language: Language) -> None:
    """Serve Dagster's pages on this machine, behind the guard, until interrupted."""
    with DagsterInstance.get() as instance:
        instance.optimize_for_webserver(STATEMENT_MILLISECONDS, RECYCLE_SECONDS, OVERFLOW)
        target = WorkspaceFileTarget([workspace])
        with WorkspaceProcessContext(instance, target, version=__version__, code_server_log_level="warning") as context:
            app = create_app_from_workspace_process_context(context, "", POLL_MILLISECONDS)
            linked = ReportLinks(app, instance, warehouse_folder(), os.environ[REPORTS_ADDRESS])
            config = uvicorn.Config(
                Guard(linked, port, language),
                host=LOOPBACK,
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
            with suppress(KeyboardInterrupt):  # which ends it in good order first
                Told(config, f"http://{LOOPBACK}:{port}", language).run()


class Told(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str, language: Language) -> None:
        """Say this address."""
        super().__init__(config)
        self._address, self._language = address, language

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started:
            click.echo(text("ui_address", self._language).format(address=self._address))
            click.echo(text("ui_reports", self._language).format(address=os.environ[REPORTS_ADDRESS]))


def run_daemon(workspace: str) -> None:
    """Start the runs that the pages ask for, until interrupted."""
    run_command(["--workspace", workspace, "--log-level", "warning"])


def end_with_parent() -> None:
    """Interrupt this process once whoever holds the other end of its standard input is gone."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs deaf to it
    threading.Thread(target=_interrupt_at_end_of_input, daemon=True).start()


def _interrupt_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def main(what: str, workspace: str, port: str, language: Language) -> None:
    """Be one of the two."""
    end_with_parent()
    if what == DAEMON:
        run_daemon(workspace)
    else:
        serve_web(workspace, int(port), language)


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]  # `ui` passes a language

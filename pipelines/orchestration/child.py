"""Dagster's two servers as processes of `statsbidrag ui`: the guarded web server, and the daemon that starts runs.

Each ends when it is interrupted, and when the command that started it is gone, however it went.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import uvicorn
from dagster import DagsterInstance, __version__
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._daemon.cli import run_command
from dagster_webserver.app import create_app_from_workspace_process_context

from pipelines.orchestration.guard import Guard
from pipelines.orchestration.pruning import prune
from pipelines.settings import DAGSTER_HOME
from schemas.words.vocabulary import Language

WEB_SERVER, DAEMON = "web-server", "daemon"
LOOPBACK = "127.0.0.1"
STATEMENT_MILLISECONDS, RECYCLE_SECONDS, OVERFLOW = 15_000, 3_600, 20
"""What Dagster's own web server takes for its databases where nothing is said."""

POLL_MILLISECONDS = 2_000
GRACE_SECONDS = 2
"""For requests under way when it is to end; a page that listens would otherwise hold it."""


def _workspace() -> str:
    return str(Path(os.environ[DAGSTER_HOME]) / "workspace.yaml")


def serve_web(port: int, language: Language) -> None:
    """Serve Dagster's pages on this machine, behind the guard, until interrupted."""
    with DagsterInstance.get() as instance:
        prune(instance)
        instance.optimize_for_webserver(STATEMENT_MILLISECONDS, RECYCLE_SECONDS, OVERFLOW)
        target = WorkspaceFileTarget([_workspace()])
        with WorkspaceProcessContext(instance, target, version=__version__, code_server_log_level="warning") as context:
            app = create_app_from_workspace_process_context(context, "", POLL_MILLISECONDS)
            uvicorn.run(
                Guard(app, port, language),
                host=LOOPBACK,
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=GRACE_SECONDS,
            )


def run_daemon() -> None:
    """Start the runs that the pages ask for, until interrupted."""
    run_command(["--workspace", _workspace(), "--log-level", "warning"])


def end_with_parent() -> None:
    """Interrupt this process once whoever holds the other end of its standard input is gone."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs deaf to it
    threading.Thread(target=_interrupt_at_end_of_input, daemon=True).start()


def _interrupt_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def main(what: str, port: str, language: Language) -> None:
    """Be one of the two."""
    end_with_parent()
    if what == DAEMON:
        run_daemon()
    else:
        serve_web(int(port), language)


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]  # `ui` passes a language

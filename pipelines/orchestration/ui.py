"""The Dagster UI on loopback: web server and daemon together, since without the daemon runs stay queued.

The reports are served beside it, on the next port, so that a check can link to its place in one.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from pipelines.reports.report_server import LOOPBACK, served
from pipelines.settings import DAGSTER_HOME, REPORTS_ADDRESS, WAREHOUSE
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

QUIET = "ignore:Function `dev_command` is superseded"
"""`dg dev` starts the same servers, after a second or two of its own."""


def serve(port: int, language: Language) -> int:
    """Serve until interrupted or terminated. Raises: Stop if the port is taken."""
    for each in (port, port + 1):
        if _taken(each):
            raise Stop("port_taken", port=each)
    click.echo(text("ui_address", language).format(address=f"http://{LOOPBACK}:{port}"))
    with served(Path(os.environ[WAREHOUSE]), port + 1) as reports:
        os.environ[REPORTS_ADDRESS] = reports
        click.echo(text("ui_reports", language).format(address=reports))
        return _serve_dagster(port)


def _serve_dagster(port: int) -> int:
    workspace = str(Path(os.environ[DAGSTER_HOME]) / "workspace.yaml")
    command = [sys.executable, "-W", QUIET, "-m", "dagster", "dev", "-w", workspace, "-h", LOOPBACK, "-p", str(port)]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs deaf to it
    server = subprocess.Popen([*command, "--log-level", "warning"])  # noqa: S603 - our own command
    # Dagster ends its web server and daemon when interrupted, but leaves them running when terminated.
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))
    return _wait(server)


def _wait(server: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            server.wait()
        except KeyboardInterrupt:
            continue
        return 0


def _taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0

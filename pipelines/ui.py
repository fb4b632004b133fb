"""The Dagster UI on loopback: web server and daemon together, since without the daemon runs stay queued."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from pipelines.settings import DAGSTER_HOME
from schemas.rules import Stop
from schemas.texts import text
from schemas.vocabulary import Language

LOOPBACK = "127.0.0.1"

QUIET = "ignore:Function `dev_command` is superseded"
"""`dg dev` starts the same servers, after a second or two of its own."""


def serve(port: int, language: Language) -> int:
    """Serve until interrupted or terminated. Raises: Stop if the port is taken."""
    if _taken(port):
        raise Stop("port_taken", port=port)
    click.echo(text("ui_address", language).format(address=f"http://{LOOPBACK}:{port}"))
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

"""The Dagster UI on loopback: web server and daemon together, since without the daemon runs stay queued."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import click

from pipelines.settings import DAGSTER_HOME
from schemas.rules import rules
from schemas.texts import text
from schemas.vocabulary import Language

LOOPBACK = "127.0.0.1"

QUIET = "ignore:Function `dev_command` is superseded"
"""`dg dev` starts the same servers, after a second or two of its own."""


def serve(port: int, language: Language) -> int:
    """Serve until interrupted. Returns the exit code."""
    if _taken(port):
        click.secho(rules()["port_taken"].message(language, {"port": port}), fg="red", err=True)
        return 2
    click.echo(text("ui_address", language).format(address=f"http://{LOOPBACK}:{port}"))
    workspace = str(Path(os.environ[DAGSTER_HOME]) / "workspace.yaml")
    command = [sys.executable, "-W", QUIET, "-m", "dagster", "dev", "-w", workspace, "-h", LOOPBACK, "-p", str(port)]
    try:
        return subprocess.call([*command, "--log-level", "warning"])  # noqa: S603 - our own command
    except KeyboardInterrupt:
        return 0


def _taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0

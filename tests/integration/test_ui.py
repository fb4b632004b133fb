"""`statsbidrag ui` as it is started: its pages answer behind the guard, and it ends whole."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

START_SECONDS, END_SECONDS = 120, 40
QUERY = json.dumps({"query": "{ version }"})


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    warehouse = tmp_path_factory.mktemp("warehouse")
    command = [Path(sys.executable).with_name("statsbidrag"), "ui", "--port", str(port), "--warehouse", warehouse]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield server, f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.communicate()


def answer(url: str, body: str | None = None, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(url, data=body.encode() if body else None, headers=headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=30) as answered:  # noqa: S310 - our own server
            return answered.status, answered.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_the_guard_stands_before_the_pages_and_everything_ends_with_the_command(
    ui: tuple[subprocess.Popen[str], str],
) -> None:
    server, address = ui
    _await(address)
    assert answer(f"{address}/runs")[0] == 200
    assert answer(f"{address}/runs", Host="evil.example")[0] == 403
    assert answer(f"{address}/graphql?query=%7Bversion%7D")[0] == 403
    assert answer(f"{address}//graphql/?query=%7Bversion%7D")[0] == 403
    json_type = {"Content-Type": "application/json"}
    assert answer(f"{address}/graphql", QUERY, **json_type)[0] == 403
    assert answer(f"{address}/graphql", QUERY, Origin="http://evil.example", **json_type)[0] == 403
    status, told = answer(f"{address}/graphql", QUERY, Origin=address, **json_type)
    assert status == 200
    assert json.loads(told)["data"]["version"]
    server.send_signal(signal.SIGTERM)
    out, err = server.communicate(timeout=END_SECONDS)
    assert server.returncode == 128 + signal.SIGTERM
    assert re.findall(r"http://\S+", out)[0] == address
    assert err.strip().endswith("Dagster är avslutat.")
    assert "Traceback" not in err
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


def _await(address: str) -> None:
    """Wait until the server takes connections."""
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last:
        try:
            answer(f"{address}/server_info")
        except OSError:
            time.sleep(1)
        else:
            return
    pytest.fail(f"no answer from {address} in {START_SECONDS} s")

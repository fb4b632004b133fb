"""A data engineer launches rounds in the Dagster UI, in Debian's Chromium, and finds the outputs."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schemas.configuration import catalogue

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
PROGRAMME = "stadigvarande-boende"
START_SECONDS = 90


@pytest.fixture(scope="module")
def pictures() -> Path:
    """Where the pictures go: a folder that CI or a person can look into."""
    folder = HERE / "pictures"
    (folder / "backfill").mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`statsbidrag ui` on a free port over an empty warehouse; its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    warehouse = tmp_path_factory.mktemp("warehouse")
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    command = [Path(sys.executable).with_name("statsbidrag"), "ui", "--port", str(port), "--warehouse", warehouse]
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        os.killpg(server.pid, 2)
        server.wait(30)


def _wait_for(address: str) -> None:
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last:
        try:
            with urllib.request.urlopen(f"{address}/server_info", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no answer from {address} in {START_SECONDS} s")


def launch(address: str, chosen: str, pictures: Path, runs: int = 1) -> dict[str, Any]:
    node = shutil.which("node")
    assert node, "Node is missing: run `make browser`"
    command = [node, str(HERE / "launch.mjs"), address, chosen, str(pictures), str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def granted(database: str) -> list[tuple[int, int, int]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        query = "SELECT year, granted_sek, unused_sek FROM out_grant_by_year WHERE programme = ? ORDER BY year"
        return connection.execute(query, [PROGRAMME]).fetchall()


def test_launching_2023_publishes_its_figures_where_the_page_says(ui: str, pictures: Path) -> None:
    seen = launch(ui, f"{PROGRAMME}-2023", pictures)
    assert seen["ended"] == ["SUCCESS"]
    assert granted(seen["database"]) == [(2023, 21_117_795, 3_119_562)]
    assert seen["firstRunDialog"] == 0
    version = Path(seen["database"]).parent.name
    report = f"/inside/{version}/validation/{PROGRAMME}-2023.sv.html"
    assert seen["report"].endswith(f"{report}#name_by_likeness")
    assert [urlsplit(address).path for address in seen["elsewhere"]] == [report]
    with urllib.request.urlopen(seen["report"], timeout=10) as answer:  # noqa: S310 - our own server
        assert 'id="name_by_likeness"' in answer.read().decode()


def test_a_backfill_over_everything_ends_green(ui: str, pictures: Path) -> None:
    rounds = [(name, year) for name in catalogue.programme_names() for year in catalogue.programme(name).rounds]
    seen = launch(ui, "All", pictures / "backfill", runs=len(rounds))
    assert Counter(seen["ended"]) == {"SUCCESS": 1 + len(rounds)}
    assert granted(seen["database"]) == [(2022, 1_761_018, 55_718), (2023, 21_117_795, 3_119_562)]

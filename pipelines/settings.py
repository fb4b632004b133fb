"""Where things lie: the raw folder, the warehouse, and Dagster's own home, in the warehouse it belongs to."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

RAW = "STATSBIDRAG_RAW"
WAREHOUSE = "STATSBIDRAG_WAREHOUSE"
LANGUAGE = "STATSBIDRAG_LANGUAGE"
DAGSTER_HOME = "DAGSTER_HOME"
LIMITS = "STATSBIDRAG_LIMITS"
"""Where limits of what is read are changed; what they are is in `pipelines.readers.limits`."""

REPORTS_ADDRESS = "STATSBIDRAG_REPORTS"
"""Where `statsbidrag ui` serves the reports, for links from Dagster; not set elsewhere."""

PROGRESS = "statsbidrag.progress"
"""The logger on which a run says what it is at: each message is the name of a step."""

LAUNCHED_FROM = "STATSBIDRAG_LAUNCHED_FROM"
UI, COMMAND_LINE = "UI", "command line"
"""Where a run may have been launched, as its tags say it."""

KEPT_RUNS = 30
"""Runs of each round that Dagster's history keeps where `dagster.yaml` does not say: some years of work on it."""

INSTANCE = """\
# No telemetry, no first-run dialog.
telemetry:
  enabled: false
nux:
  enabled: false
# How many runs of each round stay in the history; older ones are forgotten, never the last that went well.
event_log_storage:
  module: pipelines.orchestration.history
  class: History
  config:
    kept_runs: {kept_runs}
# What sensors and schedules did is forgotten after this many days.
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days: 90
# A round is one process: as many at once as this machine has cores.
concurrency:
  runs:
    max_concurrent_runs: {cores}
run_queue:
  dequeue_interval_seconds: 1
# What steps print is nothing to keep, and keeping it starts processes that an interruption leaves complaining.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
# What a run has to say is in the UI; the terminal that serves it would add tracebacks.
python_logs:
  python_log_level: CRITICAL
"""

SIGNED = "# Written by statsbidrag ({}), and renewed by it until somebody changes a line.\n"

WRITTEN_BEFORE = frozenset(
    {
        "7372bc3ae68692588294c1de99ff4c4300ccccaeddfa87498c5d3cb97a0d2065",
        "70b95243d6f0be81fa8561343ccbf5f7cb7fab1e03efd679e46776cfe2668cdd",
        "c68557b8d33144c068c9add20d231a783f8609d033a513689517e440429eb54b",
        "015837fc399278a49276c7f049597cef3b1a580eff0540346fea2978e49e68f4",
    }
)
"""SHA-256 of the instance settings that earlier versions wrote without signing them."""

WORKSPACE = """\
# Written by statsbidrag where there is none.
load_from:
  - python_module:
      module_name: pipelines.definitions
      location_name: statsbidrag
"""


def raw_folder() -> Path:
    """The folder of received files."""
    return Path(os.environ.get(RAW, "raw")).resolve()


def warehouse_folder() -> Path:
    """The folder of outputs."""
    return Path(os.environ.get(WAREHOUSE, "warehouse")).resolve()


def launched_from() -> str:
    """Where the runs of this process are launched."""
    return os.environ.get(LAUNCHED_FROM, UI)


def prepare(raw: Path | None, warehouse: Path | None) -> None:
    """Fix the folders for this process and its children, and give Dagster a home in the warehouse."""
    os.environ[RAW] = str((raw or raw_folder()).resolve())
    os.environ[WAREHOUSE] = str((warehouse or warehouse_folder()).resolve())
    home = Path(os.environ.get(DAGSTER_HOME) or warehouse_folder() / ".dagster").resolve()
    os.environ[DAGSTER_HOME] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    _renew(home / "dagster.yaml", instance_settings())
    if not (home / "workspace.yaml").exists():
        (home / "workspace.yaml").write_text(WORKSPACE, "utf-8")


def instance_settings() -> str:
    """Dagster's settings for this machine, signed with their own digest."""
    return _signed(INSTANCE.format(kept_runs=KEPT_RUNS, cores=cores()))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _signed(content: str) -> str:
    return SIGNED.format(_digest(content)[:12]) + content


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _renew(path: Path, content: str) -> None:
    """Write settings where there are none, or only such as we wrote; what a person has changed is left alone."""
    now = path.read_text("utf-8") if path.exists() else None
    if now is None or (now != content and _is_ours(now)):
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.write_text(content, "utf-8")
        aside.replace(path)


def _is_ours(written: str) -> bool:
    _, _, content = written.partition("\n")
    return _signed(content) == written or _digest(written) in WRITTEN_BEFORE

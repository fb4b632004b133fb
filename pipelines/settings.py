"""Where things lie: the raw folder, the warehouse, and Dagster's own home, in the warehouse it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

RAW = "STATSBIDRAG_RAW"
WAREHOUSE = "STATSBIDRAG_WAREHOUSE"
LANGUAGE = "STATSBIDRAG_LANGUAGE"
DAGSTER_HOME = "DAGSTER_HOME"
REPORTS_ADDRESS = "STATSBIDRAG_REPORTS"
"""Where `statsbidrag ui` serves the reports, for links from Dagster; not set elsewhere."""

PROGRESS = "statsbidrag.progress"
"""The logger on which a run says what it is at: each message is the name of a stage, or of a table that is there."""

INSTANCE = """\
# Written by statsbidrag where there is none. No telemetry, no first-run dialog.
telemetry:
  enabled: false
nux:
  enabled: false
event_log_storage:
  module: pipelines.orchestration.history
  class: History
# What steps print is nothing to keep, and keeping it starts processes that an interruption leaves complaining.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
# The terminal that serves the UI shows what needs attention; every event is in the UI itself.
python_logs:
  python_log_level: WARNING
"""

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


def prepare(raw: Path | None, warehouse: Path | None) -> None:
    """Fix the folders for this process and its children, and give Dagster a home in the warehouse."""
    os.environ[RAW] = str((raw or raw_folder()).resolve())
    os.environ[WAREHOUSE] = str((warehouse or warehouse_folder()).resolve())
    home = Path(os.environ.get(DAGSTER_HOME) or warehouse_folder() / ".dagster").resolve()
    os.environ[DAGSTER_HOME] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    for name, content in (("dagster.yaml", INSTANCE), ("workspace.yaml", WORKSPACE)):
        if not (home / name).exists():
            (home / name).write_text(content, "utf-8")

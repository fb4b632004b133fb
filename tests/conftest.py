"""What several integration tests start from. Computing and examining it takes seconds, so they share one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis  # noqa: F401 - its plugin would import it at the end, when CPython 3.11 may no longer parse a module
import pytest

from pipelines.warehouse.evidence.examiner import Examiner
from tests.integration.publishing import PROGRAMME, accept_round, publish_spanned
from tests.unexamined import Unexamined

if TYPE_CHECKING:
    from tests.integration.command import Done


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both rounds of the sample's first programme, published one after the other. Copy it before changing anything."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    accept_round(warehouse, PROGRAMME, 2022)
    publish_spanned(warehouse, Unexamined())
    accept_round(warehouse, PROGRAMME, 2023)
    with Examiner() as examiner:
        publish_spanned(warehouse, examiner)
    return warehouse


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Both rounds of the sample's first programme as the command line ran them: what it said, and the warehouse."""
    from tests.integration.command import statsbidrag  # noqa: PLC0415 - most tests need no command line

    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    done = statsbidrag("run", "--programme", PROGRAMME, "--warehouse", warehouse, examined=True)
    assert done.returncode == 0, done.stderr
    return done, warehouse

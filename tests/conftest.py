"""What several integration tests start from. A run of the command line takes seconds, so they share one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.publishing import PROGRAMME

if TYPE_CHECKING:
    from tests.integration.command import Done


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Both rounds of the sample's first programme as the command line ran them: what it said, and the warehouse."""
    from tests.integration.command import statsbidrag  # noqa: PLC0415 - most tests need no command line

    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    done = statsbidrag("run", "--programme", PROGRAMME, "--warehouse", warehouse, examined=True)
    assert done.returncode == 0, done.stderr
    return done, warehouse


@pytest.fixture(scope="session")
def sample_warehouse(sample_run: tuple[Done, Path]) -> Path:
    """The warehouse of that run. Copy it before changing anything."""
    return sample_run[1]

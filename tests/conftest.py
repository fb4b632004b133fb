"""What several integration tests start from. A run of the command line takes seconds, so they share one."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both rounds of the sample's first programme. Copy it before changing anything."""
    from tests.integration.publishing import PROGRAMME, run_rounds  # noqa: PLC0415 - the quick tests load no publication

    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    done = run_rounds("--programme", PROGRAMME, warehouse=warehouse, examined=True)
    assert done.returncode == 0, done.stderr
    return warehouse

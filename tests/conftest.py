"""What several integration tests start from. Computing and examining it takes seconds, so they share one."""

from pathlib import Path

import pytest

from pipelines.warehouse.evidence.examiner import Examiner
from tests.integration.publishing import PROGRAMME, accept_round, publish_spanned
from tests.unexamined import Unexamined


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

"""A rehearsal computes what a run computes: every table of every round, row by row."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from assets.ports import RoundKey
from pipelines.inquiries.rehearsal import rehearse
from pipelines.readers.raw_folder import RawFolder
from schemas.rules.rule import Stop
from schemas.tables import ROUND_TABLES
from schemas.tables.base import table_name

ROOT = Path(__file__).parents[2]
PROGRAMME = "stadigvarande-boende"


@pytest.mark.parametrize("year", [2022, 2023])
def test_every_table_of_a_rehearsal_is_that_of_a_run(year: int, sample_warehouse: Path):
    tables = rehearse(RawFolder(ROOT / "raw"), RoundKey(PROGRAMME, year))
    assert set(tables) == {table_name(table) for table in ROUND_TABLES}
    accepted = sample_warehouse / "store" / PROGRAMME / str(year) / "accepted"
    for name, table in tables.items():
        assert table.equals(pq.read_table(accepted / f"{name}.parquet")), name


@pytest.mark.rule("round_undeclared")
def test_a_round_that_is_not_declared_stops_a_rehearsal():
    with pytest.raises(Stop, match="1999"):
        rehearse(RawFolder(ROOT / "raw"), RoundKey(PROGRAMME, 1999))

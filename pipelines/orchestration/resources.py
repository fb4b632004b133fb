"""What the assets are given: the raw folder, the store, the warehouse, a person's choices. No pickles anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import dagster as dg
from pydantic import field_validator

from assets.domain.frames import Frame
from assets.frames import frame_from
from assets.received import RoundKey
from assets.rounds import current_round, in_one_sentence
from pipelines.orchestration.publisher import Publisher, arrow_of
from pipelines.readers.raw_folder import RawFolder
from pipelines.reports.validation.reports import ValidationReports
from pipelines.reports.version_pages import VersionPages
from pipelines.settings import raw_folder, warehouse_folder
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.evidence.examiner import Examiner
from pipelines.warehouse.publication import Warehouse
from pipelines.warehouse.store import RoundStore


class Settings(dg.ConfigurableResource[None]):
    """What a person may choose for a run."""

    as_of: str = ""

    @property
    def today(self) -> dt.date:
        """The day of the run."""
        return dt.datetime.now(dt.UTC).date()

    @field_validator("as_of")
    @classmethod
    def _a_date_or_nothing(cls, text: str) -> str:
        return dt.date.fromisoformat(text).isoformat() if text else text


class RoundTables(dg.IOManager):
    """Tables between the steps of a run: checked against their declaration, in the run's own folder as Parquet."""

    def __init__(self, store: RoundStore) -> None:
        """Keep tables in this store."""
        self._store = store

    def handle_output(self, context: dg.OutputContext, obj: Frame) -> None:
        """Check and write one table; show its row count and where it lies."""
        with in_one_sentence():
            table = context.asset_key.path[-1]
            data = contracted(table, arrow_of(obj))
            path = self._store.write(_round(context), context.run_id, table, data)
        context.add_output_metadata({"dagster/row_count": data.num_rows, "dagster/uri": path.as_uri()})

    def load_input(self, context: dg.InputContext) -> Frame:
        """Read a table that this run has written."""
        with in_one_sentence():
            run_id = context.step_context.run_id
            return frame_from(self._store.table(_round(context), run_id, context.asset_key.path[-1]))


def _round(context: dg.OutputContext | dg.InputContext) -> RoundKey:
    if not context.has_asset_partitions:
        return current_round()
    key = context.asset_partition_key
    programme, year = key.split("|")
    return RoundKey(programme, int(year))


@dg.resource(description="The warehouse, and the process that examines a new version: it starts with the run.")
def publisher(_: dg.InitResourceContext) -> Iterator[Publisher]:
    """Great Expectations imports for seconds, so its process starts before it is needed, and ends with the run."""
    with Examiner() as examiner:
        yield Publisher(Warehouse(warehouse_folder(), examiner, VersionPages(warehouse_folder())))


def resources() -> dict[str, object]:
    """Every resource by the name under which assets ask for it."""
    store = RoundStore(warehouse_folder())
    return {
        "inbox": RawFolder(raw_folder()),
        "settings": Settings(),
        "store": store,
        "reports": ValidationReports(warehouse_folder(), store),
        "publisher": publisher,
        "io_manager": RoundTables(store),
    }

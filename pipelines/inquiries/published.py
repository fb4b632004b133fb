"""The tables of the version, as rows of one programme. Each file is read once, in part."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from assets.domain.figures.refused import Refused
from assets.domain.figures.world import World
from pipelines.warehouse.layout import inside_of
from pipelines.warehouse.worlds import Worlds

COLUMNS = {
    "core_answer": (
        "form",
        "respondent_id",
        "recipient_code",
        "question",
        "option",
        "status",
        "selected",
        "amount_sek",
        "source_column",
    ),
    "core_recipient": ("recipient_code", "recipient_name", "kind", "county_code", "county_name"),
}
"""Of large tables, the columns that are asked of, beside the round's and where a row was read."""
ALWAYS = ("programme", "year", "source_file", "source_sheet", "source_row", "provenance")


class Published:
    """One version, read table by table as it is asked of."""

    def __init__(self, version: Path) -> None:
        """Read this version, which is whole."""
        self.version = version
        self._tables: dict[str, pa.Table] = {}

    @property
    def is_there(self) -> bool:
        """Whether anything is published."""
        return (self.version / "parquet" / "core_round.parquet").exists()

    @cached_property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that it has."""
        return tuple(sorted(set(self.table("core_round")["programme"].to_pylist())))

    def world(self, programme: str) -> World:
        """What it has of one programme."""
        return Worlds(self.table).world(programme)

    def table(self, name: str) -> pa.Table:
        """A table of every programme."""
        if name not in self._tables:
            try:
                self._tables[name] = self._read(name)
            except (OSError, pa.ArrowException):
                raise Refused("table_unreadable", None, table=name, version=self.version.name) from None
        return self._tables[name]

    def _read(self, name: str) -> pa.Table:
        with pq.ParquetFile(self._place(name)) as file:
            wanted = {*ALWAYS, *COLUMNS[name]} if name in COLUMNS else None
            return file.read([each for each in file.schema_arrow.names if wanted is None or each in wanted])

    def _place(self, name: str) -> Path:
        """Where a table lies: whole in the house's part of the version, unless everybody may read all of it."""
        whole, open_to_all = (each / "parquet" / f"{name}.parquet" for each in (inside_of(self.version), self.version))
        return whole if whole.exists() else open_to_all

"""The tables of the version that a reader gets now, as rows of one programme. Each file is read once, in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.domain.figures.world import Read, World
from pipelines.warehouse.layout import CURRENT

Record = dict[str, Any]
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
    "core_row": ("fate", "rule", "recipient_code", "row_kind"),
}
"""Of large tables, the columns that are asked of, beside the round's and where a row was read."""
ALWAYS = ("programme", "year", "source_file", "source_sheet", "source_row", "provenance")
QUESTIONS = "questions"
"""No table of its own: which options of which question each year's forms have."""
OF_QUESTION = ["programme", "year", "question", "option"]


class Published:
    """One version, read table by table as it is asked of."""

    def __init__(self, warehouse: Path) -> None:
        """Resolve the current version, once."""
        self.version = (warehouse / CURRENT).resolve()
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
        return World(programme, self.reader(programme))

    def reader(self, programme: str) -> Read:
        """Reads rows of one programme."""

        def read(name: str, year: int | None) -> Sequence[Record]:
            if name == QUESTIONS:
                return self._questions(programme)
            is_wanted = pc.equal(self.table(name)["programme"], programme)
            if year is not None:
                is_wanted = pc.and_(is_wanted, pc.equal(self.table(name)["year"], year))
            rows: list[Record] = self.table(name).filter(is_wanted).to_pylist()
            return rows

        return read

    def table(self, name: str) -> pa.Table:
        """A table of every programme."""
        if name not in self._tables:
            file = pq.ParquetFile(self.version / "parquet" / f"{name}.parquet")
            wanted = {*ALWAYS, *COLUMNS[name]} if name in COLUMNS else None
            columns = [each for each in file.schema_arrow.names if wanted is None or each in wanted]
            self._tables[name] = file.read(columns)
        return self._tables[name]

    def _questions(self, programme: str) -> list[Record]:
        found = self.table("core_answer").select(OF_QUESTION).group_by(OF_QUESTION).aggregate([])
        rows: list[Record] = found.filter(pc.equal(found["programme"], programme)).to_pylist()
        return rows

"""The tables of the version that a reader gets now, as rows of one programme. Each file is read once, in part.

Arrow only reads and slices here: to compare a column with a value it imports pandas, a third of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.domain.figures.refused import Refused
from assets.domain.figures.world import Read, World
from pipelines.warehouse.layout import CURRENT, inside_of

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
}
"""Of large tables, the columns that are asked of, beside the round's and where a row was read."""
ALWAYS = ("programme", "year", "source_file", "source_sheet", "source_row", "provenance")
QUESTIONS = "questions"
"""No table of its own: which options of which question each year's forms have."""
OF_QUESTION = ("programme", "year", "question", "option")


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
            return [row for part in self._parts(name, programme, year) for row in part.to_pylist()]

        return read

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

    def _parts(self, name: str, programme: str, year: int | None) -> Iterator[pa.Table]:
        """The pieces of a table that are of a programme, and of a year if one is told."""
        table = self.table(name)
        years = table["year"].to_pylist() if "year" in table.column_names else [None] * len(table)
        at = 0
        for place, rows in groupby(zip(table["programme"].to_pylist(), years, strict=True)):
            length = len(list(rows))
            if place[0] == programme and year in (None, place[1]):
                yield table.slice(at, length)
            at += length

    def _questions(self, programme: str) -> list[Record]:
        columns = (self.table("core_answer")[name].to_pylist() for name in OF_QUESTION)
        found = sorted({each for each in zip(*columns, strict=True) if each[0] == programme})
        return [dict(zip(OF_QUESTION, each, strict=True)) for each in found]

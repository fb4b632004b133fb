"""The printed tables of the reports, each a table of its own: one per programme, report and table.

It has a row per printed row and a column per printed column, named as the report's YAML names it. The cells are
those of `out_table_cell`; a mean in hundredths is the mean. Where a count is printed in the place of a share or a mean,
since they are of too few, the cell is empty: `out_table_cell` has the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from schemas.configuration.declared import Label
from schemas.configuration.programme import Programme
from schemas.configuration.reports import ReportTable
from schemas.tables import TABLES, project
from schemas.tables.sql import SQL_TYPES
from schemas.words.vocabulary import MIXED, REAL

CELLS = "out_table_cell"
ROW_LABELS = ("row_label", "row_label_en")
LEFT_OUT = "row_left_out_count"
TAIL = ("note_sv", "note_en", "provenance")
TOLD_AS = {LEFT_OUT: "left_out_count"}
"""What is called otherwise than in out_table_cell: a report may print a column of that name."""

HUNDREDTHS = "hundredths"
OTHER_THAN_A_NAME = re.compile(r"[^a-z0-9]")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class PrintedTable:
    """One printed table, and what it is called in the warehouse."""

    programme: str
    report: str
    number: int
    table: ReportTable

    @cached_property
    def name(self) -> str:
        """`out_table__<programme>__<report>__<number>`, with _ for what no name of a table may have."""
        parts = (OTHER_THAN_A_NAME.sub("_", part) for part in (self.programme, self.report))
        return "__".join(("out_table", *parts, str(self.number)))

    @cached_property
    def schema(self) -> pa.Schema:
        """Its Arrow schema."""
        cells = project.arrow_schema(TABLES[CELLS])
        values = [
            pa.field(name, pa.float64() if column.unit == HUNDREDTHS else pa.int64())
            for name, column in self.table.columns.items()
        ]
        left = cells.field(TOLD_AS[LEFT_OUT]).with_name(LEFT_OUT)
        return pa.schema([*map(cells.field, ("row_no", *ROW_LABELS)), *values, left, *map(cells.field, TAIL)])

    def rows(self, cells: Iterable[Record]) -> pa.Table:
        """Its rows. Args: cells: rows of out_table_cell, of any table."""
        found: dict[int, list[Record]] = {}
        for cell in self._mine(cells):
            found.setdefault(cell["row_no"], []).append(cell)
        return pa.Table.from_pylist([self._row(found[number]) for number in sorted(found)], self.schema)

    def _row(self, cells: Sequence[Record]) -> dict[str, Any]:
        notes = {name: dict.fromkeys(cell[name] for cell in cells if cell[name]) for name in ("note_sv", "note_en")}
        provenances = {cell["provenance"] for cell in cells}
        return {
            **{name: cells[0][name] for name in ("row_no", *ROW_LABELS)},
            **{cell["column_name"]: self._value(cell) for cell in cells},
            LEFT_OUT: max(cell["left_out_count"] for cell in cells),
            **{name: " ".join(said) or None for name, said in notes.items()},
            "provenance": provenances.pop() if len(provenances) == 1 else MIXED,
        }

    def _value(self, cell: Record) -> float | int | None:
        value: int | None = cell["value"]
        if value is None or cell["unit"] != self.table.columns[cell["column_name"]].unit:
            return None
        return value / 100 if cell["unit"] == HUNDREDTHS else value

    @property
    def created(self) -> str:
        """The SQL statement that creates it: a column may be called anything."""
        columns = ", ".join(f'"{field.name}" {SQL_TYPES[field.type]}' for field in self.schema)
        return f"CREATE TABLE {self.name} ({columns}, PRIMARY KEY (row_no))"

    def dictionary(self, cells: Iterable[Record]) -> Iterator[dict[str, Any]]:
        """Its rows of the data dictionary. Args: cells: as of `rows`; the labels of its columns are theirs."""
        facts = project.facts(TABLES[CELLS])
        printed = {cell["column_name"]: cell for cell in self._mine(cells)}
        for number, field in enumerate(self.schema, start=1):
            column = self.table.columns.get(field.name)
            own = "value" if column else TOLD_AS.get(field.name, field.name)
            labels = self._labels(field.name, printed)
            yield {
                "table_name": self.name,
                "column_no": number,
                "column_name": field.name,
                "type_name": str(field.type),
                "unit": _unit(column.unit) if column else project.unit(field.name),
                "is_key": field.name == "row_no",
                "refers_to": None,
                "allowed_values": ", ".join(facts[field.name]["one_of"]) if field.name == "provenance" else None,
                "overlap_reason": None,
                "null_reason": f"{facts[own]['null']}; or it is of too few: out_table_cell has the count"
                if column
                else facts[own]["null"],
                "label_sv": labels.sv,
                "label_en": labels.en,
                "table_label_sv": self.table.title.sv,
                "table_meaning_en": f"{self.table.title.en} (table {self.number} of report {self.report}).",
                "provenance": REAL,
            }

    def _labels(self, name: str, printed: Mapping[str, Record]) -> Label:
        """What a column is called: as it was printed, or as `out_table_cell` has it."""
        if name in printed:
            return Label(sv=printed[name]["column_label"], en=printed[name]["column_label_en"])
        if name in self.table.columns:
            return self.table.columns[name]
        fact, header = project.facts(TABLES[CELLS])[TOLD_AS.get(name, name)], self.table.row_header
        if name in ROW_LABELS:
            return Label(sv=f"{header.sv} ({fact['sv'].lower()})", en=f"{header.en} ({fact['en'].lower()})")
        return Label(sv=fact["sv"], en=fact["en"])

    def _mine(self, cells: Iterable[Record]) -> Iterator[Record]:
        mine = self.programme, self.report, self.number
        return (cell for cell in cells if (cell["programme"], cell["report"], cell["table_no"]) == mine)


def _unit(unit: str) -> str | None:
    return {"sek": "kr", "percent": "%", "count": "antal"}.get(unit)


def printed_tables(programmes: Iterable[Programme]) -> list[PrintedTable]:
    """Every printed table of these programmes, in order."""
    return [
        PrintedTable(each.programme, name, number, table)
        for each in programmes
        for name, report in each.reports.items()
        for number, table in sorted(report.tables.items())
    ]

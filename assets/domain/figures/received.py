"""A received cell that a figure rests on, with what is known of it: its file's hash, corrections, rules, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.figures.lineage import Cell
from assets.domain.figures.world import Record, World


@dataclass(frozen=True)
class Received:
    """One received cell that a figure rests on: the file's hash, what corrected it, the rules it was held to."""

    cell: Cell
    sha256: str
    header: str | None
    rules: tuple[str, ...]
    corrections: tuple[Record, ...]
    findings: tuple[Record, ...]

    @property
    def address(self) -> str:
        """Its column and row; without a column, the row."""
        return f"{self.cell.column or ''}{self.cell.row}"


class Sources:
    """What is known of received cells of one programme: each round's tables are looked through once."""

    def __init__(self, world: World) -> None:
        """Look in this world."""
        self._world = world
        self._rounds: dict[int, _About] = {}

    def of(self, cells: Iterable[Cell]) -> list[Received]:
        """The cells in the order of their places, each with what is known of it."""
        ordered = sorted(cells, key=lambda cell: (cell.file, cell.sheet or "", cell.row, cell.column or ""))
        return [self._of_round(cell.year).received(cell) for cell in ordered]

    def _of_round(self, year: int) -> _About:
        if year not in self._rounds:
            self._rounds[year] = _About(self._world, year)
        return self._rounds[year]


class _About:
    """What is told of the cells of a round, by file, row and column."""

    def __init__(self, world: World, year: int) -> None:
        self._hashes = {each["source_file"]: each["sha256"] for each in world.table("core_source_file", year)}
        columns = world.table("core_source_column", year)
        self._columns = {(each["source_file"], each["source_column"]): each for each in columns}
        self._corrections = _by_row(world.table("core_correction", year))
        self._findings = _by_row(world.table("core_finding", year))

    def received(self, cell: Cell) -> Received:
        column = self._columns.get((cell.file, str(cell.column)), {})
        at = (cell.file, cell.sheet, cell.row)
        findings = [each for each in self._findings[at] if each["source_column"] in (None, cell.column)]
        corrections = [each for each in self._corrections[at] if each["source_column"] == cell.column]
        rules = tuple((column.get("rules") or "").split(", ")) if column.get("rules") else ()
        return Received(
            cell, self._hashes.get(cell.file, ""), column.get("header"), rules, tuple(corrections), tuple(findings)
        )


def _by_row(rows: Sequence[Record]) -> dict[tuple[Any, ...], list[Record]]:
    found: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for each in rows:
        found[each["source_file"], each["source_sheet"], each["source_row"]].append(each)
    return found

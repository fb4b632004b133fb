"""The reports with the way to their cells, for the house: each printed figure leads to the received cells under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assets.domain.figures.choosing import chosen
from assets.domain.figures.leaving import left_out
from assets.domain.figures.lineage import Lineage
from assets.domain.figures.received import Received, Sources
from assets.domain.figures.refused import Refused
from assets.domain.figures.world import Record, World
from pipelines.reports.figures import ROLES, Answered, facts, printed
from pipelines.reports.swedish import in_unit
from schemas.rules.rule import rules
from schemas.texts.catalogue import text

SHORTEST_RANGE = 3
"""So many rows in a row are told as from and to."""


@dataclass(frozen=True)
class Column:
    """The cells of one column of one file that a figure rests on, in one role."""

    role: str
    file: str
    sheet: str | None
    sha256: str
    header: str | None
    slot: str
    rules: tuple[str, ...]
    """What the rules that look at them are called."""

    count: int
    addresses: str
    """`F2–F9, F11`."""


@dataclass(frozen=True)
class Told:
    """A printed cell with everything that is known of where it comes from."""

    anchor: str
    cell: Record
    printed: str
    facts: list[tuple[str, str]]
    columns: list[Column]
    remarks: list[tuple[Received, str]]
    """What of it was corrected or remarked on, cell by cell."""

    @property
    def count(self) -> int:
        """How many cells it rests on."""
        return sum(each.count for each in self.columns)


class Traced:
    """Follows the printed cells of one programme."""

    def __init__(self, world: World, version: str) -> None:
        """Look in this world, that is of this version."""
        self._world, self._version = world, version
        self._lineage, self._sources = Lineage(world), Sources(world)

    def told(self, cell: Record) -> Told:
        """A printed cell with the cells under it; or why it cannot be followed, as when it asks for another round."""
        try:
            answered = self._answered(cell["expression"])
        except Refused as refused:
            why = [(text("figure_label_expression", "sv"), cell["expression"])]
            why.append((text("sources_not_followed", "sv"), refused.sentence("sv")))
            return Told(anchor_of(cell), cell, in_unit(cell["value"], cell["unit"]), why, [], [])
        found = self._sources.of(answered.cells)
        remarks = [(each, said) for each in found if (said := _remarks(each))]
        said = printed(answered.figure, "sv")
        return Told(anchor_of(cell), cell, said, list(facts(answered, "sv")), list(_columns(found)), remarks)

    def _answered(self, expression: str) -> Answered:
        _, figure = chosen(expression, [self._world])
        cells = self._lineage.cells(figure)
        return Answered(expression, self._world, self._version, figure, cells, left_out(self._world, figure, cells))


def anchor_of(cell: Record) -> str:
    """Where on its report's page it is told what a printed cell rests on."""
    return f"t{cell['table_no']}-r{cell['row_no']}-k{cell['column_no']}"


def _columns(found: Iterable[Received]) -> Iterator[Column]:
    """The cells by role and column, those that count first."""

    def place(each: Received) -> tuple[int, str, str, str, str]:
        cell = each.cell
        return ROLES.index(cell.role), cell.file, cell.sheet or "", cell.column or "", cell.slot

    for _, group in groupby(sorted(found, key=place), key=place):
        cells = list(group)
        first = cells[0]
        at = first.cell
        rows = [each.cell.row for each in cells]
        told = (at.role, at.file, at.sheet, first.sha256, first.header, at.slot, titles(first.rules))
        yield Column(*told, len(rows), addresses(at.column, rows))


def addresses(column: str | None, rows: Sequence[int]) -> str:
    """The cells of a column as people write them: F2–F9, F11. Args: rows: their rows, in order."""
    told: list[str] = []
    for _, group in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        run = [f"{column or ''}{row}" for _, row in group]
        told += [f"{run[0]}–{run[-1]}"] if len(run) >= SHORTEST_RANGE else run
    return ", ".join(told)


def _remarks(each: Received) -> str:
    corrected = (
        text("trace_corrected", "sv").format(by=row["corrected_by"], date=row["corrected_date"])
        for row in each.corrections
    )
    found = (text("trace_finding", "sv").format(rule=title) for title in titles(row["rule"] for row in each.findings))
    return "; ".join((*corrected, *found))


def titles(rule_ids: Iterable[str]) -> tuple[str, ...]:
    """What rules are called; one that the rulebook no longer has by its id."""
    book = rules()
    return tuple(book[each].called("sv") if each in book else each for each in rule_ids)

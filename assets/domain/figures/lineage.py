"""What a figure rests on: the cells that were received, by file, sheet, row and column. The expression says which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assets.domain.figures.answers import HOW, key_of
from assets.domain.figures.language import FACTS, FUNDS, Origin
from assets.domain.figures.values import APPLICATION, Figure, Row, Rows, Use
from assets.domain.figures.world import Record, World

AMONG = "among"
ALWAYS = "granted"
"""What a set of grants or recipients rests on where nothing else is asked: that it was granted anything."""


@dataclass(frozen=True)
class Cell:
    """One received cell: what it was read as, and the table and key of what was made of it. `column`: its letters."""

    role: str
    table: str
    key: str
    slot: str
    file: str
    sheet: str | None
    row: int
    column: str | None
    year: int


class Lineage:
    """The way from figures of one programme to cells."""

    def __init__(self, world: World) -> None:
        """Look in this world."""
        self._world = world
        self._columns: dict[int, dict[tuple[str, str], str]] = {}
        self._respondents: dict[tuple[str, int], dict[str, list[Record]]] = {}
        self._of_grants: dict[tuple[str, int], dict[str, list[Record]]] = {}

    def cells(self, figure: Figure) -> tuple[Cell, ...]:
        """The cells that a figure rests on, each once, those that are counted first."""
        found: dict[tuple[object, ...], Cell] = {}
        for use in sorted(figure.uses, key=lambda use: use.role != "counted"):
            for cell in self._of_use(use):
                found.setdefault((cell.file, cell.sheet, cell.row, cell.column), cell)
        return tuple(found.values())

    def _of_use(self, use: Use) -> Iterator[Cell]:
        rows = use.rows
        for row in (*rows.chosen, *rows.doubtful):
            yield from self._of_row(row, rows, use)
        for among in rows.among:
            yield from self._of_use(Use(AMONG, among))

    def _of_row(self, row: Row, rows: Rows, use: Use) -> Iterator[Cell]:
        match row.kind:
            case "respondent":
                yield from self._answers(row, rows, use)
            case "round":
                events = FUNDS.get(str(use.name), ())
                for event in self._world.table("core_event", row.year):
                    if event["event"] in events:
                        yield self._cell(use.role, "core_event", str(use.name), "amount_sek", event)
            case "application":
                record = self._world.table("core_application", row.year)[int(row.key)]
                for slot in sorted({_slot(name) for name in self._names(rows, use, APPLICATION)}):
                    yield self._cell(use.role, "core_application", record["case_number"] or row.key, slot, record)
            case _:
                for grant in row.grants:
                    for name in self._names(rows, use, row.kind):
                        for origin in FACTS[row.kind][name].origins or FACTS[row.kind][ALWAYS].origins:
                            yield from self._of_grant(use.role, grant, row.year, origin)

    def _names(self, rows: Rows, use: Use, kind: str) -> list[str]:
        always = "outcome" if kind == APPLICATION else ALWAYS
        return sorted({*rows.names, use.name or always})

    def _of_grant(self, role: str, grant: str, year: int, origin: Origin) -> Iterator[Cell]:
        for record in self._records(origin.table, year).get(grant, ()):
            if not origin.events or record["event"] in origin.events:
                yield self._cell(role, origin.table, grant, origin.slot, record)

    def _records(self, table: str, year: int) -> dict[str, list[Record]]:
        if (table, year) not in self._of_grants:
            found: dict[str, list[Record]] = defaultdict(list)
            for record in self._world.table(table, year):
                if record["grant_id"]:
                    found[record["grant_id"]].append(record)
            self._of_grants[table, year] = found
        return self._of_grants[table, year]

    def _answers(self, row: Row, rows: Rows, use: Use) -> Iterator[Cell]:
        """The cells of a respondent: of the options that were chosen, or of all that were looked at."""
        asked = rows.asked
        if asked is None:
            return
        for answer in self._said(asked.question, row.year).get(row.key, ()):
            is_looked_at = not asked.options or answer["option"] in asked.options
            is_said = answer["selected"] or answer["amount_sek"] is not None or asked.statuses != HOW["answered"]
            is_counted = answer["status"] in asked.statuses and (rows.is_whole or is_said)
            if is_looked_at and is_counted and answer["source_column"]:
                yield self._cell(use.role, "core_answer", row.key, asked.question, answer)

    def _said(self, question: str, year: int) -> dict[str, list[Record]]:
        """The answers to a question by who gave them."""
        if (question, year) not in self._respondents:
            found: dict[str, list[Record]] = defaultdict(list)
            for answer in self._world.answers(question, year):
                found[key_of(answer)].append(answer)
            self._respondents[question, year] = found
        return self._respondents[question, year]

    def _cell(self, role: str, table: str, key: str, slot: str, record: Record) -> Cell:
        file, year = record["source_file"], record["year"]
        column = record.get("source_column") or self.column(file, slot, year)
        return Cell(role, table, key, slot, file, record["source_sheet"], record["source_row"], column, year)

    def column(self, file: str, slot: str, year: int) -> str | None:
        """The column of a file that a slot was read from."""
        if year not in self._columns:
            rows = self._world.table("core_source_column", year)
            self._columns[year] = {(each["source_file"], each["slot"]): each["source_column"] for each in rows}
        return self._columns[year].get((file, slot))


def _slot(name: str) -> str:
    fact = FACTS[APPLICATION][name]
    return fact.origins[0].slot if fact.origins else "recipient_name"


def files_of(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The files that they are in, each once."""
    return tuple(dict.fromkeys(cell.file for cell in cells))

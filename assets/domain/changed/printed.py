"""What printed tables say in two versions: which cells differ, who came into the figure and who left it, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assets.domain.changed.causes import ROUND, Address, Between, Cause
from assets.domain.figures.evaluation import Evaluation, years_in
from assets.domain.figures.grammar import parsed
from assets.domain.figures.language import FACTS
from assets.domain.figures.lineage import Lineage
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import APPLICATION, Figure, Row, Use
from assets.domain.figures.world import World

Record = Mapping[str, Any]
CellKey = tuple[Any, ...]
CAME, WENT, OTHERWISE = "came", "went", "otherwise"
RowKey = tuple[Any, ...]


@dataclass(frozen=True)
class Member:
    """One that a figure counts now and did not, or the other way, or of which it sums something else. And why."""

    kind: str
    year: int
    key: str
    recipient_code: str | None
    way: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class CellChange:
    """A printed cell that is not as it was. `before`, `after`: the rows of out_table_cell; None where there is none."""

    before: Record | None
    after: Record | None
    members: tuple[Member, ...]
    causes: tuple[Cause, ...]
    years: frozenset[int]

    @property
    def is_shown(self) -> bool:
        """Whether it is known why: the one cause of each who came, went or says otherwise, or the only one there is."""
        if self.members and all(member.causes for member in self.members):
            return all(len(member.causes) == 1 for member in self.members)
        return len(self.causes) == 1

    @property
    def cell(self) -> Record:
        """What it is: as it is now, or was last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has a side
        return found


@dataclass(frozen=True)
class _Counted:
    """One that a figure counts, or is held against: what is summed of it, and the received cells."""

    row: Row
    amount: object
    places: frozenset[Address]


class _Side:
    """One version's figures."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation, self._lineage = Evaluation(world), Lineage(world)

    def counted(self, cell: Record | None) -> dict[RowKey, _Counted]:
        """Those that a printed cell counts; none where no expression tells it, or none that can be read by now."""
        if cell is None or cell.get("expression") is None:
            return {}
        try:
            figure = self._evaluation.figure(parsed(cell["expression"]))
        except Refused:
            return {}
        places = self._places(figure)
        return {
            (use.role, row.kind, row.year, self._name(row)): self._of_row(use, row, places)
            for use in figure.uses
            for row in (*use.rows.chosen, *use.rows.doubtful)
        }

    def _of_row(self, use: Use, row: Row, places: Mapping[tuple[int, str], set[Address]]) -> _Counted:
        mine = [places.get((row.year, key), set()) for key in (self._name(row), row.key, *row.grants)]
        amount: object = (use.rows.ratings or {}).get(row.key)
        if row.kind in FACTS and use.name in FACTS[row.kind]:
            amount = self._world.values(row.kind, use.name, row.year).get(row.key)
        return _Counted(row, amount, frozenset().union(*mine))

    def _name(self, row: Row) -> str:
        """What it is called in every version: an application by its case number, where it has one."""
        if row.kind != APPLICATION:
            return row.key
        return self._world.table("core_application", row.year)[int(row.key)]["case_number"] or row.key

    def _places(self, figure: Figure) -> dict[tuple[int, str], set[Address]]:
        """The received cells of a figure, by year and by whose they are."""
        found: dict[tuple[int, str], set[Address]] = defaultdict(set)
        for cell in self._lineage.cells(figure):
            found[cell.year, cell.key].add((cell.file, cell.sheet, cell.row, cell.column))
        return found


class Printed:
    """The printed cells of a programme in two versions."""

    def __init__(self, then: World, now: World, between: Mapping[int, Between]) -> None:
        """Args: between: what each round that both versions have was made of."""
        self._sides = _Side(then), _Side(now)
        self._between = between

    def changes(self, then: Iterable[Record], now: Iterable[Record]) -> list[CellChange]:
        """Every cell whose value differs, in order of report and table."""
        old, new = _by_place(then), _by_place(now)
        keys = [*new, *(key for key in old if key not in new)]
        pairs = [(old.get(key), new.get(key)) for key in keys]
        return [self._change(*pair) for pair in pairs if _value(pair[0]) != _value(pair[1])]

    def _change(self, before: Record | None, after: Record | None) -> CellChange:
        years = frozenset(year for cell in (before, after) if cell for year in _years(cell))
        members = self._members(before, after) if years <= self._between.keys() else ()
        causes = tuple(dict.fromkeys(cause for member in members for cause in member.causes))
        if not members or not all(member.causes for member in members):
            causes = self._everything(years)
        return CellChange(before, after, members, causes, years)

    def _everything(self, years: frozenset[int]) -> tuple[Cause, ...]:
        """What is left where the cells do not tell: all that changed of the rounds that it is about."""
        alone = sorted(years - self._between.keys())
        of = sorted(years & self._between.keys()) or sorted(self._between)
        made = [cause for year in of for cause in self._between[year].everything]
        return tuple(dict.fromkeys([*(Cause(ROUND, str(year)) for year in alone), *made]))

    def _members(self, before: Record | None, after: Record | None) -> tuple[Member, ...]:
        """Those that came or went; where nobody did, those of whom something else is summed."""
        then, now = (side.counted(cell) for side, cell in zip(self._sides, (before, after), strict=True))
        found: dict[RowKey, Member] = {}
        for key in (*then, *now):
            if key not in then or key not in now:
                found.setdefault(
                    key[1:], self._member(CAME if key in now else WENT, key[-1], then.get(key), now.get(key))
                )
        if not found:
            for key in then:
                if then[key].amount != now[key].amount:
                    found.setdefault(key[1:], self._member(OTHERWISE, key[-1], then[key], now[key]))
        return tuple(found.values())

    def _member(self, way: str, name: str, before: _Counted | None, after: _Counted | None) -> Member:
        sides = [each for each in (before, after) if each]
        row = sides[-1].row
        was, is_now = (each.places if each else frozenset() for each in (before, after))
        return Member(row.kind, row.year, name, row.recipient, way, self._between[row.year].of(was, is_now))


def _by_place(cells: Iterable[Record]) -> dict[CellKey, Record]:
    """Each cell by report, table and what its row and column are called: its number in the table may be another."""
    seen: Counter[CellKey] = Counter()
    found: dict[CellKey, Record] = {}
    for cell in cells:
        place = cell["report"], cell["table_no"], cell["row_label"], cell["column_name"]
        found[(*place, seen[place])] = cell
        seen[place] += 1
    return found


def _value(cell: Record | None) -> tuple[Any, ...] | None:
    return None if cell is None else (cell["value"], cell["unit"])


def _years(cell: Record) -> frozenset[int]:
    if cell.get("expression") is None:
        return frozenset()
    try:
        return years_in(parsed(cell["expression"]))
    except Refused:
        return frozenset()

"""The tables of a version under way, read when they are asked for: never all tables of all rounds at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.warehouse.store import ran_by, round_of, table_of
from schemas.tables import PUBLISHED, ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name
from schemas.tables.release import as_declared, as_released

Key = tuple[str, int]
"""A programme and a year."""

OF_ROUNDS = tuple(name for name in map(table_name, ROUND_TABLES) if name in PUBLISHED)
"""The published tables that each round has in its own snapshot."""


class Tables(Mapping[str, pa.Table]):
    """Tables by name, each read when it is first asked for."""

    def __init__(self, names: Sequence[str], read: Callable[[str], pa.Table]) -> None:
        """Have these tables, read so. Raises, when asked: Stop if a table cannot be read."""
        self._names = names
        self._read = read
        self._there: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        """One table. Raises: KeyError if there is none of this name."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._there:
            self._there[name] = self._read(name)
        return self._there[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class AcceptedTables:
    """The tables of all accepted rounds, and those that span them as far as they are computed."""

    def __init__(self, snapshots: Sequence[Path], spanning: Mapping[str, pa.Table]) -> None:
        """Read these snapshots, in this order."""
        self._snapshots = {round_of(snapshot): snapshot for snapshot in snapshots}
        self._spanning = spanning
        self.names = (*OF_ROUNDS, *spanning)

    @property
    def rounds(self) -> tuple[Key, ...]:
        """The rounds, in order."""
        return tuple(self._snapshots)

    def ran_by(self, key: Key) -> str | None:
        """Who ran what is accepted of a round; None if it was not recorded. For the house."""
        return ran_by(self._snapshots[key])

    def parts(self, name: str) -> Iterator[pa.Table]:
        """One table, round after round. Raises: Stop if a snapshot is damaged or has other columns."""
        if name in self._spanning:
            yield self._spanning[name]
        else:
            for snapshot in self._snapshots.values():
                yield table_of(snapshot, name)

    def read(self, name: str) -> pa.Table:
        """One table of all rounds. Raises: Stop as `parts` does."""
        return pa.concat_tables(self.parts(name)) if self.rounds else project.arrow_schema(TABLES[name]).empty_table()

    def released(self) -> Tables:
        """Every table, of all rounds, without what is withheld, its columns called as the tables call them."""
        return Tables(self.names, lambda name: as_declared(TABLES[name], as_released(TABLES[name], self.read(name))))

    def published(self) -> Tables:
        """Every table, of all rounds, as everybody may read it."""
        return Tables(self.names, lambda name: as_released(TABLES[name], self.read(name)))

    def of_round(self, key: Key) -> Tables:
        """Every table, of one round, with what stays in the house: its rows as they were received too."""
        return Tables((*self.names, "raw_row"), lambda name: self._of_round(name, key))

    def _of_round(self, name: str, key: Key) -> pa.Table:
        if name not in self._spanning:
            return table_of(self._snapshots[key], name)
        table = self._spanning[name]
        if "year" not in table.column_names:
            return table
        programme, year = key
        return table.filter(pc.and_(pc.equal(table["programme"], programme), pc.equal(table["year"], year)))

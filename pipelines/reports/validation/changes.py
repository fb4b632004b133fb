"""What changed in a round since the version before: its files, its figures, its findings, the fates of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.reports.changed.comparison import Comparison, Comparisons
from pipelines.reports.changed.sides import OnDisk, Side
from pipelines.reports.validation.content import Row, rows_of, short
from pipelines.warehouse.layout import CURRENT, VERSIONS
from pipelines.warehouse.pins import pinned
from pipelines.warehouse.tables import Tables
from pipelines.warehouse.verification import Verdict, verified
from schemas.tables import RELEASED, TABLES, project
from schemas.tables.release import as_declared
from schemas.words.vocabulary import DATA

FIGURES = ("out_grant_by_year", "out_funds_by_year", "out_application_by_year")
COMPARED = (*FIGURES, "core_round", "core_source_file", "core_row", "core_finding")


@dataclass(frozen=True)
class Previous:
    """The version that was current before: its id, and its tables of one round; none if they have other columns now.

    `comparison`: what changed since then of money, answers and printed tables. `fault`: that it does not verify.
    """

    version: str
    tables: Mapping[str, pa.Table] | None
    comparison: Comparison | None = None
    fault: Verdict | None = None


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was. `of` names it: a file, a column of a table, a rule, or a fate and a file."""

    kind: Literal["file", "figure", "findings", "rows"]
    of: tuple[str, ...]
    before: Any
    after: Any


class Before:
    """The version that was current before another is published, read round by round."""

    def __init__(self, version: Path) -> None:
        """Read this version. A table that cannot be read, or has other columns by now, makes it one not to compare."""
        self.version, self._folder = version.name, version
        verdict = verified(version)
        self._fault = None if verdict.is_sound else verdict
        self._files: dict[str, pq.ParquetFile] = {}
        try:
            self._files = {} if self._fault else {name: _opened(version, name) for name in COMPARED}
        except (OSError, pa.ArrowInvalid):
            self._files = {}
        self._groups = {name: _groups(file) for name, file in self._files.items()}

    def compared(self, now: Side) -> Comparisons | None:
        """It and the version that is being published, side by side; None if it does not verify."""
        return None if self._fault else Comparisons(OnDisk(self._folder), now)

    def of_round(self, programme: str, year: int, compared: Comparisons | None = None) -> Previous:
        """What it had of one round, and what changed of it since."""
        found = compared.of(programme, year) if compared else None
        if not self._files:
            return Previous(self.version, None, found, self._fault)
        tables = Tables(COMPARED, lambda name: self._read(name, (programme, year)))
        return Previous(self.version, tables, found, self._fault)

    def _read(self, name: str, key: tuple[str, int]) -> pa.Table:
        """At least the rows of the round: the row groups that may have any."""
        groups = [number for number, (least, most) in enumerate(self._groups[name]) if least <= key <= most]
        return as_declared(TABLES[name], self._files[name].read_row_groups(groups))


def _opened(version: Path, name: str) -> pq.ParquetFile:
    file = pq.ParquetFile(version / f"parquet/{name}.parquet")
    if not file.schema_arrow.equals(project.arrow_schema(RELEASED[name])):
        raise pa.ArrowInvalid
    return file


def _groups(file: pq.ParquetFile) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """The first round and the last that each row group has rows of."""
    places = [file.schema_arrow.names.index(name) for name in ("programme", "year")]
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    known = ([group.column(place).statistics for place in places] for group in groups)
    return [((name.min, year.min), (name.max, year.max)) for name, year in known]


def read_previous(warehouse: Path) -> Before | None:
    """The version that is current; None if there is none."""
    return Before((warehouse / CURRENT).resolve()) if (warehouse / CURRENT).exists() else None


def read_pinned(warehouse: Path, previous: Before | None, now: Side) -> Iterator[Callable[[str, int], Previous]]:
    """What each version that is pinned had of a round, and what changed since; but for the one before and this one."""
    told = {now.name, previous.version if previous else ""}
    for name in sorted(pinned(warehouse) or ()):
        if name not in told and (warehouse / VERSIONS / name).exists():
            version = Before(warehouse / VERSIONS / name)
            yield partial(version.of_round, compared=version.compared(now))


def changes(
    before: Mapping[str, pa.Table], now: Mapping[str, pa.Table], programme: str, year: int
) -> list[Change] | None:
    """Every change of one round between two versions; None if the one before did not have the round."""
    old, new = ({name: rows_of(tables[name], programme, year) for name in COMPARED} for tables in (before, now))
    if not old["core_round"]:
        return None
    return [*_files(old, new), *_figures(old, new), *_counted(old, new)]


def _files(old: Mapping[str, list[Row]], new: Mapping[str, list[Row]]) -> Iterable[Change]:
    hashes = [{row["source_file"]: row["sha256"] for row in rows["core_source_file"]} for rows in (old, new)]
    return (Change("file", (short(file),), *pair) for file, pair in _differing(*hashes))


def _figures(old: Mapping[str, list[Row]], new: Mapping[str, list[Row]]) -> Iterable[Change]:
    for table in ("core_round", *FIGURES):
        figures = [rows[table][0] if rows[table] else {} for rows in (old, new)]
        for column, pair in _differing(*figures):
            yield Change("figure", (table, column), *pair)


def _counted(old: Mapping[str, list[Row]], new: Mapping[str, list[Row]]) -> Iterable[Change]:
    def rule(row: Row) -> tuple[str, ...]:
        return (row["rule"],)

    def fate(row: Row) -> tuple[str, ...]:
        return row["fate"], short(row["source_file"])

    for of, pair in _differing(*(_count(rows["core_finding"], rule) for rows in (old, new))):
        yield Change("findings", of, *(count or 0 for count in pair))
    data = ([row for row in rows["core_row"] if row["row_kind"] == DATA] for rows in (old, new))
    for of, pair in _differing(*(_count(rows, fate) for rows in data)):
        yield Change("rows", of, *(count or 0 for count in pair))


def _count(rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    return dict(Counter(map(key, rows)))


def _differing(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterable[tuple[Any, tuple[Any, Any]]]:
    keys = [*new, *(key for key in old if key not in new)]
    return ((key, (old.get(key), new.get(key))) for key in keys if old.get(key) != new.get(key))

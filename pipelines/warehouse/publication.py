"""Publication: all accepted rounds become one complete version, built aside and switched to by one rename.

`versions/<id>/` with parquet/, statsbidrag.sqlite, reports/ and manifest.json; `current` points to one of them. The id
is the digest of tables, database and reports: the same inputs give the same version. Evidence about the version lies
beside them. `inside/<id>/` has what is for the house: the tables with their restricted texts, and the validation pages.
Run ids stand only in the pages and the manifest, times only in it.

A command publishes once, however many rounds it accepted. Tables go from the snapshots to the version one by one and
round by round, so that a hundred rounds need no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.warehouse import files, versions
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.examination import Examination, Examines
from pipelines.warehouse.layout import DATABASE, DOWNLOADS
from pipelines.warehouse.pages import Pages, Told
from pipelines.warehouse.sqlite import Database, new_database
from pipelines.warehouse.store import COMPRESSION, RoundStore, round_card
from pipelines.warehouse.tables import AcceptedTables
from schemas.configuration import catalogue
from schemas.configuration.printed import CELLS, PrintedTable, printed_tables
from schemas.rules.rule import Stop
from schemas.tables import RELEASED, TABLES, project
from schemas.tables.release import as_released, withheld


@dataclass(frozen=True)
class Version:
    """A published version: its id, its folder, and how much it holds."""

    id: str
    folder: str
    row_counts: Mapping[str, int]
    is_new: bool


class Warehouse:
    """The folder that analysts read."""

    def __init__(self, root: Path, examiner: Examines, pages: Pages) -> None:
        """Publish below this folder, with these pages, what the examiner finds nothing against."""
        self.root = root
        self._store = RoundStore(root)
        self._examiner = examiner
        self._pages = pages

    @contextmanager
    def publication(self) -> Iterator[Publication]:
        """Take the lock and the accepted snapshots. Raises: Stop if no round is accepted."""
        with files.write_failures(str(self.root.name)), files.locked(self.root):
            snapshots = self._store.accepted()
            if not snapshots:
                raise Stop("nothing_accepted")
            yield Publication(self.root, snapshots, self._examiner, self._pages)


class Publication:
    """One publication under way: once per command, under the lock."""

    def __init__(self, root: Path, snapshots: list[Path], examiner: Examines, pages: Pages) -> None:
        """Publish these snapshots below this folder."""
        self._root = root
        self._snapshots = snapshots
        self._examiner = examiner
        self._pages = pages

    def read(self, table: str) -> pa.Table:
        """One table of all accepted rounds, for what spans them. Raises: Stop if a snapshot is damaged."""
        return AcceptedTables(self._snapshots, {}).read(table)

    def publish(self, spanning: Mapping[str, pa.Table], run_id: str) -> Version:
        """Write a complete version aside, have it examined, and switch to it. Raises: Stop if it is refused."""
        tables = AcceptedTables(self._snapshots, {name: contracted(name, table) for name, table in spanning.items()})
        rounds = [round_card(snapshot) for snapshot in self._snapshots]
        rows: dict[str, int] = {}

        def build(staged: versions.Staged) -> Mapping[str, Any]:
            rows.update(write_tables(staged, tables, _printed(tables)))
            for path, page in self._pages.reports(tables):
                staged.write(f"reports/{path}", page)
            offered = _write_downloads(staged, self._pages.downloads(tables))
            is_preliminary = any(card.get("is_preliminary") for card in rounds)
            card = {"run_id": run_id, "is_preliminary": is_preliminary, "rounds": rounds, "row_counts": rows}
            return {**card, "downloads": offered}

        examination = Examination(self._root, self._examiner, self._pages, tables, rounds, rows)
        version, is_new = versions.publish(self._root, build, examination.attach)
        with suppress(OSError):  # readers have the version; the next publication writes the index again
            self._pages.index(self._root)
        return Version(version.name, str(version), rows, is_new)


def _write_downloads(staged: versions.Staged, offered: Iterable[Told]) -> list[dict[str, str]]:
    """Write what people take with them. Returns: what the manifest says of each file: its path and its titles."""
    said = []
    for name, content, titles in offered:
        path = f"{DOWNLOADS}/{name}"
        staged.write(path, content)
        said.append({"path": path, **{f"title_{language}": title for language, title in titles.items()}})
    return said


def write_tables(staged: versions.Staged, tables: AcceptedTables, printed: list[PrintedTable]) -> dict[str, int]:
    """Write every table as Parquet and into the database, each part read once, and each printed table.

    Returns: the number of rows of each table. Raises: Stop if a snapshot is damaged, or a row refers to none.
    """
    with new_database(staged.place(DATABASE), tables.names, printed) as database:
        rows = {name: _write_table(staged, database, tables, name) for name in tables.names}
        cells = tables.read(CELLS).to_pylist() if printed else []
        for each in printed:
            _write_printed(staged, database, each, cells)
    staged.take(DATABASE)
    return rows


def _write_table(staged: versions.Staged, database: Database, tables: AcceptedTables, name: str) -> int:
    """One table: a row group for each round that has rows of it. Whole for the house, if anything of it is withheld."""
    count = 0
    with ExitStack() as stack:
        table = TABLES[name]
        everybody = stack.enter_context(_parquet(staged, name, project.arrow_schema(RELEASED[name])))
        whole = project.arrow_schema(table)
        house = stack.enter_context(_parquet(staged.inside, name, whole)) if withheld(table) else None
        for part in tables.parts(name):
            if part.num_rows:
                everybody.write_table(as_released(table, part))
                if house:
                    house.write_table(part.select(whole.names))
                database.insert(name, part)
                count += part.num_rows
    return count


def _write_printed(staged: versions.Staged, database: Database, table: PrintedTable, cells: list[Any]) -> None:
    rows = table.rows(cells)
    with _parquet(staged, table.name, table.schema) as parquet:
        parquet.write_table(rows)
    database.fill(table.name, rows)


@contextmanager
def _parquet(staged: versions.Staged, name: str, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    with (
        staged.writing(f"parquet/{name}.parquet") as file,
        pq.ParquetWriter(file, schema, compression=COMPRESSION) as parquet,
    ):
        yield parquet


def _printed(tables: AcceptedTables) -> list[PrintedTable]:
    """Those of every programme that has a round: declaring one more changes nothing of what is published."""
    return printed_tables(map(catalogue.programme, dict.fromkeys(programme for programme, _ in tables.rounds)))

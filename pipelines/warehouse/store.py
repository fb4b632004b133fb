"""The store: every run's tables apart, and one `accepted` pointer per round.

`store/<programme>/<year>/<run>/<table>.parquet`; a run never writes over another's. Acceptance is one rename. Beside
the tables lies what the run was made from, so that a later step, or a run that is executed again, computes from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.received import Received, RoundKey
from pipelines.warehouse import files, received_format
from pipelines.warehouse.code_version import commit, made_by
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.files import write_failures
from pipelines.warehouse.layout import ACCEPTED, ROUND_CARD, STORE
from schemas.rules.rule import Stop
from schemas.tables import ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name

RECEIVED = "received.json.gz"
COMPRESSION = "zstd"

PRELIMINARY = ("is_preliminary", "set_aside_count", "set_aside_granted_sek")
"""What a round's card, and so a version's manifest, says of what is set aside."""

KEPT_RUNS = 5
"""Snapshots of a round that are kept, the accepted one among them: enough to look into the last failures."""


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as Parquet: the same bytes for the same rows."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression=COMPRESSION)
    return bytes(sink.getvalue())


class RoundStore:
    """Snapshots of rounds in a folder of the warehouse."""

    def __init__(self, warehouse: Path) -> None:
        """Keep snapshots below this warehouse."""
        self.root = warehouse / STORE

    def _round(self, round_key: RoundKey) -> Path:
        return self.root / round_key.programme / str(round_key.year)

    def _run(self, round_key: RoundKey, run_id: str) -> Path:
        return self._round(round_key) / run_id

    def path(self, round_key: RoundKey, run_id: str, table: str) -> Path:
        """Where one run's table lies."""
        return self._run(round_key, run_id) / f"{table}.parquet"

    def write_round(self, round_key: RoundKey, run_id: str, tables: Mapping[str, pa.Table]) -> dict[str, int]:
        """Write the tables of one run, each held to its contract before the first is written.

        Returns: the number of rows of each table. Raises: Stop if a table breaks its contract, or cannot be written.
        """
        checked = {name: contracted(name, table) for name, table in tables.items()}
        folder = self._run(round_key, run_id)
        with write_failures(f"{round_key.programme} {round_key.year}"):
            files.make_folder(folder)
            for name, table in checked.items():
                files.put_file(folder / f"{name}.parquet", parquet_bytes(table))
            files.sync_folder(folder)
        return {name: table.num_rows for name, table in checked.items()}

    def table(self, round_key: RoundKey, run_id: str, table: str) -> pa.Table:
        """Read one table of one run, as it was written. Raises: Stop if the run has not written it."""
        path = self.path(round_key, run_id, table)
        if not path.exists():
            raise Stop("round_incomplete", table=table)
        return pq.read_table(path)

    def tables(self, round_key: RoundKey, run_id: str) -> dict[str, pa.Table]:
        """Read every table of one run. Raises: Stop if the run has not written all."""
        return {name: self.table(round_key, run_id, name) for name in map(table_name, ROUND_TABLES)}

    def has_round(self, round_key: RoundKey, run_id: str) -> bool:
        """Whether one run has written every table of the round."""
        return all(self.path(round_key, run_id, name).exists() for name in map(table_name, ROUND_TABLES))

    def place(self, round_key: RoundKey, run_id: str, table: str) -> str:
        """The address of one run's table."""
        return self.path(round_key, run_id, table).as_uri()

    def accepted_run(self, round_key: RoundKey) -> str | None:
        """The run whose tables are accepted; None if there is none."""
        link = self._round(round_key) / ACCEPTED
        return link.resolve().name if link.exists() else None

    def write_received(self, round_key: RoundKey, run_id: str, received: Received) -> Path:
        """Keep what one run received. Raises: Stop if it cannot be written."""
        path = self._run(round_key, run_id) / RECEIVED
        with write_failures(f"{round_key.programme} {round_key.year}"):
            files.replace_file(path, received_format.packed(received))
        return path

    def has_received(self, round_key: RoundKey, run_id: str) -> bool:
        """Whether one run's received files were kept: of runs, say, of which this one is executed again."""
        return (self._run(round_key, run_id) / RECEIVED).exists()

    def read_received(self, round_key: RoundKey, run_id: str) -> Received:
        """What one run received, as it was given to `write_received`. Raises: Stop if it was not, or is damaged."""
        path = self._run(round_key, run_id) / RECEIVED
        try:
            return received_format.unpacked(path.read_bytes())
        except (OSError, ValueError):
            key = {"programme": round_key.programme, "year": round_key.year}
            raise Stop("round_outdated", **key) from None

    def accept(self, round_key: RoundKey, run_id: str, *, ran_by: str) -> str:
        """Make a run's snapshot the accepted one of its round. Raises: Stop if a table is missing."""
        folder = self._run(round_key, run_id)
        for table in map(table_name, ROUND_TABLES):
            if not (folder / f"{table}.parquet").exists():
                raise Stop("round_incomplete", table=table)
        with write_failures(folder.name), files.locked(folder.parent):
            for each in (folder.parent, folder):
                files.remove_leftovers(each)
            files.replace_file(
                folder / ROUND_CARD, json.dumps(self._card(round_key, run_id) | {"ran_by": ran_by}, indent=2).encode()
            )
            files.replace_link(folder.parent / ACCEPTED, run_id)
            files.discard_all_but(folder, _runs(folder.parent), KEPT_RUNS)
        return str(folder)

    def _card(self, round_key: RoundKey, run_id: str) -> dict[str, Any]:
        folder = self._run(round_key, run_id)
        inputs = pq.read_table(folder / "core_source_file.parquet", columns=["source_file", "sha256"]).to_pylist()
        [told] = pq.read_table(folder / "core_round.parquet", columns=["as_of_date", *PRELIMINARY]).to_pylist()
        tables = sorted(folder.glob("*.parquet"))
        return {
            "programme": round_key.programme,
            "year": round_key.year,
            "run_id": run_id,
            "as_of_date": told["as_of_date"].isoformat(),
            **{name: told[name] for name in PRELIMINARY},
            "commit": commit(),
            **made_by(round_key.programme),
            "findings": dict(Counter(_column(folder, "core_finding", "severity"))),
            "inputs": [{"path": row["source_file"], "sha256": row["sha256"]} for row in inputs],
            "outputs": [{"path": path.name, "sha256": files.sha256_of(path)} for path in tables],
        }

    def accepted(self) -> list[Path]:
        """The folders of all accepted snapshots, in order of round, each resolved once."""
        return [link.resolve() for link in sorted(self.root.glob(f"*/*/{ACCEPTED}"))]


def _column(folder: Path, table: str, column: str) -> list[Any]:
    return list(pq.read_table(folder / f"{table}.parquet", columns=[column])[column].to_pylist())


def _runs(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]


def round_of(snapshot: Path) -> tuple[str, int]:
    """The programme and the year of a snapshot."""
    return snapshot.parent.parent.name, int(snapshot.parent.name)


def round_card(snapshot: Path) -> dict[str, Any]:
    """What was recorded when the snapshot was accepted, but for the digests of its own files and who ran it."""
    return {name: fact for name, fact in _card_of(snapshot).items() if name not in ("outputs", "ran_by")}


def ran_by(snapshot: Path) -> str | None:
    """Who ran what was accepted; None if it was not recorded. For the house only."""
    name: str | None = _card_of(snapshot).get("ran_by")
    return name


def _card_of(snapshot: Path) -> dict[str, Any]:
    with _readable(snapshot):
        card: dict[str, Any] = json.loads((snapshot / ROUND_CARD).read_text("utf-8"))
    return card


@contextmanager
def _readable(snapshot: Path) -> Iterator[None]:
    """A snapshot that cannot be read, or has other columns, is one to compute again."""
    try:
        yield
    except (OSError, ValueError):
        raise Stop("round_outdated", programme=snapshot.parent.parent.name, year=snapshot.parent.name) from None


def table_of(snapshot: Path, table: str) -> pa.Table:
    """One table of a snapshot. Raises: Stop if it is damaged or has other columns."""
    with _readable(snapshot), pq.ParquetFile(snapshot / f"{table}.parquet") as file:
        if not file.schema_arrow.equals(_schema(table)):
            raise pa.ArrowInvalid
        read: pa.Table = file.read(use_threads=False)
    return read


@cache
def _schema(table: str) -> pa.Schema:
    return project.arrow_schema(TABLES[table])

"""Dagster's run history, in the files where Dagster keeps it by default, with connections that stay open.

Dagster makes a new engine and connection for every event, and another for each question whether a table is there: each
statement is compiled anew, and each time the last connection closes SQLite folds its log into the database. That was
some 30 % of a round's time. What a run plans, some hundred events, is one transaction.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dagster import EventLogEntry, Field, IntSource
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

from pipelines.settings import DAGSTER_HOME, KEPT_RUNS


class History(SqliteEventLogStorage):
    """The event log below Dagster's home."""

    def __init__(
        self, base_dir: str, inst_data: ConfigurableClassData | None = None, *, kept_runs: int = KEPT_RUNS
    ) -> None:
        """Keep the databases in this folder; `kept_runs` of each round are never forgotten."""
        self._engines: dict[str, sa.Engine] = {}
        self._under_way: dict[str, sa.Connection] = {}
        self._lock = threading.RLock()
        self._tables: set[str] = set()
        self.kept_runs = kept_runs
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """How many runs of each round are kept; where the history lies is told by Dagster's home."""
        return {"kept_runs": Field(IntSource, is_required=False, default_value=KEPT_RUNS)}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> History:
        """The history of the home that this process was given, where Dagster would have put it."""
        return cls(str(Path(os.environ[DAGSTER_HOME]) / "history" / "runs"), inst_data, **config_value)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table. One that was there once stays: no revision of Dagster's drops any."""
        if table_name not in self._tables:
            with self.index_connection() as connection:
                if sa.inspect(connection).has_table(table_name):
                    self._tables.add(table_name)
        return table_name in self._tables

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Keep several events of one run: all of them, or none."""
        [run_id] = {each.run_id for each in events}
        with self._together(run_id), self._together(INDEX_SHARD_NAME):
            super().store_event_batch(events)

    def delete_events(self, run_id: str) -> None:
        """Forget a run's events, and the database that was its own."""
        super().delete_events(run_id)
        with self._lock:
            if run_id in self._engines:
                self._engines.pop(run_id).dispose()
            self._initialized_dbs.discard(run_id)
            for end in ("", "-wal", "-shm"):
                Path(self.path_for_shard(run_id) + end).unlink(missing_ok=True)

    @contextmanager
    def _together(self, shard: str) -> Iterator[None]:
        """Whatever is asked of one database while the block runs is one transaction."""
        with self._lock, self._connect(shard) as connection:
            self._under_way[shard] = connection
            try:
                yield
            finally:
                del self._under_way[shard]

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._lock:
            if shard in self._under_way:
                yield self._under_way[shard]
                return
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> sa.Engine:
        """The index is kept, and of the runs only the last: a web server may look into many."""
        if shard not in self._engines:
            for other in set(self._engines) - {INDEX_SHARD_NAME}:
                self._engines.pop(other).dispose()
            limit = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            self._engines[shard] = sa.create_engine(self.conn_string_for_shard(shard), connect_args=limit)
            sa.event.listen(self._engines[shard], "connect", _not_forced_to_disk)
        return self._engines[shard]


def _not_forced_to_disk(connection: sqlite3.Connection, _record: object) -> None:
    """A crash of the machine may cost the last events of a history, never the database."""
    connection.execute("PRAGMA synchronous = NORMAL")

"""Dagster's run history, in the files where Dagster keeps it by default, with one engine per file.

Dagster makes a new SQLAlchemy engine for every event, which compiles every statement anew: a fifth of a round's time.
Connections are opened and closed as before, so that the web server and a run may share the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

from pipelines.settings import DAGSTER_HOME


class History(SqliteEventLogStorage):
    """The event log below Dagster's home."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """Keep the databases in this folder."""
        self._engines: dict[str, sa.Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Nothing to configure: the history belongs to Dagster's home."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> History:
        """The history of the home that this process was given, where Dagster would have put it."""
        return cls(str(Path(os.environ[DAGSTER_HOME]) / "history" / "runs"), inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> sa.Engine:
        if shard not in self._engines:
            limit = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            address = self.conn_string_for_shard(shard)
            self._engines[shard] = sa.create_engine(address, poolclass=sa.NullPool, connect_args=limit)
        return self._engines[shard]

"""The reports as a run sees them: the one of a round that is refused is written at once; all have an address."""

from __future__ import annotations

import os
from pathlib import Path

from assets.received import RoundKey
from pipelines.reports.start.pages import write_start
from pipelines.reports.validation.changes import read_previous
from pipelines.reports.validation.content import RECEIVED
from pipelines.reports.validation.pages import Published, round_files
from pipelines.reports.validation.paths import csv_name, page_name, page_path, refused_path, report_link
from pipelines.reports.validation.stopped import stopped_page
from pipelines.settings import REPORTS_ADDRESS
from pipelines.warehouse import files
from pipelines.warehouse.code_version import commit, made_by
from pipelines.warehouse.layout import CURRENT, REFUSED
from pipelines.warehouse.store import RoundStore
from pipelines.warehouse.tables import OF_ROUNDS
from schemas.rules.rule import Stop
from schemas.words.vocabulary import LANGUAGES

SHOWN = LANGUAGES[0]
"""The language that links lead to; every page links to the other."""


class ValidationReports:
    """Where a person reads what was found."""

    def __init__(self, warehouse: Path, store: RoundStore) -> None:
        """Reports of this warehouse, from the tables of this store."""
        self._warehouse = warehouse
        self._store = store

    def refuse(self, round_key: RoundKey, run_id: str, *, ran_by: str) -> None:
        """Write the report of a round that is not accepted, from the tables of its run."""
        tables = {name: self._store.table(round_key, run_id, name) for name in (*OF_ROUNDS, RECEIVED)}
        card = {
            "programme": round_key.programme,
            "year": round_key.year,
            "run_id": run_id,
            "commit": commit(),
            "ran_by": ran_by,
            **made_by(round_key.programme),
        }
        folder = self._page(round_key).parent
        with files.write_failures(folder.name), files.locked(self._warehouse):
            before = read_previous(self._warehouse)
            previous = before.of_round(round_key.programme, round_key.year) if before else None
            for name, content in round_files(Published(None, tables, (), previous), card).items():
                files.replace_file(folder / name, content)
            write_start(self._warehouse)

    def withdraw(self, round_key: RoundKey) -> None:
        """Take away the report of an earlier run that was not accepted, if there is one."""
        left = list(self._page(round_key).parent.glob(f"{round_key.programme}-{round_key.year}.*"))
        if left:
            with files.write_failures(REFUSED), files.locked(self._warehouse):
                for path in left:
                    path.unlink(missing_ok=True)
                write_start(self._warehouse)

    def place(self, round_key: RoundKey, rule: str) -> str:
        """A link where `statsbidrag ui` serves the reports, else a path."""
        key = round_key.programme, round_key.year, SHOWN
        version = (self._warehouse / CURRENT).resolve().name
        path = refused_path(*key) if self._page(round_key).exists() else page_path(version, *key)
        return f"{os.environ.get(REPORTS_ADDRESS) or self._warehouse}/{path}#{rule}"

    def link(self, round_key: RoundKey, run_id: str, rule: str | None) -> str:
        """A path that the UI itself leads to the report of the run's version, wherever the run came from."""
        return report_link(round_key.programme, round_key.year, run_id) + (f"#{rule}" if rule else "")

    def refuse_unread(self, round_key: RoundKey, run_id: str, stop: Stop) -> None:
        """Write the report of a round that has no tables: what was received stopped it before there were any."""
        folder = self._page(round_key).parent
        with files.write_failures(folder.name), files.locked(self._warehouse):
            for language in LANGUAGES:
                (folder / csv_name(round_key.programme, round_key.year, language)).unlink(missing_ok=True)
                page = stopped_page(round_key.programme, round_key.year, run_id, stop, language)
                files.replace_file(folder / page_name(round_key.programme, round_key.year, language), page.encode())
            write_start(self._warehouse)

    def _page(self, round_key: RoundKey) -> Path:
        return self._warehouse / refused_path(round_key.programme, round_key.year, SHOWN)

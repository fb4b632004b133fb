"""A hundred rounds are published as one is, a hundred times over: each table read once, one part of it at a time."""

import collections
import datetime as dt
import os
import signal
import sqlite3
import weakref
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.received import RoundKey
from assets.spanning import spanning
from pipelines.reports.validation.changes import read_previous
from pipelines.warehouse import publication, tables
from pipelines.warehouse.layout import CURRENT, DATABASE
from pipelines.warehouse.publication import Warehouse
from pipelines.warehouse.sqlite import Database
from pipelines.warehouse.store import RoundStore
from pipelines.warehouse.tables import OF_ROUNDS, AcceptedTables
from schemas.tables import ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name
from tests.integration.publishing import PROGRAMME, current, exit_code, forked, half_versions, leftovers
from tests.unexamined import Unexamined

YEARS = tuple(range(2000, 2012))
BODY = {
    "recipient_code": "9901",
    "recipient_name": "Exempel",
    "name_no": 1,
    "kind": "municipality",
    "county_code": "99",
    "county_name": "Exempellän",
}


class NoPages:
    """Pages are nobody's concern here."""

    def reports(self, _: AcceptedTables) -> list[tuple[str, bytes]]:
        return []

    def downloads(self, _: AcceptedTables) -> list[tuple[str, bytes, dict[str, str]]]:
        return []

    def validation(self, *_: object) -> list[tuple[str, bytes]]:
        return []

    def changed(self) -> list[dict[str, str]]:
        return []

    def index(self, root: Path) -> None:
        assert root.exists()


class Undocumented(Unexamined):
    """Writes no pages either."""

    def write_docs(self, folder: Path) -> None:
        folder.mkdir()


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with many accepted rounds, each of one body."""
    root = tmp_path_factory.mktemp("many")
    empty = {name: project.arrow_schema(TABLES[name]).empty_table() for name in map(table_name, ROUND_TABLES)}
    for year in YEARS:
        of_round = {"programme": PROGRAMME, "year": year, "provenance": "synthetic"}
        day = dt.date(year + 1, 6, 30)
        facts = {
            "as_of_date": day,
            "known_date": day,
            "cost_period_start_date": day,
            "cost_period_end_date": day,
            "late_reports": "accept",
            "is_preliminary": False,
            "set_aside_count": 0,
            "set_aside_granted_sek": 0,
        }
        rows = {"core_round": facts, "core_recipient": dict.fromkeys(("valid_from_date", "valid_to_date"), day) | BODY}
        filled = {name: pa.Table.from_pylist([of_round | row]) for name, row in rows.items()}
        key = RoundKey(PROGRAMME, year)
        RoundStore(root).write_round(key, "run", empty | filled)
        RoundStore(root).accept(key, "run", ran_by="somebody")
    return root


def publish(root: Path) -> Path:
    with Warehouse(root, Undocumented(), NoPages()).publication() as under_way:
        version = under_way.publish(spanning(under_way.read), "a run")
    return Path(version.folder)


def test_every_round_is_a_row_group_and_its_rows_are_in_the_database(accepted: Path):
    version = publish(accepted)
    parquet = pq.ParquetFile(version / "parquet/core_recipient.parquet")
    assert parquet.metadata.num_row_groups == len(YEARS)
    assert parquet.read()["year"].to_pylist() == list(YEARS)
    with closing(sqlite3.connect(version / DATABASE)) as database:
        assert database.execute("SELECT year, recipient_name FROM core_recipient ORDER BY rowid").fetchall() == [
            (year, "Exempel") for year in YEARS
        ]


def test_a_table_is_written_from_one_part_at_a_time_each_read_once(accepted: Path, monkeypatch: pytest.MonkeyPatch):
    """What memory a publication needs does not grow with the rounds, and what time it takes not with their square."""
    read: collections.Counter[tuple[str, str]] = collections.Counter()
    alive: list[weakref.ref[pa.Table]] = []
    most, table_of = 0, tables.table_of

    def watched(snapshot: Path, table: str) -> pa.Table:
        nonlocal most
        most = max(most, sum(each() is not None for each in alive))
        read[snapshot.parent.name, table] += 1
        part = table_of(snapshot, table)
        alive.append(weakref.ref(part))
        return part

    computed = {name: project.arrow_schema(TABLES[name]).empty_table() for name in ("out_across", "out_table_cell")}
    with Warehouse(accepted, Undocumented(), NoPages()).publication() as under_way:
        monkeypatch.setattr(tables, "table_of", watched)
        under_way.publish(computed, "a run")
    assert read == {(str(year), name): 1 for year in YEARS for name in OF_ROUNDS}
    assert most <= 1


def test_what_was_published_before_is_read_round_by_round(accepted: Path):
    publish(accepted)
    before = read_previous(accepted)
    assert before is not None
    for year in (YEARS[0], YEARS[-1]):
        of_round = before.of_round(PROGRAMME, year)
        assert of_round.tables is not None
        assert of_round.tables["core_round"]["year"].to_pylist() == [year]


def test_the_database_is_forced_to_disk_before_its_version_gets_its_name(
    accepted: Path, monkeypatch: pytest.MonkeyPatch
):
    """SQLite is told not to: once, when all is written, is enough."""
    done: list[str] = []
    opened, fsync, rename = os.open, os.fsync, os.rename
    names: dict[int, str] = {}

    def open_(path: str, *arguments: int, **keywords: int) -> int:
        descriptor = opened(path, *arguments, **keywords)
        names[descriptor] = Path(path).name
        return descriptor

    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "fsync", lambda descriptor: (done.append(names.get(descriptor, "")), fsync(descriptor)))
    monkeypatch.setattr(os, "rename", lambda old, new: (done.append(f"named {Path(new).name}"), rename(old, new)))
    version = publish_anew(accepted)
    assert done.index(DATABASE) < done.index(f"named {version.name}")


def publish_anew(root: Path) -> Path:
    """Publish what was published, after somebody damaged it."""
    (current(root) / DATABASE).unlink()
    return publish(root)


def test_a_run_killed_while_the_database_is_filled_leaves_the_version_before(
    accepted: Path, monkeypatch: pytest.MonkeyPatch
):
    before = publish(accepted)
    insert = Database.insert

    def deadly(self: Database, table: str, rows: pa.Table) -> None:
        insert(self, table, rows)
        if table == "core_recipient":
            os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr(publication.Database, "insert", deadly)
        assert exit_code(forked(lambda: publish(accepted))) == -signal.SIGKILL
    assert leftovers(accepted) != []
    assert (half_versions(accepted), (accepted / CURRENT).resolve()) == ([], before)
    assert publish(accepted) == before
    assert leftovers(accepted) == []


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_while_the_database_is_filled_leaves_the_version_before_and_nothing_else(
    interruption: type[BaseException], accepted: Path, monkeypatch: pytest.MonkeyPatch
):
    before = publish(accepted)

    def interrupted(*_: object) -> None:
        raise interruption

    with monkeypatch.context() as patch:
        patch.setattr(publication.Database, "insert", interrupted)
        with pytest.raises(interruption):
            publish(accepted)
    assert (half_versions(accepted), leftovers(accepted), current(accepted)) == ([], [], before)

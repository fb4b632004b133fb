"""A run may be killed at any moment: readers have the version before or the one after, and the next run recovers."""

import datetime as dt
import functools
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from assets.received import RoundKey
from pipelines.warehouse import versions as on_disk
from pipelines.warehouse.files import replace_link
from pipelines.warehouse.layout import ACCEPTED, CURRENT, EVIDENCE, ROUND_CARD
from pipelines.warehouse.store import RoundStore, parquet_bytes
from schemas.rules.rule import Stop
from schemas.tables import ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name
from tests.integration.publishing import (
    CALLS_A_FILE,
    MOMENTS,
    PROGRAMME,
    contents_of,
    copied,
    current,
    half_versions,
    killed_everywhere,
    leftovers,
    numbers_told,
    publish,
    spanning_of,
    versions,
    whole,
)
from tests.integration.publishing import (
    publish_rounds as publish_all,
)
from tests.unexamined import Unexamined

ROUND = RoundKey(PROGRAMME, 2022)
each_moment = pytest.mark.parametrize("moment", MOMENTS)


def publish_number(number: int, root: Path) -> Path:
    return publish(root, contents_of(number))


def least_kills(moment: str, file_count: int) -> int:
    """Each file is written by at least one write, in at least four calls."""
    return file_count if moment == "halfway" else CALLS_A_FILE * file_count


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A warehouse whose current version tells the number 1."""
    root = tmp_path / "warehouse"
    publish(root, contents_of(1))
    return root


# -- versions ---------------------------------------------------------------------------------------------------------


@each_moment
def test_a_killed_publication_leaves_the_old_version_or_the_new_and_the_next_one_succeeds(moment, published):
    seen, kills = set(), 0
    for call_no, root in killed_everywhere(published, moment, functools.partial(publish_number, 2)):
        assert half_versions(root) == [], call_no
        seen.add(tuple(numbers_told(current(root))))
        publish(root, contents_of(2))
        assert half_versions(root) == [], call_no
        assert numbers_told(current(root)) == [2, 2, 2], call_no
        assert leftovers(root) == [], f"killed {moment} call {call_no}"
        kills += 1
    assert seen == ({(1, 1, 1)} if moment == "halfway" else {(1, 1, 1), (2, 2, 2)})
    assert kills >= least_kills(moment, len(contents_of(2)) + 1)


@pytest.mark.parametrize("moment", ["after", "halfway"])
def test_a_killed_first_publication_leaves_nothing_or_a_whole_version(moment, tmp_path):
    empty = tmp_path / "warehouse"
    empty.mkdir()
    kills = 0
    for call_no, root in killed_everywhere(empty, moment, functools.partial(publish_number, 1)):
        assert half_versions(root) == [], call_no
        assert not (root / CURRENT).is_symlink() or whole(current(root)), call_no
        kills += 1
    assert kills >= least_kills(moment, len(contents_of(1)) + 1)


def test_a_killed_removal_of_an_old_version_leaves_no_half_of_it_to_read_or_to_publish_again(published, monkeypatch):
    monkeypatch.setattr(on_disk, "KEPT_VERSIONS", 1)
    for call_no, root in killed_everywhere(published, "after", functools.partial(publish_number, 2)):
        assert half_versions(root) == [], f"killed after call {call_no}"
        assert whole(publish(root, contents_of(1))), f"killed after call {call_no}"
        assert leftovers(root) == [], f"killed after call {call_no}"


# -- the warehouse's own path, from accepted snapshots ----------------------------------------------------------------


@pytest.fixture
def warehouse_before_2023(sample_warehouse: Path, tmp_path: Path) -> Path:
    """Both rounds are accepted, and only 2022 is published yet."""
    root = copied(sample_warehouse, tmp_path / "warehouse")
    both = current(root).name
    [only_2022] = set(versions(root)) - {both}
    shutil.rmtree(root / "versions" / both)
    replace_link(root / CURRENT, f"versions/{only_2022}")
    return root


@pytest.fixture
def publish_rounds(sample_warehouse: Path):
    """Publish every accepted round, as the asset does; what spans rounds is taken from the sample's version."""
    spanning = spanning_of(sample_warehouse)
    return lambda root: publish_all(root, spanning, Unexamined())


@pytest.mark.parametrize(
    ("moment", "every"),
    [
        ("after", 211),
        pytest.param("before", 149, marks=pytest.mark.slow),
        pytest.param("halfway", 151, marks=pytest.mark.slow),
    ],
)
def test_a_warehouse_killed_while_it_publishes_its_rounds_shows_all_of_them_or_the_one_before(
    moment, every, warehouse_before_2023, publish_rounds, sample_warehouse
):
    """A few of some two thousand calls, since a publication takes seconds; every call is tried on a small one above."""
    before, after = current(warehouse_before_2023).name, current(sample_warehouse).name
    file_count = sum(path.is_file() and path.parent.name != EVIDENCE for path in current(sample_warehouse).rglob("*"))
    seen, kills = [], 0
    for call_no, root in killed_everywhere(warehouse_before_2023, moment, publish_rounds, every=every):
        assert half_versions(root) == [], call_no
        seen.append(current(root).name)
        kills += 1
    assert set(seen) <= {before, after}
    assert seen[0] == before
    assert kills >= least_kills(moment, file_count) // every


def test_a_warehouse_killed_in_the_middle_publishes_the_same_version_next_time(
    warehouse_before_2023, publish_rounds, sample_warehouse
):
    killed = killed_everywhere(warehouse_before_2023, "halfway", publish_rounds, every=20)
    next(killed)
    _, root = next(killed)
    assert leftovers(root) != []
    publish_rounds(root)
    assert current(root).name == current(sample_warehouse).name
    assert half_versions(root) == leftovers(root) == []


# -- the store of rounds ----------------------------------------------------------------------------------------------


def tables_as_of(day: dt.date) -> dict[str, pa.Table]:
    """A round's tables, all empty but the round itself."""
    tables = {name: project.arrow_schema(TABLES[name]).empty_table() for name in map(table_name, ROUND_TABLES)}
    facts = {"programme": PROGRAMME, "year": 2022, "as_of_date": day, "known_date": day, "cost_period_end_date": day}
    schema = tables["core_round"].schema
    row = {"cost_period_start_date": None, "late_reports": "accept", "provenance": "synthetic"} | facts
    row |= {"is_preliminary": False, "set_aside_count": 0, "set_aside_granted_sek": 0}
    return tables | {"core_round": pa.Table.from_pylist([row], schema)}


def write_run(root: Path, run_id: str, tables: dict[str, pa.Table]) -> None:
    RoundStore(root).write_round(ROUND, run_id, tables)


OLD_RUN, NEW_RUN = tables_as_of(dt.date(2023, 1, 1)), tables_as_of(dt.date(2024, 1, 1))


@pytest.fixture
def two_runs(tmp_path: Path) -> Path:
    """A store with two whole runs of a round, the old one accepted."""
    root = tmp_path / "warehouse"
    write_run(root, "old", OLD_RUN)
    write_run(root, "new", NEW_RUN)
    RoundStore(root).accept(ROUND, "old", ran_by="somebody")
    return root


def accepted_run(root: Path) -> str:
    """The accepted run's name, if its card and every table are whole."""
    [snapshot] = RoundStore(root).accepted()
    tables = {"old": OLD_RUN, "new": NEW_RUN}[snapshot.name]
    assert json.loads((snapshot / ROUND_CARD).read_text("utf-8"))["run_id"] == snapshot.name
    for name, table in tables.items():
        assert (snapshot / f"{name}.parquet").read_bytes() == parquet_bytes(table)
    return snapshot.name


@each_moment
def test_a_killed_acceptance_leaves_the_old_run_or_the_new_and_the_next_one_succeeds(moment, two_runs):
    def accept_new(root: Path) -> None:
        RoundStore(root).accept(ROUND, "new", ran_by="somebody")

    seen, kills = set(), 0
    for call_no, root in killed_everywhere(two_runs, moment, accept_new):
        seen.add(accepted_run(root))
        accept_new(root)
        assert accepted_run(root) == "new", call_no
        assert leftovers(root) == [], f"killed {moment} call {call_no}"
        kills += 1
    assert seen == ({"old"} if moment == "halfway" else {"old", "new"})
    assert kills >= least_kills(moment, file_count=1)


@each_moment
def test_a_table_whose_writing_was_killed_is_absent_or_whole_and_the_accepted_run_untouched(moment, two_runs):
    name = "core_round"

    def write_third_run(root: Path) -> None:
        write_run(root, "third", {name: NEW_RUN[name]})

    seen, kills = set(), 0
    for call_no, root in killed_everywhere(two_runs, moment, write_third_run):
        assert accepted_run(root) == "old", call_no
        path = RoundStore(root).path(ROUND, "third", name)
        seen.add(path.read_bytes() if path.exists() else None)
        kills += 1
    assert seen == ({None} if moment == "halfway" else {None, parquet_bytes(NEW_RUN[name])})
    assert kills >= least_kills(moment, file_count=1)


@pytest.mark.rule("round_incomplete")
def test_a_run_killed_between_two_tables_cannot_be_accepted_by_mistake(two_runs):
    killed = killed_everywhere(two_runs, "before", lambda root: write_run(root, "third", NEW_RUN), every=30)
    next(killed)
    _, root = next(killed)
    with pytest.raises(Stop) as stop:
        RoundStore(root).accept(ROUND, "third", ran_by="somebody")
    assert stop.value.rule.id == "round_incomplete"
    assert (root / "store" / PROGRAMME / "2022" / ACCEPTED).resolve().name == "old"

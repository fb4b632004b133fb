"""The disk may fill at any write: one sentence, the version before untouched, no leftovers; the next one succeeds."""

import datetime as dt
import errno
import itertools
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from assets.received import RoundKey
from pipelines.warehouse.layout import DATABASE
from pipelines.warehouse.store import RoundStore
from schemas.rules.rule import Stop
from tests.integration.publishing import (
    PROGRAMME,
    contents_of,
    copied,
    current,
    digests,
    exit_code,
    forked,
    half_versions,
    leftovers,
    numbers_told,
    publish,
    publish_rounds,
    spanning_of,
    versions,
)
from tests.unexamined import Unexamined

MEGABYTE = 2**20


def assert_refused(stop: Stop, what: str, error: int) -> None:
    if error == errno.ENOSPC:
        assert stop.rule.id == "disk_full"
        assert stop.values == {"file": what}
        assert str(stop).startswith("Disken är full")
    else:
        assert stop.rule.id == "write_failed"
        assert stop.values == {"file": what, "why": os.strerror(error)}
    assert "\n" not in str(stop)


def assert_only_the_version_before(root: Path, before: Path) -> None:
    assert current(root) == before
    assert numbers_told(before) == [1, 1, 1]
    assert versions(root) == [before.name]
    assert half_versions(root) == leftovers(root) == []


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A warehouse whose current version tells the number 1."""
    root = tmp_path / "warehouse"
    publish(root, contents_of(1))
    return root


def fill_the_disk_at(write_no: int, patch: pytest.MonkeyPatch) -> None:
    """Let the disk be full from one write on: a disk that is full once stays so."""
    count, write = itertools.count(1), os.write

    def full(descriptor, content):
        if next(count) >= write_no:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content)

    patch.setattr(os, "write", full)


@pytest.mark.parametrize("write_no", range(1, len(contents_of(2)) + 2))
def test_a_disk_full_at_any_write_leaves_the_version_before_and_nothing_else(write_no, published, monkeypatch):
    before = current(published)
    with monkeypatch.context() as patch:
        fill_the_disk_at(write_no, patch)
        with pytest.raises(Stop) as stop:
            publish(published, contents_of(2))
    assert_refused(stop.value, published.name, errno.ENOSPC)
    assert_only_the_version_before(published, before)
    assert numbers_told(publish(published, contents_of(2))) == [2, 2, 2]


@pytest.mark.rule("disk_full")
def test_a_disk_full_at_a_table_leaves_the_table_as_it_was(tmp_path, monkeypatch):
    store, key = RoundStore(tmp_path), RoundKey(PROGRAMME, 2022)
    row = {"programme": PROGRAMME, "year": 2022, "late_reports": "accept", "provenance": "synthetic"}
    row |= {"is_preliminary": False, "set_aside_count": 0, "set_aside_granted_sek": 0}
    days = dict.fromkeys(
        ("as_of_date", "known_date", "cost_period_start_date", "cost_period_end_date"), dt.date(2023, 1, 1)
    )
    table = pa.Table.from_pylist([row | days])
    store.write_round(key, "run", {"core_round": table})
    before = store.path(key, "run", "core_round").read_bytes()
    with monkeypatch.context() as patch:
        fill_the_disk_at(1, patch)
        with pytest.raises(Stop) as stop:
            store.write_round(key, "run", {"core_round": table.slice(0, 0)})
    assert_refused(stop.value, f"{PROGRAMME} 2022", errno.ENOSPC)
    assert store.path(key, "run", "core_round").read_bytes() == before
    assert leftovers(tmp_path) == []


def limit_files_to(byte_count: int) -> None:
    """Have the kernel refuse to let any file of this process grow further."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, byte_count))


def test_a_file_that_the_kernel_refuses_to_let_grow_leaves_the_version_before_and_nothing_else(published):
    before, contents = current(published), contents_of(2)

    def publish_in_too_little_room():
        limit_files_to(len(contents[DATABASE]) - 1)
        with pytest.raises(Stop) as stop:
            publish(published, contents)
        assert_refused(stop.value, published.name, errno.EFBIG)

    assert exit_code(forked(publish_in_too_little_room)) == 0
    assert_only_the_version_before(published, before)
    assert numbers_told(publish(published, contents)) == [2, 2, 2]


def test_a_warehouse_whose_database_does_not_fit_keeps_its_version_and_says_so(sample_warehouse, tmp_path):
    root = copied(sample_warehouse, tmp_path / "warehouse")
    before, files_before = current(root), digests(current(root))
    spanning = spanning_of(root)
    without_cells = spanning | {"out_table_cell": spanning["out_table_cell"].slice(0, 0)}
    room = (before / DATABASE).stat().st_size // 2

    def publish_in_too_little_room():
        limit_files_to(room)
        with pytest.raises(Stop) as stop:
            publish_rounds(root, without_cells, Unexamined())
        assert_refused(stop.value, root.name, errno.EFBIG)

    assert exit_code(forked(publish_in_too_little_room)) == 0
    assert current(root) == before
    assert digests(before) == files_before
    assert half_versions(root) == leftovers(root) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTE}", "statsbidrag-test", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip(f"no disk of its own may be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.rule("disk_full")
def test_a_really_full_disk_leaves_the_version_before_and_nothing_else(small_disk):
    root = small_disk / "warehouse"
    before = publish(root, contents_of(1))
    with pytest.raises(Stop) as stop:
        publish(root, contents_of(2) | {"reports/programme/large.html": bytes(MEGABYTE)})
    assert_refused(stop.value, root.name, errno.ENOSPC)
    assert_only_the_version_before(root, before)
    assert numbers_told(publish(root, contents_of(2))) == [2, 2, 2]

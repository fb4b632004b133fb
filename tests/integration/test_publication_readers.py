"""While versions are published, each reader has one whole version: the one that `current` named when it began."""

import functools
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from pipelines.warehouse.versions import KEPT_VERSIONS
from tests.integration.publishing import (
    contents_of,
    current,
    exit_code,
    forked,
    half_versions,
    leftovers,
    numbers_told,
    publish,
    versions,
    whole,
)

PUBLICATIONS = 40


@pytest.fixture
def readings(tmp_path: Path) -> Iterator[IO[str]]:
    """What a process finds that reads the current version again and again, one line a reading."""
    publish(tmp_path, contents_of(0))
    read_end, write_end = os.pipe()

    def read_on() -> None:
        while True:
            os.write(write_end, json.dumps(numbers_told(current(tmp_path))).encode() + b"\n")

    reader = forked(read_on)
    os.close(write_end)
    with os.fdopen(read_end) as lines:
        yield lines
        os.kill(reader, signal.SIGKILL)
    assert exit_code(reader) == -signal.SIGKILL, "the reader failed before it was ended"


@pytest.mark.parametrize(
    "number_of",
    [pytest.param(lambda turn: turn % 2, id="two versions in turn"), pytest.param(lambda turn: turn, id="all new")],
)
def test_a_reader_never_sees_a_mix_and_never_misses_a_file(number_of: Callable[[int], int], readings, tmp_path):
    turns = range(1, PUBLICATIONS + 1)
    seen = []
    for number in map(number_of, turns):
        publish(tmp_path, contents_of(number))
        # Wait for the reader, so that it is never as many versions behind as are kept.
        while seen[-1:] != [[number] * 3]:
            line = readings.readline()
            assert line, "the reader failed: see its traceback"
            seen.append(json.loads(line))
    assert [numbers for numbers in seen if len(set(numbers)) > 1] == []
    assert {numbers[0] for numbers in seen} >= set(map(number_of, turns))


def test_a_reader_may_go_on_while_all_but_one_of_the_kept_versions_are_published(tmp_path):
    resolved = publish(tmp_path, contents_of(0))
    for number in range(1, KEPT_VERSIONS):
        publish(tmp_path, contents_of(number))
    assert whole(resolved)
    publish(tmp_path, contents_of(KEPT_VERSIONS))
    assert len(versions(tmp_path)) == KEPT_VERSIONS


def test_a_reader_of_a_version_published_again_may_go_on_as_long(tmp_path):
    for number in range(KEPT_VERSIONS):
        long_ago = number
        os.utime(publish(tmp_path, contents_of(number)), (long_ago, long_ago))
    resolved = publish(tmp_path, contents_of(0))
    for number in range(KEPT_VERSIONS, 2 * KEPT_VERSIONS - 1):
        publish(tmp_path, contents_of(number))
        assert resolved.exists(), f"removed after {number - KEPT_VERSIONS + 1} later publications"
    assert whole(resolved)


def test_two_publishers_at_once_both_succeed_and_leave_whole_versions_only(tmp_path):
    def publish_all(numbers: range) -> None:
        for number in numbers:
            publish(tmp_path, contents_of(number))

    even, odd = range(0, PUBLICATIONS, 2), range(1, PUBLICATIONS, 2)
    children = [forked(functools.partial(publish_all, numbers)) for numbers in (even, odd)]
    assert list(map(exit_code, children)) == [0, 0]
    [last] = set(numbers_told(current(tmp_path)))
    assert last in {even[-1], odd[-1]}
    assert half_versions(tmp_path) == leftovers(tmp_path) == []

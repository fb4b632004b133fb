"""A published version that somebody has damaged is written again by the next run that gives the same figures."""

from pathlib import Path

import pytest

from pipelines.warehouse.layout import DATABASE, MANIFEST
from tests.integration.publishing import contents_of, current, numbers_told, publish

DAMAGES = {
    "deleted": lambda path: path.unlink(),
    "changed": lambda path: path.write_bytes(b"x"),
    "emptied": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("name", [*contents_of(1), MANIFEST])
def test_a_version_that_lost_a_file_is_written_again(name: str, tmp_path: Path) -> None:
    version = publish(tmp_path, contents_of(1))
    (version / name).unlink()
    assert publish(tmp_path, contents_of(1)) == version == current(tmp_path)
    assert (version / name).exists()
    assert numbers_told(version) == [1, 1, 1]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_version_with_a_damaged_file_is_written_again(damage: str, tmp_path: Path) -> None:
    version = publish(tmp_path, contents_of(1))
    DAMAGES[damage](version / DATABASE)
    publish(tmp_path, contents_of(1))
    assert (version / DATABASE).read_bytes() == contents_of(1)[DATABASE]


def test_a_version_that_is_whole_stays_as_it_was_written(tmp_path: Path) -> None:
    version = publish(tmp_path, contents_of(1))
    before = _written(version)
    publish(tmp_path, contents_of(1))
    assert _written(version) == before


def _written(version: Path) -> dict[str, int]:
    """When each file of a version was written; its manifest is written at every publication."""
    paths = [path for path in version.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.name: path.stat().st_mtime_ns for path in paths}

"""Same inputs, same bytes: wherever, whenever and in whichever order the rounds are run."""

from pathlib import Path

import pytest

from pipelines.warehouse.layout import MANIFEST, VALIDATION
from tests.integration.publishing import PROGRAMME, copied, current, digests, run_rounds, versions

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
"""Fourteen hours ahead, another character encoding, another order of sets than in `publishing.HERE`."""


def published_bytes(warehouse: Path) -> dict[str, str]:
    """The hash of every file of the current version but those that tell run ids, times and what was there before."""
    told = digests(current(warehouse))
    return {path: digest for path, digest in told.items() if path != MANIFEST and not path.startswith(VALIDATION)}


def assert_same_version(one: Path, other: Path) -> None:
    assert published_bytes(one) == published_bytes(other)
    assert current(one).name == current(other).name


def test_another_time_zone_locale_and_hash_seed_give_the_same_bytes(sample_warehouse, tmp_path):
    done = run_rounds("--programme", PROGRAMME, warehouse=tmp_path, examined=True, **ELSEWHERE)
    assert done.returncode == 0, done.stderr
    assert_same_version(tmp_path, sample_warehouse)


@pytest.mark.slow
def test_the_order_in_which_rounds_are_run_does_not_matter(sample_warehouse, tmp_path):
    for year in ("2023", "2022"):
        done = run_rounds("--programme", PROGRAMME, "--year", year, warehouse=tmp_path, examined=True)
        assert done.returncode == 0, done.stderr
    assert_same_version(tmp_path, sample_warehouse)


@pytest.mark.slow
def test_running_a_round_again_gives_no_new_version(sample_warehouse, tmp_path):
    again = copied(sample_warehouse, tmp_path / "again")
    done = run_rounds("--year", "2022", warehouse=again, examined=True)
    assert done.returncode == 0, done.stderr
    assert versions(again) == versions(sample_warehouse)
    assert_same_version(again, sample_warehouse)

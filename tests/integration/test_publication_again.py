"""The same figures published again, and a version that somebody damaged."""

import json
from pathlib import Path

import pytest

from pipelines.publication import DATABASE, MANIFEST
from tests.integration.publishing import contents_of, current, numbers_told, publish


def test_the_manifest_names_the_run_that_published_last(tmp_path: Path):
    first = publish(tmp_path, contents_of(1), "first")
    assert publish(tmp_path, contents_of(1), "second") == first
    assert json.loads((current(tmp_path) / MANIFEST).read_text("utf-8"))["run_id"] == "second"


@pytest.mark.parametrize("damaged", [DATABASE, "parquet/one.parquet", MANIFEST])
def test_a_version_that_was_damaged_is_written_again(damaged: str, tmp_path: Path):
    publish(tmp_path, contents_of(1))
    (current(tmp_path) / damaged).unlink()
    publish(tmp_path, contents_of(1))
    assert numbers_told(current(tmp_path)) == [1, 1, 1]
    assert (current(tmp_path) / MANIFEST).exists()

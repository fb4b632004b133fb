"""The same figures published again are the same version, and its manifest says who published it last."""

import json
from pathlib import Path

from pipelines.layout import MANIFEST
from tests.integration.publishing import contents_of, current, publish


def test_the_manifest_names_the_run_that_published_last(tmp_path: Path):
    first = publish(tmp_path, contents_of(1), "first")
    assert publish(tmp_path, contents_of(1), "second") == first
    assert json.loads((current(tmp_path) / MANIFEST).read_text("utf-8"))["run_id"] == "second"

"""The same figures published again are the same version, and its manifest says who published it last."""

import fcntl
import json
import os
from pathlib import Path

import pytest

from assets.received import RoundKey
from pipelines.reports.start.pages import shown, start_page
from pipelines.reports.validation import reports
from pipelines.warehouse.layout import MANIFEST, REFUSED, VERSIONS
from pipelines.warehouse.store import RoundStore
from pipelines.warehouse.versions import KEPT_VERSIONS
from tests.integration.publishing import contents_of, current, publish


def test_the_manifest_names_the_run_that_published_last(tmp_path: Path):
    first = publish(tmp_path, contents_of(1), "first")
    assert publish(tmp_path, contents_of(1), "second") == first
    assert json.loads((current(tmp_path) / MANIFEST).read_text("utf-8"))["run_id"] == "second"


def test_what_others_leave_among_the_versions_does_not_stop_a_publication(tmp_path: Path):
    publish(tmp_path, contents_of(1))
    for number in range(KEPT_VERSIONS + 1):
        stray = tmp_path / VERSIONS / f".DS_Store{number}"
        stray.touch()
        os.utime(stray, (1, 1))
    assert publish(tmp_path, contents_of(2)) == current(tmp_path)


def test_a_kept_version_of_a_programme_that_is_gone_stays_on_the_start_page(tmp_path: Path):
    version = publish(tmp_path, contents_of(1))
    manifest = json.loads((version / MANIFEST).read_text("utf-8"))
    gone = {"programme": "gone-programme", "year": 2020, "as_of_date": "2021-01-01"}
    (version / MANIFEST).write_text(json.dumps(manifest | {"rounds": [gone]}), "utf-8")
    assert "gone-programme" in start_page(shown(tmp_path, "sv"))


def test_a_run_that_withdraws_a_report_writes_the_start_page_under_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A publication removes what is being written beside it: the other run would end with a file that is not there."""
    (tmp_path / REFUSED).mkdir(parents=True)
    (tmp_path / REFUSED / "p-2023.sv.html").touch()
    written = []

    def write_start(root: Path) -> None:
        with (root / ".lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        written.append(root)

    monkeypatch.setattr(reports, "write_start", write_start)
    reports.ValidationReports(tmp_path, RoundStore(tmp_path)).withdraw(RoundKey("p", 2023))
    assert written == [tmp_path]

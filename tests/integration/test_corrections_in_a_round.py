"""The one correction of the sample, through a whole round: what it changes, from when on, and what it leaves alone."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from assets.received import RoundKey
from assets.tables import Tables
from pipelines.inquiries.computed import computed
from pipelines.readers.raw_folder import RawFolder
from tests.integration.command import ROOT

PROGRAMME = "stadigvarande-boende"
KEY = RoundKey(PROGRAMME, 2022)
TABLE_1 = {
    "landlords": 14,
    "within_county": 11,
    "within_municipality": 8,
    "outside_county": 4,
    "authority": 4,
    "civil_society": 1,
    "other_actor": 1,
}
"""As printed, of 17."""

WITHOUT = TABLE_1 | {"landlords": 13, "outside_county": 3, "authority": 3}
"""One recipient less where footnote 9 had it cooperate."""


def round_of(raw: Path, as_of: str = "") -> Tables:
    return computed(RawFolder(raw), KEY, dt.date.fromisoformat(as_of) if as_of else None)


def cooperation(tables: Tables) -> dict[str, tuple[int, int]]:
    rows = [row for row in tables["out_indicator"].to_pylist() if row["indicator"] == "cooperation"]
    return {row["option"]: (row["numerator"], row["denominator"]) for row in rows}


def of_17(counts: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {option: (count, 17) for option, count in counts.items()}


def listed(tables: Tables) -> dict[str, Any]:
    [row] = tables["core_correction"].to_pylist()
    return dict(row)


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """The received files with another log."""
    raw = Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))
    log = raw / PROGRAMME / "2022" / "corrections.yaml"
    text = log.read_text("utf-8")
    assert old in text
    log.write_text(text.replace(old, new), "utf-8")
    return raw


@pytest.fixture(scope="module")
def corrected() -> Tables:
    return round_of(ROOT / "raw")


def test_table_1_is_the_printed_one_once_the_answer_is_corrected(corrected: Tables):
    assert cooperation(corrected) == of_17(TABLE_1)


def test_before_its_date_the_correction_is_listed_and_not_known():
    """The recipient answered that it cooperated with nobody: an answer, so the base stays 17."""
    tables = round_of(ROOT / "raw", as_of="2023-02-28")
    assert cooperation(tables) == of_17(WITHOUT)
    assert listed(tables)["effect"] == "not_yet_known"
    assert {row["corrected_count"] for row in tables["core_row"].to_pylist()} == {0}


@pytest.mark.parametrize("status", ["proposed", "withdrawn"])
def test_a_correction_that_is_not_applied_is_listed_and_changes_nothing(status: str, tmp_path: Path):
    tables = round_of(edited(tmp_path, "status: applied", f"status: {status}"))
    assert cooperation(tables) == of_17(WITHOUT)
    assert (listed(tables)["effect"], listed(tables)["source_row"]) == (status, 20)


def test_what_was_received_stays_as_it_was_and_the_row_says_that_it_is_corrected(corrected: Tables):
    raw = {(row["source_file"], row["source_row"]): row["cells"] for row in corrected["raw_row"].to_pylist()}
    assert "Ingen samverkan" in raw[f"{PROGRAMME}/2022/aterrapport-2022.csv", 20]
    rows = [row["source_row"] for row in corrected["core_row"].to_pylist() if row["corrected_count"]]
    assert rows == [20]
    assert listed(corrected)["recipient_code"] == "9917"


def test_the_log_is_among_the_files_that_were_read(corrected: Tables, tmp_path: Path):
    def digest(tables: Tables) -> list[str]:
        return [row["sha256"] for row in tables["core_source_file"].to_pylist() if row["form"] == "corrections"]

    assert len(digest(corrected)) == 1
    assert digest(round_of(edited(tmp_path, "by: Handläggare Exempel", "by: En annan"))) != digest(corrected)


def test_a_correction_counts_that_was_made_after_the_day_that_the_figures_are_as_of(corrected: Tables, tmp_path: Path):
    [before] = corrected["core_round"].to_pylist()
    [after] = round_of(edited(tmp_path, "date: 2023-03-01", "date: 2024-08-01"))["core_round"].to_pylist()
    assert [str(each["as_of_date"]) for each in (before, after)] == ["2024-07-31", "2024-07-31"]
    assert [str(each["known_date"]) for each in (before, after)] == ["2024-07-31", "2024-08-01"]

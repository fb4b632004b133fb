"""`statsbidrag reply`: receipts from the published version, into a new folder, or one sentence why not."""

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.reports.validation.paths import refused_path
from pipelines.warehouse.layout import CURRENT, inside_of
from tests.integration.command import Done, statsbidrag

PROGRAMME = "stadigvarande-boende"


def replying(warehouse: Path, out: Path, *more: str, year: int = 2022) -> Done:
    asked = ("--programme", PROGRAMME, "--year", str(year), "--out", out, "--warehouse", warehouse)
    return statsbidrag("reply", *asked, *more)


@pytest.fixture
def own(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the sample's warehouse, to be damaged."""
    return Path(shutil.copytree(sample_warehouse, tmp_path / "warehouse", symlinks=True))


def test_every_recipient_that_does_not_exist_gets_a_page_and_a_workbook(sample_warehouse: Path, tmp_path: Path) -> None:
    done = replying(sample_warehouse, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(f"kvitto-{9900 + n}.{kind}" for n in range(1, 18) for kind in ("html", "xlsx"))
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "out").iterdir())
    page = (tmp_path / "out/kvitto-9904.html").read_text("utf-8")
    assert "EXEMPEL – mottagaren finns inte" in page
    assert "http:" not in page
    book = CalamineWorkbook.from_path(tmp_path / "out/kvitto-9904.xlsx")
    assert book.sheet_names == ["Så har vi förstått", "Era svar"]
    rows = book.get_sheet_by_name("Era svar").to_python()
    assert rows[0][0] == "EXEMPEL – mottagaren finns inte"
    assert ["Hur mycket av statsbidraget har kommunen inte använt?", "17 799 kr"] in [row[:2] for row in rows]


def test_one_recipient_in_english(sample_warehouse: Path, tmp_path: Path) -> None:
    done = replying(sample_warehouse, tmp_path / "out", "--recipient", "exempelkommun 07", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["receipt-9907.html", "receipt-9907.xlsx"]
    assert '<html lang="en">' in (tmp_path / "out/receipt-9907.html").read_text("utf-8")


def test_the_same_receipt_has_the_same_bytes(sample_warehouse: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert replying(sample_warehouse, tmp_path / name, "--recipient", "9917").returncode == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_a_real_recipient_gets_none_and_a_folder_in_use_is_left(sample_warehouse: Path, tmp_path: Path) -> None:
    done = replying(sample_warehouse, tmp_path / "out", year=2023)
    assert "Inget kvitto skrevs." in done.stdout
    assert not (tmp_path / "out").exists()
    (tmp_path / "mine").write_text("mine", "utf-8")
    assert "inte tom" in replying(sample_warehouse, tmp_path).stderr


@pytest.mark.rule("version_damaged")
def test_a_version_that_is_not_as_it_was_published_is_refused(own: Path, tmp_path: Path) -> None:
    table = inside_of((own / CURRENT).resolve()) / "parquet/core_row.parquet"
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)
    done = replying(own, tmp_path / "out")
    assert (done.returncode != 0, len(done.stderr.splitlines())) == (True, 1)
    assert (own / CURRENT).resolve().name in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.rule("reply_round_stopped")
def test_a_round_whose_latest_run_was_stopped_has_no_receipts(own: Path, tmp_path: Path) -> None:
    report = own / refused_path(PROGRAMME, 2022, "sv")
    report.parent.mkdir(exist_ok=True)
    report.write_text("stopped", "utf-8")
    done = replying(own, tmp_path / "out")
    assert done.returncode != 0
    assert "Den senaste körningen av stadigvarande-boende 2022 stoppades" in done.stderr
    assert str(report) in done.stderr


def test_a_round_that_is_not_published_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = replying(tmp_path, tmp_path / "out")
    assert done.returncode != 0
    assert "2022 är inte publicerad i lagret" in done.stderr

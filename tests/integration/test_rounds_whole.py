"""A round is accepted whole or not at all: a failed run leaves nothing in what is published, now or later."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.readers.raw_folder import CARD
from tests.integration.publishing import PROGRAMME, ROOT, copied, current, digests, rows, run_rounds

NBSP = "\N{NO-BREAK SPACE}".encode("cp1252")
PRINTED_2022, PRINTED_2023 = 3_500_000, 30_000_000
"""Available funds, as printed in the source document."""

LESS_THAN_GRANTED, MORE_IN_2023 = 1_000, 31_000_000


class Ran(NamedTuple):
    """A warehouse after a run, what the run said, and the published files before and after it."""

    warehouse: Path
    done: subprocess.CompletedProcess[str]
    before: dict[str, str]
    after: dict[str, str]


def run_on(warehouse: Path, year: int, raw: Path) -> Ran:
    before = digests(current(warehouse))
    done = run_rounds("--programme", PROGRAMME, "--year", str(year), warehouse=warehouse, raw=raw)
    return Ran(warehouse, done, before, digests(current(warehouse)))


def replace(path: Path, content: bytes) -> None:
    """Put another file in its place and bring its source card in line."""
    old, new = (hashlib.sha256(one).hexdigest() for one in (path.read_bytes(), content))
    card = path.with_name(path.name + CARD)
    text = card.read_text("utf-8")
    assert old in text
    path.write_bytes(content)
    card.write_text(text.replace(old, new), "utf-8")


def printed(amount: int) -> bytes:
    """An amount as the export writes it."""
    return f"{amount:,}".encode().replace(b",", NBSP)


def set_funds(raw: Path, year: int, old: int, new: int) -> None:
    path = raw / PROGRAMME / str(year) / f"medel-{year}.csv"
    content = path.read_bytes()
    assert content.count(printed(old)) == 1
    replace(path, content.replace(printed(old), printed(new)))


def funds(warehouse: Path) -> dict[int, int]:
    return dict(rows(current(warehouse), "SELECT year, available_sek FROM out_funds_by_year"))


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a failed run that says why."""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The received files, but: 2022 granted more than there was, and 2023 had a million more."""
    folder = shutil.copytree(ROOT / "raw", tmp_path_factory.mktemp("received") / "raw")
    set_funds(folder, 2022, PRINTED_2022, LESS_THAN_GRANTED)
    set_funds(folder, 2023, PRINTED_2023, MORE_IN_2023)
    return folder


@pytest.fixture(scope="module")
def after_a_failed_check(raw: Path, sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Both rounds were published well, and then a blocking check of 2022 failed."""
    return run_on(copied(sample_warehouse, tmp_path_factory.mktemp("checked") / "warehouse"), 2022, raw)


@pytest.fixture(scope="module")
def after_a_damaged_file(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Both rounds were published well, and then a workbook of 2023 came that had been cut off."""
    folder = tmp_path_factory.mktemp("damaged")
    raw = shutil.copytree(ROOT / "raw", folder / "raw")
    workbook = raw / PROGRAMME / "2023" / "beslut-2023.xlsx"
    content = workbook.read_bytes()
    replace(workbook, content[: len(content) // 2])
    return run_on(copied(sample_warehouse, folder / "warehouse"), 2023, raw)


@pytest.mark.rule("check_failed")
def test_a_failed_check_ends_the_run_in_one_sentence(after_a_failed_check):
    said = complaint(after_a_failed_check.done)
    assert after_a_failed_check.done.returncode == 1
    assert f"{PROGRAMME} 2022: kontrollen ”Mer beviljat än disponibelt” gick inte igenom (1 st.)" in said
    assert "Traceback" not in after_a_failed_check.done.stderr


def test_a_failed_check_leaves_what_is_published_as_it_was(after_a_failed_check):
    assert after_a_failed_check.after == after_a_failed_check.before


@pytest.mark.rule("file_unreadable")
def test_a_damaged_file_ends_the_run_in_one_sentence(after_a_damaged_file):
    said = complaint(after_a_damaged_file.done)
    assert after_a_damaged_file.done.returncode == 1
    assert f"{PROGRAMME}/2023/beslut-2023.xlsx kan inte läsas" in said
    assert "Traceback" not in after_a_damaged_file.done.stderr


def test_a_damaged_file_leaves_what_is_published_as_it_was(after_a_damaged_file):
    assert after_a_damaged_file.after == after_a_damaged_file.before


def test_the_next_good_run_of_another_round_publishes_nothing_of_the_failed_one(after_a_failed_check, raw):
    assert funds(after_a_failed_check.warehouse) == {2022: PRINTED_2022, 2023: PRINTED_2023}
    good = run_on(after_a_failed_check.warehouse, 2023, raw)
    assert good.done.returncode == 0, good.done.stderr
    assert funds(good.warehouse) == {2022: PRINTED_2022, 2023: MORE_IN_2023}

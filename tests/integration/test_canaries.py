"""Nothing personal leaves: names and numbers are planted wherever a sender can write, and none is found outside.

Outside is all but the restricted store and the pages of the house: tables, database, reports, evidence, index, what a
run prints, and everything that Dagster keeps.
"""

import csv
import hashlib
import io
import itertools
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from schemas.tables import PUBLISHED
from tests.integration.publishing import PROGRAMME, ROOT, current, inside, run_rounds, whole_table

YEAR = "2022"
BIRD = "Kanariefågel"
NUMBERS = ("19121212-1212", "121212+1212", "１２１２１２-1212", "070-123 45 67", "kanarie@exempel.se", "1212121212")
"""Written in every canary by turns; the bird itself is a name, which no search could find."""

CARD = ("sender", "note", "date_note")
TELLS_A_TEST = "Status"
"""The reports that are sown are tests, so that not too much of the round is set aside for it to be published."""

BOOK = "xl/workbook.xml"
DELIMITERS = {"aterrapport-2022.csv": ","}


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def planted_in_text(path: Path, canaries: Iterator[str]) -> None:
    """A canary in each field, of a row each, below the others; in the header of a new column, and in a cell of it."""
    content = path.read_bytes()
    text = decoded(content)
    delimiter = DELIMITERS.get(path.name, ";")
    header, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    places = [at for at, name in enumerate(header) if name != TELLS_A_TEST]
    sown = [[*rows[0][:at], next(canaries), *rows[0][at + 1 :], ""] for at in places]
    written = io.StringIO()
    table = [[*header, next(canaries)], *([*row, ""] for row in rows), *sown, [*rows[0], next(canaries)]]
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    path.write_bytes(written.getvalue().encode("utf-8-sig"))


def planted_in_workbook(path: Path, canaries: Iterator[str]) -> None:
    """A canary as the name of every sheet."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    named = re.sub(r'(<sheet [^>]*?name=")[^"]*', lambda found: found[1] + next(canaries)[:31], parts[BOOK].decode())
    with zipfile.ZipFile(path, "w") as book:
        for name, part in (parts | {BOOK: named.encode()}).items():
            book.writestr(name, part)


def planted_in_card(path: Path, canaries: Iterator[str]) -> None:
    card = yaml.safe_load(path.read_text("utf-8"))
    content = path.with_name(path.name.removesuffix(".card.yaml")).read_bytes()
    card |= {name: next(canaries) for name in CARD} | {"sha256": hashlib.sha256(content).hexdigest()}
    path.write_text(yaml.safe_dump(card, allow_unicode=True), "utf-8")


def planted_in_log(path: Path, canaries: Iterator[str]) -> None:
    log = yaml.safe_load(path.read_text("utf-8"))
    log["corrections"][0] |= {"reason": next(canaries), "by": next(canaries)}
    path.write_text(yaml.safe_dump(log, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A warehouse whose one round was sown with canaries, and what the run printed."""
    root = tmp_path_factory.mktemp("sown")
    folder = root / "raw" / PROGRAMME / YEAR
    shutil.copytree(ROOT / "raw/reference", root / "raw/reference")
    shutil.copytree(ROOT / "raw" / PROGRAMME / YEAR, folder)
    canaries = (f"{BIRD} {number}" for number in itertools.cycle(NUMBERS))
    for path in sorted(folder.glob("*.csv")):
        planted_in_text(path, canaries)
    for path in sorted(folder.glob("*.xlsx")):
        planted_in_workbook(path, canaries)
    for path in sorted(folder.glob("*.card.yaml")):
        planted_in_card(path, canaries)
    planted_in_log(folder / "corrections.yaml", canaries)
    done = run_rounds(
        "--programme", PROGRAMME, "--year", YEAR, warehouse=root / "warehouse", raw=root / "raw", examined=True
    )
    return root / "warehouse", f"{done.stdout}{done.stderr}"


def sung(text: str) -> list[str]:
    """The canaries that a text holds."""
    return [each for each in (BIRD, *NUMBERS) if each.casefold() in text.casefold()]


def outside(warehouse: Path) -> list[Path]:
    """Every file that is not for the house alone."""
    kept = (warehouse / "store", warehouse / "inside")
    return [
        path for path in warehouse.rglob("*") if path.is_file() and not any(path.is_relative_to(each) for each in kept)
    ]


def unpacked(path: Path) -> str:
    """What a file holds, of a workbook what its parts hold."""
    if path.suffix != ".xlsx":
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_the_round_was_published_and_the_house_sees_what_was_sown(sown):
    warehouse, printed = sown
    assert (current(warehouse) / "manifest.json").exists(), printed
    pages = "".join(path.read_text("utf-8") for path in inside(warehouse).glob("validation/*.html"))
    assert BIRD in pages
    assert BIRD in "".join(map(str, whole_table(warehouse, "core_source_file").to_pylist()))


def test_no_file_that_is_published_or_kept_beside_it_holds_any(sown):
    warehouse, _ = sown
    there = outside(warehouse)
    assert {path.name for path in there} >= {"statsbidrag.sqlite", "manifest.json", "index.html", "runs.db"} - {
        "runs.db"
    }
    assert any(path.suffix == ".xlsx" for path in there)
    found = {path.relative_to(warehouse): sung(unpacked(path)) for path in there}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_no_column_of_a_published_table_holds_any(sown):
    """Parquet is compressed: it is read."""
    warehouse, _ = sown
    for name in PUBLISHED:
        assert sung(str(pq.read_table(current(warehouse) / f"parquet/{name}.parquet").to_pydict())) == [], name


def test_nothing_that_a_run_prints_holds_any(sown):
    _, printed = sown
    assert sung(printed) == []


def test_the_folders_of_the_house_are_closed_to_others(sown):
    warehouse, _ = sown
    assert {(warehouse / name).stat().st_mode & 0o077 for name in ("store", "inside")} == {0}

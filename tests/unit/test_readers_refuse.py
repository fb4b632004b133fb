"""Bad input: refused with one sentence, in a second, and with what it costs bounded."""

import json
import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.received import RoundKey
from pipelines import settings
from pipelines.readers import raw_folder, snapshot
from pipelines.readers.limits import Limits, limits
from pipelines.readers.nested_file import read_nested
from pipelines.readers.raw_folder import RawFolder
from pipelines.readers.snapshot import content_of
from pipelines.readers.text_file import read_text
from pipelines.readers.unreadable import Unreadable
from pipelines.readers.workbook import read_workbook
from tests.stops import stops_by
from tests.unit.workbooks import ods_of, ods_value, xlsx, xlsx_of, zipped

ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'
LONG = f"<si><t>{'x' * 900_000}</t></si>"
REFERS = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 400))
SHEET = '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
CELL = ods_value("float", 'office:value="1"').replace("<table:table-cell", "<table:table-cell {}", 1)


def protected() -> bytes:
    """A workbook whose parts are marked as encrypted."""
    content = bytearray(xlsx([["a"]]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 1)
    return bytes(content)


WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one cell far down and right": (
        lambda: xlsx_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "too_many_positions",
    ),
    "few cells far apart": (
        lambda: xlsx_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="200"><c r="JJJ200"><v>1</v></c></row>'),
        "too_sparse",
    ),
    "a column that no sheet has": (lambda: xlsx_of('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "too_wide"),
    "a long text in many cells": (lambda: xlsx_of(REFERS, shared=LONG), "too_many_characters"),
    "a cell of a million characters": (
        lambda: xlsx_of(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 1_000_001}</t></is></c></row>'),
        "cell_too_long",
    ),
    "entities": (lambda: xlsx_of("", more={"xl/blad/ett.xml": SHEET.format(ENTITY)}), "xml_dtd"),
    "a cell twice": (
        lambda: xlsx_of('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "cell_twice",
    ),
    "a path out of it": (lambda: xlsx_of("", more={"../../etc/passwd": "x"}), "zip_path"),
    "another format": (lambda: zipped({"xl/workbook.bin": "x"}), "xlsb"),
    "a password": (protected, "workbook_locked"),
    "rows without end": (
        lambda: ods_of(f'<table:table-row table:number-rows-repeated="900000">{ods_cells(1000)}</table:table-row>'),
        "too_many_positions",
    ),
    "cells without end": (
        lambda: ods_of(f'<table:table-row table:number-rows-repeated="6000">{ods_cells(1000)}</table:table-row>'),
        "too_many_cells",
    ),
    "spaces without end": (
        lambda: ods_of(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>a'
            '<text:s text:c="900000000"/></text:p></table:table-cell></table:table-row>'
        ),
        "cell_too_long",
    ),
    "entities in ODS": (lambda: ods_of("", document_type=ENTITY.replace("x", "y")), "xml_dtd"),
    "a locked ODS": (
        lambda: ods_of("", locked="<manifest:encryption-data/>"),
        "workbook_locked",
    ),
    "text": (lambda: b"Namn;Tal\n", "no_workbook"),
    "half a workbook": (lambda: xlsx([["a"]])[:400], "damaged"),
    "markup without end": (
        lambda: xlsx_of("", more={"xl/blad/ett.xml": SHEET.format("").replace("/>", " " + "<c " * 100_000)}),
        "damaged",
    ),
}


def ods_cells(count: int) -> str:
    return CELL.format(f'table:number-columns-repeated="{count}"')


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_workbook_that_costs_too_much_or_hides_something_is_refused_at_once(kind: str):
    make, reason = WORKBOOKS[kind]
    content = make()
    began = time.process_time()
    with pytest.raises(Unreadable) as raised:
        read_workbook(content)
    assert raised.value.why.name == reason
    assert time.process_time() - began < 1
    for language in ("sv", "en"):
        assert not set("\n{}") & set(raised.value.why.sentence(language))


def test_a_sheet_that_claims_seventeen_billion_cells_and_holds_one_is_read():
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    [sheet] = read_workbook(xlsx_of(row, around='<dimension ref="A1:XFD1048576"/>'))
    assert sheet.rows == [[1]]


def test_markup_that_kept_a_pattern_busy_for_days_is_read():
    """One cell with a long attribute: what it took to search it grew with the square of its length, or worse."""
    [sheet] = read_workbook(xlsx_of(f'<row r="1"><c r="A1" s="{"0" * 50_000}" t="n"><v>1</v></c></row>'))
    assert sheet.rows == [[1]]


def wide(columns: int, rows: int, cell: str = "") -> bytes:
    return (";".join([cell] * columns) + "\n" + f"{cell}\n" * rows).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (wide(50_000, 25_000), "too_wide"),
        (wide(16_000, 25_000), "too_many_positions"),
        (wide(1_000, 1_900, "x"), None),
        (wide(16_000, 100), "too_sparse"),
        (b"a;" + b"x" * 1_000_001 + b"\n", "cell_too_long"),
    ],
)
def test_a_text_that_would_be_padded_to_billions_of_cells_is_refused(content: bytes, reason: str | None):
    if reason is None:
        assert len(read_text(content)[0].rows) == 1_901
        return
    with pytest.raises(Unreadable, match=reason):
        read_text(content)


def test_what_stands_around_submissions_is_not_copied_without_end():
    content = json.dumps({"sent": "x" * 100_000, "l": [{"a": 1}] * 50_000})
    with pytest.raises(Unreadable, match="too_many_characters"):
        read_nested(content.encode(), ".json")


# -- files ----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("file_unreadable")
def test_what_is_no_regular_file_is_refused_and_does_not_keep_us_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").symlink_to("/etc/hostname")
    for name, why in (("a.csv", "ingen vanlig fil"), ("b.csv", "en länk")):
        with stops_by("file_unreadable", where=f"p/{name}", todo=why):
            content_of(tmp_path / name, f"p/{name}")


@pytest.mark.rule("file_unreadable")
def test_a_folder_that_is_a_link_out_of_the_raw_folder_is_not_followed(tmp_path: Path):
    outside, raw = tmp_path / "outside", tmp_path / "raw"
    (raw / "p").mkdir(parents=True)
    outside.mkdir()
    (outside / "a.csv").write_text("Kommun;Tal\n1;2\n", "utf-8")
    (raw / "p" / "2024").symlink_to(outside)
    with stops_by("file_unreadable", where="p/2024/a.csv", todo="en länk"):
        RawFolder(raw).files(RoundKey("p", 2024))


@pytest.mark.rule("file_unreadable")
@pytest.mark.parametrize("change", [b"Kommun;Tal\n1;2\n3;4\n", b"Kommun;Tal\n1;3\n"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    change: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Kommun;Tal\n1;2\n")
    os.utime(path, (0, 0))

    def changing(descriptor: int, most: int) -> bytes:
        path.write_bytes(change)
        return os.read(descriptor, most)

    monkeypatch.setattr(snapshot, "_read", changing)
    with stops_by("file_unreadable", where="a.csv", todo="filen ändrades medan den lästes"):
        content_of(path, "a.csv")


@pytest.mark.rule("file_unreadable", holds=True)
def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(settings.LIMITS, "text_mib=1")
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 1024 * 1024)
    assert len(content_of(path, "a.csv")) == 1024 * 1024
    path.write_bytes(b"x" * (1024 * 1024 + 1))
    with stops_by("file_unreadable", where="a.csv", todo="större än 1 MB"):
        content_of(path, "a.csv")


def test_a_file_is_read_once_and_what_is_read_is_what_was_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Somebody puts another file in its place as soon as it was read."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx([["först"]]))

    def then_replaced(path: Path, name: str) -> bytes:
        content = content_of(path, name)
        path.write_bytes(xlsx([["sedan"]]))
        return content

    monkeypatch.setattr(raw_folder, "content_of", then_replaced)
    read = raw_folder.read_export(path, "a.xlsx", lambda _: raw_folder.assumed_card("a"))
    assert read.sheets[0].rows == [["först"]]


# -- settings -------------------------------------------------------------------------------------------------------
def test_limits_are_changed_one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(settings.LIMITS, "text_mib=512, child_seconds = 120")
    assert limits() == Limits(text_mib=512, child_seconds=120)
    monkeypatch.delenv(settings.LIMITS)
    assert limits() == Limits()


@pytest.mark.rule("limits_unfit")
@pytest.mark.parametrize(
    "setting", ["text=5", "text_mib", "text_mib=0", "text_mib=-1", "text_mib=x", "width=5,colour=1"]
)
def test_a_setting_that_is_no_limit_is_one_sentence(setting: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(settings.LIMITS, setting)
    with stops_by("limits_unfit", where=settings.LIMITS, todo="heltal från 1"):
        limits()


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipelines.readers.child.START", "import time; time.sleep(30)")
    monkeypatch.setenv(settings.LIMITS, "child_seconds=1")
    began, alive = time.monotonic(), threading.active_count()
    with pytest.raises(Unreadable, match="too_slow"):
        read_workbook(b"x")
    assert time.monotonic() - began < 5
    assert threading.active_count() <= alive


def test_a_child_that_answers_without_end_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipelines.readers.child.START", "import sys\nwhile True: sys.stdout.write('1' * 65536)")
    monkeypatch.setenv(settings.LIMITS, "characters=100000,grid=100000")
    with pytest.raises(Unreadable, match="too_many_characters"):
        read_workbook(b"x")


def test_an_archive_with_a_password_says_so():
    locked = bytearray(zipped({"a.xml": "<a/>"}))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="archive_locked"):
        read_nested(bytes(locked), ".zip")


def test_the_page_about_reading_lists_every_limit_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| (\d+) \|$", page, re.MULTILINE))
    assert told == {name: str(value) for name, value in vars(Limits()).items()}

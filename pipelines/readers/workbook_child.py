"""Runs alone in a child process: reads one workbook, and answers each sheet's rows and what is marked in it.

Values come from python-calamine, for XLS from xlrd. A cell is answered with its type: text, whole numbers, true and
false as JSON has them, and `[letter, text]` where JSON has no type: n a decimal number, d a date, t a point in time.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Iterator
from posixpath import isabs
from typing import TYPE_CHECKING, Any

from pipelines.readers import workbook_ods, workbook_xls, workbook_xlsx
from pipelines.readers.confined import MIB, Counted, Refused, run
from pipelines.readers.workbook_marks import ERROR, Marks, rows_with

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook that is locked by a password calls the rest of itself."""

MILLISECOND = dt.timedelta(milliseconds=1)
"""By so much a time of day may miss a second, since a workbook has it as a part of a day."""


def read(content: bytes, most: Any) -> Iterator[Any]:  # noqa: ANN401 - limits by their names
    """Every sheet: what it is called, its rows, and what is marked in it. Raises: Refused."""
    counted = Counted(most)
    if content.startswith(ZIP):
        yield from _zipped(content, counted)
    elif content.startswith(OLE):
        if LOCKED in content:
            raise Refused("workbook_locked")
        for name, is_hidden, rows, marks in workbook_xls.sheets(content, counted):
            yield from _answers(name, rows, marks, is_hidden=is_hidden)
    else:
        raise Refused("no_workbook")


def _zipped(content: bytes, counted: Counted) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only after the limits are set

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_unfit(archive.infolist(), counted.most)
        names = archive.namelist()
        if "xl/workbook.bin" in names:
            raise Refused("xlsb")
        if workbook_ods.CONTENT in names:
            found: list[tuple[str | None, bool, Marks | None]] = [
                (None, False, marks) for marks in workbook_ods.sheets(archive, counted)
            ]
        else:
            found = [(part.name, part.is_hidden, marks) for part, marks in workbook_xlsx.sheets(archive, counted)]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if len(found) != len(book.sheet_names):
        raise Refused("damaged")
    for number, (name, is_hidden, marks) in enumerate(found):
        metadata = book.sheets_metadata[number]
        if marks is not None:
            hides = is_hidden or "Visible" not in str(metadata.visible).rpartition(".")[2]
            sheet = book.get_sheet_by_index(number)
            yield from _answers(name or metadata.name, _values(sheet, marks), marks, is_hidden=hides)


def _refuse_unfit(parts: list[zipfile.ZipInfo], most: Any) -> None:  # noqa: ANN401 - limits by their names
    """Raises: Refused: too many parts, too large or locked ones, or one that would lie outside of the workbook."""
    if len(parts) > most.archive_files:
        raise Refused("too_many_files", most.archive_files)
    if sum(part.file_size for part in parts) > most.unzipped_mib * MIB:
        raise Refused("too_large", most.unzipped_mib)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("workbook_locked")
    names = [part.filename.replace("\\", "/") for part in parts]
    if any(isabs(name) or ".." in name.split("/") for name in names):
        raise Refused("zip_path")
    if len(set(names)) < len(names):
        raise Refused("damaged")


def _values(sheet: CalamineSheet, marks: Marks) -> Iterator[list[Any]]:
    """Every row from the first of the sheet, every cell from its first column."""
    if sheet.start is None:
        return
    before = [None] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows()):
        yield before + [_checked(value, number, len(before) + at, marks) for at, value in enumerate(row)]


def _checked(value: Any, row: int, column: int, marks: Marks) -> Any:  # noqa: ANN401 - a cell holds anything
    if isinstance(value, float) and not math.isfinite(value):
        marks.odd(row, column, ERROR)
        return None
    return None if value == "" else value


def _answers(name: str, rows: Any, marks: Marks, *, is_hidden: bool) -> Iterator[Any]:  # noqa: ANN401 - iterable
    yield {"sheet": name, "is_hidden": is_hidden}
    for row in rows_with(marks, iter(rows)):
        yield [coded(value) for value in row]
    yield {"marks": marks.told()}


def coded(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """A cell as JSON has it. What is neither text, number, truth nor date becomes text: times of day, spans of time."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else ["n", repr(value)]
    if isinstance(value, dt.datetime):
        return ["t", _rounded(value).isoformat(" ")]
    if isinstance(value, dt.date):
        return ["d", value.isoformat()]
    return value.isoformat() if isinstance(value, dt.time) else str(value)


def _rounded(moment: dt.datetime) -> dt.datetime:
    """To the second that it misses by less than a millisecond, but never to another day: that may be a deadline."""
    down = moment.replace(microsecond=0)
    up = down + dt.timedelta(seconds=1)
    near = [each for each in (down, up) if abs(each - moment) <= MILLISECOND and each.date() == moment.date()]
    return near[0] if near else moment


def main() -> None:
    """Answer what the workbook on the standard input holds."""
    run(read)

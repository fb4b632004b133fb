"""How an export looks as bytes: the separated files of form tools and the workbook of a case system."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.sample.forms import Cell, Row

NO_BREAK_SPACE = "\u00a0"
COLUMN_WIDTH = 22
SHEET = "Beslut"


@dataclass(frozen=True)
class CsvLook:
    """What differs between the tools that write separated files."""

    delimiter: str
    encoding: str
    amount: Callable[[int], str] = str

    def text(self, cell: Cell) -> str:
        """One cell as this tool prints it; what is not known is an empty cell."""
        if cell is None:
            return ""
        return self.amount(cell) if isinstance(cell, int) else str(cell)


def grouped(amount: int, separator: str) -> str:
    """An amount in groups of three digits, as Swedish tools print it."""
    return f"{amount:,}".replace(",", separator)


def csv_bytes(rows: Iterable[Row], look: CsvLook) -> bytes:
    """A separated file with the line ends of Windows, which the tools of the agency run on."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=look.delimiter, lineterminator="\r\n")
    writer.writerows([look.text(cell) for cell in row] for row in rows)
    return text.getvalue().encode(look.encoding)


def workbook_bytes(title: Sequence[str], header: Sequence[str], body: Sequence[Row], *, created: date) -> bytes:
    """A workbook of one sheet: title block, header row, data (the last row may be a total)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime.combine(created, time())})
    rows = [*([line] for line in title), header, *body]
    _fill(book.add_worksheet(SHEET), rows, book.add_format({"num_format": "#,##0"}))
    book.close()
    return _stored(buffer.getvalue())


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]], amounts: Format) -> None:
    sheet.set_column(0, max(map(len, rows)) - 1, COLUMN_WIDTH)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, amounts)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell)


def _stored(packed: bytes) -> bytes:
    """The same archive uncompressed: compressors write differently, version by version."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target,
    ):
        for entry in source.infolist():
            plain = zipfile.ZipInfo(entry.filename)
            plain.create_system = 0
            target.writestr(plain, source.read(entry))
    return buffer.getvalue()

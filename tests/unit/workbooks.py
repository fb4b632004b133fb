"""Workbooks made by hand, part by part, as programs write them that no library here imitates: XLSX, ODS and XLS."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from assets.received import Cell

Table = Sequence[Sequence[Cell]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


# -- XLSX -----------------------------------------------------------------------------------------------------------
def xlsx(table: Table) -> bytes:
    """A table in the first sheet, as XlsxWriter writes it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("Blad")
        for number, row in enumerate(table):
            for at, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, at, cell)
                elif isinstance(cell, str):
                    sheet.write_string(number, at, cell)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(number, at, cell, moment if isinstance(cell, dt.datetime) else day)
                elif cell is not None:
                    sheet.write_number(number, at, float(cell))
    return content.getvalue()


def xlsx_of(  # noqa: PLR0913 - one argument per part
    rows: str,
    *,
    around: str = "",
    below: str = "",
    shared: str = "",
    book: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet, of which only the rows are told, as XML; its parts lie where few programs put them.

    Args: around: what stands before the rows. below: after them. shared: shared texts. book: in the workbook, after the
    sheets. more: other parts.
    """
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="/xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
            f'r:id="r7"/></sheets>{book}</workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r7" '
            f'Type="{OFFICE}/worksheet" Target="blad/ett.xml"/><Relationship Id="r8" Type="{OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
            "xl/blad/ett.xml": f'<worksheet xmlns="{MAIN}">{around}<sheetData>{rows}</sheetData>{below}</worksheet>',
            **(more or {}),
        }
    )


# -- ODS ------------------------------------------------------------------------------------------------------------
SPACES = (
    "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods_of(rows: str, *, document_type: str = "", locked: str = "") -> bytes:
    """A spreadsheet of one sheet, of which only the rows (and columns) are told, as XML."""
    return zipped(
        {
            "mimetype": MIME,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{MIME}">{locked}</manifest:file-entry></manifest:manifest>',
            "content.xml": f'<?xml version="1.0"?>{document_type}<office:document-content{SPACES}><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def ods(table: Table) -> bytes:
    """A table in the first sheet."""
    rows = ("".join(map(_ods_cell, row)) for row in table)
    return ods_of("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return ods_value("boolean", f'office:boolean-value="{str(cell).lower()}"')
    if isinstance(cell, str):
        lines = (f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{"".join(lines)}</table:table-cell>'
    if isinstance(cell, dt.date):
        return ods_value("date", f'office:date-value="{cell.isoformat()}"')
    return ods_value("float", f'office:value="{cell}"')


def ods_value(kind: str, value: str, text: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{text}</text:p></table:table-cell>'


# -- XLS ------------------------------------------------------------------------------------------------------------
ROW_HIDDEN, COLUMN_HIDDEN, SECTOR = 0x20, 0x01, 512
PLAIN, DAY, MOMENT = 0, 1, 2
"""Formats of cells, by their place among those that the workbook declares."""

FORMATS = (0, 14, 22)


def xls(table: Table, *more: bytes, hidden: int = 0) -> bytes:
    """A table in the first sheet. Args: more: other records of it. hidden: whether the sheet is (1), or not."""
    cells = [_xls_cell(row, at, cell) for row, cells in enumerate(table) for at, cell in enumerate(cells)]
    sheet = b"".join([_record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *more, *cells, _record(0x0A)])
    before = [
        _record(0x0809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)),
        _record(0x0042, struct.pack("<H", 1200)),
        _record(0x0022, struct.pack("<H", 0)),
        *(_record(0x00E0, struct.pack("<HHH14x", 0, form, 0)) for form in FORMATS),
    ]
    named = struct.pack("<BB", 4, 0) + b"Blad"
    start = sum(map(len, before)) + 4 + 6 + len(named) + 4
    bound = _record(0x0085, struct.pack("<IBB", start, hidden, 0) + named)
    return _ole(b"".join([*before, bound, _record(0x0A), sheet]))


def xls_error(row: int, column: int) -> bytes:
    """A cell with #REF!."""
    return _record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, 0x17, 1))


def xls_hidden_row(row: int) -> bytes:
    return _record(0x0208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, ROW_HIDDEN | 0x100))


def xls_hidden_column(column: int) -> bytes:
    return _record(0x007D, struct.pack("<HHHHHH", column, column, 2000, PLAIN, COLUMN_HIDDEN, 0))


def xls_merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return _record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def _xls_cell(row: int, column: int, cell: Cell) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, bool):
        return _record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, cell, 0))
    if isinstance(cell, str):
        coded = cell.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, PLAIN, len(coded) // 2, 1) + coded)
    number, form = _number(cell)
    return _record(0x0203, struct.pack("<HHHd", row, column, form, number))


def _number(cell: int | Decimal | dt.date) -> tuple[float, int]:
    if isinstance(cell, dt.datetime):
        return (cell - FIRST_DAY) / dt.timedelta(days=1), MOMENT
    if isinstance(cell, dt.date):
        return (cell - FIRST_DAY.date()).days, DAY
    return float(cell), PLAIN


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _ole(stream: bytes) -> bytes:
    """A compound file with one stream, the workbook; as long as streams must be that lie in whole sectors."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat = b"".join(struct.pack("<I", each) for each in table).ljust(SECTOR, b"\xff")
    assert len(fat) == SECTOR, "one sector of the table is enough for a test"
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    head += struct.pack("<I", 0) + b"\xff\xff\xff\xff" * 108
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return head + fat + folder.ljust(SECTOR, b"\0") + stream.ljust(sectors * SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x8x8xIQ", coded, len(coded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, start, size
    )  # fmt: skip


def cells_of(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], Any]:
    """The cells that hold anything, by row and column from 0."""
    return {
        (row, at): cell for row, cells in enumerate(rows) for at, cell in enumerate(cells) if cell not in (None, "")
    }

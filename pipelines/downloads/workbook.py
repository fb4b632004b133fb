"""The useful tables of a programme as an Excel workbook, laid out as public statistics in spreadsheets are.

A cover, the contents, one table a sheet (marked as a table, from its title down, its header kept in sight), the codes
and the notes. A text is a text: never a formula, a link or a number. The same tables give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.downloads.chosen import Chosen, Field, Sheet
from schemas.texts.catalogue import text

AS_THEY_ARE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
UNKNOWN, NOTHING = "[x]", "[z]"
"""What stands for a number that is not known, and where no text or day is told, as the norm for spreadsheets has it."""

TITLE, ABOUT, HEADER = 0, 1, 3
"""The rows of a sheet, from 0: the third is left empty."""

A4 = 9
MOST_ROWS = 1_000_000
COVER, LINE_HEIGHT, HEADER_LINES = 90, 16, 3
NARROWEST, WIDEST, LOOKED_AT = 10, 50, 200
TEXT_MOST = 32_767
FORMATS = {"number": "#,##0", "decimal": "#,##0.00", "date": "yyyy-mm-dd", "plain": "0"}
PLAIN = ("year", "other_year", "row_no", "option_no", "question_no", "name_no", "source_row")
"""Whole numbers that are no amounts: without a mark between thousands."""


def workbook(chosen: Chosen) -> bytes:
    """The whole workbook."""
    made = _Workbook(chosen)
    return made.content()


class _Workbook:
    """A workbook under way, with the few looks that its cells have."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **AS_THEY_ARE})
        title = chosen.programme.title.sv
        created = dt.datetime.combine(chosen.as_of, dt.time())
        self._book.set_properties({"title": title, "author": chosen.programme.agency, "created": created})
        self._looks = {name: self._look({"num_format": each}) for name, each in FORMATS.items()}
        self._text = self._look({"num_format": "@", "align": "left", "indent": 1})
        self._title = self._look({"bold": True, "font_size": 14})
        self._wrapped = self._look({"text_wrap": True})
        self._head = self._look({"bold": True, "text_wrap": True, "bottom": 1})

    def _look(self, said: Mapping[str, Any]) -> Format:
        return self._book.add_format({"valign": "top", **said})

    def content(self) -> bytes:
        """Every sheet, in order."""
        sheets = [*self._chosen.useful, *self._chosen.printed, self._chosen.codes]
        named = {_named(number, sheet, self._chosen): sheet for number, sheet in enumerate(sheets, start=1)}
        self._cover()
        self._contents(named)
        for number, (name, sheet) in enumerate(named.items(), start=1):
            self._table(number, name, sheet)
        self._notes(named)
        self._book.close()
        return self._bytes.getvalue()

    def _cover(self) -> None:
        sheet = self._sheet(_said("download_cover"), (COVER,))
        programme = self._chosen.programme
        sheet.write_string(TITLE, 0, programme.title.sv, self._title)
        said = {"agency": programme.agency, "day": self._chosen.as_of.isoformat(), "mark": UNKNOWN, "nothing": NOTHING}
        lines = [programme.title.en, *_said("download_about").format(**said).splitlines()]
        for number, line in enumerate(lines, start=ABOUT):
            sheet.write_string(number, 0, line, self._wrapped)
            sheet.set_row(number, _height([line], [COVER]))

    def _contents(self, named: Mapping[str, Sheet]) -> None:
        rows = [(name, each.title_sv, each.name, str(len(each.rows))) for name, each in named.items()]
        heads = [_said(f"download_{name}") for name in ("sheet", "title", "table", "rows")]
        self._listed("download_contents", heads, rows, (14, 60, 60, 10))

    def _notes(self, named: Mapping[str, Sheet]) -> None:
        rows = [
            (name, header, field.name, field.en, field.unit or "", field.null or "")
            for name, each in named.items()
            for header, field in zip(headers(each.fields), each.fields, strict=True)
        ]
        heads = [_said(f"download_{name}") for name in ("sheet", "header", "column", "english", "unit", "why_unknown")]
        self._listed("download_notes", heads, rows, (14, 40, 30, 50, 10, 60))

    def _listed(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        sheet = self._sheet(_said(name), widths)
        sheet.write_string(TITLE, 0, _said(name), self._title)
        sheet.write_string(ABOUT, 0, _said(f"{name}_about").format(mark=UNKNOWN, nothing=NOTHING))
        self._marked(sheet, name.title().replace("_", ""), heads, len(rows))
        for number, row in enumerate(rows, start=HEADER + 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, self._wrapped)
            sheet.set_row(number, _height(row, widths))

    def _table(self, number: int, name: str, each: Sheet) -> None:
        heads = headers(each.fields)
        sheet = self._sheet(name, ())
        sheet.write_string(TITLE, 0, f"{name}. {each.title_sv}", self._title)
        rows = each.rows[:MOST_ROWS]
        about = "download_too_many" if len(rows) < len(each.rows) else "download_one_table" if rows else "download_none"
        sheet.write_string(ABOUT, 0, _said(about).format(table=each.name, mark=UNKNOWN, nothing=NOTHING))
        self._marked(sheet, f"Data{number}", heads, len(rows))
        for column, (head, field) in enumerate(zip(heads, each.fields, strict=True)):
            values = [row[field.name] for row in rows]
            sheet.set_column(column, column, _width(head, values))
            self._column(sheet, column, field, values)

    def _marked(self, sheet: Worksheet, name: str, heads: Sequence[str], rows: int) -> None:
        """A table in the eyes of Excel and of a screen reader, with its header in sight."""
        columns = [{"header": head, "header_format": self._head} for head in heads]
        options = {"name": name, "columns": columns, "style": None, "autofilter": rows > 0}
        sheet.add_table(HEADER, 0, HEADER + max(rows, 1), len(heads) - 1, options)
        sheet.set_row(HEADER, HEADER_LINES * LINE_HEIGHT)
        sheet.freeze_panes(HEADER + 1, 0)
        sheet.repeat_rows(HEADER)

    def _column(self, sheet: Worksheet, column: int, field: Field, values: Iterable[Any]) -> None:
        look, is_number = self._looks[_kind(field)], field.type in (pa.int64(), pa.float64())
        for row, value in enumerate(values, start=HEADER + 1):
            match value:
                case None:
                    sheet.write_string(row, column, UNKNOWN if is_number else NOTHING, self._text)
                case bool():
                    sheet.write_string(row, column, _said("download_yes" if value else "download_no"), self._text)
                case int() | float():
                    sheet.write_number(row, column, value, look)
                case dt.date():
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), look)
                case _:
                    sheet.write_string(row, column, str(value)[:TEXT_MOST], self._text)

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet


def headers(fields: Sequence[Field]) -> list[str]:
    """What stands above the columns: their labels with the unit of amounts and shares, each told from the others."""
    said = [_with_unit(field) for field in fields]
    alike = {each.casefold() for each in said if [other.casefold() for other in said].count(each.casefold()) > 1}
    return [
        f"{each} ({field.name})" if each.casefold() in alike else each for each, field in zip(said, fields, strict=True)
    ]


def _with_unit(field: Field) -> str:
    is_told = field.unit not in ("kr", "%") or f"({field.unit}" in field.sv
    return field.sv if is_told else f"{field.sv} ({field.unit})"


def _named(number: int, sheet: Sheet, chosen: Chosen) -> str:
    return _said("download_codes") if sheet is chosen.codes else f"{_said('download_sheet_name')} {number}"


def _kind(field: Field) -> str:
    if field.type == pa.date32():
        return "date"
    if field.type == pa.float64():
        return "decimal"
    return "plain" if field.name in PLAIN else "number"


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """How high a row is in which every text is seen whole, in points."""
    return LINE_HEIGHT * max(-(-len(cell) // width) or 1 for cell, width in zip(cells, widths, strict=True))


def _width(head: str, values: Sequence[Any]) -> int:
    longest = max((len(str(value)) for value in values[:LOOKED_AT] if value is not None), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, len(head) // 2 + 2))


def _said(name: str) -> str:
    return text(name, "sv")

"""The working paper of a draw, as an Excel workbook: what was done, what to examine, what is alike.

A text never becomes a formula, a number or a link; the same draw gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assets.domain.draw import Placed
from pipelines.inquiries.draw import Drawn, facts, repeating, verdict, whose
from pipelines.reports.swedish import formatted
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

AS_THEY_ARE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLUMNS = ("code", "recipient", "amount", "first", "last", "hits", "examined", "deviation", "projected", "comment")
WIDTHS = (8, 30, 14, 14, 14, 30, 18, 16, 22, 40)
HINT_WIDTHS = (32, 24, 80)
HOW_WIDTH, LINE_HEIGHT = 70, 16
"""Of the column that says what was done, in characters, and of a line, in points."""

HEADER_ROW = 2
"""From 0, under the sheet's own explanation."""


class WorkingPaper:
    """A workbook under way, with the few looks that its cells have."""

    def __init__(self, made: Drawn, language: Language) -> None:
        """Start the paper of one draw in one language."""
        self._made, self._language = made, language
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **AS_THEY_ARE})
        as_of = dt.datetime.combine(dt.date.fromisoformat(made.as_of), dt.time())
        self._book.set_properties({"title": self._said("draw_title"), "created": as_of})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._beside = self._book.add_format({"text_wrap": True, "valign": "top", "align": "left", "indent": 1})
        self._stated = self._book.add_format({"num_format": "#,##0", "valign": "top", "align": "left"})
        self._number = self._book.add_format({"num_format": "#,##0", "valign": "top", "align": "right"})
        self._entered = self._book.add_format({"num_format": "#,##0", "bg_color": "#FFF8DC", "border": 1})

    def content(self) -> bytes:
        """The whole paper."""
        self._done()
        self._selected()
        self._hints()
        self._book.close()
        return self._bytes.getvalue()

    def _said(self, name: str) -> str:
        return text(name, self._language)

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(self._said(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _row(self, sheet: Worksheet, row: int, cells: Iterable[str | int], look: Format) -> None:
        """Write a row of texts in one look, and numbers beside their labels."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, self._stated)
            else:
                sheet.write_string(row, column, cell, look)

    def _done(self) -> None:
        """What was done, and how to repeat it."""
        sheet, language = self._sheet("draw_sheet_done", (60, HOW_WIDTH)), self._language
        rows = [(self._said(name), value) for name, value in facts(self._made, language)]
        self._row(sheet, 0, [self._said("draw_title")], self._bold)
        self._row(sheet, 1, [verdict(self._made, language)], self._bold)
        rows += [(self._said("draw_repeat"), repeating(self._made.order)), ("", self._said("draw_how"))]
        for number, cells in enumerate(rows, start=3):
            self._row(sheet, number, cells, self._wrapped)
            sheet.set_row(number, LINE_HEIGHT * -(-len(str(cells[1])) // HOW_WIDTH))

    def _selected(self) -> None:
        """What to examine, with cells to fill in and formulas that project what is found."""
        sheet = self._sheet("draw_sheet_selected", WIDTHS)
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, "", self._wrapped)
        sheet.write_string(0, 0, self._said("draw_projected_how"), self._wrapped)
        sheet.set_row(0, 45)
        self._row(sheet, HEADER_ROW, [self._said(f"draw_{name}") for name in COLUMNS], self._bold)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        selected = self._made.draw.selected
        for row, placed in enumerate(selected, start=HEADER_ROW + 1):
            self._unit(sheet, row, placed)
        self._sums(sheet, HEADER_ROW + 1, HEADER_ROW + 1 + len(selected))

    def _unit(self, sheet: Worksheet, row: int, placed: Placed) -> None:
        unit, line = placed.unit, row + 1
        self._row(sheet, row, (unit.code, unit.name), self._wrapped)
        for column, number in enumerate((unit.amount_sek, placed.first_krona, placed.last_krona), start=2):
            sheet.write_number(row, column, number, self._number)
        hits = () if self._made.draw.reads_all else placed.hits  # a million of them would not fit in a cell
        sheet.write_string(row, 5, "; ".join(map(formatted, hits)), self._beside)
        sheet.write_blank(row, 6, None, self._entered)
        sheet.write_formula(row, 7, f'=IF(G{line}="","",C{line}-G{line})', self._number, "")
        whole = self._made.draw.reads_all or unit.amount_sek >= self._made.draw.interval_sek
        projected = f"H{line}" if whole else f"H{line}/C{line}*{self._made.draw.interval_sek}"
        sheet.write_formula(row, 8, f'=IF(G{line}="","",{projected})', self._number, "")
        sheet.write_blank(row, 9, None, self._entered)

    def _sums(self, sheet: Worksheet, first: int, end: int) -> None:
        """Below the rows: the amounts, and what was found and projected so far."""
        sheet.write_string(end, 1, self._said("draw_sum"), self._bold)
        known = {"C": sum(placed.unit.amount_sek for placed in self._made.draw.selected), "H": 0, "I": 0}
        for letter, value in known.items():
            sheet.write_formula(f"{letter}{end + 1}", f"=SUM({letter}{first + 1}:{letter}{end})", self._number, value)

    def _hints(self) -> None:
        """What several recipients have alike."""
        sheet = self._sheet("draw_sheet_hints", HINT_WIDTHS)
        sheet.merge_range(0, 0, 0, len(HINT_WIDTHS) - 1, "", self._wrapped)
        sheet.write_string(0, 0, self._said("draw_hints_intro" if self._made.hints else "draw_no_hints"), self._wrapped)
        heads = [self._said(f"draw_hint_{name}") for name in ("kind", "value", "whose")]
        self._row(sheet, HEADER_ROW, heads, self._bold)
        for row, hint in enumerate(self._made.hints, start=HEADER_ROW + 1):
            cells = (self._said(f"draw_hint_{hint.kind}"), hint.value, ", ".join(whose(hint, self._made)))
            self._row(sheet, row, cells, self._wrapped)


def working_paper(made: Drawn, language: Language) -> bytes:
    """The working paper of a draw in one language."""
    return WorkingPaper(made, language).content()

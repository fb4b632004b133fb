"""What the workbooks that a person opens have in common: texts that stay texts, a few looks, rows that fit, print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

AS_THEY_ARE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text is a text: never a formula, a link or a number."""

A4 = 9
LINE_HEIGHT = 15.75
"""Of a line, in points."""

ROOM = 1.1
"""Letters are wider than the digits by which a column's width is counted, and lines break at words."""

HIGHEST = 409
"""The points that a row may be high in Excel."""


class Looks:
    """The few looks that cells have."""

    def __init__(self, book: Workbook) -> None:
        """Declare them in a workbook."""
        text = {"text_wrap": True, "valign": "vcenter"}
        number = {"num_format": "#,##0", "valign": "vcenter", "align": "right"}
        entered = {"bg_color": "#FFF8DC", "border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({**text, "bold": True, "font_size": 14})
        self.bold = book.add_format({**text, "bold": True})
        self.head = book.add_format({**text, "bold": True, "bottom": 1})
        self.head_right = book.add_format({**text, "bold": True, "bottom": 1, "align": "right"})
        self.wrapped = book.add_format(text)
        self.indented = book.add_format({**text, "indent": 1})
        self.marked = book.add_format({**text, "bg_color": "#FFE08A", "bold": True, "border": 1})
        self.right = book.add_format({**text, "align": "right"})
        self.number = book.add_format(number)
        self.bold_number = book.add_format({**number, "bold": True, "top": 1})
        self.derived = book.add_format({**number, "num_format": '#,##0"*"'})
        self.share = book.add_format({**number, "num_format": "0.0%;-0.0%;"})
        self.factor = book.add_format({**number, "num_format": "0.00"})
        self.allowance = book.add_format({**number, "num_format": "#,##0;-#,##0;"})
        self.entered = book.add_format({**entered, "num_format": "#,##0"})


def height(cells: Iterable[str], widths: Sequence[float]) -> float:
    """How high a row must be for all of its texts to be seen, in points."""
    lines = (
        sum(max(1, ceil(len(line) * ROOM / width)) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(HIGHEST, LINE_HEIGHT * max(lines))


def print_set_up(sheet: Worksheet, widths: Sequence[float], footer: str) -> None:
    """A4 across, as wide as the paper, with what it is and the page's number at the foot."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P (&N)")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)

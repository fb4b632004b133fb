"""The workbook of a receipt: what was understood, and the sender's own rows with what it can mend marked.

A text never becomes a formula, a number or a link. Fields stand below one another, so that a row of forty columns can
be read on paper and the correction written beside it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assets.domain.receipt import Cell, Sent
from pipelines.inquiries.receipt_page import content, sent_line
from pipelines.inquiries.reply import Reply
from pipelines.inquiries.sheets import AS_THEY_ARE, Looks, height, print_set_up
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

SUMMARY_WIDTHS = (44, 40, 40)
ROW_WIDTHS = (38, 34, 28, 44, 28)
ROW_HEADS = ("field", "written", "read", "help", "yours")
LONGEST = 30_000
"""Characters of a cell that are shown; Excel has room for 32 767."""


class Book:
    """A workbook under way."""

    def __init__(self, reply: Reply, language: Language) -> None:
        """Start the workbook of one receipt in one language."""
        self._reply, self._language = reply, language
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **AS_THEY_ARE})
        as_of = dt.datetime.combine(reply.round["as_of_date"], dt.time())
        self._book.set_properties({"title": self._said("reply_title"), "created": as_of})
        self._looks = Looks(self._book)
        self._told = content(reply, language)

    def content(self) -> bytes:
        """The whole workbook."""
        self._summary()
        self._rows()
        self._book.close()
        return self._bytes.getvalue()

    def _said(self, name: str) -> str:
        return text(name, self._language)

    def _sheet(self, name: str, widths: Sequence[int]) -> tuple[Worksheet, int]:
        """A sheet, and the row on which to go on: below the mark, where the recipient does not exist."""
        sheet = self._book.add_worksheet(self._said(name))
        print_set_up(sheet, widths, self._told["foot"])
        if not self._reply.is_example:
            return sheet, 0
        sheet.set_header(f"&C&B{self._said('reply_example')}")
        self._across(sheet, 0, self._said("reply_example"), widths, self._looks.marked)
        return sheet, 1

    def _across(self, sheet: Worksheet, row: int, said: str, widths: Sequence[int], look: Format) -> int:
        """One text over all columns. Returns: the next row."""
        sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
        sheet.write_string(row, 0, said, look)
        sheet.set_row(row, height([said], [sum(widths)]))
        return row + 1

    def _line(self, sheet: Worksheet, row: int, cells: Sequence[str], widths: Sequence[int], look: Format) -> int:
        """One row of texts, as high as the highest. Returns: the next row."""
        kept = [self._cut(cell) for cell in cells]
        for column, cell in enumerate(kept):
            sheet.write_string(row, column, cell, look)
        sheet.set_row(row, height(kept, widths))
        return row + 1

    def _cut(self, cell: str) -> str:
        left = len(cell) - LONGEST
        return cell if left <= 0 else cell[:LONGEST] + self._said("reply_cut").format(count=left)

    def _summary(self) -> None:
        """What was understood, and what is to be mended, in the words of the page."""
        told, looks, widths = self._told, self._looks, SUMMARY_WIDTHS
        sheet, row = self._sheet("reply_sheet_summary", widths)
        row = self._across(sheet, row, self._said("reply_title"), widths, looks.title)
        for said in (f"{told['recipient']}. {told['about']}", self._said("reply_intro")):
            row = self._across(sheet, row, said, widths, looks.wrapped)
        row = self._across(sheet, row, told["summary"], widths, looks.bold)
        mend = [f"{number}. {said}" for number, (said, _) in enumerate(told["mend"], start=1)]
        ours = [*told["ours"], *filter(None, [told["ours_more"]])]
        row = self._list(sheet, row, "reply_mend", mend)
        row = self._list(sheet, row, "reply_ours", ours)
        years = [str(told["year"]), str(told["earlier"]) if told["earlier"] else ""]
        for grant, lines in told["grants"]:
            head = self._said("reply_grant_caption").format(grant=grant)
            row = self._table(sheet, row, [head, years[0], ""], lines)
        row = self._table(
            sheet,
            row,
            [self._said("reply_together" if told["grants"] else "reply_amounts_caption"), *years],
            told["amounts"],
        )
        self._table(sheet, row, [self._said("reply_question"), *years], told["answers"])

    def _list(self, sheet: Worksheet, row: int, heading: str, lines: Sequence[str]) -> int:
        if not lines:
            return row
        row = self._across(sheet, row + 1, self._said(heading), SUMMARY_WIDTHS, self._looks.bold)
        for line in lines:
            row = self._across(sheet, row, line, SUMMARY_WIDTHS, self._looks.wrapped)
        return row

    def _table(self, sheet: Worksheet, row: int, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> int:
        if not lines:
            return row
        row = self._line(sheet, row + 1, heads, SUMMARY_WIDTHS, self._looks.head)
        for line in lines:
            row = self._line(sheet, row, line, SUMMARY_WIDTHS, self._looks.wrapped)
        return row

    def _rows(self) -> None:
        """Every row that was sent, field by field."""
        sheet, row = self._sheet("reply_sheet_rows", ROW_WIDTHS)
        row = self._across(sheet, row, self._said("reply_rows_intro"), ROW_WIDTHS, self._looks.wrapped)
        heads = [self._said(f"reply_head_{name}") for name in ROW_HEADS]
        sheet.repeat_rows(row)
        sheet.freeze_panes(row + 1, 1)
        row = self._line(sheet, row, heads, ROW_WIDTHS, self._looks.head)
        for sent in self._reply.receipt.sent:
            row = self._sent(sheet, row, sent)

    def _sent(self, sheet: Worksheet, row: int, sent: Sent) -> int:
        """One row: what it is and what became of it, then its fields."""
        when, where, fate = sent_line(sent, self._reply, self._language)
        row = self._across(sheet, row + 1, f"{when} ({where}). {fate}", ROW_WIDTHS, self._looks.bold)
        for cell in sent.cells:
            row = self._field(sheet, row, cell)
        return row

    def _field(self, sheet: Worksheet, row: int, cell: Cell) -> int:
        """One field; marked, and with a place to write beside it, where the recipient can mend it."""
        mendable = [point.said for point in cell.points if point in self._reply.receipt.to_mend]
        written = self._said("reply_hidden") if cell.written is None else cell.written
        cells = [cell.header, written, cell.corrected or "", "\n".join(point.said for point in cell.points), ""]
        following = self._line(sheet, row, cells, ROW_WIDTHS, self._looks.wrapped)
        if mendable:
            sheet.write_string(row, 1, self._cut(written), self._looks.marked)
            sheet.write_blank(row, ROW_HEADS.index("yours"), None, self._looks.entered)
        return following


def receipt_book(reply: Reply, language: Language) -> bytes:
    """The workbook of a receipt in one language."""
    return Book(reply, language).content()

"""The working paper of a draw, as an Excel workbook: what was done, what to examine, what it shows, what is alike.

A text never becomes a formula, a number or a link; the same draw gives the same bytes. Every row is as high as what
stands in it, since not every program makes room by itself.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assets.domain.draw import Placed
from pipelines.inquiries.draw import Drawn, Evidence, facts, repeating, verdict, whose
from pipelines.inquiries.error_limit import COLUMNS, ErrorLimit, Examined
from pipelines.inquiries.error_limit import WIDTHS as LIMIT_WIDTHS
from pipelines.inquiries.sheets import AS_THEY_ARE, Looks, height, print_set_up
from pipelines.reports.swedish import formatted
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

WIDTHS = {
    "code": 7,
    "recipient": 24,
    "case_number": 17,
    "amount": 12,
    "used": 13,
    "rows": 43,
    "first": 11,
    "last": 11,
    "hits": 8,
    "examined": 13,
    "deviation": 11,
    "taint": 8,
    "projected": 12,
    "comment": 26,
}
"""The columns of what to examine, and how many characters each holds."""

NUMBERS = ("amount", "used", "first", "last", "hits", "examined", "deviation", "taint", "projected")
DONE_WIDTHS = (58, 72)
HINT_WIDTHS = (32, 24, 80)

HEADER_ROW = 2
"""From 0, under the sheet's own explanation."""

NOTHING_KNOWN = Evidence(None, None, is_derived=False, rows=())


class WorkingPaper:
    """A workbook under way."""

    def __init__(self, made: Drawn, language: Language) -> None:
        """Start the paper of one draw in one language."""
        self._made, self._language = made, language
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **AS_THEY_ARE})
        as_of = dt.datetime.combine(dt.date.fromisoformat(made.as_of), dt.time())
        self._book.set_properties({"title": self._said("draw_title"), "created": as_of})
        self._looks = Looks(self._book)

    def content(self) -> bytes:
        """The whole paper."""
        self._done()
        examined = self._selected()
        sheet = self._sheet("draw_sheet_limit", LIMIT_WIDTHS)
        ErrorLimit(self._made, examined, self._language).write(sheet, self._looks)
        self._hints()
        self._book.close()
        return self._bytes.getvalue()

    def _said(self, name: str) -> str:
        return text(name, self._language)

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(self._said(name))
        order = self._made.order
        print_set_up(sheet, widths, f"{order.programme} {order.year}, {self._made.version}")
        return sheet

    def _texts(self, sheet: Worksheet, row: int, cells: Sequence[str], widths: Sequence[int], look: Format) -> None:
        """Write a row of texts in one look, as high as the highest."""
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, look)
        sheet.set_row(row, height(cells, widths))

    def _across(self, sheet: Worksheet, row: int, said: str, widths: Sequence[int], *, look: Format) -> None:
        """Write one text over all columns."""
        sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
        sheet.write_string(row, 0, said, look)
        sheet.set_row(row, height([said], [sum(widths)]))

    def _done(self) -> None:
        """What was done, how to repeat it, and where the paper is to be kept."""
        sheet, language, looks = self._sheet("draw_sheet_done", DONE_WIDTHS), self._language, self._looks
        self._across(sheet, 0, self._said("draw_title"), DONE_WIDTHS, look=looks.title)
        self._across(sheet, 1, verdict(self._made, language), DONE_WIDTHS, look=looks.bold)
        self._across(sheet, 2, self._said("draw_inside"), DONE_WIDTHS, look=looks.wrapped)
        rows = [(self._said(name), formatted(value)) for name, value in facts(self._made, language)]
        rows += [(self._said("draw_repeat"), repeating(self._made.order)), ("", self._said("draw_how"))]
        for number, cells in enumerate(rows, start=4):
            self._texts(sheet, number, cells, DONE_WIDTHS, looks.wrapped)

    def _selected(self) -> Examined:
        """What to examine, with cells to fill in and formulas that project what is found. Returns: where it stands."""
        widths, selected = tuple(WIDTHS.values()), self._made.draw.selected
        sheet = self._sheet("draw_sheet_selected", widths)
        self._across(sheet, 0, self._said("draw_projected_how"), widths, look=self._looks.wrapped)
        self._texts(sheet, HEADER_ROW, [self._said(f"draw_{name}") for name in WIDTHS], widths, self._looks.head)
        for name in NUMBERS:
            sheet.write_string(HEADER_ROW, _at(name), self._said(f"draw_{name}"), self._looks.head_right)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        sheet.repeat_rows(HEADER_ROW)
        for row, placed in enumerate(selected, start=HEADER_ROW + 1):
            self._unit(sheet, row, placed)
        first, end = HEADER_ROW + 1, HEADER_ROW + 1 + len(selected)
        sheet.write_string(end, 1, self._said("draw_sum"), self._looks.bold)
        known = sum(placed.unit.amount_sek for placed in selected)
        amount = COLUMNS["amount"]
        sheet.write_formula(f"{amount}{end + 1}", f"=SUM({amount}{first + 1}:{amount}{end})", self._looks.number, known)
        return Examined(self._said("draw_sheet_selected"), first + 1, end)

    def _unit(self, sheet: Worksheet, row: int, placed: Placed) -> None:
        unit, looks = placed.unit, self._looks
        evidence = self._made.evidence.get(unit.grant_id, NOTHING_KNOWN)
        rows = "\n".join(f"{self._said(f'draw_row_{kind}')}: {place}" for kind, place in evidence.rows)
        texts = {"code": unit.code, "recipient": unit.name, "case_number": evidence.case_number or "–", "rows": rows}
        for name, cell in texts.items():
            sheet.write_string(row, _at(name), cell, looks.indented if name == "rows" else looks.wrapped)
        numbers = {"amount": unit.amount_sek, "first": placed.first_krona, "last": placed.last_krona}
        for name, number in (numbers | {"hits": len(placed.hits)}).items():
            sheet.write_number(row, _at(name), number, looks.number)
        if evidence.used_sek is None:
            sheet.write_string(row, _at("used"), "–", looks.right)
        else:
            sheet.write_number(
                row, _at("used"), evidence.used_sek, looks.derived if evidence.is_derived else looks.number
            )
        self._to_fill_in(sheet, row, is_whole=self._made.draw.is_whole(placed))
        sheet.set_row(row, height(texts.values(), [WIDTHS[name] for name in texts]))

    def _to_fill_in(self, sheet: Worksheet, row: int, *, is_whole: bool) -> None:
        """The cells for the outcome of one unit, and the formulas of what it means; empty until there is a number."""
        line, looks = row + 1, self._looks
        amount, examined, deviation, taint = (
            f"{COLUMNS[name]}{line}" for name in ("amount", "examined", "deviation", "taint")
        )
        sheet.write_blank(row, _at("examined"), None, looks.entered)
        sheet.data_validation(
            row,
            _at("examined"),
            row,
            _at("examined"),
            {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": self._said("draw_examined_wrong")},
        )
        sheet.write_formula(row, _at("deviation"), _if_number(examined, f"{amount}-{examined}"), looks.number, "")
        if is_whole:
            sheet.write_string(row, _at("taint"), self._said("draw_taint_whole"), looks.right)
        else:
            sheet.write_formula(row, _at("taint"), _if_number(examined, f"{deviation}/{amount}"), looks.share, "")
        projected = deviation if is_whole else f"{taint}*{self._made.draw.interval_sek}"
        sheet.write_formula(row, _at("projected"), _if_number(examined, projected), looks.number, "")
        sheet.write_blank(row, _at("comment"), None, looks.entered)

    def _hints(self) -> None:
        """What several recipients have alike."""
        sheet, looks = self._sheet("draw_sheet_hints", HINT_WIDTHS), self._looks
        intro = self._said("draw_hints_intro" if self._made.hints else "draw_no_hints")
        self._across(sheet, 0, intro, HINT_WIDTHS, look=looks.wrapped)
        heads = [self._said(f"draw_hint_{name}") for name in ("kind", "value", "whose")]
        self._texts(sheet, HEADER_ROW, heads, HINT_WIDTHS, looks.head)
        sheet.repeat_rows(HEADER_ROW)
        for row, hint in enumerate(self._made.hints, start=HEADER_ROW + 1):
            cells = (self._said(f"draw_hint_{hint.kind}"), hint.value, ", ".join(whose(hint, self._made)))
            self._texts(sheet, row, cells, HINT_WIDTHS, looks.wrapped)


def _at(name: str) -> int:
    return list(WIDTHS).index(name)


def _if_number(cell: str, formula: str) -> str:
    return f'=IF(ISNUMBER({cell}),{formula},"")'


def working_paper(made: Drawn, language: Language) -> bytes:
    """The working paper of a draw in one language."""
    return WorkingPaper(made, language).content()

"""The sheet of a working paper that says what the sample shows: the upper error limit, against the materiality.

The limit is the sum of
- what is wrong in the units that were read whole (known);
- each sampled unit's share of error times the interval (projected);
- the factor for no error times the interval (basic precision): what may be wrong though nothing was found;
- for each error found, largest share first, what the factor grows by it beyond 1, times its share times the interval
  (incremental allowance).
Amounts that were stated too low are shown apart and set off against nothing.

Source: the evaluation of a monetary-unit sample with tainting (Stringer's bound), as in AICPA, Audit Guide: Audit
Sampling, and European Commission, EGESIF_16-0014-01, MUS, conservative approach. The factors are those of
`assets.domain.draw.factor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.worksheet import Worksheet

from assets.domain.draw import factor
from pipelines.inquiries.draw import Drawn
from pipelines.inquiries.sheets import Looks, height
from pipelines.reports.swedish import formatted
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

COLUMNS = {"amount": "D", "examined": "J", "deviation": "K", "taint": "L", "projected": "M"}
"""Where the sheet of what to examine has what is reckoned with."""

WIDTHS = (10, 16, 16, 20, 20)
TABLE_HEADS = ("number", "factor", "growth", "taint", "allowance")
VALUES = 4
"""The column of the sums, from 0: E. Their labels go over those before it."""

FIRST_FACT, FIRST_ERROR = 3, 13
"""Rows, from 0, of the sums and of the table of errors."""


HEIGHT_OF_VERDICT = 62


@dataclass(frozen=True)
class Examined:
    """Where the examined units stand: a sheet, and its rows from 1."""

    sheet: str
    first: int
    last: int

    def cells(self, name: str) -> str:
        """The cells of one column, for a formula of another sheet."""
        column = COLUMNS[name]
        return f"'{self.sheet}'!${column}${self.first}:${column}${self.last}"


class ErrorLimit:
    """The sums, each a label and a formula, and the table of errors below them."""

    def __init__(self, made: Drawn, examined: Examined, language: Language) -> None:
        """Evaluate one draw."""
        self._draw, self._order, self._examined, self._language = made.draw, made.order, examined, language
        self._count, self._errors = len(made.draw.selected), len(made.draw.sampled)
        self._factors = [float(factor(made.order.confidence, errors)) for errors in range(self._errors + 1)]
        self._looks: Looks

    def write(self, sheet: Worksheet, looks: Looks) -> None:
        """Write the sheet."""
        left = self._said("left").format(count=formatted(self._count))
        sheet.merge_range(0, 0, 0, VALUES, "", looks.title)
        sheet.write_formula(0, 0, self._verdict(), looks.title, left)
        sheet.set_row(0, HEIGHT_OF_VERDICT)
        sheet.merge_range(1, 0, 1, VALUES, "", looks.wrapped)
        sheet.write_string(1, 0, self._said("how"), looks.wrapped)
        sheet.set_row(1, height([self._said("how")], [sum(WIDTHS)]))
        for row, (name, formula, value) in enumerate(self._sums(), start=FIRST_FACT):
            look = looks.bold_number if name in ("upper", "materiality") else looks.number
            sheet.merge_range(row, 0, row, VALUES - 1, "", looks.wrapped)
            sheet.write_string(row, 0, self._said(name), looks.wrapped)
            sheet.write_formula(row, VALUES, formula, look, value)
        if self._errors:
            self._table(sheet, looks)

    def _said(self, name: str) -> str:
        return text(f"draw_limit_{name}", self._language)

    def _sums(self) -> Iterator[tuple[str, str, float | str]]:
        """Name, formula and value while nothing is filled in, from E4 on."""
        projected, taint = self._examined.cells("projected"), self._examined.cells("taint")
        whole = text("draw_taint_whole", self._language)
        precision = self._factors[0] * self._draw.interval_sek if self._errors else 0.0
        table = f"$E${FIRST_ERROR + 2}:$E${FIRST_ERROR + 1 + self._errors}"
        yield "filled", f"=COUNT({self._examined.cells('examined')})", 0
        yield "known", f'=SUMIFS({projected},{taint},"{whole}",{projected},">0")', 0
        yield "projected", f'=SUMIF({projected},">0")-E5', 0
        yield "precision", f"={precision!r}", precision
        yield "allowance", f"=SUM({table})" if self._errors else "=0", 0
        yield "upper", f'=IF(E4<{self._count},"",SUM(E5:E8))', ""
        yield "materiality", f"={self._order.materiality_sek}", self._order.materiality_sek
        yield "too_low", f'=-SUMIF({projected},"<0")', 0

    def _verdict(self) -> str:
        """What the limit means, in a sentence, once all is filled in."""
        before, after = self._said("left").split("{count}")
        told = {
            name: self._said(name).format(confidence=self._order.confidence) for name in ("within", "above", "not_sure")
        }
        return (
            f'=IF(E4<{self._count},"{before}"&{self._count}-E4&"{after}",IF(E9<=E10,"{told["within"]}",'
            f'IF(E5+E6>E10,"{told["above"]}","{told["not_sure"]}")))'
        )

    def _table(self, sheet: Worksheet, looks: Looks) -> None:
        """One row per error that there may be: its factor, and what it adds; the first is that of no error."""
        heads = [self._said(f"head_{name}") for name in TABLE_HEADS]
        for column, head in enumerate(heads):
            sheet.write_string(FIRST_ERROR - 1, column, head, looks.head_right)
        sheet.set_row(FIRST_ERROR - 1, height(heads, WIDTHS))
        sheet.write_number(FIRST_ERROR, 0, 0, looks.number)
        sheet.write_number(FIRST_ERROR, 1, self._factors[0], looks.factor)
        taints = self._examined.cells("taint")
        for number, (before, after) in enumerate(pairwise(self._factors), start=1):
            row, line = FIRST_ERROR + number, FIRST_ERROR + number + 1
            sheet.write_number(row, 0, number, looks.number)
            sheet.write_number(row, 1, after, looks.factor)
            sheet.write_number(row, 2, after - before, looks.factor)
            sheet.write_formula(row, 3, f"=IFERROR(MAX(LARGE({taints},{number}),0),0)", looks.share, 0)
            sheet.write_formula(row, 4, f"=D{line}*(C{line}-1)*{self._draw.interval_sek}", looks.allowance, 0)

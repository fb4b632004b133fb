"""Rows of text in columns under each other, as wide as they need and no wider than the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

GAP = "  "
NARROWEST = 12
"""Letters. A column of text is folded no narrower: rather the line is too long."""

Cells = Sequence[str]


@dataclass(frozen=True)
class Columns:
    """Rows of cells. A text among them is a line of its own, above the rows that it introduces."""

    rows: Sequence[Cells | str]
    right: Collection[int] = ()
    """Columns of numbers, from 0: their ends stand under each other, and they are never folded."""
    indent: int = 2

    def lines(self, width: int | None = None) -> Iterator[str]:
        """The rows as lines; where a width is given, texts are folded to it."""
        widths = self._widths(width)
        for row in self.rows:
            if isinstance(row, str):
                yield row
            else:
                yield from self._folded(row, widths)

    def _widths(self, width: int | None) -> list[int]:
        rows = [row for row in self.rows if not isinstance(row, str)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        if width is None:
            return widths
        over = self.indent + sum(widths) + len(GAP) * (len(widths) - 1) - width
        while over > 0:
            widest = max((n for n in range(len(widths)) if n not in self.right), key=lambda n: widths[n], default=None)
            if widest is None or widths[widest] <= NARROWEST:
                break
            widths[widest] -= 1
            over -= 1
        return widths

    def _folded(self, row: Cells, widths: Sequence[int]) -> Iterator[str]:
        parts = [
            [cell] if len(cell) <= width or n in self.right else textwrap.wrap(cell, width, break_on_hyphens=False)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for line in zip_longest(*parts, fillvalue=""):
            cells = (
                cell.rjust(width) if n in self.right else cell.ljust(width)
                for n, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            yield (" " * self.indent + GAP.join(cells)).rstrip()


def laid_out(items: Iterable[str | Columns], width: int | None = None) -> Iterator[str]:
    """Lines and columns, one after another, as lines."""
    for item in items:
        if isinstance(item, Columns):
            yield from item.lines(width)
        else:
            yield item

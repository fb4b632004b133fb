"""A sheet of a form: what may not be read as if nothing were the matter, and what is told of it all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assets.domain.reading.cells import as_text
from assets.domain.reading.forms import column_letter
from assets.received import Cell, Sheet
from schemas.configuration.forms import Form
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said
from schemas.words.vocabulary import LOST


def address(row: int, column: int) -> str:
    """What a spreadsheet calls a cell. Args: row: from 1. column: from 0."""
    return f"{column_letter(column)}{row}"


def spans(numbers: Iterable[int]) -> str:
    """Numbers as a person lists them: 5–7, 12."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


# -- what may not be read as if nothing were the matter ---------------------------------------------------------------
def refuse_lost(file: str, sheet: Sheet) -> None:
    """Raises: Stop: a cell holds something and would be read as empty: an error, or a formula without a value."""
    lost = sorted((place, word) for place, word in sheet.oddities.items() if word in LOST)
    if lost:
        (row, column), word = lost[0]
        named = f"{file}: {sheet.name}" if sheet.name else file
        raise Stop("cell_lost", file=named, cell=address(row, column), why=Said(word), count=len(lost))


def merged_in(sheet: Sheet, header_row: int) -> Iterator[tuple[int, int, int, int]]:
    """Cells that are merged over several rows below the headers, and hold anything."""
    for top, left, bottom, right in sheet.merged:
        if bottom > max(top, header_row) and bottom > header_row + 1 and _holds(sheet, top, left):
            yield top, left, min(bottom, len(sheet.rows)), right


def _holds(sheet: Sheet, row: int, column: int) -> bool:
    return row <= len(sheet.rows) and column < len(sheet.rows[0]) and bool(as_text(sheet.rows[row - 1][column]))


def without_merged(file: str, sheet: Sheet, header_row: int, form: Form) -> Sheet:
    """The sheet with what merged cells hold in each of their rows, if the form says so. Raises: Stop if it does not."""
    merged = list(merged_in(sheet, header_row))
    if not merged:
        return sheet
    if form.merged == "refuse":
        top, left, bottom, right = merged[0]
        cells = f"{address(top, left)}:{address(bottom, right)}"
        raise Stop("cells_merged", file=file, cells=cells, form=form.title)
    return replace(sheet, rows=_filled(sheet.rows, merged, header_row))


def _filled(
    rows: Sequence[Sequence[Cell]], merged: Iterable[tuple[int, int, int, int]], header_row: int
) -> list[Sequence[Cell]]:
    filled = [list(row) for row in rows]
    for top, left, bottom, _ in merged:
        for row in range(max(top, header_row) + 1, bottom + 1):
            filled[row - 1][left] = rows[top - 1][left]
    return [*filled]

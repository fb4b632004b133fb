"""A sheet of a form: what may not be read as if nothing were the matter, and what is told of it all the same."""

from __future__ import annotations

from collections.abc import Iterable

from assets.domain.reading.cells import merged_in
from assets.domain.reading.forms import column_letter
from assets.received import Sheet
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


def refuse_merged(file: str, sheet: Sheet, header_row: int, form: Form) -> None:
    """Raises: Stop: cells are merged over several rows of data, and the form does not say that they hold for each."""
    merged = next(merged_in(sheet, header_row), None)
    if merged and form.merged == "refuse":
        top, left, bottom, right = merged
        cells = f"{address(top, left)}:{address(bottom, right)}"
        raise Stop("cells_merged", file=file, cells=cells, form=form.title)

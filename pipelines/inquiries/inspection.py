"""`statsbidrag inspect`: what a file is, before any form knows it. Values of free text are told nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from assets.domain.reading.forms import header_cells, says
from pipelines.inquiries import inspection_oddities, inspection_tools
from pipelines.inquiries.inspection_columns import LABEL, Column, Headed, columns_of, counts_of
from pipelines.inquiries.inspection_reading import Cells, Oddity, Opened, Table, opened
from pipelines.inquiries.inspection_tools import Layout, layout_of
from schemas.configuration.layouts import FOOTNOTES, SUBTOTALS, TOTALS, Reads

Header = Literal["first", "last", "joined"]
QUESTIONS_BELOW = 2
"""Header rows, where short names stand above questions."""

NARROW = 2
"""Columns. In a table no wider than that, one filled cell is a row of data."""


@dataclass(frozen=True)
class Inspected:
    """What a file was found to be. `header`: which of its header rows names the columns, as a form says it."""

    file: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    layout: Layout
    header: Header
    data_rows: int
    columns: Sequence[Column]
    oddities: Sequence[Oddity] = field(default_factory=tuple)
    values: Sequence[Cells] = field(default_factory=tuple, repr=False)
    """The rows of data, as they stand."""

    @property
    def tool(self) -> str | None:
        """The tool that wrote it, if it bears the traits of one."""
        return self.layout.tool


def inspect(path: Path) -> Inspected:
    """What a file is. Raises: Stop if it cannot be read at all."""
    file = opened(path)
    table, layout = _chosen(file)
    last = layout.header_row + layout.header_rows - 1
    body = list(enumerate(table.rows[last:], start=last + 1))
    data = [row for _, row in body if any(map(says, row)) and not _is_mark(row)]
    header, columns = _columns(table, layout, data)
    odd = [*file.oddities, *table.oddities, *inspection_oddities.found(table.rows, layout, columns, body)]
    odd += [Oddity("", "other_sheet") for other in file.tables if other is not table]
    return Inspected(
        path.name,
        file.encoding,
        file.delimiter,
        table.name,
        layout,
        header,
        len(data),
        columns,
        odd,
        data,
    )


def _columns(table: Table, layout: Layout, data: Sequence[Cells]) -> tuple[Header, list[Column]]:
    """The columns, and which header row names them: the one that writes options as the cells do."""
    header = _header(layout)
    columns = columns_of(_headed(table, layout, header, data), layout.tool)
    says_options = any(column.guess.coding == LABEL for column in columns)
    if layout.tool == inspection_tools.QUALTRICS and layout.header_rows == QUESTIONS_BELOW and says_options:
        return "last", columns_of(_headed(table, layout, "last", data), layout.tool)
    return header, columns


def _chosen(file: Opened) -> tuple[Table, Layout]:
    """The table that a tool wrote, or else the one with most cells."""
    laid = [(table, layout_of(table.rows, is_nested=file.is_nested)) for table in file.tables]
    return max(laid, key=lambda each: (each[1].confidence, sum(map(len, each[0].rows))))


def _header(layout: Layout) -> Header:
    if layout.header_rows <= 1 or layout.tool == inspection_tools.QUALTRICS:
        return "first"
    return "last" if layout.tool == inspection_tools.KOBO else "joined"


def _is_mark(row: Cells) -> bool:
    """Whether a row is a total or a footnote, by how it begins."""
    filled = [text for cell in row if (text := says(cell).casefold())]
    words = (*TOTALS, *SUBTOTALS)
    is_total = filled[0].rstrip(": ") in words and len(filled) * 2 <= len(row) + 1
    return is_total or (len(filled) == 1 and len(row) > NARROW and filled[0].startswith(FOOTNOTES))


def _headed(table: Table, layout: Layout, header: str, data: Sequence[Cells]) -> list[Headed]:
    reads = Reads.model_validate({"header_rows": max(layout.header_rows, 1), "header": header})
    headers = [says(cell) for cell in header_cells(table.rows, layout.header_row, reads)] if layout.header_rows else []
    labels = _labels(table, layout, headers)
    width = max([len(headers), *map(len, data)], default=0)
    padded = [*headers, *[""] * (width - len(headers))]
    cells = [[row[at] if at < len(row) else None for row in data] for at in range(width)]
    return [
        Headed(at, text, labels[at] if at < len(labels) else text, counts_of(cells[at]))
        for at, text in enumerate(padded)
        if text or any(map(says, cells[at]))
    ]


def _labels(table: Table, layout: Layout, headers: Sequence[str]) -> list[str]:
    """The questions behind short names, where a row of their own gives them, or the header itself."""
    if layout.tool == inspection_tools.QUALTRICS and layout.header_rows > 1:
        rows = table.rows[layout.header_row - 1 : layout.header_row + 1]
        named = [says(cell) for cell in rows[0]] == headers
        return [says(cell) or header for cell, header in zip(rows[1 if named else 0], headers, strict=False)]
    if layout.tool == inspection_tools.LIMESURVEY:
        codes = [inspection_tools.lime_code(header) for header in headers]
        return [header[len(code) :].removeprefix(". ") or header for header, code in zip(headers, codes, strict=True)]
    return list(headers)


def document(inspected: Inspected) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "file": inspected.file,
        "tool": inspected.tool,
        "confidence": inspected.layout.confidence,
        "encoding": inspected.encoding,
        "delimiter": inspected.delimiter,
        "sheet": inspected.sheet,
        "header_row": inspected.layout.header_row if inspected.layout.header_rows else None,
        "header_rows": inspected.layout.header_rows,
        "data_rows": inspected.data_rows,
        "questions": [_question(column) for column in inspected.columns],
        "oddities": [{"address": each.address, "kind": each.kind} for each in inspected.oddities],
    }


def _question(column: Column) -> dict[str, Any]:
    return {
        "column": column.letter,
        "header": column.header,
        "question": column.stem or column.label,
        "type": column.guess.type,
        "coding": column.guess.coding,
        "options": list(column.guess.options),
        "confidence": column.guess.confidence,
        "role": column.role,
    }

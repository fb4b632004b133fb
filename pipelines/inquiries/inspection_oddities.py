"""What is odd in a table, by address and kind. A value is never told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assets.domain.reading.forms import says
from pipelines.inquiries.inspection_columns import RESPONDENT, Column
from pipelines.inquiries.inspection_reading import Cells, Oddity, cell_at, column_at, row_at
from pipelines.inquiries.inspection_tools import Layout, titles
from pipelines.inquiries.inspection_values import AMOUNT, AMOUNT_TEXT, DATE, FREE_TEXT, WHOLE
from schemas.configuration.layouts import FOOTNOTES, SUBTOTALS, TOTALS

MARK = "\ufeff"
MOJIBAKE = re.compile("Ã[\u0080-\u00bf¤¥¶…„–]|â€[\u0080-\u00bf™œ\u009d“”]|Â[\u00a0-\u00bf]|ï»¿")
FORMULA = re.compile(r"[=@]\S.*|[+-](?![0-9\s.,–-])\S.*|[+-].*\(.*", re.DOTALL)
MARKUP = re.compile(r"</?[a-z][a-z0-9]*[^<>]*>|&(nbsp|amp|lt|gt|quot|#[0-9]+);", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e]")
NARROW = 2
"""Columns. In a table no wider than that, one filled cell is a row of data."""

LONG = 32_767
"""Characters: more than a cell of a spreadsheet can hold."""

Body = Sequence[tuple[int, Cells]]


def found(rows: Sequence[Cells], layout: Layout, columns: Sequence[Column], body: Body) -> Iterator[Oddity]:
    """Everything odd: of the headers, of whole rows, of cells."""
    yield from (Oddity(row_at(number), "title_row") for number in titles(rows, layout))
    yield from _of_headers(rows, layout, columns)
    width = len(rows[layout.header_row - 1]) if layout.header_rows else 0
    yield from _of_rows(body, width)
    yield from _of_ids(body, columns)
    for number, row in body:
        yield from (Oddity(cell_at(number, at), kind) for at, cell in enumerate(row) if cell for kind in kinds(cell))
    for column in columns:
        yield from _against_their_column(column, body)


def _of_headers(rows: Sequence[Cells], layout: Layout, columns: Sequence[Column]) -> Iterator[Oddity]:
    if not layout.header_rows:
        yield Oddity("", "no_headers")
        return
    first = layout.header_row
    seen = Counter(column.header for column in columns)
    for column in columns:
        address = cell_at(first, column.position)
        if not column.header and column.position < len(rows[first - 1]):
            yield Oddity(address, "header_missing")
        elif column.header and seen[column.header] > 1:
            yield Oddity(address, "header_twice")
    for number in range(first, first + layout.header_rows):
        for at, cell in enumerate(rows[number - 1]):
            for kind in _kinds_of_header(cell or ""):
                yield Oddity(cell_at(number, at), kind)


def _kinds_of_header(cell: str) -> Iterator[str]:
    if "\n" in cell.strip() or "\r" in cell.strip():
        yield "line_break_in_header"
    if MARKUP.search(cell):
        yield "markup_in_header"
    yield from (kind for kind in kinds(cell) if kind != "formula_like")


def _of_rows(body: Body, width: int) -> Iterator[Oddity]:
    numbers = [number for number, row in body if any(map(says, row))]
    last = numbers[-1] if numbers else 0
    for number, row in body:
        filled = [(at, text) for at, cell in enumerate(row) if (text := says(cell))]
        if not filled:
            if number < last:
                yield Oddity(row_at(number), "blank_row")
            continue
        if width and filled[-1][0] >= width:
            yield Oddity(row_at(number), "row_too_long")
        elif len(row) < width:
            yield Oddity(row_at(number), "row_too_short")
        first = filled[0][1].casefold()
        if first.rstrip(": ") in (*TOTALS, *SUBTOTALS) and len(filled) * 2 <= len(row) + 1:
            yield Oddity(row_at(number), "total_row")
        elif len(filled) == 1 and len(row) > NARROW and first.startswith(FOOTNOTES):
            yield Oddity(row_at(number), "footnote")


def _of_ids(body: Body, columns: Sequence[Column]) -> Iterator[Oddity]:
    """Respondents that stand twice: submissions sent twice, or rows that complete each other."""
    at = next((column.position for column in columns if column.role == RESPONDENT), None)
    if at is None:
        return
    seen: set[str] = set()
    for number, row in body:
        if text := says(row[at]) if at < len(row) else "":
            if text in seen:
                yield Oddity(cell_at(number, at), "id_twice")
            seen.add(text)


def kinds(cell: str) -> list[str]:
    """What is odd of a text by itself. Most texts are plain, and soon done with."""
    is_plain = cell.isascii() and cell.isprintable() and len(cell) <= LONG
    if not cell or (is_plain and cell[0] not in " =@+-" and cell[-1] != " "):
        return []
    return [kind for kind, is_so in SIGNS.items() if is_so(cell)]


def _looks_alike(cell: str) -> bool:
    """Whether a word mixes Latin letters with letters of other alphabets that look like them."""
    if cell.isascii() or not any("\u0370" <= letter <= "\u052f" for letter in cell):
        return False
    return any(len({_alphabet(letter) for letter in word if letter.isalpha()}) > 1 for word in cell.split())


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "OTHER").partition(" ")[0]


SIGNS: dict[str, Callable[[str], bool]] = {
    "mark_in_cell": lambda cell: MARK in cell,
    "mixed_encodings": lambda cell: not cell.isascii() and bool(MOJIBAKE.search(cell)),
    "damaged_character": lambda cell: "\ufffd" in cell,
    "space_at_edge": lambda cell: bool(cell.strip()) and cell.strip(MARK) != cell.strip(f"{MARK} \t\u00a0\u202f"),
    "formula_like": lambda cell: bool(FORMULA.fullmatch(cell)),
    "control_character": lambda cell: bool(CONTROLS.search(cell)),
    "letters_look_alike": _looks_alike,
    "long_cell": lambda cell: len(cell) > LONG,
}


def _against_their_column(column: Column, body: Body) -> Iterator[Oddity]:
    """Texts among numbers or dates, and numbers written with words around them."""
    if column.guess.type not in (AMOUNT, DATE, FREE_TEXT):
        return
    texts = [(number, says(row[column.position])) for number, row in body if column.position < len(row)]
    texts = [(number, text) for number, text in texts if text]
    if column.guess.type == AMOUNT:
        yield from (
            Oddity(cell_at(number, column.position), "text_among_numbers")
            for number, text in texts
            if not AMOUNT_TEXT.fullmatch(text)
        )
        if column.guess.coding == "numbers as text":
            yield Oddity(column_at(column.position), "text_like_number")
    elif column.guess.type == FREE_TEXT:
        numbers = [number for number, text in texts if AMOUNT_TEXT.fullmatch(text) and not WHOLE.fullmatch(text)]
        if 2 * len(numbers) > len(texts):
            yield from (Oddity(cell_at(number, column.position), "text_like_number") for number in numbers)

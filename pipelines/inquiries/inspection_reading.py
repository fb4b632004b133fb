"""A file as cells of text, whatever it is, for `inspect`. A run is stricter, and refuses some of what is odd here."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from assets.domain.reading.cells import as_text
from assets.domain.reading.forms import column_letter
from assets.received import Sheet
from pipelines.readers.limits import limits
from pipelines.readers.raw_folder import read_sheets
from pipelines.readers.snapshot import content_of
from pipelines.readers.suffixes import NESTED
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

DELIMITERS = (";", ",", "\t", "|")
TEXTS = (".csv", ".tsv", ".tab", ".txt")
LOOKED_AT, HEAD = 200, 30
"""Records by which a delimiter is known, and those among them that may be the header row."""

LEAST = 0.3
"""A share of rows as wide as their header, below which there is one column."""

ASCII = 127
LONGEST_CELL = 1_000_000
SEP = re.compile(r"\s*[\"']?sep=(.)[\"']?\s*", re.IGNORECASE)
NUMBER = re.compile(r"[-+~]?[0-9][0-9\s.,:/-]*")
NORDIC = "åäöÅÄÖéÉüÜøØæÆèàáß\u00a0’‘“”–—…€§"
"""What the bytes beyond ASCII of a Swedish or English export stand for; the encoding is the one that gives these."""

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Oddity:
    """Something to look at, by where it stands as spreadsheets write it: `B12`, `12:12`, `C:C`; nothing is the file."""

    address: str
    kind: str


@dataclass(frozen=True)
class Table:
    """One table of a file, every cell as text, None where there is none; and what the file itself says is odd of it."""

    name: str | None
    rows: Sequence[Cells]
    oddities: Sequence[Oddity] = ()


@dataclass(frozen=True)
class Opened:
    """A file's tables; of a text its encoding and delimiter, and what was odd of the whole."""

    tables: Sequence[Table]
    is_nested: bool
    """Whether it is XML or JSON, whose headers are paths, in row 1."""
    encoding: str | None = None
    delimiter: str | None = None
    oddities: Sequence[Oddity] = field(default_factory=tuple)


def opened(path: Path) -> Opened:
    """The file's tables. Raises: Stop if it cannot be read at all, or holds nothing."""
    content = content_of(path, path.name)
    if path.suffix.lower() in TEXTS:
        return _text(path.name, content)
    sheets, encoding, _ = read_sheets(path.suffix, path.name, content)
    is_nested = path.suffix.lower() in NESTED
    return Opened([_table(sheet) for sheet in sheets], is_nested=is_nested, encoding=encoding)


# -- workbooks, XML, JSON -------------------------------------------------------------------------------------------
def _table(sheet: Sheet) -> Table:
    rows = [[as_text(cell, sheet.truth) for cell in row] for row in sheet.rows]
    return Table(sheet.name, rows, tuple(_marks(sheet)))


def _marks(sheet: Sheet) -> Iterator[Oddity]:
    """What the reader of the file tells of it."""
    if sheet.is_hidden:
        yield Oddity("", "hidden_sheet")
    if sheet.is_declared_badly:
        yield Oddity("", "broken_declaration")
    yield from (Oddity(row_at(number), "hidden_row") for number in sorted(sheet.hidden_rows))
    yield from (Oddity(column_at(position), "hidden_column") for position in sorted(sheet.hidden_columns))
    for top, left, bottom, right in sheet.merged:
        yield Oddity(f"{cell_at(top, left)}:{cell_at(bottom, right)}", "merged_cells")
    yield from (Oddity(cell_at(row, column), kind) for (row, column), kind in sheet.oddities.items())


def cell_at(row: int, column: int) -> str:
    """The address of a cell. Args: row: from 1; column: from 0."""
    return f"{column_letter(column)}{row}"


def row_at(row: int) -> str:
    """The address of a whole row, from 1."""
    return f"{row}:{row}"


def column_at(column: int) -> str:
    """The address of a whole column, from 0."""
    return f"{column_letter(column)}:{column_letter(column)}"


# -- text -----------------------------------------------------------------------------------------------------------
def _text(name: str, content: bytes) -> Opened:
    text, encoding, oddities = decoded(content)
    if "\x00" in text:
        oddities = [*oddities, Oddity("", "null_characters")]
    if not text.strip("\ufeff\x00 \r\n"):
        raise Stop("file_empty", file=name)
    told = SEP.fullmatch(text.partition("\n")[0])
    delimiter = told[1] if told else delimiter_of(text)
    try:
        rows = list(_records(text.partition("\n")[2] if told else text, delimiter))
    except csv.Error:
        raise Stop("file_unreadable", file=name, why=Said("cell_too_long", LONGEST_CELL)) from None
    _refuse_excess(name, rows)
    if told:
        rows.insert(0, [])  # rows are counted as the file has them
        oddities = [*oddities, Oddity("1:1", "sep_line")]
    if text.count('"') % 2:
        oddities = [*oddities, Oddity("", "unbalanced_quotes")]
    return Opened([Table(None, rows)], is_nested=False, encoding=encoding, delimiter=delimiter, oddities=oddities)


def _refuse_excess(name: str, rows: Sequence[Cells]) -> None:
    """Raises: Stop if the rows are wider, or more, than a run would read."""
    most, width = limits(), max(map(len, rows), default=0)
    if width > most.width:
        raise Stop("file_unreadable", file=name, why=Said("too_wide", most.width))
    if most.refuses_grid(len(rows), width, sum(map(len, rows))):
        raise Stop("file_unreadable", file=name, why=Said("too_sparse"))


def decoded(content: bytes) -> tuple[str, str, list[Oddity]]:
    """Text as a run reads it, its true encoding, and what is odd of that. Never fails: what cannot be read is told."""
    if content.startswith(codecs.BOM_UTF8):
        return _utf_8(content[3:], "utf-8-sig")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "utf-16", []
    if unmarked := _utf_16(content[:4096]):
        return content.decode(unmarked, "replace"), unmarked, []
    return _utf_8(content, "utf-8")


def _utf_8(content: bytes, name: str) -> tuple[str, str, list[Oddity]]:
    try:
        return content.decode("utf-8"), name, []
    except UnicodeDecodeError:
        good = content.decode("utf-8", "replace")
    damaged = good.count("\ufffd")
    if sum(not letter.isascii() for letter in good) - damaged > damaged:
        return good, name, [Oddity("", "mixed_encodings")]
    encoding = _single_byte(content)
    read = content.decode("cp1252", "replace")
    return read, encoding, [Oddity("", "read_as_cp1252")] if encoding != "cp1252" else []


def _single_byte(content: bytes) -> str:
    """Of cp1252 and Mac Roman the one that makes more letters and signs of the bytes that one meets here."""
    beyond = bytes(byte for byte in content if byte > ASCII)
    scores = {name: sum(map(NORDIC.count, beyond.decode(name, "replace"))) for name in ("cp1252", "mac_roman")}
    return max(scores, key=lambda name: scores[name])


def _utf_16(head: bytes) -> str | None:
    before, behind = head[::2].count(0), head[1::2].count(0)
    if (before and behind) or max(before, behind) * 4 < max(len(head), 1):
        return None
    return "utf-16-be" if before else "utf-16-le"


def delimiter_of(text: str) -> str | None:
    """The sign with which some row looks most like a header of the rows below it; None where there is one column."""
    scores = {mark: _likeness(_first(text, mark)) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark])
    return best if scores[best][0] > LEAST else None


def _first(text: str, delimiter: str) -> list[Cells]:
    found: list[Cells] = []
    with suppress(csv.Error):
        found.extend(islice(_records(text, delimiter), LOOKED_AT))
    return found


def _likeness(rows: Sequence[Cells]) -> tuple[float, int]:
    """How well the best header among the first rows fits the rows below it, and its width."""
    best = (0.0, 0)
    for number, row in enumerate(rows[:HEAD]):
        below = [len(each) for each in rows[number + 1 :] if any(each)] or [len(row)] * (not number)
        if len(row) > 1 and below:
            named = sum(1 for cell in row if cell and not NUMBER.fullmatch(cell.strip())) / len(row)
            best = max(best, (below.count(len(row)) / len(below) * (0.5 + named / 2), len(row)))
    return best


def _records(text: str, delimiter: str | None) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    if delimiter is None:
        yield from ([line] if line else [] for line in text.splitlines())
        return
    yield from csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)

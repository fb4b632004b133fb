"""Delimited text: strict UTF-8 with or without mark, else cp1252; the delimiter is the one that makes the rows even."""

from __future__ import annotations

import codecs
import csv
import io

from assets.received import Sheet
from schemas.texts.catalogue import Said

DELIMITERS = ";,\t"
SAMPLE_ROWS = 20
NO_COLUMNS = (0.0, 0)
LONGEST_CELL = 1_000_000
"""Characters. A free-text answer is some thousands; the library's own limit is 131 072."""


class Unreadable(Exception):  # noqa: N818 - why a file cannot be read; the caller names the file
    """Why a file cannot be read: a text of the catalogue. Of an archive, `within` is the file in it."""

    def __init__(self, reason: str, limit: int | str | None = None, within: str = "") -> None:
        """The reason's name in the catalogue, and what it may name."""
        super().__init__(reason)
        self.why = Said(reason, limit)
        self.within = within


def decoded(content: bytes) -> tuple[str, str]:
    """Text and encoding. Guessing libraries call short Swedish files Chinese: two encodings are enough here."""
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content[3:], "utf-8"), "utf-8-sig"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strict(content, "cp1252"), "cp1252"


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("not_text") from None


def parsed(text: str) -> tuple[list[list[str]], str]:
    """The records of a delimited text, and its delimiter."""
    tries = {mark: records for mark in DELIMITERS if (records := _records(text, mark)) is not None}
    best = max(tries, key=lambda mark: _evenness(tries[mark][:SAMPLE_ROWS]), default="")
    if len(tries) < len(DELIMITERS) and (not best or _evenness(tries[best]) == NO_COLUMNS):
        raise Unreadable("broken_quotes")
    return tries[best], best


def _evenness(records: list[list[str]]) -> tuple[float, int]:
    """How many of the rows with cells have the commonest width, and that width: free text makes rows uneven."""
    widths = [len(record) for record in records if len(record) > 1]
    if not widths:
        return NO_COLUMNS
    commonest = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(commonest) / len(widths), commonest


def _records(text: str, delimiter: str) -> list[list[str]] | None:
    """The records, or None where a quote does not end: everything after it would be one cell."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def rectangular(rows: list[list[str | None]]) -> Sheet:
    """Rows as wide as the widest: a cell that is not there is None, an empty one is empty text."""
    width = max((len(row) for row in rows), default=0)
    return Sheet(None, [[*row, *[None] * (width - len(row))] for row in rows])


def read_lines(content: bytes) -> list[str]:
    """The lines of a text without columns. Raises: Unreadable."""
    return _plain(content)[0].splitlines()


def _plain(content: bytes) -> tuple[str, str]:
    text, encoding = decoded(content)
    if "\x00" in text:
        raise Unreadable("null_characters")
    return text, encoding


def read_text(content: bytes) -> tuple[Sheet, str, str]:
    """The one table of a text file, its encoding and its delimiter. Raises: Unreadable."""
    text, encoding = _plain(content)
    records, delimiter = parsed(text)
    return rectangular([list(record) for record in records]), encoding, delimiter

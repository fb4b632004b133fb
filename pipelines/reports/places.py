"""Where something stands in a received file, as a person finds it: a cell of a sheet, or a value of a submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from pipelines.readers.suffixes import NESTED
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

Headers = Mapping[tuple[str, str], str]
"""The header of a column, by file and letter."""


def headers_of(columns: Iterable[Mapping[str, Any]]) -> Headers:
    """What the columns (rows of core_source_column) are headed."""
    return {(each["source_file"], each["source_column"]): each["header"] for each in columns if each["header"]}


def place(found: Mapping[str, Any], headers: Headers, language: Language) -> str:
    """The place that a finding leads to in its file; empty if it is about the file as a whole.

    A spreadsheet names it by column and row. Of submissions it is told by number, row and path.
    """
    file, row, column = (found[f"source_{part}"] for part in ("file", "row", "column"))
    if file and row and PurePosixPath(file).suffix.lower() in NESTED:
        submission = text("place_submission", language).format(number=row - 1, row=row)
        return ", ".join(filter(None, (submission, headers.get((file, column), column))))
    if row and not column:
        return text("place_row", language).format(row=row)
    return f"{column or ''}{row or ''}"

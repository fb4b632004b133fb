"""The notes of a printed table: each once, under a letter; at the column where all of its figures have it."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
LETTERS = string.ascii_lowercase


@dataclass(frozen=True)
class Footnotes:
    """What stands below a table, by letter, and the letter of each column or cell that has a note."""

    notes: Mapping[str, str]
    columns: Mapping[int, str]
    cells: Mapping[tuple[int, int], str]


def footnotes(rows: Sequence[Sequence[Row]]) -> Footnotes:
    """The notes of a table's rows of cells, in the order in which they are met. Args: as in out_table_cell."""
    letters: dict[str, str] = {}
    columns: dict[int, str] = {}
    cells: dict[tuple[int, int], str] = {}
    for at, first in enumerate(rows[0] if rows else ()):
        notes = {row[at]["note_sv"] for row in rows}
        if len(notes) == 1 and first["note_sv"]:
            columns[first["column_no"]] = _letter(letters, first["note_sv"])
    for row in rows:
        for cell in row:
            if cell["note_sv"] and cell["column_no"] not in columns:
                cells[cell["row_no"], cell["column_no"]] = _letter(letters, cell["note_sv"])
    return Footnotes({letter: note for note, letter in letters.items()}, columns, cells)


def _letter(letters: dict[str, str], note: str) -> str:
    """A letter per note; after z come aa, ab."""
    number = len(letters)
    before = LETTERS[number // len(LETTERS) - 1] if number >= len(LETTERS) else ""
    return letters.setdefault(note, before + LETTERS[number % len(LETTERS)])

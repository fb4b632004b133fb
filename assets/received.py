"""What was received for a round, read and not interpreted: the one thing that `compute` is given from outside.

`pipelines.readers` makes it of files; tests write it by hand. Nothing here reads a file or knows a form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schemas.configuration.corrections import Correction
from schemas.configuration.source_card import SourceCard

Cell = str | int | Decimal | bool | dt.date | dt.datetime | None
"""One cell with the type that it had in the file; None where there is no cell."""

Cells = Sequence[Cell]

Address = tuple[int, int]
"""A cell of a sheet: row from 1, column from 0."""


@dataclass(frozen=True)
class RoundKey:
    """One round: a programme and a year."""

    programme: str
    year: int


@dataclass(frozen=True)
class Sheet:
    """One table of cells, as wide as its widest row. A text file has one, without a name."""

    name: str | None
    rows: Sequence[Cells]
    continued: Sequence[tuple[int, int]] = ()
    """Of a text file: the rows (from 1) whose quoted cells go on over further lines, and over how many."""

    oddities: Mapping[Address, str] = field(default_factory=dict)
    """What is exceptional about a cell, a word of `ODDITIES`; most cells are not in it."""

    hidden_rows: frozenset[int] = frozenset()
    """Rows that the file hides, from 1."""

    hidden_columns: frozenset[int] = frozenset()
    """Columns that the file hides, from 0."""

    merged: Sequence[tuple[int, int, int, int]] = ()
    """Cells shown as one: first row and column, last row and column. Only the first cell holds anything."""

    truth: tuple[str, str] = ("FALSE", "TRUE")
    """How the file's program shows false and true."""

    is_hidden: bool = False
    """Whether the file hides the sheet."""

    is_declared_badly: bool = False
    """Whether the file's XML declaration is broken, and it was read all the same."""


@dataclass(frozen=True)
class InputFile:
    """One received file. `path` is relative to the raw folder."""

    path: str
    sha256: str
    byte_count: int
    encoding: str | None
    delimiter: str | None
    card: SourceCard
    sheets: Sequence[Sheet]

    @property
    def name(self) -> str:
        """What the file is called in its folder."""
        return self.path.rpartition("/")[2]

    @property
    def known_date(self) -> dt.date:
        """The day from which its rows count as known that have no date of their own."""
        return self.card.known_from or self.card.date


@dataclass(frozen=True)
class CorrectionLog:
    """The corrections of a round by their number (from 1, as they were written), and the file that lists them."""

    entries: Mapping[int, Correction]
    file: InputFile


@dataclass(frozen=True)
class RegisterFault:
    """What is wrong with a cell of a programme's register (row from 1, column from 0), and what it is held against."""

    rule: str
    source_file: str
    source_sheet: str | None
    row: int
    column: int
    header: str
    provenance: str
    suggestions: str | None = None


@dataclass(frozen=True)
class Register:
    """Every body that may be named as a recipient, and the files that say so."""

    bodies: Sequence[dict[str, Any]]
    """One for each code and name of any year, with the columns of core_recipient; and what tells who a body is, of
    those whose code or name does not (`organisation_number`, `person_name`), which is in no table."""

    files: Sequence[InputFile]
    faults: Sequence[RegisterFault] = ()


@dataclass(frozen=True)
class Received:
    """Everything that was received for a round by the day on which it is computed.

    `folder` is where a person puts its exports. `ordinance_sha256` is the hash of the ordinance's text in the raw
    folder, if it lies there. `today` is the day of the run: waivers are in force or not on it, and no figure depends
    on it.
    """

    key: RoundKey
    files: Sequence[InputFile]
    log: CorrectionLog | None
    register: Register
    folder: str
    today: dt.date
    ordinance_sha256: str | None = None

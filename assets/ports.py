"""What the assets need from outside, as protocols. `pipelines` supplies them; tests supply their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from assets.domain.forms import Row
from assets.domain.frames import Frame
from schemas.configuration.corrections import Correction
from schemas.configuration.source_card import SourceCard


@dataclass(frozen=True)
class RoundKey:
    """One round: a programme and a year."""

    programme: str
    year: int


@dataclass(frozen=True)
class Sheet:
    """One table of cells as text, as wide as its widest row. A text file has one, without a name."""

    name: str | None
    rows: Sequence[Row]


@dataclass(frozen=True)
class InputFile:
    """One received file, read but not interpreted. `path` is relative to the raw folder."""

    path: str
    sha256: str
    byte_count: int
    encoding: str | None
    delimiter: str | None
    card: SourceCard
    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class CorrectionLog:
    """The corrections of a round by their number (from 1, as they were written), and the file that lists them."""

    entries: Mapping[int, Correction]
    file: InputFile


@dataclass(frozen=True)
class Register:
    """Every body that may be named as a recipient, and the files that say so."""

    bodies: Sequence[dict[str, Any]]
    """One for each code and name of any year, with the columns of core_recipient."""

    files: Sequence[InputFile]


@dataclass(frozen=True)
class Version:
    """A published version: its id, its folder, and how much it holds."""

    id: str
    folder: str
    row_counts: Mapping[str, int]
    is_new: bool


class Inbox(Protocol):
    """Where received files come from."""

    def folder(self, round_key: RoundKey) -> str:
        """Where a person puts the round's exports."""

    def files(self, round_key: RoundKey) -> list[InputFile]:
        """The round's exports, by path. Raises: Stop if there are none or one cannot be read."""

    def corrections(self, round_key: RoundKey) -> CorrectionLog | None:
        """The round's corrections, if it has any. Raises: Stop if the log cannot be read or is wrong."""

    def register(self) -> Register:
        """Every possible recipient. Raises: Stop if a file of the register cannot be read."""

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file by its path below the raw folder; None if it is not there."""


class Settings(Protocol):
    """What a person may choose for a run."""

    as_of: str
    """ISO date, or empty for the latest date in the data."""

    @property
    def today(self) -> dt.date:
        """The day of the run, on which waivers are in force or not. No figure depends on it."""


class Reports(Protocol):
    """Where a person reads what was found."""

    def refuse(self, round_key: RoundKey, run_id: str) -> None:
        """Write the report of a round that is not accepted, from the tables of its run."""

    def withdraw(self, round_key: RoundKey) -> None:
        """Take away the report of an earlier run that was not accepted, if there is one."""

    def place(self, round_key: RoundKey, rule: str) -> str:
        """The place of a rule in the round's report: of the run that was just refused, or else of what is published.

        Returns: an address that a browser opens, or a path.
        """


class Store(Protocol):
    """Where a run's tables lie until the round is accepted."""

    def accept(self, round_key: RoundKey, run_id: str) -> str:
        """Make this run's snapshot the round's accepted one. Raises: Stop if a table is missing. Returns its folder."""


class Publication(Protocol):
    """One publication under way, under the lock."""

    def tables(self) -> dict[str, Frame]:
        """The tables of all accepted rounds, one frame per table."""

    def publish(self, spanning: Mapping[str, Frame], run_id: str) -> Version:
        """Write a complete version aside and switch to it."""


class Publisher(Protocol):
    """What switches the warehouse from one version to the next."""

    def publication(self) -> AbstractContextManager[Publication]:
        """Take the lock and the accepted snapshots. Raises: Stop if no round is accepted."""

"""Two versions side by side: one on disk, or the one being published; read round by round, as the house reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.domain.changed.causes import Made
from assets.domain.figures.world import World
from assets.domain.grant.entries import Entry, entry_of
from pipelines.warehouse.layout import inside_of, read_manifest
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project
from schemas.tables.release import as_declared, withheld
from schemas.words.vocabulary import APPLIED

Row = dict[str, Any]
Key = tuple[str, int]
"""A programme and a year."""

LEDGER = TABLES["core_ledger_entry"]
OF_ENTRIES = [name for name in project.arrow_schema(LEDGER).names if name not in withheld(LEDGER)]
OF_FILES = ("source_file", "sha256", "known_date", "replaces", "form")
OF_CARDS = ("known_date", "replaces", "form")
OF_CORRECTIONS = ("source_file", "source_row", "source_column", "corrected_date", "effect")
QUESTIONS = "questions"
"""No table of its own: which options of which question each year's forms have."""
OF_QUESTION = ("year", "question", "option")


class NotThereError(Exception):
    """A version does not have a table, or not with the columns that are asked of now."""


class Side(Protocol):
    """A version: its name, the rounds it has with what their cards say, and its tables."""

    name: str
    cards: Mapping[Key, Row]

    def table(self, name: str, programme: str, year: int | None) -> pa.Table:
        """The rows of a round, or of all rounds of a programme. Raises: NotThereError."""


class OnDisk:
    """A version that was published."""

    def __init__(self, version: Path) -> None:
        """Read this version, which verifies."""
        self.name = version.name
        self._version = version
        rounds = (read_manifest(version) or {}).get("rounds", ())
        self.cards: Mapping[Key, Row] = {(card["programme"], card["year"]): card for card in rounds}

    def table(self, name: str, programme: str, year: int | None) -> pa.Table:
        """The rows of a round, or of a programme: of the row groups that may have any. Raises: NotThereError."""
        try:
            with pq.ParquetFile(self._place(name)) as file:
                wanted = [number for number in range(file.num_row_groups) if _may_have(file, number, programme, year)]
                return _of(as_declared(TABLES[name], file.read_row_groups(wanted)), programme, year)
        except (OSError, pa.ArrowException, KeyError):
            raise NotThereError(name) from None

    def _place(self, name: str) -> Path:
        """Where a table lies: whole in the house's part of the version, unless everybody may read all of it."""
        whole, open_to_all = (each / f"parquet/{name}.parquet" for each in (inside_of(self._version), self._version))
        return whole if whole.exists() else open_to_all


def _may_have(file: pq.ParquetFile, number: int, programme: str, year: int | None) -> bool:
    """Whether a row group may have rows of a round, by the least and the most of its columns."""
    names = file.schema_arrow.names
    for name, value in (("programme", programme), ("year", year)):
        if value is not None and name in names:
            told = file.metadata.row_group(number).column(names.index(name)).statistics
            if told and told.has_min_max and not told.min <= value <= told.max:
                return False
    return True


def _of(table: pa.Table, programme: str, year: int | None) -> pa.Table:
    mask = pc.equal(table["programme"], programme)
    if year is not None and "year" in table.column_names:
        mask = pc.and_(mask, pc.equal(table["year"], year))
    return table.filter(mask)


class UnderWay:
    """The version that is being published."""

    def __init__(
        self, name: str, cards: Iterable[Mapping[str, Any]], read: Callable[[Key], Mapping[str, pa.Table]]
    ) -> None:
        """Args: read: the tables of a round, those that span rounds among them."""
        self.name = name
        self.cards: Mapping[Key, Row] = {(card["programme"], card["year"]): dict(card) for card in cards}
        self._read = read

    def table(self, name: str, programme: str, year: int | None) -> pa.Table:
        """The rows of a round, or of all of a programme. Raises: NotThereError."""
        years = [year] if year is not None else [key[1] for key in self.cards if key[0] == programme]
        try:
            tables = [self._read((programme, each))[name] for each in years]
        except KeyError:
            raise NotThereError(name) from None
        spans = "year" not in tables[0].column_names if tables else False
        return _of(pa.concat_tables(tables[:1] if spans else tables), programme, year)


@dataclass(frozen=True)
class RoundOf:
    """One round in a version."""

    side: Side
    programme: str
    year: int

    @property
    def is_there(self) -> bool:
        """Whether the version has the round."""
        return (self.programme, self.year) in self.side.cards

    @property
    def card(self) -> Row:
        """What the version says of the round: the code that computed it, and more. Raises: Stop if it has it not."""
        if not self.is_there:
            raise self.not_comparable()
        return self.side.cards[self.programme, self.year]

    def rows(self, name: str, columns: Iterable[str] = ()) -> list[Row]:
        """The rows of the round. Raises: NotThereError if the version has no such table, or not these columns."""
        table = self.side.table(name, self.programme, self.year)
        if not set(columns) <= set(table.column_names):
            raise NotThereError(name)
        found: list[Row] = table.to_pylist()
        return found

    def differs(self, other: RoundOf, name: str) -> bool:
        """Whether a table of the round is not the same in another version: a quick look before a thorough one."""
        one, another = (each.side.table(name, self.programme, self.year) for each in (self, other))
        return not one.equals(another)

    @cached_property
    def ledger(self) -> list[Entry]:
        """Every entry of the round. Raises: NotThereError if they cannot be told apart as they are now."""
        found = self.rows("core_ledger_entry", OF_ENTRIES)
        if not found:
            raise NotThereError("core_ledger_entry")
        return [entry_of({"source_sheet": None, **row}) for row in found]

    @cached_property
    def known(self) -> dt.date:
        """The day by which was known what counts in the round; versions that do not say go by their as-of date."""
        [row] = self.rows("core_round", ["as_of_date"])
        day: dt.date = row.get("known_date") or row["as_of_date"]
        return day

    @cached_property
    def made(self) -> Made:
        """What the round was made of. Raises: NotThereError."""
        files = self.rows("core_source_file", OF_FILES)
        [day] = self.rows("core_round", ["as_of_date"])
        card = self.card
        return Made(
            f"{self.programme}/{self.year}/",
            {row["source_file"]: row["sha256"] for row in files},
            {row["source_file"]: {name: row[name] for name in OF_CARDS} for row in files},
            {
                (row["source_file"], row["source_row"], row["source_column"]): (
                    row["corrected_date"],
                    row.get("new_value"),
                )
                for row in self.rows("core_correction", OF_CORRECTIONS)
                if row["effect"] == APPLIED
            },
            (str(self.known), str(day["as_of_date"])),
            str(card.get("code_version")),
            card.get("configuration"),
            card.get("program"),
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """What the recipients are called, by code."""
        return {row["recipient_code"]: row["recipient_name"] for row in self.rows("core_recipient", ["recipient_name"])}

    def not_comparable(self) -> Stop:
        """Why the round cannot be compared."""
        values = {"programme": self.programme, "year": self.year}
        return Stop("version_not_comparable", version=self.side.name, **values)


def world_of(side: Side, programme: str) -> World:
    """What a version has of a programme, as expressions are about it."""

    def read(name: str, year: int | None) -> Sequence[Row]:
        if name == QUESTIONS:
            columns = (side.table("core_answer", programme, None)[each].to_pylist() for each in OF_QUESTION)
            return [dict(zip(OF_QUESTION, each, strict=True)) for each in sorted(set(zip(*columns, strict=True)))]
        rows: list[Row] = side.table(name, programme, year).to_pylist()
        return [{"source_sheet": None, **row} for row in rows]

    return World(programme, read)

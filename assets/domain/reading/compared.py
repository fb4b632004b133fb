"""Two versions of any table, cell by cell: which rows are the same row, and what differs.

Tables are matched by a key column. Texts are compared as a person sees them: stray and no-break spaces do not count,
and an amount is the same amount however it is written. Small enough for plain Python: an export, not a warehouse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from assets.domain.reading.forms import column_letter, says
from assets.received import Cells
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop

RENAMED_PERCENT = 90
"""A column under another name has at least this share of its values in common with what it was; our choice."""

PAIRS_TRIED = 500
"""So many pairs of rows tell how well a key pairs."""

AMOUNT = re.compile(
    r"(?P<whole>-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}))"
    r"(?:[.,](?P<decimals>[0-9]+))? ?(?:(?:kr|kronor|sek)\.?|[:,]-)?",
    re.IGNORECASE,
)
"""Whole digits or groups of three, and decimals. What begins with a zero is a code, and no amount."""

GROUP = 3
"""So many digits behind a lone point or comma may be decimals or thousands: no two ways to write one amount."""


@dataclass(frozen=True)
class Table:
    """A table of texts: its columns by name (to their place, from 0), and its rows by their number in the file."""

    file: str
    columns: Mapping[str, int]
    rows: Mapping[int, Cells]

    def text(self, row: int, column: str) -> str:
        """A cell as a person sees it; empty where there is nothing."""
        return says(self.rows[row][self.columns[column]])


def table_of(file: str, rows: Sequence[Cells]) -> Table:
    """Rows as a table: its headers stand in the first row that fills more than half of the columns.

    A header that stands twice is numbered, an empty one goes by its letter. Rows without any text are left out.
    """
    filled = [sum(bool(says(cell)) for cell in row) for row in rows]
    head = next((at for at, (row, count) in enumerate(zip(rows, filled, strict=True)) if 2 * count > len(row)), 0)
    below = {number: row for number, row in enumerate(rows, 1) if number > head + 1 and filled[number - 1]}
    return Table(file, {name: at for at, name in enumerate(_names(rows[head]))}, below)


def _names(headers: Cells) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for at, header in enumerate(headers):
        name = says(header) or f"({column_letter(at)})"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


@lru_cache(maxsize=65_536)
def canonical(text: str) -> str:
    """A text as it is compared: an amount as its plain number, whatever else as it stands."""
    found = AMOUNT.fullmatch(text.replace("\u2212", "-"))
    if found is None:
        return text
    decimals = found["decimals"] or "0"
    if len(decimals) == GROUP and found["whole"].isdecimal() and len(found["whole"]) <= GROUP:
        return text
    whole = re.sub("[ .]", "", found["whole"])
    return f"{Decimal(f'{whole}.{decimals}').normalize():f}"


@dataclass(frozen=True)
class Difference:
    """A cell that differs, or, without a column, a row that only one version has; its row numbers in the two files."""

    key: str
    column: str
    row_before: int | None
    row_after: int | None


# -- keys -----------------------------------------------------------------------------------------------------------
def key_column(
    before: Table, after: Table, chosen: str | None, logged: Collection[str] = (), named: str | None = None
) -> str:
    """The column that tells rows apart: the chosen one, or the one that pairs best.

    Of those that are filled and different in every row of both it has most of the keys that are `logged`, or else is
    `named` as the log's own, or pairs the rows of which most cells agree, or is the first.
    Raises: Stop if there is none, or the chosen one is not there.
    """
    if chosen is not None:
        for table in (before, after):
            if plain(chosen) not in table.columns:
                raise Stop("key_not_there", file=table.file, key=plain(chosen))
        return plain(chosen)
    possible = possible_keys(before, after)
    if not possible:
        raise Stop("key_not_found", file=before.file, other=after.file)
    pairs = Versions(before, after, possible[0])

    def fitness(column: str) -> tuple[int, bool, int]:
        return pairs.found(column, logged), column == named, Versions(before, after, column).agreement()

    return max(possible, key=fitness)


def possible_keys(before: Table, after: Table) -> list[str]:
    """The columns that are filled and different in every row of both."""
    shared = [column for column in before.columns if column in after.columns]
    return [column for column in shared if all(_tells_apart(table, column) for table in (before, after))]


def _tells_apart(table: Table, column: str) -> bool:
    texts = [table.text(row, column) for row in table.rows]
    return all(texts) and len(set(texts)) == len(texts)


def rows_by_key(table: Table, key: str) -> dict[str, int]:
    """Row numbers by key. Raises: Stop if a row has no key, or two have the same."""
    rows: dict[str, int] = {}
    for row in table.rows:
        text = table.text(row, key)
        if not text:
            raise Stop("key_blank", file=table.file, row=row, key=key)
        if text in rows:
            raise Stop("key_repeated", file=table.file, row=rows[text], other=row, key=key)
        rows[text] = row
    return rows


def bare(key: str) -> str:
    """A key without what programs add or take away: case, spaces, leading zeros, an empty decimal."""
    return key.casefold().replace(" ", "").removesuffix(".0").lstrip("0")


# -- differences ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Versions:
    """Two versions of a table and the key that both have."""

    before: Table
    after: Table
    key: str

    @cached_property
    def old_rows(self) -> dict[str, int]:
        """Row numbers before, by key."""
        return rows_by_key(self.before, self.key)

    @cached_property
    def new_rows(self) -> dict[str, int]:
        """Row numbers after, by key."""
        return rows_by_key(self.after, self.key)

    @cached_property
    def shared(self) -> list[tuple[int, int]]:
        """Row numbers, before and after, of the rows that both have."""
        return [(row, self.new_rows[key]) for key, row in self.old_rows.items() if key in self.new_rows]

    def agreement(self) -> int:
        """How many cells agree in the rows that the key pairs, of a part of them."""
        columns = [name for name in self.before.columns if name in self.after.columns]
        pairs = self.shared[:: len(self.shared) // PAIRS_TRIED + 1]
        agreeing = sum(
            canonical(self.before.text(old, name)) == canonical(self.after.text(new, name))
            for old, new in pairs
            for name in columns
        )
        return agreeing * (len(self.shared) // PAIRS_TRIED + 1)

    def found(self, column: str, keys: Collection[str]) -> int:
        """How many of these keys stand in a column of either."""
        there = {table.text(row, column) for table in (self.before, self.after) for row in table.rows}
        return len(there & set(keys))

    def better_key(self, keys: Collection[str]) -> str | None:
        """The column in which more of these keys stand than in the key; None if there is none."""
        columns = [name for name in self.before.columns if name in self.after.columns]
        best = max(columns, key=lambda column: (self.found(column, keys), column == self.key))
        return best if best != self.key and self.found(best, keys) > self.found(self.key, keys) else None

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Columns that have another name after: alike in nearly every row, and no other column is as like."""
        gone = [name for name in self.before.columns if name not in self.after.columns]
        new = [name for name in self.after.columns if name not in self.before.columns]
        alike = [(one, other) for one in gone for other in new if self._is_alike(one, other)]
        ones, others = (Counter(names) for names in zip(*alike, strict=True)) if alike else (Counter(), Counter())
        return {one: other for one, other in alike if ones[one] == others[other] == 1}

    def _is_alike(self, one: str, other: str) -> bool:
        pairs = [(self.before.text(old, one), self.after.text(new, other)) for old, new in self.shared]
        filled = [canonical(old) == canonical(new) for old, new in pairs if old or new]
        return bool(filled) and sum(filled) * 100 >= len(filled) * RENAMED_PERCENT

    def has(self, key: str) -> bool:
        """Whether either has a row with the key."""
        return key in self.old_rows or key in self.new_rows

    def name_after(self, column: str) -> str:
        """What a column is called after."""
        return self.renamed.get(column, column)

    @cached_property
    def columns(self) -> list[str]:
        """The columns that both have, by their name before."""
        return [name for name in self.before.columns if self.name_after(name) in self.after.columns]

    def place(self, key: str, column: str = "") -> Difference:
        """The cell, or the row, as a difference."""
        return Difference(key, column, self.old_rows.get(key), self.new_rows.get(key))

    def texts(self, key: str, column: str) -> tuple[str, str]:
        """What a cell holds before and after, of a row and a column that both have."""
        after = self.after.text(self.new_rows[key], self.name_after(column))
        return self.before.text(self.old_rows[key], column), after

    def differences(self) -> Iterator[Difference]:
        """Every cell that differs and every row that only one version has: in order of the rows before, then added."""
        for key in self.old_rows:
            if key not in self.new_rows:
                yield self.place(key)
                continue
            for column in self.columns:
                old, new = self.texts(key, column)
                if canonical(old) != canonical(new):
                    yield self.place(key, column)
        yield from (self.place(key) for key in self.new_rows if key not in self.old_rows)

    def refuse_keys_written_differently(self) -> None:
        """Raises: Stop if a row seems to be gone only since its key is written in another way."""
        lost = {bare(key) for key in self.old_rows if key not in self.new_rows}
        for key, row in self.new_rows.items():
            if key not in self.old_rows and bare(key) in lost:
                raise Stop(
                    "key_written_differently", file=self.after.file, row=row, key=self.key, other=self.before.file
                )

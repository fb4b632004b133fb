"""What differs between two versions of any table, cell by cell, and which of it a log of changes explains.

Tables are matched by a key column. Texts are compared as a person sees them: stray and no-break spaces do not count.
Everything here is small enough for plain Python: an export, not a warehouse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from assets.domain.reading.forms import column_letter, says
from assets.received import Cells
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop

RENAMED_PERCENT = 90
"""A column under another name has at least this share of its values in common with what it was; our choice."""


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


@dataclass(frozen=True)
class Entry:
    """One entry of a log: its number there, the key of its row, its column; without one it is about the whole row."""

    number: int
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """A cell that differs, or, without a column, a row that only one version has; its row numbers in the two files."""

    key: str
    column: str
    row_before: int | None
    row_after: int | None


@dataclass
class Explained:
    """What differs, by which entries it is explained, and why other entries explain nothing.

    `renamed` is columns under two names; what else only one version has is `removed` or `added`. No log explains them.
    """

    key: str
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    explained: list[tuple[Difference, list[Entry]]] = field(default_factory=list)
    unexplained: list[Difference] = field(default_factory=list)
    idle: list[tuple[Entry, str]] = field(default_factory=list)
    """Entries that explain nothing, each with its reason: the name of a text `idle_<reason>`."""

    @property
    def is_whole(self) -> bool:
        """True if everything is explained, and every entry explains something."""
        return not (self.unexplained or self.idle or self.removed or self.added or self.renamed)


# -- keys -----------------------------------------------------------------------------------------------------------
def key_column(before: Table, after: Table, chosen: str | None) -> str:
    """The column that tells rows apart: the chosen one, or the first that is filled and different in every row of both.

    Raises: Stop if there is none, or the chosen one is not there.
    """
    if chosen is not None:
        for table in (before, after):
            if plain(chosen) not in table.columns:
                raise Stop("key_not_there", file=table.file, key=plain(chosen))
        return plain(chosen)
    for column in before.columns:
        if column in after.columns and all(_tells_apart(table, column) for table in (before, after)):
            return column
    raise Stop("key_not_found", file=before.file, other=after.file)


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


def _bare(key: str) -> str:
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
        filled = [old == new for old, new in pairs if old or new]
        return bool(filled) and sum(filled) * 100 >= len(filled) * RENAMED_PERCENT

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
                if old != new:
                    yield self.place(key, column)
        yield from (self.place(key) for key in self.new_rows if key not in self.old_rows)

    def refuse_keys_written_differently(self) -> None:
        """Raises: Stop if a row seems to be gone only since its key is written in another way."""
        lost = {_bare(key) for key in self.old_rows if key not in self.new_rows}
        for key, row in self.new_rows.items():
            if key not in self.old_rows and _bare(key) in lost:
                raise Stop(
                    "key_written_differently", file=self.after.file, row=row, key=self.key, other=self.before.file
                )


# -- explanations ---------------------------------------------------------------------------------------------------
def explained(versions: Versions, log: Iterable[Entry]) -> Explained:
    """Hold what differs between two versions against a log.

    Entries of one cell may follow on each other: 1 to 2 and 2 to 3 together explain that 1 is 3.
    Raises: Stop if the keys of the two are not comparable.
    """
    versions.refuse_keys_written_differently()
    mine = defaultdict(list)
    for entry in log:
        mine[entry.key, _name_before(versions, entry.column)].append(entry)
    result = Explained(versions.key, renamed=versions.renamed)
    result.removed = [
        name for name in versions.before.columns if versions.name_after(name) not in versions.after.columns
    ]
    known = {*versions.columns, *versions.renamed.values()}
    result.added = [name for name in versions.after.columns if name not in known]
    for difference in versions.differences():
        entries = mine.get((difference.key, difference.column), [])
        if used := _used(versions, difference, entries):
            result.explained.append((difference, used))
        else:
            result.unexplained.append(difference)
    used_numbers = {entry.number for _, used in result.explained for entry in used}
    idle = (entry for entry in chain.from_iterable(mine.values()) if entry.number not in used_numbers)
    result.idle = [(entry, _why_idle(versions, entry)) for entry in sorted(idle, key=lambda entry: entry.number)]
    return result


def _name_before(versions: Versions, column: str) -> str:
    return next((old for old, new in versions.renamed.items() if new == column), column)


def _used(versions: Versions, difference: Difference, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that lead from what was to what is; none if they do not."""
    if not difference.column:
        return list(entries[:1])
    before, after = versions.texts(difference.key, difference.column)
    ways: dict[str, list[Entry]] = {before: []}
    for entry in entries:
        if entry.old in ways and entry.new not in ways:
            ways[entry.new] = [*ways[entry.old], entry]
    return ways.get(after, [])


def _why_idle(versions: Versions, entry: Entry) -> str:  # noqa: PLR0911 - one case per reason
    is_old, is_new = entry.key in versions.old_rows, entry.key in versions.new_rows
    if not is_old and not is_new:
        bare = {_bare(key) for key in (*versions.old_rows, *versions.new_rows)}
        return "key_differs" if entry.key and _bare(entry.key) in bare else "no_row"
    column = _name_before(versions, entry.column)
    if not column:
        return "row_kept" if is_old and is_new else "twice"
    if column not in versions.columns:
        return "no_column"
    if not (is_old and is_new):
        return "row_gone" if is_old else "row_new"
    before, after = versions.texts(entry.key, column)
    if before == after:
        return "unchanged"
    if entry.old != before:
        return "old_differs"
    return "new_differs" if entry.new != after else "twice"

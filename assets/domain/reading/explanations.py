"""Which of what differs between two versions of any table a log of changes explains, and what it says besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Self

from assets.domain.reading.compared import Difference, Versions, bare, canonical
from schemas.configuration.corrections import BLANKED, CHANGED, REMOVED, UNCHANGED


@dataclass(frozen=True)
class Entry:
    """One entry of a log: its number there, the key of its row, its column; without one it is about the whole row.

    `kind`: what the log says that was done, where it does: one of CHANGE_KINDS.
    """

    number: int
    key: str
    column: str
    old: str
    new: str
    kind: str = CHANGED

    def of_kind(self, kind: str) -> Self:
        """The same of a kind: a row that was removed has no column, and a cell that was emptied no new value."""
        column, new = "" if kind == REMOVED else self.column, "" if kind == BLANKED else self.new
        return replace(self, column=column, new=new, kind=kind)


@dataclass
class Explained:
    """What differs, by which entries it is explained, and why other entries explain nothing.

    `otherwise`: what is logged with the value that it has now, but with another one before. `unchanged`: entries of
    which the log itself says that they change nothing. `renamed` is columns under two names; what else only one version
    has is `removed` or `added`. No log explains those.
    """

    key: str
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    explained: list[tuple[Difference, list[Entry]]] = field(default_factory=list)
    otherwise: list[tuple[Difference, list[Entry]]] = field(default_factory=list)
    unexplained: list[Difference] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    better_key: str | None = None
    """The column in which more of the log's keys stand than in the key."""
    idle: list[tuple[Entry, str]] = field(default_factory=list)
    """Entries that explain nothing, each with its reason: the name of a text `idle_<reason>`."""

    @property
    def is_whole(self) -> bool:
        """True if everything is explained, and every entry explains something."""
        return not (self.unexplained or self.otherwise or self.idle or self.removed or self.added or self.renamed)


# -- explanations ---------------------------------------------------------------------------------------------------
def explained(versions: Versions, log: Iterable[Entry]) -> Explained:
    """Hold what differs between two versions against a log.

    Entries of one cell may follow on each other: 1 to 2 and 2 to 3 together explain that 1 is 3.
    Raises: Stop if the keys of the two are not comparable.
    """
    versions.refuse_keys_written_differently()
    mine: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    result = Explained(versions.key, renamed=versions.renamed)
    for entry in log:
        if entry.kind == UNCHANGED and versions.has(entry.key):
            result.unchanged.append(entry)
        else:
            mine[entry.key, _name_before(versions, entry.column)].append(entry)
    keys = {key for key, _ in mine} | {entry.key for entry in result.unchanged}
    result.better_key = versions.better_key(keys)
    result.removed = [
        name for name in versions.before.columns if versions.name_after(name) not in versions.after.columns
    ]
    known = {*versions.columns, *versions.renamed.values()}
    result.added = [name for name in versions.after.columns if name not in known]
    for difference in versions.differences():
        entries = mine.get((difference.key, difference.column), [])
        if used := _used(versions, difference, entries):
            result.explained.append((difference, used))
        elif reached := _reaching(versions, difference, entries):
            result.otherwise.append((difference, reached))
        else:
            result.unexplained.append(difference)
    used_numbers = {entry.number for _, used in (*result.explained, *result.otherwise) for entry in used}
    idle = (entry for entry in chain.from_iterable(mine.values()) if entry.number not in used_numbers)
    result.idle = [(entry, _why_idle(versions, entry)) for entry in sorted(idle, key=lambda entry: entry.number)]
    return result


def _name_before(versions: Versions, column: str) -> str:
    return next((old for old, new in versions.renamed.items() if new == column), column)


def _used(versions: Versions, difference: Difference, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that lead from what was to what is; none if they do not."""
    if not difference.column:
        return [entry for entry in entries if entry.kind != REMOVED or difference.row_after is None][:1]
    before, after = map(canonical, versions.texts(difference.key, difference.column))
    ways: dict[str, list[Entry]] = {before: []}
    for entry in entries:
        old, new = canonical(entry.old), canonical(entry.new)
        if old in ways and new not in ways:
            ways[new] = [*ways[old], entry]
    return ways.get(after, [])


def _reaching(versions: Versions, difference: Difference, entries: Sequence[Entry]) -> list[Entry]:
    """The last entry that says the value that a cell has now, though it had another one before than the entry says."""
    if not difference.column:
        return []
    after = canonical(versions.texts(difference.key, difference.column)[1])
    return [entry for entry in entries if canonical(entry.new) == after][-1:]


def _why_idle(versions: Versions, entry: Entry) -> str:  # noqa: PLR0911 - one case per reason
    is_old, is_new = entry.key in versions.old_rows, entry.key in versions.new_rows
    if not is_old and not is_new:
        there = {bare(key) for key in (*versions.old_rows, *versions.new_rows)}
        return "key_differs" if entry.key and bare(entry.key) in there else "no_row"
    column = _name_before(versions, entry.column)
    if not column:
        if is_old and is_new:
            return "row_kept"
        return "row_new" if entry.kind == REMOVED and is_new else "twice"
    if column not in versions.columns:
        return "no_column"
    if not (is_old and is_new):
        return "row_gone" if is_old else "row_new"
    before, after = map(canonical, versions.texts(entry.key, column))
    if before == after:
        return "unchanged"
    if canonical(entry.old) != before:
        return "old_differs"
    return "new_differs" if canonical(entry.new) != after else "twice"

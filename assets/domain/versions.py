"""Two versions of a ledger: which entries of the earlier one are gone, what came in their place, and why.

An entry that is the same in both is the same whatever file it came in. What came since has its own cause and day; what
is read otherwise than it was has the cause of that: its file was replaced, or its cell corrected, or else none is told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.grant.entries import REPORTED, Entry, undone
from assets.domain.grant.ledger import CORRECTION, DECISIONS, REPLACEMENT
from assets.domain.past import bridge, unexplained

Record = dict[str, Any]


@dataclass(frozen=True)
class Arrival:
    """The day on which what was received became another. `is_assumed`: nobody said so, it is the file's own date."""

    cause: str
    day: dt.date
    is_assumed: bool


@dataclass(frozen=True)
class Since:
    """What was received otherwise, or anew, since an earlier version.

    `files`: replaced, replacing, overwritten and lost files. `corrected`: cells' rows that are corrected now and were
    not.
    """

    as_of: dt.date
    files: Mapping[str, Arrival]
    corrected: Mapping[tuple[str, int], dt.date]

    def why(self, entries: Collection[Entry]) -> Arrival | None:
        """Why these entries are read otherwise than they were; None where nothing of what they stand in tells."""
        if found := [self.files[each.source.source_file] for each in entries if each.source.source_file in self.files]:
            return max(found, key=lambda arrival: (arrival.day, not arrival.is_assumed))
        if days := [self.corrected[each.source.address] for each in entries if each.source.address in self.corrected]:
            return Arrival(CORRECTION, max(days), is_assumed=False)
        return None


@dataclass(frozen=True)
class Difference:
    """What differs between two ledgers: the earlier one as it is read now, and the entries that make the later."""

    before: Sequence[Entry]
    added: Sequence[Entry]

    def changes(self, accounts: Iterable[Record], told: Collection[str]) -> list[Record]:
        """Every change of a measure, as `bridge` has them; those of rules or code are held against what was published.

        Args: accounts: core_account of the earlier version.
        """
        return [*unexplained(accounts, self.before, told), *bridge(self.before, self.added, told)]


def difference(then: Sequence[Entry], now: Sequence[Entry], since: Since) -> Difference:
    """What became of the entries of an earlier version, and what came beside them.

    An entry of now is in the place of one that is gone if it is about the same and the version would have had it too.
    """
    gone, come = _not_in_both(then, now)
    group_of = _groups(gone)
    old: dict[int | None, list[Entry]] = defaultdict(list)
    new: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in gone:
        old[group_of(entry)].append(entry)
    for entry in come:
        new[group_of(entry) if entry.recorded_date <= since.as_of else None].append(entry)
    added, by_code = list(new[None]), set()
    before = list(then)
    for group, entries in old.items():
        arrival = since.why([*entries, *new[group]])
        if arrival:
            added += _in_place(entries, new[group], arrival, added)
        else:
            by_code |= set(map(id, entries))
            before += new[group]
    return Difference([entry for entry in before if id(entry) not in by_code], added)


def _in_place(gone: Iterable[Entry], come: Sequence[Entry], arrival: Arrival, added: Iterable[Entry]) -> list[Entry]:
    """The entries that put some in the place of others on the day of the arrival.

    Where something took back what came before it had arrived, it was the old amount that it took back on that day.
    """
    back = {entry.reverses: entry for entry in added if entry.reverses and entry.recorded_date < arrival.day}
    overtaken = {_subject(each): back[each.entry_id] for each in come if each.entry_id in back}
    return [
        *(_on(_arrival_of(overtaken.get(_subject(each))) or arrival, undone(each)) for each in gone),
        *(_on(_arrival_of(back.get(each.entry_id)) or arrival, each) for each in come),
    ]


def _subject(entry: Entry) -> tuple[str, str | None]:
    return entry.event, entry.cost_category


def _arrival_of(entry: Entry | None) -> Arrival | None:
    """What is done on the day of an entry, for its reason."""
    return Arrival(entry.cause, entry.recorded_date, entry.recorded_is_assumed) if entry else None


def _on(arrival: Arrival, entry: Entry) -> Entry:
    return replace(entry, cause=arrival.cause, recorded_date=arrival.day, recorded_is_assumed=arrival.is_assumed)


def _not_in_both(then: Sequence[Entry], now: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries that only one of two ledgers has: the same by id if their contents are, or else by content."""
    both = set(map(_named, then)) & set(map(_named, now))
    gone = [entry for entry in then if _named(entry) not in both]
    come = [entry for entry in now if _named(entry) not in both]
    alike = _alike(gone, come)
    taken = {entry.entry_id for entry in then}
    names = {entry.entry_id: f"{entry.entry_id}+" for entry in come if entry.entry_id in taken} | alike
    left = [entry for entry in gone if entry.entry_id not in set(alike.values())]
    return left, [_renamed(entry, names) for entry in come if entry.entry_id not in alike]


def _alike(gone: Iterable[Entry], come: Iterable[Entry]) -> dict[str, str]:
    """The ids of entries that came, each with that of the one that is gone and says the same."""
    same: dict[Hashable, list[str]] = defaultdict(list)
    for entry in gone:
        same[_content(entry)].append(entry.entry_id)
    return {entry.entry_id: same[_content(entry)].pop(0) for entry in come if same[_content(entry)]}


def _renamed(entry: Entry, names: Mapping[str, str]) -> Entry:
    """The entry as none that the version has is called, and what it reverses as the version calls it."""
    reverses = entry.reverses and names.get(entry.reverses, entry.reverses)
    return replace(entry, entry_id=names.get(entry.entry_id, entry.entry_id), reverses=reverses)


def _content(entry: Entry) -> Hashable:
    """What an account is made of. On which day it became known changes nothing of what is known in the end.

    On which day it happened does, but for reports: it tells which money is a payment of which claim.
    """
    return (
        entry.grant_id,
        entry.recipient_code,
        entry.event,
        None if entry.event in REPORTED else entry.event_date,
        entry.cost_category,
        entry.amount_sek,
        entry.covers,
        entry.ground,
        bool(entry.replaces_no),
        bool(entry.reverses),
    )


def _named(entry: Entry) -> Hashable:
    return entry.entry_id, _content(entry)


def _groups(gone: Iterable[Entry]) -> Callable[[Entry], int | None]:
    """Tells with which gone entries one belongs: those of the same row, or of the same thing about the same grant."""
    groups: dict[Hashable, int] = {}
    for number, entry in enumerate(gone):
        keys = _keys(entry)
        group = next((groups[key] for key in keys if key in groups), number)
        groups.update(dict.fromkeys(keys, group))
    return lambda entry: next((groups[key] for key in _keys(entry) if key in groups), None)


def _keys(entry: Entry) -> tuple[Hashable, ...]:
    family = "decision" if entry.event in DECISIONS else "report" if entry.event in REPORTED else None
    return (entry.row_id,) if family is None else (entry.row_id, (entry.grant_id, family))


def replaced(day: dt.date, *, is_assumed: bool) -> Arrival:
    """A file that came in the place of another, or of its own earlier content."""
    return Arrival(REPLACEMENT, day, is_assumed)

"""How the money of a round came to differ, grant by grant, between two days or two versions; each with its causes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.changed.causes import Between, Cause, settled
from assets.domain.grant.entries import Entry, known_by, of_grants
from assets.domain.grant.ledger import CORRECTION, REPLACEMENT
from assets.domain.past import UNEXPLAINED, bridge, known_measures
from assets.domain.versions import Arrival, Since, difference, replaced
from pipelines.reports.changed.sides import OF_FILES, RoundOf, Row
from schemas.configuration import catalogue
from schemas.words.alphabet import alphabetical
from schemas.words.vocabulary import ACCOUNT_MEASURES, CAUSES, CORRECTIONS

OF_ACCOUNTS = ("grant_id", "recipient_code", "provenance", *(f"{name}_sek" for name in ACCOUNT_MEASURES))
UNKNOWN = "unknown"
"""The cause of what cannot be told."""


@dataclass(frozen=True)
class Measure:
    """One sum of the round at both ends, and every change of it, recipient by recipient."""

    name: str
    before_sek: int | None
    after_sek: int | None
    changes: list[Row]

    @property
    def change_sek(self) -> int:
        """What the changes come to: with the sum before they give the sum after."""
        return sum(change["change_sek"] for change in self.changes)


@dataclass(frozen=True)
class Found:
    """The sums at both ends, the changes that lie between them, and the entries that make these."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    changes: Sequence[Row]
    added: Sequence[Entry]


def told_of(now: RoundOf) -> Collection[str]:
    """The events that the sources of a round can tell of."""
    programme = catalogue.programme(now.programme)
    return programme.told_by({row["form"] for row in now.rows("core_source_file", ["form"])} & programme.forms.keys())


def between_days(now: RoundOf, since: dt.date, until: dt.date, measures: Sequence[str]) -> list[Measure]:
    """What was recorded between two days, from the ledger of a version. Raises: NotThereError."""
    told = told_of(now)
    before, after = known_by(now.ledger, since), known_by(now.ledger, until)
    added = [entry for entry in after if entry.recorded_date > since]
    found = Found(_sums(before, told), _sums(after, told), bridge(before, added, told), added)
    return _measures(found, now, None, measures)


def between_versions(then: RoundOf, now: RoundOf, between: Between, measures: Sequence[str]) -> list[Measure]:
    """What was recorded since a version, what was received otherwise, and what is left. Raises: NotThereError."""
    told = told_of(now)
    accounts = then.rows("core_account", OF_ACCOUNTS)
    found = difference(then.ledger, now.ledger, _received_since(then, now, between))
    published: Counter[str] = Counter()
    for account in accounts:
        if account["granted_sek"] is not None:
            known = {name: account[f"{name}_sek"] for name in ACCOUNT_MEASURES}
            published.update({name: amount for name, amount in known.items() if amount is not None})
    changes = Found(published, _sums(now.ledger, told), found.changes(accounts, told), found.added)
    return _measures(changes, now, between, measures)


def _sums(entries: Iterable[Entry], told: Collection[str]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for mine in of_grants(entries).values():
        sums.update(known_measures(mine, told))
    return dict(sums)


def _measures(found: Found, now: RoundOf, between: Between | None, names: Sequence[str]) -> list[Measure]:
    changes = _named(found, now, between)
    return [
        Measure(name, found.before.get(name), found.after.get(name), [row for row in changes if row["measure"] == name])
        for name in names
    ]


# -- what was received otherwise --------------------------------------------------------------------------------------
def _received_since(then: RoundOf, now: RoundOf, between: Between) -> Since:
    """The files and corrections that are other than they were when a version was published."""
    return Since(then.known, _arrivals(now, between), _corrected_since(now, between))


def _arrivals(now: RoundOf, between: Between) -> dict[str, Arrival]:
    """When each file that is new, gone, replaced or overwritten since came to be so.

    The day of a file that replaces another is its card's. Where nobody said that a file was replaced, its day is
    assumed: its card's if it is there, else that of the present figures.
    """
    had, has = between.then.files, between.now.files
    cards = {row["source_file"]: row for row in now.rows("core_source_file", OF_FILES) if row["form"] != CORRECTIONS}
    found = {path: replaced(now.known, is_assumed=True) for path in had.keys() - has.keys()}
    for path, card in cards.items():
        if not any(between.of_file(path)):
            continue
        is_new = path not in had
        found[path] = replaced(card["known_date"] or now.known, is_assumed=not (is_new and card["replaces"]))
        if is_new and card["replaces"]:
            found[f"{path.rpartition('/')[0]}/{card['replaces']}"] = found[path]
    return found


def _corrected_since(now: RoundOf, between: Between) -> dict[tuple[str, int], dt.date]:
    """The rows of which a cell is corrected now and was not, or was and is not, with the day of that."""
    was, is_now = between.then.corrected, between.now.corrected
    changed = dict.fromkeys(was.keys() - is_now.keys(), now.known)
    changed |= {key: said[0] for key, said in is_now.items() if was.get(key) != said}
    return {(file, row): day for (file, row, _), day in changed.items()}


# -- in order of reading ----------------------------------------------------------------------------------------------
def _named(found: Found, now: RoundOf, between: Between | None) -> list[Row]:
    """Each change with its size, its recipient's name, its causes and the entries that make its step, in order.

    `grant` tells its grant from the recipient's others in the round; None where there is no other.
    """
    names, grants = now.names, Counter(entries[0].recipient_code for entries in of_grants(now.ledger).values())
    made: dict[tuple[Any, ...], list[Row]] = {}
    for entry in sorted(found.added, key=lambda entry: entry.entry_id):
        row = {**vars(entry), **vars(entry.source)}
        made.setdefault(_step(row), []).append(row)
    rows = [
        change
        | {
            "recipient": names.get(change["recipient_code"], change["recipient_code"]),
            "grant": change["grant_id"] if grants[change["recipient_code"]] > 1 else None,
            "change_sek": (change["after_sek"] or 0) - (change["before_sek"] or 0),
            "entries": made.get(_step(change), []),
        }
        for change in found.changes
    ]
    for row, causes in zip(rows, _causes(rows, between), strict=True):
        row["causes"] = causes
        row["cause"] = causes[0].kind if len(causes) == 1 else UNKNOWN
    return sorted(rows, key=_reading_order)


def _causes(rows: Sequence[Row], between: Between | None) -> list[tuple[Cause, ...]]:
    """What each change comes from: what was recorded, which is certain, or what was received or read otherwise."""
    direct = [_direct(row, between) for row in rows]
    if between is None:
        return direct
    read = [number for number, row in enumerate(rows) if row["cause"] in (REPLACEMENT, CORRECTION, UNEXPLAINED)]
    found = dict(zip(read, settled([direct[number] for number in read], between), strict=True))
    return [found.get(number, causes) for number, causes in enumerate(direct)]


def _direct(row: Row, between: Between | None) -> tuple[Cause, ...]:
    if row["cause"] == UNEXPLAINED:
        return ()
    if between and row["cause"] in (REPLACEMENT, CORRECTION):
        places = [(each["source_file"], each["source_sheet"], each["source_row"], None) for each in row["entries"]]
        return between.of(places, ()) or (Cause(row["cause"]),)
    return (Cause(row["cause"]),)


def _step(row: Row) -> tuple[Any, ...]:
    return row["grant_id"], row["recorded_date"], row["cause"]


def _reading_order(row: Row) -> tuple[Any, ...]:
    """By recipient and grant; what no entry explains first, since it is about what was known before."""
    number = CAUSES.index(row["cause"]) if row["cause"] in CAUSES else -1
    who = alphabetical(row["recipient"]), row["recipient_code"], row["grant_id"]
    return *who, row["recorded_date"] or dt.date.min, number

"""What changed in a published round between two days, or since an earlier version: read and computed, not yet told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.domain.grant.entries import Entry, entry_of, known_by, of_grants
from assets.domain.past import bridge, known_measures
from assets.domain.versions import Arrival, Since, difference, replaced
from pipelines.warehouse.layout import CURRENT, VERSIONS, read_manifest
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project
from schemas.tables.release import as_declared, withheld
from schemas.words.alphabet import alphabetical
from schemas.words.vocabulary import ACCOUNT_MEASURES, APPLIED, CAUSES, CORRECTIONS

Row = dict[str, Any]

LEDGER = TABLES["core_ledger_entry"]
OF_ENTRIES = [name for name in project.arrow_schema(LEDGER).names if name not in withheld(LEDGER)]
OF_ACCOUNTS = ("grant_id", "recipient_code", "provenance", *(f"{name}_sek" for name in ACCOUNT_MEASURES))
OF_FILES = ("source_file", "known_date", "replaces", "form")
OF_CORRECTIONS = ("source_file", "source_row", "source_column", "corrected_date", "effect")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know."""

    warehouse: Path
    programme: str | None
    year: int
    since: str
    until: str
    measures: Sequence[str]


@dataclass(frozen=True)
class Published:
    """One round in one version of the warehouse."""

    folder: Path
    programme: str
    year: int

    def rows(self, name: str, columns: Iterable[str]) -> list[Row]:
        """The rows of the round. Raises: Stop if the version does not have the table, or not these columns."""
        try:
            table = as_declared(TABLES[name], pq.read_table(self.folder / f"parquet/{name}.parquet"))
        except (OSError, pa.ArrowInvalid):
            raise self._not_comparable() from None
        if not set(columns) <= set(table.column_names):
            raise self._not_comparable()
        is_ours = pc.and_(pc.equal(table["programme"], self.programme), pc.equal(table["year"], self.year))
        found: list[Row] = table.filter(is_ours).to_pylist()
        return found

    @cached_property
    def ledger(self) -> list[Entry]:
        """Every entry of the round. Raises: Stop if there are none, or they cannot be told apart as they are now."""
        found = self.rows("core_ledger_entry", OF_ENTRIES)
        if not found:
            raise self._not_comparable()
        return [entry_of({"source_sheet": None, **row}) for row in found]

    @cached_property
    def known(self) -> dt.date:
        """The day by which was known what counts in the round; versions that do not say go by their as-of date."""
        [row] = self.rows("core_round", ["as_of_date"])
        day: dt.date = row.get("known_date") or row["as_of_date"]
        return day

    @cached_property
    def card(self) -> Row:
        """What the manifest says of the round: its code version and the files it was made of."""
        manifest = read_manifest(self.folder) or {}
        cards = {(card["programme"], card["year"]): card for card in manifest.get("rounds", ())}
        if (self.programme, self.year) not in cards:
            raise self._not_comparable()
        found: Row = cards[self.programme, self.year]
        return found

    def _not_comparable(self) -> Stop:
        version = self.folder.name
        return Stop("version_not_comparable", version=version, programme=self.programme, year=self.year)


@dataclass(frozen=True)
class Measure:
    """One measure: the sum of what was known, before and after, and every change of it. None: known of nobody."""

    name: str
    before_sek: int | None
    after_sek: int | None
    changes: Sequence[Row]

    @property
    def change_sek(self) -> int:
        """What the changes come to."""
        return sum(change["change_sek"] for change in self.changes)


@dataclass(frozen=True)
class Restated:
    """What changed in a round. `since` is a day, or the version that it was compared with."""

    programme: str
    year: int
    since: dt.date | Published
    until: dt.date | Published
    measures: Sequence[Measure]

    @property
    def replaced_files(self) -> list[str]:
        """Files that had another content under the same name in the earlier version."""
        if not isinstance(self.since, Published) or not isinstance(self.until, Published):
            return []
        cards = (side.card for side in (self.since, self.until))
        had, has = ({each["path"]: each["sha256"] for each in card["inputs"]} for card in cards)
        return sorted(path for path in had.keys() & has.keys() if had[path] != has[path])


def restated(asked: Asked) -> Restated:
    """Say what changed. Raises: Stop if the round, the version or the day is not there."""
    now = _published(asked)
    since, until = _ends(asked, now)
    programme = catalogue.programme(now.programme)
    told = programme.told_by({row["form"] for row in now.rows("core_source_file", ["form"])} & programme.forms.keys())
    if isinstance(since, Published):
        found = _since_version(since, now, told)
    else:
        found = _between_days(now.ledger, since, until, told)
    changes = _named(found, now)
    measures = [
        Measure(name, found.before.get(name), found.after.get(name), [row for row in changes if row["measure"] == name])
        for name in asked.measures
    ]
    return Restated(now.programme, now.year, since, now if isinstance(since, Published) else until, measures)


# -- which round, which days ----------------------------------------------------------------------------------------
def _published(asked: Asked) -> Published:
    """The round in the current version, which is resolved once."""
    folder = (asked.warehouse / CURRENT).resolve()
    cards = (read_manifest(folder) or {}).get("rounds", ())
    rounds = [(card["programme"], card["year"]) for card in cards]
    fitting = [name for name, year in rounds if year == asked.year and asked.programme in (None, name)]
    if not fitting:
        known = ", ".join(f"{name} {year}" for name, year in rounds) or "–"
        raise Stop("round_not_published", folder=asked.warehouse, known=known)
    if len(fitting) > 1:
        raise Stop("programme_not_told", year=asked.year, known=", ".join(fitting))
    return Published(folder, fitting[0], asked.year)


def _ends(asked: Asked, now: Published) -> tuple[dt.date | Published, dt.date]:
    """What is compared: a day or a version with a day, which is not after that of the round's figures."""
    last = now.known
    until = dt.date.fromisoformat(asked.until) if asked.until else last
    if until > last:
        raise Stop("date_not_known", programme=now.programme, year=now.year, as_of=last, date=until)
    since = _since(asked, now)
    if isinstance(since, Published):
        if asked.until:
            raise Stop("version_to_day", version=asked.since)
    elif since >= until:
        raise Stop("dates_backwards", since=since, until=until)
    return since, until


def _since(asked: Asked, now: Published) -> dt.date | Published:
    try:
        return dt.date.fromisoformat(asked.since)
    except ValueError:
        versions = asked.warehouse / VERSIONS
        known = sorted(path.name for path in versions.iterdir() if read_manifest(path))
    if asked.since not in known:
        raise Stop("version_unknown", version=asked.since, known=", ".join(known))
    return Published(versions / asked.since, now.programme, now.year)


# -- what lies between ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Found:
    """The sums at both ends, the changes that lie between them, and the entries that make these."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    changes: Sequence[Row]
    added: Sequence[Entry]


def _between_days(ledger: Sequence[Entry], since: dt.date, until: dt.date, told: Collection[str]) -> Found:
    before, after = known_by(ledger, since), known_by(ledger, until)
    added = [entry for entry in after if entry.recorded_date > since]
    return Found(_sums(before, told), _sums(after, told), bridge(before, added, told), added)


def _since_version(then: Published, now: Published, told: Collection[str]) -> Found:
    """What was recorded since, what is received otherwise now, and what is left for rules or code to explain."""
    accounts = then.rows("core_account", OF_ACCOUNTS)
    found = difference(then.ledger, now.ledger, _received_since(then, now))
    published: Counter[str] = Counter()
    for account in accounts:
        if account["granted_sek"] is not None:
            known = {name: account[f"{name}_sek"] for name in ACCOUNT_MEASURES}
            published.update({name: amount for name, amount in known.items() if amount is not None})
    return Found(published, _sums(now.ledger, told), found.changes(accounts, told), found.added)


def _sums(entries: Iterable[Entry], told: Collection[str]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for mine in of_grants(entries).values():
        sums.update(known_measures(mine, told))
    return dict(sums)


def _received_since(then: Published, now: Published) -> Since:
    """The files and corrections that are other than they were when a version was published."""
    files = _arrivals(then, now)
    same_code = then.card["code_version"] == now.card["code_version"]
    last = max(files.values(), key=lambda arrival: arrival.day, default=None)
    return Since(then.known, files, _corrected_since(then, now), last if same_code else None)


def _arrivals(then: Published, now: Published) -> dict[str, Arrival]:
    """When each file that is new, gone, replaced or overwritten since came to be so.

    The day of a file that replaces another is its card's. Where nobody said that a file was replaced, its day is
    assumed: its card's if it is there, else that of the present figures.
    """
    had, has = ({each["path"]: each["sha256"] for each in side.card["inputs"]} for side in (then, now))
    cards = {row["source_file"]: row for row in now.rows("core_source_file", OF_FILES) if row["form"] != CORRECTIONS}
    found = {path: replaced(now.known, is_assumed=True) for path in had.keys() - has.keys()}
    for path, card in cards.items():
        if had.get(path) == has[path]:
            continue
        is_new = path not in had
        found[path] = replaced(card["known_date"], is_assumed=not (is_new and card["replaces"]))
        if is_new and card["replaces"]:
            found[f"{path.rpartition('/')[0]}/{card['replaces']}"] = found[path]
    return found


def _corrected_since(then: Published, now: Published) -> dict[tuple[str, int], dt.date]:
    """The rows of which a cell is corrected now and was not, or was and is not, with the day of that."""
    was, is_now = (
        {
            tuple(row[name] for name in OF_CORRECTIONS[:3]): row["corrected_date"]
            for row in side.rows("core_correction", OF_CORRECTIONS)
            if row["effect"] == APPLIED
        }
        for side in (then, now)
    )
    changed = dict.fromkeys(was.keys() - is_now.keys(), now.known)
    changed |= {key: day for key, day in is_now.items() if was.get(key) != day}
    return {(file, row): day for (file, row, _), day in changed.items()}


# -- in order of reading ----------------------------------------------------------------------------------------------
def _named(found: Found, now: Published) -> list[Row]:
    """Each change with its size, its recipient's name and the entries that make its step, in order of reading.

    `grant` tells its grant from the recipient's others in the round; None where there is no other.
    """
    names = {row["recipient_code"]: row["recipient_name"] for row in now.rows("core_recipient", ["recipient_name"])}
    grants = Counter(entries[0].recipient_code for entries in of_grants(now.ledger).values())
    made: dict[tuple[Any, ...], list[Row]] = {}
    for entry in sorted(found.added, key=lambda entry: entry.entry_id):
        row = {**vars(entry), **vars(entry.source)}
        made.setdefault(_step(row), []).append(row)
    rows = [
        change
        | {
            "recipient": names[change["recipient_code"]],
            "grant": change["grant_id"] if grants[change["recipient_code"]] > 1 else None,
            "change_sek": (change["after_sek"] or 0) - (change["before_sek"] or 0),
            "entries": made.get(_step(change), []),
        }
        for change in found.changes
    ]
    return sorted(rows, key=_reading_order)


def _step(row: Row) -> tuple[Any, ...]:
    return row["grant_id"], row["recorded_date"], row["cause"]


def _reading_order(row: Row) -> tuple[Any, ...]:
    """By recipient and grant; what no entry explains first, since it is about what was known before."""
    number = CAUSES.index(row["cause"]) if row["cause"] in CAUSES else -1
    who = alphabetical(row["recipient"]), row["recipient_code"], row["grant_id"]
    return *who, row["recorded_date"] or dt.date.min, number

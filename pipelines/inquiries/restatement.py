"""What changed in a published round between two days, or since an earlier version: read and computed, not yet told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from assets.domain import vintages
from assets.domain.frames import Frame
from assets.domain.reconciliation import KEY
from assets.frames import frame_from, records_of
from pipelines.reports.swedish import alphabetical
from pipelines.reports.validation.content import rows_of
from pipelines.warehouse.layout import CURRENT, VERSIONS, read_manifest
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.words.vocabulary import CAUSES

Row = dict[str, Any]


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

    def table(self, name: str) -> pa.Table:
        """The rows of the round. Raises: Stop if the version does not have the table."""
        try:
            table = pq.read_table(self.folder / f"parquet/{name}.parquet")
        except (OSError, pa.ArrowInvalid):
            raise self._not_comparable() from None
        chosen = (pa.compute.field("programme") == self.programme) & (pa.compute.field("year") == self.year)
        return table.filter(chosen)

    def frame(self, name: str, columns: Iterable[str]) -> Frame:
        """Some columns of a table. Raises: Stop if the version does not have the round, or not these columns."""
        table = self.table(name)
        if not table.num_rows or not set(columns) <= set(table.column_names):
            raise self._not_comparable()
        return frame_from(table)

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


@dataclass(frozen=True)
class Bridged:
    """Both ends of a bridge, and what lies between them."""

    added: Frame
    before: Frame
    after: Frame
    changes: Frame


def restated(asked: Asked) -> Restated:
    """Say what changed. Raises: Stop if the round, the version or the day is not there."""
    now = _published(asked)
    since, until = _ends(asked, now)
    ledger = now.frame("core_ledger_entry", ["entry_id"])
    told = catalogue.programme(now.programme).told_events(now.year)
    if isinstance(since, Published):
        bridged = _since_version(ledger, since, told)
    else:
        bridged = _between_days(ledger, (since, until), told)
    names = {row["recipient_code"]: row["recipient_name"] for row in now.table("core_recipient").to_pylist()}
    changes = _with_entries(records_of(bridged.changes), records_of(bridged.added), names)
    before, after = (_sums(account) for account in (bridged.before, bridged.after))
    measures = [
        Measure(name, before.get(name), after.get(name), [row for row in changes if row["measure"] == name])
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
    [as_of] = rows_of(now.table("core_round"), now.programme, now.year)
    last: dt.date = as_of["as_of_date"]
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
def _between_days(ledger: Frame, days: tuple[dt.date, dt.date], told: frozenset[str]) -> Bridged:
    before, added = vintages.split_by_day(ledger, *map(nw.lit, days))
    after = vintages.standings(nw.concat([before, added], how="vertical"), KEY, told)
    return Bridged(added, vintages.standings(before, KEY, told), after, vintages.bridge(before, added, told))


def _since_version(ledger: Frame, version: Published, told: frozenset[str]) -> Bridged:
    """The entries that came since, and what the same entries come to by present rules and code."""
    before, added = vintages.split_by_version(ledger, version.frame("core_ledger_entry", ["entry_id", "source_row"]))
    account = version.frame("core_account", vintages.AMOUNTS)
    changes = [vintages.unexplained(account, before, told), vintages.bridge(before, added, told)]
    return Bridged(
        added,
        account.filter(~nw.col("granted_sek").is_null()),
        vintages.standings(ledger, KEY, told),
        nw.concat(changes, how="vertical"),
    )


def _sums(account: Frame) -> dict[str, int]:
    return {row["measure"]: row["amount_sek"] for row in records_of(vintages.totals(account))}


def _with_entries(changes: Iterable[Row], entries: Iterable[Row], names: dict[str, str]) -> list[Row]:
    """Each change with its size, its recipient's name and the entries that make its step, in order of reading."""
    made: dict[tuple[Any, ...], list[Row]] = {}
    for entry in sorted(entries, key=lambda entry: entry["entry_id"]):
        made.setdefault(_step(entry), []).append(entry)
    rows = [
        change
        | {
            "recipient": names[change["recipient_code"]],
            "change_sek": (change["after_sek"] or 0) - (change["before_sek"] or 0),
            "entries": made.get(_step(change), []),
        }
        for change in changes
    ]
    return sorted(rows, key=_reading_order)


def _step(row: Row) -> tuple[Any, ...]:
    return row["recipient_code"], row["recorded_date"], row["cause"]


def _reading_order(row: Row) -> tuple[Any, ...]:
    """By recipient; what no entry explains first, since it is about what was known before."""
    number = CAUSES.index(row["cause"]) if row["cause"] in CAUSES else -1
    return alphabetical(row["recipient"]), row["recipient_code"], row["recorded_date"] or dt.date.min, number

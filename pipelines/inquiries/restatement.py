"""What changed in a published round between two days, or between two versions: asked, and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.reports.changed.comparison import Comparison, Comparisons
from pipelines.reports.changed.money import Measure, between_days
from pipelines.reports.changed.sides import NotThereError, OnDisk, RoundOf
from pipelines.warehouse.layout import VERSIONS
from pipelines.warehouse.pins import kept_versions
from pipelines.warehouse.verification import sound, sound_current
from schemas.rules.rule import Stop


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know. `since`, `until`: days, or versions; left out, what is published now."""

    warehouse: Path
    programme: str | None
    year: int
    since: str
    until: str
    measures: Sequence[str]


@dataclass(frozen=True)
class Restated:
    """What changed in a round between two ends: days, or versions of the round. `compared`: of versions."""

    programme: str
    year: int
    since: dt.date | RoundOf
    until: dt.date | RoundOf
    measures: list[Measure] | None
    compared: Comparison | None

    @property
    def replaced_files(self) -> list[str]:
        """The files that have another content under the same name in the earlier version."""
        if self.compared is None:
            return []
        had, has = (side.made.files for side in (self.compared.then, self.compared.now))
        return sorted(path for path in had.keys() & has.keys() if had[path] != has[path])


def restated(asked: Asked) -> Restated:
    """Say what changed. Raises: Stop if the round, a version or a day is not there, or a version does not verify."""
    since, until = _end(asked, asked.since), _end(asked, asked.until) if asked.until else None
    if until is not None and isinstance(since, dt.date) != isinstance(until, dt.date):
        raise Stop("version_to_day", since=asked.since, until=asked.until)
    if isinstance(since, dt.date):
        now = _round_in(asked, OnDisk(sound_current(asked.warehouse)))
        return _of_days(asked, since, until if isinstance(until, dt.date) else None, now)
    later = until if isinstance(until, OnDisk) else OnDisk(sound_current(asked.warehouse))
    return _of_versions(asked, since, _round_in(asked, later))


def _of_days(asked: Asked, since: dt.date, until: dt.date | None, now: RoundOf) -> Restated:
    try:
        last = _last(since, until, now)
        measures = between_days(now, since, last, asked.measures)
    except NotThereError:
        raise now.not_comparable() from None
    return Restated(now.programme, now.year, since, last, measures, None)


def _last(since: dt.date, until: dt.date | None, now: RoundOf) -> dt.date:
    """The day that is compared with, which is not after that of the round's figures."""
    last = until or now.known
    if last > now.known:
        raise Stop("date_not_known", programme=now.programme, year=now.year, as_of=now.known, date=last)
    if since >= last:
        raise Stop("dates_backwards", since=since, until=last)
    return last


def _of_versions(asked: Asked, since: OnDisk, now: RoundOf) -> Restated:
    then = RoundOf(since, now.programme, now.year)
    found = Comparisons(since, now.side).of(now.programme, now.year, asked.measures)
    if found is None or (found.money, found.answers, found.printed) == (None, None, None):
        raise then.not_comparable()
    return Restated(now.programme, now.year, found.then, found.now, found.money, found)


# -- which round, which ends ----------------------------------------------------------------------------------------
def _end(asked: Asked, said: str) -> dt.date | OnDisk:
    """A day, or a version that is kept and verifies. Raises: Stop."""
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        known = kept_versions(asked.warehouse)
    if said not in known:
        raise Stop("version_unknown", version=said, known=", ".join(known) or "–")
    return OnDisk(sound(asked.warehouse.resolve() / VERSIONS / said))


def _round_in(asked: Asked, side: OnDisk) -> RoundOf:
    """The round in a version."""
    fitting = [name for name, year in side.cards if year == asked.year and asked.programme in (None, name)]
    if not fitting:
        known = ", ".join(f"{name} {year}" for name, year in side.cards) or "–"
        raise Stop("round_not_published", folder=asked.warehouse, known=known)
    if len(fitting) > 1:
        raise Stop("programme_not_told", year=asked.year, known=", ".join(fitting))
    return RoundOf(side, fitting[0], asked.year)

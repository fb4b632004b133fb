"""Formats of dates as tools write them: whether one tells a whole day, and whether two read one text differently."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from functools import cache

EXCEL = "excel"
"""A number of days, as spreadsheets count them."""

DISTANCE = re.compile(r"([+-])([0-9]{1,2})(?::?([0-9]{2}))?$")
"""The distance from UTC at the end of a text, as `+1`, `+0100` or `+01:00`."""

TIME = r"(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)(?:[.,][0-9]{1,9})?"
ISO = re.compile(
    r"(?P<day>(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})"
    rf"(?:[ T]{TIME} ?(?P<zone>Z|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?)?"
)
"""A day between 1900 and 2199; a time of day, perhaps with a fraction of a second; and a distance from UTC."""

PROBES = tuple(
    dt.datetime(2000 + year, month, day, hour, 4, 5, tzinfo=dt.UTC)
    for (year, month, day), hour in itertools.product(itertools.permutations((3, 7, 11, 12), 3), (0, 10, 13))
)
"""Moments whose year, month and day may be taken for one another."""


def iso(text: str) -> dt.datetime | None:
    """A text as a moment, where it is written as ISO 8601 has it; a fraction of a second is left out."""
    found = ISO.fullmatch(text)
    if not found:
        return None
    try:
        return dt.datetime.fromisoformat(f"{found['day']} {found['time'] or '00:00'}{_zone(found['zone'])}")
    except ValueError:
        return None


def _zone(told: str | None) -> str:
    if told is None or told == "Z":
        return "+00:00" if told else ""
    return f"{told[:3]}:{told[-2:] if len(told) > len('+01') else '00'}"


def parsed(text: str, form: str) -> dt.datetime | None:
    """A text as a moment by a format; None where it is not written so."""
    padded = DISTANCE.sub(_padded, text) if "%z" in form else text
    try:
        return dt.datetime.strptime(padded, form)  # noqa: DTZ007 - a distance is read where the format has one
    except ValueError:
        return None


def _padded(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]):02}{found[3] or '00'}"


@cache
def is_whole(form: str) -> bool:
    """Whether a format is one, and tells year, month and day."""
    return form == EXCEL or all(_told(probe, form) == probe.date() for probe in PROBES)


def _told(probe: dt.datetime, form: str) -> dt.date | None:
    read = parsed(probe.strftime(form), form)
    return read.date() if read else None


@cache
def confusable(one: str, other: str | None = None) -> bool:
    """Whether some text is read as different moments by two formats, or by one and as ISO."""
    if EXCEL in (one, other):
        return False
    return any(_differs(probe.strftime(one), one, other) for probe in PROBES) or (
        other is not None and any(_differs(probe.strftime(other), one, other) for probe in PROBES)
    )


def _differs(text: str, one: str, other: str | None) -> bool:
    first = parsed(text, one)
    second = parsed(text, other) if other else iso(text)
    return first is not None and second is not None and first.replace(tzinfo=None) != second.replace(tzinfo=None)

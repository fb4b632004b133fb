"""Dates and points in time as exports write them: ISO text in, a date or ISO text out. No clock and no time zone."""

from __future__ import annotations

import datetime as dt
import re

MOMENT = re.compile(
    r"(?P<day>(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})(?:[ T](?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?))?"
)
"""A day between 1900 and 2199, and an optional time of day."""


def moment(text: str | None) -> str | None:
    """Text to "YYYY-MM-DD HH:MM:SS", which sorts as time does; a date alone is its midnight; None where neither."""
    found = MOMENT.fullmatch(text) if text else None
    if not found or not _exists(found["day"]):
        return None
    time = found["time"] or "00:00"
    return f"{found['day']} {time}" if len(time) > len("HH:MM") else f"{found['day']} {time}:00"


def _exists(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def day(text: str | None) -> dt.date | None:
    """Text to date; None where it is empty or no date. A time of day is left out."""
    found = moment(text)
    return dt.date.fromisoformat(found[:10]) if found else None


def year_ending(day: dt.date, year_end: str) -> int:
    """The year in which the financial year of a date ends. Args: year_end: its last day, as month and day (12-31)."""
    return day.year + (f"{day:%m-%d}" > year_end)

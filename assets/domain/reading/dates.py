"""Dates and points in time as exports write them: text or a typed cell in, a date or ISO text out. No clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from schemas.configuration.date_formats import EXCEL, ISO, iso, parsed

SWEDEN = ZoneInfo("Europe/Stockholm")
"""Where deadlines are: a moment that tells its distance from UTC is read as what clocks showed here."""

FIRST_SERIAL = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
"""The day that spreadsheets count from; theirs say that 1900 was a leap year, so that it is not the last of 1899."""

SERIALS = range(61, 109_575)
"""The whole days that are dates: from March 1900, before which spreadsheets disagree, to the end of 2199."""

YEARS = range(1900, 2200)


@lru_cache(maxsize=65_536)
def moment(text: str | None) -> str | None:
    """Text to "YYYY-MM-DD HH:MM:SS", which sorts as time does; a date alone is its midnight; None where neither."""
    found = iso(text) if text else None
    return _local(found) if found else None


def day(text: str | None) -> dt.date | None:
    """Text to date; None where it is empty or no date. A time of day is left out."""
    found = moment(text)
    return dt.date.fromisoformat(found[:10]) if found else None


def told(cell: object, formats: Sequence[str] = ()) -> str | None:
    """A cell that should hold a date as ISO text; None where it holds none that can be read.

    Args: formats: how the export writes dates, beside ISO. A text that needs no reading is given back as it is.
    """
    if isinstance(cell, dt.datetime):
        return _local(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = str(cell).strip()
    if found := next((read for form in formats if (read := _by_format(text, form))), None):
        return found
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return _by_serial(text)
    return _as_written(text)


def _as_written(text: str) -> str | None:
    if (read := moment(text)) is None:
        return None
    found = ISO.fullmatch(text)
    is_plain = found is not None and found["zone"] is None and len(text) <= len(read)
    return text if is_plain else read


def _by_format(text: str, form: str) -> str | None:
    if form == EXCEL:
        return _by_serial(text)
    found = parsed(text, form)
    return _local(found) if found and found.year in YEARS else None


def _by_serial(text: str) -> str | None:
    """A spreadsheet's number of days; the rest of it is the time of day, to the second."""
    try:
        days = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not days.is_finite() or int(days) not in SERIALS:
        return None
    return _local(FIRST_SERIAL + dt.timedelta(seconds=round(days * 86_400)))


def _local(found: dt.datetime) -> str:
    here = found.astimezone(SWEDEN) if found.tzinfo else found
    return here.strftime("%Y-%m-%d %H:%M:%S")


def year_ending(day: dt.date, year_end: str) -> int:
    """The year in which the financial year of a date ends. Args: year_end: its last day, as month and day (12-31)."""
    return day.year + (f"{day:%m-%d}" > year_end)

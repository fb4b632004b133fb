"""Dates and points in time: ISO text in, date or ISO text out. No clock and no time zone."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import is_true

DAY = (
    r"^(?:(?:19|20|21)\d{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
    r"|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
"""A day that exists between 1900 and 2199, leap years included. Text is judged before it is cast: one bad date, or one
outside what pandas can hold, would end the whole column."""

MIDNIGHT = " 00:00"
WITH_SECONDS = len("YYYY-MM-DD HH:MM:SS")

TIME = r"(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$"
"""An optional time of day after the date."""


def is_moment(text: nw.Expr) -> nw.Expr:
    """Tell whether the text is a date, with or without a time of day."""
    return is_true(text.str.contains(DAY + TIME))


def day(text: nw.Expr) -> nw.Expr:
    """Text to date; null where it is empty or no date. A time of day is left out."""
    return nw.when(is_moment(text)).then(text.str.slice(0, 10)).str.to_date(format="%Y-%m-%d")


def moment(text: nw.Expr) -> nw.Expr:
    """Text to "YYYY-MM-DD HH:MM:SS", which sorts as time does; a date alone is its midnight; null where neither."""
    spaced = text.str.replace_all("T", " ", literal=True)
    padded = nw.concat_str([spaced, nw.lit(MIDNIGHT)]).str.slice(0, len("YYYY-MM-DD HH:MM"))
    with_seconds = nw.when(spaced.str.len_chars() < WITH_SECONDS).then(nw.concat_str([padded, nw.lit(":00")]))
    return nw.when(is_moment(text)).then(nw.coalesce(with_seconds, spaced))


def day_number(day: nw.Expr) -> nw.Expr:
    """The number of a date on a running count, so that differences are days: its Julian day number.

    Engines subtract dates to different types. Source: the integer formula of Fliegel and Van Flandern (1968).
    """
    year, month, of_month = (part.cast(nw.Int64) for part in (day.dt.year(), day.dt.month(), day.dt.day()))
    early = (14 - month) // 12
    years, months = year + 4800 - early, month + early * 12 - 3
    of_years = years * 365 + years // 4 - years // 100 + years // 400
    return of_month + (months * 153 + 2) // 5 + of_years - 32045


def year_ending(day: nw.Expr, year_end: str) -> nw.Expr:
    """The year in which the financial year of a date ends. Args: year_end: its last day, as month and day (12-31)."""
    last = int(year_end.replace("-", ""))
    is_after = (day.dt.month().cast(nw.Int64) * 100 + day.dt.day().cast(nw.Int64)) > last
    return day.dt.year().cast(nw.Int64) + is_after.cast(nw.Int64)

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

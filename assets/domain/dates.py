"""Dates and points in time: ISO text in, date or ISO text out. No clock and no time zone."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import is_true

DAY = (
    r"^(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
    r"|(?:\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
"""A day that exists, leap years included: a bad cast raises for the whole column, so text is judged before."""

TIME = r"(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$"
"""An optional time of day after the date."""


def is_moment(text: nw.Expr) -> nw.Expr:
    """Tell whether the text is a date, with or without a time of day."""
    return is_true(text.str.contains(DAY + TIME))


def day(text: nw.Expr) -> nw.Expr:
    """Text to date; null where it is empty or no date. A time of day is left out."""
    return nw.when(is_moment(text)).then(text.str.slice(0, 10)).str.to_date(format="%Y-%m-%d")


def moment(text: nw.Expr) -> nw.Expr:
    """Text to ISO text with a space before the time, so that text sorts as time does; null where it is neither."""
    return nw.when(is_moment(text)).then(text.str.replace_all("T", " ", literal=True))

"""Money and shares: whole kronor as int64, shares rounded half up on exact integers. Never float."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import is_true

SPACES = "[ \u00a0\u202f\u2009]"
WHOLE_KRONOR = f"(?i)^-?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{SPACES}[0-9]{{3}}){{1,4}}){SPACES}?(?:kr)?$"
"""Digits, or groups of three behind a space of one kind or another, and perhaps "kr". Fifteen digits fit an int64; any
other spacing may be two amounts in one cell, and is not read."""


def kronor(text: nw.Expr) -> nw.Expr:
    """Text to whole kronor (int64); null where the text is empty or is no whole amount."""
    digits = text.str.replace_all(f"(?i){SPACES}|kr", "")
    return nw.when(is_true(text.str.contains(WHOLE_KRONOR))).then(digits).cast(nw.Int64)


def percent(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """Share in whole percent, rounded half up as the source's annex does; null where the whole is zero or unknown.

    `(200 * part + whole) // (2 * whole)` is the exact half-up rounding of `100 * part / whole`, also for a
    negative part, since `//` floors on whole numbers.
    """
    known = nw.when(whole > 0).then(whole)
    return (200 * part + known) // (2 * known)


def percent_of(part: int, whole: int) -> int | None:
    """The same rounding for two plain numbers."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else None

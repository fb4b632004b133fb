"""Money and shares: whole kronor as int64, shares rounded half up on exact integers. Never float."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import is_true

SPACES = "[ \u00a0\u202f\u2009]"
WHOLE_KRONOR = f"(?i)^-?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{SPACES}[0-9]{{3}}){{1,4}}){SPACES}?(?:kr)?$"
"""Digits, or groups of three behind a space of one kind or another, and perhaps "kr". Fifteen digits fit an int64; any
other spacing may be two amounts in one cell, and is not read."""


WITH_ORE = WHOLE_KRONOR.replace(f"{SPACES}?(?:kr)?$", f"[,.][0-9]{{1,2}}{SPACES}?(?:kr)?$")
"""The same, and one or two digits behind a decimal sign."""


def kronor(text: nw.Expr) -> nw.Expr:
    """Text to whole kronor (int64), öre rounded half away from zero; null where the text is empty or is no amount."""
    plain = text.str.replace_all(f"(?i){SPACES}|kr", "")
    is_amount = is_true(text.str.contains(WHOLE_KRONOR)) | is_true(text.str.contains(WITH_ORE))
    amount = nw.when(is_amount).then(plain.str.replace_all("[,.][0-9]*$", "")).cast(nw.Int64)
    is_rounded_away = is_true(plain.str.contains("[,.][5-9][0-9]?$"))
    away = nw.when(is_true(plain.str.starts_with("-"))).then(nw.lit(-1)).otherwise(nw.lit(1))
    return amount + nw.when(is_rounded_away).then(away).otherwise(nw.lit(0))


def has_ore(text: nw.Expr) -> nw.Expr:
    """Is the text an amount with öre? "1 000,00" has none."""
    return is_true(text.str.contains(WITH_ORE)) & ~is_true(text.str.contains("[,.]00?[^0-9]*$"))


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


def grouped(column: str) -> nw.Expr:
    """A whole number as Swedish text: thousands apart by a no-break space, a true minus sign; null stays null."""
    size = nw.col(column).abs()
    groups = [_three_digits(size // 1000**power) for power in (5, 4, 3, 2, 1, 0)]
    digits = nw.concat_str(groups, separator="\u00a0").str.replace_all("^[0\u00a0]+", "")
    sign = nw.when(nw.col(column) < 0).then(nw.lit("\u2212")).otherwise(nw.lit(""))
    return nw.when(nw.col(column) == 0).then(nw.col(column).cast(nw.String)).otherwise(nw.concat_str([sign, digits]))


def _three_digits(number: nw.Expr) -> nw.Expr:
    last = number - number // 1000 * 1000
    return nw.concat_str([nw.lit("00"), last.cast(nw.String)]).str.slice(-3)
